/// <reference lib="webworker" />
// The worker's entry: the real clock, timers, the store, the tab's lock on its session. All else is in server.ts.
import { IndexedStore } from '../storage/generations.ts'
import { MemoryStore, type Store } from '../storage/store.ts'
import { postInPieces } from './pieces.ts'
import type { Batch, SessionId } from './protocol.ts'
import { SessionServer, type Host } from './server.ts'

declare const self: DedicatedWorkerGlobalScope

const PROBE_MS = 1000

/** IndexedDB where it works within a second, else memory, and why. */
async function findStore(): Promise<{ store: Store; problem: string | null }> {
  try {
    // The worker bears its database's name.
    const store = new IndexedStore(self.name)
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('the browser did not open its storage')), PROBE_MS)
    })
    await Promise.race([store.open(), late])
    return { store, problem: null }
  } catch (error) {
    const reason = error instanceof Error && error.message !== '' ? error.message : 'no IndexedDB here'
    return { store: new MemoryStore(), problem: reason }
  }
}

/** A page that was just left may hold its lock a moment longer; after this many ms another tab has it. */
const LOCK_WAITS = 700

let release: (() => void) | null = null

/** Holds the session's lock until another is asked for. Where there are no locks, everyone may. */
function acquire(id: SessionId, anyway?: true): Promise<boolean> {
  const { locks } = navigator
  if (!locks) return Promise.resolve(true)
  release?.()
  release = null
  return new Promise((resolve) => {
    const options = anyway ? {} : { signal: AbortSignal.timeout(LOCK_WAITS) }
    const hold = () => {
      resolve(true)
      return new Promise<void>((done) => {
        release = done
      })
    }
    // Refused in time: another tab has it. Refused at all (a sandbox without an origin): there is nobody to share with.
    locks
      .request(`rediscover:${id}`, options, hold)
      .catch((error: unknown) => resolve(!(error instanceof DOMException && error.name === 'TimeoutError')))
    if (anyway) resolve(true)
  })
}

/** A random name. `randomUUID` is not there in a page that came, or is framed by one that came, without TLS. */
const newId = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-')

let timer: ReturnType<typeof setTimeout> | undefined
/** Longest delay that setTimeout takes. */
const MOST_DELAY = 2 ** 31 - 1

const early: Batch[] = []
let server: SessionServer | null = null

/** Whatever is thrown is our own mistake: the page is told, and replaces this worker. */
function fault(error: unknown): void {
  self.postMessage({ events: [{ on: 'fault', message: error instanceof Error ? error.message : String(error) }] })
  self.close()
}

function guarded(work: () => void): void {
  try {
    work()
  } catch (error) {
    fault(error)
  }
}

self.onmessage = (event: MessageEvent) => {
  if (server) guarded(() => server!.receive(event.data as Batch))
  else early.push(event.data as Batch)
}

/** The engine begins once it is known where sessions are kept. What the page says before waits. */
function begin({ store, problem }: { store: Store; problem: string | null }): void {
  const host: Host = {
    now: () => Date.now(),
    measured: () => performance.timeOrigin + performance.now(),
    wake(afterMs, work) {
      clearTimeout(timer)
      if (afterMs !== null) timer = setTimeout(() => guarded(work), Math.min(afterMs, MOST_DELAY))
    },
    later: (afterMs, work) => void setTimeout(() => guarded(work), afterMs),
    post: (turn) => postInPieces(turn, (message) => self.postMessage(message)),
    fault,
    seed: () => Math.floor(Math.random() * 2 ** 53),
    newId,
    store,
    storeProblem: problem,
    acquire,
    complete: async () => void (await import('../engine/whole.ts')),
  }
  server = new SessionServer(host)
  for (const batch of early) guarded(() => server!.receive(batch))
}

void findStore().then(begin)
