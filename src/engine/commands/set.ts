import type { Bytes } from '../../wire/bytes.ts'
import { setOf, type Reply } from '../../wire/reply.ts'
import { bytes, key, many, special } from '../args.ts'
import { command, family, type Context } from '../command.ts'
import { errors } from '../errors.ts'
import type { Random } from '../random.ts'
import { parseInt64 } from '../values/numbers.ts'
import type { SetValue } from '../values/set.ts'
import { lastWord, pickDistinct, pickFreely, readPickCount, type Pool } from './picks.ts'
import { scanCursor, scanOptions, scanReply } from './scanning.ts'

const popCount = special('count', 'integer', (word) => {
  const count = parseInt64(word)
  if (count === null || count < 0) throw errors.mustBePositive()
  return Number(count)
})

/** Adds members to a set; returns how many are new. */
function addAll(held: SetValue, members: readonly Bytes[]): number {
  held.expect(members.length, members[0]!)
  let fresh = 0
  for (const member of members) if (held.add(member)) fresh++
  return fresh
}

export const set = family('set', [
  command({
    name: 'SADD',
    summary: {
      en: 'Adds members to a set and tells how many are new.',
      ko: '집합에 멤버를 더하고, 새로 들어간 것이 몇 개인지 알려 줍니다.',
    },
    since: '1.0.0',
    complexity:
      'O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.',
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'RW insert'), many(bytes('member'))],
    run: ({ db }, { key: name, member: members }) => db.edit(name, 'set', 'sadd', addAll, members),
  }),
  command({
    name: 'SCARD',
    summary: { en: 'How many members a set has.', ko: '집합의 멤버가 몇 개인지 셉니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO')],
    run: ({ db }, { key: name }) => db.read(name, 'set')?.size ?? 0,
  }),
  command({
    name: 'SISMEMBER',
    summary: { en: 'Tells whether something is in a set.', ko: '집합에 그 멤버가 있는지 알려 줍니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO'), bytes('member')],
    run: ({ db }, { key: name, member }) => (db.read(name, 'set')?.has(member) ? 1 : 0),
  }),
  command({
    name: 'SMEMBERS',
    summary: { en: 'All members of a set.', ko: '집합의 모든 멤버를 가져옵니다.' },
    since: '1.0.0',
    complexity: 'O(N) where N is the set cardinality.',
    flags: ['readonly'],
    args: [key('key', 'RO access')],
    tips: ['nondeterministic_output_order'],
    run: ({ db }, { key: name }) => setOf([...(db.read(name, 'set')?.members() ?? [])]),
  }),
  command({
    name: 'SMISMEMBER',
    summary: {
      en: 'Tells of several things whether each is in a set.',
      ko: '여러 멤버가 집합에 있는지 하나씩 알려 줍니다.',
    },
    since: '6.2.0',
    complexity: 'O(N) where N is the number of elements being checked for membership',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO access'), many(bytes('member'))],
    run({ db }, { key: name, member: members }) {
      const held = db.read(name, 'set')
      return members.map((member) => (held?.has(member) ? 1 : 0))
    },
  }),
  command({
    name: 'SMOVE',
    summary: {
      en: 'Takes a member out of one set and puts it into another, in one step.',
      ko: '멤버를 한 집합에서 꺼내 다른 집합으로 단번에 옮깁니다.',
    },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['write', 'fast'],
    args: [key('source', 'RW access delete'), key('destination', 'RW insert'), bytes('member')],
    run({ db }, { source, destination, member }) {
      // The destination's kind matters only where there is a source.
      const from = db.read(source, 'set')
      if (!from) return 0
      const to = db.read(destination, 'set')
      if (from === to) return from.has(member) ? 1 : 0
      if (!from.has(member)) return 0
      db.edit(source, 'set', 'srem', (held) => held.delete(member))
      db.edit(destination, 'set', 'sadd', (held) => {
        held.expect(1, member)
        held.add(member)
      })
      return 1
    },
  }),
  command({
    name: 'SPOP',
    summary: {
      en: 'Takes members out of a set by chance and gives them to you.',
      ko: '집합에서 멤버를 무작위로 꺼내 돌려줍니다.',
    },
    since: '1.0.0',
    complexity: 'Without the count argument O(1), otherwise O(N) where N is the value of the passed count.',
    flags: ['write', 'fast'],
    args: [key('key', 'RW access delete'), lastWord(popCount)],
    tips: ['nondeterministic_output'],
    run: (context, { key: name, count }) => (count === undefined ? popOne(context, name) : pop(context, name, count)),
  }),
  command({
    name: 'SRANDMEMBER',
    summary: {
      en: 'Members by chance, which stay in the set; a negative count may give the same one again.',
      ko: '멤버를 무작위로 골라 보여 주고 집합에는 그대로 둡니다. 개수가 음수이면 같은 멤버가 또 나올 수 있습니다.',
    },
    since: '1.0.0',
    complexity: 'Without the count argument O(1), otherwise O(N) where N is the absolute value of the passed count.',
    flags: ['readonly'],
    args: [key('key', 'RO access'), lastWord(special('count', 'integer', readPickCount))],
    tips: ['nondeterministic_output'],
    run({ db, random }, { key: name, count }) {
      const held = db.read(name, 'set')
      if (count === undefined) return held ? held.random(random) : null
      if (!held || count === 0) return []
      if (count < 0) return pickFreely(-count, () => held.random(random))
      return pickDistinct(poolOf(held, random), count, random)
    },
  }),
  command({
    name: 'SREM',
    summary: {
      en: 'Removes members from a set; the last one takes the key with it.',
      ko: '집합에서 멤버를 지웁니다. 마지막 멤버가 사라지면 키도 함께 사라집니다.',
    },
    since: '1.0.0',
    complexity: 'O(N) where N is the number of members to be removed.',
    flags: ['write', 'fast'],
    args: [key('key', 'RW delete'), many(bytes('member'))],
    run: ({ db }, { key: name, member: members }) =>
      db.edit(name, 'set', 'srem', (held) => {
        let gone = 0
        for (const member of members) if (held.delete(member)) gone++
        return gone
      }),
  }),
  command({
    name: 'SSCAN',
    summary: {
      en: 'Walks through the members of a set, some at each call.',
      ko: '집합의 멤버를 호출할 때마다 조금씩 훑어 나갑니다.',
    },
    since: '2.8.0',
    complexity:
      'O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection.',
    flags: ['readonly'],
    args: [key('key', 'RO access'), scanCursor, scanOptions('set')],
    tips: ['nondeterministic_output'],
    run({ db }, { key: name, cursor, options }) {
      const held = db.read(name, 'set')
      if (!held) return scanReply(0, [])
      const { matches, count } = options()
      const found: Bytes[] = []
      const next = held.scan(cursor, count, (member) => {
        if (matches(member)) found.push(member)
      })
      return scanReply(next, found)
    },
  }),
])

const poolOf = (held: SetValue, random: Random): Pool<Bytes> => ({
  size: held.size,
  all: () => held.members(),
  draw: () => held.random(random),
  name: (member) => member,
})

function popOne(context: Context, name: Bytes): Reply {
  const { db, random } = context
  const member = db.read(name, 'set')?.random(random)
  if (member === undefined) return null
  db.edit(name, 'set', 'spop', (held) => held.delete(member))
  context.propagate(['SREM', name, member])
  return member
}

/** SPOP with a count. What it took is chance, so it propagates as the removal of just these. */
function pop(context: Context, name: Bytes, count: number): Reply {
  const { db, random } = context
  const held = db.read(name, 'set')
  if (!held || count === 0) return setOf([])
  const taken = pickDistinct(poolOf(held, random), count, random)
  if (taken.length === held.size) context.propagate(['DEL', name])
  else context.propagate(['SREM', name, ...taken])
  db.edit(name, 'set', 'spop', (value) => value.take(taken))
  return setOf(taken)
}
