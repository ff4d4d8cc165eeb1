// A row of things whose both ends are near: an array used as a ring, so that its first thing may stand anywhere in it.
// Putting in and taking out at the ends is O(1), and so is looking by index; in the middle the shorter side moves.

export class Deque<T> {
  /** Its length is a power of two. */
  #ring: (T | undefined)[]
  #head = 0
  #length = 0

  /** `room`: how many things are probably to come; a power of two. */
  constructor(room = 4) {
    this.#ring = new Array<T | undefined>(room)
  }

  get length(): number {
    return this.#length
  }

  #slot(index: number): number {
    return (this.#head + index) & (this.#ring.length - 1)
  }

  /** The thing at an index, which must be there. */
  at(index: number): T {
    return this.#ring[this.#slot(index)]!
  }

  set(index: number, item: T): void {
    this.#ring[this.#slot(index)] = item
  }

  #grow(): void {
    if (this.#length < this.#ring.length) return
    const larger = new Array<T | undefined>(this.#ring.length * 2)
    for (let i = 0; i < this.#length; i++) larger[i] = this.#ring[this.#slot(i)]
    this.#ring = larger
    this.#head = 0
  }

  /** Puts a thing in, so that it stands at `index` (0 to length). */
  insert(index: number, item: T): void {
    this.#grow()
    if (index < this.#length / 2) {
      this.#head = (this.#head - 1) & (this.#ring.length - 1)
      for (let i = 0; i < index; i++) this.#ring[this.#slot(i)] = this.#ring[this.#slot(i + 1)]
    } else for (let i = this.#length; i > index; i--) this.#ring[this.#slot(i)] = this.#ring[this.#slot(i - 1)]
    this.#ring[this.#slot(index)] = item
    this.#length++
  }

  /** Takes `count` things out, the first of them at `from`. */
  remove(from: number, count = 1): void {
    const behind = this.#length - from - count
    if (from < behind) {
      for (let i = from - 1; i >= 0; i--) this.#ring[this.#slot(i + count)] = this.#ring[this.#slot(i)]
      for (let i = 0; i < count; i++) this.#ring[this.#slot(i)] = undefined
      this.#head = this.#slot(count)
    } else {
      for (let i = from; i < from + behind; i++) this.#ring[this.#slot(i)] = this.#ring[this.#slot(i + count)]
      for (let i = from + behind; i < this.#length; i++) this.#ring[this.#slot(i)] = undefined
    }
    this.#length -= count
  }
}
