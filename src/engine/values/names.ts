// Names, each in a slot, and short texts beside them: a hash table over bytes. What a look-up costs is memory that is not
// near: V8's own Map goes through three places for each name that it meets, and the value behind it lies in a fourth. Here
// are two: a cell of the table, and a block that holds the name, its slot, and the short text that belongs to it (a key's
// value, a field's).
//
// Cells are pairs: a hash, and what is found there (0: nothing). A name stands at the first free cell from its hash on. When
// one goes, those behind it that it had pushed on move up, so that there are no graves to walk over.
import { areSame, copyBytes, copyWord, fromArray, origin, own, type Bytes } from '../../wire/bytes.ts'
import type { ReplyWriter } from '../../wire/resp.ts'
import { Arena, CELL } from './arena.ts'

const SMALLEST = 16
/** Longest name and longest text that stand in a block; what is longer stays a string. */
const NAME_MOST = 255
export const TEXT_MOST = 64
/** A block: its slot, in 4 bytes; the length of its name; that of its text plus one (0: no text); both of them. */
const NAME_LENGTH = 4
const TEXT_LENGTH = 5
const HEAD = 6
const LARGEST = Math.ceil((HEAD + NAME_MOST + TEXT_MOST) / CELL)
/** What a slot has instead of a block: nothing, or a name that is kept as a string. */
const EMPTY = -1
const STRING = -2

/** Names that can be foreseen at a time. */
export const FORESEEN_NAMES = 2048

const NOBODY = '' as Bytes

/** Hashes of names that will be asked for soon, reckoned beforehand (../foresight.ts). */
class Foreseen {
  readonly names: Bytes[] = []
  readonly hashes = new Int32Array(FORESEEN_NAMES)
  count = 0
  /** Those of the command under way: the one that is probably asked for next, and the end. */
  #next = 0
  #end = 0
  /** What was read only to have it near. Nobody looks at it; it keeps such reading from being optimized away. */
  seen = 0

  clear(): void {
    // Nothing of them is kept; the array is.
    this.names.fill(NOBODY, 0, this.count)
    this.count = this.#next = this.#end = 0
  }

  add(name: Bytes, hash = reckon(name)): void {
    if (this.count === FORESEEN_NAMES) return
    this.names[this.count] = name
    this.hashes[this.count++] = hash
  }

  /** A command begins whose names are these. */
  expect(first: number, end: number): void {
    this.#next = first
    this.#end = end
  }

  /** The place of a name among the next two that are expected, or -1. (The first of them may be known without a look-up.) */
  find(name: Bytes): number {
    const next = this.#next
    if (next >= this.#end) return -1
    if (this.names[next] === name) return next
    if (next + 1 >= this.#end || this.names[next + 1] !== name) return -1
    this.#next++
    return next + 1
  }
}

export const foreseen = new Foreseen()

function hashOf(name: Bytes): number {
  const at = foreseen.find(name)
  return at < 0 ? reckon(name) : foreseen.hashes[at]!
}

/** Four bytes are taken at a time, as one number. */
function reckon(name: Bytes): number {
  const { length } = name
  let hash = length
  let i = 0
  for (; i + 4 <= length; i += 4) {
    const low = name.charCodeAt(i) | (name.charCodeAt(i + 1) << 8)
    hash = stirred(hash, low | (name.charCodeAt(i + 2) << 16) | (name.charCodeAt(i + 3) << 24))
  }
  for (; i < length; i++) hash = stirred(hash, name.charCodeAt(i))
  return mixed(hash)
}

/** The hash of a name that stands in a block of bytes. */
export function reckonFrom(view: DataView, start: number, length: number): number {
  let hash = length
  let i = 0
  for (; i + 4 <= length; i += 4) hash = stirred(hash, view.getInt32(start + i, true))
  for (; i < length; i++) hash = stirred(hash, view.getUint8(start + i))
  return mixed(hash)
}

function stirred(hash: number, bytes: number): number {
  const product = Math.imul(hash ^ bytes, 0x9e3779b1)
  return product ^ (product >>> 15)
}

function mixed(all: number): number {
  let hash = Math.imul(all ^ (all >>> 15), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** Longer strings are compared by V8. */
const LOOP_MOST = 64

const cellsFor = (bytes: number) => (HEAD + bytes + (CELL - 1)) >> 3

export class Names {
  /** A hash; and the block plus one, or the slot of a string, plus one and negative. */
  #cells = new Int32Array(2 * SMALLEST)
  #mask = SMALLEST - 1
  #size = 0
  /** The block of each slot. */
  #blocks = new Int32Array(SMALLEST).fill(EMPTY)
  readonly #arena = new Arena(LARGEST)
  /** Names that are strings, by slot. */
  readonly #strings: (Bytes | undefined)[] = []
  /** The slot that was found last, and its block: what is asked of it next needs no look-up. */
  #slot = -1
  #block = EMPTY

  get size(): number {
    return this.#size
  }

  /**
   * Reads the places where names with these hashes would be found, and no more: first all cells, then all blocks, each in a
   * loop without anything to wait for. Overwrites the hashes with the slots of those that are probably there; returns how many.
   */
  warm(hashes: Int32Array, count: number): number {
    const cells = this.#cells
    const mask = this.#mask
    let seen = 0
    for (let i = 0; i < count; i++) seen ^= cells[2 * (hashes[i]! & mask)]!
    let found = 0
    for (let i = 0; i < count; i++) {
      const at = 2 * (hashes[i]! & mask)
      if (cells[at] === hashes[i] && cells[at + 1] !== 0) hashes[found++] = cells[at + 1]!
    }
    for (let i = 0; i < found; i++) {
      const one = hashes[i]!
      if (one < 0) seen ^= this.#strings[-one - 1]!.length
      else seen ^= this.#arena.touch(one - 1)
    }
    foreseen.seen = seen
    for (let i = 0; i < found; i++) hashes[i] = hashes[i]! < 0 ? -hashes[i]! - 1 : this.#slotOf(hashes[i]! - 1)
    return found
  }

  /** The same for what is in these slots. */
  warmSlots(slots: readonly number[]): void {
    let seen = 0
    for (let i = 0; i < slots.length; i++) {
      const block = this.#blocks[slots[i]!]!
      if (block >= 0) seen ^= this.#arena.touch(block)
    }
    foreseen.seen = seen
  }

  /** The slot of a name, or -1. */
  find(name: Bytes): number {
    const cell = this.#cell(name)
    if (cell < 0) return -1
    const found = this.#cells[cell + 1]!
    if (found < 0) return -found - 1
    this.#block = found - 1
    this.#slot = this.#slotOf(found - 1)
    return this.#slot
  }

  #cell(name: Bytes): number {
    const cells = this.#cells
    const hash = hashOf(name)
    for (let at = hash & this.#mask; ; at = (at + 1) & this.#mask) {
      const found = cells[2 * at + 1]!
      if (found === 0) return -1
      if (cells[2 * at] === hash && this.#is(found, name)) return 2 * at
    }
  }

  #is(found: number, name: Bytes): boolean {
    if (found < 0) return isSame(this.#strings[-found - 1]!, name)
    const view = this.#arena.viewOf(found - 1)
    const from = this.#arena.offsetOf(found - 1)
    const { length } = name
    if (view.getUint8(from + NAME_LENGTH) !== length) return false
    const start = from + HEAD
    const other = origin.of(name)
    if (other >= 0) return areSame(view, start, origin.view, other, length)
    for (let i = 0; i < length; i++) if (view.getUint8(start + i) !== name.charCodeAt(i)) return false
    return true
  }

  #slotOf(block: number): number {
    return this.#arena.wordAt(block)
  }

  #blockOf(slot: number): number {
    if (slot === this.#slot) return this.#block
    return slot < this.#blocks.length ? this.#blocks[slot]! : EMPTY
  }

  has(slot: number): boolean {
    return slot < this.#blocks.length && this.#blocks[slot] !== EMPTY
  }

  /** The name in a slot. */
  at(slot: number): Bytes | undefined {
    const block = this.#blockOf(slot)
    if (block < 0) return this.#strings[slot]
    const bytes = this.#arena.bytesOf(block)
    const from = this.#arena.offsetOf(block)
    return fromArray(bytes, from + HEAD, from + HEAD + bytes[from + NAME_LENGTH]!)
  }

  /** Whether the name in a slot comes before this one. */
  isBefore(slot: number, name: Bytes): boolean {
    const block = this.#blockOf(slot)
    if (block < 0) return this.#strings[slot]! < name
    const bytes = this.#arena.bytesOf(block)
    const from = this.#arena.offsetOf(block)
    const mine = bytes[from + NAME_LENGTH]!
    const length = Math.min(mine, name.length)
    for (let i = 0; i < length; i++) {
      const difference = bytes[from + HEAD + i]! - name.charCodeAt(i)
      if (difference !== 0) return difference < 0
    }
    return mine < name.length
  }

  /** How long the text beside a name is; -1 where there is none. */
  textLength(slot: number): number {
    const block = this.#blockOf(slot)
    return block < 0 ? -1 : this.#arena.bytesOf(block)[this.#arena.offsetOf(block) + TEXT_LENGTH]! - 1
  }

  /** The text beside a name; undefined where there is none. */
  text(slot: number): Bytes | undefined {
    const block = this.#blockOf(slot)
    if (block < 0) return undefined
    const bytes = this.#arena.bytesOf(block)
    const from = this.#arena.offsetOf(block)
    const length = bytes[from + TEXT_LENGTH]! - 1
    if (length < 0) return undefined
    const start = from + HEAD + bytes[from + NAME_LENGTH]!
    return fromArray(bytes, start, start + length)
  }

  /** Writes the name in a slot, which is there. */
  tell(slot: number, out: ReplyWriter): void {
    const block = this.#blockOf(slot)
    if (block < 0) {
      out.text(this.#strings[slot]!)
      return
    }
    const view = this.#arena.viewOf(block)
    const from = this.#arena.offsetOf(block)
    out.piece(view, from + HEAD, view.getUint8(from + NAME_LENGTH))
  }

  /** Writes the text beside a name. Returns false where there is none. */
  tellText(slot: number, out: ReplyWriter): boolean {
    const block = this.#blockOf(slot)
    if (block < 0) return false
    const view = this.#arena.viewOf(block)
    const from = this.#arena.offsetOf(block)
    const length = view.getUint8(from + TEXT_LENGTH) - 1
    if (length < 0) return false
    out.piece(view, from + HEAD + view.getUint8(from + NAME_LENGTH), length)
    return true
  }

  /** Puts a text beside a name, or takes it away. Returns false where it is too long, or the name is: then there is none. */
  setText(slot: number, text: Bytes | null): boolean {
    const old = this.#blockOf(slot)
    if (old < 0) return false
    const fits = text !== null && text.length <= TEXT_MOST
    const from = this.#arena.offsetOf(old)
    const name = this.#arena.bytesOf(old)[from + NAME_LENGTH]!
    const had = cellsFor(name + Math.max(0, this.#arena.bytesOf(old)[from + TEXT_LENGTH]! - 1))
    const wants = cellsFor(name + (fits ? text.length : 0))
    const block = had === wants ? old : this.#change(slot, name, had, wants)
    const view = this.#arena.viewOf(block)
    const start = this.#arena.offsetOf(block)
    view.setUint8(start + TEXT_LENGTH, fits ? text.length + 1 : 0)
    if (fits) copyWord(text, view, start + HEAD + name)
    return fits
  }

  /** Gives a slot a block of another size, with its name. */
  #change(slot: number, name: number, had: number, wants: number): number {
    const cell = this.#cell(this.at(slot)!)
    const old = this.#blockOf(slot)
    const block = this.#arena.take(wants)
    const arena = this.#arena
    copyBytes(arena.viewOf(old), arena.offsetOf(old), arena.viewOf(block), arena.offsetOf(block), HEAD + name)
    this.#arena.give(old, had)
    this.#cells[cell + 1] = block + 1
    this.#link(slot, block)
    return block
  }

  /** From now on a slot has this block. */
  #link(slot: number, block: number): void {
    this.#blocks[slot] = block
    this.#slot = -1
    if (block >= 0) this.#arena.setWordAt(block, slot)
  }

  /** Puts in a name that is not there, in a slot that is free. Returns whether the text is kept beside it, as in setText. */
  add(name: Bytes, slot: number, text: Bytes | null = null): boolean {
    if (++this.#size * 4 > (this.#cells.length / 2) * 3) this.#grow()
    this.#reach(slot)
    if (name.length > NAME_MOST) {
      for (let i = this.#strings.length; i < slot; i++) this.#strings.push(undefined)
      this.#strings[slot] = own(name)
      this.#link(slot, STRING)
      this.#put(hashOf(name), -slot - 1)
      return false
    }
    const fits = text !== null && text.length <= TEXT_MOST
    const block = this.#arena.take(cellsFor(name.length + (fits ? text.length : 0)))
    const view = this.#arena.viewOf(block)
    const from = this.#arena.offsetOf(block)
    view.setUint8(from + NAME_LENGTH, name.length)
    view.setUint8(from + TEXT_LENGTH, fits ? text.length + 1 : 0)
    copyWord(name, view, from + HEAD)
    if (fits) copyWord(text, view, from + HEAD + name.length)
    this.#link(slot, block)
    this.#put(hashOf(name), block + 1)
    return fits
  }

  #reach(slot: number): void {
    if (slot < this.#blocks.length) return
    const larger = new Int32Array(Math.max(slot + 1, this.#blocks.length * 2)).fill(EMPTY)
    larger.set(this.#blocks)
    this.#blocks = larger
  }

  #put(hash: number, found: number): void {
    let at = hash & this.#mask
    while (this.#cells[2 * at + 1] !== 0) at = (at + 1) & this.#mask
    this.#cells[2 * at] = hash
    this.#cells[2 * at + 1] = found
  }

  #grow(): void {
    const old = this.#cells
    this.#cells = new Int32Array(old.length * 2)
    this.#mask = old.length - 1
    for (let i = 0; i < old.length; i += 2) if (old[i + 1] !== 0) this.#put(old[i]!, old[i + 1]!)
  }

  /** What is in one slot goes to another, which is free. */
  move(from: number, to: number): void {
    this.#reach(to)
    const block = this.#blocks[from]!
    if (block === STRING) {
      const name = this.#strings[from]!
      this.#cells[this.#cell(name) + 1] = -to - 1
      for (let i = this.#strings.length; i < to; i++) this.#strings.push(undefined)
      this.#strings[to] = name
      this.#strings[from] = undefined
    }
    this.#link(to, block)
    this.#blocks[from] = EMPTY
  }

  /** Takes out the name in a slot, which is there, and what is beside it. */
  delete(slot: number): void {
    const block = this.#blocks[slot]!
    this.#size--
    this.#link(slot, EMPTY)
    if (block === STRING) {
      this.#unlink(this.#cell(this.#strings[slot]!) >> 1)
      this.#strings[slot] = undefined
      return
    }
    const view = this.#arena.viewOf(block)
    const from = this.#arena.offsetOf(block)
    const name = view.getUint8(from + NAME_LENGTH)
    let at = reckonFrom(view, from + HEAD, name) & this.#mask
    while (this.#cells[2 * at + 1] !== block + 1) at = (at + 1) & this.#mask
    this.#unlink(at)
    this.#arena.give(block, cellsFor(name + Math.max(0, view.getUint8(from + TEXT_LENGTH) - 1)))
  }

  /** Reads what `delete` will look at for these slots. */
  warmToDelete(slots: readonly number[]): void {
    this.warmSlots(slots)
    let seen = 0
    for (let i = 0; i < slots.length; i++) {
      const block = this.#blocks[slots[i]!]!
      if (block < 0) continue
      const view = this.#arena.viewOf(block)
      const from = this.#arena.offsetOf(block)
      const hash = reckonFrom(view, from + HEAD, view.getUint8(from + NAME_LENGTH))
      seen ^= this.#cells[2 * (hash & this.#mask)]!
    }
    foreseen.seen = seen
  }

  /** How long the name in a slot is, which is there. */
  lengthAt(slot: number): number {
    const block = this.#blockOf(slot)
    if (block < 0) return this.#strings[slot]!.length
    return this.#arena.viewOf(block).getUint8(this.#arena.offsetOf(block) + NAME_LENGTH)
  }

  #unlink(found: number): void {
    const cells = this.#cells
    let hole = found
    for (let at = (hole + 1) & this.#mask; cells[2 * at + 1] !== 0; at = (at + 1) & this.#mask) {
      // It may move up where its own place is not behind the hole.
      const wanted = cells[2 * at]! & this.#mask
      if (((at - wanted) & this.#mask) < ((at - hole) & this.#mask)) continue
      cells[2 * hole] = cells[2 * at]!
      cells[2 * hole + 1] = cells[2 * at + 1]!
      hole = at
    }
    cells[2 * hole + 1] = 0
  }
}

/** Whether two short names are the same. A loop is quicker than === where one is a slice of something larger. */
function isSame(a: Bytes, b: Bytes): boolean {
  const { length } = a
  if (length !== b.length) return false
  if (length > LOOP_MOST) return a === b
  const other = origin.of(b)
  if (other >= 0) {
    const came = origin.bytes
    for (let i = 0; i < length; i++) if (a.charCodeAt(i) !== came[other + i]) return false
    return true
  }
  for (let i = 0; i < length; i++) if (a.charCodeAt(i) !== b.charCodeAt(i)) return false
  return true
}
