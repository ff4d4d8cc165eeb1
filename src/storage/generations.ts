// Sessions in IndexedDB. Images are Blobs under two alternating keys, each with its checksum, so that a whole one is
// always there; the log grows in small pieces. Every save is one transaction: all of it or nothing.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { SessionId, SessionInfo } from '../session/protocol.ts'
import { joined, type Save, type Store, type Stored } from './store.ts'

interface ImageRecord {
  readonly blob: Blob
  readonly checksum: number
  /** Inputs of the log that it holds; 0 for the base. */
  readonly index: number
  readonly generation: number
}

interface HeadRecord {
  readonly info: SessionInfo
  readonly nextSeq: number
  readonly floor: number
  readonly undone: readonly Uint8Array[]
  readonly generation: number
}

interface Schema extends DBSchema {
  heads: { key: SessionId; value: HeadRecord }
  /** 'base', 0 or 1. */
  images: { key: [SessionId, string]; value: ImageRecord }
  logs: { key: [SessionId, number]; value: Uint8Array }
  notebooks: { key: SessionId; value: string }
}

const STORES = ['heads', 'images', 'logs', 'notebooks'] as const

/** A checksum that tells a damaged image: FNV-1a over the bytes, 32 bits. */
export function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}

const record = (image: Uint8Array, index: number, generation: number): ImageRecord => ({
  blob: new Blob([image as Uint8Array<ArrayBuffer>]),
  checksum: checksum(image),
  index,
  generation,
})

async function intact(held: ImageRecord | undefined): Promise<{ index: number; image: Uint8Array } | null> {
  if (!held) return null
  const image = new Uint8Array(await held.blob.arrayBuffer())
  return checksum(image) === held.checksum ? { index: held.index, image } : null
}

const range = (id: SessionId) => IDBKeyRange.bound([id, 0], [id, Infinity])

export class IndexedStore implements Store {
  readonly lasting = true
  #db: IDBPDatabase<Schema> | null = null
  readonly #name: string
  /** Heads as this store last read or wrote them. Only one tab writes a session. */
  readonly #heads = new Map<SessionId, HeadRecord>()

  constructor(name = 'rediscover') {
    this.#name = name
  }

  /** Opens the database, again where the browser has closed it. Rejects where there is none to have. */
  async open(): Promise<IDBPDatabase<Schema>> {
    this.#db ??= await openDB<Schema>(this.#name, 1, {
      upgrade(db) {
        for (const store of STORES) db.createObjectStore(store)
      },
      blocking: () => this.#drop(),
      terminated: () => {
        this.#db = null
      },
    })
    return this.#db
  }

  #drop(): void {
    this.#db?.close()
    this.#db = null
  }

  /** Runs something on the database; on a connection that has died, once more on a fresh one. */
  async #on<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    try {
      return await work(await this.open())
    } catch (error) {
      if (!(error instanceof DOMException) || (error.name !== 'InvalidStateError' && error.name !== 'UnknownError'))
        throw error
      this.#drop()
      return work(await this.open())
    }
  }

  list(): Promise<SessionInfo[]> {
    return this.#on(async (db) => (await db.getAll('heads')).map(({ info }) => info))
  }

  load(id: SessionId): Promise<Stored | null> {
    return this.#on(async (db) => {
      const at = db.transaction(STORES)
      const [head, base, first, second, parts, notebook] = await Promise.all([
        at.objectStore('heads').get(id),
        at.objectStore('images').get([id, 'base']),
        at.objectStore('images').get([id, '0']),
        at.objectStore('images').get([id, '1']),
        at.objectStore('logs').getAll(range(id)),
        at.objectStore('notebooks').get(id),
      ])
      if (!head) return null
      this.#heads.set(id, head)
      const begin = await intact(base)
      if (!begin) throw new Error('the stored session is damaged: its first image cannot be read')
      const newest = [first, second].sort((a, b) => (b?.generation ?? 0) - (a?.generation ?? 0))
      return {
        info: head.info,
        base: begin.image,
        log: joined(parts),
        undone: head.undone,
        nextSeq: head.nextSeq,
        floor: head.floor,
        latest: (await intact(newest[0])) ?? (await intact(newest[1])),
        notebook: notebook ?? null,
      }
    })
  }

  save(id: SessionId, save: Save): Promise<void> {
    return this.#on(async (db) => {
      const held = this.#heads.get(id) ?? (await db.get('heads', id))
      const { rewrite, latest, append } = save
      const generation = (held?.generation ?? 0) + 1
      const undone = rewrite?.undone ?? (save.forgets ? [] : (held?.undone ?? []))
      const floor = rewrite?.floor ?? held?.floor ?? 0
      const head: HeadRecord = { info: save.info, nextSeq: save.nextSeq, floor, undone, generation }
      const at = db.transaction(STORES, 'readwrite', { durability: latest ? 'strict' : 'relaxed' })
      const [heads, images, logs] = [at.objectStore('heads'), at.objectStore('images'), at.objectStore('logs')]
      const writes: Promise<unknown>[] = [heads.put(head, id)]
      if (rewrite) {
        writes.push(logs.delete(range(id)), images.delete([id, '0']), images.delete([id, '1']))
        writes.push(images.put(record(rewrite.base, 0, 0), [id, 'base']), logs.put(rewrite.log, [id, generation]))
      }
      if (append && append.length > 0) writes.push(logs.put(append, [id, generation + 0.5]))
      if (latest) writes.push(images.put(record(latest.image, latest.index, generation), [id, String(generation % 2)]))
      if (save.notebook !== undefined) writes.push(at.objectStore('notebooks').put(save.notebook, id))
      // All is asked for and the end is said in one breath: a page that goes in the next moment takes nothing back.
      at.commit()
      await Promise.all([...writes, at.done])
      this.#heads.set(id, head)
    })
  }

  rename(id: SessionId, name: string): Promise<void> {
    return this.#on(async (db) => {
      const held = this.#heads.get(id) ?? (await db.get('heads', id))
      if (!held) return
      const head = { ...held, info: { ...held.info, name } }
      await db.put('heads', head, id)
      if (this.#heads.has(id)) this.#heads.set(id, head)
    })
  }

  remove(id: SessionId): Promise<void> {
    return this.#on(async (db) => {
      this.#heads.delete(id)
      const at = db.transaction(STORES, 'readwrite')
      const images = at.objectStore('images')
      await Promise.all([
        at.objectStore('heads').delete(id),
        at.objectStore('notebooks').delete(id),
        at.objectStore('logs').delete(range(id)),
        ...['base', '0', '1'].map((slot) => images.delete([id, slot])),
      ])
      await at.done
    })
  }
}
