// Every operation of the browser's storage, in its turn, goes wrong in each of seven ways, once or until it heals, while one
// session is worked in. Whatever happens: what was called saved is in the store; what is in the store is whole, and a
// beginning of what was done; that something is not saved is told within two seconds; when all is well again, all is saved.
/* oxlint-disable vitest/no-standalone-expect, vitest/no-conditional-expect -- the model itself says what must hold, whenever it is asked */
import { IDBKeyRange } from 'fake-indexeddb'
import { beforeAll, expect, test } from 'vitest'
import { IndexedStore } from '../storage/generations.ts'
import { storeError } from '../storage/disk.ts'
import { MemoryStore } from '../storage/memory.ts'
import { FaultyStorage, ways, type Plan } from '../storage/testing.ts'
import { split } from '../wire/line.ts'
import { createSession, type Session } from './client.ts'
import type { Opened, Request, SaveState } from './protocol.ts'
import { reopen } from './reopen.ts'
import { InlineRunner, ManualTime } from './testing.ts'

beforeAll(() => {
  globalThis.IDBKeyRange = IDBKeyRange as unknown as typeof globalThis.IDBKeyRange
})

/** Longer than this nothing may be unsaved without a word, in ms. */
const TOLD_IN = 2000

type Lines = readonly (readonly [number, string])[]

class Visit {
  readonly storage: FaultyStorage
  readonly time = new ManualTime()
  states: SaveState[] = []
  /** The log's lines with their seqs, as they stood after each thing that was done, and which of them was called saved. */
  readonly moments: Lines[] = [[]]
  saved = 0
  id = ''
  /** Nothing can be kept here, and that was told. */
  memory = false
  /** The session could not be opened, and the page says so. */
  refused = false
  #session: Session
  #runner: InlineRunner | null = null

  constructor(storage: FaultyStorage) {
    this.storage = storage
    this.#session = this.#begin()
  }

  #begin(): Session {
    const session = createSession(() => (this.#runner = new InlineRunner(this.time, this.#store())))
    session.listen((event) => {
      if (event.on !== 'saving') return
      this.states.push(event.state)
      if (event.state.state === 'saved') this.saved = this.#momentOf(event.state.upTo)
      if (event.state.state === 'memory') this.memory = true
    })
    return session
  }

  /** The page goes and comes again; what is there then is what was stored. */
  async reload(): Promise<void> {
    if (this.id === '' || this.memory) return
    this.#runner?.terminate()
    this.#session = this.#begin()
    const { id } = this
    const opened = await this.open(id)
    this.refused = opened instanceof Error
    if (this.memory || opened instanceof Error) return
    if (opened.session.id !== id) {
      // Another one, because this one is not to be seen: that is told, and it is as it was.
      expect(opened.missing).toBe(true)
      if (this.saved > 0) expect(this.moments.slice(this.saved)).toContainEqual(await kept(this.storage, id))
      this.moments.splice(0, Infinity, [])
      this.saved = 0
    } else {
      const found = (await kept(this.storage, id)) ?? []
      expect(this.moments.slice(this.saved)).toContainEqual(found)
      this.moments.push(found)
      this.saved = this.moments.length - 1
    }
  }

  get now(): Lines {
    return this.moments.at(-1)!
  }

  /** The first moment, of those that can be meant, whose log goes so far. */
  #momentOf(upTo: number): number {
    const heads = this.moments.map((lines) => lines.at(-1)?.[0] ?? 0)
    const may = heads.map((head, i) => (i >= this.saved && head <= upTo ? head : -1))
    return may.indexOf(Math.max(...may))
  }

  async #store() {
    const later = (ms: number, work: () => void) => void this.time.later(ms, work)
    const store = new IndexedStore({ factory: this.storage.factory, later }, 'test')
    try {
      await store.open()
      return { store, problem: null }
    } catch (error) {
      return { store: new MemoryStore(), problem: storeError(error) }
    }
  }

  /** Asks, and lets time pass until there is an answer. */
  async ask<R extends Request>(request: R): Promise<unknown> {
    let isOver = false
    const asked = this.#session.ask(request).then(
      (value) => value,
      (error: unknown) => error,
    )
    void asked.then(() => (isOver = true))
    for (let waited = 0; !isOver && waited < 60_000; waited += 500) {
      await this.settle()
      if (!isOver) await this.time.advance(500)
    }
    if (!isOver) throw new Error(`no answer to ${request.do}`)
    return asked
  }

  async type(line: string): Promise<void> {
    this.#session.send(1, [split(line)!], ([seq]) => this.moments.push([...this.now, [seq!, line]]))
    await this.settle()
  }

  /** Until nobody asks the storage for anything any more. */
  async settle(): Promise<void> {
    for (let quiet = 0, last = -1; quiet < 8; quiet++) {
      await new Promise((resolve) => setImmediate(resolve))
      if (this.storage.count !== last) quiet = 0
      last = this.storage.count
    }
  }

  async pass(ms: number, step = 100): Promise<void> {
    for (let left = ms; left > 0; left -= step) {
      await this.time.advance(Math.min(left, step))
      await this.settle()
    }
  }

  async open(id: string | null): Promise<Opened | Error> {
    const opened = (await this.ask({ do: 'open', session: id, clients: ['A'] })) as Opened | Error
    if (!(opened instanceof Error)) this.id = opened.session.id
    return opened
  }
}

/** What a clean page would find: the lines in its log. */
async function kept(storage: FaultyStorage, id: string): Promise<Lines | null> {
  const time = new ManualTime()
  const later = (ms: number, work: () => void) => void time.later(ms, work)
  const stored = await new IndexedStore({ factory: storage.real as unknown as IDBFactory, later }, 'test').load(id)
  if (!stored) return null
  expect(stored.mended).toBeNull()
  const { timeline } = reopen(stored, 'test', () => undefined)
  // The image and the log tell of the same state.
  const { timeline: played } = reopen({ ...stored, latest: null }, 'test', () => undefined)
  expect(timeline.engine.image()).toEqual(played.engine.image())
  return timeline.state.log.flatMap(({ seq, input }) => (input.do === 'send' ? [[seq, input.argv.join(' ')]] : []))
}

async function promises(visit: Visit): Promise<void> {
  const { storage, moments, saved, id, memory } = visit
  if (id === '' || memory) return
  const whole = (await kept(storage, id)) ?? []
  // It is the session as it was at one moment, and not before the one that was called saved.
  expect(moments.slice(saved)).toContainEqual(whole)
}

/** What is done; after each step the promises are looked at. */
const steps: readonly ((visit: Visit) => Promise<unknown>)[] = [
  async (visit) => {
    await visit.open(null)
    await visit.pass(100)
  },
  async (visit) => {
    await visit.type('SET a 1')
    await visit.type('MULTI')
    await visit.pass(100)
  },
  async (visit) => {
    await visit.type('INCR a')
    await visit.type('EXEC')
    await visit.ask({ do: 'keep', notebook: 'rows' })
    await visit.pass(200)
  },
  (visit) => visit.reload(),
  async (visit) => {
    await visit.type('RPUSH l x')
    await visit.ask({ do: 'flush', whole: true })
  },
  async (visit) => {
    await visit.ask({ do: 'undo' })
    visit.moments.push(visit.now.slice(0, -1))
    await visit.pass(200)
  },
  // Of this one nobody asks whether it is saved: it has to be told by itself.
  (visit) => visit.type('SET b 2'),
]

async function work(visit: Visit): Promise<void> {
  const { storage } = visit
  for (const step of steps) {
    await step(visit)
    if (visit.refused) return
    // Before anything has gone wrong there is nothing to be seen; after what went wrong once is mended, neither.
    if (storage.struck > 0 || storage.plan === null) await promises(visit)
    const isMended = visit.saved === visit.moments.length - 1 && visit.states.at(-1)?.state === 'saved'
    if (storage.struck > 0 && !storage.plan?.lasts && isMended) return
  }
}

async function run(plan: Plan | null): Promise<Visit> {
  const storage = new FaultyStorage()
  storage.plan = plan
  const visit = new Visit(storage)
  await work(visit)
  // Whatever is not saved by now was said not to be.
  await visit.pass(TOLD_IN)
  const end = visit.states.at(-1)
  const isSaved = end?.state === 'saved' && visit.saved === visit.moments.length - 1
  const isTold = end?.state === 'failed' || end?.state === 'memory' || visit.id === '' || visit.refused
  expect({ isSaved, isTold, end }).toMatchObject(isSaved ? {} : { isTold: true })
  storage.heal()
  if (visit.refused) await visit.reload()
  expect(visit.refused).toBe(false)
  await visit.pass(20_000, 1000)
  if (!visit.memory && visit.id !== '') {
    expect(visit.states.at(-1)).toMatchObject({ state: 'saved' })
    expect(await kept(storage, visit.id)).toEqual(visit.now)
  }
  return visit
}

let operations = 0

test('the work itself: saved at its end, with an image', async () => {
  const visit = await run(null)
  expect(visit.states.at(-1)).toMatchObject({ state: 'saved' })
  expect(visit.now.map(([, line]) => line)).toEqual(['SET a 1', 'MULTI', 'INCR a', 'EXEC', 'SET b 2'])
  operations = visit.storage.count
  expect(operations).toBeGreaterThan(60)
})

/** Once, in each way; until it heals, where that is another thing to the person. */
const plans = [
  ...ways.map((way) => ({ way, lasts: false })),
  ...(['quota', 'hang', 'closed'] as const).map((way) => ({ way, lasts: true })),
]

test.each(plans)(
  '$way, lasting: $lasts, at every operation in turn',
  async ({ way, lasts }) => {
    expect(operations).toBeGreaterThan(0)
    let struck = 0
    for (let nth = 1; nth <= operations; nth++) {
      const visit = await run({ way, nth, lasts }).catch((error: unknown) => {
        throw new Error(`operation ${nth}`, { cause: error })
      })
      if (visit.storage.struck > 0) struck++
    }
    expect(struck).toBe(operations)
  },
  600_000,
)
