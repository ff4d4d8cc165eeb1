// What a key can hold. Plain strings and counters are primitives (no object a key); everything else is a Collection that
// marks what a write changed in it, so that nobody has to compare before and after.
import type { Bytes } from '../../wire/bytes.ts'
import { BULK_MAX } from '../../wire/resp.ts'
import type { Kind, Spot } from '../../session/protocol.ts'
import type { Writer } from '../binary.ts'

/** Spots that are kept one by one; a write that changes more is told as `whole`. */
const MOST_SPOTS = 32
/** Bytes of a changed value that a spot carries. */
const MOST_BYTES = 256

const cut = (bytes: Bytes | null): Bytes | null =>
  bytes !== null && bytes.length > MOST_BYTES ? (bytes.slice(0, MOST_BYTES) as Bytes) : bytes

/** What one write changed inside values. `count` is how many elements it changed: Redis' `dirty`. */
export class Marks {
  count = 0
  spots: Spot[] = []
  /** False where nobody observes: then only the count is kept. */
  observing = true

  #add(spot: Spot): void {
    if (this.spots.length < MOST_SPOTS) this.spots.push(spot)
    else this.spots = [{ at: 'whole' }]
  }

  field(field: Bytes, before: Bytes | null, after: Bytes | null): void {
    this.count++
    if (this.observing) this.#add({ at: 'field', field: cut(field)!, before: cut(before), after: cut(after) })
  }

  member(member: Bytes, before: number | null, after: number | null): void {
    this.count++
    if (this.observing) this.#add({ at: 'member', member: cut(member)!, before, after })
  }

  index(index: number, before: Bytes | null, after: Bytes | null): void {
    this.count++
    if (this.observing) this.#add({ at: 'index', index, before: cut(before), after: cut(after) })
  }

  /** Earlier index spots at `from` and beyond move by `by`: something was put in or taken out before them. */
  shift(from: number, by: number): void {
    if (!this.observing) return
    this.spots = this.spots.map((spot) =>
      spot.at === 'index' && spot.index >= from ? { ...spot, index: spot.index + by } : spot,
    )
  }

  /** `count` elements changed that are not told one by one. */
  whole(count = 1): void {
    this.count += count
    if (this.observing) this.spots = [{ at: 'whole' }]
  }

  /** The server counts all that was marked as so many changes. */
  reckon(count: number): void {
    this.count = count
  }

  /** For the next write; `observing`: somebody wants the spots. */
  clear(observing = true): void {
    this.count = 0
    this.observing = observing
    if (this.spots.length > 0) this.spots = []
  }
}

/** A value of many elements. */
export abstract class Collection {
  /** Set by the database while a write is under way. */
  marks: Marks | null = null
  abstract readonly kind: Kind
  /** As OBJECT ENCODING tells it. */
  abstract readonly encoding: string
  abstract readonly size: number
  /** Bytes that it takes, by the model of memory.ts. Kept up by every change: to ask costs nothing. */
  abstract readonly memory: number
  /** The same, guessed from its first `samples` parts where the server guesses so. */
  memoryFrom(_samples: number): number {
    return this.memory
  }
  /** Reads the places of elements whose names have these hashes, so that they are near when they are looked for. */
  warm(_hashes: Int32Array, _count: number): void {}
  /** A value of its own with the same content and encoding. */
  abstract copy(): Collection
  /** Its content for the image; values/index.ts reads it back. */
  abstract write(to: Writer): void
}

/** Thresholds at which encodings change, as configured; one object that CONFIG SET writes into. */
export interface Limits {
  hashMaxListpackEntries: number
  hashMaxListpackValue: number
  setMaxIntsetEntries: number
  setMaxListpackEntries: number
  setMaxListpackValue: number
  zsetMaxListpackEntries: number
  zsetMaxListpackValue: number
  listMaxListpackSize: number
  /** The most bytes that one string may have: proto-max-bulk-len, but never more than BULK_MAX. */
  maxString: number
}

/** Redis' defaults (redis.conf of 8.0). */
export const defaultLimits = (): Limits => ({
  hashMaxListpackEntries: 512,
  hashMaxListpackValue: 64,
  setMaxIntsetEntries: 512,
  setMaxListpackEntries: 128,
  setMaxListpackValue: 64,
  zsetMaxListpackEntries: 128,
  zsetMaxListpackValue: 64,
  listMaxListpackSize: -2,
  maxString: BULK_MAX,
})
