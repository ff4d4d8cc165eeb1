// Commands that wait for an element of a list. Each is its sister that does not wait, run again when one of its keys is
// written; how they read their timeouts is also that of those that wait for a sorted set.
import type { Bytes } from '../../wire/bytes.ts'
import { NIL_ARRAY } from '../../wire/reply.ts'
import { choice, key, many, special } from '../args.ts'
import { Block, command, family, type Context } from '../command.ts'
import { errors } from '../errors.ts'
import type { End } from '../values/list.ts'
import { parseLongDouble, type LongDouble } from '../values/longdouble.ts'
import { ends, firstList, move, mpop, mpopCount, mpopKeys, popEvent, popMany } from './list-moves.ts'

/**
 * Seconds, a fraction too; 0 waits for ever. It is read when the handler calls it with the instant at which the wait
 * would begin, and gives the instant at which it ends, or null.
 */
export const timeout = special('timeout', 'double', (word) => (now: number) => waitUntil(word, now))

function waitUntil(word: Bytes, now: number): number | null {
  const read = parseLongDouble(word)
  if (read === null) throw errors.timeoutNotFloat()
  const ms = wholeMilliseconds(read)
  if (ms < 0) throw errors.timeoutNegative()
  if (ms > 2 ** 63 - now) throw errors.timeoutOutOfRange()
  return ms === 0 ? null : now + ms
}

/** Redis rounds up; what a number's last bit puts above a whole one is no reason to. */
function wholeMilliseconds({ mantissa, exponent, infinite }: LongDouble): number {
  if (infinite) return mantissa < 0n ? -Infinity : Infinity
  const scaled = mantissa * 1000n
  if (exponent >= 0) return Number(scaled << BigInt(exponent))
  const exact = Number(scaled) / Number(1n << BigInt(Math.min(-exponent, 1000)))
  const near = Math.round(exact)
  if (near > 0 && Math.abs(exact - near) <= near * 1e-15) return near
  return exact === 0 && mantissa > 0n ? 1 : Math.ceil(exact)
}

const popping = (end: End, summary: { en: string; ko: string }) =>
  command({
    name: end === 'left' ? 'BLPOP' : 'BRPOP',
    summary,
    since: '2.0.0',
    complexity: 'O(N) where N is the number of provided keys.',
    flags: ['write', 'blocking'],
    args: [many(key('key', 'RW access delete')), timeout],
    run(context, { key: keys, timeout: ends }) {
      const { db, now } = context
      const until = ends(now)
      const found = firstList(db, keys)
      if (!found) return context.block({ keys, kind: 'list', until, otherwise: NIL_ARRAY })
      const [item] = popMany(db, found.name, end, 1)
      context.propagate([popEvent(end), found.name])
      return [found.name, item!]
    },
  })

/** BLMOVE's kin: the list it takes from is the one it waits for. In a transaction it answers nil, elsewhere a nil array. */
function moveOrWait(context: Context, source: Bytes, destination: Bytes, take: End, give: End, until: number | null) {
  if (context.db.read(source, 'list') === undefined) {
    const waiting = context.block({ keys: [source], kind: 'list', until, otherwise: NIL_ARRAY })
    return waiting instanceof Block ? waiting : null
  }
  const item = move(context, source, destination, take, give)
  context.propagate(
    context.argv[0]!.toUpperCase() === 'BLMOVE'
      ? ['LMOVE', source, destination, take.toUpperCase(), give.toUpperCase()]
      : ['RPOPLPUSH', source, destination],
  )
  return item
}

export const blocking = family('list', [
  popping('left', {
    en: 'Takes the first element of the first list that has one, and waits where none has.',
    ko: '여러 리스트 가운데 처음으로 비어 있지 않은 것의 맨 앞 원소를 꺼냅니다. 모두 비었으면 기다립니다.',
  }),
  popping('right', {
    en: 'Takes the last element of the first list that has one, and waits where none has.',
    ko: '여러 리스트 가운데 처음으로 비어 있지 않은 것의 마지막 원소를 꺼냅니다. 모두 비었으면 기다립니다.',
  }),
  command({
    name: 'BLMOVE',
    summary: {
      en: 'LMOVE that waits where the source is empty.',
      ko: 'LMOVE와 같습니다. 꺼낼 리스트가 비었으면 기다립니다.',
    },
    since: '6.2.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom', 'blocking'],
    args: [
      key('source', 'RW access delete'),
      key('destination', 'RW insert'),
      choice('wherefrom', ends),
      choice('whereto', ends),
      timeout,
    ],
    run: (context, { source, destination, wherefrom, whereto, timeout: end }) =>
      moveOrWait(context, source, destination, wherefrom, whereto, end(context.now)),
  }),
  command({
    name: 'BRPOPLPUSH',
    summary: {
      en: 'RPOPLPUSH that waits where the source is empty.',
      ko: 'RPOPLPUSH와 같습니다. 꺼낼 리스트가 비었으면 기다립니다.',
    },
    since: '2.2.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom', 'blocking'],
    args: [key('source', 'RW access delete'), key('destination', 'RW insert'), timeout],
    run: (context, { source, destination, timeout: end }) =>
      moveOrWait(context, source, destination, 'right', 'left', end(context.now)),
  }),
  command({
    name: 'BLMPOP',
    summary: {
      en: 'LMPOP that waits where all the lists are empty.',
      ko: 'LMPOP과 같습니다. 리스트가 모두 비었으면 기다립니다.',
    },
    since: '7.0.0',
    complexity: 'O(N+M) where N is the number of provided keys and M is the number of elements returned.',
    flags: ['write', 'blocking', 'movablekeys'],
    args: [timeout, mpopKeys, choice('where', ends), mpopCount],
    run(context, { timeout: end, key: keys, where, count }) {
      const until = end(context.now)
      return mpop(context, keys, where, count) ?? context.block({ keys, kind: 'list', until, otherwise: NIL_ARRAY })
    },
  }),
])
