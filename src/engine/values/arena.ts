// Blocks of bytes, many and small: the memory of a table of names. What is kept here is no object of its own, so that a
// million names and short values cost the garbage collector nothing, neither when they come nor when they go.
//
// A block is so many cells of 8 bytes in a row, in one page; its address is the number of its first cell, over all pages.
// What is given back waits in a list for its size, linked through the blocks themselves.

import { viewOf } from '../../wire/bytes.ts'

export const CELL = 8
/** Cells of a page: 1 MB. The first page is smaller at first, and grows. */
const PAGE_BITS = 17
const PAGE_CELLS = 1 << PAGE_BITS
const FIRST_CELLS = 64
/** So far behind its beginning the end of a block may be in another line of memory. */
const LINE = 48
/** No block, and the end of a list. */
const NONE = -1

export class Arena {
  /** The pages, as bytes and as views. */
  readonly #bytes: Uint8Array[] = []
  readonly #views: DataView[] = []
  /** The next cell that was never used, and the end of its page. */
  #top = 0
  #end = 0
  /** For each size in cells the first block that is free. */
  readonly #free: Int32Array

  /** `largest`: cells of the largest block that will be wanted. */
  constructor(largest: number) {
    this.#free = new Int32Array(largest + 1).fill(NONE)
  }

  bytesOf(block: number): Uint8Array {
    return this.#bytes[block >>> PAGE_BITS]!
  }

  viewOf(block: number): DataView {
    return this.#views[block >>> PAGE_BITS]!
  }

  /** Where a block begins in `bytesOf` and `viewOf` it. */
  offsetOf(block: number): number {
    return (block & (PAGE_CELLS - 1)) * CELL
  }

  /** The first 4 bytes of a block, as a number. */
  wordAt(block: number): number {
    return this.viewOf(block).getInt32(this.offsetOf(block), true)
  }

  setWordAt(block: number, word: number): void {
    this.viewOf(block).setInt32(this.offsetOf(block), word, true)
  }

  /** Reads a block at its beginning and where its end may be, to have both near. */
  touch(block: number): number {
    const view = this.viewOf(block)
    const at = this.offsetOf(block)
    return view.getUint8(at) ^ view.getUint8(Math.min(at + LINE, view.byteLength - 1))
  }

  take(cells: number): number {
    const free = this.#free[cells]!
    if (free !== NONE) {
      this.#free[cells] = this.wordAt(free)
      return free
    }
    if (this.#top + cells > this.#end) this.#extend(cells)
    const block = this.#top
    this.#top += cells
    return block
  }

  give(block: number, cells: number): void {
    this.setWordAt(block, this.#free[cells]!)
    this.#free[cells] = block
  }

  #extend(cells: number): void {
    const first = this.#bytes[0]
    if (first && first.length === PAGE_CELLS * CELL) {
      this.#top = this.#bytes.length * PAGE_CELLS
      this.#end = this.#top + PAGE_CELLS
      this.#put(this.#bytes.length, new Uint8Array(PAGE_CELLS * CELL))
      return
    }
    while (this.#top + cells > this.#end && this.#end < PAGE_CELLS) this.#end = Math.max(FIRST_CELLS, this.#end * 2)
    const larger = new Uint8Array(this.#end * CELL)
    if (first) larger.set(first)
    this.#put(0, larger)
    if (this.#top + cells > this.#end) this.#extend(cells)
  }

  #put(page: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes[page] = bytes
    this.#views[page] = viewOf(bytes)
  }
}
