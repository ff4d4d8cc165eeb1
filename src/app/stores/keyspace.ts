// The inspector's state: pages of the tree of keys, the chosen key and a page of its value. Nothing is reckoned here:
// after every turn that did something, the pages in view are asked for again, one question at a time.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Session } from '../../session/client.ts'
import type { BrowsePage, Event, KeyRow, Kind, Sort, UnitReport, ValuePage } from '../../session/protocol.ts'
import { quietName } from './session.ts'
import { latin, utf8, type Bytes } from '../../wire/bytes.ts'

export const pageSize = 200
/** Folders of up to so many keys open by themselves. */
const smallFolder = 20
const firstItems = 100
const moreItems = 400
const firstBytes = 4096
export const usualDelimiter = ':'

/** Why the chosen key is no longer there; null command: not known. */
export interface Gone {
  readonly command: string | null
  readonly expired: boolean
}

export type End = 'head' | 'tail'

export interface KeyspaceState {
  readonly db: number
  readonly filter: string
  /** Only keys that hold this. */
  readonly type: Kind | null
  readonly sort: Sort
  /** What parts names into folders; empty: nothing does. */
  readonly delimiter: string
  readonly pages: ReadonlyMap<number, readonly KeyRow[]>
  /** Rows in all, folders counted. */
  readonly total: number
  readonly keys: number
  readonly loaded: boolean
  /** The worker puts keys in order; what is shown is from before. */
  readonly busy: boolean
  /** A key that was to be shown stands there; a new object each time. */
  readonly revealed: { readonly at: number } | null
  readonly selected: Bytes | null
  readonly value: ValuePage | null
  readonly gone: Gone | null
  /** The end of a long value that is looked at. */
  readonly end: End
  /** Changes since the tree was last looked at. */
  readonly unseen: number

  readonly choose: (db: number) => void
  readonly match: (filter: string) => void
  readonly only: (type: Kind | null) => void
  readonly order: (sort: Sort) => void
  readonly divide: (delimiter: string) => void
  /** Rows from..to are in view. */
  readonly look: (from: number, to: number) => void
  readonly toggle: (prefix: Bytes, open: boolean) => void
  readonly toggleAll: (folders: readonly Bytes[]) => void
  readonly select: (key: Bytes) => void
  /** Chooses a key, and has its folders opened. */
  readonly reveal: (key: Bytes) => void
  readonly turn: (end: End) => void
  readonly more: () => void
  readonly seen: () => void
  readonly snapshot: () => SavedKeyspace
  readonly restore: (saved: SavedKeyspace | null) => void
}

export interface SavedKeyspace {
  readonly db: number
  readonly selected: Bytes | null
  readonly open: readonly Bytes[]
  readonly closed: readonly Bytes[]
  readonly sort?: Sort
  readonly delimiter?: string
}

export type KeyspaceStore = StoreApi<KeyspaceState>

/** Nothing is known yet of the keys. */
const nothing = {
  pages: new Map(),
  total: 0,
  keys: 0,
  loaded: false,
  busy: false,
  revealed: null,
  value: null,
  gone: null,
} as const

/** Whether both states ask the worker for the same rows. */
const isSame = (a: KeyspaceState, b: KeyspaceState) =>
  a.db === b.db && a.filter === b.filter && a.type === b.type && a.sort === b.sort && a.delimiter === b.delimiter

/** The row of that place, where its page is here. */
export const rowAt = (pages: KeyspaceState['pages'], index: number): KeyRow | undefined =>
  pages.get(Math.floor(index / pageSize))?.[index % pageSize]

export function createKeyspaceStore(session: Session): KeyspaceStore {
  const open = new Set<Bytes>()
  const closed = new Set<Bytes>()
  let view = { from: 0, to: pageSize - 1 }
  let wanted = firstItems
  let active = false
  let stale = false
  let touched = false
  /** The key whose folders are to be opened. */
  let wish: Bytes | null = null
  const lastDb = new Map<number, number>()

  const store = createStore<KeyspaceState>()((set, get) => ({
    db: 0,
    filter: '',
    type: null,
    sort: 'name',
    delimiter: usualDelimiter,
    end: 'head',
    ...nothing,
    selected: null,
    unseen: 0,

    choose(db) {
      if (db === get().db) return
      wish = null
      anew({ db, ...nothing, selected: null })
    },
    match: (filter) => anew({ filter }),
    only: (type) => anew({ type }),
    order: (sort) => anew({ sort }),
    divide: (delimiter) => anew({ delimiter }),
    look(from, to) {
      view = { from, to }
      for (let page = Math.floor(from / pageSize); page <= Math.floor(to / pageSize); page++)
        if (!get().pages.has(page)) return refresh()
    },
    toggle(prefix, isOpen) {
      if (isOpen) open.add(prefix)
      else open.delete(prefix)
      if (isOpen) closed.delete(prefix)
      else closed.add(prefix)
      refresh()
    },
    toggleAll(folders) {
      for (const prefix of folders) open.add(prefix)
      for (const prefix of folders) closed.delete(prefix)
      refresh()
    },
    select(key) {
      const other = key === get().selected ? {} : ({ value: null, end: 'head' } as const)
      wanted = firstItems
      set({ selected: key, ...other, gone: null })
      refresh()
    },
    reveal(key) {
      wish = key
      get().select(key)
    },
    turn(end) {
      wanted = firstItems
      set({ end })
      refresh()
    },
    more() {
      wanted += get().value?.kind === 'string' ? firstBytes * 4 : moreItems
      refresh()
    },
    seen: () => set({ unseen: 0 }),
    snapshot() {
      const { db, selected, sort, delimiter } = get()
      return { db, selected, open: [...open], closed: [...closed], sort, delimiter }
    },
    restore(saved) {
      open.clear()
      closed.clear()
      lastDb.clear()
      for (const prefix of saved?.open ?? []) open.add(prefix)
      for (const prefix of saved?.closed ?? []) closed.add(prefix)
      wanted = firstItems
      view = { from: 0, to: pageSize - 1 }
      set({
        db: saved?.db ?? 0,
        filter: '',
        type: null,
        sort: saved?.sort ?? 'name',
        delimiter: saved?.delimiter ?? usualDelimiter,
        end: 'head',
        ...nothing,
        selected: saved?.selected ?? null,
        unseen: 0,
      })
      refresh()
    },
  }))

  /** One round at a time; a wish during a round starts another when it ends. */
  function refresh(): void {
    if (active) {
      stale = true
      return
    }
    active = true
    stale = false
    round()
      .catch(() => undefined)
      .finally(() => {
        active = false
        if (stale) refresh()
      })
  }

  /** Another question altogether: its rows are looked at from the first on. */
  function anew(how: Partial<KeyspaceState>): void {
    view = { from: 0, to: pageSize - 1 }
    store.setState(how)
    refresh()
  }

  async function round(): Promise<void> {
    const asked = store.getState()
    const { db, selected, end } = asked
    const value = selected === null ? Promise.resolve(null) : inspect(db, selected, end)
    const seen = value.then((page) => {
      const now = store.getState()
      if (now.db === db && now.selected === selected && now.end === end) store.setState(settled(now, page))
    })
    const [tree] = await Promise.all([browse(asked), seen])
    if (tree && isSame(asked, store.getState())) store.setState({ ...tree, loaded: true, busy: false })
  }

  /** The pages in view. What takes the worker long is asked for until it is done; null where another thing is asked for. */
  async function browse(asked: KeyspaceState): Promise<Partial<KeyspaceState> | null> {
    const { db, filter, type, sort, delimiter } = asked
    const pattern = filter.trim() === '' ? latin('*') : utf8(filter.trim())
    const first = Math.floor(view.from / pageSize)
    const last = Math.floor(view.to / pageSize)
    for (;;) {
      const reveal = wish
      const pages: Promise<BrowsePage>[] = []
      for (let page = first; page <= last; page++) {
        const shape = { db, filter: pattern, type, sort, delimiter: utf8(delimiter), open: [...open], reveal }
        pages.push(session.ask({ do: 'browse', query: { ...shape, from: page * pageSize, count: pageSize } }))
      }
      const found = await Promise.all(pages)
      if (!isSame(asked, store.getState())) return null
      if (found.some((page) => page.busy)) {
        store.setState({ busy: true })
        continue
      }
      if (wish === reveal) wish = null
      const revealed = found[0]?.revealed
      for (const prefix of revealed?.opened ?? []) open.add(prefix)
      if (openSmall(found)) {
        wish ??= revealed ? reveal : null
        continue
      }
      return {
        pages: new Map(found.map((page, i) => [first + i, page.rows])),
        total: found[0]?.total ?? 0,
        keys: found[0]?.keys ?? 0,
        ...(revealed ? { revealed: { at: revealed.at } } : {}),
      }
    }
  }

  function openSmall(pages: readonly BrowsePage[]): boolean {
    let opened = false
    for (const page of pages)
      for (const row of page.rows)
        if (
          row.row === 'folder' &&
          !row.open &&
          row.keys <= smallFolder &&
          !closed.has(row.prefix) &&
          !open.has(row.prefix)
        ) {
          open.add(row.prefix)
          opened = true
        }
    return opened
  }

  async function inspect(db: number, key: Bytes, end: End): Promise<ValuePage | null> {
    const ask = () => session.ask({ do: 'inspect', db, key, from: end === 'head' ? 0 : -wanted, count: wanted })
    const page = await ask()
    if (page?.kind === 'string' && wanted < firstBytes && page.total > page.bytes.length) {
      wanted = firstBytes
      return ask()
    }
    return page
  }

  const settled = (state: KeyspaceState, value: ValuePage | null): Partial<KeyspaceState> =>
    value !== null || state.selected === null
      ? { value, gone: null }
      : { value: null, gone: state.gone ?? { command: null, expired: false } }

  function done(unit: UnitReport): void {
    const state = store.getState()
    const here = unit.changes.filter((change) => change.db === state.db)
    const change: Partial<KeyspaceState> & { gone?: Gone | null } = {
      unseen: state.unseen + unit.changes.length + unit.more,
    }
    const mine = here.findLast((each) => each.key === state.selected)
    if (mine)
      change.gone = mine.now
        ? null
        : { command: unit.command?.toUpperCase() ?? null, expired: unit.client === null || mine.event === 'expired' }
    const fresh = here.find((each) => each.now !== null)
    if ((state.selected === null || state.gone) && !mine && fresh) {
      Object.assign(change, { selected: fresh.key, gone: null, end: 'head' })
      // Many keys at once are no wish to see one of them.
      if (unit.more === 0) wish = fresh.key
    }
    store.setState(change)
  }

  function hear(event: Event): void {
    switch (event.on) {
      case 'unit':
        touched = true
        return done(event.unit)
      case 'reply':
      case 'replaced':
        touched = true
        return
      case 'client': {
        // The tree goes where a client goes with SELECT.
        const { client, db, name } = event.state
        const before = lastDb.get(client) ?? 0
        lastDb.set(client, db)
        if (before !== db && !name.startsWith(quietName)) store.getState().choose(db)
        return
      }
      default:
    }
  }
  session.listen(hear)
  session.settled(() => {
    if (touched) refresh()
    touched = false
  })
  return store
}
