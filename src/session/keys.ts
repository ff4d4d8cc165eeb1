// The key space as people look at it: a tree by ':' made of flat rows, of which a page asks for a few. Kept beside the
// engine from its changes, made when somebody first looks. It also knows what the last command did to each key, until
// the next command; a key that it removed stays as a ghost that long.
import type { Engine } from '../engine/engine.ts'
import { globMatches } from '../engine/glob.ts'
import type { Bytes } from '../wire/bytes.ts'
import type { BrowsePage, BrowseQuery, Change, KeyRow, RowMark, Spot, KeySummary, UnitReport } from './protocol.ts'

const SEPARATOR = ':'

/** A folder: the keys that begin with its name and a ':'. */
class Folder {
  readonly folders = new Map<string, Folder>()
  readonly leaves = new Map<string, Bytes>()
  /** Keys beneath it. */
  count = 0
  /** Names of folders (with their ':') and leaves in order; null when it must be made again. */
  order: string[] | null = null
}

/** Numbers by their size, all else by bytes. */
function before(a: string, b: string): number {
  if (/^[0-9]+:?$/.test(a) && /^[0-9]+:?$/.test(b) && a.length !== b.length) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}

const sorted = (folder: Folder) => (folder.order ??= [...folder.folders.keys(), ...folder.leaves.keys()].sort(before))

function* segments(key: Bytes): Generator<string> {
  let from = 0
  for (let at = key.indexOf(SEPARATOR); at >= 0; at = key.indexOf(SEPARATOR, from)) {
    yield key.slice(from, at + 1)
    from = at + 1
  }
  yield key.slice(from)
}

function insert(root: Folder, key: Bytes): void {
  let folder = root
  const path = [...segments(key)]
  const leaf = path.pop()!
  folder.count++
  for (const name of path) {
    let next = folder.folders.get(name)
    if (!next) {
      folder.folders.set(name, (next = new Folder()))
      folder.order = null
    }
    folder = next
    folder.count++
  }
  // A leaf "a:" (a key that ends in ':') and a folder "a:" never meet: the folder's leaf is the empty name inside it.
  folder.leaves.set(leaf, key)
  folder.order = null
}

function erase(root: Folder, key: Bytes): void {
  const trail: [Folder, string][] = []
  let folder = root
  const path = [...segments(key)]
  const leaf = path.pop()!
  for (const name of path) {
    const next = folder.folders.get(name)
    if (!next) return
    trail.push([folder, name])
    folder = next
  }
  if (!folder.leaves.delete(leaf)) return
  folder.order = null
  folder.count--
  for (const [parent, name] of trail.reverse()) {
    parent.count--
    if (folder.count === 0) {
      parent.folders.delete(name)
      parent.order = null
    }
    folder = parent
  }
}

function treeOf(keys: Iterable<Bytes>): Folder {
  const root = new Folder()
  for (const key of keys) insert(root, key)
  return root
}

/** What the last command did, and how long keys live, for the rows of one session. */
export class KeyView {
  readonly #engine: () => Engine
  readonly #trees = new Map<number, Folder>()
  readonly #changes = new Map<string, Change>()
  readonly #ttl = new Map<string, { expireAt: number; from: number }>()
  #filtered: { id: string; tree: Folder } | null = null
  #version = 0
  /** The input whose marks are shown. */
  #marked = -1

  constructor(engine: () => Engine) {
    this.#engine = engine
  }

  /** The whole state was replaced. */
  clear(): void {
    this.#trees.clear()
    this.#changes.clear()
    this.#version++
  }

  /** Takes in what a unit did. Marks of an earlier command go when a command comes; time only adds to them. */
  note(unit: UnitReport): void {
    if (unit.client !== null && unit.seq !== this.#marked) {
      this.#forgetMarks()
      this.#marked = unit.seq
    }
    if (unit.changes.length > 0) this.#version++
    if (unit.more > 0) this.#trees.clear()
    for (const change of unit.changes) this.#noteChange(change, unit.at)
  }

  #forgetMarks(): void {
    for (const { db, key } of this.#changes.values()) {
      const tree = this.#trees.get(db)
      if (tree && this.#engine().summary(db, key) === null) erase(tree, key)
    }
    if (this.#changes.size > 0) this.#version++
    this.#changes.clear()
  }

  #noteChange(change: Change, at: number): void {
    const id = `${change.db}:${change.key}`
    const earlier = this.#changes.get(id)
    this.#changes.set(
      id,
      earlier ? { ...change, was: earlier.was, spots: [...earlier.spots, ...change.spots] } : change,
    )
    const expireAt = change.now?.expireAt ?? null
    if (expireAt === null) this.#ttl.delete(id)
    else if (this.#ttl.get(id)?.expireAt !== expireAt) this.#ttl.set(id, { expireAt, from: at })
    const tree = this.#trees.get(change.db)
    if (tree && change.now && !change.was && !has(tree, change.key)) insert(tree, change.key)
  }

  #tree(db: number): Folder {
    let tree = this.#trees.get(db)
    if (!tree) {
      tree = treeOf(this.#engine().keys(db))
      for (const change of this.#changes.values())
        if (change.db === db && !has(tree, change.key)) insert(tree, change.key)
      this.#trees.set(db, tree)
    }
    return tree
  }

  #filter(db: number, filter: Bytes): Folder {
    if (filter === '' || filter === '*') return this.#tree(db)
    const id = `${db}:${this.#version}:${filter}`
    if (this.#filtered?.id !== id)
      this.#filtered = { id, tree: treeOf([...leaves(this.#tree(db))].filter((key) => globMatches(filter, key))) }
    return this.#filtered.tree
  }

  browse(query: BrowseQuery): BrowsePage {
    const tree = this.#filter(query.db, query.filter)
    const open = new Set<string>(query.open)
    const rows: KeyRow[] = []
    const until = query.from + query.count
    let at = 0
    const walk = (folder: Folder, prefix: string, depth: number): void => {
      for (const name of sorted(folder)) {
        const child = this.#compress(folder, prefix, name)
        if (at >= query.from && at < until) rows.push(this.#row(query.db, child, depth, open))
        at++
        // Depth is bounded by what the person has opened.
        if (child.folder && open.has(child.prefix)) walk(child.folder, child.prefix, depth + 1)
      }
    }
    walk(tree, '', 0)
    return { total: at, from: query.from, rows, keys: tree.count }
  }

  /** No folder for a single key, no folder inside a folder where nothing else is. */
  #compress(parent: Folder, prefix: string, name: string): Child {
    let folder = parent.folders.get(name)
    if (!folder) return { label: name, prefix: prefix + name, folder: null, key: parent.leaves.get(name)! }
    let label = name
    while (folder.folders.size + folder.leaves.size === 1) {
      const only: readonly [string, Folder] | undefined = folder.folders.entries().next().value
      if (!only) {
        const [rest, key] = folder.leaves.entries().next().value!
        return { label: label + rest, prefix: key, folder: null, key }
      }
      label += only[0]
      folder = only[1]
    }
    return { label, prefix: prefix + label, folder, key: null }
  }

  #row(db: number, child: Child, depth: number, open: ReadonlySet<string>): KeyRow {
    const label = child.label as Bytes
    if (child.folder) {
      const prefix = child.prefix as Bytes
      const touched = [...this.#changes.values()].some((change) => change.db === db && change.key.startsWith(prefix))
      const mark = touched ? { mark: 'changed' as const } : {}
      return { row: 'folder', depth, prefix, label, keys: child.folder.count, open: open.has(prefix), ...mark }
    }
    const key = child.key!
    const summary = this.#engine().summary(db, key)
    const mark = this.#mark(db, key)
    return {
      row: 'key',
      depth,
      key,
      label,
      summary,
      ttlFrom: this.ttlFrom(db, key, summary),
      ...(mark ? { mark } : {}),
    }
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

interface Child {
  readonly label: string
  readonly prefix: string
  readonly folder: Folder | null
  readonly key: Bytes | null
}

function has(root: Folder, key: Bytes): boolean {
  let folder: Folder | undefined = root
  const path = [...segments(key)]
  const leaf = path.pop()!
  for (const name of path) folder = folder?.folders.get(name)
  return folder?.leaves.has(leaf) ?? false
}

function* leaves(root: Folder): Generator<Bytes> {
  const stack = [root]
  for (let folder = stack.pop(); folder; folder = stack.pop()) {
    yield* folder.leaves.values()
    for (const inner of folder.folders.values()) stack.push(inner)
  }
}
