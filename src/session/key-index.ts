// The keys of one database that somebody asks for (by glob, by type), in the order in which they are asked for: gathered
// from the engine in strides, then kept up by what changes. And where each of them stands among the rows that are shown.
import type { Engine } from '../engine/engine.ts'
import { globMatches } from '../engine/glob.ts'
import type { Bytes } from '../wire/bytes.ts'
import type { BrowseQuery, Change, Kind, Sort } from './protocol.ts'
import { Folder, STRIDE, type Strides } from './tree.ts'

/** Names that are looked at in one ask: after some ten milliseconds others have their turn. */
const ONE_ASK = 3 * STRIDE
/** Keys that stand at the head of a sorted list; the others follow by name. */
const MOST_AHEAD = 10_000

/** One row: a key or a folder, how deep, and its place among those beside it. */
export interface Place {
  readonly node: Bytes | Folder
  readonly depth: number
  /** What all names in the folder around it begin with. */
  readonly prefix: Bytes
  readonly nth: number
  readonly of: number
}

export interface Rows {
  readonly total: number
  readonly places: readonly Place[]
  readonly revealed?: { readonly at: number; readonly opened: readonly Bytes[] }
}

export class KeyIndex {
  readonly db: number
  readonly #engine: () => Engine
  readonly #filter: Bytes
  readonly #type: Kind | null
  readonly #sort: Sort
  #root: Folder | null = null
  readonly #delimiter: string
  #job: Strides | null
  /** Touched while keys were gathered. */
  readonly #late = new Map<Bytes, Change>()
  /** Forgotten while keys were gathered. */
  readonly #forgotten = new Set<Bytes>()
  /** When keys expire, where that is the order. */
  readonly #deadlines = new Map<Bytes, number>()
  #ahead: readonly Bytes[] | null = null

  constructor(engine: () => Engine, query: BrowseQuery) {
    this.#engine = engine
    this.db = query.db
    this.#filter = query.filter
    this.#type = query.type ?? null
    this.#sort = query.sort ?? 'name'
    this.#delimiter = this.#sort === 'name' ? (query.delimiter ?? ':') : ''
    this.#job = this.#gather()
  }

  /** Keys in all; 0 before they are gathered. */
  get count(): number {
    return this.#root?.count ?? 0
  }

  /** Does some of the work that is left; true when there is none. */
  work(): boolean {
    for (let left = ONE_ASK; left > 0 && this.#job;) {
      const { done, value } = this.#job.next()
      if (done) this.#job = null
      else left -= value
    }
    return this.#job === null
  }

  *#gather(): Strides {
    const engine = this.#engine()
    const pile: Bytes[] = []
    let cursor = 0
    do {
      let met = 0
      cursor = engine.survey(this.db, cursor, STRIDE, (key, kind, expireAt) => {
        met++
        if (!this.#wants(key, kind)) return
        pile.push(key)
        if (this.#sort === 'ttl' && !Number.isNaN(expireAt)) this.#deadlines.set(key, expireAt)
      })
      yield met
    } while (cursor !== 0)
    const isAsMet = this.#late.size === 0 && this.#forgotten.size === 0
    this.#root = new Folder('' as Bytes, this.#delimiter, isAsMet ? pile : this.#withLate(pile))
    yield* this.#root.divide()
    for (const key of this.#forgotten) if (engine.summary(this.db, key) === null) this.#root.erase(key)
    this.#forgotten.clear()
  }

  /**
   * What was written meanwhile may have been met twice, or not at all: it is all taken out and put in once. One pass over
   * the pile for all of them, since to look for one of them takes as long.
   */
  #withLate(pile: readonly Bytes[]): Bytes[] {
    const keys = pile.filter((key) => !this.#late.has(key) && !this.#forgotten.has(key))
    for (const { key, now, was } of this.#late.values()) {
      this.#noteDeadline(key, now)
      if (this.#wants(key, (now ?? was)?.kind)) keys.push(key)
    }
    this.#late.clear()
    this.#forgotten.clear()
    return keys
  }

  #noteDeadline(key: Bytes, now: Change['now']): void {
    if (now?.expireAt === null || now === null) this.#deadlines.delete(key)
    else if (this.#sort === 'ttl') this.#deadlines.set(key, now.expireAt)
  }

  #wants(key: Bytes, kind: Kind | undefined): boolean {
    if (this.#type !== null && kind !== this.#type) return false
    return this.#filter === '' || this.#filter === '*' || globMatches(this.#filter, key)
  }

  // ------------------------------------------------------------------ changes

  /** A key was written or went. One that went stays until `forget`. */
  note(change: Change): void {
    const { key, now, was } = change
    if (change.db !== this.db) return
    const root = this.#root
    if (root === null) {
      this.#late.set(key, change)
      return
    }
    this.#ahead = null
    this.#noteDeadline(key, now)
    if (this.#wants(key, (now ?? was)?.kind)) {
      const known = was !== null && this.#type === null
      if ((now || was) && !known && !root.has(key)) root.insert(key)
    } else if (this.#type !== null) root.erase(key)
  }

  /** The mark of a key is taken away: where it went, its row goes too. */
  forget(key: Bytes): void {
    this.#ahead = null
    if (this.#engine().summary(this.db, key) !== null) return
    this.#late.delete(key)
    if (this.#root?.nodes) this.#root.erase(key)
    else this.#forgotten.add(key)
  }

  // ------------------------------------------------------------------ rows

  /** The rows from..from+count, or null where a folder is first to be divided. `recent`: keys, what changed last first. */
  rows(query: BrowseQuery, recent: () => Iterable<Bytes>): Rows | null {
    const root = this.#root
    if (root === null) return null
    if (this.#sort !== 'name') return this.#flat(root, query, recent)
    const open = new Map<Folder, { place: number; folder: Folder }[]>()
    const wished = new Set(query.open)
    for (const prefix of query.open) if (!this.#find(root, prefix, wished, open)) return null
    const path = query.reveal === undefined || query.reveal === null ? null : this.#reveal(root, query.reveal, open)
    if (path === undefined) return null
    const shown = new Shown(root, open)
    const places = shown.places(query.from, query.from + query.count)
    return { total: shown.total, places, ...(path ? { revealed: { at: shown.at(path), opened: opened(path) } } : {}) }
  }

  /** Notes where an open folder stands. False: something above it has to be divided before. */
  #find(root: Folder, prefix: Bytes, wished: ReadonlySet<Bytes>, open: Opened): boolean {
    for (let folder = root; ;) {
      if (!folder.nodes) return folder === root || wished.has(folder.prefix) ? this.#divide(folder) : true
      const place = folder.placeFor(prefix)
      const node = folder.nodes[place]
      if (typeof node !== 'object') return true
      const inner = node.sole()
      if (inner.prefix === prefix) {
        note(open, folder, place, inner)
        return inner.nodes !== null || this.#divide(inner)
      }
      if (!prefix.startsWith(inner.prefix)) return true
      folder = inner
    }
  }

  /** The way to a key, its folders opened; null where it is not there, undefined where one is first to be divided. */
  #reveal(root: Folder, key: Bytes, open: Opened): Step[] | null | undefined {
    const path: Step[] = []
    for (let folder = root; ;) {
      if (!folder.nodes && !this.#divide(folder)) return undefined
      const place = folder.placeFor(key)
      const node = folder.nodes![place]
      if (node === undefined || (typeof node === 'string' && node !== key)) return null
      path.push({ folder, place })
      if (typeof node === 'string') return path
      const inner = node.sole()
      note(open, folder, place, inner)
      folder = inner
    }
  }

  /** Begins to divide a folder, and goes on as far as one ask may. */
  #divide(folder: Folder): boolean {
    this.#job = folder.divide()
    return this.work()
  }

  #flat(root: Folder, query: BrowseQuery, recent: () => Iterable<Bytes>): Rows {
    const nodes = root.nodes as readonly Bytes[]
    this.#ahead ??= this.#sort === 'ttl' ? soonest(this.#deadlines) : [...recent()].slice(0, MOST_AHEAD)
    const ahead = this.#ahead.filter((key) => root.placeFor(key) >= 0)
    const taken = ahead.map((key) => root.placeFor(key)).sort((a, b) => a - b)
    const place = (index: number): Place => {
      const node = index < ahead.length ? ahead[index]! : nodes[beside(taken, index - ahead.length)]!
      return { node, depth: 0, prefix: '' as Bytes, nth: index + 1, of: nodes.length }
    }
    const places: Place[] = []
    for (let i = query.from; i < Math.min(nodes.length, query.from + query.count); i++) places.push(place(i))
    const { reveal } = query
    const among = reveal ? root.placeFor(reveal) : -1
    if (!reveal || among < 0) return { total: nodes.length, places }
    const first = ahead.indexOf(reveal)
    const at = first >= 0 ? first : ahead.length + among - taken.filter((each) => each < among).length
    return { total: nodes.length, places, revealed: { at, opened: [] } }
  }
}

/** Open folders by the one in which they stand. */
type Opened = Map<Folder, { place: number; folder: Folder }[]>

interface Step {
  readonly folder: Folder
  readonly place: number
}

const opened = (path: readonly Step[]): Bytes[] => path.slice(1).map(({ folder }) => folder.prefix)

function note(open: Opened, parent: Folder, place: number, folder: Folder): void {
  const inside = open.get(parent) ?? []
  open.set(parent, inside)
  if (!inside.some((each) => each.place === place)) inside.push({ place, folder })
}

const soonest = (deadlines: ReadonlyMap<Bytes, number>): Bytes[] =>
  [...deadlines]
    .sort((a, b) => a[1] - b[1])
    .slice(0, MOST_AHEAD)
    .map(([key]) => key)

/** The place of the index-th of those that are not taken. */
function beside(taken: readonly number[], index: number): number {
  let place = index
  for (const each of taken) {
    if (each > place) break
    place++
  }
  return place
}

/** The tree as it is shown: folders that are open have their rows below them. */
class Shown {
  readonly #root: Folder
  readonly #open: Opened
  readonly #sizes = new Map<Folder, number>()

  constructor(root: Folder, open: Opened) {
    this.#root = root
    this.#open = open
    for (const inside of open.values()) inside.sort((a, b) => a.place - b.place)
  }

  get total(): number {
    return this.#size(this.#root)
  }

  #size(folder: Folder): number {
    let size = this.#sizes.get(folder)
    if (size === undefined) {
      size = folder.nodes!.length
      for (const each of this.#open.get(folder) ?? []) size += this.#size(each.folder)
      this.#sizes.set(folder, size)
    }
    return size
  }

  /** The row to which a way leads. */
  at(path: readonly Step[]): number {
    let at = path.length - 1
    for (const { folder, place } of path) {
      at += place
      for (const each of this.#open.get(folder) ?? []) if (each.place < place) at += this.#size(each.folder)
    }
    return at
  }

  places(from: number, until: number): Place[] {
    const found: Place[] = []
    const walk = (folder: Folder, depth: number, start: number): void => {
      const nodes = folder.nodes!
      let at = start
      let next = 0
      /** Nodes up to `end`, those that are in view. */
      const run = (end: number) => {
        const first = Math.max(next, next + from - at)
        for (let i = first; i < Math.min(end, next + until - at); i++)
          found.push({ node: nodes[i]!, depth, prefix: folder.prefix, nth: i + 1, of: nodes.length })
        at += end - next
        next = end
      }
      for (const { place, folder: inner } of this.#open.get(folder) ?? []) {
        run(place + 1)
        const size = this.#size(inner)
        if (at < until && at + size > from) walk(inner, depth + 1, at)
        at += size
      }
      run(nodes.length)
    }
    walk(this.#root, 0, 0)
    return found
  }
}
