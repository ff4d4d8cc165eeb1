import { expect, test } from 'vitest'
import { latin } from '../../wire/bytes.ts'
import { addLongDouble, formatLongDouble, longDoubleOf, parseLongDouble } from './longdouble.ts'

const sum = (a: string, b: string) => {
  const result = addLongDouble(parseLongDouble(latin(a))!, parseLongDouble(latin(b))!)
  return result && formatLongDouble(result)
}

test('sums are rounded to 64 bits and printed with seventeen digits', () => {
  expect(sum('0.30000000000000001', '1e17')).toBe('100000000000000000.296875')
  expect(sum('0.1', '0.2')).toBe('0.3')
  expect(sum('3.0', '1.000000000000000005')).toBe('4.00000000000000001')
  expect(sum('0.00000000000000000500001', '0')).toBe('0.00000000000000001')
  expect(sum('9223372036854775807', '1')).toBe('9223372036854775808')
  expect(sum('18446744073709551615', '18446744073709551615')).toBe('36893488147419103230')
  expect(sum('18446744073709551615', '2')).toBe('18446744073709551616')
  expect(sum('0x1.8p1', '0x.8')).toBe('3.5')
  expect(sum('-1e-20', '0')).toBe('0')
  expect(sum('-0', '-0')).toBe('0')
  expect(sum('1e4932', '1')).toHaveLength(4933)
  expect(sum('1e4932', '1e4932')).toBeNull()
  expect(sum('inf', '-inf')).toBeNull()
  expect(formatLongDouble(longDoubleOf(-9223372036854775808n))).toBe('-9223372036854775808')
})

const refused = (texts: readonly string[]) => texts.filter((text) => parseLongDouble(latin(text)) === null)

test('what strtold refuses, or cannot hold, is refused', () => {
  const none = ['', '.', ' 1', '1 ', '1e', '1e+', '0x', '0x.p1', 'nan', 'infinit', '--1', '1_0', '1\0', 'e5']
  const beyond = ['1e-5000', '1e-4951', '1.2e4932', '1e99999999999999999999', '0x1p-99999999999999999999']
  const held = ['+1.', '.5', '3e-4951', '0e99999999999999999999', '0x0p99999999999999999999', '-INFinity', '-0']
  expect(refused([...none, ...beyond])).toEqual([...none, ...beyond])
  expect(refused(held)).toEqual([])
  expect(parseLongDouble(latin('0'.repeat(5119)))).not.toBeNull()
  expect(parseLongDouble(latin('0'.repeat(5120)))).toBeNull()
})
