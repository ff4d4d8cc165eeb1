// Values of the engine as those of an RDB file, and back. A value that is read in is built anew by today's thresholds, as
// the server does; of what lies packed in the file it asks only whether there is too much of it. A list keeps its nodes.
import type { Field, RdbValue } from '../rdb/value.ts'
import { HashValue } from './values/hash.ts'
import type { Value } from './values/index.ts'
import { ListValue } from './values/list.ts'
import { SetValue } from './values/set.ts'
import { encode, stringBytes } from './values/string.ts'
import type { Limits } from './values/value.ts'
import { ZSetValue } from './values/zset.ts'

type Rdb<T extends RdbValue['type']> = Extract<RdbValue, { type: T }>

/** A value as it is written to a file. */
export function toRdb(value: Value): RdbValue {
  if (value instanceof ListValue) return { type: 'list', nodes: value.parts() }
  if (value instanceof SetValue) {
    const { encoding } = value
    return { type: 'set', packed: encoding === 'hashtable' ? null : encoding, members: [...value.members()] }
  }
  if (value instanceof ZSetValue) {
    const packed = value.encoding === 'listpack'
    const members = value.range(0, value.size).map(({ member, score }) => [member, score] as const)
    // The server writes a skiplist from its end.
    return { type: 'zset', packed, members: packed ? members : members.toReversed() }
  }
  if (value instanceof HashValue) {
    const fields = [...value.entries()].map(([field, held]): Field => [field, held, value.expireAt(field)])
    const { encoding } = value
    return { type: 'hash', packed: encoding === 'listpackex' ? encoding : encoding === 'listpack', fields }
  }
  return { type: 'string', value: stringBytes(value) }
}

/** A node with more bytes is none that a server wrote; its list's elements come one by one. */
const GIANT = 1024 * 1024

/** The value that a file's value becomes, by these thresholds. */
export function fromRdb(value: RdbValue, limits: Limits): Value {
  switch (value.type) {
    case 'string':
      return encode(value.value)
    case 'list':
      return listOf(value, limits)
    case 'set':
      return setOf(value, limits)
    case 'zset':
      return zsetOf(value, limits)
    case 'hash':
      return hashOf(value, limits)
  }
}

function listOf({ nodes, loose }: Rdb<'list'>, limits: Limits): Value {
  const bytes = ({ items }: (typeof nodes)[number]) => items.reduce((sum, item) => sum + item.length, 0)
  const giant = nodes.some((node) => !node.plain && bytes(node) > GIANT)
  if (!loose && !giant) return ListValue.ofParts(nodes, limits)
  return ListValue.ofItems(
    nodes.flatMap(({ items }) => items),
    loose === 'quick',
    limits,
  )
}

function setOf({ packed, members }: Rdb<'set'>, limits: Limits): Value {
  const [small, most] =
    packed === 'listpack'
      ? (['listpack', limits.setMaxListpackEntries] as const)
      : (['intset', limits.setMaxIntsetEntries] as const)
  return SetValue.of(members, members.length <= most ? small : 'hashtable', limits)
}

function zsetOf({ packed, members }: Rdb<'zset'>, limits: Limits): Value {
  if (packed && members.length <= limits.zsetMaxListpackEntries) return ZSetValue.ofListpack(members, limits)
  const longest = members.reduce((most, [member]) => Math.max(most, member.length), 0)
  const ranked = members.map(([member, score]) => ({ member, score }))
  return ZSetValue.of(ranked, limits, members.length, longest)
}

function hashOf({ packed, fields }: Rdb<'hash'>, limits: Limits): Value {
  if (packed !== false && fields.length <= limits.hashMaxListpackEntries)
    return HashValue.ofPacked(fields, packed === 'listpackex', limits)
  const hash = new HashValue(limits)
  hash.expect(fields.length)
  for (const [field, held] of fields) hash.set(field, held)
  for (const [field, , expireAt] of fields) if (expireAt !== null) hash.setExpireAt(field, expireAt)
  return hash
}
