// Kinds and the classes that hold them: the one table that says what a key can be.
import type { Bytes } from '../../wire/bytes.ts'
import type { Kind } from '../../session/protocol.ts'
import type { Reader, Writer } from '../binary.ts'
import { HashValue } from './hash.ts'
import { ListValue } from './list.ts'
import { SetValue } from './set.ts'
import {
  RawString,
  encode,
  stringBytes,
  stringEncoding,
  stringLength,
  stringMemory,
  type StringValue,
} from './string.ts'
import { Collection, type Limits } from './value.ts'
import { ZSetValue } from './zset.ts'

/** The value of each kind. */
export interface Kinds {
  string: StringValue
  list: ListValue
  set: SetValue
  zset: ZSetValue
  hash: HashValue
}

export type CollectionKind = Exclude<keyof Kinds, 'string'>
export type Value = Kinds[keyof Kinds]

const makers: { readonly [K in CollectionKind]: (limits: Limits) => Kinds[K] } = {
  list: (limits) => new ListValue(limits),
  set: (limits) => new SetValue(limits),
  zset: (limits) => new ZSetValue(limits),
  hash: (limits) => new HashValue(limits),
}

const readers: { readonly [K in CollectionKind]: (from: Reader, limits: Limits) => Kinds[K] } = {
  list: (from, limits) => ListValue.read(from, limits),
  set: (from, limits) => SetValue.read(from, limits),
  zset: (from, limits) => ZSetValue.read(from, limits),
  hash: (from, limits) => HashValue.read(from, limits),
}

const codes: readonly CollectionKind[] = ['list', 'set', 'zset', 'hash']

/** An empty value of a kind. */
export const create = <K extends CollectionKind>(kind: K, limits: Limits): Kinds[K] => makers[kind](limits)

export const kindOf = (value: Value): keyof Kinds =>
  value instanceof Collection ? (value.kind as CollectionKind) : 'string'

/** As OBJECT ENCODING tells it. */
export const encodingOf = (value: Value): string =>
  value instanceof Collection ? value.encoding : stringEncoding(value)

/** Bytes of a string; elements, fields or members of the others. */
export const sizeOf = (value: Value): number => (value instanceof Collection ? value.size : stringLength(value))

/** Bytes that it takes, by the model of memory.ts. */
export const memoryOf = (value: Value): number =>
  typeof value === 'object' && value instanceof Collection ? value.memory : stringMemory(value)

/** A value of its own with the same content and encoding. */
export function copyOf(value: Value): Value {
  if (value instanceof Collection) return value.copy() as Value
  return value instanceof RawString ? new RawString(value.bytes()) : value
}

export function writeValue(to: Writer, value: Value): void {
  if (value instanceof Collection) {
    to.byte(3 + codes.indexOf(value.kind as CollectionKind))
    value.write(to)
  } else {
    const encoding = typeof value === 'string' ? 0 : value instanceof RawString ? 2 : 1
    to.byte(encoding)
    to.bytes(stringBytes(value))
    if (value instanceof RawString) {
      to.uint(value.block)
      to.uint(value.room)
    }
  }
}

export function readValue(from: Reader, limits: Limits): Value {
  const code = from.byte()
  if (code === 0) return from.bytes()
  if (code === 1) return encode(from.bytes())
  if (code === 2) {
    const raw = new RawString(from.bytes())
    raw.block = from.uint()
    raw.room = from.uint()
    return raw
  }
  const kind = codes[code - 3]
  if (!kind) throw new RangeError(`the image has a value of an unknown kind (${code})`)
  return readers[kind](from, limits)
}

/** The first bytes of a string, for a summary; nothing for the others. */
export function peekOf(value: Value, most: number): Bytes | undefined {
  if (value instanceof Collection) return undefined
  if (value instanceof RawString) return value.slice(0, most)
  return stringBytes(value).slice(0, most) as Bytes
}

export type { Kind }
