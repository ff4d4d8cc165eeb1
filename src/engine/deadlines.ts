// Deadlines of slots: an array of them, and over it a tree of minima. Level 0 has the deadline of each slot, each level above
// the earliest of every eight below it, which are one line of memory, and the top the earliest of all. So to ask whether anything is due costs nothing, to
// find what is due leads past nothing that is not, and to put in or take out touches a few lines of memory. Nothing is ever
// sorted or dealt out as a whole: a million that are due in one instant are found so many at a time.
//
// What is found depends on the deadlines alone, and not on what happened before: an engine that was restored from an image
// goes on as the one that wrote it.

const BITS = 3
const WIDTH = 1 << BITS
const NEVER = Infinity

export class Deadlines {
  /** Deadlines by slot, then minima, up to a level of one. */
  #levels: Float64Array[] = levelsFor(WIDTH)
  #count = 0

  get size(): number {
    return this.#count
  }

  get #top(): number {
    return this.#levels.at(-1)![0]!
  }

  /** The deadline of a slot, or NaN. */
  deadline(slot: number): number {
    const bySlot = this.#levels[0]!
    return slot < bySlot.length && bySlot[slot] !== NEVER ? bySlot[slot]! : Number.NaN
  }

  set(slot: number, deadline: number): void {
    if (slot >= this.#levels[0]!.length) this.#grow(slot)
    const bySlot = this.#levels[0]!
    const before = bySlot[slot]!
    if (before === NEVER) this.#count++
    bySlot[slot] = deadline
    if (deadline < before) this.#lower(slot, deadline)
    else this.#raise(slot, before)
  }

  delete(slot: number): void {
    const bySlot = this.#levels[0]!
    if (slot >= bySlot.length || bySlot[slot] === NEVER) return
    const before = bySlot[slot]!
    bySlot[slot] = NEVER
    this.#count--
    this.#raise(slot, before)
  }

  move(from: number, to: number): void {
    const deadline = this.deadline(from)
    if (Number.isNaN(deadline)) return
    this.delete(from)
    this.set(to, deadline)
  }

  #grow(slot: number): void {
    const [bySlot] = this.#levels
    this.#levels = levelsFor(Math.max(slot + 1, bySlot!.length * 2))
    this.#levels[0]!.set(bySlot!)
    for (let level = 1; level < this.#levels.length; level++) {
      const minima = this.#levels[level]!
      const below = this.#levels[level - 1]!
      for (let at = 0; at < below.length >> BITS; at++) minima[at] = earliest(below, at << BITS)
    }
  }

  /** A slot's deadline has become earlier. */
  #lower(slot: number, deadline: number): void {
    for (let level = 1, at = slot >> BITS; level < this.#levels.length; level++, at >>= BITS) {
      const minima = this.#levels[level]!
      if (minima[at]! <= deadline) return
      minima[at] = deadline
    }
  }

  /** A slot's deadline has become later than it was before: where it was the earliest, another one is now. */
  #raise(slot: number, before: number): void {
    for (let level = 1, at = slot >> BITS; level < this.#levels.length; level++, at >>= BITS) {
      const minima = this.#levels[level]!
      if (minima[at] !== before) return
      const minimum = earliest(this.#levels[level - 1]!, at << BITS)
      if (minimum === before) return
      minima[at] = minimum
    }
  }

  /** False where nothing is due yet; to ask costs nothing. */
  mayBeDue(now: number): boolean {
    return this.#top <= now
  }

  /**
   * At most `most` slots that are due, the earliest first (by slot where deadlines are equal); where more are due, those of
   * the last slots. They stay until deleted.
   */
  due(now: number, most: number): number[] {
    const found: number[] = []
    if (this.#top > now || most === 0) return found
    this.#gather(this.#levels.length - 1, 0, now, most, found)
    const bySlot = this.#levels[0]!
    return found.sort((a, b) => bySlot[a]! - bySlot[b]! || a - b)
  }

  /** What is due under one place of a level, the last slot first. */
  #gather(level: number, at: number, now: number, most: number, found: number[]): void {
    if (level === 0) {
      found.push(at)
      return
    }
    const below = this.#levels[level - 1]!
    for (let child = (at << BITS) + WIDTH - 1; child >= at << BITS && found.length < most; child--)
      if (below[child]! <= now) this.#gather(level - 1, child, now, most, found)
  }

  /** The same slots in the same order, taken out: what comes together costs less than one after the other. */
  take(now: number, most: number): number[] {
    const slots: number[] = []
    if (this.#top > now || most === 0) return slots
    const times: number[] = []
    this.#collect(this.#levels.length - 1, 0, now, most, slots, times)
    this.#count -= slots.length
    if (times.every((time) => time === times[0])) return slots.reverse()
    return slots
      .map((_, i) => i)
      .sort((a, b) => times[a]! - times[b]! || slots[a]! - slots[b]!)
      .map((i) => slots[i]!)
  }

  /** Takes out what is due under one place of a level, the last slot first; returns the earliest of what is left there. */
  #collect(level: number, at: number, now: number, most: number, slots: number[], times: number[]): number {
    const below = this.#levels[level - 1]!
    let left = NEVER
    for (let child = (at << BITS) + WIDTH - 1; child >= at << BITS; child--) {
      let earliest = below[child]!
      if (earliest <= now && slots.length < most) {
        if (level > 1) earliest = this.#collect(level - 1, child, now, most, slots, times)
        else {
          slots.push(child)
          times.push(earliest)
          earliest = below[child] = NEVER
        }
      }
      if (earliest < left) left = earliest
    }
    return (this.#levels[level]![at] = left)
  }

  /** The earliest deadline, in ms; null: there is none. */
  nextWake(): number | null {
    return this.#count === 0 ? null : this.#top
  }

  clear(): void {
    this.#levels = levelsFor(WIDTH)
    this.#count = 0
  }
}

/** Empty levels for at least so many slots; each is as long as a whole number of groups, but for the top. */
function levelsFor(slots: number): Float64Array[] {
  const levels: Float64Array[] = []
  for (let length = slots; ; length = Math.ceil(length / WIDTH)) {
    levels.push(new Float64Array(length === 1 ? 1 : Math.ceil(length / WIDTH) * WIDTH).fill(NEVER))
    if (length === 1) return levels
  }
}

function earliest(all: Float64Array, from: number): number {
  let found = NEVER
  for (let i = from; i < from + WIDTH; i++) if (all[i]! < found) found = all[i]!
  return found
}
