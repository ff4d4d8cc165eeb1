// How many elements a command touches. Values count each element that they show, look up, put in or take out, but only
// while a command is measured for somebody who watches. The engine runs one command at a time, so one counter serves all
// values; it is read as a difference and is part of no state.

/** A command touched more than it may; what it was doing is half done. */
export class Overrun extends Error {}

class Meter {
  #on = false
  #touched = 0
  #most = Infinity
  /** What was touched last: to look an element up and then to write it is one touch. */
  #owner: object | null = null
  #place: unknown = null
  /** A result that is being built: it is no key's value, yet. */
  #result: object | null = null

  /** So many elements of a value; of those `at` a place, once where they come twice in a row. */
  many(owner: object, count: number, at: unknown = null): void {
    if (!this.#on || owner === this.#result) return
    if (at !== null && owner === this.#owner && at === this.#place) return
    this.#owner = owner
    this.#place = at
    this.#add(count)
  }

  #add(count: number): void {
    this.#touched += count
    if (this.#touched > this.#most) throw new Overrun('more than it may touch')
  }

  one(owner: object, name: string): void {
    if (this.#on) this.many(owner, 1, name)
  }

  /** Elements that are counted as they are met: who stops early has touched fewer. */
  each<T>(owner: object, elements: IterableIterator<T>): IterableIterator<T> {
    return this.#on && owner !== this.#result ? this.#counted(elements) : elements
  }

  *#counted<T>(elements: Iterable<T>): Generator<T> {
    for (const element of elements) {
      this.#add(1)
      yield element
    }
  }

  /** A new value that the command puts together: what it holds was counted where it came from. */
  result<V extends object>(value: V): V {
    if (this.#on) this.#result = value
    return value
  }

  /** Throws an Overrun as soon as `work` has touched more than `most` elements while it is measured. */
  bounded<T>(most: number, work: () => T): T {
    this.#most = this.#touched + most
    try {
      return work()
    } finally {
      this.#most = Infinity
    }
  }

  /** Counts what `work` touches. */
  measure<T>(work: () => T): { readonly result: T; readonly touched: number } {
    const outer = this.#on
    const before = this.#touched
    this.#on = true
    this.#owner = this.#result = null
    try {
      return { result: work(), touched: this.#touched - before }
    } finally {
      this.#on = outer
    }
  }
}

export const meter = new Meter()
