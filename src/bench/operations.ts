// The twelve operations, each with what it finds there: keys of 16 bytes, 100,000 of them, values of 32 bytes, picked by
// chance, as redis-benchmark does it.
import { Chance } from '../conformance/chance.ts'
import { encodeRequest } from '../wire/resp.ts'
import { latin, type Bytes } from '../wire/bytes.ts'
import type { Messages } from './sides.ts'

/** How many keys, fields, members there are. */
export const MANY = 100_000
/** Commands that travel in one message. */
export const PIPELINE = 100

type Words = readonly (string | number)[]

export interface Operation {
  readonly name: string
  /** Requests that make what it needs; once. */
  readonly load?: () => Iterable<Words>
  /** Requests before each go of so many commands, untimed. */
  readonly before?: (commands: number) => Iterable<Words>
  readonly next: (chance: Chance) => Words
}

const name = (prefix: string, n: number) => prefix + String(n).padStart(12, '0')
export const keyAt = (n: number) => name('key:', n)
const value = 'v'.repeat(32)
const anyKey = (chance: Chance) => keyAt(chance.below(MANY))
const element = (chance: Chance, many = MANY) => name('element:', chance.below(many))

export function* numbers(count: number): Generator<number> {
  for (let n = 0; n < count; n++) yield n
}

export function* mapped<T>(count: number, make: (n: number) => T): Generator<T> {
  for (const n of numbers(count)) yield make(n)
}

const strings = (count = MANY) => mapped(count, (n): Words => ['SET', keyAt(n), value])
const ranked = (set: string, count: number) =>
  mapped(count, (n): Words => ['ZADD', set, (n * 7919) % count, name('element:', n)])

/** A list of so many elements, made anew. */
function* longList(length: number): Generator<Words> {
  yield ['DEL', 'list']
  const chunk = Array.from<string>({ length: 500 }).fill(value)
  for (let n = 0; n < length; n += chunk.length) yield ['LPUSH', 'list', ...chunk]
}

export const operations: readonly Operation[] = [
  { name: 'SET', load: strings, next: (chance) => ['SET', anyKey(chance), value] },
  { name: 'GET', load: strings, next: (chance) => ['GET', anyKey(chance)] },
  {
    name: 'INCR',
    load: () => mapped(MANY, (n) => ['INCR', name('cnt:', n)]),
    next: (chance) => ['INCR', name('cnt:', chance.below(MANY))],
  },
  { name: 'LPUSH', before: () => [['DEL', 'list']], next: () => ['LPUSH', 'list', value] },
  { name: 'RPOP', before: longList, next: () => ['RPOP', 'list'] },
  {
    name: 'HSET',
    load: () => mapped(MANY, (n) => ['HSET', 'hash', name('element:', n), value]),
    next: (chance) => ['HSET', 'hash', element(chance), value],
  },
  {
    name: 'HGET',
    load: () => mapped(MANY, (n) => ['HSET', 'hash', name('element:', n), value]),
    next: (chance) => ['HGET', 'hash', element(chance)],
  },
  { name: 'SADD', next: (chance) => ['SADD', 'set', element(chance)] },
  {
    name: 'ZADD',
    load: () => ranked('zset', MANY),
    next: (chance) => ['ZADD', 'zset', chance.below(MANY), element(chance)],
  },
  { name: 'ZRANGE 10', load: () => ranked('zset', 10_000), next: (chance) => rangeOf(chance, 10_000) },
  {
    name: 'MSET 10',
    load: strings,
    next: (chance) => ['MSET', ...[...mapped(10, () => [anyKey(chance), value])].flat()],
  },
  { name: 'EXPIRE', load: strings, next: (chance) => ['EXPIRE', anyKey(chance), 1000 + chance.below(1000)] },
]

function rangeOf(chance: Chance, size: number): Words {
  const from = chance.below(size - 10)
  return ['ZRANGE', 'zset', from, from + 9]
}

/** On a sorted set of so many members: a member's new score, its rank, ten members from a rank on. */
export const onSortedSet = (size: number): readonly Operation[] => [
  {
    name: 'ZADD (update)',
    next: (chance) => ['ZADD', 'zset', chance.below(size * 10), element(chance, size)],
  },
  { name: 'ZRANK', next: (chance) => ['ZRANK', 'zset', element(chance, size)] },
  { name: 'ZRANGE 10', next: (chance) => rangeOf(chance, size) },
]

export const loadSortedSet = (size: number): Iterable<Words> => ranked('zset', size)

export const words = (request: Words): Bytes[] => request.map((word) => latin(String(word)))

/** Requests as messages of so many each; the last ones that make no whole message are left out unless `size` is 1. */
export function messagesOf(requests: Iterable<Words>, size = PIPELINE): Messages {
  const bytes: Buffer[] = []
  let text = ''
  let count = 0
  for (const request of requests) {
    text += encodeRequest(words(request))
    if (++count % size !== 0) continue
    bytes.push(Buffer.from(text, 'latin1'))
    text = ''
  }
  if (text !== '') throw new Error(`${count} requests make no messages of ${size}`)
  return { bytes, size }
}

/** Enough different messages of an operation that no side knows them by heart. */
export function timed({ next }: Operation, seed = 1, count = 300): Messages {
  const chance = new Chance(seed)
  return messagesOf(mapped(count * PIPELINE, () => next(chance)))
}
