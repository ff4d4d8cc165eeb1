// The slow log: commands that took long, the newest first. No time passes inside a command here, so all take 0 microseconds
// but those that move the server's clock (DEBUG SLEEP); a threshold of 0 logs every command, as on any server.
import { latin, type Bytes } from '../wire/bytes.ts'
import type { Reader, Writer } from './binary.ts'

export interface Slow {
  readonly id: number
  /** Seconds since 1970. */
  readonly at: number
  readonly micros: number
  readonly argv: readonly Bytes[]
  readonly address: Bytes
  readonly client: Bytes
}

/** Words that an entry keeps, and bytes of each; what is more is counted. */
const MOST_WORDS = 32
const MOST_BYTES = 128

function trimmed(argv: readonly Bytes[]): Bytes[] {
  const words = argv.map((word) =>
    word.length > MOST_BYTES ? latin(`${word.slice(0, MOST_BYTES)}... (${word.length - MOST_BYTES} more bytes)`) : word,
  )
  if (words.length <= MOST_WORDS) return words
  const kept = MOST_WORDS - 1
  return [...words.slice(0, kept), latin(`... (${words.length - kept} more arguments)`)]
}

export class Slowlog {
  #entries: Slow[] = []
  #nextId = 0

  get length(): number {
    return this.#entries.length
  }

  /** The newest entries, so many of them. */
  newest(count: number): readonly Slow[] {
    return this.#entries.slice(0, count)
  }

  push(entry: Omit<Slow, 'id'>, most: number): void {
    this.#entries.unshift({ ...entry, argv: trimmed(entry.argv), id: this.#nextId++ })
    if (this.#entries.length > most) this.#entries.length = most
  }

  clear(): void {
    this.#entries = []
  }

  write(to: Writer): void {
    to.uint(this.#nextId)
    to.list(this.#entries, ({ id, at, micros, argv, address, client }) => {
      for (const number of [id, at, micros]) to.double(number)
      to.list(argv, (word) => to.bytes(word))
      to.bytes(address)
      to.bytes(client)
    })
  }

  restore(from: Reader): void {
    this.#nextId = from.uint()
    this.#entries = from.list(() => ({
      id: from.double(),
      at: from.double(),
      micros: from.double(),
      argv: from.list(() => from.bytes()),
      address: from.bytes(),
      client: from.bytes(),
    }))
  }
}
