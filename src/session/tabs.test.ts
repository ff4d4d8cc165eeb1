// Three tabs and one session, in 2,000 schedules: what each of them does, when messages, locks and patience come about,
// which tab stands frozen meanwhile. Whatever the order: one tab writes at a time, and all that was called saved is there,
// in the order in which it was saved.
/* oxlint-disable vitest/no-standalone-expect, vitest/no-conditional-expect -- the model itself says what must hold, whenever it is asked */
import fc from 'fast-check'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeAll, expect, test } from 'vitest'
import { StoreError } from '../storage/disk.ts'
import { IndexedStore } from '../storage/generations.ts'
import { Ownership } from './owner.ts'

beforeAll(() => {
  globalThis.IDBKeyRange = IDBKeyRange as unknown as typeof globalThis.IDBKeyRange
})

const ID = 's'
const info = { id: ID, name: '', createdAt: 0, usedAt: 0, keys: 0, commands: 0 }
const bytes = (lines: readonly string[]) => new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''))
const linesOf = (array: Uint8Array) => new TextDecoder().decode(array).split('\n').slice(0, -1)

/** Web Locks of one name, as far as they are used; `soon` decides when something comes about. */
class Locks {
  #holder: { readonly end: (error: Error) => void } | null = null
  #queue: (() => void)[] = []
  readonly #soon: (work: () => void) => void

  constructor(soon: (work: () => void) => void) {
    this.#soon = soon
  }

  request(_: string, { signal, steal }: LockOptions, hold: () => Promise<void>): Promise<void> {
    return new Promise((done, failed) => {
      let isOver = false
      const grant = () => {
        if (isOver) return this.#next()
        isOver = true
        const mine = { end: failed }
        this.#holder = mine
        void hold().then(() => {
          done()
          if (this.#holder === mine) this.#next()
        })
      }
      signal?.addEventListener('abort', () => {
        if (isOver) return
        isOver = true
        failed(new DOMException('', 'AbortError'))
      })
      if (steal) {
        const { end } = this.#holder ?? { end: () => undefined }
        grant()
        this.#soon(() => end(new DOMException('', 'AbortError')))
      } else if (this.#holder) this.#queue.push(grant)
      else grant()
    })
  }

  #next(): void {
    this.#holder = null
    const grant = this.#queue.shift()
    if (grant) this.#soon(grant)
  }

  query = () => Promise.resolve({ held: [] })
}

interface Saved {
  readonly line: string
  readonly owner: number
}

class Tab {
  readonly #name: string
  readonly #store: IndexedStore
  readonly #owner: Ownership
  readonly #saved: Saved[]
  readonly #asleep: (() => void)[] = []
  #isFrozen = false
  /** The lines as this tab knows them, and its number; null where it does not have the session. */
  #lines: string[] = []
  #number: number | null = null
  #count = 0
  /** What it does one after the other. */
  #last: Promise<unknown> = Promise.resolve()
  hears: (data: unknown) => void = () => undefined

  constructor(name: string, world: World, saved: Saved[]) {
    this.#name = name
    this.#saved = saved
    this.#store = new IndexedStore({ factory: world.factory, later: () => undefined }, 'test')
    const channel = {
      onmessage: null as ((event: MessageEvent) => void) | null,
      postMessage: (data: unknown) => world.send(this, data),
    }
    const tabs = {
      locks: world.locks as never,
      channel,
      later: (_: number, work: () => void) => world.soon(() => this.#awake(work)),
    }
    this.#owner = new Ownership(
      tabs,
      () => this.#last.then(() => this.#lose()),
      () => this.#lose(),
    )
    this.hears = (data) => this.#awake(() => channel.onmessage?.({ data } as MessageEvent))
  }

  /** A frozen tab hears of it when it wakes. */
  #awake(work: () => void): void {
    if (this.#isFrozen) this.#asleep.push(work)
    else work()
  }

  #lose(): void {
    // Of a frozen tab: it does not know yet.
    this.#awake(() => (this.#number = null))
  }

  act(what: 'open' | 'take' | 'write' | 'image' | 'freeze' | 'thaw'): void {
    if (what === 'freeze') this.#isFrozen = true
    else if (what === 'thaw') {
      // What it was about to write it writes before it hears anything.
      this.#last = this.#last.then(() => this.#write(false))
      this.#isFrozen = false
      for (const work of this.#asleep.splice(0)) work()
    } else if (!this.#isFrozen)
      this.#last = this.#last.then(() =>
        what === 'open' || what === 'take'
          ? this.#open(what === 'take' ? 'take' : 'ask')
          : this.#write(what === 'image'),
      )
  }

  async #open(how: 'ask' | 'take'): Promise<void> {
    if (this.#number !== null || !(await this.#owner.acquire(ID, how))) return
    const number = await this.#store.claim(ID)
    const { log } = (await this.#store.load(ID))!
    this.#lines = linesOf(log)
    this.#number = number
  }

  async #write(withImage: boolean): Promise<void> {
    const owner = this.#number
    if (owner === null) return
    const line = `${this.#name}${++this.#count}`
    const lines = [...this.#lines, line]
    const latest = { index: lines.length, head: lines.length, image: bytes(lines) }
    const save = { info, nextSeq: lines.length, append: bytes([line]), ...(withImage ? { latest } : {}) }
    try {
      await this.#store.save(ID, save)
      this.#lines = lines
      this.#saved.push({ line, owner })
    } catch (error) {
      expect((error as StoreError).trouble).toBe('taken')
      if (this.#number === owner) this.#number = null
    }
  }

  end = () => this.#last
}

class World {
  readonly factory = new IDBFactory() as unknown as IDBFactory
  readonly soon: (work: () => void) => void
  readonly locks: Locks
  tabs: Tab[] = []

  constructor(soon: (work: () => void) => void) {
    this.soon = soon
    this.locks = new Locks(soon)
  }

  send(from: Tab, data: unknown): void {
    for (const tab of this.tabs) if (tab !== from) this.soon(() => tab.hears(data))
  }
}

const acts = fc.constantFrom('open', 'take', 'take', 'write', 'write', 'write', 'image', 'freeze', 'thaw')
const plans = fc.array(fc.tuple(fc.nat(2), acts), { minLength: 4, maxLength: 16 })

test('2,000 schedules of three tabs: never two writers, nothing that was saved is lost', async () => {
  let runs = 0
  let taken = 0
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), plans, async (s, plan) => {
      const world = new World((work) => void s.schedule(Promise.resolve()).then(work))
      const first = new IndexedStore({ factory: world.factory, later: () => undefined }, 'test')
      const rewrite = { base: bytes([]), log: bytes([]), undone: [], floor: 0 }
      await first.save(ID, { info, nextSeq: 1, rewrite })
      const saved: Saved[] = []
      world.tabs = ['a', 'b', 'c'].map((name) => new Tab(name, world, saved))
      for (const [tab, act] of plan) {
        void s.schedule(Promise.resolve()).then(() => world.tabs[tab]!.act(act))
        if (act === 'take') taken++
      }
      await settle(s)
      for (const tab of world.tabs) tab.act('thaw')
      await settle(s)
      await Promise.race([Promise.all(world.tabs.map((tab) => tab.end())), settle(s)])
      const { log, latest, mended } = (await first.load(ID))!
      const lines = linesOf(log)
      expect(mended).toBeNull()
      expect(lines).toEqual(saved.map(({ line }) => line))
      expect(saved.map(({ owner }) => owner)).toEqual(saved.map(({ owner }) => owner).toSorted((a, b) => a - b))
      if (latest) expect(linesOf(latest.image)).toEqual(lines.slice(0, latest.index))
      runs++
    }),
    { numRuns: 2000, endOnFailure: true },
  )
  expect(runs).toBe(2000)
  expect(taken).toBeGreaterThan(1000)
}, 300_000)

/** Until nothing more comes about, in the order that the schedule says. */
async function settle(s: fc.Scheduler): Promise<void> {
  for (let quiet = 0; quiet < 12; quiet++) {
    await new Promise((resolve) => setImmediate(resolve))
    if (s.count() === 0) continue
    quiet = 0
    await s.waitOne()
  }
}
