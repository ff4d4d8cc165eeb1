// Names of keys as a tree by a delimiter, for a million of them: a folder is a pile of keys until somebody opens it, and
// only then divided into what stands in it, in order. The long work (dividing, putting in order) is done in strides, so
// that whoever does it can answer others in between.
import type { Bytes } from '../wire/bytes.ts'

/** What stands in a folder: a key, or a folder of two keys or more. */
export type Node = Bytes | Folder

/** Work that pauses after each stride, and says how many names it was. */
export type Strides<T = void> = Generator<number, T, undefined>

/** Names that are looked at in one stride: a few milliseconds. */
export const STRIDE = 20_000
/** Numbers of more digits are not exact as a number of ours. */
const MOST_DIGITS = 15

export class Folder {
  /** What the names of its keys begin with, the delimiter included; empty for the whole. */
  readonly prefix: Bytes
  readonly #delimiter: string
  #count: number
  /** Its keys before it is divided, else null. */
  #pile: Bytes[] | null
  #nodes: Node[] = []
  /** What came and went since the work of dividing began; the pile holds it too, for those who begin anew. */
  #late: { key: Bytes; there: boolean }[] = []

  constructor(prefix: Bytes, delimiter: string, pile: Bytes[]) {
    this.prefix = prefix
    this.#delimiter = delimiter
    this.#pile = pile
    this.#count = pile.length
  }

  /** Keys beneath it. */
  get count(): number {
    return this.#count
  }

  /** What stands in it, in order; null before it is divided. */
  get nodes(): readonly Node[] | null {
    return this.#pile === null ? this.#nodes : null
  }

  /** The name of a node inside this folder: what is left of it, up to the next delimiter and with it. */
  #nameOf(node: Node): string {
    if (typeof node !== 'string') return node.prefix.slice(this.prefix.length)
    return node.slice(this.prefix.length, this.#end(node))
  }

  #end(key: Bytes): number {
    if (this.#delimiter === '') return key.length
    const at = key.indexOf(this.#delimiter, this.prefix.length)
    return at < 0 ? key.length : at + this.#delimiter.length
  }

  // ------------------------------------------------------------------ dividing

  /** Puts the pile in order. What is added or removed while that goes on is heeded. */
  *divide(): Strides {
    if (this.#pile === null) return
    const pile = [...this.#pile]
    this.#late = []
    // No table of single keys by name: a million short numbers as keys of a Map are slow in some engines.
    const numbers = new Float64Array(pile.length)
    const texts: Bytes[] = []
    const groups = new Map<string, Bytes[]>()
    let count = 0
    for (let i = 0; i < pile.length; i++) {
      const key = pile[i]!
      const end = this.#end(key)
      const name = key.slice(this.prefix.length, end)
      if (end < key.length || (this.#delimiter !== '' && name.endsWith(this.#delimiter))) {
        const group = groups.get(name)
        if (group) group.push(key)
        else groups.set(name, [key])
      } else {
        const value = numberOf(name, '')
        if (value < 0) texts.push(key)
        else numbers[count++] = value
      }
      if (i % STRIDE === STRIDE - 1) yield STRIDE
    }
    const single: Bytes[] = []
    for (const value of numbers.subarray(0, count).sort()) {
      single.push((this.prefix + String(value)) as Bytes)
      if (single.length % STRIDE === 0) yield STRIDE
    }
    // All begin with the same prefix: whole keys stand in the order of their names.
    const nodes = yield* this.#woven(yield* joined(single, yield* byBytes(texts)), groups)
    // Meanwhile it may have been seen to hold one folder only.
    if (this.#pile === null) return
    this.#nodes = nodes
    this.#pile = null
    for (const { key, there } of this.#late) {
      this.#count += there ? -1 : 1
      if (there) this.insert(key)
      else this.erase(key)
    }
    this.#late = []
  }

  /** Single keys and groups in one order. */
  *#woven(single: readonly Bytes[], groups: ReadonlyMap<string, Bytes[]>): Strides<Node[]> {
    const grouped = yield* inOrder([...groups.keys()], this.#delimiter)
    const nodes: Node[] = []
    let a = 0
    for (const name of grouped) {
      while (a < single.length && this.#before(this.#nameOf(single[a]!), name)) nodes.push(single[a++]!)
      const group = groups.get(name)!
      nodes.push(group.length === 1 ? group[0]! : this.#folder(name, group))
      if (nodes.length % STRIDE === 0) yield STRIDE
    }
    return yield* joined(nodes, single.slice(a))
  }

  #folder(name: string, keys: Bytes[]): Folder {
    return new Folder((this.prefix + name) as Bytes, this.#delimiter, keys)
  }

  #before(a: string, b: string): boolean {
    return compare(a, b, this.#delimiter) < 0
  }

  /** Where a folder holds nothing but one other, that one is as good: so down to the last. */
  sole(): Folder {
    return this.#only()?.sole() ?? this
  }

  #only(): Folder | null {
    if (this.#pile === null) {
      const [first] = this.#nodes
      return this.#nodes.length === 1 && typeof first === 'object' ? first : null
    }
    const first = this.#pile[0]!
    const name = first.slice(0, this.#end(first))
    if (this.prefix === name || !name.endsWith(this.#delimiter || '\0')) return null
    for (let i = this.#pile.length - 1; i > 0; i--) if (!this.#pile[i]!.startsWith(name)) return null
    const only = this.#folder(name.slice(this.prefix.length), this.#pile)
    this.#nodes = [only]
    this.#pile = null
    return only
  }

  // ------------------------------------------------------------------ one key

  /** Where a name stands among the nodes, or would stand (then -1 - that place). */
  placeOf(name: string): number {
    let low = 0
    let high = this.#nodes.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const order = compare(this.#nameOf(this.#nodes[middle]!), name, this.#delimiter)
      if (order === 0) return middle
      if (order < 0) low = middle + 1
      else high = middle - 1
    }
    return -1 - low
  }

  /** The place of the node that is a key, or a folder above it; negative where there is none. */
  placeFor(key: Bytes): number {
    return this.placeOf(key.slice(this.prefix.length, this.#end(key)))
  }

  has(key: Bytes): boolean {
    if (this.#pile) return this.#pile.includes(key)
    const node = this.#nodes[this.placeFor(key)]
    return typeof node === 'object' ? node.has(key) : node === key
  }

  /** Puts in a key that is not there. */
  insert(key: Bytes): void {
    this.#count++
    if (this.#pile) {
      this.#pile.push(key)
      this.#late.push({ key, there: true })
      return
    }
    const place = this.placeFor(key)
    const node = this.#nodes[place]
    if (node === undefined) this.#nodes.splice(-1 - place, 0, key)
    else if (typeof node === 'object') node.insert(key)
    else if (node === key) this.#count--
    else this.#nodes[place] = this.#folder(this.#nameOf(node), [node, key])
  }

  /** Takes out a key; nothing where it is not there. Returns whether it was. */
  erase(key: Bytes): boolean {
    if (this.#pile) {
      const at = this.#pile.indexOf(key)
      if (at < 0) return false
      this.#pile.splice(at, 1)
      this.#late.push({ key, there: false })
      this.#count--
      return true
    }
    const place = this.placeFor(key)
    const node = this.#nodes[place]
    if (node === undefined || (typeof node === 'string' && node !== key)) return false
    if (typeof node === 'string') this.#nodes.splice(place, 1)
    else if (!node.erase(key)) return false
    else if (node.count === 1) this.#nodes[place] = node.first()
    this.#count--
    return true
  }

  /** A key of it; there is one. */
  first(): Bytes {
    const node = this.#pile ? this.#pile[0]! : this.#nodes[0]!
    return typeof node === 'string' ? node : node.first()
  }
}

/** Whole numbers as one writes them, with the delimiter after them or not, by their size and before all else; else bytes. */
function compare(a: string, b: string, delimiter: string): number {
  if (a === b) return 0
  const one = numberOf(a, delimiter)
  const other = numberOf(b, delimiter)
  if (one !== other) {
    if (one < 0) return 1
    return other < 0 ? -1 : one - other
  }
  return a < b ? -1 : 1
}

/** The number that a name is, or -1. */
function numberOf(name: string, delimiter: string): number {
  const first = name.charCodeAt(0)
  if (!(first >= 48 && first <= 57)) return -1
  const end = delimiter !== '' && name.endsWith(delimiter) ? name.length - delimiter.length : name.length
  if (end > MOST_DIGITS || (first === 48 && end > 1)) return -1
  let value = 0
  for (let i = 0; i < end; i++) {
    const digit = name.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/** What stands in two lists, one after the other. */
function* joined<T>(list: T[], more: readonly T[]): Strides<T[]> {
  for (let i = 0; i < more.length; i++) {
    list.push(more[i]!)
    if (i % STRIDE === STRIDE - 1) yield STRIDE
  }
  return list
}

/** Names that end in a delimiter, in the order of `compare`. */
function* inOrder(names: readonly string[], delimiter: string): Strides<string[]> {
  const numbers: { name: string; value: number }[] = []
  const texts: string[] = []
  for (const [i, name] of names.entries()) {
    const value = numberOf(name, delimiter)
    if (value < 0) texts.push(name)
    else numbers.push({ name, value })
    if (i % STRIDE === STRIDE - 1) yield STRIDE
  }
  const sorted = numbers.sort((x, y) => x.value - y.value).map(({ name }) => name)
  yield sorted.length
  return yield* joined(sorted, yield* byBytes(texts))
}

/** Texts by their bytes: parts of one stride are sorted, then merged by pairs. */
function* byBytes<T extends string>(texts: readonly T[]): Strides<T[]> {
  let parts: T[][] = []
  for (let from = 0; from < texts.length; from += STRIDE) {
    const part = texts.slice(from, from + STRIDE).sort()
    parts.push(part)
    yield part.length
  }
  while (parts.length > 1) {
    const merged: T[][] = []
    for (let i = 0; i < parts.length; i += 2)
      merged.push(i + 1 < parts.length ? yield* merge(parts[i]!, parts[i + 1]!) : parts[i]!)
    parts = merged
  }
  return parts[0] ?? []
}

function* merge<T extends string>(a: readonly T[], b: readonly T[]): Strides<T[]> {
  const all: T[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    all.push(j >= b.length || (i < a.length && a[i]! <= b[j]!) ? a[i++]! : b[j++]!)
    if (all.length % STRIDE === 0) yield STRIDE
  }
  return all
}
