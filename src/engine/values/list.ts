// A list. A short one is a listpack: one node. A longer one is a quicklist: nodes of some 8 kB in a row, each full to the
// limit that list-max-listpack-size sets. When a node splits, merges or goes is decided exactly as Redis decides it,
// because OBJECT ENCODING shows it: a quicklist becomes a listpack again when only one small node is left.
import type { Bytes } from '../../wire/bytes.ts'
import type { ReplyWriter } from '../../wire/resp.ts'
import type { Reader, Writer } from '../binary.ts'
import { OBJECT, QUICKLIST, QUICKNODE, sizeClass } from '../memory.ts'
import { Deque } from './deque.ts'
import { meter } from './meter.ts'
import { PACKED_EMPTY, packedSize, packedText, packsAsInteger } from './packed.ts'
import { Row } from './row.ts'
import { Collection, type Limits } from './value.ts'

export type End = 'left' | 'right'

/** Bytes that a node may hold by list-max-listpack-size -1 … -5. */
const NODE_BYTES = [4096, 8192, 16384, 32768, 65536]
/** The most that a node may hold where only its elements are limited. */
const SAFE_BYTES = 8192
/** What an element takes at most beside its own bytes, as Redis guesses it before it packs it. */
const GUESSED_HEADER = 8

/** Buffers for full nodes that are made at a time. */
const ROOMS = 8
const NO_ROOMS = new ArrayBuffer(0)

const byteLimit = (fill: number): number => NODE_BYTES[Math.min(-fill, NODE_BYTES.length) - 1]!

/** Whether a node of so many bytes and elements is over the limit `fill`, a value of list-max-listpack-size. */
function exceeds(fill: number, bytes: number, count: number): boolean {
  if (fill < 0) return bytes > byteLimit(fill)
  return bytes > SAFE_BYTES || count > Math.max(fill, 1)
}

/** Whether an element is too large for any node, so that it has one of its own, plain. */
const isLarge = (fill: number, bytes: number) => bytes > (fill < 0 ? byteLimit(fill) : SAFE_BYTES)

/** The sum of what a list's nodes take. */
interface Tally {
  bytes: number
}

class Node {
  readonly items: Row
  readonly plain: boolean
  readonly #tally: Tally
  /** What its elements take in memory in Redis, and the block that holds them. */
  bytes: number
  room: number

  /** `room`: a buffer for its elements, where many are probably to come. */
  constructor(tally: Tally, plain = false, room?: Uint8Array) {
    this.items = new Row(room)
    this.plain = plain
    this.#tally = tally
    this.bytes = plain ? 0 : PACKED_EMPTY
    this.room = sizeClass(this.bytes)
    tally.bytes += QUICKNODE + this.room
  }

  /** It leaves its list. */
  leave(): void {
    this.#tally.bytes -= QUICKNODE + this.room
  }

  get count(): number {
    return this.items.length
  }

  #size(item: Bytes): number {
    return this.plain ? item.length : packedSize(item)
  }

  #grow(by: number): void {
    this.bytes += by
    const room = sizeClass(this.bytes)
    this.#tally.bytes += room - this.room
    this.room = room
  }

  insert(offset: number, item: Bytes): void {
    this.items.insert(offset, item)
    this.#grow(this.#size(item))
  }

  replace(offset: number, item: Bytes): void {
    this.#grow(this.#size(item) - this.#size(this.items.at(offset)))
    this.items.set(offset, item)
  }

  remove(offset: number, count: number): void {
    let gone = 0
    for (let i = 0; i < count; i++) gone += this.#size(this.items.at(offset + i))
    this.items.remove(offset, count)
    this.#grow(-gone)
  }

  /** Takes one element out. */
  pull(offset: number): Bytes {
    const item = this.items.at(offset)
    this.items.remove(offset)
    this.#grow(-this.#size(item))
    return item
  }

  /** Takes one element out and writes it as a reply. */
  tell(offset: number, out: ReplyWriter): void {
    const { items } = this
    const length = items.lengthOfText(offset)
    const size = length < 0 ? this.#size(items.at(offset)) : this.plain ? length : packedText(length)
    items.tell(offset, out)
    items.remove(offset)
    this.#grow(-size)
  }

  /** A new node with the elements from `offset` on, which go from here. */
  splitOff(offset: number): Node {
    const rest = new Node(this.#tally)
    rest.take(this, offset)
    this.remove(offset, this.count - offset)
    return rest
  }

  /** Appends the elements of another node, from `offset` on; they stay there too. */
  take(other: Node, offset = 0): void {
    for (let i = offset; i < other.count; i++) this.insert(this.count, other.items.at(i))
  }

  copy(tally: Tally): Node {
    const copy = new Node(tally, this.plain)
    copy.take(this)
    return copy
  }
}

export class ListValue extends Collection {
  readonly kind = 'list'
  readonly #limits: Limits
  /** A listpack is one node that has no limit of its own. */
  #nodes = new Deque<Node>()
  readonly #tally: Tally = { bytes: 0 }
  #size = 0
  #quick = false
  /** Buffers for nodes to come, and how many. */
  #rooms = NO_ROOMS
  #left = 0
  /** The limit of a quicklist's nodes: list-max-listpack-size as it was when it became one. */
  #fill = 0

  constructor(limits: Limits) {
    super()
    this.#limits = limits
  }

  get size(): number {
    return this.#size
  }

  get encoding(): 'listpack' | 'quicklist' {
    return this.#quick ? 'quicklist' : 'listpack'
  }

  get memory(): number {
    if (this.#quick) return OBJECT + QUICKLIST + this.#tally.bytes
    return OBJECT + (this.#nodes.length === 0 ? sizeClass(PACKED_EMPTY) : this.#nodes.at(0).room)
  }

  /** The server looks at the first nodes, and takes the other elements to be as large. */
  override memoryFrom(samples: number): number {
    if (!this.#quick || samples >= this.#nodes.length) return this.memory
    let bytes = 0
    let count = 0
    for (let n = 0; n < samples; n++) {
      bytes += QUICKNODE + this.#nodes.at(n).room
      count += this.#nodes.at(n).count
    }
    return OBJECT + QUICKLIST + Math.floor((bytes / count) * this.#size)
  }

  /** Takes node number `n` out. */
  #drop(n: number): void {
    this.#nodes.at(n).leave()
    this.#nodes.remove(n)
  }

  /** Nodes and their bytes, as DEBUG OBJECT tells them. */
  get nodes(): { readonly count: number; readonly bytes: number } {
    let bytes = 0
    for (let n = 0; n < this.#nodes.length; n++) bytes += this.#nodes.at(n).bytes
    return { count: this.#nodes.length, bytes }
  }

  // ------------------------------------------------------------------ looking

  /** The number of the node that holds an index, and the offset in it. Walks from the nearer end. */
  #find(index: number): { n: number; offset: number } {
    if (index < this.#size / 2) {
      let n = 0
      let before = 0
      for (; before + this.#nodes.at(n).count <= index; n++) before += this.#nodes.at(n).count
      return { n, offset: index - before }
    }
    let n = this.#nodes.length - 1
    let before = this.#size - this.#nodes.at(n).count
    while (before > index) before -= this.#nodes.at(--n).count
    return { n, offset: index - before }
  }

  at(index: number): Bytes | undefined {
    if (index < 0 || index >= this.#size) return undefined
    meter.many(this, 1)
    const { n, offset } = this.#find(index)
    return this.#nodes.at(n).items.at(offset)
  }

  /** Elements from start to before end, both within the list. */
  slice(start: number, end: number): Bytes[] {
    const out: Bytes[] = []
    if (start >= end) return out
    meter.many(this, end - start, start)
    let { n, offset } = this.#find(start)
    while (out.length < end - start) {
      const { items } = this.#nodes.at(n++)
      for (; offset < items.length && out.length < end - start; offset++) out.push(items.at(offset))
      offset = 0
    }
    return out
  }

  /** Writes the same as a reply. */
  tell(start: number, end: number, out: ReplyWriter): void {
    out.array(Math.max(0, end - start))
    if (start >= end) return
    meter.many(this, end - start, start)
    let { n, offset } = this.#find(start)
    for (let left = end - start; left > 0; offset = 0) {
      const { items } = this.#nodes.at(n++)
      for (; offset < items.length && left > 0; offset++, left--) items.tell(offset, out)
    }
  }

  /** Shows elements with their indexes, from an end on, until `visit` answers true. */
  walk(from: End, visit: (item: Bytes, index: number) => boolean): void {
    const forward = from === 'left'
    let index = forward ? 0 : this.#size - 1
    for (let i = 0; i < this.#nodes.length; i++) {
      const { items } = this.#nodes.at(forward ? i : this.#nodes.length - 1 - i)
      for (let j = 0; j < items.length; j++, index += forward ? 1 : -1)
        if (visit(items.at(forward ? j : items.length - 1 - j), index)) {
          meter.many(this, forward ? index + 1 : this.#size - index)
          return
        }
    }
    meter.many(this, this.#size)
  }

  // ------------------------------------------------------------------ encodings

  /**
   * A listpack that so many elements with so many bytes would outgrow becomes a quicklist. Redis asks this before it
   * writes, and even where it then writes nothing.
   */
  expect(bytes: number, count: number): void {
    if (this.#quick) return
    const held = this.#nodes.length === 0 ? PACKED_EMPTY : this.#nodes.at(0).bytes
    if (!exceeds(this.#limits.listMaxListpackSize, held + bytes, this.#size + count)) return
    this.#become()
  }

  /** A quicklist that has shrunk to one node, below half of the limit, becomes a listpack again. */
  shrunk(): void {
    if (!this.#quick || this.#nodes.length !== 1 || this.#nodes.at(0).plain) return
    const fill = this.#limits.listMaxListpackSize
    const fits =
      fill < 0 ? this.#nodes.at(0).bytes <= byteLimit(fill) / 2 : this.#size <= Math.floor(Math.max(fill, 1) / 2)
    if (fits) this.#quick = false
  }

  // ------------------------------------------------------------------ writing at the ends

  /** Puts an element at an end, by the rules of a push of one. */
  push(end: End, item: Bytes): void {
    this.pushAll(end, [item])
  }

  /** Puts elements at an end, one after the other. */
  pushAll(end: End, items: readonly Bytes[]): void {
    let bytes = 0
    for (const item of items) bytes += item.length
    this.expect(bytes, items.length)
    for (const item of items) this.#push(end, item)
  }

  /** Puts an element at an end that was taken from another list: there an integer's bytes count for nothing beforehand. */
  pushMoved(end: End, item: Bytes): void {
    this.expect(packsAsInteger(item) ? 0 : item.length, 1)
    this.#push(end, item)
  }

  #push(end: End, item: Bytes): void {
    meter.many(this, 1)
    const left = end === 'left'
    let n = left ? 0 : this.#nodes.length - 1
    if (!this.#accepts(n, item.length)) {
      n = left ? 0 : this.#nodes.length
      // Behind a full node another one becomes full, mostly.
      const large = this.#isLarge(item)
      this.#nodes.insert(n, new Node(this.#tally, large, this.#quick && !large ? this.#room() : undefined))
    }
    const node = this.#nodes.at(n)
    node.insert(left ? 0 : node.count, item)
    this.#size++
    if (left) this.marks?.shift(0, 1)
    this.marks?.index(left ? 0 : this.#size - 1, null, item)
  }

  /** A buffer for a node that will be full: many are cut from one, for each that is made anew costs as much as some fifty pushes. */
  #room(): Uint8Array {
    if (this.#left === 0) {
      // A list of few nodes gets few.
      this.#left = Math.min(this.#nodes.length + 1, ROOMS)
      this.#rooms = new ArrayBuffer(this.#left * SAFE_BYTES)
    }
    return new Uint8Array(this.#rooms, --this.#left * SAFE_BYTES, SAFE_BYTES)
  }

  #isLarge(item: Bytes): boolean {
    return this.#quick && isLarge(this.#fill, item.length)
  }

  /** Whether node number `n` takes one more element of so many bytes. */
  #accepts(n: number, bytes: number): boolean {
    if (n < 0 || n >= this.#nodes.length) return false
    if (!this.#quick) return true
    const node = this.#nodes.at(n)
    if (node.plain || isLarge(this.#fill, bytes)) return false
    return !exceeds(this.#fill, node.bytes + bytes + GUESSED_HEADER, node.count + 1)
  }

  /** Takes an element from an end; undefined where there is none. The caller says when it is done, by `shrunk`. */
  pop(end: End): Bytes | undefined {
    if (this.#size === 0) return undefined
    meter.many(this, 1)
    const left = end === 'left'
    const n = left ? 0 : this.#nodes.length - 1
    const node = this.#nodes.at(n)
    const item = node.pull(left ? 0 : node.count - 1)
    if (node.count === 0) this.#drop(n)
    this.#size--
    this.marks?.index(left ? 0 : this.#size, item, null)
    if (left) this.marks?.shift(1, -1)
    return item
  }

  /** The same for an element that is there, which is written as a reply. */
  popTo(end: End, out: ReplyWriter): void {
    meter.many(this, 1)
    const left = end === 'left'
    const n = left ? 0 : this.#nodes.length - 1
    const node = this.#nodes.at(n)
    node.tell(left ? 0 : node.count - 1, out)
    if (node.count === 0) this.#drop(n)
    this.#size--
    // Where a reply is written nobody wants to know what it is.
    this.marks?.whole()
  }

  // ------------------------------------------------------------------ writing in the middle

  /** Replaces the element at an index. */
  set(index: number, item: Bytes): void {
    meter.many(this, 1)
    const { n, offset } = this.#find(index)
    const node = this.#nodes.at(n)
    const before = node.items.at(offset)
    if (node.plain !== this.#isLarge(item)) this.#exchange(n, offset, item)
    else node.replace(offset, item)
    this.marks?.index(index, before, item)
  }

  /** A large element goes where a small one stood, or a small one where a large one stood: the node changes too. */
  #exchange(n: number, offset: number, item: Bytes): void {
    const node = this.#nodes.at(n)
    if (node.plain) {
      this.#insertAtNode(n, 0, item, true)
      this.#drop(n)
      return
    }
    if (offset < node.count - 1) this.#nodes.insert(n + 1, node.splitOff(offset + 1))
    const own = new Node(this.#tally, true)
    own.insert(0, item)
    this.#nodes.insert(n + 1, own)
    node.remove(node.count - 1, 1)
    if (node.count === 0) this.#drop(n)
    else this.#mergeAround(n + 1)
  }

  /** Puts an element before or after the one at `index`. */
  insert(index: number, item: Bytes, after: boolean): void {
    this.expect(item.length, 1)
    meter.many(this, 1)
    const { n, offset } = this.#find(index)
    this.#insertAtNode(n, offset, item, after)
    this.#size++
    const at = after ? index + 1 : index
    this.marks?.shift(at, 1)
    this.marks?.index(at, null, item)
  }

  #insertAtNode(n: number, offset: number, item: Bytes, after: boolean): void {
    const node = this.#nodes.at(n)
    const atEdge = after ? offset === node.count - 1 : offset === 0
    const neighbour = after ? n + 1 : n - 1
    if (this.#accepts(n, item.length)) node.insert(after ? offset + 1 : offset, item)
    else if (atEdge && this.#accepts(neighbour, item.length)) {
      const beside = this.#nodes.at(neighbour)
      beside.insert(after ? 0 : beside.count, item)
    } else if (atEdge || this.#isLarge(item)) this.#insertNode(n, offset, item, after)
    else this.#split(n, offset, item, after)
  }

  /** The element gets a node of its own beside node `n`, which is split where it has elements on both sides. */
  #insertNode(n: number, offset: number, item: Bytes, after: boolean): void {
    const own = new Node(this.#tally, this.#isLarge(item))
    own.insert(0, item)
    const node = this.#nodes.at(n)
    const cut = after ? offset + 1 : offset
    if (cut > 0 && cut < node.count) this.#nodes.insert(n + 1, node.splitOff(cut))
    this.#nodes.insert(cut > 0 ? n + 1 : n, own)
  }

  /** A full node splits where the element goes, then all around is merged that may be. */
  #split(n: number, offset: number, item: Bytes, after: boolean): void {
    const node = this.#nodes.at(n)
    const rest = node.splitOff(after ? offset + 1 : offset)
    this.#nodes.insert(n + 1, rest)
    if (after) rest.insert(0, item)
    else node.insert(node.count, item)
    this.#mergeAround(after ? n : n + 1)
  }

  /** Merges neighbours around node `n`: the two before it, the two after it, then it with what stands beside it. */
  #mergeAround(n: number): void {
    if (this.#merge(n - 2)) n--
    this.#merge(n + 1)
    if (this.#merge(n - 1)) n--
    this.#merge(n)
  }

  /** Merges node `n` with the next one, where both are there and fit into one. */
  #merge(n: number): boolean {
    if (n < 0 || n + 1 >= this.#nodes.length) return false
    const first = this.#nodes.at(n)
    const second = this.#nodes.at(n + 1)
    if (first.plain || second.plain) return false
    if (exceeds(this.#fill, first.bytes + second.bytes - PACKED_EMPTY, first.count + second.count)) return false
    first.take(second)
    this.#drop(n + 1)
    return true
  }

  /** Takes `count` elements out, the first at `from`; nodes that are empty then go. */
  removeRange(from: number, count: number): void {
    if (count <= 0) return
    meter.many(this, count, from)
    let { n, offset } = this.#find(from)
    for (let left = count; left > 0;) {
      const node = this.#nodes.at(n)
      const here = Math.min(left, node.count - offset)
      for (let i = 0; i < here; i++) this.marks?.index(from, node.items.at(offset + i), null)
      node.remove(offset, here)
      if (node.count === 0) this.#drop(n)
      else n++
      offset = 0
      left -= here
    }
    this.#size -= count
    this.marks?.shift(from + 1, -count)
  }

  /** Takes out up to `most` elements equal to `item`, from an end on. Returns how many. */
  removeEqual(item: Bytes, most: number, from: End): number {
    const places: number[] = []
    this.walk(from, (one, index) => one === item && places.push(index) >= most)
    if (from === 'right') places.reverse()
    let next = 0
    for (let n = 0, start = 0; next < places.length;) {
      const node = this.#nodes.at(n)
      const end = start + node.count
      for (let gone = 0; next < places.length && places[next]! < end; gone++, next++) {
        node.remove(places[next]! - start - gone, 1)
        this.marks?.index(places[next]! - next, item, null)
      }
      start = end
      if (node.count === 0) this.#drop(n)
      else n++
    }
    this.#size -= places.length
    return places.length
  }

  // ------------------------------------------------------------------ as a whole

  override copy(): ListValue {
    meter.many(this, this.#size)
    const copy = new ListValue(this.#limits)
    for (let n = 0; n < this.#nodes.length; n++) copy.#nodes.insert(n, this.#nodes.at(n).copy(copy.#tally))
    copy.#size = this.#size
    copy.#quick = this.#quick
    copy.#fill = this.#fill
    return copy
  }

  /** A new list as SORT … STORE makes it: one push after the other. */
  static of(items: readonly Bytes[], limits: Limits): ListValue {
    const list = meter.result(new ListValue(limits))
    for (const item of items) list.push('right', item)
    return list
  }

  /** Its nodes with their elements, as they stand in a file. */
  parts(): { readonly items: readonly Bytes[]; readonly plain: boolean }[] {
    return Array.from({ length: this.#nodes.length }, (_, n) => {
      const { items, plain } = this.#nodes.at(n)
      return { items: Array.from({ length: items.length }, (_each, i) => items.at(i)), plain }
    })
  }

  /** A list of nodes as they stood in a file: a quicklist, unless one node is small enough to be a listpack. */
  static ofParts(
    parts: readonly { readonly items: readonly Bytes[]; readonly plain?: boolean }[],
    limits: Limits,
  ): ListValue {
    const list = ListValue.#quicklist(limits)
    for (const { items, plain } of parts) {
      const node = new Node(list.#tally, plain ?? false)
      for (const item of items) node.insert(node.count, item)
      list.#nodes.insert(list.#nodes.length, node)
      list.#size += items.length
    }
    list.#fit()
    return list
  }

  /** A list of elements that come one after the other; `quick`: a quicklist, even where a listpack would do. */
  static ofItems(items: Iterable<Bytes>, quick: boolean, limits: Limits): ListValue {
    const list = ListValue.#quicklist(limits)
    for (const item of items) list.#push('right', item)
    if (!quick) list.#fit()
    return list
  }

  static #quicklist(limits: Limits): ListValue {
    const list = new ListValue(limits)
    list.#become()
    return list
  }

  #become(): void {
    this.#quick = true
    this.#fill = Math.max(-NODE_BYTES.length, Math.min(this.#limits.listMaxListpackSize, 32767))
  }

  /** A new quicklist whose one node is within the limit becomes a listpack. */
  #fit(): void {
    if (this.#nodes.length !== 1) return
    const only = this.#nodes.at(0)
    if (!only.plain && !exceeds(this.#fill, only.bytes, this.#size)) this.#quick = false
  }

  override write(to: Writer): void {
    to.flag(this.#quick)
    to.double(this.#fill)
    to.uint(this.#nodes.length)
    for (let n = 0; n < this.#nodes.length; n++) {
      const node = this.#nodes.at(n)
      to.flag(node.plain)
      to.uint(node.count)
      for (let i = 0; i < node.count; i++) to.bytes(node.items.at(i))
    }
  }

  static read(from: Reader, limits: Limits): ListValue {
    const list = new ListValue(limits)
    list.#quick = from.flag()
    list.#fill = from.double()
    const nodes = from.uint()
    for (let n = 0; n < nodes; n++) {
      const node = new Node(list.#tally, from.flag())
      const count = from.uint()
      for (let i = 0; i < count; i++) node.insert(i, from.bytes())
      list.#nodes.insert(n, node)
      list.#size += count
    }
    return list
  }
}
