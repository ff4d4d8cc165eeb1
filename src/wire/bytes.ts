// Redis strings are bytes. We keep them as a JavaScript string with one character per byte (each <= 0xFF), so that Map
// keys, ===, < (byte order), slice and length all mean what Redis means. Text becomes bytes at the console, and bytes
// become text when drawn; nowhere else. TextEncoder and TextDecoder are not used: the engine has no DOM, and
// TextDecoder('latin1') is windows-1252 in browsers.

declare const brand: unique symbol

/** A byte string: every character is one byte, 0x00 to 0xFF. */
export type Bytes = string & { readonly [brand]: 'bytes' }

/** A string that is known to hold only characters up to 0xFF, taken as bytes as it is. For literals of ours. */
export const latin = (literal: string): Bytes => literal as Bytes

const beyondAscii = /[\u0080-\uffff]/

/** Text to its UTF-8 bytes. A lone surrogate becomes U+FFFD, as TextEncoder has it. */
export function utf8(text: string): Bytes {
  if (!beyondAscii.test(text)) return text as Bytes
  let out = ''
  for (const char of text) {
    let code = char.codePointAt(0)!
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd
    if (code < 0x80) out += char
    else if (code < 0x800) out += String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000)
      out += String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else
      out += String.fromCharCode(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      )
  }
  return out as Bytes
}

/**
 * The code point that starts at `at` in UTF-8 bytes and how many bytes it takes, or null where the bytes are not
 * UTF-8 (overlong forms and surrogates are not).
 */
export function codePointAt(bytes: string, at: number): { code: number; length: number } | null {
  const first = bytes.charCodeAt(at)
  if (first < 0x80) return { code: first, length: 1 }
  const length =
    first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc2 && first < 0xe0 ? 2 : 0
  if (length === 0 || at + length > bytes.length) return null
  let code = first & (0xff >> (length + 1))
  for (let i = 1; i < length; i++) {
    const next = bytes.charCodeAt(at + i)
    if ((next & 0xc0) !== 0x80) return null
    code = (code << 6) | (next & 63)
  }
  if (length === 3 && (code < 0x800 || (code >= 0xd800 && code <= 0xdfff))) return null
  if (length === 4 && (code < 0x10000 || code > 0x10ffff)) return null
  return { code, length }
}

/** Bytes as text to look at: UTF-8 is decoded, a byte that is not UTF-8 shows as \xNN. Not reversible; for drawing only. */
export function text(bytes: Bytes): string {
  if (!beyondAscii.test(bytes)) return bytes
  let out = ''
  for (let i = 0; i < bytes.length;) {
    const point = codePointAt(bytes, i)
    if (point) {
      out += String.fromCodePoint(point.code)
      i += point.length
    } else {
      out += `\\x${bytes.charCodeAt(i).toString(16).padStart(2, '0')}`
      i++
    }
  }
  return out
}

/** True where the bytes are whole UTF-8. */
export function isUtf8(bytes: Bytes): boolean {
  if (!beyondAscii.test(bytes)) return true
  for (let i = 0; i < bytes.length;) {
    const point = codePointAt(bytes, i)
    if (!point) return false
    i += point.length
  }
  return true
}

/** Lists of character codes by their length: String.fromCharCode takes a list quickly, and a typed array slowly. */
const codes = Array.from({ length: 65 }, (_, length) => Array.from<number>({ length }).fill(0))

/** Bytes from an array, as a flat string that keeps nothing else alive. */
export function fromArray(array: Uint8Array, start = 0, end = array.length): Bytes {
  const list = codes[end - start]
  if (list) {
    for (let i = 0; i < list.length; i++) list[i] = array[start + i]!
    return String.fromCharCode.apply(null, list) as Bytes
  }
  let out = ''
  for (let i = start; i < end; i += 8192) {
    out += String.fromCharCode.apply(null, array.subarray(i, Math.min(i + 8192, end)) as unknown as number[])
  }
  return out as Bytes
}

/** The same bytes as a DataView. */
export const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength)

/**
 * Where the words of a request stand in the bytes that came, while it runs. Its words are slices of a string, and to go
 * through a slice character by character costs three times as much as to go through an array; so who reads or copies bytes
 * asks here first. A host that has no array (a page) says nothing, and then all words are read as strings.
 */
const NO_WORDS: readonly Bytes[] = []

class Origin {
  bytes: Uint8Array = new Uint8Array(0)
  /** The same, for who takes four bytes at a time. */
  view = viewOf(this.bytes)
  #argv: readonly Bytes[] = NO_WORDS
  /** Starts of many requests' words; where those of this one begin. */
  #starts: Int32Array = new Int32Array(0)
  #first = 0
  /** The word that was found last: words are mostly asked for in their order. */
  #at = 0

  /** A request begins. Until its end the array must hold what came. */
  enter(argv: readonly Bytes[], bytes: Uint8Array, view: DataView, starts: Int32Array, first: number): void {
    this.bytes = bytes
    this.view = view
    this.#argv = argv
    this.#starts = starts
    this.#first = first
    this.#at = 1
  }

  leave(): void {
    this.#argv = NO_WORDS
  }

  /** Where a word begins in the bytes; -1 for what is none of the next three words, or is not there. */
  of(word: Bytes): number {
    const argv = this.#argv
    const end = Math.min(argv.length, this.#at + 3)
    for (let i = this.#at; i < end; i++)
      if (argv[i] === word) {
        this.#at = i
        return this.#starts[this.#first + i]!
      }
    return -1
  }
}

export const origin = new Origin()

/** Copies bytes into an array. */
export function copyTo(text: Bytes, to: Uint8Array, at: number): void {
  for (let i = 0; i < text.length; i++) to[at + i] = text.charCodeAt(i)
}

/** Copies a short word, most often of the request that runs, into a block. */
export function copyWord(word: Bytes, to: DataView, at: number): void {
  const { length } = word
  const from = origin.of(word)
  if (from >= 0) copyBytes(origin.view, from, to, at, length)
  else for (let i = 0; i < length; i++) to.setUint8(at + i, word.charCodeAt(i))
}

/** Copies a few bytes from one block to another: four at a time, which is twice as quick as one by one. */
export function copyBytes(from: DataView, start: number, to: DataView, at: number, length: number): void {
  let i = 0
  for (; i + 4 <= length; i += 4) to.setInt32(at + i, from.getInt32(start + i, true), true)
  for (; i < length; i++) to.setUint8(at + i, from.getUint8(start + i))
}

/** Whether a few bytes of two blocks are the same. */
export function areSame(a: DataView, start: number, b: DataView, at: number, length: number): boolean {
  let i = 0
  for (; i + 4 <= length; i += 4) if (a.getInt32(start + i, true) !== b.getInt32(at + i, true)) return false
  for (; i < length; i++) if (a.getUint8(start + i) !== b.getUint8(at + i)) return false
  return true
}

/** Shorter slices of a string are strings of their own in V8; longer ones keep all that they were cut from. */
const SLICE_LEAST = 13

/** The same bytes, to be kept for long: a copy, where they may have been cut from something larger that would stay with them. */
export const own = (bytes: Bytes): Bytes => (bytes.length < SLICE_LEAST ? bytes : fromArray(toArray(bytes)))

/** Bytes as a new array. */
export function toArray(bytes: Bytes): Uint8Array<ArrayBuffer> {
  const from = origin.of(bytes)
  if (from >= 0) return new Uint8Array(origin.bytes.subarray(from, from + bytes.length))
  const array = new Uint8Array(bytes.length)
  copyTo(bytes, array, 0)
  return array
}
