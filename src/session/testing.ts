// A border without a worker: the page's side and the engine's side in one process, over a real MessageChannel-like pair
// of plain calls, with a clock and timers that a test moves by hand. For tests.
import { StoreError } from '../storage/disk.ts'
import { MemoryStore } from '../storage/memory.ts'
import type { Store } from '../storage/store.ts'
import { createSession, type Runner, type Session } from './client.ts'
import { postInPieces } from './pieces.ts'
import type { Batch, Turn } from './protocol.ts'
import { SessionServer, type Host } from './server.ts'

/** Time by hand: what is asked for later waits until `advance` reaches it. */
export class ManualTime {
  now = 1_700_000_000_000
  readonly #jobs: { at: number; work: () => void }[] = []

  later(afterMs: number, work: () => void): { cancel(): void } {
    const job = { at: this.now + afterMs, work }
    this.#jobs.push(job)
    return { cancel: () => void (job.at = Infinity) }
  }

  /** Moves the clock and does what falls due, in order; what is asynchronous is awaited. */
  async advance(ms: number): Promise<void> {
    const until = this.now + ms
    await idle()
    for (;;) {
      const next = this.#jobs.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#jobs.splice(this.#jobs.indexOf(next), 1)
      this.now = Math.max(this.now, next.at)
      next.work()
      await idle()
    }
    this.now = until
  }
}

/** Lets everything that is under way settle: messages are macrotasks here, as they are in a browser. */
export async function idle(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve))
}

export interface FoundStore {
  readonly store: Store
  readonly problem: StoreError | null
}

/** A runner like a worker: messages are copied, and arrive later. */
export class InlineRunner implements Runner {
  onmessage: ((event: MessageEvent) => void) | null = null
  onerror: ((event: ErrorEvent) => void) | null = null
  #server: SessionServer | null = null
  readonly #early: Batch[] = []
  #dead = false

  /** The store may have to be found first. */
  constructor(time: ManualTime, found: Store | Promise<FoundStore>, seed = 7, build = 'test') {
    if (found instanceof Promise) void found.then((it) => this.#begin(time, it, seed, build))
    else
      this.#begin(
        time,
        { store: found, problem: found.lasting ? null : new StoreError('private', 'memory only') },
        seed,
        build,
      )
  }

  #begin(time: ManualTime, { store, problem }: FoundStore, seed: number, build: string): void {
    let wake: { cancel(): void } | null = null
    const guarded = (work: () => void) => () => {
      if (!this.#dead) work()
    }
    const host: Host = {
      now: () => time.now,
      measured: () => time.now,
      wake(afterMs, work) {
        wake?.cancel()
        wake = afterMs === null ? null : time.later(afterMs, guarded(work))
      },
      later: (afterMs, work) => void time.later(afterMs, guarded(work)),
      post: (turn: Turn) =>
        postInPieces(turn, (message) => {
          const data: unknown = structuredClone(message)
          setImmediate(() => {
            if (!this.#dead) this.onmessage?.({ data } as MessageEvent)
          })
        }),
      fault: (error) => this.die(error instanceof Error ? error.message : String(error)),
      seed: () => seed,
      newId: () => `session-${time.now}-${ids++}`,
      store,
      storeProblem: problem,
      tabs: { locks: undefined, channel: undefined, later: () => undefined },
      build,
      complete: async () => void (await import('../engine/whole.ts')),
    }
    this.#server = new SessionServer(host)
    for (const batch of this.#early) this.#server.receive(batch)
  }

  postMessage(message: unknown): void {
    const data = structuredClone(message) as Batch
    setImmediate(() => {
      if (this.#dead) return
      if (this.#server) this.#server.receive(data)
      else this.#early.push(data)
    })
  }

  terminate(): void {
    this.#dead = true
  }

  /** Dies as a worker does that throws. */
  die(message = 'killed by a test'): void {
    this.#dead = true
    this.onerror?.({ message } as ErrorEvent)
  }
}

let ids = 1

/** A memory store that says it lasts, as IndexedDB does. */
export class LastingStore extends MemoryStore {
  override readonly lasting: boolean = true
}

/** A session over an InlineRunner. `runner` is the one that is alive now. */
export function testSession(store: Store = new LastingStore(), time = new ManualTime()) {
  const runners: InlineRunner[] = []
  const session: Session = createSession(() => {
    const runner = new InlineRunner(time, store)
    runners.push(runner)
    return runner
  })
  return { session, time, store, runner: () => runners.at(-1)! }
}
