// A run of random commands for two clients, the same for the same seed.
import { latin, type Bytes } from '../../wire/bytes.ts'
import { Chance } from '../chance.ts'
import { keys, pools } from './pools.ts'
import { expand, type Compare, type Family, type Template } from './template.ts'

export type Who = 'A' | 'B'

export interface Item {
  readonly client: Who
  readonly argv: readonly Bytes[]
  readonly compare: Compare
}

/** `count` commands, and then a look at all that is there. */
export function generate(families: readonly Family[], seed: number, count: number): Item[] {
  const chance = new Chance(seed)
  const items: Item[] = []
  let client: Who = 'A'
  for (let i = 0; i < count; i++) {
    if (chance.once(12)) client = client === 'A' ? 'B' : 'A'
    const template = chance.one(chance.one(families).templates)
    items.push({ client, argv: spoiled(expand(template.line, chance), chance), compare: template.compare })
  }
  return [...items, ...inspection()]
}

/** The name of a template's command, as it begins its line. */
export const commandOf = (template: Template) => template.line.split(' ', 1)[0]!

/** Commands that are sent as their templates have them: where a transaction ends must stay known, a moment must stay far
 * off, what waits must not wait, SPOP without a count and SCAN without a large one are chance, as is what others draw;
 * what describes a server or a client is its own; who leaves two channels gets two answers. */
const asTheyAre: readonly string[] = [
  ['BLPOP', 'BRPOP', 'BLMOVE', 'BRPOPLPUSH', 'BLMPOP', 'BZPOPMIN', 'BZPOPMAX', 'BZMPOP', 'ZRANDMEMBER', 'ZSCAN'],
  ['MULTI', 'EXEC', 'DISCARD', 'SPOP', 'SCAN', 'COMMAND', 'CONFIG', 'INFO', 'CLIENT'],
  ['SRANDMEMBER', 'HRANDFIELD', 'SSCAN', 'HSCAN', 'HEXPIRE', 'HPEXPIRE', 'HGETEX', 'HSETEX'],
  ['UNSUBSCRIBE', 'PUNSUBSCRIBE', 'SUNSUBSCRIBE'],
  ['SET', 'SETEX', 'PSETEX', 'GETEX', 'EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT'],
].flat()

/** Now and then a command with a word missing, too many, or wrong. */
function spoiled(argv: Bytes[], chance: Chance): Bytes[] {
  if (asTheyAre.includes(argv[0]!) || !chance.once(25)) return argv
  const odd = pools['value']!(chance)
  if (chance.once(3)) return argv.length > 1 ? argv.slice(0, -1) : argv
  if (chance.once(2)) return [...argv, odd]
  return argv.length > 1 ? argv.with(1 + chance.below(argv.length - 1), odd) : argv
}

/** A look at every key, its kind, its time and what it holds, in the databases that are used. */
export function inspection(): Item[] {
  const looks: readonly (readonly [string, Compare])[] = [
    ['TYPE', 'exact'],
    ['PEXPIRETIME', 'near'],
    ['OBJECT ENCODING', 'exact'],
    ['GET', 'exact'],
    ['LRANGE', 'exact'],
    ['ZRANGE', 'exact'],
    ['HGETALL', 'pairs-by-encoding'],
    ['SMEMBERS', 'by-encoding'],
  ]
  const more: Readonly<Record<string, readonly Bytes[]>> = {
    LRANGE: ['0', '-1'].map(latin),
    ZRANGE: ['0', '-1', 'WITHSCORES'].map(latin),
  }
  const item = (line: string, compare: Compare, ...words: readonly Bytes[]): Item => ({
    client: 'A',
    argv: [...line.split(' ').map(latin), ...words],
    compare,
  })
  const perDatabase = (db: string) => [
    item(`SELECT ${db}`, 'exact'),
    ...keys.flatMap((key) => looks.map(([look, compare]) => item(look, compare, key, ...(more[look] ?? [])))),
    // Now that every key was met, none is left whose time has come: until then the real server counts those too.
    item('DBSIZE', 'exact'),
  ]
  return [item('DISCARD', 'exact'), ...['0', '1', '15'].flatMap(perDatabase), item('DEBUG DIGEST', 'exact')]
}
