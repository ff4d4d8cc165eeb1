// A sequence of random commands for two clients, the same for the same seed. It begins with how values are to be
// encoded and which protocol is spoken, and ends with a look at all that is there.
import { latin, type Bytes } from '../../wire/bytes.ts'
import { split } from '../../wire/line.ts'
import { Chance } from '../chance.ts'
import { keys, pools } from './pools.ts'
import { expand, type Compare, type Family, type Template } from './template.ts'

export type Who = 'A' | 'B'

export interface Item {
  readonly client: Who
  readonly argv: readonly Bytes[]
  readonly compare: Compare
  /** It belongs to the command before it, and means nothing without that. */
  readonly follows: boolean
  /** What sets the stage and what looks at the end is no part of the count. */
  readonly counted: boolean
}

/** `count` commands, between a beginning and a look at the end. */
export function generate(families: readonly Family[], seed: number, count: number): Item[] {
  const chance = new Chance(seed)
  const items: Item[] = begin(chance)
  const first = items.length
  let client: Who = 'A'
  while (items.length - first < count) {
    if (chance.once(12)) client = client === 'A' ? 'B' : 'A'
    const family = chance.one(families)
    const template = chance.one(family.templates)
    const commands = expand(template, family, chance)
    for (const [i, argv] of commands.entries()) {
      const last = i === commands.length - 1
      items.push({
        client,
        argv: commands.length === 1 ? spoiled(argv, chance) : argv,
        compare: last ? template.compare : 'exact',
        follows: i > 0,
        counted: true,
      })
    }
  }
  return [...items, ...inspection()]
}

/** Small thresholds mostly, so that values change their encodings often; and sometimes the newer protocol. */
function begin(chance: Chance): Item[] {
  const lines = [
    chance.once(3)
      ? 'CONFIG SET list-max-listpack-size -1'
      : `CONFIG SET list-max-listpack-size ${1 + chance.below(6)}`,
    ...['hash-max-listpack-entries', 'set-max-listpack-entries', 'zset-max-listpack-entries', 'set-max-intset-entries']
      .filter(() => !chance.once(3))
      .map((name) => `CONFIG SET ${name} ${chance.below(7)}`),
    ...['hash-max-listpack-value', 'set-max-listpack-value', 'zset-max-listpack-value']
      .filter(() => chance.once(3))
      .map((name) => `CONFIG SET ${name} ${chance.below(12)}`),
  ]
  const items = lines.map((line) => stage(line, 'exact'))
  if (chance.once(3)) items.push(stage('HELLO 3', 'kind'))
  if (chance.once(3)) items.push({ ...stage('HELLO 3', 'kind'), client: 'B' })
  return items
}

const stage = (line: string, compare: Compare, ...more: Bytes[]): Item => ({
  client: 'A',
  argv: [...split(line)!, ...more],
  compare,
  follows: false,
  counted: false,
})

/** The names of a template's commands, as they begin. */
export const commandsOf = ({ line }: Template) => line.split(' ; ').map((one) => one.split(' ', 1)[0]!)

/** Commands that are sent as their templates have them: where a transaction ends must stay known, a moment must stay far
 * off, what waits must not wait, SPOP without a count and SCAN without a large one are chance, as is what others draw; what describes a server or
 * a client is its own; settings must stay harmless; who leaves two channels gets
 * two answers. */
const asTheyAre: ReadonlySet<string> = new Set(
  [
    ['BLPOP', 'BRPOP', 'BLMOVE', 'BRPOPLPUSH', 'BLMPOP', 'BZPOPMIN', 'BZPOPMAX', 'BZMPOP'],
    ['MULTI', 'EXEC', 'DISCARD', 'SPOP', 'SCAN', 'COMMAND', 'INFO', 'CLIENT', 'CONFIG', 'DEBUG', 'OBJECT', 'MEMORY'],
    ['AUTH', 'HELLO', 'SLOWLOG', 'WAIT', 'WAITAOF', 'UNSUBSCRIBE', 'PUNSUBSCRIBE', 'SUNSUBSCRIBE'],
    ['SRANDMEMBER', 'HRANDFIELD', 'ZRANDMEMBER', 'SSCAN', 'HSCAN', 'ZSCAN'],
    ['HEXPIRE', 'HPEXPIRE', 'HGETEX', 'HSETEX', 'HEXPIREAT', 'HPEXPIREAT'],
    ['SET', 'SETEX', 'PSETEX', 'GETEX', 'EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT', 'SORT', 'SORT_RO'],
  ].flat(),
)

/** Now and then a command with a word missing, too many, or wrong. */
function spoiled(argv: Bytes[], chance: Chance): Bytes[] {
  if (asTheyAre.has(argv[0]!) || !chance.once(40)) return argv
  const odd = pools['value']!(chance)
  if (chance.once(3)) return argv.length > 1 ? argv.slice(0, -1) : argv
  if (chance.once(2)) return [...argv, odd]
  return argv.length > 1 ? argv.with(1 + chance.below(argv.length - 1), odd) : argv
}

/** Which keys there are, how each is kept and until when, and by DEBUG DIGEST what they hold. */
export function inspection(): Item[] {
  const perDatabase = (db: string) => [
    stage(`SELECT ${db}`, 'exact'),
    stage('DBSIZE', 'exact'),
    stage('KEYS *', 'sorted'),
    ...keys.flatMap((key) => [stage('OBJECT ENCODING', 'exact', key), stage('PEXPIRETIME', 'near', key)]),
    stage('DEBUG DIGEST-VALUE', 'exact', ...keys),
  ]
  return [stage('DISCARD', 'exact'), ...['0', '1', '15'].flatMap(perDatabase), stage('DEBUG DIGEST', 'exact')]
}

/** A name as the first word of a request. */
export const nameOf = ({ argv }: Item): Bytes => latin(argv[0]!.toUpperCase())
