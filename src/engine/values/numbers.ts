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

const float = /^[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|inf(?:inity)?)$/i

/** A double as the server reads scores and timeouts (strtod without spaces, no nan, no hex); null where it is none. */
export function parseDouble(bytes: Bytes): number | null {
  if (!float.test(bytes)) return null
  const infinite = /^([+-]?)inf/i.exec(bytes)
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity
  return Number(bytes)
}

/** A double as the server prints it in a RESP2 reply: up to 17 digits, shortest that reads back the same. */
export function formatDouble(value: number): Bytes {
  if (Number.isNaN(value)) return latin('nan')
  if (!Number.isFinite(value)) return latin(value > 0 ? 'inf' : '-inf')
  if (Object.is(value, -0)) return latin('-0')
  return latin(String(value))
}
