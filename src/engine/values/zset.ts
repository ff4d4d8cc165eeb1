// A sorted set: members ordered by score, then by their bytes.
import type { Bytes } from '../../wire/bytes.ts'
import type { Reader, Writer } from '../binary.ts'
import { Collection, type Limits } from './value.ts'

export interface Ranked {
  readonly member: Bytes
  readonly score: number
}

export class ZSetValue extends Collection {
  readonly kind = 'zset'
  readonly #limits: Limits
  readonly #scores = new Map<Bytes, number>()
  #sorted: Ranked[] | null = []
  #large = false

  constructor(limits: Limits) {
    super()
    this.#limits = limits
  }

  get size(): number {
    return this.#scores.size
  }

  get encoding(): 'listpack' | 'skiplist' {
    return this.#large ? 'skiplist' : 'listpack'
  }

  /** Leaves the listpack for good, as SORT makes what it reads. */
  enlarge(): void {
    this.#large = true
  }

  score(member: Bytes): number | undefined {
    return this.#scores.get(member)
  }

  set(member: Bytes, score: number): void {
    const before = this.#scores.get(member)
    this.#scores.set(member, score)
    this.#sorted = null
    this.#large ||= this.size > this.#limits.zsetMaxListpackEntries || member.length > this.#limits.zsetMaxListpackValue
    this.marks?.member(member, before ?? null, score)
  }

  delete(member: Bytes): boolean {
    const before = this.#scores.get(member)
    if (before === undefined) return false
    this.#scores.delete(member)
    this.#sorted = null
    this.marks?.member(member, before, null)
    return true
  }

  /** Members by rank, from..to (exclusive). */
  range(from: number, to: number): readonly Ranked[] {
    this.#sorted ??= Array.from(this.#scores, ([member, score]) => ({ member, score })).sort(
      (a, b) => a.score - b.score || (a.member < b.member ? -1 : 1),
    )
    return this.#sorted.slice(from, to)
  }

  override copy(): ZSetValue {
    const copy = new ZSetValue(this.#limits)
    for (const [member, score] of this.#scores) copy.set(member, score)
    copy.#large = this.#large
    return copy
  }

  override write(to: Writer): void {
    to.flag(this.#large)
    to.list(this.range(0, this.size), ({ member, score }) => {
      to.bytes(member)
      to.double(score)
    })
  }

  static read(from: Reader, limits: Limits): ZSetValue {
    const zset = new ZSetValue(limits)
    zset.#large = from.flag()
    const size = from.uint()
    for (let i = 0; i < size; i++) zset.set(from.bytes(), from.double())
    return zset
  }
}
