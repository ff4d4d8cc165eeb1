// What can be done with a key whatever it holds.
import type { Bytes } from '../../wire/bytes.ts'
import { OK, status } from '../../wire/reply.ts'
import { eagerOptions, flag, key, many, option, pattern, special } from '../args.ts'
import { command, family, type Context } from '../command.ts'
import { errors } from '../errors.ts'
import { globMatches } from '../glob.ts'
import { DATABASES } from '../server.ts'
import { copyOf, kindOf } from '../values/index.ts'
import { meter } from '../values/meter.ts'
import { parseInt64 } from '../values/numbers.ts'

/** A database by its number; the server reads it as a C int. */
const database = <N extends string>(name: N) =>
  special(name, 'integer', (word) => {
    const index = parseInt64(word)
    if (index === null) throw errors.notInteger()
    if (index > 2147483647 || index < -2147483648) throw errors.notInt32()
    if (index < 0 || index >= DATABASES) throw errors.dbOutOfRange()
    return Number(index)
  })

export const generic = family('generic', [
  command({
    name: 'DEL',
    summary: { en: 'Removes keys.', ko: '키를 지웁니다.' },
    since: '1.0.0',
    complexity:
      'O(N) where N is the number of keys that will be removed. When a key to remove holds a value other than a string, the individual complexity for this key is O(M) where M is the number of elements in the list, set, sorted set or hash. Removing a single key that holds a string value is O(1).',
    flags: ['write'],
    args: [many(key('key', 'RM delete'))],
    tips: ['request_policy:multi_shard', 'response_policy:agg_sum'],
    run: ({ db }, { key: names }) => names.filter((name) => db.drop(name)).length,
  }),
  command({
    name: 'UNLINK',
    summary: {
      en: 'Removes keys, and frees their memory a little later.',
      ko: '키를 지우고, 메모리는 조금 뒤에 비웁니다.',
    },
    since: '4.0.0',
    complexity:
      'O(1) for each key removed regardless of its size. Then the command does O(N) work in a different thread in order to reclaim memory, where N is the number of allocations the deleted objects where composed of.',
    flags: ['write', 'fast'],
    args: [many(key('key', 'RM delete'))],
    tips: ['request_policy:multi_shard', 'response_policy:agg_sum'],
    run: ({ db }, { key: names }) => names.filter((name) => db.drop(name)).length,
  }),
  command({
    name: 'EXISTS',
    summary: {
      en: 'Counts how many of these keys are there; a key named twice counts twice.',
      ko: '이 키들 가운데 몇 개가 있는지 셉니다. 두 번 말한 키는 두 번 셉니다.',
    },
    since: '1.0.0',
    complexity: 'O(N) where N is the number of keys to check.',
    flags: ['readonly', 'fast'],
    args: [many(key('key', 'RO'))],
    tips: ['request_policy:multi_shard', 'response_policy:agg_sum'],
    run: ({ db }, { key: names }) => names.filter((name) => db.has(name, false)).length,
  }),
  command({
    name: 'TYPE',
    summary: { en: 'Tells what kind of value a key holds.', ko: '키에 어떤 종류의 값이 들었는지 알려 줍니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO')],
    run({ db }, { key: name }) {
      const value = db.find(name, false)
      return status(value === undefined ? 'none' : kindOf(value))
    },
  }),
  command({
    name: 'RENAME',
    summary: { en: 'Gives a key another name.', ko: '키의 이름을 바꿉니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['write'],
    args: [key('key', 'RW access delete'), key('newkey', 'OW update')],
    run({ db }, { key: name, newkey }) {
      if (!db.has(name)) throw errors.noSuchKey()
      if (name === newkey) return OK
      db.has(newkey)
      db.transfer(name, db, newkey, 'rename_from', 'rename_to')
      return OK
    },
  }),
  command({
    name: 'RENAMENX',
    summary: {
      en: 'Gives a key another name that no key has yet.',
      ko: '새 이름의 키가 아직 없을 때만 키의 이름을 바꿉니다.',
    },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['write', 'fast'],
    args: [key('key', 'RW access delete'), key('newkey', 'OW insert')],
    run({ db }, { key: name, newkey }) {
      if (!db.has(name)) throw errors.noSuchKey()
      if (db.has(newkey)) return 0
      db.transfer(name, db, newkey, 'rename_from', 'rename_to')
      return 1
    },
  }),
  command({
    name: 'COPY',
    summary: {
      en: 'Copies what a key holds to another key.',
      ko: '키에 든 값을 다른 키로 복사합니다.',
    },
    since: '6.2.0',
    complexity: 'O(N) worst case for collections, where N is the number of nested items. O(1) for string values.',
    flags: ['write', 'denyoom'],
    args: [
      key('source', 'RO access'),
      key('destination', 'OW update'),
      eagerOptions([option('DB', database('destination-db'))], [flag('REPLACE')]),
    ],
    run({ db, server }, { source, destination, db: index, replace }) {
      const to = index === undefined ? db : server.databases[index]!
      if (to === db && source === destination) throw errors.sameObject()
      const value = db.looking(true, () => db.find(source))
      if (value === undefined || (to.has(destination) && !replace)) return 0
      to.put(destination, copyOf(value), 'copy_to', db.exactExpireAt(source))
      return 1
    },
  }),
  command({
    name: 'MOVE',
    summary: { en: 'Moves a key to another database.', ko: '키를 다른 데이터베이스로 옮깁니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['write', 'fast'],
    args: [key('key', 'RW access update'), database('db')],
    run({ db, server }, { key: name, db: index }) {
      const to = server.databases[index]!
      if (to === db) throw errors.sameObject()
      if (!db.has(name) || to.has(name)) return 0
      db.transfer(name, to, name, 'move_from', 'move_to')
      return 1
    },
  }),
  command({
    name: 'RANDOMKEY',
    summary: { en: 'Names any key of this database.', ko: '이 데이터베이스의 키 하나를 아무거나 알려 줍니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['readonly'],
    args: [],
    tips: ['request_policy:all_shards', 'response_policy:special', 'nondeterministic_output'],
    run: (context) => anyKey(context),
  }),
  command({
    name: 'KEYS',
    summary: {
      en: 'Lists the keys that match a pattern; with many keys, use SCAN.',
      ko: '패턴에 맞는 키를 모두 보여 줍니다. 키가 많을 때는 SCAN을 씁니다.',
    },
    since: '1.0.0',
    complexity:
      'O(N) with N being the number of keys in the database, under the assumption that the key names in the database and the given pattern have limited length.',
    flags: ['readonly'],
    categories: ['@dangerous'],
    args: [pattern('pattern')],
    tips: ['request_policy:all_shards', 'nondeterministic_output_order'],
    run: ({ db }, { pattern: glob }) => [...meter.each(db, db.keys())].filter((name) => globMatches(glob, name)),
  }),
  command({
    name: 'TOUCH',
    summary: {
      en: 'Marks keys as just used, and counts those that are there.',
      ko: '키를 방금 쓴 것으로 표시하고, 있는 키의 수를 셉니다.',
    },
    since: '3.2.1',
    complexity: 'O(N) where N is the number of keys that will be touched.',
    flags: ['readonly', 'fast'],
    args: [many(key('key', 'RO'))],
    tips: ['request_policy:multi_shard', 'response_policy:agg_sum'],
    run: ({ db }, { key: names }) => names.filter((name) => db.has(name)).length,
  }),
])

/** A key by chance. One whose time has come is reaped on the way, unless it has to stay. */
function anyKey({ db, random, server }: Context): Bytes | null {
  for (let tries = 0; db.size > 0 && (!server.keeping || tries < 100); tries++) {
    const name = db.random(random)
    if (db.looking(false, () => db.has(name))) return name
  }
  return null
}
