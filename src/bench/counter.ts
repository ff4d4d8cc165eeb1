// Counts whole replies in what a server sends, and looks no closer: the client's own work must not be what is measured.
const LF = 10
const BULK = 0x24
const ARRAY = 0x2a
const ERROR = 0x2d

export class ReplyCounter {
  /** Errors among the replies. */
  errors = 0
  /** Bytes of a bulk string that are still to come, with its CR LF. */
  #skip = 0
  #mark = 0
  #value = 0
  #negative = false
  /** Values that the reply under way still lacks. */
  #missing = 1
  #whole = 0

  /** How many replies became whole with these bytes. */
  push(chunk: Uint8Array): number {
    this.#whole = 0
    for (let i = 0; i < chunk.length;) {
      if (this.#skip > 0) {
        const here = Math.min(this.#skip, chunk.length - i)
        this.#skip -= here
        i += here
        if (this.#skip === 0) this.#one()
      } else this.#head(chunk[i++]!)
    }
    return this.#whole
  }

  #head(byte: number): void {
    if (this.#mark === 0) {
      this.#mark = byte
      this.#value = 0
      this.#negative = false
    } else if (byte === LF) this.#line()
    else if (byte === 0x2d) this.#negative = true
    else if (byte >= 0x30 && byte <= 0x39) this.#value = this.#value * 10 + byte - 0x30
  }

  #line(): void {
    const mark = this.#mark
    this.#mark = 0
    if (mark === ERROR) this.errors++
    if (mark === BULK && !this.#negative) this.#skip = this.#value + 2
    else if (mark === ARRAY && !this.#negative) {
      this.#missing += this.#value
      this.#one()
    } else this.#one()
  }

  /** One value is there. */
  #one(): void {
    if (--this.#missing > 0) return
    this.#missing = 1
    this.#whole++
  }
}
