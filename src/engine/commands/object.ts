// OBJECT: what the server knows of a value besides what it holds.
import type { Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { key } from '../args.ts'
import { command, family } from '../command.ts'
import { errors } from '../errors.ts'
import { encodingOf, type Value } from '../values/index.ts'
import { help } from './help.ts'

export const object = family('generic', [
  command({
    name: 'OBJECT ENCODING',
    summary: {
      en: 'Tells in which form the server keeps a value.',
      ko: '서버가 값을 어떤 꼴로 담아 두었는지 알려 줍니다.',
    },
    since: '2.2.3',
    complexity: 'O(1)',
    flags: ['readonly'],
    args: [key('key', 'RO')],
    tips: ['nondeterministic_output'],
    run: ({ db }, { key: name }) => ofValue(db.find(name, false), encodingOf),
  }),
  command({
    name: 'OBJECT FREQ',
    summary: {
      en: 'Tells how often a key is used, where an LFU policy counts it.',
      ko: 'LFU 정책일 때 키를 얼마나 자주 쓰는지 알려 줍니다.',
    },
    since: '4.0.0',
    complexity: 'O(1)',
    flags: ['readonly'],
    args: [key('key', 'RO')],
    tips: ['nondeterministic_output'],
    run({ db, server }, { key: name }) {
      if (!db.has(name, false)) return null
      if (!server.lfu) throw errors.notLfu()
      return db.frequency(name, server.lfu)
    },
  }),
  command({
    name: 'OBJECT IDLETIME',
    summary: {
      en: 'Tells for how many seconds nobody has used a key.',
      ko: '키를 아무도 쓰지 않은 지 몇 초가 되었는지 알려 줍니다.',
    },
    since: '2.2.3',
    complexity: 'O(1)',
    flags: ['readonly'],
    args: [key('key', 'RO')],
    tips: ['nondeterministic_output'],
    run({ db, server }, { key: name }) {
      if (!db.has(name, false)) return null
      if (server.lfu) throw errors.notLru()
      return db.idle(name)
    },
  }),
  command({
    name: 'OBJECT REFCOUNT',
    summary: {
      en: 'Tells how many times the server refers to a value; small numbers are shared by all.',
      ko: '서버가 값을 몇 군데에서 가리키는지 알려 줍니다. 작은 수는 모두가 함께 씁니다.',
    },
    since: '2.2.3',
    complexity: 'O(1)',
    flags: ['readonly'],
    args: [key('key', 'RO')],
    tips: ['nondeterministic_output'],
    run: ({ db }, { key: name }) => ofValue(db.find(name, false), references),
  }),
  help('OBJECT', '6.2.0', [
    [
      'ENCODING <key>',
      'Return the kind of internal representation used in order to store the value',
      'associated with a <key>.',
    ],
    [
      'FREQ <key>',
      'Return the access frequency index of the <key>. The returned integer is',
      'proportional to the logarithm of the recent access frequency of the key.',
    ],
    [
      'IDLETIME <key>',
      'Return the idle time of the <key>, that is the approximated number of',
      'seconds elapsed since the last access to the key.',
    ],
    ['REFCOUNT <key>', 'Return the number of references of the value associated with the specified', '<key>.'],
  ]),
])

const ofValue = (value: Value | undefined, tell: (value: Value) => Bytes | string | number): Reply =>
  value === undefined ? null : (tell(value) as Bytes | number)

/** The server shares the integers below 10000 among all keys, and then says INT_MAX. */
const references = (value: Value) => (typeof value === 'number' && value >= 0 && value < 10000 ? 2147483647 : 1)
