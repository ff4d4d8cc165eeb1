// The packed forms in which Redis keeps small collections, and in which they lie in a file: the listpack of today, the
// ziplist and zipmap of before (read only), and the intset of whole numbers.
import { latin, type Bytes } from '../wire/bytes.ts'
import type { In } from './in.ts'
import { Out } from './out.ts'

const END = 0xff
const HEAD = 6
const MOST_INTEGER = 20
/** A count that says nothing: there are more elements than it could tell. */
const UNKNOWN = 0xffff
/** In a ziplist or zipmap, in place of a length of one byte: four bytes follow. */
const FAR = 0xfe
const least64 = -(1n << 63n)
const most64 = (1n << 63n) - 1n

/** The integer that a string is, where it is written as an integer of 64 bits is; else null. */
function integerOf(bytes: Bytes): bigint | null {
  if (bytes.length > MOST_INTEGER || !/^(?:0|-?[1-9][0-9]*)$/.test(bytes)) return null
  const value = BigInt(bytes)
  return value >= least64 && value <= most64 ? value : null
}

function integer(out: Out, value: bigint): void {
  const small = Number(value)
  if (small >= 0 && small <= 127) out.u8(small)
  else if (small >= -4096 && small <= 4095) {
    out.u8(0xc0 | ((small >> 8) & 0x1f))
    out.u8(small & 0xff)
  } else if (small >= -32768 && small <= 32767) {
    out.u8(0xf1)
    out.u16le(small & 0xffff)
  } else if (small >= -8388608 && small <= 8388607) {
    out.u8(0xf2)
    out.u16le(small & 0xffff)
    out.u8((small >> 16) & 0xff)
  } else if (value >= -2147483648n && value <= 2147483647n) {
    out.u8(0xf3)
    out.i32le(small)
  } else {
    out.u8(0xf4)
    out.i64le(value)
  }
}

function text(out: Out, bytes: Bytes): void {
  const { length } = bytes
  if (length < 64) out.u8(0x80 | length)
  else if (length < 4096) {
    out.u8(0xe0 | (length >> 8))
    out.u8(length & 0xff)
  } else {
    out.u8(0xf0)
    out.i32le(length)
  }
  out.latin(bytes)
}

/** How many bytes it takes to say backwards how long an entry is. */
const backBytes = (length: number) =>
  length <= 127 ? 1 : length < 16383 ? 2 : length < 2097151 ? 3 : length < 268435455 ? 4 : 5

/** How long an entry is, so that a listpack can be walked backwards: seven bits a byte, the highest first. */
function backLength(out: Out, length: number): void {
  const bytes = backBytes(length)
  for (let i = bytes - 1; i >= 0; i--) out.u8((Math.floor(length / 2 ** (7 * i)) & 127) | (i < bytes - 1 ? 128 : 0))
}

/** A listpack of these elements. */
export function writeListpack(items: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const out = new Out()
  out.i32le(0)
  out.u16le(Math.min(items.length, 0xffff))
  for (const item of items) {
    const from = out.length
    const value = integerOf(item)
    if (value === null) text(out, item)
    else integer(out, value)
    backLength(out, out.length - from)
  }
  out.u8(END)
  const bytes = out.bytes()
  new DataView(bytes.buffer).setUint32(0, bytes.length, true)
  return bytes
}

const bits = (value: number, width: number) => (value << (32 - width)) >> (32 - width)

function listpackEntry(from: In): Bytes {
  const first = from.u8()
  if (first < 0x80) return latin(String(first))
  if (first < 0xc0) return from.latin(first & 0x3f)
  if (first < 0xe0) return latin(String(bits(((first & 0x1f) << 8) | from.u8(), 13)))
  if (first < 0xf0) return from.latin(((first & 0x0f) << 8) | from.u8())
  switch (first) {
    case 0xf0:
      return from.latin(from.u32le())
    case 0xf1:
      return latin(String(from.i16le()))
    case 0xf2:
      return latin(String(from.u16le() | ((from.u8() << 24) >> 8)))
    case 0xf3:
      return latin(String(from.i32le()))
    case 0xf4:
      return latin(String(from.i64le()))
    default:
      return from.fail('an entry of a listpack that is not known')
  }
}

/** The elements of a listpack. Throws RdbError where it is none. */
export function readListpack(from: In): Bytes[] {
  const { length } = from.bytes
  if (length < HEAD + 1 || from.u32le() !== length) from.fail('a listpack of another length than it says')
  const count = from.u16le()
  const items: Bytes[] = []
  for (;;) {
    const at = from.at
    if (from.u8() === END) break
    from.at = at
    from.element()
    items.push(listpackEntry(from))
    const size = from.at - at
    if (readBack(from, backBytes(size)) !== size) from.fail('a listpack that cannot be walked backwards')
  }
  if (from.at !== length || (count !== UNKNOWN && count !== items.length))
    from.fail('a listpack with other elements than it says')
  return items
}

/** The length that `backLength` wrote. */
function readBack(from: In, bytes: number): number {
  let length = 0
  for (let i = 0; i < bytes; i++) {
    const byte = from.u8()
    if (byte > 127 !== i > 0) return -1
    length = length * 128 + (byte & 127)
  }
  return length
}

function ziplistEntry(from: In): Bytes {
  const first = from.u8()
  if (first < 0x40) return from.latin(first)
  if (first < 0x80) return from.latin(((first & 0x3f) << 8) | from.u8())
  switch (first) {
    case 0x80: {
      const [a, b, c, d] = from.raw(4) as unknown as [number, number, number, number]
      return from.latin(a * 2 ** 24 + ((b << 16) | (c << 8) | d))
    }
    case 0xc0:
      return latin(String(from.i16le()))
    case 0xd0:
      return latin(String(from.i32le()))
    case 0xe0:
      return latin(String(from.i64le()))
    case 0xf0:
      return latin(String(from.u16le() | ((from.u8() << 24) >> 8)))
    case 0xfe:
      return latin(String(bits(from.u8(), 8)))
    default:
      if (first > 0xf0 && first < 0xfe) return latin(String((first & 0x0f) - 1))
      return from.fail('an entry of a ziplist that is not known')
  }
}

/** The elements of a ziplist, as servers before 7.0 wrote it. */
export function readZiplist(from: In): Bytes[] {
  const { length } = from.bytes
  if (from.u32le() !== length) from.fail('a ziplist of another length than it says')
  const last = from.u32le()
  const count = from.u16le()
  const items: Bytes[] = []
  let before = 0
  let at = from.at
  for (;;) {
    const start = from.at
    const first = from.u8()
    if (first === END) break
    at = start
    if ((first === FAR ? from.u32le() : first) !== before) from.fail('a ziplist that cannot be walked backwards')
    from.element()
    items.push(ziplistEntry(from))
    before = from.at - start
  }
  if (from.at !== length || last !== at || (count !== UNKNOWN && count !== items.length))
    from.fail('a ziplist with other elements than it says')
  return items
}

/** The elements of a zipmap, as servers before 2.6 wrote a small hash. */
export function readZipmap(from: In): Bytes[] {
  const count = from.u8()
  const items: Bytes[] = []
  for (;;) {
    const length = from.u8()
    if (length === END) break
    const size = length === FAR ? from.u32le() : length
    const unused = items.length % 2 === 1 ? from.u8() : 0
    from.element()
    items.push(from.latin(size))
    from.raw(unused)
  }
  if (from.at !== from.bytes.length || (count < FAR && count * 2 !== items.length))
    from.fail('a zipmap with other elements than it says')
  return items
}

/** An intset of these whole numbers, which come in their order. */
export function writeIntset(members: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const values = members.map((member) => BigInt(member))
  const fits = (width: bigint) => values.every((value) => value >= -(1n << (width - 1n)) && value < 1n << (width - 1n))
  const width = fits(16n) ? 2 : fits(32n) ? 4 : 8
  const out = new Out()
  out.i32le(width)
  out.i32le(values.length)
  for (const value of values) {
    if (width === 2) out.u16le(Number(value) & 0xffff)
    else if (width === 4) out.i32le(Number(value))
    else out.i64le(value)
  }
  return out.bytes()
}

/** Its members, which stand in their order, each once. */
export function readIntset(from: In): Bytes[] {
  const width = from.u32le()
  const count = from.u32le()
  if (![2, 4, 8].includes(width) || from.bytes.length !== 8 + width * count)
    from.fail('an intset of another length than it says')
  from.element(count)
  const read = { 2: () => from.i16le(), 4: () => from.i32le(), 8: () => from.i64le() }[width as 2 | 4 | 8]
  const members: Bytes[] = []
  let before: number | bigint | null = null
  for (let i = 0; i < count; i++) {
    const value = read()
    if (before !== null && value <= before) from.fail('an intset out of order')
    before = value
    members.push(latin(String(value)))
  }
  return members
}
