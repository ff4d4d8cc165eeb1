// Looks ahead. A client that pipelines sends many requests at once, and most of them begin with a look-up in a large table:
// two or three lines of memory that are in no cache, for which one command after the other would wait. Here the names in
// all these requests are hashed before the first one runs, and the places where they will be looked for are read in one
// short loop, so that the processor fetches many lines at the same time (as Redis 8 does: prefetch-batch-max-size). First
// the keys; then, of keys that hold large collections, the fields and members.
//
// Nothing comes of it that anybody could see: what is read is thrown away, and each command looks again for itself. All
// that is kept are the hashes, which are true whatever has happened meanwhile.
import { origin, viewOf, type Bytes } from '../wire/bytes.ts'
import type { Ahead } from '../wire/resp.ts'
import { plainly } from './catalog.ts'
import type { Command } from './command.ts'
import type { Database } from './database.ts'
import { FORESEEN_NAMES, foreseen, reckonFrom } from './values/names.ts'
import { Collection } from './values/value.ts'

type Request = readonly Bytes[]

/** Requests that are looked at together. */
export const FORESEEN_REQUESTS = 128

const NO_BYTES = new Uint8Array(0)
const NOTHING: Ahead = {
  requests: [],
  count: 0,
  array: NO_BYTES,
  view: viewOf(NO_BYTES),
  starts: new Int32Array(0),
}

export class Foresight {
  #ahead: Ahead = NOTHING
  readonly #commands: (Command | undefined)[] = []
  /** For each request its first name among those foreseen, and the first of them inside its key; one more at the end. */
  readonly #first = new Int32Array(FORESEEN_REQUESTS + 1)
  readonly #inside = new Int32Array(FORESEEN_REQUESTS)
  /** For each request its first word among all words of all requests. */
  readonly #words = new Int32Array(FORESEEN_REQUESTS)
  readonly #hashes = new Int32Array(FORESEEN_NAMES)
  /** The request that runs next. */
  #next = 0

  /** These requests, of which there are so many at most, will run soon, in this order, in this database. */
  look(db: Database, ahead: Ahead): void {
    const { requests, count } = ahead
    this.#ahead = ahead
    this.#next = 0
    foreseen.clear()
    let keys = 0
    let words = 0
    for (let i = 0; i < count; i++) {
      const first = (this.#first[i] = foreseen.count)
      this.#words[i] = words
      words += requests[i]!.length
      const command = (this.#commands[i] = plainly(requests[i]!))
      if (command) this.#name(command, requests[i]!, i)
      else this.#inside[i] = first
      for (let n = first; n < this.#inside[i]!; n++) this.#hashes[keys++] = foreseen.hashes[n]!
    }
    this.#first[count] = foreseen.count
    db.warm(this.#hashes, keys)
    this.#lookInside(db)
  }

  #name({ keys, inner }: Command, argv: Request, i: number): void {
    const first = keys[0]
    const last = keys[1]
    const step = keys[2]
    const end = last < 0 ? argv.length + last : Math.min(last, argv.length - 1)
    if (first > 0) for (let at = first; at <= end; at += step) this.#add(argv, i, at)
    this.#inside[i] = foreseen.count
    if (inner) for (let at = inner.at; at < argv.length; at += inner.step) this.#add(argv, i, at)
  }

  #add(argv: Request, i: number, at: number): void {
    const { view, starts } = this.#ahead
    const word = this.#words[i]! + at
    if (word < starts.length) foreseen.add(argv[at]!, reckonFrom(view, starts[word]!, argv[at]!.length))
    else foreseen.add(argv[at]!)
  }

  /** Most often many requests in a row are about the same collection. */
  #lookInside(db: Database): void {
    let collection: Collection | null = null
    let names = 0
    const { requests, count } = this.#ahead
    for (let i = 0; i < count; i++) {
      const end = this.#first[i + 1]!
      if (this.#inside[i] === end) continue
      foreseen.expect(this.#first[i]!, end)
      const value = db.lying(requests[i]![1]!)
      if (value !== collection) {
        collection?.warm(this.#hashes, names)
        collection = value instanceof Collection ? value : null
        names = 0
      }
      for (let n = this.#inside[i]!; n < end; n++) this.#hashes[names++] = foreseen.hashes[n]!
    }
    collection?.warm(this.#hashes, names)
  }

  /** A request begins to run. */
  begins(argv: Request): void {
    const { requests, count, array, view, starts } = this.#ahead
    if (this.#next < count && requests[this.#next] === argv) {
      const i = this.#next++
      foreseen.expect(this.#first[i]!, this.#first[i + 1]!)
      const word = this.#words[i]!
      if (word + argv.length <= starts.length) origin.enter(argv, array, view, starts, word)
    } else if (count > 0) this.#forget()
  }

  /** Other requests have come: what was foreseen keeps nothing alive. */
  #forget(): void {
    this.#ahead = NOTHING
    this.#next = 0
    foreseen.clear()
  }
}
