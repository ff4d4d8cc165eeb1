// The bricks of the image: numbers and byte strings to a growing array, and back. Little-endian; integers as varints.
import { fromArray, type Bytes } from '../wire/bytes.ts'

export class Writer {
  #bytes = new Uint8Array(1024)
  #view = new DataView(this.#bytes.buffer)
  #size = 0

  #room(count: number): void {
    if (this.#size + count <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#size + count))
    larger.set(this.#bytes)
    this.#bytes = larger
    this.#view = new DataView(larger.buffer)
  }

  byte(value: number): void {
    this.#room(1)
    this.#bytes[this.#size++] = value
  }

  /** A whole number from 0 to 2^53 - 1. */
  uint(value: number): void {
    this.#room(8)
    let rest = value
    while (rest >= 0x80) {
      this.#bytes[this.#size++] = (rest % 128) | 0x80
      rest = Math.floor(rest / 128)
    }
    this.#bytes[this.#size++] = rest
  }

  double(value: number): void {
    this.#room(8)
    this.#view.setFloat64(this.#size, value, true)
    this.#size += 8
  }

  flag(value: boolean): void {
    this.byte(value ? 1 : 0)
  }

  bytes(value: string): void {
    this.uint(value.length)
    this.#room(value.length)
    for (let i = 0; i < value.length; i++) this.#bytes[this.#size + i] = value.charCodeAt(i)
    this.#size += value.length
  }

  array(value: Uint8Array): void {
    this.uint(value.length)
    this.#room(value.length)
    this.#bytes.set(value, this.#size)
    this.#size += value.length
  }

  /** A number that may be absent. */
  maybe(value: number | null): void {
    this.flag(value !== null)
    if (value !== null) this.double(value)
  }

  list<T>(items: Iterable<T> & { readonly length: number }, each: (item: T) => void): void {
    this.uint(items.length)
    for (const item of items) each(item)
  }

  done(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#size)
  }
}

/** Reads what a Writer wrote. Throws a RangeError where the array ends too soon. */
export class Reader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get done(): boolean {
    return this.#at === this.#bytes.length
  }

  byte(): number {
    const value = this.#bytes[this.#at++]
    if (value === undefined) throw new RangeError('the image ends too soon')
    return value
  }

  uint(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.byte()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 128
    }
  }

  double(): number {
    const value = this.#view.getFloat64(this.#at, true)
    this.#at += 8
    return value
  }

  flag(): boolean {
    return this.byte() === 1
  }

  bytes(): Bytes {
    const length = this.uint()
    const end = this.#at + length
    if (end > this.#bytes.length) throw new RangeError('the image ends too soon')
    const value = fromArray(this.#bytes, this.#at, end)
    this.#at = end
    return value
  }

  array(): Uint8Array<ArrayBuffer> {
    const length = this.uint()
    const end = this.#at + length
    if (end > this.#bytes.length) throw new RangeError('the image ends too soon')
    const value = this.#bytes.slice(this.#at, end)
    this.#at = end
    return value
  }

  maybe(): number | null {
    return this.flag() ? this.double() : null
  }

  list<T>(each: () => T): T[] {
    const length = this.uint()
    const items: T[] = []
    for (let i = 0; i < length; i++) items.push(each())
    return items
  }
}
