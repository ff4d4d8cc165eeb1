import { latin, type Bytes } from '../../wire/bytes.ts'
import { OK, double, map, setOf, status, type Reply } from '../../wire/reply.ts'
import { free } from '../args.ts'
import { Writer } from '../binary.ts'
import { push } from '../channels.ts'
import { command, family, type Context } from '../command.ts'
import { digestOf, digestOfValue } from '../digest.ts'
import { RedisError, echo, errors } from '../errors.ts'
import { reload, saveNow } from '../saving.ts'
import { savingErrors } from '../saving-errors.ts'
import { hex } from '../sha1.ts'
import { encodingOf, writeValue } from '../values/index.ts'
import { parseDouble, parseInt64 } from '../values/numbers.ts'

/** Simulated time that one DEBUG SLEEP may pass at most, in ms. */
const LONGEST_SLEEP = 10_000

type Part = (context: Context, words: readonly Bytes[]) => Reply

/** Nobody can be kept waiting here: the server's clock moves on instead. */
const sleep: Part = ({ server }, [word]) => {
  const ms = (parseDouble(word!) ?? 0) * 1000
  server.slept = Math.min(Math.max(ms, 0), LONGEST_SLEEP)
  server.now += server.slept
  return OK
}

const object: Part = ({ db }, [key]) => {
  const value = db.find(key!)
  if (value === undefined) throw errors.noSuchKey()
  const writer = new Writer()
  writeValue(writer, value)
  const length = writer.done().length - 1
  return status(
    `Value at:0x000000000000 refcount:1 encoding:${encodingOf(value)} serializedlength:${length} lru:0 lru_seconds_idle:0`,
  )
}

const setActiveExpire: Part = ({ server }, [word]) => {
  server.activeExpire = Number.parseInt(word!, 10) !== 0 && /^\s*[+-]?[0-9]/.test(word!)
  return OK
}

const digest: Part = ({ server }) => status(hex(digestOf(server.databases)))

const digestValue: Part = ({ db }, keys) => keys.map((key) => status(hex(digestOfValue(db, key))))

function positive(word: Bytes): number {
  const parsed = parseInt64(word)
  if (parsed === null || parsed < 0) throw errors.mustBePositive()
  return Number(parsed)
}

/** Fills the database with strings. It counts as no change: no dirt, no event. */
const populate: Part = ({ db, server }, [count, prefix = latin('key'), size]) => {
  const many = positive(count!)
  const length = size === undefined ? 0 : positive(size)
  if (length > server.limits.maxString) throw errors.tooLong()
  const before = server.dirty
  for (let i = 0; i < many; i++) {
    const key = latin(`${prefix}:${i}`)
    if (db.has(key)) continue
    const value = `value:${i}`
    db.put(key, latin(length === 0 ? value : value.slice(0, length).padEnd(length, '\0')), null)
  }
  server.dirty = before
  return OK
}

/** Memory becomes what the disk has: RELOAD saves first, unless it is told not to. */
const reloadAll: Part = ({ server }, words) => {
  const asked = new Set(words.map((word) => word.toUpperCase()))
  for (const word of asked) if (!['MERGE', 'NOFLUSH', 'NOSAVE'].includes(word)) throw savingErrors.reloadOptions()
  if (!asked.has('NOSAVE') && !saveNow(server)) throw savingErrors.failed()
  reload(server, asked.has('NOFLUSH'))
  return OK
}

/** Ended with no warning, and started again after so many ms. */
const crash: Part = ({ server }, [ms]) => {
  server.now += Math.min(ms === undefined ? 0 : positive(ms), LONGEST_SLEEP)
  server.goingDown = 'crash'
  return OK
}

const fail: Part = (_, [text]) => {
  throw new RedisError(text!.replaceAll(/[\r\n]/g, ' '))
}

const samples: Readonly<Record<string, Reply>> = {
  string: latin('Hello World'),
  integer: 12345,
  double: double(3.141),
  bignum: { kind: 'big', digits: '1234567999999999999999999999999999999' },
  null: null,
  array: [0, 1, 2],
  set: setOf([0, 1, 2]),
  map: map([0, 1, 2].map((i) => [i, i === 1])),
  attrib: {
    kind: 'attribute',
    pairs: [[latin('key-popularity'), [latin('key:123'), 90]]],
    reply: latin('Some real reply following the attribute'),
  },
  verbatim: { kind: 'verbatim', format: 'txt', text: latin('This is a verbatim\nstring') },
  true: true,
  false: false,
}

/** A message that belongs to no reply: it comes after the one of this command. */
function samplePush({ server, client }: Context): Reply {
  if (client.protocol === 2) throw errors.onlyResp3()
  server.push(client, push(latin('server-cpu-usage'), 42))
  return latin('Some real reply following the push reply')
}

const protocol: Part = (context, [type]) => {
  const name = type!.toLowerCase()
  if (name === 'push') return samplePush(context)
  if (!Object.hasOwn(samples, name)) throw errors.protocolType()
  return samples[name]!
}

const part = (min: number, max: number, usage: string, sentence: string, run: Part) => ({
  min,
  max,
  usage,
  sentence,
  run,
})

const parts: Readonly<Record<string, ReturnType<typeof part>>> = {
  'CRASH-AND-RECOVER': part(
    0,
    1,
    'CRASH-AND-RECOVER [<milliseconds>]',
    'The server ends at once, and starts again after so many ms.',
    crash,
  ),
  DIGEST: part(0, 0, 'DIGEST', 'Twenty bytes that stand for all keys and values.', digest),
  'DIGEST-VALUE': part(0, Infinity, 'DIGEST-VALUE <key> [<key> ...]', 'The same for single values.', digestValue),
  ERROR: part(1, 1, 'ERROR <string>', 'Answers with that error.', fail),
  OBJECT: part(1, 1, 'OBJECT <key>', 'How a value is kept.', object),
  POPULATE: part(1, 3, 'POPULATE <count> [<prefix>] [<size>]', 'Makes strings key:0, key:1 and so on.', populate),
  PROTOCOL: part(1, 1, 'PROTOCOL <type>', 'Answers with a sample of a type.', protocol),
  RELOAD: part(0, Infinity, 'RELOAD [option ...]', 'Saves, and loads again: MERGE, NOFLUSH, NOSAVE.', reloadAll),
  'SET-ACTIVE-EXPIRE': part(1, 1, 'SET-ACTIVE-EXPIRE <0|1>', 'Keys expire by themselves, or not.', setActiveExpire),
  SLEEP: part(1, 1, 'SLEEP <seconds>', 'Lets that much time pass.', sleep),
}

const help = (): Reply => [
  status('DEBUG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:'),
  ...Object.values(parts).flatMap(({ usage, sentence }) => [status(usage), status(`    ${sentence}`)]),
  status('HELP'),
  status('    Print this help.'),
]

export const debug = family('server', [
  command({
    name: 'DEBUG',
    summary: {
      en: 'Looks inside the server, for tests and the curious.',
      ko: '서버 속을 들여다봅니다. 시험하거나 궁금할 때 씁니다.',
    },
    since: '1.0.0',
    complexity: 'Depends on subcommand.',
    flags: ['admin', 'noscript', 'loading', 'stale'],
    args: [free('words', [], 1)],
    run(context, { words: [name, ...rest] }) {
      if (name!.toUpperCase() === 'HELP' && rest.length === 0) return help()
      const one = Object.hasOwn(parts, name!.toUpperCase()) ? parts[name!.toUpperCase()] : undefined
      if (!one || rest.length < one.min || rest.length > one.max)
        throw errors.subcommandSyntax('DEBUG', latin(echo(name!)))
      return one.run(context, rest)
    },
  }),
])
