// What only the server knows about a line being typed: the grammar of its command, which of its words are keys and what
// is done with them, what those keys hold, which keys there are. All by peek, which disturbs nothing, and by pages.
import type { CommandDoc, Kind } from '../../session/protocol.ts'
import { latin, text, utf8, type Bytes } from '../../wire/bytes.ts'
import { isError, type Reply } from '../../wire/reply.ts'
import { firsts, onward, word, words, argsOf, type Arg } from './grammar.ts'
import { nearest } from './near.ts'
import { mended, type Reading, type Warning } from './reading.ts'

/** Asks a read-only command on the client's database. */
export type Peek = (...argv: readonly (Bytes | string)[]) => Promise<Reply>

const kinds: Readonly<Record<string, readonly Kind[]>> = {
  string: ['string'],
  bitmap: ['string'],
  hyperloglog: ['string'],
  list: ['list'],
  set: ['set'],
  'sorted-set': ['zset'],
  geo: ['zset'],
  hash: ['hash'],
  stream: ['stream'],
}

/** The types that a command can work with; null: any. */
export function kindsOf({ name, group }: CommandDoc): readonly Kind[] | null {
  if (/^SORT(_RO)?$/.test(name)) return ['list', 'set', 'zset']
  if (/^Z(UNION|INTER|DIFF)/.test(name)) return ['zset', 'set']
  return kinds[group] ?? null
}

/** A word that is a key, and what the command does with it, in the words of COMMAND's key specs. */
export interface KeyUse {
  readonly key: Bytes
  readonly access: readonly string[]
}

/** What is put in for words still to come. */
const filler = latin('1')
/** Stands for the word at the line's end while the others are asked for. */
const here = latin('\x01here\x01')

/** The keys among these words, also where some words are still missing. */
export async function keysIn(peek: Peek, doc: CommandDoc, argv: readonly Bytes[]): Promise<readonly KeyUse[]> {
  if (doc.group === 'server' || doc.group === 'connection' || doc.flags.includes('pubsub')) return []
  const least = Math.abs(doc.arity)
  const whole = [...argv, ...Array.from<Bytes>({ length: Math.max(0, least - argv.length) }).fill(filler)]
  const found = await peek('COMMAND', 'GETKEYSANDFLAGS', ...whole)
  if (!Array.isArray(found)) return []
  const uses = (found as readonly Reply[]).flatMap((pair) => {
    const [key, access] = Array.isArray(pair) ? (pair as readonly Reply[]) : []
    return typeof key === 'string' ? [{ key, access: words(access) }] : []
  })
  // Words that were put in come last, and are no keys of the person's.
  return whole.length === argv.length ? uses : uses.filter(({ key }) => argv.includes(key))
}

/** The grammar of a command. */
export async function grammarOf(peek: Peek, name: string): Promise<readonly Arg[]> {
  const docs = await peek('COMMAND', 'DOCS', name.toLowerCase().replace(' ', '|'))
  return isError(docs) ? [] : argsOf(docs)
}

// ---------------------------------------------------------------- keys that there are

const page = 2000
const mostPages = 10
const mostKeys = 50

const escaped = (key: Bytes) => key.replaceAll(/[*?[\]\\^-]/g, String.raw`\$&`) as Bytes

/** Goes through the keys, or the elements of one, by pages; `take` says whether it has seen enough, `goes` whether anybody still asks. */
async function pages(
  peek: Peek,
  scan: readonly [name: string, ...key: Bytes[]],
  rest: readonly (Bytes | string)[],
  goes: () => boolean,
  take: (found: readonly Bytes[]) => boolean,
): Promise<void> {
  let cursor: Bytes | string = '0'
  for (let i = 0; i < mostPages && goes(); i++) {
    const found: Reply = await peek(...scan, cursor, ...rest, 'COUNT', String(page))
    if (!Array.isArray(found)) return
    const [next, keys] = found as readonly Reply[]
    const enough = take(Array.isArray(keys) ? (keys as readonly Bytes[]) : [])
    cursor = word(next) ?? '0'
    if (cursor === '0' || enough) return
  }
}

const byName = (a: Bytes, b: Bytes) => {
  const [x, y] = [text(a), text(b)]
  return x.localeCompare(y, 'en', { numeric: true }) || (x < y ? -1 : 1)
}

/** Keys that begin like this, of these types. */
export async function keysLike(
  peek: Peek,
  begin: Bytes,
  wanted: readonly Kind[] | null,
  goes: () => boolean,
): Promise<readonly Bytes[]> {
  const found = new Set<Bytes>()
  const type = wanted?.length === 1 ? ['TYPE', wanted[0]!] : []
  await pages(peek, ['SCAN'], ['MATCH', `${escaped(begin)}*`, ...type], goes, (keys) => {
    for (const key of keys) found.add(key)
    return found.size >= mostKeys
  })
  return [...found].toSorted(byName).slice(0, mostKeys)
}

/** What a hash, a set or a sorted set is asked for, by the name that its elements have in usage lines. */
const scans: Readonly<
  Record<string, { readonly named: string; readonly scan: string; readonly more: readonly string[] }>
> = {
  hash: { named: 'field', scan: 'HSCAN', more: ['NOVALUES'] },
  set: { named: 'member', scan: 'SSCAN', more: [] },
  'sorted-set': { named: 'member', scan: 'ZSCAN', more: [] },
}

/** Whether a word of this name is an element that the command's key may hold already. SADD has no use for these. */
export const takesElement = ({ group, name }: CommandDoc, names: readonly string[]): boolean =>
  name !== 'SADD' && names.includes(scans[group]?.named ?? '')

/** Fields or members of a key that begin like this. */
export async function elementsLike(
  peek: Peek,
  { group }: CommandDoc,
  key: Bytes,
  begin: Bytes,
  goes: () => boolean,
): Promise<readonly Bytes[]> {
  const { scan, more } = scans[group]!
  const found = new Set<Bytes>()
  await pages(peek, [scan, key], ['MATCH', `${escaped(begin)}*`, ...more], goes, (elements) => {
    // With ZSCAN scores stand between the members.
    for (const [i, element] of elements.entries()) if (scan !== 'ZSCAN' || i % 2 === 0) found.add(element)
    return found.size >= mostKeys
  })
  return [...found].toSorted(byName).slice(0, mostKeys)
}

/** Keys whose name has these letters in it somewhere. */
export async function keysWith(peek: Peek, part: Bytes, goes: () => boolean): Promise<readonly Bytes[]> {
  const found = new Set<Bytes>()
  await pages(peek, ['SCAN'], ['MATCH', `*${escaped(part)}*`], goes, (keys) => {
    for (const key of keys) found.add(key)
    return found.size >= mostKeys
  })
  return [...found].toSorted(byName).slice(0, mostKeys)
}

async function nearKey(peek: Peek, key: Bytes, wanted: readonly Kind[] | null, goes: () => boolean) {
  let best: string | null = null
  const type = wanted?.length === 1 ? ['TYPE', wanted[0]!] : []
  await pages(peek, ['SCAN'], type, goes, (keys) => {
    best = nearest(text(key), [...(best === null ? [] : [best]), ...keys.map(text)])
    return false
  })
  return best === null ? null : utf8(best)
}

// ---------------------------------------------------------------- what is wrong

const reads = (access: readonly string[]) => access.includes('RO') || access.includes('RM') || takesOnly(access)
const takesOnly = (access: readonly string[]) =>
  access.includes('RW') && access.includes('delete') && !access.includes('insert') && !access.includes('update')

/** A key that holds another type than the command works with. */
export async function wrongType(peek: Peek, doc: CommandDoc, uses: readonly KeyUse[]): Promise<Warning | null> {
  const wanted = kindsOf(doc)
  // MGET calls what is no string nil.
  if (!wanted || doc.name === 'MGET') return null
  const asked = uses.filter(({ access }) => !access.includes('OW') && !access.includes('RM')).slice(0, 16)
  const held = await Promise.all(asked.map(({ key }) => peek('TYPE', key)))
  for (const [i, { key, access }] of asked.entries()) {
    const type = word(held[i])
    // Where what is to be moved is not there, nobody looks at the place it would go to.
    if (type === 'none' && takesOnly(access)) return null
    if (type !== null && type !== 'none' && !wanted.includes(type as Kind))
      return { kind: 'wrong-type', key, held: type, wanted: wanted[0]! }
  }
  return null
}

/** A key that is only read and is not there, where another has nearly its name. */
export async function missing(
  peek: Peek,
  reading: Reading,
  uses: readonly KeyUse[],
  typedOut: (key: Bytes) => boolean,
  goes: () => boolean,
): Promise<Warning | null> {
  const { doc, argv, line } = reading
  if (!doc || !argv) return null
  for (const { key, access } of uses.slice(0, 16)) {
    if (!reads(access) || !typedOut(key)) continue
    if (word(await peek('TYPE', key)) !== 'none') continue
    const near = await nearKey(peek, key, kindsOf(doc), goes)
    if (near !== null) return { kind: 'no-key', key, near, fix: mended(line, argv.indexOf(key), text(near)) }
  }
  return null
}

/** All words with a meaning of their own in a grammar. */
const tokensIn = (args: readonly Arg[]): ReadonlySet<string> =>
  new Set(args.flatMap((arg) => [...(arg.token === null ? [] : [arg.token]), ...tokensIn(arg.inner)]))

/** A word that its command has no place for. */
export function misplaced(reading: Reading, args: readonly Arg[]): Warning | null {
  const { doc, argv, named, place, partial } = reading
  if (!doc || !argv || args.length === 0) return null
  const typed = argv.slice(named).map(text)
  let left = args
  for (const [i, each] of typed.entries()) {
    const next = onward(left, each)
    if (next) {
      left = next
      continue
    }
    // An option given twice is taken by some commands, and the last one counts.
    if (tokensIn(args).has(each.toUpperCase()) || tokensIn(args).has(typed[i - 1]?.toUpperCase() ?? '')) return null
    // The word at the end may still become an option.
    const isEnd = i === typed.length - 1 && place === 'argument' && partial !== ''
    if (isEnd && firsts(left).tokens.some((token) => token.startsWith(each.toUpperCase()))) return null
    return { kind: 'no-place', name: doc.name, word: each }
  }
  return null
}

/** What the word at the end is, as the command takes it: a key, and what is done with it; null where it is none. */
export async function useHere(peek: Peek, reading: Reading): Promise<KeyUse | null> {
  if (!reading.doc) return null
  const uses = await keysIn(peek, reading.doc, [...reading.head, here])
  return uses.find(({ key }) => key === here) ?? null
}
