// LZF, the quick compression inside RDB files: literal runs of up to 32 bytes, and references of 3 to 264 bytes to at most
// 8 kB back. What comes out here need not be byte for byte what liblzf makes (that hangs on what lay in its memory before),
// but each unpacks what the other packs.

/** Places of a table of what was seen: as many as there are bytes, within these bounds. */
const LEAST_BITS = 6
const MOST_BITS = 14
const MOST_LITERALS = 32
const MOST_BACK = 1 << 13
const MOST_COPIED = 264
/** Bytes that one packed byte can become at most: the longest copy takes three. */
export const LZF_MOST = MOST_COPIED / 3

/** The bytes packed, or null where that would not take fewer than `length - 4`: then the server keeps them as they are. */
export function lzfPack(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const { length } = bytes
  const most = length - 4
  if (most <= 0) return null
  const out = new Uint8Array(most)
  const bits = Math.min(MOST_BITS, Math.max(LEAST_BITS, 32 - Math.clz32(length)))
  const seen = new Int32Array(1 << bits).fill(-1)
  let at = 0
  let to = 0
  let literals = 0
  const flush = (): boolean => {
    if (literals === 0) return true
    if (to + 1 + literals > most) return false
    out[to++] = literals - 1
    for (let i = at - literals; i < at; i++) out[to++] = bytes[i]!
    literals = 0
    return true
  }
  while (at < length) {
    const copied = at + 2 < length ? match(bytes, at, seen, 32 - bits) : null
    if (!copied) {
      at++
      if (++literals === MOST_LITERALS && !flush()) return null
      continue
    }
    if (!flush()) return null
    const { back, count } = copied
    const long = count - 2 >= 7
    if (to + (long ? 3 : 2) > most) return null
    out[to++] = ((long ? 7 : count - 2) << 5) | ((back - 1) >> 8)
    if (long) out[to++] = count - 2 - 7
    out[to++] = (back - 1) & 0xff
    at += count
  }
  return flush() ? out.slice(0, to) : null
}

/** Where the three bytes at `at` stood before, by a table of 2 ** (32 - shift) places, and how many are the same there. */
function match(bytes: Uint8Array, at: number, seen: Int32Array, shift: number): { back: number; count: number } | null {
  const word = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!
  const hash = Math.imul(word, 0x9e3779b1) >>> shift
  const from = seen[hash]!
  seen[hash] = at
  if (from < 0 || at - from > MOST_BACK) return null
  const most = Math.min(MOST_COPIED, bytes.length - at)
  let count = 0
  while (count < most && bytes[from + count] === bytes[at + count]) count++
  return count < 3 ? null : { back: at - from, count }
}

/** The `length` bytes that were packed; null where these are not that. */
export function lzfUnpack(packed: Uint8Array, length: number): Uint8Array<ArrayBuffer> | null {
  const out = new Uint8Array(length)
  let at = 0
  let to = 0
  while (at < packed.length) {
    const control = packed[at++]!
    if (control < MOST_LITERALS) {
      const count = control + 1
      if (at + count > packed.length || to + count > length) return null
      out.set(packed.subarray(at, at + count), to)
      at += count
      to += count
      continue
    }
    let count = (control >> 5) + 2
    if (count === 9) count += packed[at++] ?? Infinity
    const back = (((control & 0x1f) << 8) | (packed[at++] ?? 0)) + 1
    if (at > packed.length || back > to || !(to + count <= length)) return null
    // What is copied may overlap what is written: byte by byte.
    for (let i = 0; i < count; i++, to++) out[to] = out[to - back]!
  }
  return to === length ? out : null
}
