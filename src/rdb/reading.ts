// Reads a value of any form, today's and older ones, and refuses what contradicts itself.
import type { Bytes } from '../wire/bytes.ts'
import type { In } from './in.ts'
import { readIntset, readListpack, readZiplist, readZipmap } from './listpack.ts'
import { FORM, NODE, type Field, type ListNode, type RdbValue, type ScoredMember } from './value.ts'

/** The last instant at which a field can expire, in ms since 1970. */
const LATEST = 2 ** 48 - 1

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
  if (container === NODE.plain) return { items: [from.string()], plain: true }
  if (container !== NODE.packed) from.fail('a node of a list of a form that is not known', at)
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
