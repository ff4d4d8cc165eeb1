// Names in slots. A table finds a name's slot; dense parallel arrays hold what belongs to it. SCAN's cursor is then a plain
// slot number, walked downwards: a compaction only moves entries to lower slots, so that a scan may meet one twice but
// never misses one that was there all the time, and new names take a hole or go on top. A name keeps its slot as long as
// it lives, through every overwrite.
import type { Bytes } from '../../wire/bytes.ts'
import type { Reader, Writer } from '../binary.ts'
import { tableFor } from '../memory.ts'
import type { Random } from '../random.ts'
import { NameIndex } from './names.ts'

/** Holes that are not worth a compaction. */
const SPARE = 32

/** Places of an old table that each write moves on: few where it is full, more where it is nearly empty. */
const MOVED_BY_SET = 2
const MOVED_BY_DELETE = 6

export class SlotMap<V> {
  #index = new NameIndex()
  #names: (Bytes | undefined)[] = []
  #items: (V | undefined)[] = []
  #free: number[] = []
  #buckets = 4
  /** While Redis' table grows or shrinks both are there: the old one's places, and how many are still to be moved. */
  #oldBuckets = 0
  #toMove = 0
  /** The name that was asked for last, and its slot or -1: most writes look first, and then write under the same name. */
  #asked: Bytes | null = null
  #answer = -1
  /** Told when a compaction moves an entry; by whoever keeps more arrays over the same slots. */
  moved: ((from: number, to: number) => void) | null = null

  get size(): number {
    return this.#index.size
  }

  /** Slots in use or free: every slot is below this. */
  get length(): number {
    return this.#names.length
  }

  /** Places that Redis' table of these names would have: it doubles when full, and shrinks when an eighth is used. */
  get buckets(): number {
    return this.#buckets + (this.#toMove > 0 ? this.#oldBuckets : 0)
  }

  /** So many names are about to come into a new table: Redis makes it large enough beforehand. */
  expect(names: number): void {
    this.#buckets = Math.max(this.#buckets, tableFor(names))
  }

  #resize(buckets: number): void {
    if (buckets === this.#buckets) return
    this.#oldBuckets = this.#buckets
    this.#toMove = this.#buckets
    this.#buckets = buckets
  }

  has(name: Bytes): boolean {
    return this.slot(name) >= 0
  }

  /** The slot of a name, or -1. */
  slot(name: Bytes): number {
    if (name === this.#asked) return this.#answer
    this.#answer = this.#index.find(name, this.#names)
    this.#asked = name
    return this.#answer
  }

  get(name: Bytes): V | undefined {
    const slot = this.slot(name)
    return slot < 0 ? undefined : this.#items[slot]
  }

  nameAt(slot: number): Bytes | undefined {
    return this.#names[slot]
  }

  itemAt(slot: number): V | undefined {
    return this.#items[slot]
  }

  setAt(slot: number, item: V): void {
    this.#items[slot] = item
  }

  /** Puts an item under a name; returns its slot. */
  set(name: Bytes, item: V): number {
    const slot = this.slot(name)
    if (slot < 0) return this.insert(name, item)
    this.#items[slot] = item
    return slot
  }

  /** The same for a name that is not there. */
  insert(name: Bytes, item: V): number {
    const slot = this.#free.pop() ?? this.#names.length
    this.#index.add(name, slot)
    this.#names[slot] = name
    this.#items[slot] = item
    this.#asked = name
    this.#answer = slot
    if (this.#toMove > 0) this.#toMove -= MOVED_BY_SET
    if (this.#index.size > this.#buckets) this.#resize(this.#buckets * 2)
    return slot
  }

  /** Removes a name. Returns whether it was there. */
  delete(name: Bytes): boolean {
    const slot = this.slot(name)
    if (slot < 0) return false
    this.#index.delete(name, this.#names)
    this.#asked = null
    this.#names[slot] = undefined
    this.#items[slot] = undefined
    this.#free.push(slot)
    if (this.#toMove > 0) this.#toMove -= MOVED_BY_DELETE
    else if (this.#index.size * 8 <= this.#buckets) this.#resize(tableFor(this.#index.size))
    if (this.#free.length > SPARE && this.#free.length > this.#index.size) this.#compact()
    return true
  }

  clear(): void {
    this.#asked = null
    this.#index = new NameIndex()
    this.#names = []
    this.#items = []
    this.#free = []
    this.#buckets = 4
    this.#toMove = 0
  }

  /** Moves entries from the top into the lowest holes, until there is none. */
  #compact(): void {
    let hole = 0
    let top = this.#names.length - 1
    for (;;) {
      while (hole < top && this.#names[hole] !== undefined) hole++
      while (top > hole && this.#names[top] === undefined) top--
      if (hole >= top) break
      const name = this.#names[top]!
      this.#index.move(name, hole, this.#names)
      this.#names[hole] = name
      this.#items[hole] = this.#items[top]
      this.#names[top] = undefined
      this.moved?.(top, hole)
    }
    this.#names.length = this.#index.size
    this.#items.length = this.#index.size
    this.#free = []
  }

  /**
   * One step of a SCAN: visits up to `most` slots below `cursor` (0 begins at the top), at least until `count` names
   * were visited. Returns the next cursor, 0 when the walk is over.
   */
  scan(cursor: number, count: number, visit: (name: Bytes, item: V) => void): number {
    let below = cursor === 0 ? this.#names.length : Math.min(cursor, this.#names.length)
    let looked = count * 10
    let found = 0
    while (below > 0 && found < count && looked-- > 0) {
      below--
      const name = this.#names[below]
      if (name === undefined) continue
      found++
      visit(name, this.#items[below]!)
    }
    return below
  }

  /** A slot in use, each with the same chance. There must be one. */
  random(random: Random): number {
    for (let tries = 0; tries < 1000; tries++) {
      const slot = random.below(this.#names.length)
      if (this.#names[slot] !== undefined) return slot
    }
    return this.#names.findIndex((name) => name !== undefined)
  }

  /** Names in slot order. */
  *names(): Generator<Bytes> {
    for (const name of this.#names) if (name !== undefined) yield name
  }

  /** Names with their items, in slot order. */
  *entries(): Generator<readonly [Bytes, V]> {
    for (let slot = 0; slot < this.#names.length; slot++) {
      const name = this.#names[slot]
      if (name !== undefined) yield [name, this.#items[slot]!]
    }
  }

  /** Slots and holes as they are, for the image. */
  write(to: Writer, item: (item: V, slot: number) => void): void {
    to.uint(this.#names.length)
    for (let slot = 0; slot < this.#names.length; slot++) {
      const name = this.#names[slot]
      to.flag(name !== undefined)
      if (name === undefined) continue
      to.bytes(name)
      item(this.#items[slot]!, slot)
    }
    to.list(this.#free, (slot) => to.uint(slot))
    to.uint(this.#buckets)
    to.uint(this.#oldBuckets)
    to.uint(Math.max(0, this.#toMove))
  }

  read(from: Reader, item: (slot: number) => V): void {
    this.clear()
    const length = from.uint()
    for (let slot = 0; slot < length; slot++) {
      if (!from.flag()) {
        this.#names.push(undefined)
        this.#items.push(undefined)
        continue
      }
      const name = from.bytes()
      this.#names.push(name)
      this.#index.add(name, slot)
      this.#items.push(item(slot))
    }
    this.#free = from.list(() => from.uint())
    this.#buckets = from.uint()
    this.#oldBuckets = from.uint()
    this.#toMove = from.uint()
  }
}
