// The inspector's state: pages of the tree of keys, the chosen key and a page of its value. Nothing is reckoned here:
// after every turn that did something, the pages in view are asked for again, one question at a time.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Session } from '../../session/client.ts'
import type { BrowsePage, Event, KeyRow, UnitReport, ValuePage } from '../../session/protocol.ts'
import { quietName } from './session.ts'
import { latin, utf8, type Bytes } from '../../wire/bytes.ts'

export const pageSize = 200
/** Folders of up to so many keys open by themselves. */
const smallFolder = 20
const firstItems = 100
const moreItems = 400
const firstBytes = 4096

/** Why the chosen key is no longer there; null command: not known. */
export interface Gone {
  readonly command: string | null
  readonly expired: boolean
}

export interface KeyspaceState {
  readonly db: number
  readonly filter: string
  readonly pages: ReadonlyMap<number, readonly KeyRow[]>
  /** Rows in all, folders counted. */
  readonly total: number
  readonly keys: number
  readonly loaded: boolean
  readonly selected: Bytes | null
  readonly value: ValuePage | null
  readonly gone: Gone | null
  /** Changes since the tree was last looked at. */
  readonly unseen: number

  readonly choose: (db: number) => void
  readonly match: (filter: string) => void
  /** Rows from..to are in view. */
  readonly look: (from: number, to: number) => void
  readonly toggle: (prefix: Bytes, open: boolean) => void
  readonly select: (key: Bytes) => void
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
}

export type KeyspaceStore = StoreApi<KeyspaceState>

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
  const lastDb = new Map<number, number>()

  const store = createStore<KeyspaceState>()((set, get) => ({
    db: 0,
    filter: '',
    pages: new Map(),
    total: 0,
    keys: 0,
    loaded: false,
    selected: null,
    value: null,
    gone: null,
    unseen: 0,

    choose(db) {
      if (db === get().db) return
      set({ db, pages: new Map(), total: 0, keys: 0, loaded: false, selected: null, value: null, gone: null })
      view = { from: 0, to: pageSize - 1 }
      refresh()
    },
    match(filter) {
      set({ filter })
      view = { from: 0, to: pageSize - 1 }
      refresh()
    },
    look(from, to) {
      view = { from, to }
      for (let page = Math.floor(from / pageSize); page <= Math.floor(to / pageSize); page++)
        if (!get().pages.has(page)) return refresh()
    },
    toggle(prefix, wish) {
      if (wish) open.add(prefix)
      else open.delete(prefix)
      if (wish) closed.delete(prefix)
      else closed.add(prefix)
      refresh()
    },
    select(key) {
      wanted = firstItems
      set({ selected: key, ...(key === get().selected ? {} : { value: null }), gone: null })
      refresh()
    },
    more() {
      wanted += get().value?.kind === 'string' ? firstBytes * 4 : moreItems
      refresh()
    },
    seen: () => set({ unseen: 0 }),
    snapshot: () => ({ db: get().db, selected: get().selected, open: [...open], closed: [...closed] }),
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
        pages: new Map(),
        total: 0,
        keys: 0,
        loaded: false,
        selected: saved?.selected ?? null,
        value: null,
        gone: null,
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

  async function round(): Promise<void> {
    const { db, filter, selected } = store.getState()
    const [tree, value] = await Promise.all([browse(db, filter), selected === null ? null : inspect(db, selected)])
    const now = store.getState()
    if (now.db !== db || now.filter !== filter) return
    store.setState({
      ...tree,
      loaded: true,
      ...(now.selected === selected ? settled(now, value) : {}),
    })
  }

  async function browse(db: number, filter: string): Promise<Pick<KeyspaceState, 'pages' | 'total' | 'keys'>> {
    for (;;) {
      const pages: Promise<BrowsePage>[] = []
      const first = Math.floor(view.from / pageSize)
      const last = Math.floor(view.to / pageSize)
      const pattern = filter.trim() === '' ? latin('*') : utf8(filter.trim())
      for (let page = first; page <= last; page++) {
        const query = { db, filter: pattern, open: [...open], from: page * pageSize, count: pageSize }
        pages.push(session.ask({ do: 'browse', query }))
      }
      const found = await Promise.all(pages)
      if (!openSmall(found))
        return {
          pages: new Map(found.map((page, i) => [first + i, page.rows])),
          total: found[0]?.total ?? 0,
          keys: found[0]?.keys ?? 0,
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

  async function inspect(db: number, key: Bytes): Promise<ValuePage | null> {
    const page = await session.ask({ do: 'inspect', db, key, from: 0, count: wanted })
    if (page?.kind === 'string' && wanted < firstBytes && page.total > page.bytes.length) {
      wanted = firstBytes
      return session.ask({ do: 'inspect', db, key, from: 0, count: wanted })
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
    if ((state.selected === null || state.gone) && !mine && fresh)
      Object.assign(change, { selected: fresh.key, gone: null })
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
