// Which rows of the consoles have to do with a key: by the places where their command has its keys.
import type { CommandDoc } from '../../session/protocol.ts'
import type { Bytes } from '../../wire/bytes.ts'
import { split } from '../../wire/line.ts'
import type { Entry, Lane } from './console.ts'

export interface Touch {
  readonly client: string
  readonly seq: number
  readonly line: string
}

const parsed = new WeakMap<Entry, readonly Bytes[]>()

function wordsOf(entry: Entry): readonly Bytes[] {
  let words = parsed.get(entry)
  if (!words) parsed.set(entry, (words = split(entry.line) ?? []))
  return words
}

/** The keys that a command names, where the catalog tells their places. */
export function keysOf(argv: readonly Bytes[], catalog: ReadonlyMap<string, CommandDoc>): readonly Bytes[] {
  const name = argv[0]?.toUpperCase() ?? ''
  const doc = catalog.get(`${name} ${argv[1]?.toUpperCase() ?? ''}`) ?? catalog.get(name)
  if (!doc) return []
  const [first, last, step] = doc.keys
  // Keys behind a number of keys, or behind a word: whatever word is the same is taken for it.
  if (doc.flags.includes('movablekeys')) return argv.slice(1)
  if (first <= 0) return []
  const end = last < 0 ? argv.length + last : last
  return argv.filter((_, i) => i >= first && i <= end && (i - first) % Math.max(1, step) === 0)
}

/** Commands that named the key, the newest first. What was taken back or lost is not among them. */
export function touches(lanes: readonly Lane[], catalog: readonly CommandDoc[], db: number, key: Bytes): Touch[] {
  const byName = new Map(catalog.map((doc) => [doc.name, doc]))
  const found: Touch[] = []
  for (const { name, entries } of lanes)
    for (const entry of entries) {
      if (entry.seq === null || entry.fate) continue
      if (Number(/\[(\d+)\]/.exec(entry.prompt)?.[1] ?? 0) !== db) continue
      if (keysOf(wordsOf(entry), byName).includes(key)) found.push({ client: name, seq: entry.seq, line: entry.line })
    }
  return found.sort((a, b) => b.seq - a.seq)
}
