// Numbers as the server reads and writes them. A 64-bit integer is a JavaScript number while it is safe (|n| < 2^53) and
// a bigint beyond, never both for one value; `narrow` keeps it so.
import { latin, type Bytes } from '../../wire/bytes.ts'

/** A 64-bit signed integer: a number where |n| < 2^53, else a bigint. */
export type Int = number | bigint

export const INT64_MAX = 9223372036854775807n
export const INT64_MIN = -9223372036854775808n

const canonical = /^(?:0|-?[1-9][0-9]{0,18})$/

/** A bigint as an Int; null where it does not fit 64 bits. */
export function narrow(value: bigint): Int | null {
  if (value > INT64_MAX || value < INT64_MIN) return null
  const small = Number(value)
  return Number.isSafeInteger(small) ? small : value
}

/** An integer as the server reads it (string2ll): no sign but '-', no leading zero, no spaces, 64 bits. */
export function parseInt64(bytes: Bytes): Int | null {
  if (bytes.length === 0 || bytes.length > 20 || !canonical.test(bytes)) return null
  return bytes.length < 16 ? Number(bytes) : narrow(BigInt(bytes))
}

/** The sum, or null where it leaves 64 bits. */
export function add(a: Int, b: Int): Int | null {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  }
  return narrow(BigInt(a) + BigInt(b))
}

const decimal = /^[+-]?(?:([0-9]+)\.?([0-9]*)|\.([0-9]+))(?:[eE][+-]?[0-9]+)?$/
const hexadecimal = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)(?:[pP]([+-]?[0-9]+))?$/
const infinite = /^([+-]?)inf(?:inity)?$/i

/**
 * A double as the server reads scores and weights (strtod, nothing before or after): decimal, hexadecimal, inf. Null where
 * the bytes are none, are nan, or tell a number too large or too near to zero for a double.
 */
export function parseDouble(bytes: Bytes): number | null {
  const named = infinite.exec(bytes)
  if (named) return named[1] === '-' ? -Infinity : Infinity
  const digits = decimal.exec(bytes)
  const value = digits ? Number(bytes) : parseHex(bytes)
  if (value === null || !Number.isFinite(value)) return null
  if (value === 0 && digits && /[1-9]/.test(digits.slice(1).join(''))) return null
  return value
}

function parseHex(bytes: Bytes): number | null {
  const [, sign, whole = '', part = '', power = '0'] = hexadecimal.exec(bytes) ?? []
  if (whole === '' && part === '') return null
  let value = Number(BigInt(`0x${whole}${part}`))
  if (value === 0) return sign === '-' ? -0 : 0
  let exponent = Math.max(-5000, Math.min(5000, Number(power))) - part.length * 4
  for (; exponent > 0 && value < Infinity; exponent--) value *= 2
  for (; exponent < 0 && value > 0; exponent++) value /= 2
  if (value === 0) return null
  return sign === '-' ? -value : value
}

/** A double as C prints it with %.17Lg: seventeen digits, of which zeros at the end go, and an exponent of two at least. */
export function formatSeventeen(value: number): Bytes {
  if (!Number.isFinite(value)) return latin(value > 0 ? 'inf' : '-inf')
  if (value === 0) return latin(Object.is(value, -0) ? '-0' : '0')
  const [mantissa, power] = value.toExponential(16).split('e') as [string, string]
  const exponent = Number(power)
  const trimmed = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
  if (exponent >= -4 && exponent < 17) return latin(trimmed(value.toFixed(16 - exponent)))
  const digits = String(Math.abs(exponent)).padStart(2, '0')
  return latin(`${trimmed(mantissa)}e${exponent < 0 ? '-' : '+'}${digits}`)
}
