import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digitsOf } from './double.ts'

const written = (value: number) => {
  const { digits, power } = digitsOf(value)
  return `${digits}e${power}`
}

test('where JavaScript has other digits, these are the server’s', () => {
  expect(written(5.0974439872e-153)).toBe('5097443987199999e-168')
  expect(written(1284962195755.2188)).toBe('12849621957552187e-4')
  expect(written(743367817103473.8)).toBe('7433678171034737e-1')
  expect(written(2.4758800785707605e27)).toBe('24758800785707606e11')
})

test('plain numbers have their plain digits', () => {
  expect([0.1, 1.5, 100, 5e-324, 1e22, 123.456, 1.7976931348623157e308].map(written)).toEqual([
    '1e-1',
    '15e-1',
    '1e2',
    '5e-324',
    '1e22',
    '123456e-3',
    '17976931348623157e292',
  ])
})

test('the digits always read back as the same number', () => {
  const positive = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true })
  fc.assert(
    fc.property(positive, (value) => {
      expect(Number(written(value))).toBe(value)
    }),
  )
})
