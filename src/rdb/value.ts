// A key's value in the form of RDB files and DUMP payloads: a byte that names the form, and the value in it. Today's forms
// are written as redis-server 8.0 writes them; older ones are read, and written where an older server is to read them.
import { latin, type Bytes } from '../wire/bytes.ts'
import { writeIntset, writeListpack } from './listpack.ts'
import type { Out } from './out.ts'

/** A value that knows nothing of an engine. Elements stand in the order in which the server would write them. */
export type RdbValue =
  | { readonly type: 'string'; readonly value: Bytes }
  /** `loose`: from a server before 3.2, which had no nodes; 'quick' where a new list of them is a quicklist however short. */
  | { readonly type: 'list'; readonly nodes: readonly ListNode[]; readonly loose?: 'quick' | 'any' }
  | { readonly type: 'set'; readonly packed: 'intset' | 'listpack' | null; readonly members: readonly Bytes[] }
  | { readonly type: 'zset'; readonly packed: boolean; readonly members: readonly ScoredMember[] }
  /** `listpackex`: packed with a time behind each field, though none may have one now. */
  | { readonly type: 'hash'; readonly packed: boolean | 'listpackex'; readonly fields: readonly Field[] }

export interface ListNode {
  readonly items: readonly Bytes[]
  /** One large element that stands by itself. */
  readonly plain?: boolean
}
export type ScoredMember = readonly [member: Bytes, score: number]
/** `expireAt`: ms since 1970, or null. */
export type Field = readonly [field: Bytes, value: Bytes, expireAt: number | null]

/** Versions of the format that can be written: Redis 7.0, 7.2 and 7.4, 8.0. */
export type RdbVersion = 10 | 11 | 12
export const RDB_VERSION: RdbVersion = 12

export const FORM = {
  string: 0,
  list: 1,
  set: 2,
  zset: 3,
  hash: 4,
  zset2: 5,
  hashZipmap: 9,
  listZiplist: 10,
  setIntset: 11,
  zsetZiplist: 12,
  hashZiplist: 13,
  listQuicklist: 14,
  hashListpack: 16,
  zsetListpack: 17,
  listQuicklist2: 18,
  setListpack: 20,
  hashMetadata: 24,
  hashListpackEx: 25,
} as const

/** How a node of a list is kept. */
export const NODE = { plain: 1, packed: 2 } as const

const hasTtl = ({ fields }: { readonly fields: readonly Field[] }) => fields.some(([, , expireAt]) => expireAt !== null)

/** True where each field of a listpack has its time behind it. */
const isTimed = ({ packed, fields }: Extract<RdbValue, { type: 'hash' }>, version: RdbVersion) =>
  (packed === 'listpackex' && version >= 12) || (packed !== false && hasTtl({ fields }))

/** Why a value has no form in an older version; null where it has one. */
export function unwritable(value: RdbValue, version: RdbVersion): string | null {
  if (version < 12 && value.type === 'hash' && hasTtl(value)) return 'fields with a time to live came with Redis 7.4'
  return null
}

/** The form in which a value is written. */
export function formOf(value: RdbValue, version: RdbVersion = RDB_VERSION): number {
  switch (value.type) {
    case 'string':
      return FORM.string
    case 'list':
      return FORM.listQuicklist2
    case 'set':
      if (value.packed === 'intset') return FORM.setIntset
      return value.packed === 'listpack' && version >= 11 ? FORM.setListpack : FORM.set
    case 'zset':
      return value.packed ? FORM.zsetListpack : FORM.zset2
    case 'hash':
      if (isTimed(value, version)) return FORM.hashListpackEx
      if (hasTtl(value)) return FORM.hashMetadata
      return value.packed ? FORM.hashListpack : FORM.hash
  }
}

/** Writes a value, without the byte that names its form. */
export function writeValue(out: Out, value: RdbValue, version: RdbVersion = RDB_VERSION): void {
  switch (value.type) {
    case 'string':
      out.string(value.value)
      return
    case 'list':
      out.size(value.nodes.length)
      for (const { items, plain } of value.nodes) {
        out.size(plain ? NODE.plain : NODE.packed)
        if (plain) out.string(items[0]!)
        else out.blob(writeListpack(items))
      }
      return
    case 'set':
      if (value.packed === 'intset') out.blob(writeIntset(value.members))
      else if (value.packed === 'listpack' && version >= 11) out.blob(writeListpack(value.members))
      else strings(out, value.members.length, value.members)
      return
    case 'zset':
      writeZset(out, value)
      return
    case 'hash':
      writeHash(out, value, version)
  }
}

function strings(out: Out, count: number, items: Iterable<Bytes>): void {
  out.size(count)
  for (const item of items) out.string(item)
}

function writeZset(out: Out, { packed, members }: Extract<RdbValue, { type: 'zset' }>): void {
  if (packed) {
    out.blob(writeListpack(members.flatMap(([member, score]) => [member, scoreText(score)])))
    return
  }
  out.size(members.length)
  for (const [member, score] of members) {
    out.string(member)
    out.f64le(score)
  }
}

/** A score as a listpack has it: as short as it can be said. */
function scoreText(score: number): Bytes {
  if (score === Infinity) return latin('inf')
  if (score === -Infinity) return latin('-inf')
  if (Object.is(score, -0)) return latin('-0')
  return latin(doubleText(score))
}

/** The shortest digits, with an exponent as C's %.17g would have it. */
function doubleText(value: number): string {
  const text = String(value)
  const found = /^(-?\d(?:\.\d+)?)e([+-])(\d+)$/.exec(text)
  return found ? `${found[1]}e${found[2]}${found[3]!.padStart(2, '0')}` : text
}

function writeHash(out: Out, value: Extract<RdbValue, { type: 'hash' }>, version: RdbVersion): void {
  const { packed, fields } = value
  const isPacked = isTimed(value, version)
  if (!isPacked && !hasTtl(value)) {
    const flat = fields.flatMap(([field, held]) => [field, held])
    if (packed) out.blob(writeListpack(flat))
    else strings(out, fields.length, flat)
    return
  }
  const soonest = hasTtl(value) ? Math.min(...fields.map(([, , expireAt]) => expireAt ?? Infinity)) : 0
  out.i64le(BigInt(soonest))
  if (isPacked) {
    out.blob(writeListpack(fields.flatMap(([field, held, expireAt]) => [field, held, latin(String(expireAt ?? 0))])))
    return
  }
  out.size(fields.length)
  for (const [field, held, expireAt] of fields) {
    out.size(expireAt === null ? 0 : expireAt - soonest + 1)
    out.string(field)
    out.string(held)
  }
}
