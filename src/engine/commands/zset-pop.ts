// Taking the lowest or highest members from sorted sets, at once or after a wait.
import type { Bytes } from '../../wire/bytes.ts'
import { double, NIL_ARRAY, type Reply } from '../../wire/reply.ts'
import { choice, custom, key, many } from '../args.ts'
import { command, family, type Context } from '../command.ts'
import type { Database } from '../database.ts'
import { errors } from '../errors.ts'
import type { Ranked, ZSetValue } from '../values/zset.ts'
import { timeout } from './blocking.ts'
import { mpopCount, mpopKeys, natural } from './list-moves.ts'
import { pair, withScores } from './zset-reply.ts'

type Where = 'min' | 'max'
const wheres = ['MIN', 'MAX'] as const
const eventOf = (where: Where) => `zpop${where}`

/** The first of these keys that holds a sorted set, with it. */
function firstZset(db: Database, keys: readonly Bytes[]): { name: Bytes; held: ZSetValue } | null {
  for (const name of keys) {
    const held = db.read(name, 'zset')
    if (held !== undefined) return { name, held }
  }
  return null
}

/** Takes up to `count` members, the outermost first. */
function popMany(db: Database, name: Bytes, where: Where, count: number): Ranked[] {
  return db.edit(name, 'zset', eventOf(where), (zset) => {
    const ranked =
      where === 'min' ? zset.range(0, count) : zset.range(Math.max(zset.size - count, 0), zset.size).reverse()
    zset.take(ranked)
    return ranked
  })
}

/** ZMPOP's answer where there is something; null else. */
function mpop(context: Context, keys: readonly Bytes[], where: Where, count: number): Reply {
  const { db } = context
  const found = firstZset(db, keys)
  if (!found) return null
  const taken = Math.min(count, found.held.size)
  const ranked = popMany(db, found.name, where, taken)
  context.propagate([eventOf(where), found.name, String(taken)])
  return [found.name, ranked.map(pair)]
}

/** The count at the end, if any; more words are a syntax error. */
const popCount = custom([{ name: 'count', type: 'integer', optional: true }], (cursor) => {
  if (cursor.left > 1) throw errors.syntax()
  return { count: cursor.left === 1 ? natural(cursor.take(), errors.mustBePositive) : undefined }
})

const popping = (where: Where, summary: { en: string; ko: string }) =>
  command({
    name: `ZPOP${where.toUpperCase()}`,
    summary,
    since: '5.0.0',
    complexity:
      'O(log(N)*M) with N being the number of elements in the sorted set, and M being the number of elements popped.',
    flags: ['write', 'fast'],
    args: [key('key', 'RW access delete'), popCount],
    run({ db, client }, { key: name, count }) {
      if (!db.read(name, 'zset') || count === 0) return []
      const ranked = popMany(db, name, where, count ?? 1)
      return count === undefined ? pair(ranked[0]!) : withScores(client, ranked)
    },
  })

const waiting = (where: Where, summary: { en: string; ko: string }) =>
  command({
    name: `BZPOP${where.toUpperCase()}`,
    summary,
    since: '5.0.0',
    complexity: 'O(log(N)) with N being the number of elements in the sorted set.',
    flags: ['write', 'blocking', 'fast'],
    args: [many(key('key', 'RW access delete')), timeout],
    run(context, { key: keys, timeout: end }) {
      const until = end(context.now)
      const found = firstZset(context.db, keys)
      if (!found) return context.block({ keys, kind: 'zset', until, otherwise: NIL_ARRAY })
      const [first] = popMany(context.db, found.name, where, 1)
      context.propagate([eventOf(where), found.name])
      return [found.name, first!.member, double(first!.score)]
    },
  })

export const zsetPop = family('sorted-set', [
  popping('min', {
    en: 'Takes the member with the lowest score, or the lowest few.',
    ko: '점수가 가장 낮은 멤버를 하나, 또는 여럿 꺼냅니다.',
  }),
  popping('max', {
    en: 'Takes the member with the highest score, or the highest few.',
    ko: '점수가 가장 높은 멤버를 하나, 또는 여럿 꺼냅니다.',
  }),
  command({
    name: 'ZMPOP',
    summary: {
      en: 'Takes members from the first of several sorted sets that is there.',
      ko: '여러 정렬된 집합 가운데 처음으로 비어 있지 않은 것에서 멤버를 꺼냅니다.',
    },
    since: '7.0.0',
    complexity:
      'O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the sorted set, and M being the number of elements popped.',
    flags: ['write', 'movablekeys'],
    args: [mpopKeys, choice('where', wheres), mpopCount],
    run: (context, { key: keys, where, count }) => mpop(context, keys, where, count) ?? NIL_ARRAY,
  }),
  waiting('min', {
    en: 'Takes the lowest member of the first sorted set that has one, and waits where none has.',
    ko: '처음으로 비어 있지 않은 정렬된 집합에서 점수가 가장 낮은 멤버를 꺼냅니다. 모두 비었으면 기다립니다.',
  }),
  waiting('max', {
    en: 'Takes the highest member of the first sorted set that has one, and waits where none has.',
    ko: '처음으로 비어 있지 않은 정렬된 집합에서 점수가 가장 높은 멤버를 꺼냅니다. 모두 비었으면 기다립니다.',
  }),
  command({
    name: 'BZMPOP',
    summary: {
      en: 'ZMPOP that waits where all the sorted sets are empty.',
      ko: 'ZMPOP과 같습니다. 정렬된 집합이 모두 비었으면 기다립니다.',
    },
    since: '7.0.0',
    complexity:
      'O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the sorted set, and M being the number of elements popped.',
    flags: ['write', 'blocking', 'movablekeys'],
    args: [timeout, mpopKeys, choice('where', wheres), mpopCount],
    run(context, { timeout: end, key: keys, where, count }) {
      const until = end(context.now)
      return mpop(context, keys, where, count) ?? context.block({ keys, kind: 'zset', until, otherwise: NIL_ARRAY })
    },
  }),
])
