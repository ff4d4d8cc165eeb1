// Sorted sets: members, scores and ranks. Ranges of them are in zset-range.ts, unions and their kin in zset-combine.ts,
// what pops and waits in zset-pop.ts.
import { latin, type Bytes } from '../../wire/bytes.ts'
import { double, NIL_ARRAY, type Reply } from '../../wire/reply.ts'
import { bytes, custom, float, key, leavable, many, type Arg, type ArgDoc } from '../args.ts'
import { command, family, type Context } from '../command.ts'
import { ArityError, errors } from '../errors.ts'
import type { Random } from '../random.ts'
import { formatSeventeen, INT64_MAX, parseInt64 } from '../values/numbers.ts'
import type { Ranked, ZSetValue } from '../values/zset.ts'
import { showDouble } from '../../wire/show.ts'
import { pickDistinct, pickFreely, readPickCount } from './picks.ts'
import { scanCursor, scanOptions, scanReply } from './scanning.ts'
import { told } from './zset-reply.ts'

// ------------------------------------------------------------------ ZADD

const zaddFlags = ['NX', 'XX', 'GT', 'LT', 'CH', 'INCR'] as const
type ZaddFlag = (typeof zaddFlags)[number]

/** What ZADD is to do: scores, and the words in which each has its member behind it, from a place on. */
interface Scoring {
  readonly flags: ReadonlySet<ZaddFlag>
  readonly scores: readonly number[]
  readonly words: readonly Bytes[]
  readonly from: number
}

const token = (name: string, word: string): ArgDoc => ({ name, type: 'pure-token', token: word })
const either = (name: string, one: string, other: string): ArgDoc => ({
  name,
  type: 'oneof',
  optional: true,
  arguments: [token(one.toLowerCase(), one), token(other.toLowerCase(), other)],
})

const score = float('score')

/** ZADD's flags, then its pairs; the flags are checked against each other before any score is read. */
const zaddWords: Arg<{ scoring: Scoring }> = {
  docs: [
    either('condition', 'NX', 'XX'),
    either('comparison', 'GT', 'LT'),
    { ...token('change', 'CH'), optional: true },
    { ...token('increment', 'INCR'), optional: true },
    { name: 'data', type: 'block', multiple: true, arguments: [...score.docs, { name: 'member', type: 'string' }] },
  ],
  min: 2,
  max: Infinity,
  placed: { name: 'scoring', of: readScoring },
  read(cursor, out) {
    out['scoring'] = readScoring(cursor.argv, cursor.at)
    cursor.at = cursor.end
  },
}

const NONE: ReadonlySet<ZaddFlag> = new Set()

function readScoring(words: readonly Bytes[], at: number): Scoring {
  // A score that begins as most do is no flag.
  const flags = words[at]!.charCodeAt(0) < 65 ? NONE : new Set<ZaddFlag>()
  const from = flags === NONE ? at : readFlags(words, at, flags as Set<ZaddFlag>)
  const left = words.length - from
  if (left === 0 || left % 2 !== 0) throw errors.syntax()
  if (flags.has('NX') && flags.has('XX')) throw errors.nxAndXx()
  if (flags.size > 1 && [flags.has('NX'), flags.has('GT'), flags.has('LT')].filter(Boolean).length > 1)
    throw errors.gtLtNx()
  if (flags.has('INCR') && left > 2) throw errors.incrOnePair()
  const scores = [score.convert(words[from]!)]
  for (let i = from + 2; i < words.length; i += 2) scores.push(score.convert(words[i]!))
  return { flags, scores, words, from }
}

/** Returns where the flags end. */
function readFlags(words: readonly Bytes[], at: number, flags: Set<ZaddFlag>): number {
  for (let i = at; i < words.length; i++) {
    const flag = zaddFlags.find((one) => one === words[i]!.toUpperCase())
    if (!flag) return i
    flags.add(flag)
  }
  return words.length
}

/** The score that a member gets, or null where the flags leave it as it is. */
function scoreAfter(before: number | undefined, given: number, flags: ReadonlySet<ZaddFlag>): number | null {
  if (flags.size === 0) return given
  if (before === undefined) return flags.has('XX') ? null : given
  if (flags.has('NX')) return null
  const after = flags.has('INCR') ? before + given : given
  if (Number.isNaN(after)) throw errors.scoreNotANumber()
  return (flags.has('GT') && after <= before) || (flags.has('LT') && after >= before) ? null : after
}

function zadd({ db }: Context, name: Bytes, scoring: Scoring): Reply {
  const { flags, scores, words, from } = scoring
  const held = db.read(name, 'zset')
  if (!held && flags.has('XX')) return flags.has('INCR') ? null : 0
  if (flags.has('INCR')) return increase(db, name, held, scores[0]!, words[from + 1]!, flags)
  return db.edit(name, 'zset', 'zadd', setScores, scoring)
}

function setScores(zset: ZSetValue, { flags, scores, words, from }: Scoring): number {
  zset.expect(scores.length, zset.size > 0 ? 0 : words[from + 1]!.length)
  let added = 0
  let updated = 0
  for (let i = 0; i < scores.length; i++) {
    const member = words[from + 2 * i + 1]!
    const before = zset.score(member)
    const after = scoreAfter(before, scores[i]!, flags)
    if (after === null || after === before) continue
    if (zset.set(member, after)) added++
    else updated++
  }
  return flags.has('CH') ? added + updated : added
}

function increase(
  db: Context['db'],
  name: Bytes,
  held: ZSetValue | undefined,
  given: number,
  member: Bytes,
  flags: ReadonlySet<ZaddFlag>,
): Reply {
  const before = held?.score(member)
  const after = scoreAfter(before, given, flags)
  // The server makes room before it looks at the flags: a limit that was lowered since shows even where nothing is added.
  if (held) db.reshape(held, (zset) => zset.expect(1, 0))
  if (after === null) return null
  if (after !== before)
    db.edit(name, 'zset', 'zincr', (zset) => {
      zset.set(member, after)
    })
  return double(after)
}

const increment: ReadonlySet<ZaddFlag> = new Set(['INCR'])

// ------------------------------------------------------------------ ranks and chance

/** WITHSCORE at the end; more words are too many. */
const withScore = leavable(
  custom([{ ...token('withscore', 'WITHSCORE'), optional: true }], (cursor) => {
    if (cursor.left > 1) throw new ArityError()
    if (cursor.left === 0) return { withscore: false }
    if (cursor.take().toUpperCase() !== 'WITHSCORE') throw errors.syntax()
    return { withscore: true }
  }),
)

const ranking = (name: 'ZRANK' | 'ZREVRANK', summary: { en: string; ko: string }) =>
  command({
    name,
    summary,
    since: '2.0.0',
    complexity: 'O(log(N))',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO access'), bytes('member'), withScore],
    run({ db }, { key: key_, member, withscore }) {
      const held = db.read(key_, 'zset')
      const rank = held?.rank(member)
      if (!held || rank === undefined) return withscore ? NIL_ARRAY : null
      const place = name === 'ZRANK' ? rank : held.size - 1 - rank
      return withscore ? [place, double(held.score(member)!)] : place
    },
  })

/** ZRANDMEMBER's count and WITHSCORES. */
const pickWords = custom(
  [
    {
      name: 'options',
      type: 'block',
      optional: true,
      arguments: [
        { name: 'count', type: 'integer' },
        { ...token('withscores', 'WITHSCORES'), optional: true },
      ],
    },
  ],
  (cursor) => {
    if (cursor.left === 0) return { count: undefined, withscores: false }
    const word = cursor.take()
    const count = readPickCount(word)
    const withscores = cursor.left > 0
    if (withscores && (cursor.take().toUpperCase() !== 'WITHSCORES' || cursor.left > 0)) throw errors.syntax()
    const exact = BigInt(parseInt64(word)!)
    if (withscores && (exact < -INT64_MAX / 2n || exact > INT64_MAX / 2n)) throw errors.outOfRange()
    return { count, withscores }
  },
)

function pick(held: ZSetValue, count: number, random: Random): Ranked[] {
  const draw = () => held.random(random)
  if (count < 0) return pickFreely(-count, draw)
  // All of them come from the end, as the server walks them.
  if (count >= held.size) return held.range(0, held.size).reverse()
  const pool = { size: held.size, all: () => held.range(0, held.size), draw, name: ({ member }: Ranked) => member }
  return pickDistinct(pool, count, random)
}

// ------------------------------------------------------------------ the family

export const zset = family('sorted-set', [
  command({
    name: 'ZADD',
    summary: {
      en: 'Puts members with their scores into a sorted set, or gives members new scores.',
      ko: '정렬된 집합에 점수와 함께 멤버를 넣거나, 있는 멤버의 점수를 바꿉니다.',
    },
    since: '1.2.0',
    complexity: 'O(log(N)) for each item added, where N is the number of elements in the sorted set.',
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'RW update'), zaddWords],
    run: (context, { key: name, scoring }) => zadd(context, name, scoring),
  }),
  command({
    name: 'ZINCRBY',
    summary: {
      en: "Adds to a member's score; a member that is not there begins at 0.",
      ko: '멤버의 점수에 더합니다. 없는 멤버는 0에서 시작합니다.',
    },
    since: '1.2.0',
    complexity: 'O(log(N)) where N is the number of elements in the sorted set.',
    flags: ['write', 'denyoom', 'fast'],
    args: [
      key('key', 'RW access update'),
      { ...float('increment'), docs: [{ name: 'increment', type: 'integer' }] },
      bytes('member'),
    ],
    run: ({ db }, { key: name, increment: by, member }) =>
      increase(db, name, db.read(name, 'zset'), by, member, increment),
  }),
  command({
    name: 'ZREM',
    summary: { en: 'Removes members.', ko: '멤버를 지웁니다.' },
    since: '1.2.0',
    complexity:
      'O(M*log(N)) with N being the number of elements in the sorted set and M the number of elements to be removed.',
    flags: ['write', 'fast'],
    args: [key('key', 'RW delete'), many(bytes('member'))],
    run({ db }, { key: name, member: members }) {
      if (!db.read(name, 'zset')) return 0
      return db.edit(name, 'zset', 'zrem', (held) => {
        let gone = 0
        for (const member of members) if (held.delete(member)) gone++
        return gone
      })
    },
  }),
  command({
    name: 'ZCARD',
    summary: { en: 'How many members a sorted set has.', ko: '정렬된 집합의 멤버 수입니다.' },
    since: '1.2.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO')],
    run: ({ db }, { key: name }) => db.read(name, 'zset')?.size ?? 0,
  }),
  command({
    name: 'ZSCORE',
    summary: { en: "A member's score, or nil.", ko: '멤버의 점수입니다. 없으면 nil입니다.' },
    since: '1.2.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO access'), bytes('member')],
    run({ db }, { key: name, member }) {
      const found = db.read(name, 'zset')?.score(member)
      return found === undefined ? null : double(found)
    },
  }),
  command({
    name: 'ZMSCORE',
    summary: {
      en: "Several members' scores; nil where there is none.",
      ko: '여러 멤버의 점수를 한 번에 알려 줍니다. 없는 자리는 nil입니다.',
    },
    since: '6.2.0',
    complexity: 'O(N) where N is the number of members being requested.',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO access'), many(bytes('member'))],
    run({ db }, { key: name, member: members }) {
      const held = db.read(name, 'zset')
      return members.map((member) => {
        const found = held?.score(member)
        return found === undefined ? null : double(found)
      })
    },
  }),
  ranking('ZRANK', {
    en: "A member's place, counted from 0 at the lowest score.",
    ko: '점수가 낮은 쪽에서 0부터 센 멤버의 순위입니다.',
  }),
  ranking('ZREVRANK', {
    en: "A member's place, counted from 0 at the highest score.",
    ko: '점수가 높은 쪽에서 0부터 센 멤버의 순위입니다.',
  }),
  command({
    name: 'ZRANDMEMBER',
    summary: {
      en: 'Members by chance, which stay in the sorted set; a negative count may give the same one again.',
      ko: '멤버를 무작위로 골라 보여 주고 그대로 둡니다. 개수가 음수이면 같은 멤버가 또 나올 수 있습니다.',
    },
    since: '6.2.0',
    complexity: 'O(N) where N is the number of members returned',
    flags: ['readonly'],
    args: [key('key', 'RO access'), pickWords],
    tips: ['nondeterministic_output'],
    run({ db, random, client }, { key: name, count, withscores }) {
      const held = db.read(name, 'zset')
      if (count === undefined) return held ? held.random(random).member : null
      return held && count !== 0 ? told(client, pick(held, count, random), withscores) : []
    },
  }),
  command({
    name: 'ZSCAN',
    summary: {
      en: 'Walks through members and scores, some at each call.',
      ko: '멤버와 점수를 호출할 때마다 조금씩 훑어 나갑니다.',
    },
    since: '2.8.0',
    complexity:
      'O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection.',
    flags: ['readonly'],
    args: [key('key', 'RO access'), scanCursor, scanOptions('zset')],
    tips: ['nondeterministic_output'],
    run({ db }, { key: name, cursor, options }) {
      const held = db.read(name, 'zset')
      if (!held) return scanReply(0, [])
      const { matches, count } = options()
      // The server prints a skiplist's scores in another way here.
      const print = held.encoding === 'skiplist' ? formatSeventeen : showDouble
      const found: Bytes[] = []
      const next = held.scan(cursor, count, (member, points) => {
        if (matches(member)) found.push(member, latin(print(points)))
      })
      return scanReply(next, found)
    },
  }),
])
