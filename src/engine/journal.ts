// What a unit of work did to keys, for people who watch: what each key held before and after, and which spots changed.
// Kept only while somebody observes, and only for so many keys; the rest is counted.
import type { Bytes } from '../wire/bytes.ts'
import type { Change, KeySummary, Spot } from '../session/protocol.ts'
import type { Database } from './database.ts'
import type { Marks } from './values/value.ts'

/** Keys of one unit that are told one by one. */
const MOST = 256

interface Entry {
  readonly db: Database
  readonly key: Bytes
  readonly was: KeySummary | null
  event: string
  spots: readonly Spot[]
}

export class Journal {
  observing = true
  #entries = new Map<string, Entry>()
  #more = 0

  before(db: Database, key: Bytes): void {
    if (!this.observing) return
    const id = `${db.index}:${key}`
    if (this.#entries.has(id)) return
    if (this.#entries.size >= MOST) this.#more++
    else this.#entries.set(id, { db, key, was: db.summary(key), event: '', spots: [] })
  }

  event(db: Database, key: Bytes, event: string): void {
    if (!this.observing) return
    const entry = this.#entries.get(`${db.index}:${key}`)
    if (entry) entry.event = event
  }

  marked(db: Database, key: Bytes, marks: Marks): void {
    if (!this.observing) return
    const entry = this.#entries.get(`${db.index}:${key}`)
    if (entry) entry.spots = entry.spots.length === 0 ? marks.spots : merge(entry.spots, marks.spots)
  }

  /** The unit is over: what changed since the last call, and how many keys more. */
  take(): { changes: Change[]; more: number } {
    if (this.#entries.size === 0) return { changes: [], more: 0 }
    const changes: Change[] = []
    for (const { db, key, was, event, spots } of this.#entries.values()) {
      const now = db.summary(key)
      // A write was begun and changed nothing where there is no event and the key has neither come nor gone.
      if (event !== '' || (was === null) !== (now === null)) changes.push({ db: db.index, key, event, now, was, spots })
    }
    const more = this.#more
    this.#entries = new Map()
    this.#more = 0
    return { changes, more }
  }
}

/** Spots of a second write to the same key in one unit: a place that changed again is one spot, from first to last. */
function merge(first: readonly Spot[], second: readonly Spot[]): readonly Spot[] {
  if (first.length + second.length > 64) return [{ at: 'whole' }]
  const merged = [...first]
  for (const spot of second) {
    const i = merged.findIndex((earlier) => samePlace(earlier, spot))
    if (i < 0) merged.push(spot)
    else merged[i] = join(merged[i]!, spot)
  }
  return merged
}

const samePlace = (a: Spot, b: Spot) =>
  (a.at === 'field' && b.at === 'field' && a.field === b.field) ||
  (a.at === 'member' && b.at === 'member' && a.member === b.member)

function join(earlier: Spot, later: Spot): Spot {
  if (earlier.at === 'field' && later.at === 'field') return { ...later, before: earlier.before }
  if (earlier.at === 'member' && later.at === 'member') return { ...later, before: earlier.before }
  return later
}
