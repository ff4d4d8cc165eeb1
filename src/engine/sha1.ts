// SHA-1 (FIPS 180-4): the engine has no crypto of its own, and DEBUG DIGEST and EVALSHA need it. Not for secrets.
import type { Bytes } from '../wire/bytes.ts'

const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by))

/** What one of the 80 rounds mixes from three of its words, and its constant. */
function mixed(round: number, b: number, c: number, d: number): number {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
  return (b ^ c ^ d) + 0xca62c1d6
}

function block(state: Int32Array, words: Int32Array): void {
  for (let i = 16; i < 80; i++) words[i] = rotate(words[i - 3]! ^ words[i - 8]! ^ words[i - 14]! ^ words[i - 16]!, 1)
  let [a, b, c, d, e] = state as unknown as [number, number, number, number, number]
  for (let i = 0; i < 80; i++) {
    const next = (rotate(a, 5) + mixed(i, b, c, d) + e + words[i]!) | 0
    e = d
    d = c
    c = rotate(b, 30)
    b = a
    a = next
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
  state[4]! += e
}

/** The 20 bytes of a message's SHA-1. `at` gives the message's bytes, `length` their number. */
function digest(length: number, at: (index: number) => number): Uint8Array<ArrayBuffer> {
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)
  const words = new Int32Array(80)
  const blocks = Math.floor((length + 8) / 64) + 1
  const byte = (i: number) => (i < length ? at(i) : i === length ? 0x80 : 0)
  for (let n = 0; n < blocks; n++) {
    for (let i = 0; i < 16; i++) {
      const from = n * 64 + i * 4
      words[i] = (byte(from) << 24) | (byte(from + 1) << 16) | (byte(from + 2) << 8) | byte(from + 3)
    }
    if (n === blocks - 1) {
      words[14] = Math.floor(length / 0x20000000)
      words[15] = length << 3
    }
    block(state, words)
  }
  return Uint8Array.from({ length: 20 }, (_, i) => state[i >> 2]! >>> (24 - (i & 3) * 8))
}

/** The 20 bytes of the SHA-1 of a byte string. */
export const sha1 = (bytes: Bytes): Uint8Array<ArrayBuffer> => digest(bytes.length, (i) => bytes.charCodeAt(i))

/** The 20 bytes of the SHA-1 of an array. */
export const sha1OfArray = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => digest(bytes.length, (i) => bytes[i]!)

/** Bytes as hex digits. */
export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
