// A browser's storage that fails by plan. Behind it is a whole IndexedDB in memory; in front a thin copy of those parts of its
// face that disk.ts uses, which counts what is asked for, and makes one of these operations, or all from there on, go wrong in
// one of the ways that browsers have. For tests.
import { forceCloseDatabase, IDBFactory as Memory } from 'fake-indexeddb'

export const ways = ['error', 'quota', 'abort', 'closed', 'hang', 'empty', 'blocked'] as const
export type Way = (typeof ways)[number]

export interface Plan {
  readonly way: Way
  /** Which operation goes wrong, counted from 1. */
  readonly nth: number
  /** All that come after it, too, until it heals. */
  readonly lasts?: boolean
}

const errors = { error: 'UnknownError', quota: 'QuotaExceededError' } as const

type Hears = ((event: unknown) => void) | null

/** A request that the plan answers. */
class Answer {
  onsuccess: Hears = null
  onerror: Hears = null
  onblocked: Hears = null
  onupgradeneeded: Hears = null
  result: unknown = undefined
  error: DOMException | null = null

  later(work: () => void): this {
    setImmediate(work)
    return this
  }
}

export class FaultyStorage {
  /** What is really there. */
  readonly real = new Memory()
  /** Operations so far. */
  count = 0
  plan: Plan | null = null
  /** The plan has done its work at least once. */
  struck = 0
  #isBlocked = false
  readonly #open = new Set<FaultyDatabase>()

  /** From here on nothing goes wrong. */
  heal(): void {
    this.plan = null
    this.#isBlocked = false
  }

  /** How the next operation goes wrong; null: it does not. */
  next(): Way | null {
    this.count++
    const { plan } = this
    if (!plan || (plan.lasts ? this.count < plan.nth : this.count !== plan.nth)) return null
    this.struck++
    return plan.way
  }

  /** All connections are lost, as a browser loses them. */
  closeAll(block: boolean): void {
    this.#isBlocked ||= block
    for (const db of this.#open) db.lose()
  }

  get factory(): IDBFactory {
    return { open: (name: string, version: number) => this.#opening(name, version) } as unknown as IDBFactory
  }

  #opening(name: string, version: number): unknown {
    const way = this.next()
    const answer = new Answer()
    if (way === 'blocked') this.#isBlocked = true
    if (way === 'hang') return answer
    if (this.#isBlocked) return answer.later(() => answer.onblocked?.(null))
    if (way === 'error' || way === 'quota' || way === 'abort')
      return answer.later(() => {
        answer.error = new DOMException('', way === 'abort' ? 'AbortError' : errors[way])
        answer.onerror?.(null)
      })
    const request = this.real.open(name, version)
    request.onupgradeneeded = () => {
      answer.result = request.result
      answer.onupgradeneeded?.(null)
    }
    request.onsuccess = () => {
      const db = new FaultyDatabase(this, request.result)
      this.#open.add(db)
      answer.result = db
      answer.onsuccess?.(null)
      if (way === 'closed') db.lose()
    }
    return answer
  }
}

class FaultyDatabase {
  onversionchange: Hears = null
  onclose: Hears = null
  readonly #storage: FaultyStorage
  readonly #db: IDBDatabase
  #isLost = false

  constructor(storage: FaultyStorage, db: IDBDatabase) {
    this.#storage = storage
    this.#db = db
  }

  lose(): void {
    if (this.#isLost) return
    this.#isLost = true
    forceCloseDatabase(this.#db as never)
    this.onclose?.(null)
  }

  close(): void {
    this.#db.close()
  }

  transaction(names: readonly string[], mode: IDBTransactionMode): unknown {
    const way = this.#storage.next()
    if (way === 'error') throw new DOMException('', 'UnknownError')
    if (way === 'closed' || way === 'blocked') this.#storage.closeAll(way === 'blocked')
    return new FaultyTransaction(this.#storage, this.#db.transaction([...names], mode), way)
  }
}

class FaultyTransaction {
  oncomplete: Hears = null
  onabort: Hears = null
  error: DOMException | null = null
  readonly #storage: FaultyStorage
  readonly #at: IDBTransaction
  #isMute = false

  constructor(storage: FaultyStorage, at: IDBTransaction, way: Way | null) {
    this.#storage = storage
    this.#at = at
    at.oncomplete = () => {
      if (!this.#isMute) this.oncomplete?.(null)
    }
    at.onabort = () => {
      this.error ??= at.error
      if (!this.#isMute) this.onabort?.(null)
    }
    if (way) this.fail(way)
  }

  /** The whole transaction comes to nothing. */
  fail(way: Way): void {
    if (way === 'error' || way === 'quota') this.error = new DOMException('', errors[way])
    if (way === 'hang') this.#isMute = true
    if (way === 'closed' || way === 'blocked') return this.#storage.closeAll(way === 'blocked')
    if (way === 'empty') return
    try {
      this.#at.abort()
    } catch {
      // It is over already.
    }
  }

  abort(): void {
    this.#at.abort()
  }

  /** What fails at the very end has happened all the same, perhaps: only nobody hears of it. */
  commit(): void {
    const way = this.#storage.next()
    if (way === 'hang') this.#isMute = true
    else if (way) this.fail(way)
    if (way === null || way === 'hang' || way === 'empty') this.#at.commit()
  }

  objectStore(name: string): unknown {
    const store = this.#at.objectStore(name)
    const asking =
      <A extends readonly unknown[]>(ask: (...args: A) => IDBRequest, nothing?: () => unknown) =>
      (...args: A) =>
        this.#asked(() => ask.call(store, ...args), nothing)
    /* oxlint-disable typescript/unbound-method -- `asking` calls them on their store */
    return {
      get: asking(store.get, () => undefined),
      getAll: asking(store.getAll, () => []),
      getAllKeys: asking(store.getAllKeys, () => []),
      openKeyCursor: asking(store.openKeyCursor, () => null),
      put: asking(store.put),
      add: asking(store.add),
      delete: asking(store.delete),
    }
  }

  #asked(ask: () => IDBRequest, nothing?: () => unknown): unknown {
    const way = this.#storage.next()
    const answer = new Answer()
    const request = ask()
    request.onsuccess = () => {
      if (this.#isMute) return
      answer.result = way === 'empty' && nothing ? nothing() : request.result
      answer.onsuccess?.(null)
    }
    request.onerror = () => {
      if (this.#isMute) return
      answer.error = this.error ?? request.error
      answer.onerror?.(null)
    }
    if (way) this.fail(way)
    return answer
  }
}
