/// <reference lib="webworker" />
// The worker's entry: the real clock, timers, the store, what tabs share. All else is in server.ts.
import { StoreError, storeError } from '../storage/disk.ts'
import { IndexedStore } from '../storage/generations.ts'
import type { Store } from '../storage/store.ts'
import type { Tabs } from './owner.ts'
import { postInPieces } from './pieces.ts'
import type { Batch } from './protocol.ts'
import { SessionServer, type Host } from './server.ts'

declare const self: DedicatedWorkerGlobalScope

declare const BUILD_ID: string

const later = (afterMs: number, work: () => void) => void setTimeout(() => guarded(work), afterMs)

/** IndexedDB where it works in time, else memory, and why. */
async function findStore(): Promise<{ store: Store; problem: StoreError | null }> {
  try {
    // The worker bears its database's name.
    const store = new IndexedStore({ factory: indexedDB, later }, BUILD_ID, self.name)
    await store.open()
    return { store, problem: null }
  } catch (error) {
    const problem = typeof indexedDB === 'object' ? storeError(error) : new StoreError('private')
    const { MemoryStore } = await import('../storage/memory.ts')
    return { store: new MemoryStore(), problem }
  }
}

function findTabs(): Tabs {
  try {
    return { locks: navigator.locks, channel: new BroadcastChannel('rediscover'), later }
  } catch {
    return { locks: navigator.locks, channel: undefined, later }
  }
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
function begin({ store, problem }: { store: Store; problem: StoreError | null }): void {
  const host: Host = {
    now: () => Date.now(),
    measured: () => performance.timeOrigin + performance.now(),
    wake(afterMs, work) {
      clearTimeout(timer)
      if (afterMs !== null) timer = setTimeout(() => guarded(work), Math.min(afterMs, MOST_DELAY))
    },
    later,
    post: (turn) => postInPieces(turn, (message) => self.postMessage(message)),
    fault,
    seed: () => Math.floor(Math.random() * 2 ** 53),
    newId,
    store,
    storeProblem: problem,
    tabs: findTabs(),
    build: BUILD_ID,
    complete: async () => void (await import('../engine/whole.ts')),
  }
  server = new SessionServer(host)
  for (const batch of early) guarded(() => server!.receive(batch))
}

void findStore().then(begin)
