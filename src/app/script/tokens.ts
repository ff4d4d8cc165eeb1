// What the parts of a script's line are, for colours: told by the catalog, so that a word has the colour of what it does.
import type { CommandDoc } from '../../session/protocol.ts'
import { startOf } from '../stores/cli.ts'
import type { Catalog } from '../typing/reading.ts'
import { expectationAt, isNote, laneOf } from './split.ts'

export type Kind = 'note' | 'expected' | 'lane' | 'command' | 'option' | 'string' | 'number' | 'word'

export interface Token {
  readonly from: number
  readonly kind: Kind
  /** The client that a lane is about. */
  readonly client?: string
}

const word = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s"']+/g

export function tokensOf(line: string, catalog: Catalog): readonly Token[] {
  if (isNote(line)) return [{ from: 0, kind: /^\s*# ?=>(?: |$)/.test(line) ? 'expected' : 'note' }]
  const { client, from } = laneOf(line)
  const end = expectationAt(line)
  const behind: readonly Token[] = end < 0 ? [] : [{ from: end, kind: 'expected' }]
  const lane: readonly Token[] = client === null ? [] : [{ from: line.indexOf(client), kind: 'lane', client }]
  return [...lane, ...commandTokens(line.slice(0, end < 0 ? undefined : end), from, catalog), ...behind]
}

function commandTokens(line: string, from: number, catalog: Catalog): Token[] {
  const start = from + startOf(line.slice(from))
  const words = [...line.slice(start).matchAll(word)].map(({ 0: text, index }) => ({ text, at: start + index }))
  const [first = '', second = ''] = words.map(({ text }) => text.toUpperCase())
  const isContainer = catalog.containers.has(first) && catalog.byName.has(`${first} ${second}`)
  const doc = catalog.byName.get(isContainer ? `${first} ${second}` : first) ?? null
  const named = isContainer ? 2 : catalog.firsts.has(first) ? 1 : 0
  const options = optionsOf(doc)
  const repeat: Token[] = start > from ? [{ from, kind: 'number' }] : []
  return repeat.concat(
    words.flatMap(({ text, at }, i): Token[] => {
      const kind = i < named ? 'command' : kindOf(text, options)
      return [
        { from: at, kind },
        { from: at + text.length, kind: 'word' },
      ]
    }),
  )
}

function kindOf(text: string, options: ReadonlySet<string>): Kind {
  if (/^["']/.test(text)) return 'string'
  if (options.has(text.toUpperCase())) return 'option'
  return /^[+-]?(?:\d+(?:\.\d+)?|inf)$/i.test(text) ? 'number' : 'word'
}

const known = new WeakMap<CommandDoc, ReadonlySet<string>>()

/** Words in capitals in a usage line have a meaning of their own. */
function optionsOf(doc: CommandDoc | null): ReadonlySet<string> {
  if (!doc) return new Set()
  const found = known.get(doc) ?? new Set(doc.usage.match(/\b[A-Z][A-Z0-9]*\b/g) ?? [])
  known.set(doc, found)
  return found
}
