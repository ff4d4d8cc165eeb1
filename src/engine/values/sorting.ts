// What SORT needs beyond the values themselves: how it reads a weight, how it compares, and how BY and GET name a key.
import type { Bytes } from '../../wire/bytes.ts'
import { parseDecimal } from './numbers.ts'

/** A byte string as C sees it: it ends at the first zero byte. */
const cString = (bytes: Bytes) => {
  const end = bytes.indexOf('\0')
  return (end < 0 ? bytes : bytes.slice(0, end)) as Bytes
}

/** A weight as SORT reads it, or null: a decimal number or inf; nothing at all is 0. */
export function weightOf(bytes: Bytes): number | null {
  const text = cString(bytes)
  return text === '' ? 0 : parseDecimal(text)
}

export const compareBytes = (a: Bytes, b: Bytes) => (a < b ? -1 : a > b ? 1 : 0)

/** By the order of the C locale. */
export const compareText = (a: Bytes, b: Bytes) => compareBytes(cString(a), cString(b))

/** Whether BY with this pattern asks for no order at all: there is nothing to put an element in. */
export const isConstant = (pattern: Bytes) => !cString(pattern).includes('*')

export interface Reference {
  readonly key: Bytes
  /** A field of the hash at the key. */
  readonly field: Bytes | null
}

/**
 * Where a pattern of BY or GET leads for an element: the element itself for `#`, a key (`weight_*`), a field of a hash
 * (`user_*->age`), or nowhere (null).
 */
export function follow(pattern: Bytes, element: Bytes): 'itself' | Reference | null {
  const text = cString(pattern)
  if (text === '#') return 'itself'
  const star = text.indexOf('*')
  if (star < 0) return null
  const arrow = text.indexOf('->', star + 1)
  const isField = arrow >= 0 && arrow + 2 < text.length
  const after = pattern.slice(star + 1, isField ? arrow : pattern.length)
  return {
    key: (pattern.slice(0, star) + element + after) as Bytes,
    field: isField ? (pattern.slice(arrow + 2) as Bytes) : null,
  }
}
