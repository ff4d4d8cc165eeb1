// A hash. Small ones (listpack) keep the order in which fields came, as the server shows them; large ones (hashtable)
// live in slots, so that HSCAN has its guarantee. What has outgrown a listpack never goes back.
import type { Bytes } from '../../wire/bytes.ts'
import type { Reader, Writer } from '../binary.ts'
import type { Random } from '../random.ts'
import { SlotMap } from './slots.ts'
import { Collection, type Limits } from './value.ts'

export class HashValue extends Collection {
  readonly kind = 'hash'
  readonly #limits: Limits
  #small: Map<Bytes, Bytes> | null = new Map()
  #large: SlotMap<Bytes> | null = null

  constructor(limits: Limits) {
    super()
    this.#limits = limits
  }

  get size(): number {
    return (this.#small ?? this.#large)!.size
  }

  get encoding(): 'listpack' | 'hashtable' {
    return this.#small ? 'listpack' : 'hashtable'
  }

  get(field: Bytes): Bytes | undefined {
    return (this.#small ?? this.#large)!.get(field)
  }

  has(field: Bytes): boolean {
    return (this.#small ?? this.#large)!.has(field)
  }

  /** A write of so many pairs begins: more than a listpack may hold make a hashtable, even where fields repeat. */
  expect(pairs: number): void {
    if (this.#small && pairs > this.#limits.hashMaxListpackEntries) this.#enlarge()
  }

  /** Sets a field. Returns true where it is new. */
  set(field: Bytes, value: Bytes): boolean {
    const most = this.#limits.hashMaxListpackValue
    if (this.#small && (field.length > most || value.length > most)) this.#enlarge()
    const before = this.get(field)
    ;(this.#small ?? this.#large)!.set(field, value)
    if (this.#small && this.#small.size > this.#limits.hashMaxListpackEntries) this.#enlarge()
    this.marks?.field(field, before ?? null, value)
    return before === undefined
  }

  /** Removes a field. Returns whether it was there. */
  delete(field: Bytes): boolean {
    const before = this.get(field)
    if (before === undefined) return false
    ;(this.#small ?? this.#large)!.delete(field)
    this.marks?.field(field, before, null)
    return true
  }

  #enlarge(): void {
    const large = new SlotMap<Bytes>()
    for (const [field, value] of this.#small!) large.set(field, value)
    this.#small = null
    this.#large = large
  }

  /** Fields with their values, in the order that HGETALL shows. */
  entries(): IterableIterator<readonly [Bytes, Bytes]> {
    return this.#small ? this.#small.entries() : this.#large!.entries()
  }

  /** HSCAN: a listpack answers whole, with cursor 0. */
  scan(cursor: number, count: number, visit: (field: Bytes, value: Bytes) => void): number {
    if (this.#large) return this.#large.scan(cursor, count, visit)
    for (const [field, value] of this.#small!) visit(field, value)
    return 0
  }

  /** A field by chance. */
  random(random: Random): readonly [Bytes, Bytes] {
    if (this.#large) {
      const slot = this.#large.random(random)
      return [this.#large.nameAt(slot)!, this.#large.itemAt(slot)!]
    }
    let skip = random.below(this.#small!.size)
    for (const entry of this.#small!) if (skip-- === 0) return entry
    throw new Error('a hash is never empty')
  }

  override copy(): HashValue {
    const copy = new HashValue(this.#limits)
    if (this.#small) copy.#small = new Map(this.#small)
    else {
      copy.#small = null
      copy.#large = new SlotMap()
      for (const [field, value] of this.#large!.entries()) copy.#large.set(field, value)
    }
    return copy
  }

  override write(to: Writer): void {
    to.flag(this.#small !== null)
    if (this.#large) {
      this.#large.write(to, (value) => to.bytes(value))
      return
    }
    to.uint(this.#small!.size)
    for (const [field, value] of this.#small!) {
      to.bytes(field)
      to.bytes(value)
    }
  }

  static read(from: Reader, limits: Limits): HashValue {
    const hash = new HashValue(limits)
    if (!from.flag()) {
      hash.#small = null
      hash.#large = new SlotMap()
      hash.#large.read(from, () => from.bytes())
      return hash
    }
    const size = from.uint()
    for (let i = 0; i < size; i++) hash.#small!.set(from.bytes(), from.bytes())
    return hash
  }
}
