import type { Bytes } from '../../wire/bytes.ts'
import { OK } from '../../wire/reply.ts'
import { bytes, flag, key, many, option, options, pairs, int64 } from '../args.ts'
import { command, family } from '../command.ts'
import type { Database } from '../database.ts'
import { errors } from '../errors.ts'
import { add, type Int } from '../values/numbers.ts'
import { encode, stringBytes, stringInteger } from '../values/string.ts'

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
        [flag('NX'), flag('XX')],
        [flag('GET')],
        [option('EX', int64('seconds')), option('PX', int64('milliseconds')), flag('KEEPTTL')],
      ),
    ],
    run({ db, now }, values) {
      const { key: name, value, nx, xx, get, ex, px, keepttl } = values
      const span = ex !== undefined ? Number(ex) * 1000 : px !== undefined ? Number(px) : null
      if (span !== null && span <= 0) throw errors.invalidExpire('set')
      const before = get ? db.read(name, 'string') : undefined
      const there = db.has(name)
      const answer = get ? (before === undefined ? null : stringBytes(before)) : OK
      if ((nx && there) || (xx && !there)) return get ? answer : null
      db.put(name, encode(value), 'set', keepttl ? 'keep' : span === null ? null : now + span)
      return answer
    },
  }),
  command({
    name: 'GET',
    summary: { en: 'The string under a key, or nil.', ko: '키에 든 문자열을 가져옵니다. 없으면 nil입니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO access')],
    run({ db }, { key: name }) {
      const value = db.read(name, 'string')
      return value === undefined ? null : stringBytes(value)
    },
  }),
  command({
    name: 'MSET',
    summary: { en: 'Sets several keys at once.', ko: '여러 키를 한 번에 넣습니다.' },
    since: '1.0.1',
    complexity: 'O(N), where N is the number of keys',
    flags: ['write', 'denyoom'],
    args: [pairs('data', key('key', 'OW update'), bytes('value'))],
    run({ db }, { data }) {
      for (const [name, value] of data) db.put(name, encode(value), 'set')
      return OK
    },
  }),
  command({
    name: 'MGET',
    summary: {
      en: 'The strings under several keys; nil where there is none.',
      ko: '여러 키의 문자열을 한 번에 가져옵니다. 없는 자리는 nil입니다.',
    },
    since: '1.0.0',
    complexity: 'O(N), where N is the number of keys',
    flags: ['readonly', 'fast'],
    args: [many(key('key', 'RO access'))],
    run: ({ db }, { key: names }) =>
      names.map((name) => {
        const value = db.find(name)
        return value === undefined || (typeof value === 'object' && 'kind' in value) ? null : stringBytes(value)
      }),
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
])

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
