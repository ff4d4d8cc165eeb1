// A session whose other side is the test: it records what was asked and says what it is told to.
import type { Session } from '../../session/client.ts'
import type { Answers, ClientState, Event, Opened, Request } from '../../session/protocol.ts'
import type { Bytes } from '../../wire/bytes.ts'
import type { Lessons } from '../stores/lesson.ts'
import { createStores, type Stores } from '../stores/index.ts'

type Asked<D extends Request['do']> = Extract<Request, { do: D }>
type Answering = { [D in Request['do']]?: (request: Asked<D>) => Answers[D] }

export interface Fake {
  readonly session: Session
  readonly asked: Request[]
  /** Commands sent and not yet answered. */
  readonly sent: {
    readonly client: number
    readonly argv: readonly Bytes[]
    readonly seq: number
    readonly group?: number
  }[]
  /** How a request is answered; what is not here is answered with null. */
  readonly answering: Answering
  /** One turn of the worker. */
  turn(...events: readonly Event[]): void
  /** The seq that the next command gets. */
  next: number
}

export function createFake(): Fake {
  const listeners: ((event: Event) => void)[] = []
  const ends: (() => void)[] = []
  const fake: Fake = {
    asked: [],
    sent: [],
    answering: {},
    next: 1,
    turn(...events) {
      for (const event of events) for (const listener of listeners) listener(event)
      for (const end of ends) end()
    },
    session: {
      ask<R extends Request>(request: R): Promise<Answers[R['do']]> {
        fake.asked.push(request)
        const answer = fake.answering[request.do] as ((request: Request) => Answers[R['do']]) | undefined
        return Promise.resolve(answer ? answer(request) : (null as Answers[R['do']]))
      },
      send(client, commands, accepted, _refused, group) {
        const seqs = commands.map(() => fake.next++)
        for (const [i, argv] of commands.entries())
          fake.sent.push({ client, argv, seq: seqs[i]!, ...(group === undefined ? {} : { group }) })
        accepted(seqs)
      },
      listen(listener) {
        listeners.push(listener)
        return () => undefined
      },
      stop() {},
      settled(end) {
        ends.push(end)
        return () => undefined
      },
    },
  }
  fake.answering.open = () => opened()
  fake.answering.mark = () => ({ seq: 0 })
  fake.answering.browse = ({ query }) => ({ total: 0, from: query.from, rows: [], keys: 0 })
  return fake
}

/** A client that does nothing special. */
export const idle = (client: number, name: string, more: Partial<ClientState> = {}): ClientState => ({
  client,
  name,
  db: 0,
  protocol: 2,
  queued: null,
  refused: false,
  watching: [],
  raced: false,
  subscribed: { channels: [], patterns: [], shards: [] },
  monitoring: false,
  blocked: null,
  ...more,
})

/** A new session with clients A (1) and B (2). */
export const opened = (more: Partial<Opened> = {}): Opened => ({
  session: { id: 's', name: '', createdAt: 0, usedAt: 0, keys: 0, commands: 0 },
  copyOf: null,
  owner: 1,
  mended: null,
  replayed: 0,
  missing: false,
  notebook: null,
  clients: [idle(1, 'A'), idle(2, 'B')],
  head: 0,
  databases: [],
  time: { now: 0, measuredAt: 0, rate: 1 },
  canUndo: false,
  canRedo: false,
  base: null,
  ...more,
})

/** Where no teacher's file is read. */
export const readNothing: Lessons['readGuest'] = () => Promise.resolve({ ok: false, problems: [] })

const noLessons: Lessons = {
  library: [],
  tracks: [],
  createPlayer: () => {
    throw new Error('no lessons here')
  },
  readGuest: readNothing,
}

export interface Bench extends Fake {
  readonly stores: Stores
  /** Calls what was put off, as the page's timers would. */
  pass(): void
}

/** Stores on a fake session, opened. */
export async function bench(search = '', lessons: Lessons = noLessons, prepare?: (fake: Fake) => void): Promise<Bench> {
  const fake = createFake()
  prepare?.(fake)
  const due = new Set<() => void>()
  const stores = createStores(fake.session, {
    memory: null,
    languages: ['en'],
    search: new URLSearchParams(search),
    clock: () => 0,
    later(work) {
      due.add(work)
      return () => due.delete(work)
    },
    lessons,
  })
  await stores.open(null)
  return Object.assign(fake, {
    stores,
    pass() {
      for (const work of due) work()
      due.clear()
    },
  })
}

/** Lets promises that are already settled run on. */
export const calm = () => new Promise<void>((resolve) => setImmediate(resolve))
