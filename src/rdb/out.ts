// Writing the bytes of an RDB file. Lengths and strings have forms of their own there: a length takes 1, 2, 5 or 9 bytes; a
// string may be a small integer, packed by LZF, or as it is.
import { copyTo, toArray, type Bytes } from '../wire/bytes.ts'
import { lzfPack } from './lzf.ts'

/** In place of a length, with its two highest bits set: which form of a string follows. */
export const SPECIAL = { int8: 0, int16: 1, int32: 2, lzf: 3 } as const
/** Shorter strings are looked at whether they are integers; longer ones whether they can be packed. */
const INTEGER_MOST = 11
const PACK_LEAST = 21

export class Out {
  #bytes = new Uint8Array(256)
  #view = new DataView(this.#bytes.buffer)
  length = 0
  /** rdbcompression. */
  readonly compress: boolean

  constructor(compress = true) {
    this.compress = compress
  }

  #room(more: number): number {
    const at = this.length
    this.length += more
    if (this.length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.length, this.#bytes.length * 2))
      larger.set(this.#bytes.subarray(0, at))
      this.#bytes = larger
      this.#view = new DataView(larger.buffer)
    }
    return at
  }

  /** What was written so far, as a copy. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.length)
  }

  u8(value: number): void {
    // In two steps: to make room may put another array in this one's place.
    const at = this.#room(1)
    this.#bytes[at] = value
  }

  u16le(value: number): void {
    const at = this.#room(2)
    this.#view.setUint16(at, value, true)
  }

  i32le(value: number): void {
    const at = this.#room(4)
    this.#view.setInt32(at, value, true)
  }

  i64le(value: bigint): void {
    const at = this.#room(8)
    this.#view.setBigInt64(at, value, true)
  }

  f64le(value: number): void {
    const at = this.#room(8)
    this.#view.setFloat64(at, value, true)
  }

  raw(bytes: Uint8Array): void {
    const at = this.#room(bytes.length)
    this.#bytes.set(bytes, at)
  }

  latin(bytes: Bytes): void {
    const at = this.#room(bytes.length)
    copyTo(bytes, this.#bytes, at)
  }

  size(value: number | bigint): void {
    if (value < 64) this.u8(Number(value))
    else if (value < 16384) {
      this.u8(0x40 | (Number(value) >> 8))
      this.u8(Number(value) & 0xff)
    } else if (value <= 0xffffffff) {
      this.u8(0x80)
      const at = this.#room(4)
      this.#view.setUint32(at, Number(value))
    } else {
      this.u8(0x81)
      const at = this.#room(8)
      this.#view.setBigUint64(at, BigInt(value))
    }
  }

  string(bytes: Bytes): void {
    if (bytes.length <= INTEGER_MOST && this.integer(bytes)) return
    if (this.compress && bytes.length >= PACK_LEAST && this.#packed(toArray(bytes))) return
    this.size(bytes.length)
    this.latin(bytes)
  }

  /** A string that is given as an array: a listpack, an intset. */
  blob(bytes: Uint8Array): void {
    if (this.compress && bytes.length >= PACK_LEAST && this.#packed(bytes)) return
    this.size(bytes.length)
    this.raw(bytes)
  }

  #packed(bytes: Uint8Array): boolean {
    const packed = lzfPack(bytes)
    if (!packed) return false
    this.u8(0xc0 | SPECIAL.lzf)
    this.size(packed.length)
    this.size(bytes.length)
    this.raw(packed)
    return true
  }

  /** Writes a string as an integer where it is one of at most 32 bits, written as an integer is. */
  integer(bytes: Bytes): boolean {
    const value = Number(bytes)
    if (bytes === '' || !Number.isInteger(value) || Math.abs(value) > 2147483648 || String(value) !== bytes)
      return false
    if (value >= -128 && value <= 127) {
      this.u8(0xc0 | SPECIAL.int8)
      this.u8(value & 0xff)
    } else if (value >= -32768 && value <= 32767) {
      this.u8(0xc0 | SPECIAL.int16)
      this.u16le(value & 0xffff)
    } else if (value <= 2147483647) {
      this.u8(0xc0 | SPECIAL.int32)
      this.i32le(value)
    } else return false
    return true
  }
}
