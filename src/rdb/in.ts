// Reading the bytes of an RDB file, of which nothing is believed: each length is held against the bytes that are left, and
// against what is taken at all.
import { fromArray, latin, toArray, type Bytes } from '../wire/bytes.ts'
import { Budget } from './bounds.ts'
import { LZF_MOST, lzfUnpack } from './lzf.ts'
import { SPECIAL } from './out.ts'

/**
 * What can be wrong: it is no RDB file; of a newer server; it ends too early; its checksum is another one; something is of
 * a form that we cannot read, so that its end cannot be found; it asks for more than we take; or it contradicts itself.
 */
export type DamageKind = 'not-rdb' | 'newer' | 'cut' | 'checksum' | 'form' | 'limits' | 'contents'

/** What is wrong with a file or payload, and at which byte. */
export class RdbError extends Error {
  readonly offset: number
  readonly kind: DamageKind

  constructor(offset: number, message: string, kind: DamageKind) {
    super(message)
    this.offset = offset
    this.kind = kind
  }
}

/** Whose bytes are read: a file, or something packed that stands in it. */
interface Place {
  readonly budget: Budget
  /** Where in the file the packed thing begins, at which all that is wrong with it is told; null: this is the file. */
  readonly origin: number | null
}

export class In {
  readonly bytes: Uint8Array
  readonly #view: DataView
  readonly #place: Place
  at = 0
  readonly end: number

  constructor(bytes: Uint8Array, place: Partial<Place> = {}, end = bytes.length) {
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#place = { budget: place.budget ?? new Budget(), origin: place.origin ?? null }
    this.end = end
  }

  fail(says: string, at = this.at, kind: DamageKind = 'contents'): never {
    const { origin } = this.#place
    // What is packed ends where it says; that the file was cut is seen outside.
    throw new RdbError(origin ?? at, says, origin !== null && kind === 'cut' ? 'contents' : kind)
  }

  /** Fails where something is over its bound. */
  #within(problem: string | null, at = this.at): void {
    if (problem !== null) this.fail(problem, at, 'limits')
  }

  /** One more element of a value, or so many. */
  element(count = 1): void {
    this.#within(this.#place.budget.element(count))
  }

  key(at: number): void {
    this.#within(this.#place.budget.key(), at)
  }

  /** The place of the next `length` bytes, which are then behind. */
  #take(length: number): number {
    const { at, end } = this
    if (length > end - at) {
      const whole = this.#place.origin === null ? 'the file' : 'something packed'
      this.fail(`${whole} ends in the middle of something`, at, 'cut')
    }
    this.at += length
    return at
  }

  u8(): number {
    return this.bytes[this.#take(1)]!
  }

  u16le(): number {
    return this.#view.getUint16(this.#take(2), true)
  }

  i16le(): number {
    return this.#view.getInt16(this.#take(2), true)
  }

  u32le(): number {
    return this.#view.getUint32(this.#take(4), true)
  }

  i32le(): number {
    return this.#view.getInt32(this.#take(4), true)
  }

  i64le(): bigint {
    return this.#view.getBigInt64(this.#take(8), true)
  }

  f64le(): number {
    return this.#view.getFloat64(this.#take(8), true)
  }

  raw(length: number): Uint8Array {
    const at = this.#take(length)
    return this.bytes.subarray(at, at + length)
  }

  latin(length: number): Bytes {
    const at = this.#take(length)
    return fromArray(this.bytes, at, at + length)
  }

  /** A length, or the special form of a string that stands in its place. */
  #size(): { readonly size: number } | { readonly special: number } {
    const from = this.at
    const first = this.u8()
    if (first < 0x40) return { size: first }
    if (first < 0x80) return { size: ((first & 0x3f) << 8) | this.u8() }
    if (first === 0x80) return { size: this.#view.getUint32(this.#take(4)) }
    if (first === 0x81) {
      const long = this.#view.getBigUint64(this.#take(8))
      if (long > BigInt(Number.MAX_SAFE_INTEGER)) this.fail('a length that cannot be', from)
      return { size: Number(long) }
    }
    if (first >= 0xc0) return { special: first & 0x3f }
    return this.fail('a length of a form that is not known', from, 'form')
  }

  size(): number {
    const from = this.at
    const found = this.#size()
    return 'size' in found ? found.size : this.fail('a string stands where a length should', from)
  }

  /** A length that may take all 64 bits. */
  size64(): bigint {
    if (this.at < this.end && this.bytes[this.at] !== 0x81) return BigInt(this.size())
    this.#take(1)
    return this.#view.getBigUint64(this.#take(8))
  }

  /** How many elements follow, of at least `each` bytes: more than there is room for are none. */
  count(each: number): number {
    const from = this.at
    const count = this.size()
    if (count * each > this.end - this.at) this.fail('more elements are announced than there is room for', from, 'cut')
    return count
  }

  string(): Bytes {
    const blob = this.blob()
    return typeof blob === 'string' ? blob : fromArray(blob)
  }

  /** A string as an array, or as bytes where it is an integer. */
  blob(): Uint8Array | Bytes {
    const from = this.at
    const found = this.#size()
    if ('size' in found) {
      // Where the file is cut, that is what is wrong.
      const raw = this.raw(found.size)
      this.#within(this.#place.budget.string(found.size), from)
      return raw
    }
    switch (found.special) {
      case SPECIAL.int8:
        return latin(String((this.u8() << 24) >> 24))
      case SPECIAL.int16:
        return latin(String(this.i16le()))
      case SPECIAL.int32:
        return latin(String(this.i32le()))
      case SPECIAL.lzf:
        return this.#unpack(from)
      default:
        return this.fail('a string of a form that is not known', from, 'form')
    }
  }

  #unpack(from: number): Uint8Array {
    const count = this.size()
    const length = this.size()
    const packed = this.raw(count)
    const { budget } = this.#place
    if (length > count * LZF_MOST) this.fail('a packed string claims to be too long', from)
    this.#within(budget.string(length) ?? budget.unpack(length), from)
    // Whatever is packed in nothing is nothing, says the server.
    if (length === 0) return packed.subarray(0, 0)
    return lzfUnpack(packed, length) ?? this.fail('a packed string cannot be unpacked', from)
  }

  /** Steps over a string, without unpacking it. */
  skip(): void {
    const from = this.at
    const found = this.#size()
    if ('size' in found) this.raw(found.size)
    else if (found.special <= SPECIAL.int32) this.raw(1 << found.special)
    else if (found.special === SPECIAL.lzf) {
      const packed = this.size()
      this.size()
      this.raw(packed)
    } else this.fail('a string of a form that is not known', from, 'form')
  }

  /** What stands packed in the next string: a listpack, an intset. */
  packed(): In {
    const { budget, origin } = this.#place
    const from = origin ?? this.at
    const blob = this.blob()
    return new In(typeof blob === 'string' ? toArray(blob) : blob, { budget, origin: from })
  }
}
