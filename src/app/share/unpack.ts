// What has come in: read, tried in the worker, and told; then opened as a session of its own.
import type { Brought, ReplayedRow } from '../../session/protocol.ts'
import { text } from '../../wire/bytes.ts'
import { join } from '../../wire/line.ts'
import type { Cargo, LessonMark } from '../../share/cargo.ts'
import { isSession, SESSION_MOST } from '../../share/session-file.ts'
import { readFile, readLink } from '../../share/link.ts'
import { letters, promptOf, type Entry, type SavedLane } from '../stores/console.ts'
import type { Arrived } from '../stores/layout.ts'
import type { Stores } from '../stores/index.ts'
import type { Notebook } from '../stores/notebook.ts'
import { safeNotebook } from './notebook.ts'
import { build } from './pack.ts'
import type { Broken } from './words.ts'

/** A whole session in a file: only the worker looks into it. */
export interface WholeSession {
  readonly kind: 'session'
  readonly file: Uint8Array
  readonly name: string
  readonly mark?: undefined
}

/** What a card tells before anything is opened. */
export interface Found {
  readonly cargo: Cargo | WholeSession
  readonly commands: number
  readonly keys: number
  readonly differs: boolean
  readonly otherBuild: boolean
}

export const isBroken = (found: Found | Broken): found is Broken => typeof found === 'string'

/** Bytes that a file may have, but for a whole session. */
export const LARGEST_FILE = 32 * 1024 * 1024

/** True for what begins as a server's dump.rdb does, and for what is named like one; but nothing that was saved here does. */
export async function isSnapshot(file: File): Promise<boolean> {
  const head = String.fromCharCode(...new Uint8Array(await file.slice(0, 6).arrayBuffer()))
  return head !== 'REDISC' && (head.startsWith('REDIS') || /\.rdb$/i.test(file.name))
}

async function read(arrived: Arrived): Promise<Cargo | WholeSession | Broken> {
  if (typeof arrived === 'string') return readLink(arrived)
  if (isSession(new Uint8Array(await arrived.slice(0, 32).arrayBuffer()))) {
    if (arrived.size > SESSION_MOST) return 'too-large'
    return { kind: 'session', file: new Uint8Array(await arrived.arrayBuffer()), name: '' }
  }
  if (arrived.size > LARGEST_FILE) return 'too-large'
  const cargo = await readFile(new Uint8Array(await arrived.arrayBuffer()))
  return cargo === 'no-link' ? 'no-file' : cargo
}

const broughtBy = (cargo: Extract<Cargo, { kind: 'log' | 'image' }> | WholeSession): Brought => {
  if (cargo.kind === 'session') return { kind: 'file', file: cargo.file }
  const { digest } = cargo
  if (cargo.kind === 'image') return { kind: 'image', image: cargo.image, digest }
  const { seed, began, inputs } = cargo
  return { kind: 'log', seed, began, inputs, digest }
}

/** Rejects only where the worker died of it. */
export async function look(stores: Stores, arrived: Arrived): Promise<Found | Broken> {
  const cargo = await read(arrived)
  if (typeof cargo === 'string') return cargo
  const facts = { cargo, commands: 0, keys: 0, differs: false, otherBuild: false }
  if (cargo.kind === 'script') return facts
  if (cargo.kind === 'lesson') return listed(stores, cargo.mark) ? facts : 'no-lesson'
  const tried = await stores.bring(broughtBy(cargo), null)
  if (typeof tried === 'string') return tried
  const { keys, commands, differs, name = '' } = tried
  if (cargo.kind === 'session')
    return { cargo: { ...cargo, name }, keys, commands, differs, otherBuild: tried.build !== build }
  return { cargo, keys, commands, differs, otherBuild: cargo.build !== build }
}

export const listed = (stores: Stores, mark: LessonMark) => stores.lessons.library.find(({ id }) => id === mark.lesson)

/** The number of a mark's step; the first one, where the lesson has changed since. */
async function stepOf(stores: Stores, mark: LessonMark): Promise<number> {
  const { language } = stores.layout.getState()
  const lesson = await listed(stores, mark)?.load(language)
  return Math.max(0, lesson?.steps.findIndex(({ id }) => id === mark.step) ?? 0)
}

/** Of a session in which nothing was typed yet. */
export const blank: Notebook = { lanes: [], keyspace: null, lesson: null, panes: {}, active: 'A', free: true }

/** Opens it as a new session. Returns what is wrong, if that shows only now. */
export async function openNew(stores: Stores, { cargo }: Found): Promise<Broken | null> {
  if (cargo.kind === 'script') {
    await stores.settle({ session: null, book: { ...blank, script: cargo.script, stage: 'script' } })
    return null
  }
  if (cargo.kind === 'lesson') {
    const { mark } = cargo
    const step = await stepOf(stores, mark)
    await stores.settle({ session: null, lesson: mark.lesson })
    if (step > 0) stores.lesson.getState().go(step)
    return null
  }
  const kept = await stores.bring(broughtBy(cargo), cargo.name)
  if (typeof kept === 'string') return kept
  const { mark } = cargo
  const isHere = mark !== undefined && listed(stores, mark) !== undefined
  const place = isHere && { lesson: mark.lesson, step: await stepOf(stores, mark), passed: {}, shown: [], done: [] }
  const lesson = place ? { place: { ...place, hints: 0 }, closed: false } : null
  const own = kept.notebook === undefined ? null : safeNotebook(kept.notebook)
  const book = { ...blank, lesson, free: lesson === null, ...own, lanes: withOwn(lanesOf(kept.rows), own?.lanes ?? []) }
  await stores.settle({ session: kept.session, book })
  return null
}

/** Rows are those of the replay; what was typed and named comes from the notebook. */
function withOwn(played: readonly SavedLane[], kept: readonly SavedLane[]): SavedLane[] {
  const names = letters.filter((name) => [...played, ...kept].some((lane) => lane.name === name))
  return names.map((name) => {
    const rows = played.find((lane) => lane.name === name) ?? { name, entries: [], history: [], draft: '' }
    const own = kept.find((lane) => lane.name === name)
    return own ? { ...rows, ...own, entries: rows.entries } : rows
  })
}

/** The consoles as a replay filled them. */
function lanesOf(rows: readonly ReplayedRow[]): SavedLane[] {
  return letters
    .map((name) => {
      const own = rows.filter((row) => row.name === name)
      const entries = own.map(entryOf)
      const history = entries.flatMap(({ line, pushed }) => (pushed ? [] : [line]))
      return { name, entries, history, draft: '' }
    })
    .filter(({ entries }) => entries.length > 0)
}

function entryOf({ seq, argv, state, reply, long, cancelled }: ReplayedRow, id: number): Entry {
  const end = {
    ...(reply === undefined ? {} : { reply }),
    ...(long ? { remark: 'too-long' as const } : {}),
    ...(cancelled ? { cancelled } : {}),
  }
  if (argv === null) return { id, seq: null, prompt: '', line: '', pushed: true, ...end }
  return { id, seq, prompt: promptOf({ ...state }), line: join(argv, text), ...end }
}
