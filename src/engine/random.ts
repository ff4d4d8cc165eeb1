// Chance is handed in: a seeded generator whose state is part of the image, so that SPOP replays. sfc32, 32 bits at a time.

export class Random {
  readonly #state: Uint32Array

  constructor(seed: number) {
    this.#state = Uint32Array.of(seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, 0x9e3779b9, 1)
    for (let i = 0; i < 16; i++) this.next()
  }

  /** The four words of its state, to be stored. */
  state(): number[] {
    return [...this.#state]
  }

  restore(state: readonly number[]): void {
    this.#state.set(state.slice(0, 4))
  }

  /** An integer from 0 to 2^32 - 1. */
  next(): number {
    const s = this.#state
    const t = (s[0]! + s[1]! + s[3]!) >>> 0
    s[3] = s[3]! + 1
    s[0] = s[1]! ^ (s[1]! >>> 9)
    s[1] = s[2]! + (s[2]! << 3)
    s[2] = ((s[2]! << 21) | (s[2]! >>> 11)) + t
    return t
  }

  /** An integer from 0 to below `bound` (at most 2^53). */
  below(bound: number): number {
    if (bound <= 0x100000000) return Math.floor((this.next() / 0x100000000) * bound)
    return Math.floor(((this.next() >>> 5) * 67108864 + (this.next() >>> 6)) * (bound / 9007199254740992))
  }

  /** `count` bytes as hex digits, two a byte. */
  hex(count: number): string {
    let out = ''
    while (out.length < count * 2) out += this.next().toString(16).padStart(8, '0')
    return out.slice(0, count * 2)
  }
}
