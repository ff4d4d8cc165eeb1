// What can be done with a key whatever it holds.
import { status } from '../../wire/reply.ts'
import { key, many } from '../args.ts'
import { command, family } from '../command.ts'
import { kindOf } from '../values/index.ts'

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
    run: ({ db }, { key: names }) => names.filter((name) => db.has(name)).length,
  }),
  command({
    name: 'TYPE',
    summary: { en: 'Tells what kind of value a key holds.', ko: '키에 어떤 종류의 값이 들었는지 알려 줍니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO')],
    run({ db }, { key: name }) {
      const value = db.find(name)
      return status(value === undefined ? 'none' : kindOf(value))
    },
  }),
])
