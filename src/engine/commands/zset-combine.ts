// Unions, intersections and differences of sorted sets and sets; in a set every member has the score 1. Redis looks at the
// keys first and at the options after them, so the options are read when the handler asks.
import type { Bytes } from '../../wire/bytes.ts'
import { choice, custom, key, numkeys, type Arg, type ArgDoc, Cursor } from '../args.ts'
import { command, family, type Context } from '../command.ts'
import { errors, type RedisError } from '../errors.ts'
import { parseDouble } from '../values/numbers.ts'
import { kindOf } from '../values/index.ts'
import { SetValue } from '../values/set.ts'
import { ZSetValue, type Ranked } from '../values/zset.ts'
import { natural } from './list-moves.ts'
import { store, told } from './zset-reply.ts'

type Operation = 'union' | 'inter' | 'diff'

/** What goes into an operation: a sorted set or a set with its weight; null where there is no key. */
interface Source {
  readonly value: ZSetValue | SetValue | null
  readonly weight: number
}

interface Options {
  readonly weights: readonly number[] | null
  readonly aggregate: 'sum' | 'min' | 'max'
  readonly withscores: boolean
}

// ------------------------------------------------------------------ words

const tokenDoc = (token: string): ArgDoc => ({ name: token.toLowerCase(), type: 'pure-token', token })
const weightDocs: readonly ArgDoc[] = [
  { name: 'weight', type: 'integer', token: 'WEIGHTS', optional: true, multiple: true },
  {
    name: 'aggregate',
    type: 'oneof',
    token: 'AGGREGATE',
    optional: true,
    arguments: ['SUM', 'MIN', 'MAX'].map(tokenDoc),
  },
]
const scoresDoc: ArgDoc = { ...tokenDoc('WITHSCORES'), optional: true }

/** The words behind the keys, kept for `options(keys)`. */
const optionWords = (weighted: boolean, scores: boolean): Arg<{ options: (keys: number) => Options }> =>
  custom([...(weighted ? weightDocs : []), ...(scores ? [scoresDoc] : [])], (cursor) => {
    const words = new Cursor(cursor.argv, cursor.at)
    words.end = cursor.end
    cursor.at = cursor.end
    return { options: (keys: number) => readOptions(words, keys, weighted, scores) }
  })

const aggregates = choice('aggregate', ['SUM', 'MIN', 'MAX'])

function readOptions(words: Cursor, keys: number, weighted: boolean, scores: boolean): Options {
  let weights: number[] | null = null
  let aggregate: Options['aggregate'] = 'sum'
  let withscores = false
  while (words.left > 0) {
    const token = words.take().toUpperCase()
    if (token === 'WEIGHTS' && weighted && words.left >= keys) weights = readWeights(words, keys)
    else if (token === 'AGGREGATE' && weighted && words.left >= 1) aggregate = aggregates.convert(words.take())
    else if (token === 'WITHSCORES' && scores) withscores = true
    else throw errors.syntax()
  }
  return { weights, aggregate, withscores }
}

function readWeights(words: Cursor, keys: number): number[] {
  const weights: number[] = []
  while (weights.length < keys) {
    const value = parseDouble(words.take())
    if (value === null) throw errors.weightNotFloat()
    weights.push(value)
  }
  return weights
}

const keyWords = (command_: string) =>
  numkeys(key('key', 'RO access'), { none: (): RedisError => errors.oneInputKey(command_) })

// ------------------------------------------------------------------ reckoning

function valueOf({ db }: Context, name: Bytes): ZSetValue | SetValue | null {
  const value = db.looking(true, () => db.find(name))
  if (value === undefined) return null
  if (value instanceof ZSetValue || value instanceof SetValue) return value
  throw errors.wrongType({ kind: 'wrong-type', key: name, held: kindOf(value), wanted: 'zset' })
}

const scoreIn = (value: ZSetValue | SetValue, member: Bytes): number | undefined =>
  value instanceof ZSetValue ? value.score(member) : value.has(member) ? 1 : undefined

function* membersOf(value: ZSetValue | SetValue | null): Generator<Ranked> {
  if (value instanceof ZSetValue) yield* value.range(0, value.size)
  else if (value) for (const member of value.members()) yield { member, score: 1 }
}

const orZero = (score: number) => (Number.isNaN(score) ? 0 : score)

/** Two scores as one. The sum of both infinities is 0 to Redis. */
function joined(score: number, more: number, aggregate: Options['aggregate']): number {
  if (aggregate === 'sum') return orZero(score + more)
  if (aggregate === 'min') return more < score ? more : score
  return more > score ? more : score
}

function union(sources: readonly Source[], aggregate: Options['aggregate']): Map<Bytes, number> {
  const found = new Map<Bytes, number>()
  for (const { value, weight: by } of sources)
    for (const { member, score } of membersOf(value)) {
      const before = found.get(member)
      const weighted = orZero(score * by)
      found.set(member, before === undefined ? weighted : joined(before, weighted, aggregate))
    }
  return found
}

/** Members that all sources have, with their scores by source; stops after `most`. */
function* shared(sources: readonly Source[]): Generator<{ member: Bytes; scores: number[] }> {
  const [first, ...others] = sources
  if (others.some(({ value }) => value === null)) return
  for (const { member, score } of membersOf(first!.value)) {
    const scores = [score]
    for (const { value } of others) {
      const found = scoreIn(value!, member)
      if (found === undefined) break
      scores.push(found)
    }
    if (scores.length === sources.length) yield { member, scores }
  }
}

function intersection(sources: readonly Source[], aggregate: Options['aggregate']): Map<Bytes, number> {
  const found = new Map<Bytes, number>()
  for (const { member, scores } of shared(sources)) {
    let total = orZero(scores[0]! * sources[0]!.weight)
    for (let i = 1; i < scores.length; i++) total = joined(total, scores[i]! * sources[i]!.weight, aggregate)
    found.set(member, total)
  }
  return found
}

function difference(sources: readonly Source[]): Map<Bytes, number> {
  const [first, ...others] = sources
  const found = new Map<Bytes, number>()
  for (const { member, score } of membersOf(first!.value))
    if (!others.some(({ value }) => value && scoreIn(value, member) !== undefined)) found.set(member, score)
  return found
}

const sizeOf = ({ value }: Source) => value?.size ?? 0
/** Smallest first, as Redis takes them: the order in which scores are added up shows in their last digit. */
const bySize = (sources: readonly Source[]) => sources.toSorted((a, b) => sizeOf(a) - sizeOf(b))

function combine(operation: Operation, sources: readonly Source[], { aggregate }: Options): Ranked[] {
  const found =
    operation === 'union'
      ? union(bySize(sources), aggregate)
      : operation === 'inter'
        ? intersection(bySize(sources), aggregate)
        : difference(sources)
  return Array.from(found, ([member, score]) => ({ member, score }))
}

const inOrder = (ranked: Ranked[]) =>
  ranked.sort((a, b) => (a.score < b.score ? -1 : a.score > b.score ? 1 : a.member < b.member ? -1 : 1))

function result(context: Context, operation: Operation, keys: readonly Bytes[], read: (keys: number) => Options) {
  const values = keys.map((name) => valueOf(context, name))
  const options = read(keys.length)
  const sources = values.map((value, i) => ({ value, weight: options.weights?.[i] ?? 1 }))
  return { options, ranked: inOrder(combine(operation, sources, options)) }
}

// ------------------------------------------------------------------ the commands

const complexities: Readonly<Record<Operation, string>> = {
  union:
    'O(N)+O(M*log(M)) with N being the sum of the sizes of the input sorted sets, and M being the number of elements in the resulting sorted set.',
  inter:
    'O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the number of input sorted sets and M being the number of elements in the resulting sorted set.',
  diff: 'O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N is the size of the first set, and K is the size of the result set.',
}

const telling = (operation: Operation, summary: { en: string; ko: string }) => {
  const name = `Z${operation.toUpperCase()}`
  return command({
    name,
    summary,
    since: '6.2.0',
    complexity: complexities[operation],
    flags: ['readonly', 'movablekeys'],
    args: [keyWords(name.toLowerCase()), optionWords(operation !== 'diff', true)],
    run(context, { key: keys, options: read }) {
      const { ranked, options } = result(context, operation, keys, read)
      return told(context.client, ranked, options.withscores)
    },
  })
}

const storing = (operation: Operation, since: string, summary: { en: string; ko: string }) => {
  const name = `Z${operation.toUpperCase()}STORE`
  return command({
    name,
    summary,
    since,
    complexity: operation === 'union' ? complexities.union.replace('M*log(M)', 'M log(M)') : complexities[operation],
    flags: ['write', 'denyoom', 'movablekeys'],
    args: [key('destination', 'OW update'), keyWords(name.toLowerCase()), optionWords(operation !== 'diff', false)],
    run(context, { destination, key: keys, options }) {
      const { ranked } = result(context, operation, keys, options)
      let longest = 0
      for (const { member } of ranked) longest = Math.max(longest, member.length)
      const zset = ZSetValue.of(ranked, context.server.limits, ranked.length, longest)
      return store(context.db, destination, zset, name.toLowerCase())
    },
  })
}

/** LIMIT of ZINTERCARD; 0 is none. */
const limitWords: Arg<{ limit: () => number }> = custom(
  [{ name: 'limit', type: 'integer', token: 'LIMIT', optional: true }],
  (cursor) => {
    const words = new Cursor(cursor.argv, cursor.at)
    words.end = cursor.end
    cursor.at = cursor.end
    return { limit: () => readLimit(words) }
  },
)

function readLimit(words: Cursor): number {
  let limit = 0
  while (words.left > 0) {
    if (words.take().toUpperCase() !== 'LIMIT' || words.left === 0) throw errors.syntax()
    limit = natural(words.take(), () => errors.cannotBeNegative('LIMIT'))
  }
  return limit
}

function countShared(context: Context, keys: readonly Bytes[], readMost: () => number): number {
  const values = keys.map((name) => valueOf(context, name))
  const most = readMost()
  let count = 0
  for (const _ of shared(bySize(values.map((value) => ({ value, weight: 1 }))))) if (++count === most) break
  return count
}

export const zsetCombine = family('sorted-set', [
  telling('union', {
    en: 'All members of several sorted sets, with their scores added up.',
    ko: '여러 정렬된 집합의 멤버를 모두 모으고 점수를 더합니다.',
  }),
  telling('inter', {
    en: 'The members that several sorted sets share, with their scores added up.',
    ko: '여러 정렬된 집합에 모두 있는 멤버를 모으고 점수를 더합니다.',
  }),
  telling('diff', {
    en: 'The members of the first sorted set that are in none of the others.',
    ko: '첫 번째 정렬된 집합에만 있고 나머지에는 없는 멤버입니다.',
  }),
  storing('union', '2.0.0', {
    en: 'Stores all members of several sorted sets as a new one.',
    ko: '여러 정렬된 집합의 합집합을 다른 키에 저장합니다.',
  }),
  storing('inter', '2.0.0', {
    en: 'Stores the members that several sorted sets share as a new one.',
    ko: '여러 정렬된 집합의 교집합을 다른 키에 저장합니다.',
  }),
  storing('diff', '6.2.0', {
    en: 'Stores the members of the first sorted set that are in none of the others.',
    ko: '첫 번째 정렬된 집합에서 나머지를 뺀 차집합을 다른 키에 저장합니다.',
  }),
  command({
    name: 'ZINTERCARD',
    summary: {
      en: 'How many members several sorted sets share, counted up to a limit.',
      ko: '여러 정렬된 집합에 모두 있는 멤버의 수를 셉니다. 어디까지 셀지 정할 수 있습니다.',
    },
    since: '7.0.0',
    complexity:
      'O(N*K) worst case with N being the smallest input sorted set, K being the number of input sorted sets.',
    flags: ['readonly', 'movablekeys'],
    args: [keyWords('zintercard'), limitWords],
    run: (context, { key: keys, limit }) => countShared(context, keys, limit),
  }),
])
