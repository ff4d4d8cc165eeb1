// What COMMAND says of a command, all of it derived from its record: ACL categories, key specs, subcommands, documents.
import { latin, type Bytes } from '../wire/bytes.ts'
import { map, setOf, status, type Reply } from '../wire/reply.ts'
import type { Arg, ArgDoc } from './args.ts'
import { catalog } from './catalog.ts'
import { errorName, type Command, type Flag, type Group } from './command.ts'
import { containers, type Container } from './containers.ts'

/** A command as COMMAND tells it: one of ours, or a container of subcommands. */
export interface Described {
  /** Lower case; a subcommand as config|get. */
  readonly name: string
  readonly arity: number
  readonly flags: readonly Flag[]
  readonly keys: readonly [number, number, number]
  readonly categories: readonly string[]
  readonly tips: readonly string[]
  readonly specs: readonly KeySpec[]
  readonly summary: string
  readonly since: string
  readonly group: Group
  readonly complexity: string
  readonly args: readonly ArgDoc[]
  readonly subcommands: readonly Described[]
}

/** Where keys stand, and what is done with them. */
export interface KeySpec {
  readonly flags: readonly string[]
  /** The word at which the search begins; null where no position tells. */
  readonly index: number | null
  readonly find:
    | { readonly type: 'range'; readonly last: number; readonly step: number }
    | { readonly type: 'keynum' | 'unknown' }
}

const groupCategory: Partial<Record<Group, string>> = {
  bitmap: '@bitmap',
  connection: '@connection',
  geo: '@geo',
  hash: '@hash',
  hyperloglog: '@hyperloglog',
  list: '@list',
  pubsub: '@pubsub',
  scripting: '@scripting',
  set: '@set',
  'sorted-set': '@sortedset',
  stream: '@stream',
  string: '@string',
  transactions: '@transaction',
}

/** The server's order of categories. */
const categoryOrder = [
  '@keyspace',
  '@read',
  '@write',
  '@set',
  '@sortedset',
  '@list',
  '@hash',
  '@string',
  '@bitmap',
  '@hyperloglog',
  '@geo',
  '@stream',
  '@pubsub',
  '@admin',
  '@fast',
  '@slow',
  '@blocking',
  '@dangerous',
  '@connection',
  '@transaction',
  '@scripting',
]

/** ACL categories: from flags and group, and those that the record adds. */
export function categoriesOf({ flags, group, name, categories }: Command): string[] {
  const own = new Set(categories)
  const flag = (one: Flag, ...added: string[]) => {
    if (flags.has(one)) for (const category of added) own.add(category)
  }
  flag('write', '@write')
  if (group !== 'scripting') flag('readonly', '@read')
  flag('admin', '@admin', '@dangerous')
  flag('pubsub', '@pubsub')
  flag('fast', '@fast')
  flag('blocking', '@blocking')
  if (!flags.has('fast')) own.add('@slow')
  const ofGroup = groupCategory[group]
  if (ofGroup && !name.endsWith(' HELP')) own.add(ofGroup)
  const ofTypes = categories.some((category) => Object.values(groupCategory).includes(category))
  if (group === 'generic' && !ofTypes && (flags.has('write') || flags.has('readonly') || name.endsWith(' HELP')))
    own.add('@keyspace')
  return categoryOrder.filter((category) => own.has(category))
}

/** Commands of which an option tells what they do with their key. */
const variable: ReadonlySet<string> = new Set(['SET', 'BITFIELD'])

/** Where a command's keys stand, from its arguments. Neighbours that are used alike are one range. */
export function keySpecsOf({ name, args, words }: Command): KeySpec[] {
  const specs: KeySpec[] = []
  let at: number | null = words
  for (const [i, arg] of args.entries()) {
    const flags = [...(arg.access?.split(' ') ?? []), ...(variable.has(name) ? ['variable_flags'] : [])]
    if (at !== null && arg.keys === 'counted') specs.push({ flags, index: at, find: { type: 'keynum' } })
    else if (at !== null && arg.keys) {
      const last = specs.at(-1)
      if (arg.keys === 'one' && args[i - 1]?.access === arg.access && last?.find.type === 'range')
        specs[specs.length - 1] = { ...last, find: { ...last.find, last: last.find.last + 1 } }
      else specs.push({ flags, index: at, find: rangeOf(arg, args.slice(i + 1)) })
    }
    for (const access of arg.hidden ?? [])
      specs.push({ flags: access.split(' '), index: null, find: { type: 'unknown' } })
    at = at === null || arg.max !== arg.min ? null : at + arg.min
  }
  return specs
}

function rangeOf({ keys }: Arg<object>, after: readonly Arg<object>[]): KeySpec['find'] {
  const last = keys === 'one' ? 0 : -1 - after.reduce((sum, { min }) => sum + min, 0)
  return { type: 'range', last, step: keys === 'pairs' ? 2 : 1 }
}

function describe(command: Command, subcommands: readonly Described[]): Described {
  return {
    ...command,
    name: errorName(command.name),
    flags: [...command.flags],
    categories: categoriesOf(command),
    specs: keySpecsOf(command),
    summary: command.summary.en,
    args: command.args.flatMap(({ docs }) => docs),
    subcommands,
  }
}

const describeContainer = (container: Container, subcommands: readonly Described[]): Described => ({
  ...container,
  arity: -2,
  flags: [],
  keys: [0, 0, 0],
  categories: ['@slow'],
  tips: [],
  specs: [],
  complexity: 'Depends on subcommand.',
  args: [],
  subcommands,
})

function build(): Map<string, Described> {
  const subs = new Map<string, Described[]>()
  for (const one of catalog)
    if (one.words === 2) {
      const name = one.name.split(' ')[0]!.toLowerCase()
      subs.set(name, [...(subs.get(name) ?? []), describe(one, [])])
    }
  const found = new Map<string, Described>()
  for (const one of catalog) {
    const name = one.name.toLowerCase()
    if (one.words === 1) found.set(name, describe(one, subs.get(name) ?? []))
  }
  for (const [name, subcommands] of subs)
    if (!found.has(name)) found.set(name, describeContainer({ name, ...containers[name]! }, subcommands))
  return found
}

let table: Map<string, Described> | null = null

/** Every command that is not a subcommand, by lower-case name. */
export function described(): ReadonlyMap<string, Described> {
  table ??= build()
  return table
}

/** A command or subcommand (config|get) by its name in any case. */
export function describedAs(name: Bytes): Described | undefined {
  const [container, ...rest] = name.toLowerCase().split('|')
  const found = described().get(container!)
  if (rest.length === 0) return found
  return found?.subcommands.find((sub) => sub.name === name.toLowerCase())
}

// ------------------------------------------------------------------ replies

const bulk = (text: string): Reply => latin(text)
const pair = (name: string, value: Reply): readonly [Reply, Reply] => [bulk(name), value]

function specReply({ flags, index, find }: KeySpec): Reply {
  const spec =
    find.type === 'range'
      ? map([pair('lastkey', find.last), pair('keystep', find.step), pair('limit', 0)])
      : map(find.type === 'keynum' ? [pair('keynumidx', 0), pair('firstkey', 1), pair('keystep', 1)] : [])
  const begin = index === null ? [] : [pair('index', index)]
  return map([
    pair('flags', setOf(flags.map(status))),
    pair('begin_search', map([pair('type', bulk(index === null ? 'unknown' : 'index')), pair('spec', map(begin))])),
    pair('find_keys', map([pair('type', bulk(find.type)), pair('spec', spec)])),
  ])
}

/** One element of COMMAND and COMMAND INFO. */
export const infoReply = (one: Described): Reply => [
  bulk(one.name),
  one.arity,
  setOf(one.flags.map(status)),
  ...one.keys,
  setOf(one.categories.map(status)),
  setOf(one.tips.map(bulk)),
  setOf(one.specs.map(specReply)),
  setOf(one.subcommands.map(infoReply)),
]

/** One command of COMMAND DOCS. */
export function docsReply(one: Described): Reply {
  const specIndex = { next: 0 }
  return map([
    pair('summary', bulk(one.summary)),
    pair('since', bulk(one.since)),
    pair('group', bulk(one.group)),
    pair('complexity', bulk(one.complexity)),
    ...(one.args.length > 0
      ? [
          pair(
            'arguments',
            one.args.map((arg) => argReply(arg, specIndex)),
          ),
        ]
      : []),
    ...(one.subcommands.length > 0
      ? [pair('subcommands', map(one.subcommands.map((sub) => pair(sub.name, docsReply(sub)))))]
      : []),
  ])
}

function argReply(arg: ArgDoc, specs: { next: number }): Reply {
  const flags = [
    ...(arg.optional ? ['optional'] : []),
    ...(arg.multiple ? ['multiple'] : []),
    ...(arg.multipleToken ? ['multiple_token'] : []),
  ]
  return map([
    pair('name', bulk(arg.name)),
    pair('type', bulk(arg.type)),
    ...(arg.arguments ? [] : [pair('display_text', bulk(arg.display ?? arg.name))]),
    ...(arg.type === 'key' ? [pair('key_spec_index', specs.next++)] : []),
    ...(arg.token === undefined ? [] : [pair('token', bulk(arg.token))]),
    ...(flags.length > 0 ? [pair('flags', flags.map(status))] : []),
    ...(arg.arguments
      ? [
          pair(
            'arguments',
            arg.arguments.map((inner) => argReply(inner, specs)),
          ),
        ]
      : []),
  ])
}
