// A string's value. Most are primitives: flat bytes, or an integer that Redis would encode as int. What was built in
// place (APPEND, SETRANGE, SETBIT) is a RawString: a growable buffer whose encoding stays raw, as the server keeps it.
import { fromArray, toArray, type Bytes } from '../../wire/bytes.ts'
import { EMBEDDED_MOST, OBJECT, grownSize, roomIn, sizeClass, stringHeader, stringSize } from '../memory.ts'
import { parseInt64, type Int } from './numbers.ts'

export type StringValue = Bytes | Int | RawString

export class RawString {
  #buffer: Uint8Array
  #length: number
  /** The same as bytes, made when asked for. */
  #text: Bytes | null
  /** The block that the server would hold it in: what was set whole fits its own, what has grown has room to grow. */
  block = 0
  /** To which length it may grow in that block. */
  room = 0

  constructor(bytes: Bytes) {
    this.#buffer = toArray(bytes)
    this.#length = bytes.length
    this.#text = null
    this.#fit()
  }

  /** A block of its size. A header for less than 32 bytes knows of no room behind them. */
  #fit(): void {
    this.block = sizeClass(stringHeader(this.#length) + this.#length + 1)
    this.room = this.#length < 32 ? this.#length : roomIn(this.block)
  }

  get length(): number {
    return this.#length
  }

  bytes(): Bytes {
    return (this.#text ??= fromArray(this.#buffer, 0, this.#length))
  }

  slice(start: number, end: number): Bytes {
    return fromArray(this.#buffer, start, Math.min(end, this.#length))
  }

  byteAt(index: number): number {
    return index < this.#length ? this.#buffer[index]! : 0
  }

  /** Writes bytes at an offset; what lies between the end and the offset becomes zero bytes. */
  write(offset: number, bytes: Bytes): void {
    const end = offset + bytes.length
    if (end > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(end, Math.min(this.#buffer.length * 2, this.#buffer.length + (1 << 20))))
      larger.set(this.#buffer.subarray(0, this.#length))
      this.#buffer = larger
    }
    for (let i = 0; i < bytes.length; i++) this.#buffer[offset + i] = bytes.charCodeAt(i)
    const isNew = this.#length === 0
    this.#length = Math.max(this.#length, end)
    this.#text = null
    if (isNew) this.#fit()
    else if (end > this.room) {
      this.block = grownSize(end)
      this.room = roomIn(this.block)
    }
  }
}

/** Bytes as the server stores a value that was set whole: an integer where they are one, written in the one way. */
export function encode(bytes: Bytes): StringValue {
  return parseInt64(bytes) ?? bytes
}

export function stringBytes(value: StringValue): Bytes {
  if (typeof value === 'string') return value
  return value instanceof RawString ? value.bytes() : (String(value) as Bytes)
}

export function stringLength(value: StringValue): number {
  if (typeof value === 'string' || value instanceof RawString) return value.length
  return String(value).length
}

/** As OBJECT ENCODING tells it. */
export function stringEncoding(value: StringValue): 'int' | 'embstr' | 'raw' {
  if (value instanceof RawString) return 'raw'
  if (typeof value !== 'string') return 'int'
  return value.length <= EMBEDDED_MOST ? 'embstr' : 'raw'
}

/** Bytes that it takes, by the model of memory.ts. */
export function stringMemory(value: StringValue): number {
  if (typeof value === 'string') return stringSize(value.length)
  return typeof value === 'object' ? OBJECT + value.block : OBJECT
}

/** The value as an integer, or null: what INCR asks. */
export function stringInteger(value: StringValue): Int | null {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  return parseInt64(stringBytes(value))
}
