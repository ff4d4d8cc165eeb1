// How long keys live.
import type { Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { int64, key, late, unixTime, type Arg, type ArgDoc } from '../args.ts'
import { command, family, type Context } from '../command.ts'
import type { Database } from '../database.ts'
import { errors } from '../errors.ts'
import { add, narrow, type Int } from '../values/numbers.ts'
import { instant, type Unit } from './deadline.ts'

type Condition = 'NX' | 'XX' | 'GT' | 'LT'

const CONDITIONS: readonly Condition[] = ['NX', 'XX', 'GT', 'LT']

const isCondition = (word: string): word is Condition => (CONDITIONS as readonly string[]).includes(word)

const doc: ArgDoc = {
  name: 'condition',
  type: 'oneof',
  optional: true,
  arguments: CONDITIONS.map((token) => ({ name: token.toLowerCase(), type: 'pure-token', token })),
}

const NONE: ReadonlySet<Condition> = new Set()

/** NX, XX, GT and LT, of which XX goes together with GT or LT. */
const conditions: Arg<{ conditions?: ReadonlySet<Condition> }> = {
  docs: [doc],
  mayBeLeftOut: true,
  min: 0,
  max: Infinity,
  read(cursor, out) {
    if (cursor.left === 0) return
    const found = new Set<Condition>()
    while (cursor.left > 0) {
      const word = cursor.take()
      const token = word.toUpperCase()
      if (!isCondition(token)) throw errors.unsupportedOption(word)
      found.add(token)
    }
    if (found.has('NX') && found.size > 1) throw errors.nxWithOthers()
    if (found.has('GT') && found.has('LT')) throw errors.gtAndLt()
    out['conditions'] = found
  },
}

export const expire = family('generic', [
  command({
    name: 'EXPIRE',
    summary: { en: 'Lets a key live for so many seconds.', ko: '키를 몇 초 뒤에 사라지게 합니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['write', 'fast'],
    args: [key('key', 'RW update'), late(int64('seconds')), conditions],
    run: (context, { key: name, seconds, conditions: only = NONE }) =>
      expireKey(context, name, seconds(), 1000, true, only),
  }),
  command({
    name: 'PEXPIRE',
    summary: { en: 'Lets a key live for so many milliseconds.', ko: '키를 몇 밀리초 뒤에 사라지게 합니다.' },
    since: '2.6.0',
    complexity: 'O(1)',
    flags: ['write', 'fast'],
    args: [key('key', 'RW update'), late(int64('milliseconds')), conditions],
    run: (context, { key: name, milliseconds, conditions: only = NONE }) =>
      expireKey(context, name, milliseconds(), 1, true, only),
  }),
  command({
    name: 'EXPIREAT',
    summary: {
      en: 'Lets a key live until an instant, in seconds since 1970.',
      ko: '키를 정한 때에 사라지게 합니다. 때는 1970년부터 센 초입니다.',
    },
    since: '1.2.0',
    complexity: 'O(1)',
    flags: ['write', 'fast'],
    args: [key('key', 'RW update'), late(unixTime('unix-time-seconds')), conditions],
    run: (context, { key: name, 'unix-time-seconds': seconds, conditions: only = NONE }) =>
      expireKey(context, name, seconds(), 1000, false, only),
  }),
  command({
    name: 'PEXPIREAT',
    summary: {
      en: 'Lets a key live until an instant, in milliseconds since 1970.',
      ko: '키를 정한 때에 사라지게 합니다. 때는 1970년부터 센 밀리초입니다.',
    },
    since: '2.6.0',
    complexity: 'O(1)',
    flags: ['write', 'fast'],
    args: [key('key', 'RW update'), late(unixTime('unix-time-milliseconds')), conditions],
    run: (context, { key: name, 'unix-time-milliseconds': milliseconds, conditions: only = NONE }) =>
      expireKey(context, name, milliseconds(), 1, false, only),
  }),
  command({
    name: 'TTL',
    summary: {
      en: 'Tells how many seconds a key still has: -1 for ever, -2 where there is no key.',
      ko: '키가 몇 초 남았는지 알려 줍니다. -1은 끝이 없음, -2는 키가 없음을 뜻합니다.',
    },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO access')],
    tips: ['nondeterministic_output'],
    run: ({ db, now }, { key: name }) => seconds(left(db, name, now)),
  }),
  command({
    name: 'PTTL',
    summary: { en: 'Tells how many milliseconds a key still has.', ko: '키가 몇 밀리초 남았는지 알려 줍니다.' },
    since: '2.6.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO access')],
    tips: ['nondeterministic_output'],
    run: ({ db, now }, { key: name }) => left(db, name, now),
  }),
  command({
    name: 'EXPIRETIME',
    summary: {
      en: 'Tells the instant at which a key goes, in seconds since 1970.',
      ko: '키가 사라질 때를 1970년부터 센 초로 알려 줍니다.',
    },
    since: '7.0.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO access')],
    run: ({ db }, { key: name }) => seconds(left(db, name, 0)),
  }),
  command({
    name: 'PEXPIRETIME',
    summary: {
      en: 'Tells the instant at which a key goes, in milliseconds since 1970.',
      ko: '키가 사라질 때를 1970년부터 센 밀리초로 알려 줍니다.',
    },
    since: '7.0.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO access')],
    run: ({ db }, { key: name }) => left(db, name, 0),
  }),
  command({
    name: 'PERSIST',
    summary: { en: 'Lets a key live for ever again.', ko: '키가 다시 사라지지 않게 합니다.' },
    since: '2.2.0',
    complexity: 'O(1)',
    flags: ['write', 'fast'],
    args: [key('key', 'RW update')],
    run: ({ db }, { key: name }) => (db.persist(name) ? 1 : 0),
  }),
])

/** Sets the end of a key: now, where that time has passed already. A relative time counts from now. */
function expireKey(
  context: Context,
  name: Bytes,
  time: Int,
  unit: Unit,
  relative: boolean,
  only: ReadonlySet<Condition>,
): Reply {
  const { db, now } = context
  const at = instant(time, unit, relative ? now : 0)
  if (at === null) throw errors.invalidExpire(context.argv[0]!.toLowerCase())
  if (!db.has(name) || (only !== NONE && !allowed(db.exactExpireAt(name), at, only))) return 0
  if (at <= now) {
    db.drop(name)
    context.propagate(['DEL', name])
  } else {
    db.expire(name, at)
    context.propagate(['PEXPIREAT', name, at])
  }
  return 1
}

/** Whether a key that ends at `current` (null: never) may end at `at` instead. */
function allowed(current: Int | null, at: Int, only: ReadonlySet<Condition>): boolean {
  if (only.has('NX') && current !== null) return false
  if (only.has('XX') && current === null) return false
  if (only.has('GT') && (current === null || at <= current)) return false
  return !only.has('LT') || current === null || at < current
}

/** Ms from `since` until a key ends; -1 where it does not, -2 where there is no key. */
function left(db: Database, name: Bytes, since: number): Int {
  if (!db.has(name, false)) return -2
  const at = db.exactExpireAt(name)
  return at === null ? -1 : add(at, -since)!
}

/** Ms as seconds, rounded as the server does. */
const seconds = (ms: Int): Int => {
  if (ms < 0) return ms
  return typeof ms === 'number' ? Math.floor((ms + 500) / 1000) : narrow((ms + 500n) / 1000n)!
}
