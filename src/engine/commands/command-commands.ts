import { latin, type Bytes } from '../../wire/bytes.ts'
import { map, setOf, status, type Reply } from '../../wire/reply.ts'
import { bytes, free, many } from '../args.ts'
import { lookup } from '../catalog.ts'
import { command, family, type Command, type Flag } from '../command.ts'
import { ArityError, RedisError, errors } from '../errors.ts'
import { globMatches } from '../glob.ts'
import {
  described,
  describedAs,
  docsReply,
  infoReply,
  keySpecsOf,
  type Described,
  type KeySpec,
} from '../introspect.ts'
import { parseInt64 } from '../values/numbers.ts'
import { help } from './help.ts'

const flags: readonly Flag[] = ['loading', 'stale']
const categories = ['@connection']
const anyOrder = ['nondeterministic_output_order']

interface FoundKey {
  readonly at: number
  readonly flags: readonly string[]
}

/** Where real keys stand; a shard channel is none. */
const specsOf = (found: Command) => keySpecsOf(found).filter(({ flags }) => !flags.includes('not_key'))

/** The command that these words name, if it takes keys and has words enough. */
function forKeys(argv: readonly Bytes[]): Command {
  if (argv.length === 1 && described().get(argv[0]!.toLowerCase())?.subcommands.length) throw errors.getkeysNone()
  const found = attempt(() => lookup(argv), errors.getkeysUnknown)
  if (specsOf(found).length === 0) throw errors.getkeysNone()
  if (found.arity >= 0 ? argv.length !== found.arity : argv.length < -found.arity) throw errors.getkeysArity()
  return found
}

function attempt<T>(run: () => T, refuse: () => Error): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof RedisError || error instanceof ArityError) throw refuse()
    throw error
  }
}

/** The keys in whole commands: by position where positions tell, else by reading the words. */
function keysIn(argv: readonly Bytes[]): FoundKey[] {
  const found = forKeys(argv)
  const specs = specsOf(found)
  if (specs.some(({ index }) => index === null))
    return attempt(() => found.keysOf(argv), errors.getkeysInvalid).map(({ at, access }) => ({
      at,
      flags: access.split(' '),
    }))
  const keys = specs.some(({ find }) => find.type === 'keynum')
    ? countedKeys(found, specs, argv)
    : specs.flatMap((spec) => keysOfSpec(spec, argv, 0))
  if (found.name !== 'SET') return keys
  const reads = argv.slice(3).some((word) => word.toUpperCase() === 'GET')
  return keys.map(({ at }) => ({ at, flags: reads ? ['RW', 'access', 'update'] : ['OW', 'update'] }))
}

/**
 * Keys of a command that counts them. Where its number is plainly one, positions tell all. Else the server reads it again and
 * more leniently: then it says nothing of what is done with each key, and a destination comes last.
 */
function countedKeys(found: Command, specs: readonly KeySpec[], argv: readonly Bytes[]): FoundKey[] {
  const at = specs.find(({ find }) => find.type === 'keynum')!.index!
  const strict = parseInt64(argv[at]!)
  const least = found.flags.has('no_mandatory_keys') ? 0 : 1
  const most = argv.length - at - 1
  if (strict !== null && strict >= least && strict <= most)
    return specs.flatMap((spec) => keysOfSpec(spec, argv, Number(strict)))
  const count = leadingInt(argv[at]!)
  if (count >= least && count <= most)
    return specs
      .toSorted((a, b) => Number(a.find.type !== 'keynum') - Number(b.find.type !== 'keynum'))
      .flatMap((spec) => keysOfSpec({ ...spec, flags: [] }, argv, count))
  if (least === 0) return []
  throw errors.getkeysInvalid()
}

/** `count`: how many keys there are, where a number tells. */
function keysOfSpec({ index, find, flags }: KeySpec, argv: readonly Bytes[], count: number): FoundKey[] {
  const begin = index ?? 0
  const places = (first: number, last: number, step: number): FoundKey[] => {
    const found: FoundKey[] = []
    for (let at = first; at <= last; at += step) found.push({ at, flags })
    return found
  }
  if (find.type === 'range')
    return places(begin, find.last < 0 ? argv.length + find.last : begin + find.last, find.step)
  return places(begin + 1, begin + count, 1)
}

/** As the server reads a number of keys here: what the word begins with, none is 0, and of a large one 32 bits. */
function leadingInt(word: Bytes): number {
  const [, digits = '0'] = /^[ \t-\r]*([+-]?[0-9]+)/.exec(word) ?? []
  return Number(BigInt.asIntN(32, saturated(digits)))
}

function saturated(digits: string): bigint {
  const value = digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits.replace('+', ''))
  const most = 2n ** 63n - 1n
  return value > most ? most : value < -most - 1n ? -most - 1n : value
}

const every = (): Described[] => [...described().values()].flatMap((one) => [one, ...one.subcommands])

const filters: Readonly<Record<string, (value: Bytes) => (one: Described) => boolean>> = {
  MODULE: () => () => false,
  ACLCAT: (value) => (one) => one.categories.includes(`@${value.toLowerCase()}`),
  PATTERN: (value) => (one) => globMatches(latin(value.toLowerCase()), latin(one.name)),
}

function list(words: readonly Bytes[]): Reply {
  if (words.length === 0) return [...described().keys()].map((name) => latin(name))
  const filter = words.length === 3 && words[0]!.toUpperCase() === 'FILTERBY' ? filters[words[1]!.toUpperCase()] : null
  if (!filter) throw errors.syntax()
  return every()
    .filter(filter(words[2]!))
    .map(({ name }) => latin(name))
}

export const commands = family('server', [
  command({
    name: 'COMMAND',
    summary: { en: 'Describes every command of this server.', ko: '이 서버의 모든 명령을 설명합니다.' },
    since: '2.8.13',
    complexity: 'O(N) where N is the total number of Redis commands',
    flags,
    categories,
    args: [],
    arity: -1,
    tips: anyOrder,
    run: () => [...described().values()].map(infoReply),
  }),
  command({
    name: 'COMMAND COUNT',
    summary: { en: 'Counts the commands of this server.', ko: '이 서버의 명령이 몇 개인지 셉니다.' },
    since: '2.8.13',
    complexity: 'O(1)',
    flags,
    categories,
    args: [],
    run: () => described().size,
  }),
  command({
    name: 'COMMAND INFO',
    summary: {
      en: 'Describes commands: their arity, flags, keys and categories.',
      ko: '명령의 인자 수, 플래그, 키 위치, 분류를 알려 줍니다.',
    },
    since: '2.8.13',
    complexity: 'O(N) where N is the number of commands to look up',
    flags,
    categories,
    args: [many(bytes('command-name'), 0)],
    tips: anyOrder,
    run: (_, { 'command-name': names }) =>
      names.length === 0
        ? [...described().values()].map(infoReply)
        : names.map((name) => {
            const one = describedAs(name)
            return one ? infoReply(one) : null
          }),
  }),
  command({
    name: 'COMMAND DOCS',
    summary: {
      en: 'Gives the documents of commands: what they do, and their arguments.',
      ko: '명령의 설명과 인자 문서를 줍니다.',
    },
    since: '7.0.0',
    complexity: 'O(N) where N is the number of commands to look up',
    flags,
    categories,
    args: [many(bytes('command-name'), 0)],
    tips: anyOrder,
    run: (_, { 'command-name': names }) => {
      const asked = names.length === 0 ? [...described().values()] : names.flatMap((name) => describedAs(name) ?? [])
      return map(asked.map((one) => [latin(one.name), docsReply(one)]))
    },
  }),
  command({
    name: 'COMMAND LIST',
    summary: { en: 'Lists the names of commands.', ko: '명령의 이름을 늘어놓습니다.' },
    since: '7.0.0',
    complexity: 'O(N) where N is the total number of Redis commands',
    flags,
    categories,
    args: [
      free('words', [
        {
          name: 'filterby',
          type: 'oneof',
          token: 'FILTERBY',
          optional: true,
          arguments: [
            { name: 'module-name', type: 'string', token: 'MODULE' },
            { name: 'category', type: 'string', token: 'ACLCAT' },
            { name: 'pattern', type: 'pattern', token: 'PATTERN' },
          ],
        },
      ]),
    ],
    tips: anyOrder,
    run: (_, { words }) => list(words),
  }),
  command({
    name: 'COMMAND GETKEYS',
    summary: { en: 'Finds the keys in a whole command.', ko: '명령 전체에서 키가 되는 인자를 찾아냅니다.' },
    since: '2.8.13',
    complexity: 'O(N) where N is the number of arguments to the command',
    flags,
    categories,
    args: [bytes('command'), many(bytes('arg'), 0)],
    run({ argv }) {
      const words = argv.slice(2)
      return keysIn(words).map(({ at }) => words[at]!)
    },
  }),
  command({
    name: 'COMMAND GETKEYSANDFLAGS',
    summary: {
      en: 'Finds the keys in a whole command, and what is done with each.',
      ko: '명령 전체에서 키를 찾고, 각 키를 어떻게 쓰는지 알려 줍니다.',
    },
    since: '7.0.0',
    complexity: 'O(N) where N is the number of arguments to the command',
    flags,
    categories,
    args: [bytes('command'), many(bytes('arg'), 0)],
    run({ argv }) {
      const words = argv.slice(2)
      return keysIn(words).map(({ at, flags: how }) => [words[at]!, setOf(how.map(status))])
    },
  }),
  help(
    'COMMAND',
    '5.0.0',
    [
      ['(no subcommand)', 'Return details about all Redis commands.'],
      ['COUNT', 'Return the total number of commands in this Redis server.'],
      ['LIST', 'Return a list of all commands in this Redis server.'],
      [
        'INFO [<command-name> ...]',
        'Return details about multiple Redis commands.',
        'If no command names are given, documentation details for all',
        'commands are returned.',
      ],
      [
        'DOCS [<command-name> ...]',
        'Return documentation details about multiple Redis commands.',
        'If no command names are given, documentation details for all',
        'commands are returned.',
      ],
      ['GETKEYS <full-command>', 'Return the keys from a full Redis command.'],
      ['GETKEYSANDFLAGS <full-command>', 'Return the keys and the access flags from a full Redis command.'],
    ],
    ['@connection'],
  ),
])
