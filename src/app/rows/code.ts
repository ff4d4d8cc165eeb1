// Rows of a console as code for redis-py and node-redis. What a call looks like follows from the command's own grammar:
// plain words in a fixed order become the arguments of a method; whatever has options is sent word by word, which both
// clients can do. A chunk of its own.
import { isUtf8, latin, text, type Bytes } from '../../wire/bytes.ts'
import { repr } from '../../wire/line.ts'
import type { Arg } from '../typing/grammar.ts'

export type Client = 'python' | 'node'

/** A command to be written, with its grammar. `name` is as the catalog has it. */
export interface Written {
  readonly name: string
  readonly argv: readonly Bytes[]
  readonly args: readonly Arg[]
  /** What the server refused, so that it stays a remark. */
  readonly error: string | null
  /** In a transaction: the commands that ran in it. */
  readonly inside?: readonly Written[]
}

/** Methods whose arguments are not the words in their order, or which do not bring one answer. */
const wordByWord: Readonly<Record<Client, ReadonlySet<string>>> = {
  python: new Set(
    'MSET MSETNX HSET HMSET HSETNX BLPOP BRPOP BZPOPMIN BZPOPMAX ECHO PING SELECT AUTH SWAPDB DEBUG SUBSTR RANDOMKEY KEYS'
      .concat(
        ' LCS OBJECT TIME LASTSAVE SAVE BGSAVE BGREWRITEAOF ROLE LOLWUT COMMAND INFO DBSIZE SPUBLISH PUBLISH HELLO',
      )
      .concat(' RESET BRPOPLPUSH HRANDFIELD QUIT FLUSHALL FLUSHDB SDIFF SINTER SUNION UNWATCH HEXPIRETIME')
      .split(' '),
  ),
  node: new Set(
    'MSET MSETNX HSET HMSET BLPOP BRPOP BZPOPMIN BZPOPMAX BRPOPLPUSH ZADD SELECT AUTH SWAPDB DEBUG OBJECT COMMAND HELLO'
      .concat(' RESET QUIT SUBSTR GETSET LCS LOLWUT INFO ROLE RPOPLPUSH ECHO KEYS')
      .split(' '),
  ),
}
/** What a method is called where its name is a word of the language. */
const otherNames: Readonly<Record<string, string>> = { del: 'delete' }

/** Commands that turn a connection into something else; a script has no use for them. */
const talks = new Set([
  'SUBSCRIBE',
  'PSUBSCRIBE',
  'SSUBSCRIBE',
  'UNSUBSCRIBE',
  'PUNSUBSCRIBE',
  'SUNSUBSCRIBE',
  'MONITOR',
])
const leftOut = new Set([...talks, 'MULTI', 'EXEC', 'DISCARD', 'QUIT', 'RESET', 'HELLO', 'CLIENT REPLY'])

/** The whole script. */
export function script(client: Client, rows: readonly Written[]): string {
  const begin = client === 'python' ? python : node
  const lines = rows.flatMap((row) => statement(client, row))
  return `${[...begin.before(rows), ...lines, ...begin.after].join('\n')}\n`
}

const isPlainText = ({ argv, inside }: Written): boolean => argv.every(isUtf8) && (inside ?? []).every(isPlainText)

const python = {
  before: (rows: readonly Written[]) => [
    'import redis',
    '',
    `r = redis.Redis(${rows.every(isPlainText) ? 'decode_responses=True, ' : ''}single_connection_client=True)`,
    '',
  ],
  after: [] as readonly string[],
}
const node = {
  before: () => ["import { createClient } from 'redis'", '', 'const client = await createClient().connect()', ''],
  after: ['', 'client.destroy()'],
}

function statement(client: Client, row: Written): string[] {
  const sign = client === 'python' ? '#' : '//'
  if (row.error !== null) return [`${sign} ${call(client, row)}  ${sign} ${row.error}`]
  if (row.inside) return transaction(client, row.inside)
  if (leftOut.has(row.name)) return talks.has(row.name) ? [`${sign} ${row.argv.map(text).join(' ')}`] : []
  if (client === 'python' && (row.name === 'WATCH' || row.name === 'UNWATCH'))
    return [`# ${row.argv.map(text).join(' ')}: on a pipeline, pipe.watch(...)`]
  return [call(client, row)]
}

function transaction(client: Client, inside: readonly Written[]): string[] {
  if (client === 'node')
    return [
      'await client',
      '  .multi()',
      ...inside.map(({ argv }) => `  .addCommand([${words(client, argv)}])`),
      '  .exec()',
    ]
  return [
    'with r.pipeline(transaction=True) as pipe:',
    ...inside.map(({ argv }) => `    pipe.execute_command(${words(client, argv)})`),
    '    pipe.execute(raise_on_error=False)',
  ]
}

/** One command as a call. */
export function call(client: Client, { name, argv, args }: Written): string {
  const given = methodArguments(client, name, argv, args)
  if (client === 'python') {
    // Its reader of OBJECT's answers wants the method.
    if (name.startsWith('OBJECT ')) return `r.object(${words(client, argv.slice(1))})`
    if (given === null) {
      // Two words that name a command are one to it.
      const rest = name.includes(' ') ? [latin(name), ...argv.slice(2)] : argv
      return `r.execute_command(${words(client, rest)})`
    }
    const method = name.toLowerCase()
    return `r.${otherNames[method] ?? method}(${given})`
  }
  return given === null ? `await client.sendCommand([${words(client, argv)}])` : `await client.${name}(${given})`
}

const words = (client: Client, argv: readonly Bytes[]) => argv.map((word) => literal(client, word)).join(', ')

/** The arguments of the method of that name; null where the words must be sent as they are. */
function methodArguments(client: Client, name: string, argv: readonly Bytes[], args: readonly Arg[]): string | null {
  if (name.includes(' ') || wordByWord[client].has(name)) return null
  const isPlain = (arg: Arg) => arg.token === null && !['oneof', 'block', 'pure-token'].includes(arg.type)
  const given = argv.slice(1)
  const needed = args.filter(({ optional }) => !optional)
  if (!needed.every(isPlain)) return null
  if (needed.some((arg) => arg.name === 'numkeys')) return null
  const many = needed.at(-1)?.multiple ?? false
  // Among so many words, options could not be told from the rest.
  if (many && args.length > needed.length) return null
  if (
    many
      ? given.length < needed.length || needed.slice(0, -1).some((arg) => arg.multiple)
      : given.length !== needed.length
  )
    return null
  const shown = given.map((word, i) => argument(client, word, needed[Math.min(i, needed.length - 1)]!))
  if (!many || client === 'python') return shown.join(', ')
  const single = shown.slice(0, needed.length - 1)
  return [...single, `[${shown.slice(needed.length - 1).join(', ')}]`].join(', ')
}

const whole = /^-?(?:0|[1-9]\d{0,14})$/
const decimal = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/

/** A word as a number where the command wants one and a number says the same. */
function argument(client: Client, word: Bytes, { type }: Arg): string {
  if (type === 'integer' && whole.test(word)) return word
  if (type === 'double' && decimal.test(word)) return word
  return literal(client, word)
}

function literal(client: Client, word: Bytes): string {
  if (isUtf8(word)) return JSON.stringify(text(word)).replaceAll('\x7f', '\\u007f')
  const hex = Array.from(word, (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  return client === 'python' ? `b${repr(word)}` : `Buffer.from('${hex}', 'hex')`
}
