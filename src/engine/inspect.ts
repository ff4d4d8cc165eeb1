// A page of a value for people who look, whatever its size: only what is asked for is copied.
import type { Bytes } from '../wire/bytes.ts'
import type { Kind, ValueItems, ValuePage } from '../session/protocol.ts'
import type { Database } from './database.ts'
import { keySize } from './memory.ts'
import { HashValue } from './values/hash.ts'
import { memoryOf, sizeOf, type Value } from './values/index.ts'
import { ListValue } from './values/list.ts'
import { SetValue } from './values/set.ts'
import { RawString, stringBytes } from './values/string.ts'
import type { Limits } from './values/value.ts'
import { ZSetValue } from './values/zset.ts'

/** `from` counts from the end where it is negative. */
export function inspect(
  db: Database,
  key: Bytes,
  from: number,
  count: number,
  limits: Limits,
): Omit<ValuePage, 'ttlFrom' | 'spots' | 'before'> | null {
  const found = db.find(key)
  const value = found ?? db.lying(key)
  const summary = db.summary(key, true)
  if (!summary || value === undefined) return null
  const total = sizeOf(value)
  const start = from < 0 ? Math.max(0, total + from) : from
  return {
    db: db.index,
    key,
    summary,
    memory: keySize(key.length) + memoryOf(value),
    usedAt: db.usedAt(key),
    ghost: found === undefined,
    limit: limitOf(summary.kind, limits),
    total,
    from: start,
    ...items(value, start, count),
  }
}

/** How large a value of its kind may grow before it changes its encoding; null where that depends on no number. */
function limitOf(kind: Kind, limits: Limits): ValuePage['limit'] {
  switch (kind) {
    case 'hash':
      return { entries: limits.hashMaxListpackEntries, bytes: limits.hashMaxListpackValue }
    case 'zset':
      return { entries: limits.zsetMaxListpackEntries, bytes: limits.zsetMaxListpackValue }
    case 'set':
      return {
        entries: limits.setMaxListpackEntries,
        bytes: limits.setMaxListpackValue,
        integers: limits.setMaxIntsetEntries,
      }
    default:
      return null
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
