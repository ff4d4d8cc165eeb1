// Values of the engine as those of an RDB file, and back. A value that is read in is built anew by today's thresholds, as
// the server does: a small set of a file is small here whatever it was packed in. Only a list keeps its nodes.
import type { Field, RdbValue } from '../rdb/value.ts'
import { HashValue } from './values/hash.ts'
import type { Value } from './values/index.ts'
import { ListValue } from './values/list.ts'
import { SetValue } from './values/set.ts'
import { encode, stringBytes } from './values/string.ts'
import type { Limits } from './values/value.ts'
import { ZSetValue } from './values/zset.ts'

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

/** The value that a file's value becomes, by these thresholds. */
export function fromRdb(value: RdbValue, limits: Limits): Value {
  switch (value.type) {
    case 'string':
      return encode(value.value)
    case 'list':
      return ListValue.ofParts(value.nodes, limits)
    case 'set': {
      const set = new SetValue(limits)
      set.expect(value.members.length, value.members[0]!)
      for (const member of value.members) set.add(member)
      return set
    }
    case 'zset': {
      const longest = value.members.reduce((most, [member]) => Math.max(most, member.length), 0)
      const ranked = value.members.map(([member, score]) => ({ member, score }))
      return ZSetValue.of(ranked, limits, value.members.length, longest)
    }
    case 'hash': {
      const hash = new HashValue(limits)
      hash.expect(value.fields.length)
      for (const [field, held] of value.fields) hash.set(field, held)
      if (value.packed === 'listpackex') hash.mayExpire()
      for (const [field, , expireAt] of value.fields) if (expireAt !== null) hash.setExpireAt(field, expireAt)
      return hash
    }
  }
}
