// A sorted set: members in order of score, then of their bytes. A small one (listpack) is two arrays in that order, looked
// through one by one, as Redis does. A large one (skiplist) has its members in slots, so that ZSCAN has its guarantee, and
// their order in a tree. What has outgrown a listpack never goes back.
import { own, type Bytes } from '../../wire/bytes.ts'
import type { ReplyWriter } from '../../wire/resp.ts'
import type { Reader, Writer } from '../binary.ts'
import { BUCKET, ENTRY, OBJECT, SKIPLIST, SKIPNODE, sizeClass, textSize } from '../memory.ts'
import type { Random } from '../random.ts'
import { meter } from './meter.ts'
import { foreseen } from './names.ts'
import { OrderTree, type Before } from './ordertree.ts'
import { PACKED_EMPTY, packedInteger, packedSize } from './packed.ts'
import { SlotMap } from './slots.ts'
import { Collection, type Limits } from './value.ts'

export interface Ranked {
  readonly member: Bytes
  readonly score: number
}

/** A range: what lies below and above it. */
export interface Bounds {
  /** They are names, not scores. */
  readonly byName: boolean
  readonly below: Before
  readonly above: Before
}

/** Ranks from..to (exclusive). */
export interface Stretch {
  readonly from: number
  readonly to: number
}

const NOWHERE: Stretch = { from: 0, to: 0 }

interface Small {
  readonly members: Bytes[]
  readonly scores: number[]
}

/** Members in slots with their scores, and the tree of their order over the same slots. */
class Large {
  readonly slots = new SlotMap<true>()
  scores = new Float64Array(256)
  readonly tree = new OrderTree(this.slots)

  constructor() {
    this.slots.moved = (from, to) => {
      const score = this.scores[from]!
      this.scores[to] = score
      this.tree.relabel(score, this.slots.nameAt(to)!, to)
    }
  }

  warm(hashes: Int32Array, count: number): void {
    const found = this.slots.warm(hashes, count)
    let seen = 0
    for (let i = 0; i < found; i++) if (this.scores[hashes[i]!]! > 0) seen++
    foreseen.seen = seen
  }

  score(member: Bytes): number | undefined {
    const slot = this.slots.slot(member)
    return slot < 0 ? undefined : this.scores[slot]
  }

  set(member: Bytes, score: number): void {
    const before = this.score(member)
    if (before !== undefined) this.tree.remove(before, member)
    const slot = this.slots.set(member, true)
    if (slot >= this.scores.length) {
      const larger = new Float64Array(this.scores.length * 2)
      larger.set(this.scores)
      this.scores = larger
    }
    this.scores[slot] = score
    this.tree.insert(score, slot, member)
  }

  delete(member: Bytes, score: number): void {
    this.tree.remove(score, member)
    this.slots.delete(member)
  }

  read(from: Reader): void {
    const scores: number[] = []
    this.slots.read(from, (slot) => {
      scores[slot] = from.double()
      return true
    })
    this.scores = new Float64Array(Math.max(256, scores.length * 2))
    for (let slot = 0; slot < scores.length; slot++) {
      const member = this.slots.nameAt(slot)
      if (member === undefined) continue
      this.scores[slot] = scores[slot]!
      this.tree.insert(scores[slot]!, slot, member)
    }
  }
}

export class ZSetValue extends Collection {
  readonly kind = 'zset'
  readonly #limits: Limits
  /** Exactly one of the two is there. */
  #small: Small | null = { members: [], scores: [] }
  #large: Large | null = null
  /** Bytes of all members, and of the scores beside them in a small one. */
  #bytes = 0

  constructor(limits: Limits) {
    super()
    this.#limits = limits
  }

  get size(): number {
    return this.#small ? this.#small.members.length : this.#large!.slots.size
  }

  get encoding(): 'listpack' | 'skiplist' {
    return this.#small ? 'listpack' : 'skiplist'
  }

  override warm(hashes: Int32Array, count: number): void {
    this.#large?.warm(hashes, count)
  }

  get memory(): number {
    if (this.#small) return OBJECT + sizeClass(PACKED_EMPTY + this.#bytes)
    const { size, buckets } = this.#large!.slots
    return OBJECT + SKIPLIST + buckets * BUCKET + size * (ENTRY + SKIPNODE) + this.#bytes
  }

  /** The server looks at the members with the lowest scores, and takes the others to be as long. */
  override memoryFrom(samples: number): number {
    if (this.#small || samples >= this.size) return this.memory
    let bytes = 0
    this.visit(0, samples, (member) => (bytes += textSize(member.length)))
    return this.memory - this.#bytes + Math.floor((bytes / samples) * this.size)
  }

  #sizeOf(member: Bytes, score: number): number {
    return this.#small ? packedSize(member) + packedScore(score) : textSize(member.length)
  }

  // ------------------------------------------------------------------ looking

  score(member: Bytes): number | undefined {
    meter.one(this, member)
    return this.#score(member)
  }

  #score(member: Bytes): number | undefined {
    if (this.#large) return this.#large.score(member)
    return this.#small!.scores[this.#small!.members.indexOf(member)]
  }

  /** How many members stand before this one; undefined where it is not there. */
  rank(member: Bytes): number | undefined {
    meter.one(this, member)
    if (this.#large) {
      const score = this.#large.score(member)
      return score === undefined ? undefined : this.#large.tree.rank(score, member)
    }
    const place = this.#small!.members.indexOf(member)
    return place < 0 ? undefined : place
  }

  /** Shows members by rank, from..to (exclusive), the lowest first. */
  visit(from: number, to: number, show: (member: Bytes, score: number) => void): void {
    meter.many(this, Math.max(0, Math.min(to, this.size) - Math.max(from, 0)))
    const { slots, tree } = this.#large ?? {}
    if (slots && tree) tree.visit(from, to, (score, slot) => show(slots.nameAt(slot)!, score))
    else
      for (let i = Math.max(from, 0); i < Math.min(to, this.size); i++)
        show(this.#small!.members[i]!, this.#small!.scores[i]!)
  }

  /** Members by rank without their scores, from..to (exclusive). */
  members(from: number, to: number): Bytes[] {
    const found = new Array<Bytes>(Math.max(0, to - from))
    let count = 0
    this.visit(from, to, (member) => (found[count++] = member))
    return found
  }

  /** Writes members by rank as a reply, from..to (exclusive); `reverse`: the last first. */
  tell(from: number, to: number, reverse: boolean, out: ReplyWriter): void {
    const count = Math.max(0, to - from)
    meter.many(this, count)
    out.array(count)
    const large = this.#large
    if (large) {
      const slots = large.tree.slots(from, count)
      for (let i = 0; i < count; i++) large.slots.tellName(slots[reverse ? count - 1 - i : i]!, out)
    } else for (let i = 0; i < count; i++) out.text(this.#small!.members[reverse ? to - 1 - i : from + i]!)
  }

  /** Members by rank, from..to (exclusive). */
  range(from: number, to: number): Ranked[] {
    const found: Ranked[] = []
    this.visit(from, to, (member, score) => found.push({ member, score }))
    return found
  }

  at(rank: number): Ranked | undefined {
    return this.range(rank, rank + 1)[0]
  }

  /**
   * The ranks of a range: of those that are not `below` it and not `above` it, without the first `skip`. `reverse` tells
   * from which end it is walked: where scores differ a range of names is not one stretch, and Redis walks a listpack until
   * it meets what lies outside, skipping unseen.
   */
  stretch({ byName, below, above }: Bounds, reverse: boolean, skip = 0): Stretch {
    if (this.#small) return walked(this.#small, below, above, reverse, skip)
    const { tree } = this.#large!
    const from = tree.count(below, byName) + (reverse ? 0 : skip)
    const to = tree.count((score, member) => !above(score, member), byName) - (reverse ? skip : 0)
    return from < to ? { from, to } : NOWHERE
  }

  /** ZSCAN: a listpack answers whole, with cursor 0. */
  scan(cursor: number, count: number, visit: (member: Bytes, score: number) => void): number {
    const large = this.#large
    if (large)
      return large.slots.scan(cursor, count, (member, slot) => {
        meter.many(this, 1)
        visit(member, large.scores[slot]!)
      })
    this.visit(0, this.size, visit)
    return 0
  }

  /** A member by chance. */
  random(random: Random): Ranked {
    if (this.#small) return this.at(random.below(this.size))!
    meter.many(this, 1)
    const slot = this.#large!.slots.random(random)
    return { member: this.#large!.slots.nameAt(slot)!, score: this.#large!.scores[slot]! }
  }

  // ------------------------------------------------------------------ writing

  /** Sets a member's score. Returns whether it is new. */
  set(member: Bytes, score: number): boolean {
    const before = this.score(member)
    if (before === undefined) this.expect(this.size + 1, member.length)
    if (this.#small) {
      if (before !== undefined) removeFrom(this.#small, member)
      // A listpack keeps whole scores as integers, and there is no -0 among them.
      insertInto(this.#small, member, score === 0 ? 0 : score)
    } else this.#large!.set(member, score)
    if (before === undefined) this.#bytes += this.#sizeOf(member, score)
    else if (this.#small) this.#bytes += packedScore(score) - packedScore(before)
    this.marks?.member(member, before ?? null, score)
    return before === undefined
  }

  /** Removes a member. Returns whether it was there. */
  delete(member: Bytes): boolean {
    meter.one(this, member)
    return this.#delete(member)
  }

  /** Removes members that were just shown. */
  take(ranked: readonly Ranked[]): void {
    for (const { member } of ranked) this.#delete(member)
  }

  #delete(member: Bytes): boolean {
    const before = this.#score(member)
    if (before === undefined) return false
    if (this.#small) removeFrom(this.#small, member)
    else this.#large!.delete(member, before)
    this.#bytes -= this.#sizeOf(member, before)
    this.marks?.member(member, before, null)
    return true
  }

  /** So many members are to come, one of them so long: room is made for all at once, even where some come twice. */
  expect(size: number, length: number): void {
    if (size > this.#limits.zsetMaxListpackEntries || length > this.#limits.zsetMaxListpackValue) this.enlarge()
  }

  /** Makes it a skiplist, whatever its size. */
  enlarge(): void {
    if (!this.#small) return
    const { members, scores } = this.#small
    meter.many(this, members.length)
    this.#small = null
    this.#large = new Large()
    this.#large.slots.expect(members.length)
    this.#bytes = 0
    for (let i = 0; i < members.length; i++) this.#put(members[i]!, scores[i]!)
  }

  // ------------------------------------------------------------------ as a whole

  override copy(): ZSetValue {
    const copy = new ZSetValue(this.#limits)
    if (this.#large) copy.enlarge()
    this.visit(0, this.size, (member, score) => copy.#put(member, score))
    return copy
  }

  #put(member: Bytes, score: number): void {
    this.#bytes += this.#sizeOf(member, score)
    if (this.#large) this.#large.set(member, score)
    else {
      this.#small!.members.push(own(member))
      this.#small!.scores.push(score)
    }
  }

  /** A new sorted set of these members, for which room is made beforehand: for so many, the longest so long. */
  static of(ranked: readonly Ranked[], limits: Limits, size: number, length: number): ZSetValue {
    const zset = meter.result(new ZSetValue(limits))
    zset.expect(size, length)
    for (const { member, score } of ranked) zset.set(member, score)
    return zset
  }

  /**
   * A sorted set that lay in a listpack in a file, no more members than one may hold: how long they are is not asked again.
   */
  static ofListpack(members: readonly (readonly [member: Bytes, score: number])[], limits: Limits): ZSetValue {
    const zset = new ZSetValue(limits)
    for (const [member, score] of members) {
      const whole = score === 0 ? 0 : score
      insertInto(zset.#small!, member, whole)
      zset.#bytes += zset.#sizeOf(member, whole)
    }
    return zset
  }

  override write(to: Writer): void {
    to.flag(this.#small !== null)
    const large = this.#large
    if (large) large.slots.write(to, (_, slot) => to.double(large.scores[slot]!))
    else
      to.list(this.range(0, this.size), ({ member, score }) => {
        to.bytes(member)
        to.double(score)
      })
  }

  static read(from: Reader, limits: Limits): ZSetValue {
    const zset = new ZSetValue(limits)
    if (!from.flag()) {
      zset.enlarge()
      zset.#large!.read(from)
      for (const member of zset.#large!.slots.names()) zset.#bytes += textSize(member.length)
      return zset
    }
    const size = from.uint()
    for (let i = 0; i < size; i++) zset.#put(from.bytes(), from.double())
    return zset
  }
}

/** A whole score is packed as an integer, another as its digits. */
const packedScore = (score: number): number =>
  Number.isSafeInteger(score) ? packedInteger(score) : packedSize(String(score) as Bytes)

function insertInto({ members, scores }: Small, member: Bytes, score: number): void {
  let low = 0
  let high = members.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = scores[middle]!
    if (other < score || (other === score && members[middle]! < member)) low = middle + 1
    else high = middle
  }
  members.splice(low, 0, own(member))
  scores.splice(low, 0, score)
}

function removeFrom({ members, scores }: Small, member: Bytes): void {
  const place = members.indexOf(member)
  members.splice(place, 1)
  scores.splice(place, 1)
}

/** A stretch found by walking, as Redis walks a listpack. */
function walked({ members, scores }: Small, below: Before, above: Before, reverse: boolean, skip: number): Stretch {
  const size = members.length
  const isBelow = (i: number) => below(scores[i]!, members[i]!)
  const isAbove = (i: number) => above(scores[i]!, members[i]!)
  if (size === 0 || isBelow(size - 1) || isAbove(0)) return NOWHERE
  const step = reverse ? -1 : 1
  const [notYet, over] = reverse ? [isAbove, isBelow] : [isBelow, isAbove]
  const there = (i: number) => i >= 0 && i < size
  let first = reverse ? size - 1 : 0
  while (there(first) && notYet(first)) first += step
  if (!there(first) || over(first)) return NOWHERE
  first += skip * step
  let end = first
  while (there(end) && !over(end)) end += step
  if (end === first) return NOWHERE
  return reverse ? { from: end + 1, to: first + 1 } : { from: first, to: end }
}
