import { latin, type Bytes } from '../../wire/bytes.ts'
import { map, setOf, status, type Reply } from '../../wire/reply.ts'
import { bytes, free, many } from '../args.ts'
import { lookup } from '../catalog.ts'
import { command, family, type Command, type Flag } from '../command.ts'
import { RedisError, errors } from '../errors.ts'
import { globMatches } from '../glob.ts'
import { described, describedAs, docsReply, infoReply, type Described } from '../introspect.ts'
import { help } from './help.ts'

const flags: readonly Flag[] = ['loading', 'stale']
const categories = ['@connection']
const anyOrder = ['nondeterministic_output_order']

/** Our command that these words name, with the words GETKEYS may judge; throws its own errors. */
function forKeys(argv: readonly Bytes[]): { found: Command; argv: readonly Bytes[] } {
  let found: Command
  try {
    found = lookup(argv)
  } catch (error) {
    if (error instanceof RedisError) throw errors.getkeysUnknown()
    throw error
  }
  if (!found.args.some((arg) => arg.keys) && !found.flags.has('movablekeys')) throw errors.getkeysNone()
  if (found.arity >= 0 ? argv.length !== found.arity : argv.length < -found.arity) throw errors.getkeysArity()
  return { found, argv }
}

function keysIn(words: readonly Bytes[]): { key: Bytes; access: string }[] {
  const { found, argv } = forKeys(words)
  try {
    return found.keysOf(argv).map(({ at, access }) => ({ key: argv[at]!, access }))
  } catch (error) {
    if (error instanceof RedisError) throw errors.getkeysInvalid()
    throw error
  }
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
            return one ? infoReply(one) : { kind: 'nil-array' }
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
    run: ({ argv }) => keysIn(argv.slice(2)).map(({ key }) => key),
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
    run: ({ argv }) => keysIn(argv.slice(2)).map(({ key, access }) => [key, setOf(access.split(' ').map(status))]),
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
