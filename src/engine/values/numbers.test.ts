import { expect, test } from 'vitest'
import { latin } from '../../wire/bytes.ts'
import { add, parseDecimal, parseDouble, parseInt64 } from './numbers.ts'

const read = <T>(parse: (bytes: ReturnType<typeof latin>) => T, ...texts: string[]) =>
  texts.map((text) => parse(latin(text)))

test('integers have one spelling, and 64 bits', () => {
  expect(read(parseInt64, '0', '-1', '9007199254740991', '9007199254740992')).toEqual([
    0,
    -1,
    9007199254740991,
    9007199254740992n,
  ])
  expect(read(parseInt64, '9223372036854775807', '-9223372036854775808')).toEqual([
    9223372036854775807n,
    -9223372036854775808n,
  ])
  const none = [
    '9223372036854775808',
    '-9223372036854775809',
    '',
    '-',
    '+1',
    '01',
    '-0',
    ' 1',
    '1 ',
    '1.0',
    '1e2',
    '1\0',
  ]
  expect(read(parseInt64, ...none).filter((value) => value !== null)).toEqual([])
})

test('sums are exact, and none beyond 64 bits', () => {
  expect(add(9007199254740991, 1)).toBe(9007199254740992n)
  expect(add(9007199254740993n, -2)).toBe(9007199254740991)
  expect(add(9223372036854775807n, 1)).toBeNull()
  expect(add(-9223372036854775808n, -1)).toBeNull()
  expect(add(9223372036854775807n, -9223372036854775808n)).toBe(-1)
})

test('scores: hexadecimal too, and nothing that a double cannot hold', () => {
  expect(read(parseDouble, '1.5', '.5', '5.', '+3', '1e3', 'inf', '-Infinity', '-0', '0e999')).toEqual([
    1.5,
    0.5,
    5,
    3,
    1000,
    Infinity,
    -Infinity,
    -0,
    0,
  ])
  expect(read(parseDouble, '0x10', '0x.8', '0x1p-1074', '0x1.fffffffffffff7p1023', '0x20000000000001')).toEqual([
    16, 0.5, 5e-324, 1.7976931348623157e308, 9007199254740992,
  ])
  const none = [
    '',
    '.',
    'nan',
    '1e',
    ' 1',
    '1 ',
    '0x',
    '0x.p1',
    '1e400',
    '1e-400',
    '0x1p1024',
    '0x1p-1076',
    '1\0',
    'e5',
  ]
  expect(read(parseDouble, ...none).filter((value) => value !== null)).toEqual([])
})

test('weights: decimal only, and what is too large or too small is infinite or zero', () => {
  expect(read(parseDecimal, '1.5', '1e400', '-1e400', '1e-400', 'inf')).toEqual([1.5, Infinity, -Infinity, 0, Infinity])
  expect(read(parseDecimal, '0x10', 'nan', '', ' 1', '1x')).toEqual([null, null, null, null, null])
})
