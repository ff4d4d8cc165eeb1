// Things in order of score, then of name, such that "what stands at rank r" and "how many stand before x" are as quick as
// putting in and taking out: a B+tree whose inner nodes know how many things lie under each child. The things themselves
// are slots (numbers) of somebody who knows their names; leaves hold scores and slots in typed arrays, so that a million
// of them make no million of objects.
//
// An inner node also keeps, for each child but the first, a bound: everything under the child is at or after it, everything
// under the child before it is before it. A bound need not be in the tree any more, so it keeps its name itself.
import { own, type Bytes } from '../../wire/bytes.ts'

/** Things of a leaf, children of an inner node: at most; and at least, but for the root. */
const LEAF_MOST = 128
const LEAF_LEAST = 32
const INNER_MOST = 64
const INNER_LEAST = 16

/** A question to things in order: true for those at the beginning and false from some place on, or the other way. */
export type Before = (score: number, name: Bytes) => boolean

class Leaf {
  count = 0
  readonly scores = new Float64Array(LEAF_MOST)
  readonly slots = new Int32Array(LEAF_MOST)

  get total(): number {
    return this.count
  }

  insert(at: number, score: number, slot: number): void {
    this.scores.copyWithin(at + 1, at, this.count)
    this.slots.copyWithin(at + 1, at, this.count)
    this.scores[at] = score
    this.slots[at] = slot
    this.count++
  }

  remove(at: number, count: number): void {
    this.scores.copyWithin(at, at + count, this.count)
    this.slots.copyWithin(at, at + count, this.count)
    this.count -= count
  }

  /** Puts `count` things of another leaf, from `from` on, in at `at`. */
  take(at: number, other: Leaf, from: number, count: number): void {
    this.scores.copyWithin(at + count, at, this.count)
    this.slots.copyWithin(at + count, at, this.count)
    this.scores.set(other.scores.subarray(from, from + count), at)
    this.slots.set(other.slots.subarray(from, from + count), at)
    this.count += count
  }
}

class Inner {
  children: Tree[] = []
  /** Things under each child. */
  sizes: number[] = []
  /** The bounds; that of the first child is not looked at. */
  scores: number[] = []
  names: Bytes[] = []

  get count(): number {
    return this.children.length
  }

  get total(): number {
    let sum = 0
    for (const size of this.sizes) sum += size
    return sum
  }

  insert(at: number, child: Tree, score: number, name: Bytes): void {
    this.children.splice(at, 0, child)
    this.sizes.splice(at, 0, child.total)
    this.scores.splice(at, 0, score)
    this.names.splice(at, 0, own(name))
  }

  remove(at: number): void {
    this.children.splice(at, 1)
    this.sizes.splice(at, 1)
    this.scores.splice(at, 1)
    this.names.splice(at, 1)
  }

  /** The children from `at` on leave it for a new node. */
  splitOff(at: number): Inner {
    const rest = new Inner()
    rest.children = this.children.splice(at)
    rest.sizes = this.sizes.splice(at)
    rest.scores = this.scores.splice(at)
    rest.names = this.names.splice(at)
    return rest
  }

  /** Appends another node's children. */
  append(other: Inner): void {
    this.children = this.children.concat(other.children)
    this.sizes = this.sizes.concat(other.sizes)
    this.scores = this.scores.concat(other.scores)
    this.names = this.names.concat(other.names)
  }
}

type Tree = Leaf | Inner

const NO_NAME = '' as Bytes

/** What did not fit any more, and the bound between both. */
interface Split {
  readonly right: Tree
  readonly score: number
  readonly name: Bytes
}

/** Who knows the names of the slots that are in the tree. */
export interface NamesOfSlots {
  nameAt(slot: number): Bytes | undefined
  /** Whether the name in a slot comes before this one. */
  isBefore(slot: number, name: Bytes): boolean
}

export class OrderTree {
  #root: Tree = new Leaf()
  readonly #names: NamesOfSlots
  #found = new Int32Array(16)

  constructor(names: NamesOfSlots) {
    this.#names = names
  }

  #nameOf(slot: number): Bytes {
    return this.#names.nameAt(slot)!
  }

  get size(): number {
    return this.#root.total
  }

  // ------------------------------------------------------------------ looking

  /** How many things a question holds for; `byName`: it looks at names, which have to be read for it. */
  count(before: Before, byName: boolean): number {
    let rank = 0
    let node = this.#root
    while (node instanceof Inner) {
      const { scores, names } = node
      const child = parting(1, node.count, (i) => before(scores[i]!, names[i]!)) - 1
      for (let i = 0; i < child; i++) rank += node.sizes[i]!
      node = node.children[child]!
    }
    const { scores, slots } = node
    return rank + parting(0, node.count, (i) => before(scores[i]!, byName ? this.#nameOf(slots[i]!) : NO_NAME))
  }

  /** How many things stand before one that may be in the tree or not. */
  rank(score: number, name: Bytes): number {
    let rank = 0
    let node = this.#root
    while (node instanceof Inner) {
      const child = childFor(node, score, name)
      for (let i = 0; i < child; i++) rank += node.sizes[i]!
      node = node.children[child]!
    }
    return rank + this.#placeOf(node, score, name)
  }

  /** Where a thing stands in a leaf, or would. */
  #placeOf(leaf: Leaf, score: number, name: Bytes): number {
    let low = 0
    let high = leaf.count
    while (low < high) {
      const middle = (low + high) >> 1
      const other = leaf.scores[middle]!
      if (other < score || (other === score && this.#names.isBefore(leaf.slots[middle]!, name))) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The slots of `count` things in order, from a rank on; all of them must be there. Good until it is asked again. */
  slots(from: number, count: number): Int32Array {
    if (this.#found.length < count) this.#found = new Int32Array(Math.max(count, this.#found.length * 2))
    gather(this.#root, from, count, this.#found, 0)
    return this.#found
  }

  /** Shows the things with ranks from..to (exclusive), in order. */
  visit(from: number, to: number, show: (score: number, slot: number) => void): void {
    visit(this.#root, from, to, show)
  }

  // ------------------------------------------------------------------ writing

  insert(score: number, slot: number, name: Bytes): void {
    const split = this.#insert(this.#root, score, slot, name)
    if (!split) return
    const root = new Inner()
    root.insert(0, this.#root, split.score, split.name)
    root.insert(1, split.right, split.score, split.name)
    this.#root = root
  }

  #insert(node: Tree, score: number, slot: number, name: Bytes): Split | null {
    if (node instanceof Leaf) return this.#insertInLeaf(node, score, slot, name)
    const at = childFor(node, score, name)
    const split = this.#insert(node.children[at]!, score, slot, name)
    if (!split) {
      node.sizes[at]!++
      return null
    }
    node.sizes[at] = node.children[at]!.total
    node.insert(at + 1, split.right, split.score, split.name)
    if (node.count <= INNER_MOST) return null
    const right = node.splitOff(node.count >> 1)
    return { right, score: right.scores[0]!, name: right.names[0]! }
  }

  #insertInLeaf(leaf: Leaf, score: number, slot: number, name: Bytes): Split | null {
    const at = this.#placeOf(leaf, score, name)
    if (leaf.count < LEAF_MOST) {
      leaf.insert(at, score, slot)
      return null
    }
    const right = new Leaf()
    // What comes in order leaves full leaves behind it.
    const keep = at === LEAF_MOST ? LEAF_MOST : LEAF_MOST / 2
    right.take(0, leaf, keep, LEAF_MOST - keep)
    leaf.count = keep
    if (at < keep) leaf.insert(at, score, slot)
    else right.insert(at - keep, score, slot)
    return { right, score: right.scores[0]!, name: this.#nameOf(right.slots[0]!) }
  }

  /** Takes a thing out, which must be there. */
  remove(score: number, name: Bytes): void {
    this.#remove(this.#root, score, name)
    if (this.#root instanceof Inner && this.#root.count === 1) this.#root = this.#root.children[0]!
  }

  #remove(node: Tree, score: number, name: Bytes): void {
    if (node instanceof Leaf) {
      node.remove(this.#placeOf(node, score, name), 1)
      return
    }
    const at = childFor(node, score, name)
    const child = node.children[at]!
    this.#remove(child, score, name)
    node.sizes[at]!--
    if (child.count >= (child instanceof Leaf ? LEAF_LEAST : INNER_LEAST) || node.count === 1) return
    this.#balance(node, at > 0 ? at - 1 : at)
  }

  /** Child `at` or the one after it has become small: both become one, or share evenly. */
  #balance(node: Inner, at: number): void {
    const left = node.children[at]!
    const right = node.children[at + 1]!
    if (left instanceof Leaf && right instanceof Leaf) this.#balanceLeaves(node, at, left, right)
    else if (left instanceof Inner && right instanceof Inner) balanceInner(node, at, left, right)
    node.sizes[at] = left.total
    if (node.children[at + 1] === right) node.sizes[at + 1] = right.total
  }

  #balanceLeaves(node: Inner, at: number, left: Leaf, right: Leaf): void {
    const sum = left.count + right.count
    if (sum <= LEAF_MOST) {
      left.take(left.count, right, 0, right.count)
      node.remove(at + 1)
      return
    }
    const half = sum >> 1
    if (left.count < half) {
      const moved = half - left.count
      left.take(left.count, right, 0, moved)
      right.remove(0, moved)
    } else {
      right.take(0, left, half, left.count - half)
      left.count = half
    }
    node.scores[at + 1] = right.scores[0]!
    node.names[at + 1] = this.#nameOf(right.slots[0]!)
  }

  /** A thing has got another slot. The old one need have no name any more. */
  relabel(score: number, name: Bytes, slot: number): void {
    let node = this.#root
    while (node instanceof Inner) node = node.children[childFor(node, score, name)]!
    node.slots[this.#placeOf(node, score, name)] = slot
  }
}

/** Where a question to low..high turns from true to false. */
function parting(low: number, high: number, holds: (i: number) => boolean): number {
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low
}

/** The child under which a thing stands, or would: the last whose bound is not after it, or the first. */
function childFor(node: Inner, score: number, name: Bytes): number {
  let low = 1
  let high = node.count
  while (low < high) {
    const middle = (low + high) >> 1
    const bound = node.scores[middle]!
    if (bound < score || (bound === score && node.names[middle]! <= name)) low = middle + 1
    else high = middle
  }
  return low - 1
}

function balanceInner(node: Inner, at: number, left: Inner, right: Inner): void {
  // The bound between both is the bound of the right one's first child, which did not need one until now.
  right.scores[0] = node.scores[at + 1]!
  right.names[0] = node.names[at + 1]!
  left.append(right)
  node.remove(at + 1)
  if (left.count <= INNER_MOST) return
  const rest = left.splitOff(left.count >> 1)
  node.insert(at + 1, rest, rest.scores[0]!, rest.names[0]!)
}

/** Puts the slots of `count` things, from a rank on, into an array at a place. */
function gather(node: Tree, from: number, count: number, to: Int32Array, at: number): void {
  if (node instanceof Leaf) {
    for (let i = 0; i < count; i++) to[at + i] = node.slots[from + i]!
    return
  }
  const { sizes, children } = node
  let start = from
  let put = at
  const end = at + count
  for (let i = 0; put < end; i++) {
    const size = sizes[i]!
    if (start >= size) start -= size
    else {
      const here = Math.min(size - start, end - put)
      gather(children[i]!, start, here, to, put)
      put += here
      start = 0
    }
  }
}

function visit(node: Tree, from: number, to: number, show: (score: number, slot: number) => void): void {
  if (node instanceof Leaf) {
    for (let i = Math.max(from, 0); i < Math.min(to, node.count); i++) show(node.scores[i]!, node.slots[i]!)
    return
  }
  let start = 0
  for (let i = 0; i < node.count && start < to; i++) {
    const size = node.sizes[i]!
    if (start + size > from) visit(node.children[i]!, from - start, to - start, show)
    start += size
  }
}
