// Unions, intersections and differences. The result of a STORE takes the encoding, and a listpack the order, that the
// server's own way of building it leaves; so the ways are the same here.
import type { Bytes } from '../../wire/bytes.ts'
import { setOf, type Reply } from '../../wire/reply.ts'
import { key, many, numkeys, type Arg } from '../args.ts'
import { command, family } from '../command.ts'
import type { Database } from '../database.ts'
import { errors } from '../errors.ts'
import { meter } from '../values/meter.ts'
import { parseInt64 } from '../values/numbers.ts'
import { SetValue } from '../values/set.ts'
import type { Limits } from '../values/value.ts'

/** [LIMIT limit], read in order: a wrong limit is told before a word after it that is none. */
const limit: Arg<{ limit?: number }> = {
  docs: [{ name: 'limit', type: 'integer', token: 'LIMIT', optional: true }],
  min: 0,
  max: Infinity,
  read(cursor, out) {
    while (cursor.left > 0) {
      if (cursor.take().toUpperCase() !== 'LIMIT') throw errors.syntax()
      const count = parseInt64(cursor.take())
      if (count === null || count < 0) throw errors.negativeLimit()
      out['limit'] = Number(count)
    }
  },
}

export const setAlgebra = family('set', [
  command({
    name: 'SDIFF',
    summary: {
      en: 'What is in the first set and in none of the others.',
      ko: '첫 집합에는 있고 나머지 집합에는 없는 멤버를 가져옵니다.',
    },
    since: '1.0.0',
    complexity: 'O(N) where N is the total number of elements in all given sets.',
    flags: ['readonly'],
    args: [many(key('key', 'RO access'))],
    tips: ['nondeterministic_output_order'],
    run: ({ db, server }, { key: names }) => all(difference(setsOf(db, names), server.limits)),
  }),
  command({
    name: 'SDIFFSTORE',
    summary: {
      en: 'Stores what is in the first set and in none of the others under a key.',
      ko: '첫 집합에는 있고 나머지에는 없는 멤버를 다른 키에 저장합니다.',
    },
    since: '1.0.0',
    complexity: 'O(N) where N is the total number of elements in all given sets.',
    flags: ['write', 'denyoom'],
    args: [key('destination', 'OW update'), many(key('key', 'RO access'))],
    run: ({ db, server }, { destination, key: names }) =>
      store(db, destination, 'sdiffstore', difference(setsOf(db, names), server.limits)),
  }),
  command({
    name: 'SINTER',
    summary: { en: 'What is in all of these sets.', ko: '모든 집합에 함께 들어 있는 멤버를 가져옵니다.' },
    since: '1.0.0',
    complexity: 'O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.',
    flags: ['readonly'],
    args: [many(key('key', 'RO access'))],
    tips: ['nondeterministic_output_order'],
    run: ({ db }, { key: names }) => setOf([...common(setsOf(db, names))]),
  }),
  command({
    name: 'SINTERCARD',
    summary: {
      en: 'Counts what is in all of these sets, up to a limit if you give one.',
      ko: '모든 집합에 함께 들어 있는 멤버를 셉니다. 한도를 주면 거기까지만 셉니다.',
    },
    since: '7.0.0',
    complexity: 'O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.',
    flags: ['readonly', 'movablekeys'],
    args: [
      numkeys(key('key', 'RO access'), {
        notNumber: errors.numkeysNotPositive,
        none: errors.numkeysNotPositive,
        tooMany: errors.numkeysTooMany,
      }),
      limit,
    ],
    run({ db }, { key: names, limit: most = 0 }) {
      let count = 0
      for (const _ of common(setsOf(db, names))) if (++count === most) break
      return count
    },
  }),
  command({
    name: 'SINTERSTORE',
    summary: {
      en: 'Stores what is in all of these sets under a key.',
      ko: '모든 집합에 함께 들어 있는 멤버를 다른 키에 저장합니다.',
    },
    since: '1.0.0',
    complexity: 'O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.',
    flags: ['write', 'denyoom'],
    args: [key('destination', 'OW update'), many(key('key', 'RO access'))],
    run: ({ db, server }, { destination, key: names }) =>
      store(db, destination, 'sinterstore', intersection(setsOf(db, names), server.limits)),
  }),
  command({
    name: 'SUNION',
    summary: { en: 'What is in any of these sets.', ko: '집합들 가운데 어디에라도 들어 있는 멤버를 가져옵니다.' },
    since: '1.0.0',
    complexity: 'O(N) where N is the total number of elements in all given sets.',
    flags: ['readonly'],
    args: [many(key('key', 'RO access'))],
    tips: ['nondeterministic_output_order'],
    run: ({ db, server }, { key: names }) => all(union(setsOf(db, names), server.limits)),
  }),
  command({
    name: 'SUNIONSTORE',
    summary: {
      en: 'Stores what is in any of these sets under a key.',
      ko: '집합들 가운데 어디에라도 들어 있는 멤버를 다른 키에 저장합니다.',
    },
    since: '1.0.0',
    complexity: 'O(N) where N is the total number of elements in all given sets.',
    flags: ['write', 'denyoom'],
    args: [key('destination', 'OW update'), many(key('key', 'RO access'))],
    run: ({ db, server }, { destination, key: names }) =>
      store(db, destination, 'sunionstore', union(setsOf(db, names), server.limits)),
  }),
])

type Sets = readonly (SetValue | undefined)[]

/** The sets under the keys; all are looked at, so that a wrong kind is told wherever it stands. */
const setsOf = (db: Database, names: readonly Bytes[]): Sets =>
  db.looking(true, () => names.map((name) => db.read(name, 'set')))

const all = (result: SetValue): Reply => setOf([...result.members()])

function union(sets: Sets, limits: Limits): SetValue {
  const result = meter.result(new SetValue(limits))
  for (const one of sets) if (one) for (const member of one.members()) result.add(member)
  return result
}

/**
 * Two ways, as the server has them: look up each member of the first set in the others, or copy the first and take the
 * others' members out. The second may leave a wider encoding behind.
 */
function difference(sets: Sets, limits: Limits): SetValue {
  const result = meter.result(new SetValue(limits))
  const [first, ...others] = sets
  if (!first || others.includes(first)) return result
  const there = others.filter((one) => one !== undefined)
  const lookups = Math.floor((first.size * (there.length + 1)) / 2)
  const removals = there.reduce((sum, one) => sum + one.size, first.size)
  if (lookups <= removals) {
    for (const member of first.members()) if (!there.some((one) => one.has(member))) result.add(member)
    return result
  }
  for (const member of first.members()) result.add(member)
  for (const one of there) for (const member of one.members()) result.delete(member)
  return result
}

/** The sets from small to large, the earlier first where they are equal; none where one of them is empty. */
function bySize(sets: Sets): readonly SetValue[] {
  const there = sets.filter((one) => one !== undefined)
  return there.length < sets.length ? [] : there.toSorted((a, b) => a.size - b.size)
}

/** What all sets hold, in the order of the smallest. */
function* common(sets: Sets): Generator<Bytes> {
  const [smallest, ...others] = bySize(sets)
  if (!smallest) return
  for (const member of smallest.members()) if (others.every((one) => one.has(member))) yield member
}

function intersection(sets: Sets, limits: Limits): SetValue {
  return SetValue.gather(common(sets), bySize(sets)[0]?.encoding === 'intset', limits)
}

/** Puts a result under a key whatever was there, or removes the key where the result is empty. */
function store(db: Database, destination: Bytes, event: string, result: SetValue): number {
  if (result.size === 0) db.drop(destination)
  else db.put(destination, result, event)
  return result.size
}
