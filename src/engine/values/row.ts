// A row of byte strings, as a list's node keeps them: short ones stand in one buffer, one behind the other in the order in
// which they came, and a ring of numbers says where each begins. So a list of a million small elements is some thousand
// objects, and what is pushed and popped leaves no garbage.
import { copyWord, fromArray, latin, own, viewOf, type Bytes } from '../../wire/bytes.ts'
import type { ReplyWriter } from '../../wire/resp.ts'
import { Deque } from './deque.ts'
import { INTEGER_MOST } from './packed.ts'

/** Longest string that stands in the buffer. */
const SHORT = 255
const LENGTH_BITS = 8
const FIRST_ROOM = 64
/** Things that may stand in a buffer that was handed in. */
const MANY = 256
const NOTHING = latin('')
const NINE = 0x39

export class Row {
  /** Where each stands: its start and its length in one number; a long one is here itself. */
  readonly #places: Deque<Bytes | number>
  #bytes: Uint8Array
  #view: DataView
  /** Bytes of the buffer that were used, and those of them that still are. */
  #top = 0
  #live = 0

  /** `room`: a buffer, where many things are to come; it is this row's alone. */
  constructor(room?: Uint8Array) {
    this.#bytes = room ?? new Uint8Array(FIRST_ROOM)
    this.#view = viewOf(this.#bytes)
    this.#places = new Deque(room ? MANY : undefined)
  }

  get length(): number {
    return this.#places.length
  }

  at(index: number): Bytes {
    const place = this.#places.at(index)
    if (typeof place === 'string') return place
    const start = place >> LENGTH_BITS
    return fromArray(this.#bytes, start, start + (place & SHORT))
  }

  /** Writes one thing as a reply. */
  tell(index: number, out: ReplyWriter): void {
    const place = this.#places.at(index)
    if (typeof place === 'string') out.text(place)
    else out.piece(this.#view, place >> LENGTH_BITS, place & SHORT)
  }

  /** The length of a thing that is certainly no integer; -1 where it may be one. */
  lengthOfText(index: number): number {
    const place = this.#places.at(index)
    if (typeof place === 'string') return place.length
    const length = place & SHORT
    return length > INTEGER_MOST || this.#bytes[place >> LENGTH_BITS]! > NINE ? length : -1
  }

  insert(index: number, item: Bytes): void {
    this.#places.insert(index, this.#keep(item))
  }

  set(index: number, item: Bytes): void {
    this.#leave(index)
    this.#places.set(index, NOTHING)
    this.#places.set(index, this.#keep(item))
  }

  /** Takes `count` things out, the first of them at `from`. */
  remove(from: number, count = 1): void {
    for (let i = 0; i < count; i++) this.#leave(from + i)
    this.#places.remove(from, count)
  }

  #leave(index: number): void {
    const place = this.#places.at(index)
    if (typeof place === 'number') this.#live -= place & SHORT
  }

  #keep(item: Bytes): Bytes | number {
    const { length } = item
    if (length > SHORT) return own(item)
    if (this.#top + length > this.#bytes.length) this.#makeRoom(length)
    const start = this.#top
    copyWord(item, this.#view, start)
    this.#top += length
    this.#live += length
    return (start << LENGTH_BITS) | length
  }

  /** Puts what is still used to the beginning of a buffer that has room for as much again. */
  #makeRoom(length: number): void {
    const old = this.#bytes
    const bytes = new Uint8Array(Math.max(FIRST_ROOM, (this.#live + length) * 2))
    this.#bytes = bytes
    this.#view = viewOf(bytes)
    if (this.#live === this.#top) {
      bytes.set(old.subarray(0, this.#top))
      return
    }
    let top = 0
    for (let i = 0; i < this.#places.length; i++) {
      const place = this.#places.at(i)
      if (typeof place === 'string') continue
      const start = place >> LENGTH_BITS
      const size = place & SHORT
      for (let j = 0; j < size; j++) bytes[top + j] = old[start + j]!
      this.#places.set(i, (top << LENGTH_BITS) | size)
      top += size
    }
    this.#top = top
  }
}
