// Reading a session, whatever state it is in: what an image cannot give the log gives, and the other way round; where
// neither can, the older image. What is damaged is set aside, and told. Loaded when there is a session to be read.
import type { Mended, SessionId } from '../session/protocol.ts'
import { asked, StoreError, type Disk } from './disk.ts'
import { checksum, intact, lastOwner, other, range } from './generations.ts'
import type { Card, HeadRecord, ImageRecord, LogPart, Slot } from './generations.ts'
import { joined, type Moment, type Stored } from './store.ts'

/** A session, and what who goes on writing it has to know. */
export interface Found extends Omit<Stored, 'build'> {
  readonly head: HeadRecord
  /** The number of its last owner. */
  readonly seen: number
  /** Where the next image goes: not over the newest whole one. */
  readonly slot: Slot
}

/** The image of a record; null where it is damaged. */
type Held = ImageRecord & { readonly slot: Slot; readonly image: Uint8Array | null }

const bytesOf = (part: LogPart) => ('checksum' in part ? part.bytes : part) as Uint8Array<ArrayBuffer>

/** The pieces of a log up to the first that is damaged. */
function wholeParts(parts: readonly LogPart[]): Uint8Array[] {
  const broken = parts.findIndex((part) => 'checksum' in part && checksum(part.bytes) !== part.checksum)
  return (broken < 0 ? parts : parts.slice(0, broken)).map(bytesOf)
}

/** Null where there is none, or none any more. */
export async function read(disk: Disk, id: SessionId): Promise<Found | null> {
  const { head, base, slots, parts, notebook, card, seen } = await records(disk, id)
  if (!head || card?.removedAt !== undefined) return null
  const begin = await intact(base)
  const images: Held[] = []
  for (const [slot, held] of slots) if (held) images.push({ ...held, slot, image: await intact(held) })
  images.sort((a, b) => b.generation - a.generation)
  const whole = wholeParts(parts)
  const log = joined(whole)
  const isCut = whole.length < parts.length || log.length < (head.logBytes ?? 0)
  const broken = images.find(({ image }) => image === null) ?? (begin ? undefined : base)
  if (broken) await setAside(disk, id, broken.blob)
  else if (isCut) await setAside(disk, id, new Blob(parts.map(bytesOf)))

  const newest = images.find(({ image }) => image !== null)
  const same = images.find(({ image, lineage = 0 }) => image !== null && lineage === (head.lineage ?? 0))
  const latest: Moment | null = same ? { index: same.index, head: same.head ?? head.floor, image: same.image! } : null
  const { nextSeq, floor, undone } = head
  const info = { ...head.info, name: card?.name ?? head.info.name }
  const slot = newest ? other(newest.slot) : '0'
  const common = { head, seen, slot, info, nextSeq, notebook: notebook ?? null }
  if (begin || latest) {
    const mended: Mended | null = isCut ? { what: 'log' } : broken || !begin ? { what: 'image' } : null
    return { ...common, base: begin, log, undone, floor, latest, mended }
  }
  if (!newest) throw new StoreError('damaged')
  const older = { base: newest.image, log: new Uint8Array(0), undone: [], floor: newest.head ?? floor, latest: null }
  return { ...common, ...older, mended: { what: 'older', at: newest.at ?? 0 } }
}

function records(disk: Disk, id: SessionId) {
  return disk.read(async (stores) => {
    const image = (slot: string) => asked(stores('images').get([id, slot]) as IDBRequest<ImageRecord | undefined>)
    const [head, base, first, second, parts, notebook, card, seen] = await Promise.all([
      asked(stores('heads').get(id) as IDBRequest<HeadRecord | undefined>),
      image('base'),
      image('0'),
      image('1'),
      asked(stores('logs').getAll(range(id)) as IDBRequest<LogPart[]>),
      asked(stores('notebooks').get(id) as IDBRequest<string | undefined>),
      asked(stores('cards').get(id) as IDBRequest<Card | undefined>),
      lastOwner(stores, id),
    ])
    const slots: readonly (readonly [Slot, ImageRecord | undefined])[] = [
      ['0', first],
      ['1', second],
    ]
    return { head, base, slots, parts, notebook, card, seen }
  })
}

/** Keeps what is damaged; nobody knows what it may be good for. */
const setAside = (disk: Disk, id: SessionId, blob: Blob): Promise<void> =>
  disk.write((stores) => void stores('images').put({ blob }, [id, 'damaged'])).catch(() => undefined)
