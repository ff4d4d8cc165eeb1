// A set. Integers alone make an intset (sorted), a few short members a listpack (in the order they came), all else a
// hashtable in slots, so that SSCAN has its guarantee. It only ever grows towards the hashtable.
import { own, type Bytes } from '../../wire/bytes.ts'
import type { Reader, Writer } from '../binary.ts'
import { BUCKET, DICT, ENTRY, OBJECT, sizeClass, textSize } from '../memory.ts'
import type { Random } from '../random.ts'
import { meter } from './meter.ts'
import { parseInt64, type Int } from './numbers.ts'
import { PACKED_EMPTY, packedSize } from './packed.ts'
import { SlotMap } from './slots.ts'
import { Collection, type Limits } from './value.ts'

export class SetValue extends Collection {
  readonly kind = 'set'
  readonly #limits: Limits
  /** Exactly one of the three is there. */
  #ints: Int[] | null = []
  #small: Set<Bytes> | null = null
  #large: SlotMap<true> | null = null
  /** Bytes of each integer of an intset: what the widest that was ever in it needs. */
  #width = 2
  /** Bytes of all members of the other two. */
  #bytes = 0

  constructor(limits: Limits) {
    super()
    this.#limits = limits
  }

  get size(): number {
    return this.#ints ? this.#ints.length : (this.#small ?? this.#large)!.size
  }

  get encoding(): 'intset' | 'listpack' | 'hashtable' {
    return this.#ints ? 'intset' : this.#small ? 'listpack' : 'hashtable'
  }

  override warm(hashes: Int32Array, count: number): void {
    this.#large?.warm(hashes, count)
  }

  get memory(): number {
    if (this.#ints) return OBJECT + sizeClass(8 + this.#ints.length * this.#width)
    if (this.#small) return OBJECT + sizeClass(PACKED_EMPTY + this.#bytes)
    return OBJECT + DICT + this.#large!.buckets * BUCKET + this.#large!.size * ENTRY + this.#bytes
  }

  has(member: Bytes): boolean {
    meter.one(this, member)
    if (!this.#ints) return (this.#small ?? this.#large)!.has(member)
    const int = parseInt64(member)
    return int !== null && this.#ints[this.#place(int)] === int
  }

  /** Where an integer stands in the intset, or would. */
  #place(int: Int): number {
    const ints = this.#ints!
    let low = 0
    let high = ints.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (ints[middle]! < int) low = middle + 1
      else high = middle
    }
    return low
  }

  /**
   * A write of so many members begins, the first of them `first`: more than the encoding may hold make a hashtable at
   * once, even where members repeat.
   */
  expect(members: number, first: Bytes): void {
    if (this.size === 0) {
      if (members <= this.#limits.setMaxIntsetEntries && parseInt64(first) !== null) return
      this.#convert(members <= this.#limits.setMaxListpackEntries)
    } else if (this.#ints && members > this.#limits.setMaxIntsetEntries) this.#convert(false)
    else if (this.#small && members > this.#limits.setMaxListpackEntries) this.#convert(false)
  }

  /** Adds a member. Returns true where it is new. */
  add(member: Bytes): boolean {
    if (this.has(member)) return false
    this.#insert(member)
    this.marks?.member(member, null, 0)
    return true
  }

  #insert(member: Bytes): void {
    if (this.#ints) this.#addToInts(member)
    else if (this.#small) this.#addToSmall(member)
    else this.#keep(member)
  }

  /** Puts a member where all go that are no integers. */
  #keep(member: Bytes): void {
    if (this.#small) this.#small.add(own(member))
    else this.#large!.set(member, true)
    this.#bytes += this.#sizeOf(member)
  }

  #sizeOf(member: Bytes): number {
    return this.#small ? packedSize(member) : textSize(member.length)
  }

  #addToInts(member: Bytes): void {
    const int = parseInt64(member)
    if (int === null) {
      const fits =
        this.#ints!.length < this.#limits.setMaxListpackEntries &&
        member.length <= this.#limits.setMaxListpackValue &&
        this.#ints!.every((held) => String(held).length <= this.#limits.setMaxListpackValue)
      this.#convert(fits)
      this.#keep(member)
      return
    }
    this.#width = Math.max(this.#width, widthOf(int))
    this.#ints!.splice(this.#place(int), 0, int)
    if (this.#ints!.length > this.#limits.setMaxIntsetEntries) this.#convert(false)
  }

  #addToSmall(member: Bytes): void {
    const fits =
      this.#small!.size < this.#limits.setMaxListpackEntries && member.length <= this.#limits.setMaxListpackValue
    if (!fits) this.#convert(false)
    this.#keep(member)
  }

  #convert(toSmall: boolean): void {
    const members = [...this.members()]
    this.#ints = null
    this.#small = toSmall ? new Set() : null
    this.#large = toSmall ? null : new SlotMap()
    this.#large?.expect(members.length + 1)
    this.#bytes = 0
    for (const member of members) this.#keep(member)
  }

  /** Removes a member. Returns whether it was there. */
  delete(member: Bytes): boolean {
    if (!this.has(member)) return false
    if (this.#ints) this.#ints.splice(this.#place(parseInt64(member)!), 1)
    else {
      ;(this.#small ?? this.#large)!.delete(member)
      this.#bytes -= this.#sizeOf(member)
    }
    this.marks?.member(member, 0, null)
    return true
  }

  /**
   * Removes members, all of them there. Where next to nothing is left the rest moves into a new set, which begins small
   * again: the one case in which a hashtable becomes a listpack.
   */
  take(members: readonly Bytes[]): void {
    for (const member of members) this.delete(member)
    if (!this.#large || this.size * 5 > members.length) return
    const rest = this.#large
    this.#large = null
    this.#small = new Set()
    this.#bytes = 0
    for (const member of rest.names()) this.#insert(member)
  }

  /** Members in the order that SMEMBERS shows. */
  members(): IterableIterator<Bytes> {
    return meter.each(this, this.#members())
  }

  *#members(): Generator<Bytes> {
    if (this.#ints) for (const int of this.#ints) yield String(int) as Bytes
    else if (this.#small) yield* this.#small
    else yield* this.#large!.names()
  }

  /** SSCAN: what is no hashtable answers whole, with cursor 0. */
  scan(cursor: number, count: number, visit: (member: Bytes) => void): number {
    if (this.#large)
      return this.#large.scan(cursor, count, (member) => {
        meter.many(this, 1)
        visit(member)
      })
    for (const member of this.members()) visit(member)
    return 0
  }

  /** A member by chance. */
  random(random: Random): Bytes {
    meter.many(this, 1)
    if (this.#large) return this.#large.nameAt(this.#large.random(random))!
    if (this.#ints) return String(this.#ints[random.below(this.#ints.length)]) as Bytes
    let skip = random.below(this.#small!.size)
    for (const member of this.#small!) if (skip-- === 0) return member
    throw new Error('a set is never empty')
  }

  /**
   * A set of what an intersection found. `fromInts`: the set that was walked is an intset. It becomes an intset where all
   * members are integers and few enough, else it grows from a listpack (or from the intset that was begun).
   */
  static gather(members: Iterable<Bytes>, fromInts: boolean, limits: Limits): SetValue {
    const set = meter.result(new SetValue(limits))
    const found = [...members]
    const small = found.length <= limits.setMaxIntsetEntries && found.every((member) => parseInt64(member) !== null)
    if (!small && !fromInts) set.#convert(true)
    for (const member of found) set.add(member)
    return set
  }

  /**
   * A set of what a file holds, each member once, beginning in an encoding. What lay in a listpack stays in one: how long
   * its members are, or whether all of them are integers by now, is not asked again.
   */
  static of(members: readonly Bytes[], encoding: SetValue['encoding'], limits: Limits): SetValue {
    const set = new SetValue(limits)
    if (encoding !== 'intset') set.#convert(encoding === 'listpack')
    set.#large?.expect(members.length)
    for (const member of members) {
      if (encoding === 'intset') set.add(member)
      else set.#keep(member)
    }
    return set
  }

  override copy(): SetValue {
    meter.many(this, this.size)
    const copy = new SetValue(this.#limits)
    copy.#width = this.#width
    copy.#bytes = this.#bytes
    copy.#ints = this.#ints && [...this.#ints]
    copy.#small = this.#small && new Set(this.#small)
    if (this.#large) {
      copy.#large = new SlotMap()
      copy.#large.expect(this.size)
      for (const member of this.#large.names()) copy.#large.set(member, true)
    }
    return copy
  }

  override write(to: Writer): void {
    to.byte(this.#ints ? 0 : this.#small ? 1 : 2)
    if (this.#large) this.#large.write(to, () => {})
    else to.list([...this.members()], (member) => to.bytes(member))
    if (this.#ints) to.byte(this.#width)
  }

  static read(from: Reader, limits: Limits): SetValue {
    const set = new SetValue(limits)
    const form = from.byte()
    if (form === 2) {
      set.#ints = null
      set.#large = new SlotMap()
      set.#large.read(from, () => true)
      for (const member of set.#large.names()) set.#bytes += textSize(member.length)
      return set
    }
    const members = from.list(() => from.bytes())
    if (form === 0) {
      set.#ints = members.map((member) => parseInt64(member)!)
      set.#width = from.byte()
    } else {
      set.#ints = null
      set.#small = new Set()
      for (const member of members) set.#keep(member)
    }
    return set
  }
}

/** Bytes of an integer in an intset. */
function widthOf(int: Int): number {
  if (int >= -32768 && int <= 32767) return 2
  return int >= -2147483648 && int <= 2147483647 ? 4 : 8
}
