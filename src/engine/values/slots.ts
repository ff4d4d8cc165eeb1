// Names in slots. A table finds a name's slot; dense parallel arrays hold what belongs to it. SCAN's cursor is then a plain
// slot number, walked downwards: a compaction only moves entries to lower slots, so that a scan may meet one twice but
// never misses one that was there all the time, and new names take a hole or go on top. A name keeps its slot as long as
// it lives, through every overwrite.
import { own, type Bytes } from '../../wire/bytes.ts'
import type { ReplyWriter } from '../../wire/resp.ts'
import type { Reader, Writer } from '../binary.ts'
import { tableFor } from '../memory.ts'
import type { Random } from '../random.ts'
import { foreseen, Names } from './names.ts'

/** Holes that are not worth a move, and those that there may be for each name. */
const SPARE = 32
const HOLES = 3
/** Slots that are looked at for each name that goes. */
const STEPS = 8

/** Places of an old table that each write moves on: few where it is full, more where it is nearly empty. */
const MOVED_BY_SET = 2
const MOVED_BY_DELETE = 6

export class SlotMap<V> {
  #names = new Names()
  /** What is no short text: those stand beside their names. */
  #items: (V | undefined)[] = []
  readonly #free = new Stack()
  #buckets = 4
  /** While Redis' table grows or shrinks both are there: the old one's places, and how many are still to be moved. */
  #oldBuckets = 0
  #toMove = 0
  /** The name that was asked for last, and its slot or -1: most writes look first, and then write under the same name. */
  #asked: Bytes | null = null
  #answer = -1
  /** Names go together, and how many have gone since entries were moved last. */
  #together = false
  #gone = 0
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

  /** Reads the places of names with these hashes, as Names.warm has it, and their items. */
  warm(hashes: Int32Array, count: number): number {
    const found = this.#names.warm(hashes, count)
    let seen = 0
    for (let i = 0; i < found; i++) if (this.#items[hashes[i]!] === undefined) seen++
    foreseen.seen = seen
    return found
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
    const slot = this.#hole() ?? this.#items.length
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
    this.deleteAt(slot)
    return true
  }

  /** Empties a slot that is in use. */
  deleteAt(slot: number): void {
    this.#names.delete(slot)
    this.#asked = null
    this.#items[slot] = undefined
    this.#free.push(slot)
    if (this.#toMove > 0) this.#toMove -= MOVED_BY_DELETE
    else if (this.size * 8 <= this.#buckets) this.#resize(tableFor(this.size))
    this.#gone++
    if (!this.#together) this.#settle()
  }

  #settle(): void {
    this.#compact(this.#gone)
    this.#gone = 0
  }

  /** Many names go together: no entry is moved before the last of them is gone, so that their slots stay what they are. */
  together(work: () => void): void {
    this.#together = true
    try {
      work()
    } finally {
      this.#together = false
      this.#settle()
    }
  }

  /** Reads what `deleteAt` will look at for these slots. */
  warmToDelete(slots: readonly number[]): void {
    this.#names.warmToDelete(slots)
  }

  /** How long the name in a slot is, which is there. */
  lengthAt(slot: number): number {
    return this.#names.lengthAt(slot)
  }

  clear(): void {
    this.#asked = null
    this.#names = new Names()
    this.#items = []
    this.#free.clear()
    this.#buckets = 4
    this.#toMove = 0
  }

  /** The hole that was made last, taken out; undefined where there is none. */
  #hole(): number | undefined {
    for (let slot = this.#free.pop(); slot >= 0; slot = this.#free.pop())
      // What lay above all that is left, or was there twice, is no hole any more.
      if (slot < this.#items.length && !this.#names.has(slot)) return slot
    return undefined
  }

  /**
   * So many names have gone. Holes at the top go with them, and where three of four slots are holes the topmost entry moves
   * into one: a little for each name, however many go.
   */
  #compact(gone: number): void {
    const names = this.#names
    if (names.size === 0) {
      this.#items = []
      this.#free.clear()
      return
    }
    for (let steps = gone * STEPS; steps > 0; steps--) {
      const top = this.#items.length - 1
      if (!names.has(top)) this.#items.pop()
      else if (this.#items.length - names.size <= Math.max(SPARE, names.size * HOLES)) return
      else this.#move(top, this.#hole()!)
    }
  }

  #move(from: number, to: number): void {
    this.#names.move(from, to)
    this.#items[to] = this.#items.pop()
    this.#asked = null
    this.moved?.(from, to)
  }

  /**
   * One step of a SCAN: visits up to `most` slots below `cursor` (0 begins at the top), at least until `count` names
   * were visited. Returns the next cursor, 0 when the walk is over.
   */
  scan(cursor: number, count: number, visit: (name: Bytes, slot: number) => void): number {
    const slots: number[] = []
    const next = this.slotsFrom(cursor, count, slots)
    for (const slot of slots) visit(this.nameAt(slot)!, slot)
    return next
  }

  /** The same, with the slots put into an array. */
  slotsFrom(cursor: number, count: number, into: number[]): number {
    let below = cursor === 0 ? this.length : Math.min(cursor, this.length)
    const last = Math.max(0, below - count * 10)
    while (below > last && into.length < count) if (this.#names.has(--below)) into.push(below)
    this.#names.warmSlots(into)
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
    to.list(this.#holes(), (slot) => to.uint(slot))
    to.uint(this.#buckets)
    to.uint(this.#oldBuckets)
    to.uint(Math.max(0, this.#toMove))
  }

  /** All holes in the order in which they were made. */
  #holes(): number[] {
    const isHole = (slot: number) => slot < this.length && !this.#names.has(slot)
    // Of what is there twice only the last counts: it comes out first.
    return [...new Set(this.#free.all().filter(isHole).toReversed())].toReversed()
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
    const holes = from.list(() => from.uint())
    // A hole that is none would be filled, wherever it lies.
    const isHole = (slot: number) => slot < length && !this.#names.has(slot)
    if (this.size + new Set(holes).size !== length || !holes.every(isHole))
      throw new RangeError('the image has holes that are none')
    for (const hole of holes) this.#free.push(hole)
    this.#buckets = from.uint()
    this.#oldBuckets = from.uint()
    this.#toMove = from.uint()
  }
}

const PAGE_BITS = 12
const PAGE = 1 << PAGE_BITS

/** Numbers, the last that came in first; in pages, so that nothing is ever copied, however many they are. */
class Stack {
  #pages: Int32Array[] = []
  #length = 0

  push(number: number): void {
    const page = this.#length >> PAGE_BITS
    if (page === this.#pages.length) this.#pages.push(new Int32Array(PAGE))
    this.#pages[page]![this.#length++ & (PAGE - 1)] = number
  }

  /** The last number, taken out; -1 where there is none. */
  pop(): number {
    if (this.#length === 0) return -1
    this.#length--
    return this.#pages[this.#length >> PAGE_BITS]![this.#length & (PAGE - 1)]!
  }

  all(): number[] {
    return Array.from({ length: this.#length }, (_, i) => this.#pages[i >> PAGE_BITS]![i & (PAGE - 1)]!)
  }

  clear(): void {
    this.#pages = []
    this.#length = 0
  }
}

const isText = (item: unknown): item is Bytes => typeof item === 'string'

/** Whether two names are the same, told quickly where they are not: such names mostly differ at their end. */
function isSame(name: Bytes, other: Bytes | null): boolean {
  if (other === null || name.length !== other.length) return false
  const last = name.length - 1
  return name.charCodeAt(last) === other.charCodeAt(last) && name === other
}
