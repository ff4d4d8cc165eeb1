import { expect, test } from 'vitest'
import { latin } from '../../wire/bytes.ts'
import { packedSize, packsAsInteger } from './packed.ts'

test('integers take as many bytes as they need, and one for the way back', () => {
  const sizes = [
    '0',
    '127',
    '128',
    '-1',
    '4095',
    '-4096',
    '4096',
    '-32768',
    '32768',
    '8388607',
    '8388608',
    '-2147483648',
  ]
  expect(sizes.map((text) => packedSize(latin(text)))).toEqual([2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6])
  expect(['2147483648', '9223372036854775807'].map((text) => packedSize(latin(text)))).toEqual([10, 10])
})

test('what is not the one spelling of an integer is text', () => {
  for (const text of ['', '01', '-0', '+1', '1.0', '9223372036854775808', 'a']) {
    expect(packsAsInteger(latin(text))).toBe(false)
    expect(packedSize(latin(text))).toBe(text.length + 2)
  }
})

test('longer text has longer headers', () => {
  const sizes = [63, 64, 125, 126, 4095, 4096, 16378, 16379].map(
    (length) => packedSize(latin('x'.repeat(length))) - length,
  )
  expect(sizes).toEqual([2, 3, 3, 4, 4, 7, 7, 8])
})
