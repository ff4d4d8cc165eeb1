// Sessions in IndexedDB. A generation is one strict transaction: all of it or nothing, and "saved" is said when it was
// read back. Images are Blobs with their checksums in two places that are written in turn, so that the older whole one is
// there until the newer was read back; the log grows in small pieces, each with its checksum. What an image cannot give
// the log gives, and the other way round.
//
// Who writes: each owner of a session has a number, one more than the one before, and leaves it behind for ever. A save
// adds the number that the next owner would have, and takes it out again: where there is a next owner the adding fails,
// and with it the whole transaction. So the check is inside the transaction and yet needs no answer on the way.
import type { SessionId, SessionInfo } from '../session/protocol.ts'
import { asked, Disk, StoreError, type DiskHost, type Stores } from './disk.ts'
import type { Moment, Save, Store, Stored } from './store.ts'

export interface ImageRecord {
  readonly blob: Blob
  readonly checksum: number
  /** Inputs of the log that it holds; 0 for the base. */
  readonly index: number
  readonly generation: number
  /** Which log it belongs to; absent in what older versions wrote, as are the others. */
  readonly lineage?: number
  readonly head?: number
  /** When it was written, ms since 1970. */
  readonly at?: number
}

export interface HeadRecord {
  readonly info: SessionInfo
  readonly nextSeq: number
  readonly floor: number
  readonly undone: readonly Uint8Array[]
  readonly generation: number
  /** How often the log was written anew. */
  readonly lineage?: number
  readonly build?: string
  /** How long the log is, in bytes. */
  readonly logBytes?: number
}

/** What any tab may write of any session. */
export interface Card {
  readonly name?: string
  /** When the person removed it; it is let go some time later. */
  readonly removedAt?: number
}

export type LogPart = Uint8Array | { readonly bytes: Uint8Array; readonly checksum: number }
export type Slot = '0' | '1'

export const other = (slot: Slot): Slot => (slot === '0' ? '1' : '0')

/** A checksum that tells damage: FNV-1a over the bytes, 32 bits. */
export function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}

function record(image: Uint8Array, facts: Omit<ImageRecord, 'blob' | 'checksum'>): ImageRecord {
  return { blob: new Blob([image as Uint8Array<ArrayBuffer>]), checksum: checksum(image), ...facts }
}

/** The image, or null where it is not what was written. */
export async function intact(held: ImageRecord | undefined): Promise<Uint8Array | null> {
  if (!held) return null
  try {
    const image = new Uint8Array(await held.blob.arrayBuffer())
    return checksum(image) === held.checksum ? image : null
  } catch {
    return null
  }
}

const part = (bytes: Uint8Array): LogPart => ({ bytes, checksum: checksum(bytes) })

/** All keys of a session in a store whose keys have a second part. */
export const range = (id: SessionId) => IDBKeyRange.bound([id], [id, []])

/** The number of the session's last owner; 0 before the first. */
export async function lastOwner(stores: Stores, id: SessionId): Promise<number> {
  const cursor = await asked(stores('owners').openKeyCursor(range(id), 'prev'))
  return cursor ? (cursor.key as [SessionId, number])[1] : 0
}

/** A session that this store writes, as it last read or wrote it. */
interface Mine {
  /** Null while it could not be claimed. */
  owner: number | null
  readonly seen: number
  head: HeadRecord | null
  /** Where the next image goes: never over the newest whole one. */
  slot: Slot
}

export class IndexedStore implements Store {
  readonly lasting = true
  readonly #disk: Disk
  readonly #build: string
  readonly #mine = new Map<SessionId, Mine>()

  constructor(host: DiskHost, build: string, name = 'rediscover') {
    this.#disk = new Disk(host, name)
    this.#build = build
  }

  /** Rejects where there is no storage to have. */
  async open(): Promise<void> {
    await this.#disk.open()
  }

  list(): Promise<SessionInfo[]> {
    return this.#disk.read(async (stores) => {
      const [heads, cards, ids] = await Promise.all([
        asked(stores('heads').getAll() as IDBRequest<HeadRecord[]>),
        asked(stores('cards').getAll() as IDBRequest<Card[]>),
        asked(stores('cards').getAllKeys()),
      ])
      const known = new Map(ids.map((id, i) => [id as SessionId, cards[i]!]))
      return heads.flatMap(({ info }) => {
        const { name = info.name, removedAt } = known.get(info.id) ?? {}
        return removedAt === undefined ? { ...info, name } : []
      })
    })
  }

  async claim(id: SessionId, after?: number): Promise<number> {
    const owner = await this.#disk.write(async (stores) => {
      const last = await lastOwner(stores, id)
      if (after !== undefined && last !== after) throw new StoreError('taken')
      await asked(stores('owners').put(0, [id, last + 1]))
      return last + 1
    })
    const mine = this.#mine.get(id)
    this.#mine.set(id, { seen: owner, head: null, slot: '0', ...mine, owner })
    return owner
  }

  async owns(id: SessionId): Promise<boolean> {
    const owner = this.#mine.get(id)?.owner ?? null
    return owner === null || (await this.#disk.read((stores) => lastOwner(stores, id))) === owner
  }

  /** What seems to be damaged or gone is read once more before that is believed. */
  async load(id: SessionId): Promise<Stored | null> {
    const { read } = await import('./reading.ts')
    const first = await read(this.#disk, id).catch(() => null)
    const found = first && !first.mended ? first : await read(this.#disk, id)
    if (!found) return null
    const { head, seen, slot, ...stored } = found
    this.#mine.set(id, { owner: this.#mine.get(id)?.owner ?? null, seen, head, slot })
    return { ...stored, build: head.build ?? this.#build }
  }

  async save(id: SessionId, save: Save): Promise<void> {
    const mine: Mine = this.#mine.get(id) ?? { owner: save.rewrite ? 1 : null, seen: 0, head: null, slot: '0' }
    const owner = mine.owner ?? (await this.claim(id, mine.seen))
    mine.owner = owner
    const { rewrite, latest, append } = save
    const head = this.#next(mine.head, save)
    const { generation, lineage } = head
    const bytes = (latest?.image.length ?? 0) + (rewrite?.base.length ?? 0)
    // An image's bytes are read for their checksum before the transaction begins: inside nothing waits.
    const base = rewrite && record(rewrite.base, { index: 0, generation: 0 })
    const image =
      latest && record(latest.image, { ...facts(latest), generation, lineage: lineage!, at: save.info.usedAt })
    await this.#disk.write((stores) => {
      const [heads, images, logs, owners] = [stores('heads'), stores('images'), stores('logs'), stores('owners')]
      owners.add(0, [id, owner + 1])
      owners.delete([id, owner + 1])
      if (!mine.head) owners.put(0, [id, owner])
      heads.put(head, id)
      if (base) {
        logs.delete(range(id))
        images.put(base, [id, 'base'])
        logs.put(part(rewrite.log), [id, generation])
      }
      if (append && append.length > 0) logs.put(part(append), [id, generation + 0.5])
      if (image) images.put(image, [id, mine.slot])
      if (save.notebook !== undefined) stores('notebooks').put(save.notebook, id)
    }, bytes)
    await this.#verify(id, head, image && mine.slot)
    this.#mine.set(id, { ...mine, head, slot: image ? other(mine.slot) : mine.slot })
  }

  #next(held: HeadRecord | null, { info, nextSeq, rewrite, append, forgets }: Save): HeadRecord {
    return {
      info,
      nextSeq,
      floor: rewrite?.floor ?? held?.floor ?? 0,
      undone: rewrite?.undone ?? (forgets ? [] : (held?.undone ?? [])),
      generation: (held?.generation ?? 0) + 1,
      lineage: (held?.lineage ?? 0) + (rewrite && held ? 1 : 0),
      build: this.#build,
      logBytes: (rewrite?.log.length ?? held?.logBytes ?? 0) + (append?.length ?? 0),
    }
  }

  /** What was written is read again: only then it is saved, and only then the older image may be written over. */
  async #verify(id: SessionId, { generation }: HeadRecord, slot: Slot | undefined): Promise<void> {
    const [head, image] = await this.#disk.read((stores) =>
      Promise.all([
        asked(stores('heads').get(id) as IDBRequest<HeadRecord | undefined>),
        slot && asked(stores('images').get([id, slot]) as IDBRequest<ImageRecord | undefined>),
      ]),
    )
    if (head?.generation !== generation) throw new StoreError('unverified')
    if (slot && !(await intact(image as ImageRecord | undefined))) throw new StoreError('unverified')
  }

  async rename(id: SessionId, name: string): Promise<void> {
    await (await import('./shelf.ts')).rename(this.#disk, id, name)
  }

  async copy(id: SessionId, as: SessionId, name: string, now: number): Promise<void> {
    await (await import('./shelf.ts')).copy(this.#disk, id, as, name, now)
  }

  async remove(id: SessionId, now: number): Promise<void> {
    await this.claim(id)
    this.#mine.delete(id)
    await (await import('./shelf.ts')).remove(this.#disk, id, now)
  }

  async restore(id: SessionId): Promise<void> {
    await (await import('./shelf.ts')).restore(this.#disk, id)
  }

  async purge(before: number): Promise<void> {
    await (await import('./shelf.ts')).purge(this.#disk, before)
  }
}

const facts = ({ index, head }: Moment) => ({ index, head })
