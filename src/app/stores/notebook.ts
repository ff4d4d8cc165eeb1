// The page's notebook: what the worker keeps for us with the session. Plain JSON; what JSON cannot hold (bigint, inf,
// -0) is wrapped. A reply may be large and an entry never changes, so each entry is written out once.
import type { Reply } from '../../wire/reply.ts'
import type { Entry, SavedLane } from './console.ts'
import type { SavedKeyspace } from './keyspace.ts'
import type { Sizes, Stage } from './layout.ts'
import type { SavedLesson } from './lesson.ts'
import type { Source } from '../../lesson/guest.ts'

export interface Notebook {
  readonly lanes: readonly SavedLane[]
  readonly keyspace: SavedKeyspace | null
  readonly lesson: SavedLesson | null
  readonly panes: Readonly<Record<string, Sizes>>
  readonly active: string
  readonly shown?: readonly string[]
  readonly script?: string
  readonly stage?: Stage
  /** It is a playground, without a lesson. */
  readonly free?: boolean
  /** A teacher's files, where the lesson is one of theirs. */
  readonly files?: readonly Source[]
}

const version = 1
const mostEntries = 400
const mostCharacters = 400_000
const longEntry = 32_000
const mostLinesBack = 300

const written = new WeakMap<Entry, string>()

const wrap = (_: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return { $big: value.toString() }
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    return { $number: Object.is(value, -0) ? '-0' : String(value) }
  return value
}

const unwrap = (_: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if ('$big' in value) return BigInt(String(value.$big))
  if ('$number' in value) return Number(value.$number)
  return value
}

/** Told without writing it out: a reply that is too long to be kept, by the length of its strings. */
function isLong(reply: Reply): boolean {
  let room = longEntry
  const look = (part: Reply): boolean => {
    room -= typeof part === 'string' ? part.length + 2 : 2
    return room < 0 || (Array.isArray(part) && (part as readonly Reply[]).some(look))
  }
  return look(reply)
}

function entryText(entry: Entry): string {
  const known = written.get(entry)
  if (known !== undefined) return known
  const kept = typeof entry.remark === 'function' ? { ...entry, remark: undefined } : entry
  const whole = isLong(entry.reply ?? null) ? null : JSON.stringify(kept, wrap)
  const { reply: _, ...rest } = kept
  const text = whole === null || whole.length > longEntry ? JSON.stringify({ ...rest, remark: 'too-long' }) : whole
  written.set(entry, text)
  return text
}

function laneText(lane: SavedLane): string {
  const entries: string[] = []
  let room = mostCharacters
  for (const entry of lane.entries.slice(-mostEntries).toReversed()) {
    const text = entryText(entry)
    room -= text.length
    if (room < 0) break
    entries.push(text)
  }
  const { name, draft, title, lost, raw } = lane
  const history = lane.history.slice(-mostLinesBack)
  const rest = JSON.stringify({ name, draft, title, lost, ...(raw ? { raw } : {}), history })
  return `${rest.slice(0, -1)},"entries":[${entries.toReversed().join(',')}]}`
}

/** The notebook as text to be kept. */
export function writeNotebook({ lanes, ...rest }: Notebook): string {
  return `${JSON.stringify({ version, ...rest }, wrap).slice(0, -1)},"lanes":[${lanes.map(laneText).join(',')}]}`
}

/** What an earlier page wrote, or null where there is none, or none that this page understands. */
export function readNotebook(text: string | null): Notebook | null {
  if (text === null) return null
  try {
    const found = JSON.parse(text, unwrap) as Notebook & { version: number }
    return found.version === version && Array.isArray(found.lanes) ? found : null
  } catch {
    return null
  }
}
