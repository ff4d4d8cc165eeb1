// A line being typed, read without asking anybody: which command it names, which word stands at its end, and what is
// wrong with it already.
import type { CommandDoc } from '../../session/protocol.ts'
import { text, utf8, type Bytes } from '../../wire/bytes.ts'
import { split, words } from '../../wire/line.ts'
import { ownWords, startOf } from '../stores/cli.ts'
import { nearest } from './near.ts'

/** What the word at the line's end is. */
export type Place = 'command' | 'subcommand' | 'argument' | 'topic' | 'none'

export interface Reading {
  readonly line: string
  readonly place: Place
  /** The whole words before the one at the end. */
  readonly head: readonly Bytes[]
  /** The word at the end as it is typed, and where it begins; empty after a blank. */
  readonly partial: string
  readonly from: number
  /** All words; null where quotes are open. */
  readonly argv: readonly Bytes[] | null
  readonly doc: CommandDoc | null
  /** Words that its name takes. */
  readonly named: 0 | 1 | 2
}

export interface Catalog {
  readonly docs: readonly CommandDoc[]
  readonly byName: ReadonlyMap<string, CommandDoc>
  /** First words of names, each with its own document or (CONFIG) that of nobody. */
  readonly firsts: ReadonlyMap<string, CommandDoc | null>
  readonly containers: ReadonlySet<string>
}

export function catalogOf(docs: readonly CommandDoc[]): Catalog {
  const byName = new Map(docs.map((doc) => [doc.name, doc]))
  const names = docs.map(({ name }) => name.split(' ', 1)[0]!)
  const firsts = new Map(names.map((name) => [name, byName.get(name) ?? null]))
  const containers = new Set(docs.filter(({ name }) => name.includes(' ')).map(({ name }) => name.split(' ', 1)[0]!))
  return { docs, byName, firsts, containers }
}

export function read(line: string, catalog: Catalog): Reading {
  const start = startOf(line)
  const typed = line.slice(start)
  const partial = /\S*$/.exec(typed)![0]
  const from = line.length - partial.length
  const head = split(typed.slice(0, typed.length - partial.length))
  const argv = split(typed)
  const nothing = { line, partial, from, head: head ?? [], argv, doc: null, named: 0 } as const
  // Inside quotes nothing is offered; but the words are known when they are closed.
  const open = head === null || /["'\\]/.test(partial)
  const all = argv ?? head ?? []
  if (all.length === 0) return { ...nothing, place: head?.length === 0 ? 'command' : 'none' }
  const first = all[0]!.toUpperCase()
  if (first === 'HELP' || all[0] === '?') return { ...nothing, place: head?.length && !open ? 'topic' : 'none' }
  if (!open && head.length === 0) return { ...nothing, place: 'command', ...docOf(catalog, [first]) }
  const found = docOf(catalog, [first, all[1]?.toUpperCase()])
  const isSub = catalog.containers.has(first) && !open && head.length === 1
  return { ...nothing, place: open ? 'none' : isSub ? 'subcommand' : 'argument', ...found }
}

function docOf(
  { byName, containers }: Catalog,
  [first, second]: readonly (string | undefined)[],
): {
  doc: CommandDoc | null
  named: 0 | 1 | 2
} {
  const whole = second !== undefined && containers.has(first!) ? byName.get(`${first} ${second}`) : undefined
  if (whole) return { doc: whole, named: 2 }
  const single = byName.get(first!)
  return single && (second === undefined || !containers.has(first!))
    ? { doc: single, named: 1 }
    : { doc: null, named: 0 }
}

// ---------------------------------------------------------------- what is wrong already

/** What is told under the prompt before Enter. `fix` is the line with the slip mended. */
export type Warning =
  | { readonly kind: 'unknown'; readonly word: string; readonly near: string | null; readonly fix: string | null }
  | {
      readonly kind: 'unknown-sub'
      readonly container: string
      readonly word: string
      readonly near: string | null
      readonly fix: string | null
    }
  | { readonly kind: 'too-many'; readonly name: string }
  | { readonly kind: 'no-place'; readonly name: string; readonly word: string }
  | { readonly kind: 'wrong-type'; readonly key: Bytes; readonly held: string; readonly wanted: string }
  | { readonly kind: 'no-key'; readonly key: Bytes; readonly near: Bytes; readonly fix: string }

/** The line with its word of that number in another spelling. Numbers count from the command's name. */
export function mended(line: string, number: number, spelling: string): string {
  const start = startOf(line)
  const typed = utf8(line.slice(start))
  const word = words(typed)?.[number]
  if (!word) return line
  return (
    line.slice(0, start) + text(typed.slice(0, word.start) as Bytes) + spelling + text(typed.slice(word.end) as Bytes)
  )
}

/** The nearest command to a word that is none, in the case in which it was typed. */
export function nearCommand(word: string, catalog: Catalog): string | null {
  const found = nearest(word.toUpperCase(), catalog.firsts.keys())
  return found && inCaseOf(word, found)
}

export function nearSubcommand(container: string, word: string, catalog: Catalog): string | null {
  const names = [...catalog.byName.keys()].filter((name) => name.startsWith(`${container} `))
  const found = nearest(
    word.toUpperCase(),
    names.map((name) => name.slice(container.length + 1)),
  )
  return found && inCaseOf(word, found)
}

/** A name in capitals, as the person writes: small letters where only small ones were typed. */
export const inCaseOf = (typed: string, name: string) =>
  /[a-z]/.test(typed) && typed === typed.toLowerCase() ? name.toLowerCase() : name

/** What the line's own words show to be wrong; nothing, before the catalog is here. */
export function early(reading: Reading, catalog: Catalog): Warning | null {
  const { argv, line, doc } = reading
  const first = argv?.[0]
  const isHere = catalog.docs.length > 0
  if (!isHere || !argv || first === undefined || reading.place === 'topic') return null
  const name = first.toUpperCase()
  if (!catalog.firsts.has(name)) return unknown(reading, text(first), catalog)
  const second = argv[1]
  if (!doc && catalog.containers.has(name) && second !== undefined) {
    const word = text(second)
    const begins = [...catalog.byName.keys()].some((each) => each.startsWith(`${name} ${word.toUpperCase()}`))
    if (begins && reading.place === 'subcommand') return null
    const near = nearSubcommand(name, word, catalog)
    return { kind: 'unknown-sub', container: name, word, near, fix: near && mended(line, 1, near) }
  }
  if (doc && doc.arity > 0 && argv.length > doc.arity) return { kind: 'too-many', name: doc.name }
  return null
}

function unknown(reading: Reading, word: string, catalog: Catalog): Warning | null {
  if (ownWords.some((own) => own === word || (reading.place === 'command' && own.startsWith(word)))) return null
  const upper = word.toUpperCase()
  if (reading.place === 'command' && [...catalog.firsts.keys()].some((name) => name.startsWith(upper))) return null
  const near = nearCommand(word, catalog)
  return { kind: 'unknown', word, near, fix: near && mended(reading.line, 0, near) }
}
