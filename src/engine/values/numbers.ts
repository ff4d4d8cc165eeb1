// Numbers as the server reads and writes them. A 64-bit integer is a JavaScript number while it is safe (|n| < 2^53) and
// a bigint beyond, never both for one value; `narrow` keeps it so.
import { latin, type Bytes } from '../../wire/bytes.ts'

/** A 64-bit signed integer: a number where |n| < 2^53, else a bigint. */
export type Int = number | bigint

export const INT64_MAX = 9223372036854775807n
export const INT64_MIN = -9223372036854775808n

const MINUS = 0x2d
const ZERO = 0x30
const canonical = /^(?:0|-?[1-9][0-9]{0,18})$/

/** A bigint as an Int; null where it does not fit 64 bits. */
export function narrow(value: bigint): Int | null {
  if (value > INT64_MAX || value < INT64_MIN) return null
  const small = Number(value)
  return Number.isSafeInteger(small) ? small : value
}

/** An integer as the server reads it (string2ll): no sign but '-', no leading zero, no spaces, 64 bits. */
export function parseInt64(bytes: Bytes): Int | null {
  const { length } = bytes
  if (length < 16) return length === 0 ? null : parseShort(bytes)
  return length > 20 || !canonical.test(bytes) ? null : narrow(BigInt(bytes))
}

/** The same for what is short enough to be safe; most words that are no number are known by their first character. */
function parseShort(bytes: Bytes): number | null {
  const negative = bytes.charCodeAt(0) === MINUS
  let at = negative ? 1 : 0
  let value = bytes.charCodeAt(at++) - ZERO
  if (value === 0) return bytes.length === 1 ? 0 : null
  if (!(value >= 1 && value <= 9)) return null
  for (; at < bytes.length; at++) {
    const digit = bytes.charCodeAt(at) - ZERO
    if (digit < 0 || digit > 9) return null
    value = value * 10 + digit
  }
  return negative ? -value : value
}

/** The sum, or null where it leaves 64 bits. */
export function add(a: Int, b: Int): Int | null {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  }
  return narrow(BigInt(a) + BigInt(b))
}

const decimal = /^[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|inf(?:inity)?)$/i

/**
 * A double as the server reads weights and ranges: decimal or inf, no nan; what is too large is infinite, what is too small
 * is 0. Null where it is none.
 */
export function parseDecimal(bytes: Bytes): number | null {
  if (!decimal.test(bytes)) return null
  const infinite = /^([+-]?)inf/i.exec(bytes)
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity
  return Number(bytes)
}

const hexadecimal = /^([+-]?)0x([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?[0-9]+))?$/i

/**
 * A double as the server reads scores and increments (strtod, nothing before or after): also hexadecimal, and null where
 * it is too large, or too near to zero, to be held.
 */
export function parseDouble(bytes: Bytes): number | null {
  const whole = bytes.length < 16 ? parseInt64(bytes) : null
  if (whole !== null) return Number(whole)
  const hex = hexadecimal.exec(bytes)
  const value = hex ? fromHex(hex) : parseDecimal(bytes)
  if (value === null || /inf/i.test(bytes)) return value
  const isZero = !/[1-9a-f]/i.test(hex ? hex[2]! + (hex[3] ?? '') : bytes.split(/e/i, 1)[0]!)
  return Number.isFinite(value) && (value !== 0 || isZero) ? value : null
}

function fromHex([, sign, whole = '', part = '', power = '0']: readonly (string | undefined)[]): number | null {
  if (whole === '' && part === '') return null
  const digits = (whole + part).replace(/^0+/, '')
  const exponent = Number(power) - part.length * 4
  const bits = digits.length * 4 + exponent
  const size = digits === '' || bits < -1100 ? 0 : bits > 1100 ? Infinity : scaled(BigInt(`0x${digits}`), exponent)
  return sign === '-' ? -size : size
}

/** mantissa × 2^exponent as a double, rounded once. */
function scaled(mantissa: bigint, exponent: number): number {
  const drop = Math.max(mantissa.toString(2).length - 53, -1074 - exponent, 0)
  const half = drop > 0 ? 1n << BigInt(drop - 1) : 0n
  const kept = mantissa >> BigInt(drop)
  const rest = mantissa - (kept << BigInt(drop))
  const up = drop > 0 && (rest > half || (rest === half && kept % 2n === 1n))
  const power = exponent + drop
  // In two steps where 2^power alone is beyond a double; both are exact.
  return Number(up ? kept + 1n : kept) * 2 ** Math.min(power, 1000) * 2 ** Math.max(power - 1000, 0)
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
