// The notebook of a session that came in a file: what can be believed of it is taken, each piece looked at, and no more.
// Rows are not among it: a replay shows those that are true.
import { readNotebook, type Notebook } from '../stores/notebook.ts'
import { letters, type SavedLane } from '../stores/console.ts'

const mostText = 400_000
const mostLines = 500
const longestLine = 10_000

const textOf = (value: unknown, most: number): string => (typeof value === 'string' ? value.slice(0, most) : '')

type Loose = Readonly<Partial<Record<string, unknown>>>

function laneOf(value: unknown): SavedLane[] {
  const { name, draft, title, history, raw } = (value ?? {}) as Loose
  if (typeof name !== 'string' || !letters.includes(name)) return []
  const lines = Array.isArray(history) ? (history as unknown[]).filter((line) => typeof line === 'string') : []
  return [
    {
      name,
      draft: textOf(draft, longestLine),
      title: textOf(title, 24),
      history: lines.slice(-mostLines).map((line) => line.slice(0, longestLine)),
      entries: [],
      ...(raw === true ? { raw } : {}),
    },
  ]
}

/** Drafts, names, what was typed, and the script; null where it is no notebook. */
export function safeNotebook(text: string | null): Pick<Notebook, 'lanes' | 'script'> | null {
  const book = readNotebook(text)
  if (!book) return null
  const script = textOf(book.script, mostText)
  return { lanes: book.lanes.flatMap(laneOf), ...(script === '' ? {} : { script }) }
}
