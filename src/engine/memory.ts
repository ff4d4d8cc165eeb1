// How much memory a key takes, counted as redis-server 8.0 with jemalloc would take it: from data alone, never from this
// machine's own heap. A request for bytes gets the next size that the allocator has; a string has a header before it and a
// zero byte behind it; a small collection is one flat block, a large one a table of entries. The values keep their own
// sums up as they change, by these sizes, so that a write costs the same however large the value is. What cannot be known
// (how high a node of a skiplist is, whether a table is just growing) is counted at its mean.

/** What the server takes before it holds any key. */
export const STARTUP = 671_744
/** The header of every value (robj). */
export const OBJECT = 16
/** A dict without its table, and what each entry takes beside its name. */
export const DICT = 56
export const ENTRY = 24
/** One place of a table. */
export const BUCKET = 8
/** What holds a quicklist, and each of its nodes. */
export const QUICKLIST = 40
export const QUICKNODE = 40
/** What holds a skiplist and its dict: zset, zskiplist, dict, and the first node with its 32 levels. */
export const SKIPLIST = 16 + 32 + DICT + 640
/** A node of a skiplist: 48 bytes, 16 more for each level above the first, which one in four has. */
export const SKIPNODE = 53
/** What stands before a listpack whose fields may expire. */
export const EXPIRING_PACK = 32
/** What a deadline adds to a field of a hashtable. */
export const FIELD_DEADLINE = 24
/** The share that a key has in its database's table, which is between half full and full. */
export const KEY_SHARE = 12
/** A key that will expire stands in a second table, by the name it has already. */
export const DEADLINE = ENTRY + KEY_SHARE

/** The bytes that the allocator gives where so many are wanted: four sizes to each doubling. */
export function sizeClass(bytes: number): number {
  if (bytes <= 8) return 8
  if (bytes <= 128) return (bytes + 15) & ~15
  const step = 1 << (29 - Math.clz32(bytes - 1))
  return Math.ceil(bytes / step) * step
}

/** What stands before a string of such a length. */
export function stringHeader(length: number): number {
  if (length < 32) return 1
  if (length < 256) return 3
  return length < 65536 ? 5 : 9
}

/** A string by itself: a key's name, a field, a member. */
export const textSize = (length: number): number => sizeClass(stringHeader(length) + length + 1)

/** Longest string that stands in one block with its object (OBJ_ENCODING_EMBSTR_SIZE_LIMIT). */
export const EMBEDDED_MOST = 44
/** A word of so many bytes is taken over as it was received, with its line end. */
const RECEIVED_WHOLE = 32 * 1024

/** The value of a string that was set whole. */
export function stringSize(length: number): number {
  if (length <= EMBEDDED_MOST) return sizeClass(OBJECT + 3 + length + 1)
  const tail = length >= RECEIVED_WHOLE ? 3 : 1
  return OBJECT + sizeClass(stringHeader(length) + length + tail)
}

/** A key's name of such a length and its entry, beside the value: what MEMORY USAGE adds. */
export const keySize = (length: number): number => ENTRY + textSize(length)

/** Places of a table for so many entries: the next power of two. */
export function tableFor(entries: number): number {
  return entries <= 4 ? 4 : 2 ** (32 - Math.clz32(entries - 1))
}

const MOST_DOUBLED = 1024 * 1024

/** The block that a string gets which grows to a length: room for as much again, at most a megabyte. */
export function grownSize(length: number): number {
  const wanted = length < MOST_DOUBLED ? length * 2 : length + MOST_DOUBLED
  return sizeClass(Math.max(stringHeader(wanted), 3) + wanted + 1)
}

/** The longest string that a block holds which once was made for growing. */
export function roomIn(block: number): number {
  return block - 1 - (block <= 256 ? 3 : block <= 65536 ? 5 : 9)
}

/** Bytes as people read them, as INFO shows them: 1.50M. */
export function human(bytes: number): string {
  if (bytes < 1024) return `${bytes}B`
  const units = ['K', 'M', 'G', 'T']
  let size = bytes / 1024
  let unit = 0
  for (; size >= 1024 && unit < units.length - 1; unit++) size /= 1024
  return `${size.toFixed(2)}${units[unit]}`
}
