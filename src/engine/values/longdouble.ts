// INCRBYFLOAT and HINCRBYFLOAT reckon in the x86 long double: 64 bits of mantissa where a JavaScript number has 53. So that
// our last digit is the server's, such a number is held here exactly, as mantissa × 2^exponent with a bigint, and every
// result is rounded to 64 bits as the processor does (to the nearest, ties to even).
import { latin, type Bytes } from '../../wire/bytes.ts'
import type { Int } from './numbers.ts'

export interface LongDouble {
  /** Its sign is the number's. */
  readonly mantissa: bigint
  readonly exponent: number
  /** Then only the mantissa's sign counts. */
  readonly infinite: boolean
}

const BITS = 64
const TOP = 1n << 64n
/** The exponent of the smallest number above zero, and of a mantissa of 64 bits beyond the largest. */
const LEAST = -16445
const MOST = 16384 - BITS
/** Longest text that the server tries to read. */
const MAX_TEXT = 5 * 1024 - 1
/** Beyond these powers of ten every number is infinite or zero. */
const DECIMAL_MOST = 4940
const DECIMAL_LEAST = -4990
/** Digits after the point that are printed. */
const DIGITS = 17

const ZERO: LongDouble = { mantissa: 0n, exponent: 0, infinite: false }
const infinity = (negative: boolean): LongDouble => ({ mantissa: negative ? -1n : 1n, exponent: 0, infinite: true })

const bitLength = (value: bigint) => {
  const hex = value.toString(16)
  return hex.length * 4 - Math.clz32(Number.parseInt(hex[0]!, 16)) + 28
}

/** numerator / denominator × 2^exponent, rounded to 64 bits; both are positive. */
function round(numerator: bigint, denominator: bigint, exponent: number, negative: boolean): LongDouble {
  let shift = bitLength(numerator) - bitLength(denominator) - BITS
  let rounded = divide(numerator, denominator, (shift = Math.max(shift, LEAST - exponent)))
  if (rounded >= TOP) rounded = divide(numerator, denominator, ++shift)
  if (rounded === TOP) {
    rounded >>= 1n
    shift++
  }
  if (shift + exponent > MOST) return infinity(negative)
  return { mantissa: negative ? -rounded : rounded, exponent: shift + exponent, infinite: false }
}

/** numerator / (denominator × 2^shift) as a whole number, to the nearest, ties to even. */
function divide(numerator: bigint, denominator: bigint, shift: number): bigint {
  const upper = shift < 0 ? numerator << BigInt(-shift) : numerator
  const lower = shift > 0 ? denominator << BigInt(shift) : denominator
  const whole = upper / lower
  const twice = (upper % lower) * 2n
  return twice > lower || (twice === lower && whole % 2n === 1n) ? whole + 1n : whole
}

const decimal = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/
const hexadecimal = /^([+-]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?(?:[pP]([+-]?[0-9]+))?$/
const infinite = /^([+-]?)inf(?:inity)?$/i

/**
 * A long double as the server reads it (strtold, nothing before or after): decimal, hexadecimal, inf. Null where the text
 * is none, is nan, or is too large or too near to zero to be held.
 */
export function parseLongDouble(text: Bytes): LongDouble | null {
  if (text.length > MAX_TEXT) return null
  const named = infinite.exec(text)
  if (named) return infinity(named[1] === '-')
  const hex = hexadecimal.exec(text)
  const [, sign, whole = '', part = '', power = '0'] = hex ?? decimal.exec(text) ?? []
  const digits = (whole + part).replace(/^0+/, '')
  if (whole === '' && part === '') return null
  if (digits === '') return ZERO
  const read = hex ? fromHex : fromDecimal
  const value = read(digits, Number(power), part.length, sign === '-')
  return value && !value.infinite && value.mantissa !== 0n ? value : null
}

function fromDecimal(digits: string, power: number, places: number, negative: boolean): LongDouble | null {
  const exponent = power - places
  const size = digits.length + exponent
  if (size > DECIMAL_MOST || size < DECIMAL_LEAST) return null
  const scale = 10n ** BigInt(Math.abs(exponent))
  const value = BigInt(digits)
  return exponent < 0 ? round(value, scale, 0, negative) : round(value * scale, 1n, 0, negative)
}

function fromHex(digits: string, power: number, places: number, negative: boolean): LongDouble | null {
  const exponent = power - places * 4
  const size = digits.length * 4 + exponent
  if (size > MOST + BITS + 4 || size < LEAST - 4) return null
  return round(BigInt(`0x${digits}`), 1n, exponent, negative)
}

/** An integer; every one of 64 bits fits exactly. */
export const longDoubleOf = (value: Int): LongDouble => ({ mantissa: BigInt(value), exponent: 0, infinite: false })

/** The sum, or null where it is no finite number. */
export function addLongDouble(a: LongDouble, b: LongDouble): LongDouble | null {
  if (a.infinite || b.infinite) return null
  const exponent = Math.min(a.exponent, b.exponent)
  const sum = (a.mantissa << BigInt(a.exponent - exponent)) + (b.mantissa << BigInt(b.exponent - exponent))
  if (sum === 0n) return ZERO
  const result = round(sum < 0n ? -sum : sum, 1n, exponent, sum < 0n)
  return result.infinite ? null : result
}

/** As the server prints it: seventeen digits after the point, without the zeros at the end. Only for finite numbers. */
export function formatLongDouble({ mantissa, exponent }: LongDouble): Bytes {
  const negative = mantissa < 0n
  const size = negative ? -mantissa : mantissa
  if (exponent >= 0) return latin(`${negative ? '-' : ''}${size << BigInt(exponent)}`)
  const digits = divide(size * 10n ** BigInt(DIGITS), 1n, -exponent)
    .toString()
    .padStart(DIGITS + 1, '0')
  const text = `${digits.slice(0, -DIGITS)}.${digits.slice(-DIGITS)}`.replace(/\.?0+$/, '')
  return latin(negative && text !== '0' ? `-${text}` : text)
}
