// A hash. Small ones (listpack) keep the order in which fields came, as the server shows them; large ones (hashtable)
// live in slots, so that HSCAN has its guarantee. What has outgrown a listpack never goes back.
//
// A field may have a time to live of its own. A small hash that ever heard of such times is a listpackex: its fields stand
// in the order in which they will expire, those that will not at the end. A large hash keeps its fields' deadlines
// by its slots. The database asks nextDue() and removes what is due(); nobody else ever meets an expired field.
import { own, type Bytes } from '../../wire/bytes.ts'
import type { ReplyWriter } from '../../wire/resp.ts'
import type { Reader, Writer } from '../binary.ts'
import { WRITTEN, type Written } from '../command.ts'
import { Deadlines } from '../deadlines.ts'
import { BUCKET, DICT, ENTRY, EXPIRING_PACK, FIELD_DEADLINE, OBJECT, sizeClass, textSize } from '../memory.ts'
import type { Random } from '../random.ts'
import { meter } from './meter.ts'
import { PACKED_EMPTY, packedSize } from './packed.ts'
import { SlotMap } from './slots.ts'
import { Collection, type Limits } from './value.ts'

export class HashValue extends Collection {
  readonly kind = 'hash'
  readonly #limits: Limits
  #small: Map<Bytes, Bytes> | null = new Map()
  #large: SlotMap<Bytes> | null = null
  /** Deadlines of a listpackex, in ms since 1970; null in a plain listpack and in a hashtable. */
  #deadlines: Map<Bytes, number> | null = null
  /** Deadlines of a hashtable, by slot; null until there is one. */
  #times: Deadlines | null = null
  /** Bytes of all fields and values: packed in a small hash, by themselves in a large one. */
  #bytes = 0

  constructor(limits: Limits) {
    super()
    this.#limits = limits
  }

  get size(): number {
    return (this.#small ?? this.#large)!.size
  }

  get encoding(): 'listpack' | 'listpackex' | 'hashtable' {
    if (this.#large) return 'hashtable'
    return this.#deadlines ? 'listpackex' : 'listpack'
  }

  override warm(hashes: Int32Array, count: number): void {
    this.#large?.warm(hashes, count)
  }

  get memory(): number {
    if (this.#large) {
      const expiring = (this.#times?.size ?? 0) * FIELD_DEADLINE
      return OBJECT + DICT + this.#large.buckets * BUCKET + this.#large.size * ENTRY + this.#bytes + expiring
    }
    if (!this.#deadlines) return OBJECT + sizeClass(PACKED_EMPTY + this.#bytes)
    // Behind each field stands its time, a 0 where it has none.
    const times = this.#small!.size * 2 + this.#deadlines.size * 8
    return OBJECT + EXPIRING_PACK + sizeClass(PACKED_EMPTY + this.#bytes + times)
  }

  #sizeOf(bytes: Bytes): number {
    return this.#small ? packedSize(bytes) : textSize(bytes.length)
  }

  get(field: Bytes): Bytes | undefined {
    meter.one(this, field)
    return (this.#small ?? this.#large)!.get(field)
  }

  /** Writes a field's value where it stands as bytes, else gives it; null where there is none. */
  tell(field: Bytes, out: ReplyWriter): Bytes | Written | null {
    const large = this.#large
    if (!large) return this.get(field) ?? null
    const slot = large.slot(field)
    if (slot < 0) return null
    return large.tellText(slot, out) ? WRITTEN : large.itemAt(slot)!
  }

  has(field: Bytes): boolean {
    meter.one(this, field)
    return (this.#small ?? this.#large)!.has(field)
  }

  /** A write of so many pairs begins: more than a listpack may hold make a hashtable, even where fields repeat. */
  expect(pairs: number): void {
    if (this.#small && pairs > this.#limits.hashMaxListpackEntries) this.#enlarge()
  }

  /** Sets a field, which then has no time to live unless it keeps the one it has. Returns true where it is new. */
  set(field: Bytes, value: Bytes, keepDeadline = false): boolean {
    meter.one(this, field)
    const most = this.#limits.hashMaxListpackValue
    if (this.#small && (field.length > most || value.length > most)) this.#enlarge()
    return this.#large
      ? this.#setLarge(this.#large, field, value, keepDeadline)
      : this.#setSmall(this.#small!, field, value, keepDeadline)
  }

  #setSmall(small: Map<Bytes, Bytes>, field: Bytes, value: Bytes, keepDeadline: boolean): boolean {
    const before = small.get(field)
    if (!keepDeadline && before !== undefined) this.#forget(field)
    this.#bytes += packedSize(value) - (before === undefined ? -packedSize(field) : packedSize(before))
    small.set(own(field), own(value))
    if (small.size > this.#limits.hashMaxListpackEntries) this.#enlarge()
    this.marks?.field(field, before ?? null, value)
    return before === undefined
  }

  #setLarge(large: SlotMap<Bytes>, field: Bytes, value: Bytes, keepDeadline: boolean): boolean {
    const slot = large.slot(field)
    if (slot < 0) {
      large.insert(field, value)
      this.#bytes += textSize(field.length) + textSize(value.length)
      this.marks?.field(field, null, value)
      return true
    }
    if (!keepDeadline) this.#times?.delete(slot)
    const held = large.textLength(slot)
    // What it was is read only where somebody wants to know.
    const before = held < 0 || this.marks?.observing ? large.itemAt(slot)! : null
    this.#bytes += textSize(value.length) - textSize(before === null ? held : before.length)
    large.setAt(slot, value)
    this.marks?.field(field, before, value)
    return false
  }

  /** Removes a field. Returns whether it was there. */
  delete(field: Bytes): boolean {
    const before = this.get(field)
    if (before === undefined) return false
    if (this.#large) this.#times?.delete(this.#large.slot(field))
    this.#deadlines?.delete(field)
    ;(this.#small ?? this.#large)!.delete(field)
    this.#bytes -= this.#sizeOf(field) + this.#sizeOf(before)
    this.marks?.field(field, before, null)
    return true
  }

  #enlarge(): void {
    meter.many(this, this.size)
    const deadlines = this.#deadlines
    this.#becomeLarge()
    this.#large!.expect(this.#small!.size)
    this.#bytes = 0
    for (const [field, value] of this.#small!) {
      this.#large!.set(field, value)
      this.#bytes += textSize(field.length) + textSize(value.length)
    }
    this.#small = null
    for (const [field, at] of deadlines ?? []) this.#setLargeDeadline(field, at)
  }

  #becomeLarge(): void {
    this.#deadlines = null
    this.#large = new SlotMap()
    this.#large.moved = (from, to) => this.#times?.move(from, to)
  }

  // ------------------------------------------------------------------ times to live

  /** False where no field has ever had a time to live. */
  get mayBeDue(): boolean {
    return this.#deadlines !== null || this.#times !== null
  }

  /** When a field will expire, in ms since 1970, or null. */
  expireAt(field: Bytes): number | null {
    meter.one(this, field)
    return this.#expireAt(field)
  }

  #expireAt(field: Bytes): number | null {
    if (this.#small) return this.#deadlines?.get(field) ?? null
    const deadline = this.#times?.deadline(this.#large!.slot(field)) ?? Number.NaN
    return Number.isNaN(deadline) ? null : deadline
  }

  /** Times to live are about to be spoken of: a listpack becomes a listpackex, even where none is set in the end. */
  mayExpire(): void {
    if (this.#small) this.#deadlines ??= new Map()
  }

  /** Gives a field that is there a deadline. */
  setExpireAt(field: Bytes, at: number): void {
    this.mayExpire()
    const value = this.get(field)!
    if (this.#small) this.#insert(field, value, at)
    else this.#setLargeDeadline(field, at)
    this.marks?.field(field, value, value)
  }

  /** Takes the deadline from a field. Returns whether it had one. */
  persist(field: Bytes): boolean {
    if (this.expireAt(field) === null) return false
    const value = this.get(field)!
    this.#forget(field)
    ;(this.#small ?? this.#large)!.set(field, value)
    this.marks?.field(field, value, value)
    return true
  }

  /** Forgets the deadline of a field. In a listpackex the field goes with it: set again, it stands at the end. */
  #forget(field: Bytes): void {
    if (this.#large) this.#times?.delete(this.#large.slot(field))
    else if (this.#deadlines?.delete(field)) this.#small!.delete(field)
  }

  /** Puts a field of a listpackex before the first one that does not expire earlier. */
  #insert(field: Bytes, value: Bytes, at: number): void {
    this.#small!.delete(field)
    this.#deadlines!.delete(field)
    const order = new Map<Bytes, Bytes>()
    let open = true
    for (const [other, held] of this.#small!) {
      if (open && (this.#deadlines!.get(other) ?? Infinity) >= at) {
        order.set(own(field), value)
        open = false
      }
      order.set(other, held)
    }
    if (open) order.set(own(field), value)
    this.#small = order
    this.#deadlines!.set(own(field), at)
  }

  #setLargeDeadline(field: Bytes, at: number): void {
    this.#times ??= new Deadlines()
    this.#times.set(this.#large!.slot(field), at)
  }

  /** When the first field expires; null: never. */
  nextDue(): number | null {
    if (this.#large) return this.#times?.nextWake() ?? null
    if (!this.#deadlines || this.#deadlines.size === 0) return null
    for (const field of this.#small!.keys()) return this.#deadlines.get(field) ?? null
    return null
  }

  /** At most `most` fields whose time has come, the earliest first. They stay until deleted. */
  due(now: number, most: number): Bytes[] {
    if (this.#large) return this.#times?.due(now, most).map((slot) => this.#large!.nameAt(slot)!) ?? []
    const found: Bytes[] = []
    if (!this.#deadlines) return found
    for (const field of this.#small!.keys()) {
      if (found.length >= most || (this.#deadlines.get(field) ?? Infinity) > now) break
      found.push(field)
    }
    return found
  }

  // ------------------------------------------------------------------ walking

  /** Fields with their values, in the order that HGETALL shows. */
  entries(): IterableIterator<readonly [Bytes, Bytes]> {
    return meter.each(this, this.#small ? this.#small.entries() : this.#large!.entries())
  }

  /** HSCAN: a listpack answers whole, with cursor 0. */
  scan(cursor: number, count: number, visit: (field: Bytes, value: Bytes) => void): number {
    const large = this.#large
    if (!large) {
      for (const [field, value] of this.entries()) visit(field, value)
      return 0
    }
    return large.scan(cursor, count, (field, slot) => {
      meter.many(this, 1)
      visit(field, large.itemAt(slot)!)
    })
  }

  /** A field by chance. */
  random(random: Random): readonly [Bytes, Bytes] {
    meter.many(this, 1)
    if (this.#large) {
      const slot = this.#large.random(random)
      return [this.#large.nameAt(slot)!, this.#large.itemAt(slot)!]
    }
    let skip = random.below(this.#small!.size)
    for (const entry of this.#small!) if (skip-- === 0) return entry
    throw new Error('a hash is never empty')
  }

  override copy(): HashValue {
    meter.many(this, this.size)
    const copy = new HashValue(this.#limits)
    copy.#bytes = this.#bytes
    if (this.#small) {
      copy.#small = new Map(this.#small)
      copy.#deadlines = this.#deadlines && new Map(this.#deadlines)
      return copy
    }
    copy.#small = null
    copy.#becomeLarge()
    copy.#large!.expect(this.size)
    for (const [field, value] of this.#large!.entries()) {
      copy.#large!.set(field, value)
      const at = this.#expireAt(field)
      if (at !== null) copy.#setLargeDeadline(field, at)
    }
    return copy
  }

  // ------------------------------------------------------------------ the image

  override write(to: Writer): void {
    to.byte(this.#large ? 2 : this.#deadlines ? 1 : 0)
    if (this.#large) {
      this.#large.write(to, (value, slot) => {
        to.bytes(value)
        const deadline = this.#times?.deadline(slot) ?? Number.NaN
        to.maybe(Number.isNaN(deadline) ? null : deadline)
      })
      return
    }
    to.uint(this.#small!.size)
    for (const [field, value] of this.#small!) {
      to.bytes(field)
      to.bytes(value)
      if (this.#deadlines) to.maybe(this.#deadlines.get(field) ?? null)
    }
  }

  /**
   * A hash that lay packed in a file, its fields in their order there, no more of them than a listpack may hold: how long
   * they are is not asked again.
   */
  static ofPacked(
    fields: readonly (readonly [field: Bytes, value: Bytes, expireAt: number | null])[],
    expiring: boolean,
    limits: Limits,
  ): HashValue {
    const hash = new HashValue(limits)
    if (expiring) hash.#deadlines = new Map()
    for (const [field, value, at] of fields) hash.#putSmall(field, value, at)
    return hash
  }

  #putSmall(field: Bytes, value: Bytes, at: number | null): void {
    const name = own(field)
    this.#small!.set(name, own(value))
    this.#bytes += packedSize(field) + packedSize(value)
    if (at !== null) this.#deadlines!.set(name, at)
  }

  static read(from: Reader, limits: Limits): HashValue {
    const hash = new HashValue(limits)
    const form = from.byte()
    if (form === 2) hash.#readLarge(from)
    else hash.#readSmall(from, form === 1)
    return hash
  }

  #readSmall(from: Reader, expiring: boolean): void {
    if (expiring) this.#deadlines = new Map()
    for (let left = from.uint(); left > 0; left--) {
      const field = from.bytes()
      this.#putSmall(field, from.bytes(), expiring ? from.maybe() : null)
    }
  }

  #readLarge(from: Reader): void {
    this.#small = null
    this.#becomeLarge()
    const deadlines: [number, number][] = []
    this.#large!.read(from, (slot) => {
      const value = from.bytes()
      const at = from.maybe()
      if (at !== null) deadlines.push([slot, at])
      this.#bytes += textSize(value.length)
      return value
    })
    for (const field of this.#large!.names()) this.#bytes += textSize(field.length)
    if (deadlines.length > 0) this.#times = new Deadlines()
    for (const [slot, at] of deadlines) this.#times!.set(slot, at)
  }
}
