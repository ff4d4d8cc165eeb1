// Others in a lesson: they act on their cues by clients of their own, which have no console. What they did is kept, so
// that the lesson can tell. A line is given to the server at once and answered whenever it is: an actor that waits holds
// nobody up.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { isTyped, type Befall, type Lesson, type Line, type Typed } from '../../lesson/schema.ts'
import type { Session } from '../../session/client.ts'
import type { ClientId } from '../../session/protocol.ts'
import { split } from '../../wire/line.ts'
import { asPrinted, show } from '../../wire/show.ts'
import { quietName, type SessionStore } from './session.ts'

/** Something that an actor did. */
export interface Act {
  readonly id: number
  readonly name: string
  readonly line: string
  /** Its place in the log; null until it was taken. */
  readonly seq: number | null
  /** The reply as redis-cli shows it; null while there is none. */
  readonly shown: string | null
  /** Undo took it back. */
  readonly taken?: boolean
}

export interface ActorsState {
  /** What was done in the present step, oldest first. */
  readonly acts: readonly Act[]
  /** Puts what was done aside: another step begins, or one comes back from the notebook. */
  readonly begin: (acts?: readonly Act[]) => void
  /** Runs lines in order, and keeps them to be told. Resolves when the last was taken. */
  readonly act: (lesson: Lesson, lines: readonly (Typed | Befall)[]) => Promise<void>
  /** Runs lines of learner and actors in order, quietly: no console shows them. Resolves when all were taken. */
  readonly prepare: (lesson: Lesson) => Promise<void>
}

export type ActorsStore = StoreApi<ActorsState>

export function createActorsStore(session: Session, sessionStore: SessionStore): ActorsStore {
  let nextId = 1
  const store = createStore<ActorsState>()((set, get) => ({
    acts: [],
    begin(acts = []) {
      nextId = Math.max(0, ...acts.map(({ id }) => id)) + 1
      set({ acts })
    },
    async act(lesson, lines) {
      const clients = await connectAll(lesson, lines)
      await Promise.all<unknown>(
        lines.map((deed) => {
          if ('server' in deed) return sessionStore.getState().befall(deed.server)
          const { client: name, line } = deed
          const id = nextId++
          set({ acts: [...get().acts, { id, name, line, seq: null, shown: null }] })
          return new Promise<void>((resolve) => {
            session.send(
              clients.get(name)!,
              [split(line)!],
              ([seq]) => {
                amend(id, { seq: seq! })
                resolve()
              },
              () => resolve(),
            )
          })
        }),
      )
    },
    async prepare(lesson) {
      const { setup } = lesson
      const clients = await connectAll(lesson, setup)
      await Promise.all(setup.map((line) => give(line, clients)))
    },
  }))

  const amend = (id: number, how: Partial<Act>) =>
    store.setState({ acts: store.getState().acts.map((act) => (act.id === id ? { ...act, ...how } : act)) })

  function give(line: Line, clients: ReadonlyMap<string, ClientId>): Promise<unknown> {
    if ('skip' in line) return sessionStore.getState().move({ ahead: line.skip })
    if ('server' in line) return sessionStore.getState().befall(line.server)
    if (!isTyped(line)) return session.ask({ do: 'cancel', client: clients.get(line.interrupt)! })
    return session.ask({ do: 'send', client: clients.get(line.client)!, commands: [split(line.line)!] })
  }

  /** The clients of these lines; one that is not there comes now. */
  async function connectAll(lesson: Lesson, lines: readonly Line[]): Promise<ReadonlyMap<string, ClientId>> {
    const found = new Map<string, ClientId>()
    for (const line of lines) {
      const name = isTyped(line) ? line.client : 'interrupt' in line ? line.interrupt : null
      if (name === null || found.has(name)) continue
      const called = lesson.actors.includes(name) ? `${quietName}${name}` : name
      const known = sessionStore.getState().clients.find((state) => state.name === called)
      const { client } = known ?? (await session.ask({ do: 'connect', name: called, db: lesson.db }))
      found.set(name, client)
    }
    return found
  }

  session.listen((event) => {
    const { acts } = store.getState()
    if (acts.length === 0) return
    if (event.on === 'reply') {
      const act = acts.find(({ seq }) => seq === event.seq)
      if (act) amend(act.id, { shown: show(asPrinted(split(act.line)!, event.reply)) })
    } else if (event.on === 'replaced')
      store.setState({
        acts: acts.map((act) => ({ ...act, taken: act.seq !== null && act.seq > event.head })),
      })
  })
  return store
}
