// A list is a ring: an array whose first element may stand anywhere, so that both ends are O(1) and LINDEX too. What is
// put in or taken out of the middle moves the shorter side.
import type { Bytes } from '../../wire/bytes.ts'
import type { Reader, Writer } from '../binary.ts'
import { Collection, type Limits } from './value.ts'

export type End = 'left' | 'right'

/** Bytes that a listpack may hold by list-max-listpack-size -1 … -5. */
const LISTPACK_BYTES = [4096, 8192, 16384, 32768, 65536]

/** What an element takes in a listpack: its length's header, its bytes, the way back. */
const packed = (bytes: Bytes) => bytes.length + (bytes.length < 64 ? 2 : bytes.length < 4096 ? 4 : 10)

export class ListValue extends Collection {
  readonly kind = 'list'
  readonly #limits: Limits
  #ring: (Bytes | undefined)[] = new Array<Bytes | undefined>(4)
  #head = 0
  #size = 0
  #bytes = 0
  #quick = false

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

  #slot(index: number): number {
    return (this.#head + index) & (this.#ring.length - 1)
  }

  at(index: number): Bytes | undefined {
    return index >= 0 && index < this.#size ? this.#ring[this.#slot(index)] : undefined
  }

  #grow(): void {
    if (this.#size < this.#ring.length) return
    const larger = new Array<Bytes | undefined>(this.#ring.length * 2)
    for (let i = 0; i < this.#size; i++) larger[i] = this.#ring[this.#slot(i)]
    this.#ring = larger
    this.#head = 0
  }

  /** The encoding follows the size: a listpack that outgrows its limit becomes a quicklist. */
  #counted(bytes: number): void {
    this.#bytes += bytes
    if (this.#quick) return
    const limit = this.#limits.listMaxListpackSize
    this.#quick =
      limit < 0 ? this.#bytes + 7 > (LISTPACK_BYTES[-limit - 1] ?? 8192) : this.#size > limit || this.#bytes > 8192
  }

  push(end: End, item: Bytes): void {
    this.#grow()
    if (end === 'left') {
      this.#head = (this.#head - 1) & (this.#ring.length - 1)
      this.#ring[this.#head] = item
      this.marks?.shift(0, 1)
    } else this.#ring[this.#slot(this.#size)] = item
    this.#size++
    this.#counted(packed(item))
    this.marks?.index(end === 'left' ? 0 : this.#size - 1, null, item)
  }

  pop(end: End): Bytes | undefined {
    if (this.#size === 0) return undefined
    const slot = end === 'left' ? this.#head : this.#slot(this.#size - 1)
    const item = this.#ring[slot]!
    this.#ring[slot] = undefined
    if (end === 'left') {
      this.#head = (this.#head + 1) & (this.#ring.length - 1)
      this.marks?.shift(0, -1)
    }
    this.#size--
    this.#counted(-packed(item))
    this.marks?.index(end === 'left' ? 0 : this.#size, item, null)
    return item
  }

  set(index: number, item: Bytes): void {
    const slot = this.#slot(index)
    const before = this.#ring[slot]!
    this.#ring[slot] = item
    this.#counted(packed(item) - packed(before))
    this.marks?.index(index, before, item)
  }

  insert(index: number, item: Bytes): void {
    this.#grow()
    if (index < this.#size / 2) {
      this.#head = (this.#head - 1) & (this.#ring.length - 1)
      for (let i = 0; i < index; i++) this.#ring[this.#slot(i)] = this.#ring[this.#slot(i + 1)]
    } else for (let i = this.#size; i > index; i--) this.#ring[this.#slot(i)] = this.#ring[this.#slot(i - 1)]
    this.#ring[this.#slot(index)] = item
    this.#size++
    this.#counted(packed(item))
    this.marks?.shift(index, 1)
    this.marks?.index(index, null, item)
  }

  remove(index: number): void {
    const before = this.#ring[this.#slot(index)]!
    if (index < this.#size / 2) {
      for (let i = index; i > 0; i--) this.#ring[this.#slot(i)] = this.#ring[this.#slot(i - 1)]
      this.#ring[this.#head] = undefined
      this.#head = (this.#head + 1) & (this.#ring.length - 1)
    } else {
      for (let i = index; i < this.#size - 1; i++) this.#ring[this.#slot(i)] = this.#ring[this.#slot(i + 1)]
      this.#ring[this.#slot(this.#size - 1)] = undefined
    }
    this.#size--
    this.#counted(-packed(before))
    this.marks?.shift(index + 1, -1)
    this.marks?.index(index, before, null)
  }

  /** Keeps what `keep` says yes to, from the left; one pass. Returns how many went. */
  filter(keep: (item: Bytes) => boolean): number {
    let kept = 0
    const before = this.#size
    for (let i = 0; i < before; i++) {
      const item = this.#ring[this.#slot(i)]!
      if (keep(item)) this.#ring[this.#slot(kept++)] = item
      else {
        this.#bytes -= packed(item)
        this.marks?.index(kept, item, null)
      }
    }
    for (let i = kept; i < before; i++) this.#ring[this.#slot(i)] = undefined
    this.#size = kept
    return before - kept
  }

  slice(start: number, end: number): Bytes[] {
    const out: Bytes[] = []
    for (let i = start; i < end; i++) out.push(this.#ring[this.#slot(i)]!)
    return out
  }

  override copy(): ListValue {
    const copy = new ListValue(this.#limits)
    for (let i = 0; i < this.#size; i++) copy.push('right', this.#ring[this.#slot(i)]!)
    copy.#quick = this.#quick
    return copy
  }

  override write(to: Writer): void {
    to.flag(this.#quick)
    to.uint(this.#size)
    for (let i = 0; i < this.#size; i++) to.bytes(this.#ring[this.#slot(i)]!)
  }

  static read(from: Reader, limits: Limits): ListValue {
    const list = new ListValue(limits)
    const quick = from.flag()
    const size = from.uint()
    for (let i = 0; i < size; i++) list.push('right', from.bytes())
    list.#quick = quick
    return list
  }
}
