// How often keys are used, as Redis' LFU counts it: one number from 0 to 255 a key, which grows the more slowly the larger
// it is, by chance, and loses one for each lfu-decay-time minutes without use. A new key begins at 5, lest it be the first
// to go.
import type { Random } from './random.ts'

/** CONFIG's lfu-log-factor and lfu-decay-time. */
export interface LfuSettings {
  readonly factor: number
  readonly decay: number
}

const FIRST = 5
const MOST = 255
const MINUTE = 60_000

const minutes = (now: number) => Math.floor(now / MINUTE)

export class Frequency {
  /** By slot: the minute in which the count was last brought up to date, times 256, and the count; 0: never counted. */
  #states: number[] = []

  /** A key comes to a slot. */
  begin(slot: number, now: number, settings: LfuSettings | null): void {
    this.restore(slot, settings ? minutes(now) * 256 + FIRST : 0)
  }

  /** The count as it is now, faded by the time without use. */
  of(slot: number, now: number, { decay }: LfuSettings): number {
    const state = this.state(slot)
    if (state === 0) return FIRST
    const lost = decay === 0 ? 0 : Math.floor((minutes(now) - Math.floor(state / 256)) / decay)
    return Math.max(0, (state % 256) - lost)
  }

  /** A key is used: its count grows by one, with a chance that its size makes small. */
  use(slot: number, now: number, settings: LfuSettings, random: Random): void {
    let count = this.of(slot, now, settings)
    const over = Math.max(0, count - FIRST)
    if (count < MOST && random.next() * (over * settings.factor + 1) < 0x100000000) count++
    this.restore(slot, minutes(now) * 256 + count)
  }

  /** The count is so much, from now on. */
  set(slot: number, now: number, count: number): void {
    this.restore(slot, minutes(now) * 256 + count)
  }

  move(from: number, to: number): void {
    if (from < this.#states.length) this.restore(to, this.#states[from]!)
  }

  clear(): void {
    this.#states = []
  }

  state(slot: number): number {
    return this.#states[slot] ?? 0
  }

  restore(slot: number, state: number): void {
    if (state === 0 && slot >= this.#states.length) return
    for (let i = this.#states.length; i < slot; i++) this.#states.push(0)
    this.#states[slot] = state
  }
}
