// A command is one record; all else derives from it: how its words are read, its arity, where its keys stand, its usage
// line, COMMAND INFO and DOCS, completion and the page's docs. To add a command, add an element to a family.
import type { Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import type { ReplyWriter } from '../wire/resp.ts'
import type { Text } from '../wire/text.ts'
import { keysIn, parse, planOf, usage, type Arg, type ArgDoc, type Values } from './args.ts'
import type { Awaited, Client } from './client.ts'
import type { Database } from './database.ts'
import { ArityError, errors } from './errors.ts'
import type { Random } from './random.ts'
import type { Int } from './values/numbers.ts'
import type { Server } from './server.ts'

/** Flags by COMMAND's own words. */
export type Flag =
  | 'write'
  | 'readonly'
  | 'denyoom'
  | 'admin'
  | 'pubsub'
  | 'noscript'
  | 'blocking'
  | 'loading'
  | 'stale'
  | 'skip_monitor'
  | 'skip_slowlog'
  | 'fast'
  | 'no_auth'
  | 'may_replicate'
  | 'no_mandatory_keys'
  | 'no_async_loading'
  | 'no_multi'
  | 'allow_busy'
  | 'movablekeys'
  | 'asking'
  | 'protected'

export type Group =
  | 'bitmap'
  | 'cluster'
  | 'connection'
  | 'generic'
  | 'geo'
  | 'hash'
  | 'hyperloglog'
  | 'list'
  | 'pubsub'
  | 'scripting'
  | 'server'
  | 'set'
  | 'sorted-set'
  | 'stream'
  | 'string'
  | 'transactions'

/** What a handler works with. One instant (`now`, ms since 1970) for the whole unit. */
export interface Context {
  readonly db: Database
  readonly client: Client
  readonly server: Server
  readonly now: number
  readonly random: Random
  /** The command's words, its name first. */
  readonly argv: readonly Bytes[]
  /**
   * What a blocking command returns when it cannot answer yet: it will run again when one of `keys` holds a value of one
   * of `kinds`. `until` is the engine time at which it gives up with `otherwise` (null: never). Inside MULTI it is
   * `otherwise` at once.
   */
  block(on: {
    readonly keys: readonly Bytes[]
    readonly kind: Awaited
    readonly until: number | null
    readonly otherwise: Reply
  }): Reply | Block
  /**
   * Where the reply may be written instead of being returned (the handler then returns WRITTEN): for what a value holds as
   * bytes and a host wants as bytes. Null where somebody wants to see it, as in EXEC.
   */
  readonly out: ReplyWriter | null
  /** Says how this write goes to the AOF and to replicas where its own words would not give the same there. */
  propagate(...commands: readonly (readonly (Bytes | string | Int)[])[]): void
}

/** The answer "it is written where `out` was". */
export class Written {}
export const WRITTEN = new Written()

/** The answer "not yet". */
export class Block {
  readonly keys: readonly Bytes[]
  readonly kind: Awaited
  readonly until: number | null
  readonly otherwise: Reply
  constructor(on: { keys: readonly Bytes[]; kind: Awaited; until: number | null; otherwise: Reply }) {
    this.keys = on.keys
    this.kind = on.kind
    this.until = on.until
    this.otherwise = on.otherwise
  }
}

export interface Definition<A extends readonly Arg<object>[]> {
  /** Upper case; a subcommand has its container before it: 'CONFIG GET'. */
  readonly name: string
  readonly summary: Text
  readonly since: string
  readonly complexity: string
  readonly flags: readonly Flag[]
  readonly args: A
  /** Only where Redis differs from the derived one. */
  readonly arity?: number
  /** Runs even while the client is queueing: EXEC, DISCARD, MULTI, WATCH, QUIT, RESET. */
  readonly immediate?: true
  /** COMMAND's tips: request_policy, response_policy, nondeterministic_output … */
  readonly tips?: readonly string[]
  /** ACL categories that do not follow from group and flags. */
  readonly categories?: readonly string[]
  readonly run: (context: Context, values: Values<A>) => Reply | Block | Written
}

interface Inner {
  readonly at: number
  readonly step: number
}

export interface Command {
  readonly name: string
  /** Its name as error texts have it: config|get. */
  readonly shown: string
  readonly summary: Text
  readonly since: string
  readonly complexity: string
  readonly group: Group
  readonly flags: ReadonlySet<Flag>
  /** The two flags that are asked at each call. */
  readonly writes: boolean
  readonly reads: boolean
  readonly args: readonly Arg<object>[]
  readonly arity: number
  /** First key, last key, step: as COMMAND has them; 0, 0, 0 where a number in the arguments tells. */
  readonly keys: readonly [number, number, number]
  /** Where fields or members of its only key stand, and how far each is from the one before it. */
  readonly inner: Inner | null
  readonly immediate: boolean
  readonly tips: readonly string[]
  readonly categories: readonly string[]
  /** Words that its name takes: 1, or 2 for a subcommand. */
  readonly words: 1 | 2
  /** Its name as people write it: config get. */
  readonly spoken: string
  /** A number of its own, for tables of what each command did. */
  readonly id: number
  readonly usage: string
  /** Reads the arguments and runs it. Throws RedisError for what the user did wrong, before any write. */
  call(context: Context): Reply | Block | Written
  /** Where the keys of these words stand; throws where the words do not parse. */
  keysOf(argv: readonly Bytes[]): { readonly at: number; readonly access: string }[]
}

let defined = 0

/** Checks a definition's types; the family turns it into a Command. */
export function command<const A extends readonly Arg<object>[]>(definition: Definition<A>): (group: Group) => Command {
  const words = definition.name.includes(' ') ? 2 : 1
  const { args, name, run } = definition
  const plan = planOf(args, words)
  return (group) => ({
    name: definition.name,
    shown: errorName(definition.name),
    summary: definition.summary,
    since: definition.since,
    complexity: definition.complexity,
    group,
    flags: new Set(definition.flags),
    writes: definition.flags.includes('write'),
    reads: definition.flags.includes('readonly'),
    args,
    arity: definition.arity ?? arityOf(args, words),
    keys: keyRange(args, words),
    inner: innerOf(args, words),
    immediate: definition.immediate ?? false,
    tips: definition.tips ?? [],
    categories: definition.categories ?? [],
    words,
    spoken: definition.name.toLowerCase(),
    id: defined++,
    usage: usage(args),
    call(context) {
      let values: object
      try {
        values = parse(plan, context.argv)
      } catch (error) {
        throw refusal(error, name)
      }
      return run(context, values as Values<A>)
    },
    keysOf(argv) {
      return keysIn(plan, argv)
    },
  })
}

/** One family of commands, in the order of the docs. */
export const family = (group: Group, commands: readonly ((group: Group) => Command)[]): readonly Command[] =>
  commands.map((make) => make(group))

/** A command's name as error texts have it: config|get. */
export const errorName = (name: string) => name.toLowerCase().replace(' ', '|')

/** A wrong number of words, found while they were read, is told with the command's name. */
function refusal(error: unknown, name: string): unknown {
  return error instanceof ArityError ? errors.arity(errorName(name)) : error
}

const isInner = ({ name }: ArgDoc) => name === 'field' || name === 'member'

/** Where the argument behind a key is a field or a member, or many, or a block that has one. */
function innerOf([first, second]: readonly Arg<object>[], words: number): Inner | null {
  const doc = second?.docs.at(-1)
  if (!doc || first!.keys !== 'one' || second!.keys) return null
  const parts = doc.arguments ?? [doc]
  const place = parts.findIndex(isInner)
  return place < 0 ? null : { at: words + 1 + place, step: doc.multiple ? parts.length : Infinity }
}

function arityOf(args: readonly Arg<object>[], words: number): number {
  let min = words
  let exact = true
  for (const arg of args) {
    min += arg.min
    if (arg.max !== arg.min) exact = false
  }
  return exact ? min : -min
}

/** First key, last key, step. Keys of one command stand together in all commands but those that count them. */
function keyRange(args: readonly Arg<object>[], words: number): readonly [number, number, number] {
  let at = words
  let first = 0
  let last = 0
  for (const [i, arg] of args.entries()) {
    if (arg.keys === 'counted') return first ? [first, last, 1] : [0, 0, 0]
    if (arg.keys === 'one') {
      first ||= at
      last = at
    } else if (arg.keys === 'many' || arg.keys === 'pairs') {
      const after = args.slice(i + 1).reduce((sum, next) => sum + next.min, 0)
      return [first || at, -1 - after, arg.keys === 'pairs' ? 2 : 1]
    }
    if (arg.max !== arg.min) break
    at += arg.min
  }
  return first ? [first, last, 1] : [0, 0, 0]
}
