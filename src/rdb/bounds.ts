// How much is taken of bytes that somebody else wrote. A length in a file costs its writer nothing, and a packed byte may
// become 88: so nothing is made room for that the bytes left could not fill, and what may grow is counted as it grows.
import { BULK_MAX } from '../wire/resp.ts'

export interface RdbBounds {
  /** Bytes of one string, of a listpack too. */
  readonly longest: number
  /** Bytes of all that is unpacked. */
  readonly unpacked: number
  /** Elements, fields and members of all values together. */
  readonly elements: number
  readonly keys: number
}

/** A page has no more memory to give; a Map or a Set of JavaScript ends at 2^24 things. */
export const BOUNDS: RdbBounds = { longest: BULK_MAX, unpacked: 256 * 1024 * 1024, elements: 1 << 24, keys: 1 << 24 }

/** What is left of the bounds while something is read. */
export class Budget {
  readonly #bounds: RdbBounds
  #unpacked = 0
  #elements = 0
  #keys = 0

  constructor(bounds: Partial<RdbBounds> = {}) {
    this.#bounds = { ...BOUNDS, ...bounds }
  }

  /** Each answers with what is wrong, or null. */
  string(length: number): string | null {
    const { longest } = this.#bounds
    return length > longest ? `a string of ${length} bytes; we take ${longest} at most` : null
  }

  unpack(length: number): string | null {
    const { unpacked } = this.#bounds
    return (this.#unpacked += length) > unpacked ? `more than ${unpacked} bytes are packed in here` : null
  }

  element(count = 1): string | null {
    const { elements } = this.#bounds
    return (this.#elements += count) > elements ? `more than ${elements} elements are more than we take` : null
  }

  key(): string | null {
    const { keys } = this.#bounds
    return ++this.#keys > keys ? `more than ${keys} keys are more than we take` : null
  }
}
