// Deadlines on a wheel of wheels. Level 0 has 64 buckets of 64 ms, each level above buckets 64 times as long. A slot sits
// in the bucket of its deadline, in a doubly linked list inside typed arrays: no object, no garbage, O(1) to put in and to
// take out. As time passes, buckets of higher levels are dealt out to lower ones; what is due is collected.

const BITS = 6
const WIDTH = 1 << BITS
const LEVELS = 6
const TICK = 64
const NONE = -1

/**
 * Farthest deadline that the wheel tells apart: about 137 years ahead; what lies beyond waits in the last bucket. One
 * bucket short of a whole turn, lest the last bucket be the present one, and the next wake lie in the past.
 */
const HORIZON = TICK * (WIDTH - 1) * WIDTH ** (LEVELS - 1)

/** Ticks that a bucket of each level spans; one level more than there is. */
const UNITS = Array.from({ length: LEVELS + 1 }, (_, level) => WIDTH ** level)

export class Wheel {
  #next = new Int32Array(0)
  #previous = new Int32Array(0)
  /** The bucket of a slot, or NONE. */
  #bucket = new Int32Array(0)
  #deadline = new Float64Array(0)
  readonly #heads = new Int32Array(LEVELS * WIDTH).fill(NONE)
  /** Time up to which everything due was collected, in ticks. */
  #ticks: number
  #count = 0
  /**
   * Slots whose deadlines lie before #sortedEnd, the earliest first, from #first on; some may have gone since. All there
   * are, as long as nothing with so early a deadline is put in: then they are forgotten.
   */
  #sorted: number[] = []
  #first = 0
  #sortedEnd = 0
  /** The tick at whose beginning they were sorted, or NONE. */
  #sortedTick = NONE
  /** Before this instant nothing is due, and the wheel need not turn. */
  #quiet = 0

  constructor(now: number) {
    this.#ticks = Math.floor(now / TICK)
  }

  get size(): number {
    return this.#count
  }

  /** The deadline of a slot, or NaN. */
  deadline(slot: number): number {
    return slot < this.#bucket.length && this.#bucket[slot] !== NONE ? this.#deadline[slot]! : Number.NaN
  }

  #room(slot: number): void {
    const old = this.#bucket.length
    if (slot < old) return
    const size = Math.max(slot + 1, old * 2, 64)
    const grow = <T extends Int32Array | Float64Array>(larger: T, from: T): T => (larger.set(from), larger)
    this.#next = grow(new Int32Array(size), this.#next)
    this.#previous = grow(new Int32Array(size), this.#previous)
    this.#deadline = grow(new Float64Array(size), this.#deadline)
    this.#bucket = grow(new Int32Array(size).fill(NONE), this.#bucket)
  }

  set(slot: number, deadline: number): void {
    this.#room(slot)
    if (this.#bucket[slot] !== NONE) this.#unlink(slot)
    else this.#count++
    this.#deadline[slot] = deadline
    this.#quiet = Math.min(this.#quiet, deadline)
    if (deadline < this.#sortedEnd) this.#unsort()
    this.#link(slot)
  }

  delete(slot: number): void {
    if (slot >= this.#bucket.length || this.#bucket[slot] === NONE) return
    this.#unlink(slot)
    this.#bucket[slot] = NONE
    this.#count--
  }

  move(from: number, to: number): void {
    const deadline = this.deadline(from)
    if (Number.isNaN(deadline)) return
    this.delete(from)
    this.set(to, deadline)
  }

  #link(slot: number): void {
    const ahead = Math.min(Math.max(this.#deadline[slot]! - this.#ticks * TICK, 0), HORIZON)
    const tick = this.#ticks + Math.floor(ahead / TICK)
    let level = 0
    while (level < LEVELS - 1 && Math.floor(tick / UNITS[level + 1]!) !== Math.floor(this.#ticks / UNITS[level + 1]!))
      level++
    const bucket = level * WIDTH + (Math.floor(tick / UNITS[level]!) % WIDTH)
    const head = this.#heads[bucket]!
    this.#bucket[slot] = bucket
    this.#next[slot] = head
    this.#previous[slot] = NONE
    if (head !== NONE) this.#previous[head] = slot
    this.#heads[bucket] = slot
  }

  #unlink(slot: number): void {
    const next = this.#next[slot]!
    const previous = this.#previous[slot]!
    if (next !== NONE) this.#previous[next] = previous
    if (previous !== NONE) this.#next[previous] = next
    else this.#heads[this.#bucket[slot]!] = next
  }

  /** False where nothing is due yet; to ask costs nothing. */
  mayBeDue(now: number): boolean {
    return this.#count > 0 && now >= this.#quiet
  }

  /**
   * Moves the wheel to `now` and gives at most `most` slots that are due, earliest first (by slot where deadlines are
   * equal, so that the order is the same after an image was restored). They stay in the wheel until deleted.
   */
  due(now: number, most: number): number[] {
    if (now < this.#quiet) return []
    let found = this.#front(now, most)
    // Those that were left over from before are the earliest; only where they are too few must more be found.
    if ((found.length < most || most === 0) && this.#sortedTick !== Math.max(this.#ticks, Math.floor(now / TICK))) {
      this.#turn(now)
      this.#sort()
      found = this.#front(now, most)
    }
    const first = this.#sorted[this.#first]
    this.#quiet = first === undefined ? (this.#ticks + 1) * TICK : this.#deadline[first]!
    return found
  }

  /** At most `most` of the sorted ones that are due. */
  #front(now: number, most: number): number[] {
    const sorted = this.#sorted
    while (this.#first < sorted.length && !this.#isSorted(sorted[this.#first]!)) this.#first++
    const found: number[] = []
    for (let i = this.#first; i < sorted.length && found.length < most; i++) {
      const slot = sorted[i]!
      if (!this.#isSorted(slot)) continue
      if (this.#deadline[slot]! > now) break
      found.push(slot)
    }
    return found
  }

  /** True where a slot that was sorted is still there, with the deadline that it had. */
  #isSorted(slot: number): boolean {
    return this.#bucket[slot] !== NONE && this.#deadline[slot]! < this.#sortedEnd
  }

  /** Sorts everything in the present bucket, so that it is not walked again at each millisecond. */
  #sort(): void {
    const sorted: number[] = []
    for (let slot = this.#heads[this.#ticks % WIDTH]!; slot !== NONE; slot = this.#next[slot]!) sorted.push(slot)
    const deadline = this.#deadline
    sorted.sort((a, b) => deadline[a]! - deadline[b]! || a - b)
    this.#sorted = sorted
    this.#first = 0
    this.#sortedTick = this.#ticks
    this.#sortedEnd = (this.#ticks + 1) * TICK
  }

  #unsort(): void {
    this.#sorted = []
    this.#first = 0
    this.#sortedTick = NONE
    this.#sortedEnd = 0
  }

  /** Brings everything that lies before `now` into the current bucket of level 0. */
  #turn(now: number): void {
    const target = Math.floor(now / TICK)
    if (target <= this.#ticks) return
    const from = this.#ticks
    this.#ticks = target
    if (this.#count === 0) return
    for (let level = 0; level < LEVELS; level++) {
      const first = Math.floor(from / UNITS[level]!)
      const last = Math.floor(target / UNITS[level]!)
      const steps = Math.min(last - first, WIDTH - 1)
      // Buckets that were passed, and the one that is entered: dealt out anew, relative to the new now.
      for (let step = 0; step <= steps; step++) this.#deal(level * WIDTH + ((last - step) % WIDTH))
      if (first === last) break
    }
  }

  #deal(bucket: number): void {
    let slot = this.#heads[bucket]!
    this.#heads[bucket] = NONE
    while (slot !== NONE) {
      const next = this.#next[slot]!
      this.#link(slot)
      slot = next
    }
  }

  /** When `due` should be asked next, in ms: the earliest deadline, or earlier (a bucket's beginning). Null: never. */
  nextWake(): number | null {
    if (this.#count === 0) return null
    for (let level = 0; level < LEVELS; level++) {
      const unit = UNITS[level]!
      const here = Math.floor(this.#ticks / unit)
      for (let step = 0; step < WIDTH; step++) {
        const head = this.#heads[level * WIDTH + ((here + step) % WIDTH)]!
        if (head === NONE) continue
        return level === 0 ? this.#earliest(head) : (here + step) * unit * TICK
      }
    }
    return null
  }

  /** The earliest deadline in a list; of a long one, of its first part. */
  #earliest(head: number): number {
    let earliest = Infinity
    let looked = 0
    for (let slot = head; slot !== NONE && looked < 256; slot = this.#next[slot]!, looked++)
      earliest = Math.min(earliest, this.#deadline[slot]!)
    return earliest
  }

  clear(): void {
    this.#unsort()
    this.#heads.fill(NONE)
    this.#bucket.fill(NONE)
    this.#count = 0
  }
}
