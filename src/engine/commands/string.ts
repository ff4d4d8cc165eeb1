// Strings: whole values, parts of them, and the numbers that they may spell.
import type { Bytes } from '../../wire/bytes.ts'
import { OK, type Reply } from '../../wire/reply.ts'
import {
  bytes,
  flag,
  int64,
  key,
  late,
  lateWord,
  many,
  oneof,
  option,
  options,
  pairs,
  special,
  unixTime,
} from '../args.ts'
import { command, family, type Context } from '../command.ts'
import type { Database } from '../database.ts'
import { errors } from '../errors.ts'
import { addLongDouble, formatLongDouble, parseLongDouble } from '../values/longdouble.ts'
import { INT64_MIN, add, type Int } from '../values/numbers.ts'
import { RawString, encode, stringBytes, stringInteger, stringLength } from '../values/string.ts'
import { Collection } from '../values/value.ts'
import { deadline, type Unit } from './deadline.ts'

const rangeComplexity =
  'O(N) where N is the length of the returned string. The complexity is ultimately determined by the returned length, but because creating a substring from an existing string is very cheap, it can be considered O(1) for small strings.'

/** EX, PX, EXAT and PXAT, which one excludes the others and what stands with them. */
const times = [
  option('EX', int64('seconds')),
  option('PX', int64('milliseconds')),
  option('EXAT', unixTime('unix-time-seconds')),
  option('PXAT', unixTime('unix-time-milliseconds')),
] as const

/** The same for GETEX, which looks at the number only when it has found the key. */
const lateTimes = [
  option('EX', lateWord(int64('seconds'))),
  option('PX', lateWord(int64('milliseconds'))),
  option('EXAT', lateWord(unixTime('unix-time-seconds'))),
  option('PXAT', lateWord(unixTime('unix-time-milliseconds'))),
] as const

interface Times {
  readonly ex?: Int | undefined
  readonly px?: Int | undefined
  readonly exat?: Int | undefined
  readonly pxat?: Int | undefined
}

/** The instant that these options name, in ms since 1970; null where none does. */
function until({ ex, px, exat, pxat }: Times, now: number, name: string): Int | null {
  if (ex !== undefined) return deadline(ex, 1000, now, name)
  if (px !== undefined) return deadline(px, 1, now, name)
  if (exat !== undefined) return deadline(exat, 1000, 0, name)
  return pxat === undefined ? null : deadline(pxat, 1, 0, name)
}

export const string = family('string', [
  command({
    name: 'SET',
    summary: {
      en: 'Puts a string under a key, whatever was there.',
      ko: '키에 문자열을 넣습니다. 전에 무엇이 있었든 덮어씁니다.',
    },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom'],
    args: [
      key('key', 'RW access update'),
      bytes('value'),
      options(
        oneof('condition', flag('NX'), flag('XX')),
        [flag('GET')],
        oneof('expiration', ...times, flag('KEEPTTL')),
      ),
    ],
    run(context, values) {
      const { db, now, argv } = context
      const { key: name, value, nx, xx, get, keepttl } = values
      const at = until(values, now, 'set')
      const before = get ? db.looking(true, () => db.text(name)) : null
      // To overwrite is a use of its own; to be refused, or to keep the time, is one too.
      const there = db.has(name, nx ?? keepttl ?? false)
      if ((nx && there) || (xx && !there)) return before
      setUntil(context, name, value, keepttl ? 'keep' : at, values.pxat === undefined)
      if (get && at === null) context.propagate(argv.filter((word, i) => i < 3 || word.toUpperCase() !== 'GET'))
      return get ? before : OK
    },
  }),
  command({
    name: 'GET',
    summary: { en: 'Gets the string under a key, or nil.', ko: '키에 든 문자열을 가져옵니다. 없으면 nil입니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO access')],
    run: ({ db, out }, { key: name }) => (out === null ? db.text(name) : db.tell(name, out)),
  }),
  command({
    name: 'GETDEL',
    summary: { en: 'Gets a string and removes its key.', ko: '문자열을 가져오고 그 키를 지웁니다.' },
    since: '6.2.0',
    complexity: 'O(1)',
    flags: ['write', 'fast'],
    args: [key('key', 'RW access delete')],
    run(context, { key: name }) {
      const { db } = context
      const value = db.looking(true, () => db.text(name))
      if (db.drop(name)) context.propagate(['DEL', name])
      return value
    },
  }),
  command({
    name: 'GETEX',
    summary: {
      en: 'Gets a string and changes how long its key will live.',
      ko: '문자열을 가져오면서 키의 남은 시간을 바꿉니다.',
    },
    since: '6.2.0',
    complexity: 'O(1)',
    flags: ['write', 'fast'],
    args: [key('key', 'RW access update'), options(oneof('expiration', ...lateTimes, flag('PERSIST')))],
    run(context, { key: name, ex, px, exat, pxat, persist }) {
      const { db, now } = context
      const value = db.looking(true, () => db.text(name))
      if (value === null) return null
      const at = until({ ex: ex?.(), px: px?.(), exat: exat?.(), pxat: pxat?.() }, now, 'getex')
      if (at !== null && at <= now) {
        db.drop(name)
        context.propagate(['DEL', name])
      } else if (at !== null) {
        db.expire(name, at)
        context.propagate(['PEXPIREAT', name, String(at)])
      } else if (persist && db.persist(name)) context.propagate(['PERSIST', name])
      return value
    },
  }),
  command({
    name: 'GETSET',
    summary: { en: 'Sets a string and gives the old one back.', ko: '문자열을 넣고 전에 있던 것을 돌려줍니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'RW access update'), bytes('value')],
    run(context, { key: name, value }) {
      const { db } = context
      const before = db.looking(true, () => db.text(name))
      db.put(name, encode(value), 'set')
      context.propagate(['SET', name, value])
      return before
    },
  }),
  command({
    name: 'SETNX',
    summary: { en: 'Sets a string only where there is no key yet.', ko: '키가 아직 없을 때만 문자열을 넣습니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'OW insert'), bytes('value')],
    run({ db }, { key: name, value }) {
      if (db.has(name)) return 0
      db.put(name, encode(value), 'set')
      return 1
    },
  }),
  command({
    name: 'SETEX',
    summary: { en: 'Sets a string that lives for some seconds.', ko: '몇 초 동안만 사는 문자열을 넣습니다.' },
    since: '2.0.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom'],
    args: [key('key', 'OW update'), int64('seconds'), bytes('value')],
    run: (context, { key: name, seconds, value }) => setFor(context, name, value, seconds, 1000, 'setex'),
  }),
  command({
    name: 'PSETEX',
    summary: { en: 'Sets a string that lives for some milliseconds.', ko: '몇 밀리초 동안만 사는 문자열을 넣습니다.' },
    since: '2.6.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom'],
    args: [key('key', 'OW update'), int64('milliseconds'), bytes('value')],
    run: (context, { key: name, milliseconds, value }) => setFor(context, name, value, milliseconds, 1, 'psetex'),
  }),
  command({
    name: 'MGET',
    summary: {
      en: 'Gets the strings under several keys; nil where there is none.',
      ko: '여러 키의 문자열을 한 번에 가져옵니다. 없는 자리는 nil입니다.',
    },
    since: '1.0.0',
    complexity: 'O(N) where N is the number of keys to retrieve.',
    flags: ['readonly', 'fast'],
    args: [many(key('key', 'RO access'))],
    tips: ['request_policy:multi_shard'],
    run: ({ db }, { key: names }) =>
      names.map((name) => {
        const value = db.find(name)
        return value === undefined || value instanceof Collection ? null : stringBytes(value)
      }),
  }),
  command({
    name: 'MSET',
    summary: { en: 'Sets several keys at once.', ko: '여러 키를 한 번에 넣습니다.' },
    since: '1.0.1',
    complexity: 'O(N) where N is the number of keys to set.',
    flags: ['write', 'denyoom'],
    args: [pairs('data', key('key', 'OW update'), bytes('value'))],
    tips: ['request_policy:multi_shard', 'response_policy:all_succeeded'],
    run({ db }, { data }) {
      setAll(db, data)
      return OK
    },
  }),
  command({
    name: 'MSETNX',
    summary: {
      en: 'Sets several keys at once, or none if one is there already.',
      ko: '여러 키를 한 번에 넣습니다. 하나라도 이미 있으면 아무것도 넣지 않습니다.',
    },
    since: '1.0.1',
    complexity: 'O(N) where N is the number of keys to set.',
    flags: ['write', 'denyoom'],
    args: [pairs('data', key('key', 'OW insert'), bytes('value'))],
    run({ db }, { data }) {
      if (data.some((name, i) => i % 2 === 0 && db.has(name))) return 0
      setAll(db, data)
      return 1
    },
  }),
  command({
    name: 'APPEND',
    summary: { en: 'Adds bytes to the end of a string.', ko: '문자열 끝에 덧붙입니다.' },
    since: '2.0.0',
    complexity:
      'O(1). The amortized time complexity is O(1) assuming the appended value is small and the already present value is of any size, since the dynamic string library used by Redis will double the free space available on every reallocation.',
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'RW insert'), bytes('value')],
    run(context, { key: name, value }) {
      const held = context.db.read(name, 'string')
      if (held === undefined) {
        context.db.put(name, encode(value), 'append')
        return value.length
      }
      const length = stringLength(held)
      if (length + value.length > context.server.limits.maxString) throw errors.tooLong()
      return writeAt(context, name, length, value, 'append')
    },
  }),
  command({
    name: 'STRLEN',
    summary: { en: 'Tells how many bytes a string has.', ko: '문자열이 몇 바이트인지 알려 줍니다.' },
    since: '2.2.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO')],
    run: ({ db }, { key: name }) => stringLength(db.read(name, 'string') ?? EMPTY),
  }),
  command({
    name: 'GETRANGE',
    summary: {
      en: 'Gets a part of a string, by its first and last index; negative ones count from the end.',
      ko: '문자열에서 처음과 끝 위치 사이를 가져옵니다. 음수는 끝에서부터 셉니다.',
    },
    since: '2.4.0',
    complexity: rangeComplexity,
    flags: ['readonly'],
    args: [key('key', 'RO access'), int64('start'), int64('end')],
    run: ({ db }, { key: name, start, end }) => range(db, name, start, end),
  }),
  command({
    name: 'SUBSTR',
    summary: { en: 'An older name of GETRANGE.', ko: 'GETRANGE의 옛 이름입니다.' },
    since: '1.0.0',
    complexity: rangeComplexity,
    flags: ['readonly'],
    args: [key('key', 'RO access'), int64('start'), int64('end')],
    run: ({ db }, { key: name, start, end }) => range(db, name, start, end),
  }),
  command({
    name: 'SETRANGE',
    summary: {
      en: 'Writes over a part of a string, from an offset on.',
      ko: '문자열의 한 위치부터 덮어씁니다.',
    },
    since: '2.2.0',
    complexity:
      'O(1), not counting the time taken to copy the new string in place. Usually, this string is very small so the amortized complexity is O(1). Otherwise, complexity is O(M) with M being the length of the value argument.',
    flags: ['write', 'denyoom'],
    args: [key('key', 'RW update'), int64('offset'), bytes('value')],
    run(context, { key: name, offset, value }) {
      if (offset < 0) throw errors.offsetOutOfRange()
      const held = context.db.read(name, 'string')
      if (value.length === 0) return held === undefined ? 0 : stringLength(held)
      const from = Number(offset)
      if (from + value.length > context.server.limits.maxString) throw errors.tooLong()
      return writeAt(context, name, from, value, 'setrange')
    },
  }),
  command({
    name: 'INCR',
    summary: { en: 'Adds one to the number under a key.', ko: '키에 든 수에 1을 더합니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'RW access update')],
    run: ({ db }, { key: name }) => increase(db, name, 1),
  }),
  command({
    name: 'DECR',
    summary: { en: 'Takes one from the number under a key.', ko: '키에 든 수에서 1을 뺍니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'RW access update')],
    run: ({ db }, { key: name }) => increase(db, name, -1),
  }),
  command({
    name: 'INCRBY',
    summary: { en: 'Adds an integer to the number under a key.', ko: '키에 든 수에 정수를 더합니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'RW access update'), int64('increment')],
    run: ({ db }, { key: name, increment }) => increase(db, name, increment),
  }),
  command({
    name: 'DECRBY',
    summary: { en: 'Takes an integer from the number under a key.', ko: '키에 든 수에서 정수를 뺍니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'RW access update'), int64('decrement')],
    run({ db }, { key: name, decrement }) {
      if (decrement === INT64_MIN) throw errors.decrementOverflow()
      return increase(db, name, -decrement)
    },
  }),
  command({
    name: 'INCRBYFLOAT',
    summary: {
      en: 'Adds a number with decimals to the one under a key.',
      ko: '키에 든 수에 소수가 있는 수를 더합니다.',
    },
    since: '2.6.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'RW access update'), late(special('increment', 'double', longDouble))],
    run(context, { key: name, increment }) {
      const { db } = context
      const held = db.read(name, 'string')
      const current = longDouble(held === undefined ? ('0' as Bytes) : stringBytes(held))
      const sum = addLongDouble(current, increment())
      if (sum === null) throw errors.notANumber()
      const text = formatLongDouble(sum)
      db.put(name, text, 'incrbyfloat', 'keep')
      context.propagate(['SET', name, text, 'KEEPTTL'])
      return text
    },
  }),
])

const EMPTY = '' as Bytes

/** Puts values under keys, each behind its key. */
function setAll(db: Database, data: readonly Bytes[]): void {
  for (let i = 0; i < data.length; i += 2) db.put(data[i]!, encode(data[i + 1]!), 'set')
}

/** Sets a string that may end at an instant. With `absolute` it propagates with that instant. */
function setUntil(context: Context, name: Bytes, value: Bytes, at: Int | null | 'keep', absolute: boolean): void {
  const { db, server } = context
  db.put(name, encode(value), 'set', at)
  if (at === null || at === 'keep') return
  server.event(db, name, 'expire')
  if (absolute) context.propagate(['SET', name, value, 'PXAT', String(at)])
}

function setFor(context: Context, name: Bytes, value: Bytes, span: Int, unit: Unit, command: string): Reply {
  setUntil(context, name, value, deadline(span, unit, context.now, command), true)
  return OK
}

/** Writes bytes into a string at an offset, in place; it stays raw from now on. Returns its length. */
function writeAt({ db }: Context, name: Bytes, offset: number, value: Bytes, event: string): number {
  return db.rewrite(name, event, (raw) => raw.write(offset, value)).length
}

function range(db: Database, name: Bytes, start: Int, end: Int): Bytes {
  const value = db.read(name, 'string')
  if (value === undefined || (start < 0 && end < 0 && start > end)) return EMPTY
  const length = stringLength(value)
  const [from, to] = [start, end].map((index) => Math.max(0, index < 0 ? length + Number(index) : Number(index)))
  if (from! > to! || from! >= length) return EMPTY
  if (value instanceof RawString) return value.slice(from!, to! + 1)
  return stringBytes(value).slice(from, to! + 1) as Bytes
}

/** Adds to the integer under a key, 0 where there is none; its time to live stays. */
function increase(db: Database, name: Bytes, by: Int): Int {
  const held = db.read(name, 'string')
  const current = held === undefined ? 0 : stringInteger(held)
  if (current === null) throw errors.notInteger()
  const sum = add(current, by)
  if (sum === null) throw errors.overflow()
  db.put(name, sum, 'incrby', 'keep')
  return sum
}

function longDouble(text: Bytes) {
  const value = parseLongDouble(text)
  if (value === null) throw errors.notFloat()
  return value
}
