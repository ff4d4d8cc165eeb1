// What a command costs, for somebody who watches: the numbers behind the letters of its O(), and how many elements were
// touched. The touches are counted by the values themselves (values/meter.ts). A letter stands for something that the
// documentation names (the size of the set, how many were removed), and here is told where each number is to be found:
// before the command runs, or in what it has done. What is not known is left out.
import { parseInt64 } from './values/numbers.ts'
import type { Bytes } from '../wire/bytes.ts'
import { isTagged, type Reply } from '../wire/reply.ts'
import type { Letters } from '../session/protocol.ts'
import { Block, type Command, type Context } from './command.ts'
import { RedisError } from './errors.ts'
import { reckonWith } from './reckoning.ts'
import { meter } from './values/meter.ts'

/** What a rule may look at before the command runs. */
class Before {
  readonly #found: Command
  readonly context: Context

  constructor(found: Command, context: Context) {
    this.#found = found
    this.context = context
  }

  get argv(): readonly Bytes[] {
    return this.context.argv
  }

  /** Bytes of a string, elements of all else; 0 where there is nothing. To ask disturbs nothing. */
  size(key: Bytes): number {
    return this.context.db.summary(key)?.size ?? 0
  }

  /** The keys that it reads or takes from, not those that it only writes to. */
  keys(): readonly Bytes[] {
    const all = this.#found.keysOf(this.argv)
    return all.filter(({ access }) => !access.startsWith('OW')).map(({ at }) => this.argv[at]!)
  }

  sizes(): readonly number[] {
    return this.keys().map((key) => this.size(key))
  }
}

interface After {
  readonly reply: Reply
  readonly touched: number
}

/** The letters, or what will tell them when the command has run. */
type Rule = (before: Before) => Letters | ((after: After) => Letters)

// ------------------------------------------------------------------ where numbers are found

const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0)
const least = (numbers: readonly number[]) => (numbers.length === 0 ? 0 : Math.min(...numbers))

/** N: words of the command from this place on, in groups of so many. */
const words =
  (from: number, each = 1): Rule =>
  ({ argv }) => ({ N: (argv.length - from) / each })

/** The same, but none at all means everything, which is another number. */
const wordsIfAny =
  (from: number): Rule =>
  ({ argv }) =>
    argv.length > from ? { N: argv.length - from } : {}

/** N: the number behind the word FIELDS. */
const fields: Rule = ({ argv }) => {
  const count = Number(argv[argv.findIndex((word, i) => i > 1 && word.toUpperCase() === 'FIELDS') + 1])
  return Number.isInteger(count) ? { N: count } : {}
}

/** N: elements of the value at the first key. */
const held: Rule = (before) => ({ N: before.size(before.argv[1]!) })

/** N: that, and M: how many were shown. */
const heldAndShown: Rule = (before) => {
  const N = before.size(before.keys()[0]!)
  return ({ touched }) => ({ N, M: touched })
}

/** How many elements these keys have lost. */
function taken(before: Before, keys: readonly Bytes[]): () => number {
  const had = sum(keys.map((key) => before.size(key)))
  return () => had - sum(keys.map((key) => before.size(key)))
}

const heldAndTaken: Rule = (before) => {
  const key = before.argv[1]!
  const N = before.size(key)
  const gone = taken(before, [key])
  return () => ({ N, M: gone() })
}

/** N: how many were taken out. */
const onlyTaken: Rule = (before) => {
  const gone = taken(before, [before.argv[1]!])
  return () => ({ N: gone() })
}

/** Elements of a reply; behind each of them stands another where the words ask for that and the protocol has no pairs. */
function told(reply: Reply, { argv, context }: Before): number {
  if (typeof reply === 'number') return reply
  if (typeof reply === 'string') return 1
  if (Array.isArray(reply)) {
    const doubled = context.client.protocol === 2 && /^WITH(?:SCORE|VALUE)S$/i.test(argv.at(-1)!)
    return doubled && !Array.isArray(reply[0]) ? reply.length / 2 : reply.length
  }
  if (reply === null || typeof reply !== 'object' || !isTagged(reply)) return 0
  if (reply.kind === 'set') return reply.items.length
  return reply.kind === 'map' ? reply.pairs.length : 0
}

/** N: elements of the reply. */
const shown: Rule =
  (before) =>
  ({ reply }) => ({ N: told(reply, before) })

/** N: the number that stands there; nothing without it, for then the command is another. */
const counted: Rule = ({ argv }) => (argv.length > 2 ? { N: Math.abs(Number(argv[2])) } : {})

const keysOnly: Rule = (before) => ({ N: before.keys().length })

const total: Rule = (before) => ({ N: sum(before.sizes()) })
const smallest: Rule = (before) => ({ N: least(before.sizes()), M: before.keys().length })
const smallestZset: Rule = (before) => ({ N: least(before.sizes()), K: before.keys().length })

/** L: all elements, N: those of the first, K: those of the result. */
const difference: Rule = (before) => {
  const sizes = before.sizes()
  return ({ reply }) => ({ L: sum(sizes), N: sizes[0] ?? 0, K: told(reply, before) })
}

/** The letters of a rule, and M: elements of the result. */
const withResult =
  (rule: (before: Before) => Letters): Rule =>
  (before) => {
    const letters = rule(before)
    return ({ reply }) => ({ ...letters, M: told(reply, before) })
  }

/** From the nearer end to an element. */
function distance(index: Bytes, size: number): number | null {
  const asked = parseInt64(index)
  if (asked === null) return null
  const at = Number(asked) < 0 ? Number(asked) + size : Number(asked)
  return at < 0 || at >= size ? null : Math.min(at, size - 1 - at)
}

const range: Rule = (before) => {
  const size = before.size(before.argv[1]!)
  const far = distance(before.argv[2]!, size)
  const isEarly = Number(before.argv[2]) < -size
  return ({ touched }) => ({ ...(isEarly ? { S: 0 } : far === null ? {} : { S: far }), N: touched })
}

const index: Rule = (before) => {
  const far = distance(before.argv[2]!, before.size(before.argv[1]!))
  return far === null ? {} : { N: far }
}

/** Elements that were passed before the pivot: of those touched, the pivot and the new one are none. */
const pivot: Rule =
  () =>
  ({ reply, touched }) => ({ N: reply === -1 || reply === 0 ? touched : touched - 2 })

/** Of several keys the first that holds anything is the one that is popped from. */
const popped =
  (ofKeys: 'N' | 'K'): Rule =>
  (before) => {
    const keys = before.keys()
    const first = before.sizes().find((size) => size > 0) ?? 0
    const gone = taken(before, keys)
    return () => (ofKeys === 'N' ? { N: keys.length, M: gone() } : { K: keys.length, N: first, M: gone() })
  }

const sorted: Rule = (before) => {
  const N = before.size(before.argv[1]!)
  // With GET an element is a row of several.
  const isPlain = !before.argv.some((word, i) => i > 1 && word.toUpperCase() === 'GET')
  return ({ reply }) => (isPlain ? { N, M: told(reply, before) } : { N })
}

const database: Rule = ({ context }) => ({ N: context.db.size })
const everywhere: Rule = ({ context }) => ({ N: sum(context.server.databases.map(({ size }) => size)) })
const clients: Rule = ({ context }) => ({ N: context.server.clients.size })

const published: Rule = ({ argv, context: { server } }) => ({
  N: server.channels.count('channels', argv[1]!),
  M: server.channels.size('patterns'),
})

// ------------------------------------------------------------------ whose letters they are

const each = (names: string, rule: Rule): readonly (readonly [string, Rule])[] =>
  names.split(' ').map((name) => [name.replace('.', ' '), rule])

/** By the command's name, a point for the blank before a subcommand. */
const rules: ReadonlyMap<string, Rule> = new Map([
  ...each('MGET DEL EXISTS TOUCH SUBSCRIBE PSUBSCRIBE SSUBSCRIBE', words(1)),
  ...each('UNSUBSCRIBE PUNSUBSCRIBE SUNSUBSCRIBE', wordsIfAny(1)),
  ...each('MSET MSETNX', words(1, 2)),
  ...each('HDEL HMGET SADD SREM SMISMEMBER ZMSCORE LPUSH RPUSH LPUSHX RPUSHX', words(2)),
  ...each('HSET HMSET CONFIG.SET', words(2, 2)),
  ...each('CONFIG.GET COMMAND.GETKEYS COMMAND.GETKEYSANDFLAGS', words(2)),
  ...each('COMMAND.INFO COMMAND.DOCS PUBSUB.NUMSUB PUBSUB.SHARDNUMSUB', wordsIfAny(2)),
  ...each('HEXPIRE HEXPIREAT HPEXPIRE HPEXPIREAT HEXPIRETIME HPEXPIRETIME HTTL HPTTL HPERSIST', fields),
  ...each('HGETDEL HGETEX HSETEX', fields),
  ...each('HGETALL HKEYS HVALS SMEMBERS ZADD ZINCRBY ZRANK ZREVRANK ZCOUNT ZLEXCOUNT LSET LPOS', held),
  ...each('HRANDFIELD ZRANDMEMBER SLOWLOG.GET', shown),
  ...each('SPOP SRANDMEMBER', counted),
  ...each('SDIFF SDIFFSTORE SUNION SUNIONSTORE', total),
  ...each('SINTER SINTERSTORE SINTERCARD', smallest),
  ...each('ZINTERCARD', smallestZset),
  ...each(
    'ZINTER ZINTERSTORE',
    withResult((before) => ({ N: least(before.sizes()), K: before.keys().length })),
  ),
  ...each(
    'ZUNION ZUNIONSTORE',
    withResult((before) => ({ N: sum(before.sizes()) })),
  ),
  ...each('ZDIFF ZDIFFSTORE', difference),
  ...each('ZRANGE ZREVRANGE ZRANGEBYSCORE ZREVRANGEBYSCORE ZRANGEBYLEX ZREVRANGEBYLEX', heldAndShown),
  ...each(
    'ZRANGESTORE',
    withResult((before) => ({ N: least(before.sizes()) })),
  ),
  ...each('ZREM', (before) => ({ N: before.size(before.argv[1]!), M: before.argv.length - 2 })),
  ...each('ZREMRANGEBYRANK ZREMRANGEBYSCORE ZREMRANGEBYLEX ZPOPMIN ZPOPMAX LREM', heldAndTaken),
  ...each('BZPOPMIN BZPOPMAX', (before) => ({ N: before.sizes().find((size) => size > 0) ?? 0 })),
  ...each('LPOP RPOP LTRIM', onlyTaken),
  ...each('LMPOP BLMPOP', popped('N')),
  ...each('ZMPOP BZMPOP', popped('K')),
  ...each('BLPOP BRPOP', keysOnly),
  ...each('LRANGE', range),
  ...each('LINDEX', index),
  ...each('LINSERT', pivot),
  ...each('SORT SORT_RO', sorted),
  ...each('LCS', (before) => ({ N: before.size(before.argv[1]!), M: before.size(before.argv[2]!) })),
  ...each(
    'GETRANGE SUBSTR',
    () =>
      ({ reply }) =>
        typeof reply === 'string' ? { N: reply.length } : {},
  ),
  ...each('COPY', (before) => {
    const source = before.context.db.summary(before.argv[1]!)
    return source === null || source.kind === 'string' ? {} : { N: source.size }
  }),
  ...each('KEYS FLUSHDB', database),
  ...each('FLUSHALL SAVE', everywhere),
  ...each('CLIENT.LIST CLIENT.KILL CLIENT.UNBLOCK', clients),
  ...each('CLIENT.UNPAUSE', ({ context }) => ({ N: context.server.postponed })),
  ...each('DISCARD', ({ context }) => ({ N: context.client.multi?.queue.length ?? 0 })),
  ...each('SLOWLOG.RESET', ({ context }) => ({ N: context.server.slowlog.length })),
  ...each('PUBLISH', published),
  ...each('SPUBLISH', ({ argv, context }) => ({ N: context.server.channels.count('shards', argv[1]!) })),
  ...each('PUBSUB.CHANNELS', ({ context }) => ({ N: context.server.channels.size('channels') })),
  ...each('PUBSUB.SHARDCHANNELS', ({ context }) => ({ N: context.server.channels.size('shards') })),
])

/** Commands whose letters are told. */
export const lettered: Iterable<string> = [...rules.keys()]

reckonWith((found, context, run) => {
  const letters = lettersOf(found, context)
  const { result, touched } = meter.measure(run)
  const reply = result instanceof Block ? null : result
  return { result, cost: { letters: typeof letters === 'function' ? letters({ reply, touched }) : letters, touched } }
})

/** Words that make no sense are told by the command itself, which has no cost then. */
function lettersOf(found: Command, context: Context): ReturnType<Rule> {
  const rule = rules.get(found.name)
  if (!rule) return {}
  try {
    return rule(new Before(found, context))
  } catch (error) {
    if (error instanceof RedisError) return {}
    throw error
  }
}
