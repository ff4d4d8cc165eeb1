// Ranges of a sorted set: by rank, by score, by name; told, counted, stored or removed. All commands that answer with a
// range are ZRANGE with some of its options decided beforehand.
import type { Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { custom, integer, key, type Arg, type ArgDoc } from '../args.ts'
import { command, family, WRITTEN, type Context, type Written } from '../command.ts'
import { errors } from '../errors.ts'
import { parseInt64 } from '../values/numbers.ts'
import { ZSetValue, type Bounds, type Stretch } from '../values/zset.ts'
import { span } from './list-moves.ts'
import { nameBounds, scoreBounds } from './zset-bounds.ts'
import { store, withScores } from './zset-reply.ts'

// ------------------------------------------------------------------ ZRANGE and its kin

type By = 'rank' | 'score' | 'lex'

interface Options {
  by: By
  reverse: boolean
  withscores: boolean
  offset: number
  /** Below 0: all. */
  limit: number
}

/** What a command of the family has decided beforehand; what is left open its options decide. */
interface Form {
  readonly by?: By
  readonly reverse?: boolean
  readonly store?: true
}

function whole(word: Bytes): number {
  const value = parseInt64(word)
  if (value === null) throw errors.notInteger()
  return Number(value)
}

/** Reads options from a place on, from left to right: a wrong number comes before a later word that is none. */
function readOptions(words: readonly Bytes[], from: number, form: Form): Options {
  let { by, reverse } = form
  let withscores = false
  let offset = 0
  let limit = -1
  for (let at = from; at < words.length; at++) {
    const token = words[at]!.toUpperCase()
    if (token === 'WITHSCORES' && !form.store) withscores = true
    else if (token === 'LIMIT' && at + 2 < words.length) {
      offset = whole(words[++at]!)
      limit = whole(words[++at]!)
    } else if (token === 'REV' && reverse === undefined) reverse = true
    else if (token === 'BYLEX' && by === undefined) by = 'lex'
    else if (token === 'BYSCORE' && by === undefined) by = 'score'
    else throw errors.syntax()
  }
  return { by: by ?? 'rank', reverse: reverse ?? false, withscores, offset, limit }
}

/** A range that was asked for; all that may be wrong with its words has been told. */
interface Range {
  readonly options: Options
  /** By rank: the first and the last, counted from the end where they are negative. */
  readonly start: number
  readonly stop: number
  /** By score or name. */
  readonly bounds: Bounds | null
}

function readRange(first: Bytes, last: Bytes, options: Options): Range {
  const { by, reverse, withscores, limit } = options
  if (by === 'rank' && limit !== -1) throw errors.limitWithoutRange()
  if (by === 'lex' && withscores) throw errors.scoresWithLex()
  if (by === 'rank') return { options, start: whole(first), stop: whole(last), bounds: null }
  const [lowest, highest] = reverse ? [last, first] : [first, last]
  const bounds = by === 'score' ? scoreBounds(lowest, highest) : nameBounds(lowest, highest)
  return { options, start: 0, stop: 0, bounds }
}

function select({ options, start, stop, bounds }: Range, zset: ZSetValue): Stretch {
  if (bounds !== null) return limited(zset, bounds, options)
  const stretch = span(start, stop, zset.size)
  return options.reverse ? { from: zset.size - stretch.to, to: zset.size - stretch.from } : stretch
}

function limited(zset: ZSetValue, bounds: Bounds, { reverse, offset, limit }: Options): Stretch {
  const skip = offset < 0 ? skipFromEnd(zset, bounds, -offset) : offset
  if (skip === null) return { from: 0, to: 0 }
  const { from, to } = zset.stretch(bounds, reverse, skip)
  const take = limit < 0 ? to - from : Math.min(limit, to - from)
  return reverse ? { from: to - take, to } : { from, to: from + take }
}

/** A negative offset: in a skiplist it counts from the other end of the range, a listpack has nothing there. */
function skipFromEnd(zset: ZSetValue, bounds: Bounds, back: number): number | null {
  if (zset.encoding === 'listpack') return null
  const { from, to } = zset.stretch(bounds, false)
  return back <= to - from ? to - from - back : null
}

const tokenDoc = (token: string): ArgDoc => ({ name: token.toLowerCase(), type: 'pure-token', token })
const optionDocs = {
  sortby: { name: 'sortby', type: 'oneof', optional: true, arguments: [tokenDoc('BYSCORE'), tokenDoc('BYLEX')] },
  rev: { ...tokenDoc('REV'), optional: true },
  limit: {
    name: 'limit',
    type: 'block',
    token: 'LIMIT',
    optional: true,
    arguments: [
      { name: 'offset', type: 'integer' },
      { name: 'count', type: 'integer' },
    ],
  },
  withscores: { ...tokenDoc('WITHSCORES'), optional: true },
} satisfies Record<string, ArgDoc>

/** The two ends of a range and the options behind them. */
function rangeWords(
  ends: readonly [string, string],
  type: 'string' | 'integer' | 'double',
  options: readonly (keyof typeof optionDocs)[],
  form: Form,
): Arg<{ range: Range }> {
  const docs = [...ends.map((name): ArgDoc => ({ name, type })), ...options.map((name) => optionDocs[name])]
  const without = readOptions([], 0, form)
  const rangeAt = (words: readonly Bytes[], at: number) =>
    readRange(words[at]!, words[at + 1]!, words.length === at + 2 ? without : readOptions(words, at + 2, form))
  return {
    docs,
    min: 2,
    max: Infinity,
    placed: { name: 'range', of: rangeAt },
    read(cursor, out) {
      if (cursor.left < 2) throw errors.syntax()
      out['range'] = rangeAt(cursor.argv, cursor.at)
      cursor.at = cursor.end
    },
  }
}

function tell({ db, client, out }: Context, name: Bytes, range: Range): Reply | Written {
  const held = db.read(name, 'zset')
  if (!held) return []
  const { from, to } = select(range, held)
  const { options } = range
  if (options.withscores) return withScores(client, inOrder(held.range(from, to), options))
  if (out === null) return inOrder(held.members(from, to), options)
  held.tell(from, to, options.reverse, out)
  return WRITTEN
}

const inOrder = <T>(found: T[], { reverse }: Options): T[] => (reverse ? found.reverse() : found)

const ranging = (
  name: string,
  summary: { en: string; ko: string },
  since: string,
  complexity: string,
  words: Arg<{ range: Range }>,
) =>
  command({
    name,
    summary,
    since,
    complexity,
    flags: ['readonly'],
    args: [key('key', 'RO access'), words],
    run: (context, { key: name, range }) => tell(context, name, range),
  })

const plainCost =
  'O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements returned.'
const limitedCost =
  'O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).'
const removing =
  'O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by the operation.'
const counting = 'O(log(N)) with N being the number of elements in the sorted set.'

// ------------------------------------------------------------------ counted and removed

/** Two bounds of a kind, read together: a wrong one of either is the same error. */
const boundWords = (by: 'score' | 'lex'): Arg<{ bounds: Bounds }> =>
  custom(
    ['min', 'max'].map((name): ArgDoc => ({ name, type: by === 'score' ? 'double' : 'string' })),
    (cursor) => {
      const [lowest, highest] = [cursor.take(), cursor.take()]
      return { bounds: by === 'score' ? scoreBounds(lowest, highest) : nameBounds(lowest, highest) }
    },
    2,
    2,
  )

function count({ db }: Context, name: Bytes, bounds: Bounds): number {
  const stretch = db.read(name, 'zset')?.stretch(bounds, false)
  return stretch ? stretch.to - stretch.from : 0
}

function remove({ db }: Context, name: Bytes, event: string, find: (zset: ZSetValue) => Stretch) {
  const held = db.read(name, 'zset')
  if (!held) return 0
  const { from, to } = find(held)
  const members = held.range(from, to)
  if (members.length === 0) return 0
  db.edit(name, 'zset', event, (zset) => zset.take(members))
  return members.length
}

export const zsetRange = family('sorted-set', [
  ranging(
    'ZRANGE',
    {
      en: 'Members in order, from start to stop: by rank, by score (BYSCORE) or by name (BYLEX), also backwards (REV).',
      ko: '멤버를 순서대로 보여 줍니다. 순위로, 점수로(BYSCORE), 이름으로(BYLEX) 범위를 정하고 거꾸로(REV)도 볼 수 있습니다.',
    },
    '1.2.0',
    plainCost,
    rangeWords(['start', 'stop'], 'string', ['sortby', 'rev', 'limit', 'withscores'], {}),
  ),
  ranging(
    'ZREVRANGE',
    { en: 'Members by rank, the highest score first.', ko: '점수가 높은 쪽부터 순위로 멤버를 보여 줍니다.' },
    '1.2.0',
    plainCost,
    rangeWords(['start', 'stop'], 'integer', ['withscores'], { by: 'rank', reverse: true }),
  ),
  ranging(
    'ZRANGEBYSCORE',
    {
      en: 'Members with scores from min to max; ( before a bound leaves it out.',
      ko: '점수가 범위 안에 드는 멤버를 보여 줍니다. 경계 앞에 (를 쓰면 그 값은 뺍니다.',
    },
    '1.0.5',
    limitedCost,
    rangeWords(['min', 'max'], 'double', ['withscores', 'limit'], { by: 'score', reverse: false }),
  ),
  ranging(
    'ZREVRANGEBYSCORE',
    {
      en: 'Members with scores from max down to min.',
      ko: '점수가 범위 안에 드는 멤버를 높은 점수부터 보여 줍니다.',
    },
    '2.2.0',
    limitedCost,
    rangeWords(['max', 'min'], 'double', ['withscores', 'limit'], { by: 'score', reverse: true }),
  ),
  ranging(
    'ZRANGEBYLEX',
    {
      en: 'Members with names from min to max, where all scores are the same.',
      ko: '점수가 모두 같을 때, 이름이 범위 안에 드는 멤버를 보여 줍니다.',
    },
    '2.8.9',
    limitedCost,
    rangeWords(['min', 'max'], 'string', ['limit'], { by: 'lex', reverse: false }),
  ),
  ranging(
    'ZREVRANGEBYLEX',
    {
      en: 'Members with names from max down to min, where all scores are the same.',
      ko: '점수가 모두 같을 때, 이름이 범위 안에 드는 멤버를 거꾸로 보여 줍니다.',
    },
    '2.8.9',
    limitedCost,
    rangeWords(['max', 'min'], 'string', ['limit'], { by: 'lex', reverse: true }),
  ),
  command({
    name: 'ZRANGESTORE',
    summary: {
      en: 'Stores a range of one sorted set as another.',
      ko: '정렬된 집합의 한 범위를 다른 키에 저장합니다.',
    },
    since: '6.2.0',
    complexity:
      'O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements stored into the destination key.',
    flags: ['write', 'denyoom'],
    args: [
      key('dst', 'OW update'),
      key('src', 'RO access'),
      rangeWords(['min', 'max'], 'string', ['sortby', 'rev', 'limit'], { store: true }),
    ],
    run({ db, server }, { dst, src, range }) {
      const { options } = range
      const held = db.looking(true, () => db.read(src, 'zset'))
      const { from, to } = held ? select(range, held) : { from: 0, to: 0 }
      const ranked = held ? inOrder(held.range(from, to), options) : []
      // Only for ranks does Redis know beforehand how many will come.
      const size = options.by === 'rank' ? ranked.length : 0
      return store(db, dst, ZSetValue.of(ranked, server.limits, size, 0), 'zrangestore')
    },
  }),
  command({
    name: 'ZCOUNT',
    summary: { en: 'How many members have scores from min to max.', ko: '점수가 범위 안에 드는 멤버의 수입니다.' },
    since: '2.0.0',
    complexity: counting,
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO access'), boundWords('score')],
    run: (context, { key: name, bounds }) => count(context, name, bounds),
  }),
  command({
    name: 'ZLEXCOUNT',
    summary: {
      en: 'How many members have names from min to max, where all scores are the same.',
      ko: '점수가 모두 같을 때, 이름이 범위 안에 드는 멤버의 수입니다.',
    },
    since: '2.8.9',
    complexity: counting,
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO access'), boundWords('lex')],
    run: (context, { key: name, bounds }) => count(context, name, bounds),
  }),
  command({
    name: 'ZREMRANGEBYRANK',
    summary: {
      en: 'Removes the members with ranks from start to stop.',
      ko: '순위가 범위 안에 드는 멤버를 지웁니다.',
    },
    since: '2.0.0',
    complexity: removing,
    flags: ['write'],
    args: [key('key', 'RW delete'), integer('start'), integer('stop')],
    run: (context, { key: name, start, stop }) =>
      remove(context, name, 'zremrangebyrank', (zset) => span(start, stop, zset.size)),
  }),
  command({
    name: 'ZREMRANGEBYSCORE',
    summary: {
      en: 'Removes the members with scores from min to max.',
      ko: '점수가 범위 안에 드는 멤버를 지웁니다.',
    },
    since: '1.2.0',
    complexity: removing,
    flags: ['write'],
    args: [key('key', 'RW delete'), boundWords('score')],
    run: (context, { key: name, bounds }) =>
      remove(context, name, 'zremrangebyscore', (zset) => zset.stretch(bounds, false)),
  }),
  command({
    name: 'ZREMRANGEBYLEX',
    summary: {
      en: 'Removes the members with names from min to max, where all scores are the same.',
      ko: '점수가 모두 같을 때, 이름이 범위 안에 드는 멤버를 지웁니다.',
    },
    since: '2.8.9',
    complexity: removing,
    flags: ['write'],
    args: [key('key', 'RW delete'), boundWords('lex')],
    run: (context, { key: name, bounds }) =>
      remove(context, name, 'zremrangebylex', (zset) => zset.stretch(bounds, false)),
  }),
])
