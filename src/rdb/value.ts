// A key's value in the form of RDB files and DUMP payloads: a byte that names the form, and the value in it. Today's forms
// are written as redis-server 8.0 writes them; older ones are read, and written where an older server is to read them.
import { latin, type Bytes } from '../wire/bytes.ts'
import { In, Out } from './bytes.ts'
import { readIntset, readListpack, readZiplist, readZipmap, writeIntset, writeListpack } from './listpack.ts'

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

/** The last instant at which a field can expire, in ms since 1970. */
const LATEST = 2 ** 48 - 1

const PLAIN = 1
const PACKED = 2

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
        out.size(plain ? PLAIN : PACKED)
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

// ---------------------------------------------------------------- reading

/** As many elements as the next length says, each of at least `least` bytes. */
function many<T>(from: In, least: number, read: () => T): T[] {
  const count = from.count(least)
  from.element(count)
  const found: T[] = []
  for (let i = 0; i < count; i++) found.push(read())
  return found
}

const pairsOf = (items: readonly Bytes[], from: In): [Bytes, Bytes][] => {
  if (items.length % 2 !== 0) from.fail('a pair without its second half')
  return Array.from({ length: items.length / 2 }, (_, i) => [items[2 * i]!, items[2 * i + 1]!])
}

/** A small hash, packed in one string that `items` reads. */
const packedHash = (from: In, items: (from: In) => Bytes[]): RdbValue => ({
  type: 'hash',
  packed: true,
  fields: pairsOf(items(from), from).map(([field, held]) => [field, held, null] as const),
})

const packedZset = (from: In, items: (from: In) => Bytes[]): RdbValue => ({
  type: 'zset',
  packed: true,
  members: pairsOf(items(from), from).map(([member, text]) => [member, score(text, from)] as const),
})

function score(text: Bytes, from: In): number {
  if (/^[+-]?inf$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : from.fail('a score that is no number')
}

/** Nodes of a list; the server passes over those without elements. */
const nodesOf = (nodes: readonly ListNode[]): RdbValue => ({
  type: 'list',
  nodes: nodes.filter(({ items }) => items.length > 0),
})

/** Reads a value of a form; null where the form is not known to us (a stream, a module's). Throws RdbError. */
export function readValue(from: In, form: number): RdbValue | null {
  const at = from.at
  const value = read(from, form)
  if (value && isEmpty(value)) from.fail('a collection without elements', at)
  if (value) refuseTwice(value, from, at)
  return value
}

function read(from: In, form: number): RdbValue | null {
  switch (form) {
    case FORM.string:
      return { type: 'string', value: from.string() }
    case FORM.list:
      return { type: 'list', nodes: [{ items: many(from, 1, () => from.string()) }], loose: 'any' }
    case FORM.listZiplist:
      return { type: 'list', nodes: [{ items: readZiplist(from.packed()) }], loose: 'quick' }
    case FORM.listQuicklist:
      return nodesOf(many(from, 1, () => ({ items: readZiplist(from.packed()) })))
    case FORM.listQuicklist2:
      return nodesOf(many(from, 2, () => readNode(from)))
    case FORM.set:
      return { type: 'set', packed: null, members: many(from, 1, () => from.string()) }
    case FORM.setIntset:
      return { type: 'set', packed: 'intset', members: readIntset(from.packed()) }
    case FORM.setListpack:
      return { type: 'set', packed: 'listpack', members: readListpack(from.packed()) }
    case FORM.zset:
      return { type: 'zset', packed: false, members: many(from, 2, () => [from.string(), oldScore(from)]) }
    case FORM.zset2:
      return { type: 'zset', packed: false, members: many(from, 9, () => [from.string(), newScore(from)]) }
    case FORM.zsetZiplist:
      return packedZset(from.packed(), readZiplist)
    case FORM.zsetListpack:
      return packedZset(from.packed(), readListpack)
    default:
      return readHash(from, form)
  }
}

function readHash(from: In, form: number): RdbValue | null {
  switch (form) {
    case FORM.hash:
      return {
        type: 'hash',
        packed: false,
        fields: many(from, 2, () => [from.string(), from.string(), null]),
      }
    case FORM.hashZipmap:
      return packedHash(from.packed(), readZipmap)
    case FORM.hashZiplist:
      return packedHash(from.packed(), readZiplist)
    case FORM.hashListpack:
      return packedHash(from.packed(), readListpack)
    case FORM.hashMetadata: {
      const soonest = Number(from.i64le())
      const fields = many(from, 3, (): Field => {
        const after = Number(from.size64())
        return [from.string(), from.string(), after === 0 ? null : instant(soonest + after - 1, from)]
      })
      return { type: 'hash', packed: false, fields }
    }
    case FORM.hashListpackEx:
      from.i64le()
      return { type: 'hash', packed: 'listpackex', fields: timedFields(from.packed()) }
    default:
      return null
  }
}

/** Fields with their values and times, the first to expire first, those that will not at the end. */
function timedFields(from: In): Field[] {
  const items = readListpack(from)
  if (items.length % 3 !== 0) from.fail('a field without its value or time')
  let before = 0
  return Array.from({ length: items.length / 3 }, (_, i): Field => {
    const text = items[3 * i + 2]!
    const at = /^\d+$/.test(text) ? instant(Number(text), from) : from.fail('a time that is no number')
    if ((at || Infinity) < before) from.fail('fields that are not in the order in which they expire')
    before = at || Infinity
    return [items[3 * i]!, items[3 * i + 1]!, at || null]
  })
}

const instant = (ms: number, from: In): number => (ms >= 0 && ms <= LATEST ? ms : from.fail('a time that is none'))

function readNode(from: In): ListNode {
  const at = from.at
  const container = from.size()
  if (container === PLAIN) return { items: [from.string()], plain: true }
  if (container !== PACKED) from.fail('a node of a list of a form that is not known', at)
  return { items: readListpack(from.packed()), plain: false }
}

/** A score as text behind its length, with numbers of their own for what is no number. */
function oldScore(from: In): number {
  const length = from.u8()
  if (length === 255) return -Infinity
  if (length === 254) return Infinity
  if (length === 253) return from.fail('a score that is no number')
  return score(from.latin(length), from)
}

function newScore(from: In): number {
  const value = from.f64le()
  return Number.isNaN(value) ? from.fail('a score that is no number') : value
}

function isEmpty(value: RdbValue): boolean {
  switch (value.type) {
    case 'string':
      return false
    case 'list':
      return value.nodes.every(({ items }) => items.length === 0)
    case 'hash':
      return value.fields.length === 0
    default:
      return value.members.length === 0
  }
}

/** A field or member that stands there twice is damage: the server says so too. */
function refuseTwice(value: RdbValue, from: In, at: number): void {
  if (value.type === 'string' || value.type === 'list') return
  const names =
    value.type === 'hash'
      ? value.fields.map(([field]) => field)
      : value.type === 'zset'
        ? value.members.map(([member]) => member)
        : value.members
  if (new Set(names).size < names.length) from.fail('the same element stands there twice', at)
}
