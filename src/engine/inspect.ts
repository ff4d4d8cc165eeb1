// A page of a value for people who look, whatever its size: only what is asked for is copied.
import type { Bytes } from '../wire/bytes.ts'
import type { ValueItems, ValuePage } from '../session/protocol.ts'
import type { Database } from './database.ts'
import { keySize } from './memory.ts'
import { HashValue } from './values/hash.ts'
import { memoryOf, sizeOf, type Value } from './values/index.ts'
import { ListValue } from './values/list.ts'
import { SetValue } from './values/set.ts'
import { RawString, stringBytes } from './values/string.ts'
import { ZSetValue } from './values/zset.ts'

export function inspect(
  db: Database,
  key: Bytes,
  from: number,
  count: number,
): Omit<ValuePage, 'ttlFrom' | 'spots' | 'before'> | null {
  const summary = db.summary(key)
  const value = db.find(key)
  if (!summary || value === undefined) return null
  return {
    db: db.index,
    key,
    summary,
    memory: keySize(key) + memoryOf(value),
    total: sizeOf(value),
    from,
    ...items(value, from, count),
  }
}

function items(value: Value, from: number, count: number): ValueItems {
  const to = Math.min(from + count, sizeOf(value))
  if (value instanceof ListValue) return { kind: 'list', items: value.slice(Math.min(from, to), to) }
  if (value instanceof SetValue) return { kind: 'set', items: page(value.members(), from, to) }
  if (value instanceof ZSetValue) return { kind: 'zset', items: [...value.range(from, to)] }
  if (value instanceof HashValue) {
    const fields = page(value.entries(), from, to)
    return {
      kind: 'hash',
      items: fields.map(([field, held]) => ({ field, value: held, expireAt: value.expireAt(field) })),
    }
  }
  const bytes = value instanceof RawString ? value.slice(from, to) : (stringBytes(value).slice(from, to) as Bytes)
  return { kind: 'string', bytes }
}

function page<T>(all: Iterable<T>, from: number, to: number): T[] {
  const found: T[] = []
  let i = 0
  for (const one of all) {
    if (i >= to) break
    if (i++ >= from) found.push(one)
  }
  return found
}
