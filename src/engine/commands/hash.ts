import { latin, type Bytes } from '../../wire/bytes.ts'
import { OK, map } from '../../wire/reply.ts'
import { bytes, int64, key, many, pairs, special } from '../args.ts'
import { command, family } from '../command.ts'
import type { Database } from '../database.ts'
import { errors } from '../errors.ts'
import type { HashValue } from '../values/hash.ts'
import { add, parseInt64 } from '../values/numbers.ts'
import { addLongDouble, formatLongDouble, longDoubleOf, parseLongDouble } from '../values/longdouble.ts'
import { hashRandom } from './hash-random.ts'
import { scanCursor, scanOptions, scanReply } from './scanning.ts'

const BY_SIZE = 'O(N) where N is the size of the hash.'

const floatIncrement = special('increment', 'double', (word) => {
  const increment = parseLongDouble(word)
  if (increment === null) throw errors.notFloat()
  if (increment.infinite) throw errors.infiniteIncrement()
  return increment
})

export const hash = family('hash', [
  command({
    name: 'HDEL',
    summary: {
      en: 'Removes fields from a hash; the last one takes the key with it.',
      ko: '해시에서 필드를 지웁니다. 마지막 필드가 사라지면 키도 함께 사라집니다.',
    },
    since: '2.0.0',
    complexity: 'O(N) where N is the number of fields to be removed.',
    flags: ['write', 'fast'],
    args: [key('key', 'RW delete'), many(bytes('field'))],
    run: ({ db }, { key: name, field: fields }) =>
      db.edit(name, 'hash', 'hdel', (held) => {
        let gone = 0
        for (const field of fields) if (held.delete(field)) gone++
        return gone
      }),
  }),
  command({
    name: 'HEXISTS',
    summary: { en: 'Tells whether a hash has a field.', ko: '해시에 그 필드가 있는지 알려 줍니다.' },
    since: '2.0.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO'), bytes('field')],
    run: ({ db }, { key: name, field }) => (db.read(name, 'hash')?.has(field) ? 1 : 0),
  }),
  command({
    name: 'HGET',
    summary: { en: 'The value of one field, or nil.', ko: '필드 하나의 값을 가져옵니다. 없으면 nil입니다.' },
    since: '2.0.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO access'), bytes('field')],
    run({ db, out }, { key: name, field }) {
      const held = db.read(name, 'hash')
      if (held === undefined) return null
      return out === null ? (held.get(field) ?? null) : held.tell(field, out)
    },
  }),
  command({
    name: 'HGETALL',
    summary: { en: 'Every field of a hash with its value.', ko: '해시의 모든 필드와 값을 가져옵니다.' },
    since: '2.0.0',
    complexity: BY_SIZE,
    flags: ['readonly'],
    args: [key('key', 'RO access')],
    tips: ['nondeterministic_output_order'],
    run: ({ db }, { key: name }) => map([...(db.read(name, 'hash')?.entries() ?? [])]),
  }),
  command({
    name: 'HINCRBY',
    summary: {
      en: 'Adds an integer to the number in a field; a missing field counts as 0.',
      ko: '필드에 든 수에 정수를 더합니다. 없던 필드는 0에서 시작합니다.',
    },
    since: '2.0.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'RW access update'), bytes('field'), int64('increment')],
    run({ db }, { key: name, field, increment }) {
      const before = db.read(name, 'hash')?.get(field)
      const current = before === undefined ? 0 : parseInt64(before)
      if (current === null) throw errors.hashNotInteger()
      const sum = add(current, increment)
      if (sum === null) throw errors.overflow()
      db.edit(name, 'hash', 'hincrby', (held) => held.set(field, latin(String(sum)), true))
      return sum
    },
  }),
  command({
    name: 'HINCRBYFLOAT',
    summary: {
      en: 'Adds a decimal number to the number in a field; a missing field counts as 0.',
      ko: '필드에 든 수에 소수를 더합니다. 없던 필드는 0에서 시작합니다.',
    },
    since: '2.6.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'RW access update'), bytes('field'), floatIncrement],
    run(context, { key: name, field, increment }) {
      const { db } = context
      const before = db.read(name, 'hash')?.get(field)
      const current = before === undefined ? longDoubleOf(0) : parseLongDouble(before)
      if (current === null) throw errors.hashNotFloat()
      const sum = addLongDouble(current, increment)
      if (sum === null) throw errors.notANumber()
      const text = formatLongDouble(sum)
      db.edit(name, 'hash', 'hincrbyfloat', (held) => held.set(field, text, true))
      context.propagate(['HSET', name, field, text])
      return text
    },
  }),
  command({
    name: 'HKEYS',
    summary: { en: 'The names of all fields of a hash.', ko: '해시의 모든 필드 이름을 가져옵니다.' },
    since: '2.0.0',
    complexity: BY_SIZE,
    flags: ['readonly'],
    args: [key('key', 'RO access')],
    tips: ['nondeterministic_output_order'],
    run: ({ db }, { key: name }) => Array.from(db.read(name, 'hash')?.entries() ?? [], ([field]) => field),
  }),
  command({
    name: 'HLEN',
    summary: { en: 'How many fields a hash has.', ko: '해시의 필드가 몇 개인지 셉니다.' },
    since: '2.0.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO')],
    run: ({ db }, { key: name }) => db.read(name, 'hash')?.size ?? 0,
  }),
  command({
    name: 'HMGET',
    summary: {
      en: 'The values of several fields; nil where there is none.',
      ko: '여러 필드의 값을 한 번에 가져옵니다. 없는 자리는 nil입니다.',
    },
    since: '2.0.0',
    complexity: 'O(N) where N is the number of fields being requested.',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO access'), many(bytes('field'))],
    run({ db }, { key: name, field: fields }) {
      const held = db.read(name, 'hash')
      return fields.map((field) => held?.get(field) ?? null)
    },
  }),
  command({
    name: 'HMSET',
    summary: {
      en: 'Sets several fields. An old way: HSET does the same and counts the new ones.',
      ko: '여러 필드를 넣습니다. 옛 방식이며, HSET이 같은 일을 하고 새 필드의 수도 알려 줍니다.',
    },
    since: '2.0.0',
    complexity: 'O(N) where N is the number of fields being set.',
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'RW update'), pairs('data', bytes('field'), bytes('value'))],
    run({ db }, { key: name, data }) {
      setFields(db, name, data)
      return OK
    },
  }),
  hashRandom,
  command({
    name: 'HSCAN',
    summary: {
      en: 'Walks through the fields of a hash, some at each call.',
      ko: '해시의 필드를 호출할 때마다 조금씩 훑어 나갑니다.',
    },
    since: '2.8.0',
    complexity:
      'O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection.',
    flags: ['readonly'],
    args: [key('key', 'RO access'), scanCursor, scanOptions('hash')],
    tips: ['nondeterministic_output'],
    run({ db }, { key: name, cursor, options }) {
      const held = db.read(name, 'hash')
      if (!held) return scanReply(0, [])
      const { matches, count, noValues } = options()
      const found: Bytes[] = []
      const next = held.scan(cursor, count, (field, value) => {
        if (!matches(field)) return
        found.push(field)
        if (!noValues) found.push(value)
      })
      return scanReply(next, found)
    },
  }),
  command({
    name: 'HSET',
    summary: {
      en: 'Sets fields of a hash to values and tells how many fields are new.',
      ko: '해시의 필드에 값을 넣고, 새로 생긴 필드가 몇 개인지 알려 줍니다.',
    },
    since: '2.0.0',
    complexity:
      'O(1) for each field/value pair added, so O(N) to add N field/value pairs when the command is called with multiple field/value pairs.',
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'RW update'), pairs('data', bytes('field'), bytes('value'))],
    run: ({ db }, { key: name, data }) => setFields(db, name, data),
  }),
  command({
    name: 'HSETNX',
    summary: {
      en: 'Sets a field only where it is not there yet.',
      ko: '필드가 아직 없을 때만 값을 넣습니다.',
    },
    since: '2.0.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'RW insert'), bytes('field'), bytes('value')],
    run({ db }, { key: name, field, value }) {
      if (db.read(name, 'hash')?.has(field)) return 0
      return setFields(db, name, [field, value])
    },
  }),
  command({
    name: 'HSTRLEN',
    summary: { en: 'How many bytes a field holds.', ko: '필드의 값이 몇 바이트인지 알려 줍니다.' },
    since: '3.2.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO'), bytes('field')],
    run: ({ db }, { key: name, field }) => db.read(name, 'hash')?.get(field)?.length ?? 0,
  }),
  command({
    name: 'HVALS',
    summary: { en: 'The values of all fields of a hash.', ko: '해시의 모든 값을 가져옵니다.' },
    since: '2.0.0',
    complexity: BY_SIZE,
    flags: ['readonly'],
    args: [key('key', 'RO access')],
    tips: ['nondeterministic_output_order'],
    run: ({ db }, { key: name }) => Array.from(db.read(name, 'hash')?.entries() ?? [], ([, value]) => value),
  }),
])

/** Sets fields from left to right. Returns how many were not there before. */
/** Sets fields, each with its value behind it; returns how many are new. */
const setFields = (db: Database, name: Bytes, data: readonly Bytes[]): number =>
  db.edit(name, 'hash', 'hset', setAll, data)

function setAll(held: HashValue, data: readonly Bytes[]): number {
  held.expect(data.length / 2)
  let fresh = 0
  for (let i = 0; i < data.length; i += 2) if (held.set(data[i]!, data[i + 1]!)) fresh++
  return fresh
}
