// Names in slots. A table finds a name's slot; dense parallel arrays hold what belongs to it. SCAN's cursor is then a plain
// slot number, walked downwards: a compaction only moves entries to lower slots, so that a scan may meet one twice but
// never misses one that was there all the time, and new names take a hole or go on top. A name keeps its slot as long as
// it lives, through every overwrite.
import { own, type Bytes } from '../../wire/bytes.ts'
import type { ReplyWriter } from '../../wire/resp.ts'
import type { Reader, Writer } from '../binary.ts'
import { tableFor } from '../memory.ts'
import type { Random } from '../random.ts'
import { Names } from './names.ts'

/** Holes that are not worth a compaction. */
const SPARE = 32

/** Places of an old table that each write moves on: few where it is full, more where it is nearly empty. */
const MOVED_BY_SET = 2
const MOVED_BY_DELETE = 6

export class SlotMap<V> {
  #names = new Names()
  /** What is no short text: those stand beside their names. */
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
    return this.#names.size
  }

  /** Slots in use or free: every slot is below this. */
  get length(): number {
    return this.#items.length
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

  /** Reads the places of names with these hashes, as Names.warm has it. */
  warm(hashes: Int32Array, count: number): void {
    this.#names.warm(hashes, count)
  }

  /** The names in these slots, which are there. */
  namesIn(slots: readonly number[]): Bytes[] {
    this.#names.warmSlots(slots)
    return slots.map((slot) => this.nameAt(slot)!)
  }

  has(name: Bytes): boolean {
    return this.slot(name) >= 0
  }

  /** The slot of a name, or -1. */
  slot(name: Bytes): number {
    if (isSame(name, this.#asked)) return this.#answer
    this.#answer = this.#names.find(name)
    this.#asked = name
    return this.#answer
  }

  get(name: Bytes): V | undefined {
    const slot = this.slot(name)
    return slot < 0 ? undefined : this.itemAt(slot)
  }

  nameAt(slot: number): Bytes | undefined {
    return this.#names.at(slot)
  }

  /** Whether the name in a slot comes before this one. */
  isBefore(slot: number, name: Bytes): boolean {
    return this.#names.isBefore(slot, name)
  }

  itemAt(slot: number): V | undefined {
    if (this.#names.textLength(slot) < 0) return this.#items[slot]
    return this.#names.text(slot) as V | undefined
  }

  /** Writes the name in a slot, which is there. */
  tellName(slot: number, out: ReplyWriter): void {
    this.#names.tell(slot, out)
  }

  /** Writes the short text in a slot. Returns false where it holds something else. */
  tellText(slot: number, out: ReplyWriter): boolean {
    return this.#names.tellText(slot, out)
  }

  /** How long the short text in a slot is; -1 where it holds something else. */
  textLength(slot: number): number {
    return this.#names.textLength(slot)
  }

  setAt(slot: number, item: V): void {
    if (isText(item)) {
      const hadText = this.#names.textLength(slot) >= 0
      if (!this.#names.setText(slot, item)) this.#items[slot] = own(item) as typeof item
      else if (!hadText) this.#items[slot] = undefined
      return
    }
    if (this.#names.textLength(slot) >= 0) this.#names.setText(slot, null)
    this.#items[slot] = item
  }

  /** Puts an item under a name; returns its slot. */
  set(name: Bytes, item: V): number {
    const slot = this.slot(name)
    if (slot < 0) return this.insert(name, item)
    this.setAt(slot, item)
    return slot
  }

  /** The same for a name that is not there. */
  insert(name: Bytes, item: V): number {
    const slot = this.#free.pop() ?? this.#items.length
    if (!isText(item)) {
      this.#names.add(name, slot)
      this.#items[slot] = item
    } else this.#items[slot] = this.#names.add(name, slot, item) ? undefined : (own(item) as typeof item)
    this.#asked = name
    this.#answer = slot
    if (this.#toMove > 0) this.#toMove -= MOVED_BY_SET
    if (this.#names.size > this.#buckets) this.#resize(this.#buckets * 2)
    return slot
  }

  /** Removes a name. Returns whether it was there. */
  delete(name: Bytes): boolean {
    const slot = this.slot(name)
    if (slot < 0) return false
    this.#names.delete(name, slot)
    this.#asked = null
    if (slot === this.#items.length - 1) this.#items.pop()
    else {
      this.#items[slot] = undefined
      this.#free.push(slot)
    }
    if (this.#toMove > 0) this.#toMove -= MOVED_BY_DELETE
    else if (this.size * 8 <= this.#buckets) this.#resize(tableFor(this.size))
    if (this.#free.length > SPARE && this.#free.length > this.size) this.#compact()
    return true
  }

  clear(): void {
    this.#asked = null
    this.#names = new Names()
    this.#items = []
    this.#free = []
    this.#buckets = 4
    this.#toMove = 0
  }

  /** Moves entries from the top into the lowest holes, until there is none. */
  #compact(): void {
    const names = this.#names
    let hole = 0
    let top = this.#items.length - 1
    for (;;) {
      while (hole < top && names.has(hole)) hole++
      while (top > hole && !names.has(top)) top--
      if (hole >= top) break
      names.move(top, hole)
      this.#items[hole] = this.#items[top]
      this.moved?.(top, hole)
    }
    this.#items.length = names.size
    this.#free = []
    this.#asked = null
  }

  /**
   * One step of a SCAN: visits up to `most` slots below `cursor` (0 begins at the top), at least until `count` names
   * were visited. Returns the next cursor, 0 when the walk is over.
   */
  scan(cursor: number, count: number, visit: (name: Bytes, slot: number) => void): number {
    let below = cursor === 0 ? this.length : Math.min(cursor, this.length)
    let looked = count * 10
    let found = 0
    while (below > 0 && found < count && looked-- > 0) {
      const name = this.nameAt(--below)
      if (name === undefined) continue
      found++
      visit(name, below)
    }
    return below
  }

  /** A slot in use, each with the same chance. There must be one. */
  random(random: Random): number {
    for (let tries = 0; tries < 1000; tries++) {
      const slot = random.below(this.length)
      if (this.#names.has(slot)) return slot
    }
    for (let slot = 0; slot < this.length; slot++) if (this.#names.has(slot)) return slot
    return -1
  }

  /** Names in slot order. */
  *names(): Generator<Bytes> {
    for (let slot = 0; slot < this.length; slot++) if (this.#names.has(slot)) yield this.#names.at(slot)!
  }

  /** Names with their items, in slot order. */
  *entries(): Generator<readonly [Bytes, V]> {
    for (let slot = 0; slot < this.length; slot++)
      if (this.#names.has(slot)) yield [this.#names.at(slot)!, this.itemAt(slot)!]
  }

  /** Slots and holes as they are, for the image. */
  write(to: Writer, item: (item: V, slot: number) => void): void {
    to.uint(this.length)
    for (let slot = 0; slot < this.length; slot++) {
      const isThere = this.#names.has(slot)
      to.flag(isThere)
      if (!isThere) continue
      to.bytes(this.#names.at(slot)!)
      item(this.itemAt(slot)!, slot)
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
      this.#items.push(undefined)
      if (!from.flag()) continue
      this.#names.add(from.bytes(), slot)
      this.setAt(slot, item(slot))
    }
    this.#free = from.list(() => from.uint())
    // A hole that is none would be filled, wherever it lies.
    const isHole = (slot: number) => slot < length && !this.#names.has(slot)
    if (this.size + new Set(this.#free).size !== length || !this.#free.every(isHole))
      throw new RangeError('the image has holes that are none')
    this.#buckets = from.uint()
    this.#oldBuckets = from.uint()
    this.#toMove = from.uint()
  }
}

const isText = (item: unknown): item is Bytes => typeof item === 'string'

/** Whether two names are the same, told quickly where they are not: such names mostly differ at their end. */
function isSame(name: Bytes, other: Bytes | null): boolean {
  if (other === null || name.length !== other.length) return false
  const last = name.length - 1
  return name.charCodeAt(last) === other.charCodeAt(last) && name === other
}
