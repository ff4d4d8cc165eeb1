// What the page knows of the session as a whole: its clients, databases, clock, whether it is saved, what can be undone.
import type { ReactNode } from 'react'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Befall } from '../../lesson/schema.ts'
import type { Session } from '../../session/client.ts'
import type {
  ClientId,
  ClientState,
  ClockChange,
  CommandDoc,
  ConfigFault,
  DatabaseSize,
  EngineTime,
  Event,
  Opened,
  Restarted,
  SaveState,
  SessionInfo,
  Undone,
} from '../../session/protocol.ts'
import { join } from '../../wire/line.ts'
import { text } from '../../wire/bytes.ts'
import type { Messages } from '../i18n/index.ts'

/** Others who act in a lesson are clients too, without a console: the names of theirs begin with this. */
export const quietName = 'lesson:'

/** What people call a client. */
export const calledName = (name: string): string => (name.startsWith(quietName) ? name.slice(quietName.length) : name)

/** A sentence to say once, in whatever language is on. */
export type Notice = (t: Messages) => string

export interface SessionState {
  readonly phase: 'opening' | 'open' | 'failed'
  readonly info: SessionInfo | null
  /** How it came to be open, as far as the person has to know; null where that was put away. */
  readonly how: Pick<Opened, 'copyOf' | 'mended' | 'replayed' | 'missing'> | null
  /** It is being played again, which takes a while. */
  readonly replaying: { readonly done: number; readonly of: number } | null
  readonly clients: readonly ClientState[]
  readonly databases: readonly DatabaseSize[]
  readonly time: EngineTime
  readonly catalog: readonly CommandDoc[]
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly saving: SaveState | null
  /** May hold more than a sentence: a button that leads on. */
  readonly notice: ((t: Messages) => ReactNode) | null
  /** What the server that started again last had, and has; null: nothing befell it, or that was taken back. */
  readonly restarted: Restarted | null
  /** Goes up when something happens on the server's disk. */
  readonly disks: number
  readonly sessions: readonly SessionInfo[]

  readonly opening: () => void
  readonly opened: (opened: Opened) => void
  readonly failed: (message: string) => void
  readonly say: (notice: SessionState['notice']) => void
  /** Takes back the last command; resolves with the sentence that says so. */
  readonly undo: () => Promise<Notice>
  readonly redo: () => Promise<Notice>
  readonly reset: () => Promise<Notice>
  readonly list: () => Promise<void>
  readonly rename: (id: string, name: string) => Promise<void>
  readonly remove: (id: string) => Promise<void>
  /** Does something to the server itself. Null: it could not, or there is nothing to tell. */
  readonly befall: (what: Befall['server']) => Promise<Restarted | ConfigFault | null>
  /** Whatever else may be asked of the session, for what the page loads later. */
  readonly ask: Session['ask']
  /** Brings a removed one back. */
  readonly restore: (id: string) => Promise<void>
  readonly duplicate: (id: string, name: string) => Promise<void>
  /** Another tab has the session: what is here becomes one of its own, with this name. */
  readonly part: (name: string) => Promise<void>
  /** Moves the clock; resolves with the sentence that says so. */
  readonly move: (change: ClockChange) => Promise<Notice>
  /** Engine time now. */
  readonly now: () => number
}

export type SessionStore = StoreApi<SessionState>

/** The sentence that says what was taken back, or brought again. */
function noticeOf({ what }: Undone, back: boolean): Notice {
  switch (what.kind) {
    case 'command': {
      const line = join(what.argv, text)
      return (t) => (back ? t.undid(line) : t.redid(line))
    }
    case 'commands':
      return (t) => (back ? t.undidMany(what.count) : t.redidMany(what.count))
    case 'closed':
      return (t) => (back ? t.undidClose(what.name) : t.redidClose(what.name))
    case 'reset':
      return (t) => (back ? t.undidReset : t.redidReset)
    case 'server':
      return (t) => (back ? t.undidServer : t.redidServer)
  }
}

export function createSessionStore(session: Session, clock: () => number): SessionStore {
  const store = createStore<SessionState>()((set, get) => ({
    phase: 'opening',
    info: null,
    how: null,
    replaying: null,
    clients: [],
    databases: [],
    time: { now: 0, measuredAt: 0, rate: 1 },
    catalog: [],
    canUndo: false,
    canRedo: false,
    saving: null,
    notice: null,
    restarted: null,
    disks: 0,
    sessions: [],

    opening: () => set({ phase: 'opening', notice: null, saving: null }),
    opened(opened) {
      const { copyOf, mended, replayed, missing } = opened
      set({
        phase: 'open',
        info: opened.session,
        how: { copyOf, mended, replayed, missing },
        replaying: null,
        clients: opened.clients,
        databases: opened.databases,
        time: opened.time,
        canUndo: opened.canUndo,
        canRedo: opened.canRedo,
        notice: null,
        restarted: null,
      })
    },
    failed: (message) => set({ phase: 'failed', notice: () => message }),
    say: (notice) => set({ notice }),

    async undo() {
      const undone = await session.ask({ do: 'undo' })
      if (!undone) return (t) => t.nothingToUndo
      if (undone.what.kind === 'server') set({ restarted: null })
      return noticeOf(undone, true)
    },
    async redo() {
      const redone = await session.ask({ do: 'redo' })
      if (!redone) return (t) => t.nothingToRedo
      return noticeOf(redone, false)
    },
    async reset() {
      await session.ask({ do: 'reset' })
      return (t) => t.didReset
    },

    ask: session.ask.bind(session),
    async befall(what) {
      if (what === 'crash' || what === 'restart') return session.ask({ do: 'crash', how: what })
      await session.ask({ do: 'disk', full: what === 'full' })
      return null
    },

    async list() {
      set({ sessions: await session.ask({ do: 'sessions' }) })
    },
    async rename(id, name) {
      await session.ask({ do: 'rename', session: id, name })
      const { info } = get()
      if (info?.id === id) set({ info: { ...info, name } })
      await get().list()
    },
    async remove(id) {
      await session.ask({ do: 'remove', session: id })
      await get().list()
    },
    async restore(id) {
      await session.ask({ do: 'restore', session: id })
      await get().list()
    },
    async duplicate(id, name) {
      await session.ask({ do: 'duplicate', session: id, name })
      await get().list()
    },
    async part(name) {
      set({ info: await session.ask({ do: 'part', name }), how: null })
    },
    async move(change) {
      const before = get().now()
      const time = await session.ask({ do: 'clock', set: change })
      set({ time })
      if ('rate' in change)
        return (t) => (change.rate === 0 ? t.clockPaused : change.rate === 1 ? t.clockLive : t.clockFast)
      const span = time.now - before
      if ('to' in change && span < 1) return (t) => t.clockNothing
      return (t) => t.clockMoved(t.span(span))
    },
    now() {
      const { now, measuredAt, rate } = get().time
      return now + (clock() - measuredAt) * rate
    },
  }))

  session.listen((event) => {
    const change = reduce(store.getState(), event)
    if (change) store.setState(change)
  })
  return store
}

const isQuiet = ({ clients }: SessionState, client: ClientId) =>
  clients.some((each) => each.client === client && each.name.startsWith(quietName))

function reduce(state: SessionState, event: Event): Partial<SessionState> | null {
  switch (event.on) {
    case 'client': {
      const known = state.clients.some((client) => client.client === event.state.client)
      return {
        clients: known
          ? state.clients.map((client) => (client.client === event.state.client ? event.state : client))
          : [...state.clients, event.state],
      }
    }
    case 'gone':
      return {
        clients: state.clients.filter((client) => client.client !== event.client),
        // A client that the page opened for itself goes unseen.
        ...(isQuiet(state, event.client) ? {} : { canUndo: true, canRedo: false }),
      }
    case 'unit':
      return event.unit.client === null
        ? { databases: event.unit.databases }
        : { databases: event.unit.databases, canUndo: true, canRedo: false, notice: null }
    case 'replaced': {
      const { databases, clients, time, canUndo, canRedo } = event
      return { databases, clients, time, canUndo, canRedo, replaying: null }
    }
    case 'replaying':
      return { replaying: { done: event.done, of: event.of } }
    case 'disk':
      return { disks: state.disks + 1 }
    case 'reloaded':
      return { restarted: event.report }
    case 'catalog':
      return { catalog: event.catalog }
    case 'saving':
      return { saving: event.state }
    case 'fault':
      return { notice: (t) => t.fault }
    default:
      return null
  }
}
