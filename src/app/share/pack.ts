// What goes out: a cargo from what the page shows, its link and its file; and the consoles as text.
import type { Shared } from '../../session/protocol.ts'
import { holdsSecrets, type Cargo, type LessonMark } from '../../share/cargo.ts'
import { writeFile, writeLink } from '../../share/link.ts'
import { copyText } from '../rows/copy.ts'
import type { Entry, Lane } from '../stores/console.ts'
import type { Stores } from '../stores/index.ts'

declare const BUILD_ID: string
/** Which engine this page holds. */
export const build = BUILD_ID

/** What can be shared. */
export type What = 'session' | 'moment' | 'lesson' | 'script'
export type Form = 'log' | 'image'

/** Why a session cannot go as a log. */
export const noLog = ({ log }: Shared): 'cut' | 'secret' | null =>
  log === null ? 'cut' : holdsSecrets(log.inputs) ? 'secret' : null

export function markOf({ lesson }: Stores): LessonMark | null {
  const { lesson: open, place } = lesson.getState()
  const step = place && open?.steps[place.step]
  return open && step ? { lesson: open.id, step: step.id } : null
}

/** A session's cargo, in the form that is wished where it can be had. */
export function cargoOf(stores: Stores, { log, image, digest }: Shared, form: Form): Cargo | null {
  const mark = markOf(stores)
  const name = stores.session.getState().info?.name ?? ''
  const facts = { build, name, digest, ...(mark ? { mark } : {}) }
  if (form === 'log') return log && { kind: 'log', ...facts, ...log }
  return image && { kind: 'image', ...facts, image }
}

export interface Packed {
  /** The whole address; null where it would be too long. */
  readonly link: string | null
  readonly file: Uint8Array<ArrayBuffer> | null
}

export async function pack(cargo: Cargo): Promise<Packed> {
  const fragment = await writeLink(cargo)
  const link = fragment && `${new URL('./', location.href).href}#${fragment}`
  return { link, file: await writeFile(cargo) }
}

/** A row that was typed and sent, and is in force. */
const isReal = ({ seq, fate, pushed }: Entry) => seq !== null && fate === undefined && !pushed

/** The rows up to a moment, each with the letter of its client. */
export const rowsUpTo = (lanes: readonly Lane[], upTo: number | null) =>
  lanes
    .flatMap(({ name, entries }) => entries.filter(isReal).map((entry) => ({ name, entry })))
    .filter(({ entry }) => upTo === null || entry.seq! <= upTo)
    .toSorted((a, b) => a.entry.seq! - b.entry.seq!)

/** The consoles as a Markdown transcript, or as a script that says which client runs what. */
export async function exported(stores: Stores, format: 'markdown' | 'redis', upTo: number | null): Promise<string> {
  const rows = rowsUpTo(stores.console.getState().lanes, upTo)
  const names = [...new Set(rows.map(({ name }) => name))].toSorted()
  if (format === 'redis')
    return rows.map(({ name, entry }) => `${names.length > 1 ? `${name}> ` : ''}${entry.line.trim()}\n`).join('')
  const { catalog } = stores.session.getState()
  const parts = names.map(async (name) => {
    const entries = rows.filter((row) => row.name === name).map(({ entry }) => entry)
    return `## ${name}\n\n${await copyText('markdown', entries, catalog, () => Promise.resolve(null))}`
  })
  return (await Promise.all(parts)).join('\n')
}
