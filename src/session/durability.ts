// What befalls the server itself, and what lies on its disk. Loaded when first needed.
import type { Engine, Output } from '../engine/engine.ts'
import { keeper } from '../engine/snapshots.ts'
import type { Damage } from '../rdb/file.ts'
import type { RdbVersion } from '../rdb/value.ts'
import type { Answers, DiskFile, Input, Request } from './protocol.ts'

type Kinds = 'crash' | 'disk' | 'disk-file'

/** Keys that have no form in a version, and are named. */
const MOST_NAMED = 10

/** Does it at the instant `at`; `give` gives the engine an input. */
export function befall(
  ask: Extract<Request, { do: Kinds }>,
  at: number,
  engine: Engine,
  give: (input: Input) => readonly Output[],
): Answers[Kinds] {
  if (ask.do === 'crash') {
    const fault = ask.how === 'restart' ? keeper()!.config.faultOn(engine.disk) : null
    return fault ?? give({ do: ask.how, at }).find((output) => output.on === 'reloaded')?.report ?? null
  }
  if (ask.do === 'disk-file') {
    const file = engine.disk.files.get(ask.path)
    return file ? taken(file.bytes, ask.version) : null
  }
  const { full, put, read } = ask
  if (full !== undefined && full !== engine.disk.full) give({ do: 'disk', at, full })
  if (put && !engine.disk.full) give({ do: 'put', at, ...put })
  const files = Array.from(engine.disk.files, ([path, file]) => ({ path, size: file.bytes.length, at: file.at }))
  const state = { files, full: engine.disk.full }
  return read === undefined ? state : { ...state, lines: keeper()!.config.read(read) }
}

/** A file as it is, or a snapshot in that version of the format, without what has no form there. */
function taken(bytes: Uint8Array, version: RdbVersion | undefined): DiskFile | Damage {
  // A copy, for bytes may be a part of a larger array, which would cross the border whole.
  if (version === undefined) return { bytes: bytes.slice(), without: [], more: 0, unread: [] }
  const { read, write, refusedBy } = keeper()!.files
  const { keys, facts, unread, damage } = read(bytes)
  if (damage) return damage
  const refused = refusedBy(version, keys)
  const left = new Set(refused.map(({ key }) => key))
  const kept = keys.filter((key) => !left.has(key)).toSorted((a, b) => a.db - b.db)
  const without = refused.slice(0, MOST_NAMED).map(({ key: { db, key }, why }) => ({ db, key, why }))
  return {
    bytes: write(kept, { version, facts: [...facts] }),
    without,
    more: refused.length - without.length,
    unread: [...unread],
  }
}
