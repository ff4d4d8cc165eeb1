// How many bytes things take in Redis' listpack: the flat form of small lists, hashes, sets and sorted sets, and the form
// of a quicklist's nodes. We do not store listpacks; we count as if we did, because encodings change by these sizes.
import type { Bytes } from '../../wire/bytes.ts'
import { parseInt64 } from './numbers.ts'

/** An empty listpack: its header and its end. */
export const PACKED_EMPTY = 7

/** Characters of the longest integer that a listpack keeps as one. */
export const INTEGER_MOST = 20

/** Bytes of the number by which a listpack is walked backwards. */
function wayBack(size: number): number {
  if (size <= 127) return 1
  if (size <= 16383) return 2
  if (size <= 2097151) return 3
  return size <= 268435455 ? 4 : 5
}

/** What an integer takes in a listpack, with its way back. */
export const packedInteger = (value: number | bigint): number => integerSize(value) + 1

/** An element that reads as an integer is kept as one. */
function integerSize(value: number | bigint): number {
  if (typeof value === 'bigint') return 9
  if (value >= 0 && value <= 127) return 1
  if (value >= -4096 && value <= 4095) return 2
  if (value >= -32768 && value <= 32767) return 3
  if (value >= -8388608 && value <= 8388607) return 4
  return value >= -2147483648 && value <= 2147483647 ? 5 : 9
}

/** True where a listpack keeps these bytes as an integer. */
export function packsAsInteger(bytes: Bytes): boolean {
  return bytes.length <= INTEGER_MOST && parseInt64(bytes) !== null
}

/** What an element takes in a listpack. */
export function packedSize(bytes: Bytes): number {
  const { length } = bytes
  const int = length > INTEGER_MOST || length === 0 || bytes.charCodeAt(0) > 57 ? null : parseInt64(bytes)
  if (int === null) return packedText(length)
  const size = integerSize(int)
  return size + wayBack(size)
}

/** The same of so many bytes that are no integer. */
export function packedText(length: number): number {
  const size = length + (length < 64 ? 1 : length < 4096 ? 2 : 5)
  return size + wayBack(size)
}
