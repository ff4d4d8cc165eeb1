// IndexedDB as the store needs it: transactions that are all or nothing and strict, on a connection that is opened again
// where the browser has closed it, and an end to every wait. What went wrong is told as a trouble with a name.
import type { Trouble } from '../session/protocol.ts'

export const STORES = ['heads', 'images', 'logs', 'notebooks', 'owners', 'cards'] as const
export type StoreName = (typeof STORES)[number]
/** The object stores of one transaction. */
export type Stores = (name: StoreName) => IDBObjectStore

/** All that is outside. */
export interface DiskHost {
  readonly factory: IDBFactory
  /** Calls back once, after so many ms. */
  later(afterMs: number, work: () => void): void
}

const VERSION = 2
/** Ms that the browser has for opening its storage: who waits longer is told that nothing is kept. */
const OPENS_IN = 1800
/** Ms that it has for anything else, and more for each megabyte that is written or read. */
const ANSWERS_IN = 10_000
const ANSWERS_MB_IN = 1000

/** Something that could not be stored or read; the message is for people who look closer. */
export class StoreError extends Error {
  readonly trouble: Trouble

  constructor(trouble: Trouble, message: string = trouble) {
    super(message)
    this.trouble = trouble
  }
}

const troubles: Readonly<Partial<Record<string, Trouble>>> = {
  QuotaExceededError: 'quota',
  InvalidStateError: 'connection',
  UnknownError: 'connection',
  AbortError: 'connection',
  ConstraintError: 'taken',
  SecurityError: 'private',
  VersionError: 'newer',
}

/** What an exception of the browser comes to. */
export function storeError(error: unknown): StoreError {
  if (error instanceof StoreError) return error
  const { name = '', message = '' } = (error ?? {}) as Partial<Error>
  return new StoreError(troubles[name] ?? 'other', message || name)
}

/** The answer of one request. */
export function asked<T>(request: IDBRequest<T>): Promise<T> {
  const answer = new Promise<T>((done, failed) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error as Error)
  })
  // Of several that end with their transaction only one is heard.
  answer.catch(() => undefined)
  return answer
}

export class Disk {
  readonly #host: DiskHost
  readonly #name: string
  #db: Promise<IDBDatabase> | null = null

  constructor(host: DiskHost, name: string) {
    this.#host = host
    this.#name = name
  }

  /** Opens the database, again where the connection was lost. */
  open(): Promise<IDBDatabase> {
    this.#db ??= this.#open().catch((error: unknown) => {
      this.#db = null
      throw error
    })
    return this.#db
  }

  #open(): Promise<IDBDatabase> {
    return new Promise((done, failed) => {
      const request = this.#host.factory.open(this.#name, VERSION)
      let late: Trouble = 'silent'
      let isOver = false
      this.#host.later(OPENS_IN, () => {
        isOver = true
        failed(new StoreError(late))
      })
      request.onblocked = () => (late = 'blocked')
      request.onupgradeneeded = () => {
        for (const name of STORES)
          if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name)
      }
      request.onerror = () => failed(storeError(request.error))
      request.onsuccess = () => {
        const db = request.result
        if (isOver) return db.close()
        db.onversionchange = db.onclose = () => this.#drop()
        done(db)
      }
    })
  }

  #drop(): void {
    this.#db?.then((db) => db.close()).catch(() => undefined)
    this.#db = null
  }

  read<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    return this.#run('readonly', work, 0)
  }

  /** All that `work` asks for, or nothing of it. What it asks for at once is on its way at once: a page that goes in the
   *  next moment takes nothing back. */
  write<T>(work: (stores: Stores) => T | Promise<T>, bytes = 0): Promise<T> {
    return this.#run('readwrite', work, bytes)
  }

  /** On a connection that has died, once more on a fresh one, and not a third time. */
  async #run<T>(mode: IDBTransactionMode, work: (stores: Stores) => T | Promise<T>, bytes: number): Promise<T> {
    try {
      return await this.#once(mode, work, bytes)
    } catch (error) {
      const { trouble } = storeError(error)
      if (trouble === 'connection' || trouble === 'silent') this.#drop()
      if (trouble !== 'connection') throw storeError(error)
    }
    try {
      return await this.#once(mode, work, bytes)
    } catch (error) {
      throw storeError(error)
    }
  }

  async #once<T>(mode: IDBTransactionMode, work: (stores: Stores) => T | Promise<T>, bytes: number): Promise<T> {
    const db = await this.open()
    const at = db.transaction(STORES, mode, { durability: 'strict' })
    return new Promise<T>((done, failed) => {
      const end = new Promise<void>((ended, broken) => {
        at.oncomplete = () => ended()
        at.onabort = () => broken((at.error as Error | null) ?? new StoreError('connection', 'aborted'))
      })
      const begun = async () => {
        try {
          const value = work((name) => at.objectStore(name))
          if (!(value instanceof Promise)) at.commit()
          return await value
        } catch (error) {
          stop(at)
          throw error
        }
      }
      Promise.all([begun(), end]).then(([value]) => done(value), failed)
      this.#host.later(ANSWERS_IN + (bytes / 2 ** 20) * ANSWERS_MB_IN, () => failed(new StoreError('silent')))
    })
  }
}

function stop(at: IDBTransaction): void {
  try {
    at.abort()
  } catch {
    // It is over already.
  }
}
