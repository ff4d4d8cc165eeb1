// The key space as people look at it: rows of a tree (or of a sorted list), of which a page asks for a few. Kept beside the
// engine from its changes, made when somebody first looks. It also knows what the last command did to each key, until
// the next command; a key that it removed stays that long.
import type { Engine } from '../engine/engine.ts'
import type { Bytes } from '../wire/bytes.ts'
import { KeyIndex, type Place } from './key-index.ts'
import type { BrowsePage, BrowseQuery, Change, KeyRow, RowMark, Spot, KeySummary, UnitReport } from './protocol.ts'

/** Indexes that are kept up: the whole, and what was last filtered or sorted. */
const MOST_INDEXES = 2
/** Keys of a database of which it is known that they changed, and in which order. */
const MOST_RECENT = 1000

/** What the last command did, and how long keys live, for the rows of one session. */
export class KeyView {
  readonly #engine: () => Engine
  /** What is asked for, by the question; the newest at the end. */
  readonly #indexes = new Map<string, KeyIndex>()
  readonly #changes = new Map<string, Change>()
  readonly #ttl = new Map<string, { expireAt: number; from: number }>()
  /** Keys that changed, a database each, the newest at the end. */
  readonly #recent = new Map<number, Set<Bytes>>()
  /** The input whose marks are shown. */
  #marked = -1

  constructor(engine: () => Engine) {
    this.#engine = engine
  }

  /** The whole state was replaced. */
  clear(): void {
    this.#indexes.clear()
    this.#changes.clear()
    this.#recent.clear()
  }

  /** Takes in what a unit did. Marks of an earlier command go when a command comes; time only adds to them. */
  note(unit: UnitReport): void {
    if (unit.client !== null && unit.seq !== this.#marked) {
      this.#forgetMarks()
      this.#marked = unit.seq
    }
    if (unit.more > 0) this.#indexes.clear()
    for (const change of unit.changes) this.#noteChange(change, unit.at)
  }

  #forgetMarks(): void {
    const gone = [...this.#changes.values()]
    this.#changes.clear()
    for (const { db, key } of gone) for (const index of this.#indexes.values()) if (index.db === db) index.forget(key)
  }

  #noteChange(change: Change, at: number): void {
    const { db, key } = change
    const id = `${db}:${key}`
    const earlier = this.#changes.get(id)
    const whole = earlier ? { ...change, was: earlier.was, spots: [...earlier.spots, ...change.spots] } : change
    this.#changes.set(id, whole)
    const expireAt = change.now?.expireAt ?? null
    if (expireAt === null) this.#ttl.delete(id)
    else if (this.#ttl.get(id)?.expireAt !== expireAt) this.#ttl.set(id, { expireAt, from: at })
    this.#noteRecent(db, key)
    for (const index of this.#indexes.values()) index.note(change)
  }

  #noteRecent(db: number, key: Bytes): void {
    const recent = this.#recent.get(db) ?? new Set()
    this.#recent.set(db, recent)
    recent.delete(key)
    recent.add(key)
    const [oldest] = recent
    if (recent.size > MOST_RECENT) recent.delete(oldest!)
  }

  #index(query: BrowseQuery): KeyIndex {
    const { db, filter, type = null, delimiter = ':', sort = 'name' } = query
    const id = JSON.stringify([db, filter, type, delimiter, sort])
    const known = this.#indexes.get(id)
    const index = known ?? new KeyIndex(this.#engine, query)
    // What the last command removed is shown until the next one, though the engine has it no more.
    if (!known) for (const change of this.#changes.values()) if (change.now === null) index.note(change)
    this.#indexes.delete(id)
    this.#indexes.set(id, index)
    for (const old of this.#indexes.keys()) if (this.#indexes.size > MOST_INDEXES) this.#indexes.delete(old)
    return index
  }

  /** A page of rows. While there is more to put in order than one ask may do, it has none, and says so. */
  browse(query: BrowseQuery): BrowsePage {
    const index = this.#index(query)
    const found = index.work() ? index.rows(query, () => [...(this.#recent.get(query.db) ?? [])].reverse()) : null
    if (!found) return { total: 0, from: query.from, rows: [], keys: index.count, busy: true }
    const open = new Set<string>([...query.open, ...(found.revealed?.opened ?? [])])
    const rows = found.places.map((place) => this.#row(query.db, place, open))
    const { total, revealed } = found
    return { total, from: query.from, rows, keys: index.count, ...(revealed ? { revealed } : {}) }
  }

  #row(db: number, { node, depth, prefix, nth, of }: Place, open: ReadonlySet<string>): KeyRow {
    if (typeof node !== 'string') {
      const inner = node.sole().prefix
      const touched = [...this.#changes.values()].some((change) => change.db === db && change.key.startsWith(inner))
      const mark = touched ? { mark: 'changed' as const } : {}
      const label = inner.slice(prefix.length) as Bytes
      return { row: 'folder', depth, prefix: inner, label, keys: node.count, open: open.has(inner), nth, of, ...mark }
    }
    const summary = this.#engine().summary(db, node)
    const mark = this.#mark(db, node)
    const label = node.slice(prefix.length) as Bytes
    const ttlFrom = this.ttlFrom(db, node, summary)
    return { row: 'key', depth, key: node, label, summary, ttlFrom, nth, of, ...(mark ? { mark } : {}) }
  }

  #mark(db: number, key: Bytes): RowMark | null {
    const change = this.#changes.get(`${db}:${key}`)
    if (!change) return null
    if (!change.now) return change.event === 'expired' ? 'expired' : 'removed'
    return change.was ? 'changed' : 'added'
  }

  /** When a key's time to live was set, as far as we saw it; else the moment when we first saw the key. */
  ttlFrom(db: number, key: Bytes, summary: KeySummary | null): number | null {
    if (!summary || summary.expireAt === null) return null
    const id = `${db}:${key}`
    const known = this.#ttl.get(id)
    if (known?.expireAt === summary.expireAt) return known.from
    const from = this.#engine().now
    this.#ttl.set(id, { expireAt: summary.expireAt, from })
    return from
  }

  /** What the last command changed inside a key's value. */
  change(db: number, key: Bytes): { spots: readonly Spot[]; before: KeySummary | null } {
    const change = this.#changes.get(`${db}:${key}`)
    return { spots: change?.spots ?? [], before: change?.was ?? null }
  }
}
