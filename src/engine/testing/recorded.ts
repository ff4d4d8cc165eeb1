// The commands of redis-server 8.0.2 as it tells them itself, recorded, and how ours compare.
import told from '../../conformance/oracle/commands-8.0.2.jsonl?raw'
import type { ArgDoc } from '../args.ts'
import { catalog } from '../catalog.ts'
import type { Command } from '../command.ts'
import { errorName } from '../command.ts'
import { categoriesOf, keySpecsOf } from '../introspect.ts'

interface RecordedArg {
  readonly name: string
  readonly type: string
  readonly token?: string
  readonly display_text?: string
  readonly flags?: readonly string[]
  readonly arguments?: readonly RecordedArg[]
}

export interface Recorded {
  readonly name: string
  readonly arity: number
  readonly flags: readonly string[]
  readonly keys: readonly number[]
  readonly acl: readonly string[]
  readonly tips: readonly string[]
  readonly key_specs: readonly RecordedSpec[]
  readonly group: string
  readonly since?: string
  readonly complexity?: string
  readonly arguments?: readonly RecordedArg[]
  readonly subcommands?: readonly Recorded[]
}

interface RecordedSpec {
  readonly flags: readonly string[]
  readonly begin_search: { readonly type: string; readonly spec: { readonly index?: number } }
  readonly find_keys: {
    readonly type: string
    readonly spec: { readonly lastkey?: number; readonly keystep?: number }
  }
}

/** Every command and subcommand of the server, by its name (config|get). */
export function recorded(): Map<string, Recorded> {
  const rows = told
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded)
  return new Map(rows.flatMap((row) => [row, ...(row.subcommands ?? [])]).map((row) => [row.name, row]))
}

// One argument in one line of text, so that a difference can be read.
const marks = (optional: boolean, multiple: boolean, multipleToken: boolean) =>
  (optional ? '?' : '') + (multiple ? '*' : '') + (multipleToken ? '+' : '')

function theirArg(arg: RecordedArg): string {
  const has = (flag: string) => arg.flags?.includes(flag) ?? false
  const shown = arg.display_text && arg.display_text !== arg.name ? `=${arg.display_text}` : ''
  const inner = arg.arguments ? `(${arg.arguments.map(theirArg).join(' ')})` : ''
  const token = arg.token === undefined ? '' : `${arg.token}:`
  return `${token}${arg.name}${shown}/${arg.type}${marks(has('optional'), has('multiple'), has('multiple_token'))}${inner}`
}

/** Our argument beside theirs: a group of options that we gave no name has theirs. */
function ourArg(arg: ArgDoc, theirs: RecordedArg | undefined): string {
  const name = arg.type === 'oneof' && arg.name === 'option' && theirs?.type === 'oneof' ? theirs.name : arg.name
  const shown = arg.display && arg.display !== name ? `=${arg.display}` : ''
  const inner = arg.arguments ? `(${arg.arguments.map((one, i) => ourArg(one, theirs?.arguments?.[i])).join(' ')})` : ''
  const token = arg.token === undefined ? '' : `${arg.token}:`
  return `${token}${name}${shown}/${arg.type}${marks(arg.optional ?? false, arg.multiple ?? false, arg.multipleToken ?? false)}${inner}`
}

const sorted = (words: Iterable<string>) => [...words].toSorted().join(' ')

function theirSpec({ flags, begin_search: begin, find_keys: find }: RecordedSpec): string {
  const range = find.type === 'range' ? `${find.spec.lastkey} ${find.spec.keystep}` : ''
  if (begin.type === 'unknown') return `${sorted(flags)} unknown`
  return `${sorted(flags)} ${begin.type} ${begin.spec.index} ${find.type} ${range}`.trim()
}

const ourSpecs = (command: Command) =>
  keySpecsOf(command).map(({ flags, index, find }) =>
    index === null
      ? `${sorted(flags)} unknown`
      : `${sorted(flags)} index ${index} ${find.type} ${find.type === 'range' ? `${find.last} ${find.step}` : ''}`.trim(),
  )

/** Where a command of ours differs from the server's: one line for each fact. */
export function deviations(command: Command, theirs: Recorded): string[] {
  const docs = command.args.flatMap((arg) => arg.docs)
  const facts: readonly (readonly [string, string, string])[] = [
    ['arity', String(command.arity), String(theirs.arity)],
    ['flags', sorted(command.flags), sorted(theirs.flags)],
    ['keys', command.keys.join(' '), theirs.keys.join(' ')],
    ['categories', sorted(categoriesOf(command)), sorted(theirs.acl)],
    ['tips', sorted(command.tips), sorted(theirs.tips)],
    ['group', command.group, theirs.group],
    ['since', command.since, theirs.since ?? ''],
    ['complexity', command.complexity, theirs.complexity ?? ''],
    ['key specs', ourSpecs(command).join(', '), theirs.key_specs.map(theirSpec).join(', ')],
    [
      'arguments',
      docs.map((doc, i) => ourArg(doc, theirs.arguments?.[i])).join(' '),
      (theirs.arguments ?? []).map(theirArg).join(' '),
    ],
  ]
  return facts
    .filter(([, ours, wanted]) => ours !== wanted)
    .map(([fact, ours, wanted]) => `${errorName(command.name)} ${fact}: ${ours} | server: ${wanted}`)
}

/** What the server has and we do not, by its groups; commands of modules left out. */
export function missing(): string[] {
  const ours = new Set(catalog.map(({ name }) => errorName(name)))
  return [...recorded().values()]
    .filter(({ name, group, subcommands }) => !ours.has(name) && group !== 'module' && !subcommands)
    .map(({ name, group }) => `${group}: ${name}`)
    .toSorted()
}
