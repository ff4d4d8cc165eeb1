// One of the sixteen databases: keys in slots, their values, their deadlines. All writing passes through edit, put, drop,
// expire and persist, which say at once the three separate things a write means to the server: it touches the key (spoils
// WATCH, wakes those who wait), it is dirt (counts towards save points), and it is an event (keyspace notifications).
import { latin, type Bytes } from '../wire/bytes.ts'
import type { KeySummary, Kind } from '../session/protocol.ts'
import type { ReplyWriter } from '../wire/resp.ts'
import type { Reader, Writer } from './binary.ts'
import { WRITTEN, type Written } from './command.ts'
import { Deadlines } from './deadlines.ts'
import { errors } from './errors.ts'
import { Frequency, type LfuSettings } from './frequency.ts'
import { DEADLINE, KEY_SHARE, keySize, stringSize } from './memory.ts'
import type { Random } from './random.ts'
import { HashValue } from './values/hash.ts'
import {
  create,
  encodingOf,
  kindOf,
  memoryOf,
  peekOf,
  readValue,
  sizeOf,
  writeValue,
  type CollectionKind,
  type Kinds,
  type Value,
} from './values/index.ts'
import { meter } from './values/meter.ts'
import type { Int } from './values/numbers.ts'
import { SlotMap } from './values/slots.ts'
import { RawString, stringBytes } from './values/string.ts'
import { Collection, Marks, type Limits } from './values/value.ts'

/** What a database needs to know of the server around it, and tells it. */
export interface Surroundings {
  /** The instant of the unit under way. */
  readonly now: number
  readonly limits: Limits
  /** True while something only looks (peek): then an expired key is skipped, not reaped. */
  readonly peeking: boolean
  /** True while keys and fields whose time has come are skipped without being reaped, for whatever reason. */
  readonly keeping: boolean
  /** How use is counted, under a policy that evicts what is used least often; else null. */
  readonly lfu: LfuSettings | null
  readonly random: Random
  /** True while a client acts whose looks are no use of a key (CLIENT NO-TOUCH). */
  readonly discreet: boolean
  /** A number that each command has for itself. */
  readonly turn: number
  /** Whether somebody wants to know what a write changed inside a value. */
  readonly observing: boolean
  /** Whether to look a key up counts as a hit or a miss. */
  counting: boolean
  dirty: number
  /** Bytes that all databases take together. */
  memory: number
  /** Called before a key changes for the first time in a write. */
  before(db: Database, key: Bytes): void
  /** A key was written: spoil WATCH, note it for those who wait. */
  touched(db: Database, key: Bytes): void
  /** A keyspace event. */
  event(db: Database, key: Bytes, event: string): void
  /** What a write changed inside the value. */
  marked(db: Database, key: Bytes, marks: Marks): void
  /** Somebody wants to know of keys by their names: who observes, watches, or listens to events. */
  readonly attentive: boolean
  /** A key was removed because its time had come; null: one whose name nobody wants to know. */
  expired(db: Database, key: Bytes | null): void
  /** A key was removed to make room. */
  evicted(db: Database, key: Bytes): void
  /** Something in it has a time to live, for the first time. */
  timedDatabase(db: Database): void
  /** A key was looked up. */
  looked(db: Database, key: Bytes, found: boolean): void
  /** A key came to be. */
  added(db: Database, key: Bytes): void
  /** Fields were removed from a hash because their time had come. */
  fieldsExpired(db: Database, key: Bytes, fields: readonly Bytes[]): void
}

export class Database {
  readonly index: number
  readonly #around: Surroundings
  #slots = new SlotMap<Value>()
  readonly #marks = new Marks()
  #deadlines: Deadlines | null = null
  /** Slots of hashes with fields that will expire, by the earliest of these. */
  #fields: Deadlines | null = null
  /** Deadlines that a number cannot hold exactly; `#deadlines` knows them rounded. */
  #far = new Map<Bytes, bigint>()
  /** When each slot's key was last used, in ms since 1970. */
  #used: number[] = []
  /** How often each slot's key was used. */
  #frequency = new Frequency()
  /** Bytes that keys, values and deadlines take, by the model of memory.ts. */
  #memory = 0
  /** Slots whose use the command under way has counted: it may look at a key more than once. */
  #counted = { turn: -1, slots: new Set<number>() }

  constructor(index: number, around: Surroundings) {
    this.index = index
    this.#around = around
    this.#take(this.#slots, null, null, this.#far, this.#used, this.#frequency)
  }

  /** What MEMORY USAGE says of a key, from so many of a value's parts; null where there is none. To ask is no use of it. */
  memoryOf(key: Bytes, samples: number): number | null {
    const value = this.#slots.get(key)
    if (value === undefined) return null
    return keySize(key.length) + (value instanceof Collection ? value.memoryFrom(samples) : memoryOf(value))
  }

  #count(bytes: number): void {
    this.#memory += bytes
    this.#around.memory += bytes
  }

  /** Keys, those included whose time has come but that nobody has met yet. */
  get size(): number {
    return this.#slots.size
  }

  /** Keys that will expire. */
  get expires(): number {
    return this.#deadlines?.size ?? 0
  }

  /** The mean time to live in ms, of at most a thousand keys: an estimate, as the server's own is. */
  averageTtl(): number {
    let count = 0
    let sum = 0
    for (const key of this.expires > 0 ? this.#slots.names() : []) {
      const at = this.expireAt(key)
      if (at === null) continue
      sum += Math.max(0, at - this.#around.now)
      if (++count === 1000) break
    }
    return count === 0 ? 0 : Math.floor(sum / count)
  }

  /** Hashes with fields that will expire. */
  get expiresFields(): number {
    return this.#fields?.size ?? 0
  }

  // ------------------------------------------------------------------ looking

  /** Reads the places of keys with these hashes, so that they are near when they are looked for. */
  warm(hashes: Int32Array, count: number): void {
    this.#slots.warm(hashes, count)
  }

  /**
   * The value of a key, whatever its kind. A key whose time has come is removed and is not there. To look counts as use,
   * unless `use` is false.
   */
  find(key: Bytes, use = true): Value | undefined {
    const slot = this.#look(key, use)
    return slot < 0 ? undefined : this.#there(slot)
  }

  /** What a key holds that was looked up. */
  #there(slot: number): Value | undefined {
    return this.#fields !== null && this.#around.keeping ? this.#present(slot) : this.#slots.itemAt(slot)
  }

  /** The slot of a key that is there now, or -1; what a look-up means to it has happened then. */
  #look(key: Bytes, use: boolean): number {
    const slot = this.#slots.slot(key)
    const there = slot >= 0 && !this.#isDue(slot)
    const { peeking } = this.#around
    if (!there && slot >= 0 && !this.#around.keeping) this.#reap(key)
    this.#around.looked(this, key, there)
    if (!there) return -1
    if (use && !peeking && !this.#around.discreet) this.#use(slot)
    if (this.#fields === null || !this.#fieldsAreDue(slot) || this.#around.keeping) return slot
    this.#reapFields(slot, Infinity)
    return this.#slots.slot(key)
  }

  #use(slot: number): void {
    this.#used[slot] = this.#around.now
    if (!this.#around.lfu) return
    const { turn } = this.#around
    if (this.#counted.turn !== turn) this.#counted = { turn, slots: new Set() }
    if (this.#counted.slots.has(slot)) return
    this.#counted.slots.add(slot)
    this.#countUse(slot)
  }

  #countUse(slot: number): void {
    const { now, lfu, random } = this.#around
    if (lfu) this.#frequency.use(slot, now, lfu, random)
  }

  /** What a slot holds now: of a hash, without the fields whose time has come though they were not reaped yet. */
  #present(slot: number): Value | undefined {
    const value = this.#slots.itemAt(slot)
    if (!this.#fieldsAreDue(slot) || !(value instanceof HashValue)) return value
    const left = value.copy()
    for (const field of left.due(this.#around.now, Infinity)) left.delete(field)
    return left.size > 0 ? left : undefined
  }

  #fieldsAreDue(slot: number): boolean {
    return this.#fields !== null && this.#fields.deadline(slot) <= this.#around.now
  }

  /**
   * Looks keys up as a command that only reads does, so that each counts as a hit or a miss; or, with `counts` false, so that
   * none does. For keys that a writing command only reads, and for commands that walk through keys.
   */
  looking<T>(counts: boolean, look: () => T): T {
    const outer = this.#around.counting
    this.#around.counting = counts && !this.#around.peeking
    try {
      return look()
    } finally {
      this.#around.counting = outer
    }
  }

  has(key: Bytes, use = true): boolean {
    const slot = this.#look(key, use)
    return slot >= 0 && (this.#fields === null || !this.#around.keeping || this.#present(slot) !== undefined)
  }

  /** For how many seconds nobody has used a key that is there; both instants count as whole seconds. */
  idle(key: Bytes): number {
    const used = this.#used[this.#slots.slot(key)]!
    return Math.floor(this.#around.now / 1000) - Math.floor(used / 1000)
  }

  /** Says of a key how long nobody has used it (seconds), or how often it is used; each counts only under its policy. */
  setUse(key: Bytes, idle: Int | undefined, frequency: Int | undefined): void {
    const { now, lfu } = this.#around
    const slot = this.#slots.slot(key)
    if (lfu && frequency !== undefined) this.#frequency.set(slot, now, Number(frequency))
    else if (!lfu && idle !== undefined) this.#used[slot] = Math.max(0, now - Number(idle) * 1000)
  }

  /** How often a key that is there is used: the logarithmic count of an LFU policy, from 0 to 255. */
  frequency(key: Bytes, settings: LfuSettings): number {
    return this.#frequency.of(this.#slots.slot(key), this.#around.now, settings)
  }

  /** The value of a key where it has the kind; undefined where there is no key. Throws WRONGTYPE for another kind. */
  read<K extends keyof Kinds>(key: Bytes, kind: K): Kinds[K] | undefined {
    const value = this.find(key)
    if (value === undefined) return undefined
    const held = kindOf(value)
    if (held !== kind) throw errors.wrongType({ kind: 'wrong-type', key, held, wanted: kind })
    return value as Kinds[K]
  }

  /** The string under a key as bytes; null where there is none. */
  text(key: Bytes): Bytes | null {
    const value = this.find(key)
    return value === undefined ? null : textOf(key, value)
  }

  /** Tells the string under a key as GET does: writes it where it stands as bytes, else gives it; null where there is none. */
  tell(key: Bytes, out: ReplyWriter): Bytes | Written | null {
    const slot = this.#look(key, true)
    if (slot < 0) return null
    if (this.#slots.tellText(slot, out)) return WRITTEN
    const value = this.#there(slot)
    return value === undefined ? null : textOf(key, value)
  }

  /** When a key will expire, in ms since 1970; null where it will not, or is not there. */
  expireAt(key: Bytes): number | null {
    const slot = this.#slots.slot(key)
    if (slot < 0 || !this.#deadlines) return null
    const deadline = this.#deadlines.deadline(slot)
    return Number.isNaN(deadline) ? null : deadline
  }

  /** The same, exact to all 64 bits. */
  exactExpireAt(key: Bytes): Int | null {
    return (this.#far.size > 0 ? this.#far.get(key) : undefined) ?? this.expireAt(key)
  }

  /** True where a key's time has come though it was not reaped yet. */
  isExpired(key: Bytes): boolean {
    const slot = this.#slots.slot(key)
    return slot >= 0 && this.#isDue(slot)
  }

  #isDue(slot: number): boolean {
    return this.#deadlines !== null && this.#deadlines.deadline(slot) <= this.#around.now
  }

  /** True where the key lies in the table, even though its time may have come. */
  keyIsThere(key: Bytes): boolean {
    return this.#slots.has(key)
  }

  /** For people who look: what a key holds, or null. Disturbs nothing. `ghosts`: of a key whose time has come, too. */
  summary(key: Bytes, ghosts = false): KeySummary | null {
    const slot = this.#slots.slot(key)
    const held = () => (this.#around.peeking ? this.#present(slot) : this.#slots.itemAt(slot))
    const value = slot < 0 || (!ghosts && this.#isDue(slot)) ? undefined : held()
    if (value === undefined) return null
    const peek = peekOf(value, 64)
    return {
      kind: kindOf(value),
      encoding: encodingOf(value),
      size: sizeOf(value),
      expireAt: this.expireAt(key),
      ...(peek === undefined ? {} : { peek }),
    }
  }

  /** The value that lies under a key, even though its time may have come. For people who look. */
  lying(key: Bytes): Value | undefined {
    const slot = this.#slots.slot(key)
    return slot < 0 ? undefined : this.#slots.itemAt(slot)
  }

  /** Keys that are there now, in slot order. Nothing is reaped. */
  *keys(): Generator<Bytes> {
    for (const key of this.#slots.names()) if (!this.isExpired(key)) yield key
  }

  /** All keys, those included whose time has come. */
  everyKey(): Iterable<Bytes> {
    return this.#slots.names()
  }

  /** All values, those included whose time has come. */
  *values(): Generator<Value> {
    for (const [, value] of this.#slots.entries()) yield value
  }

  /** A step of a walk over all that lies in the table, as SlotMap.scan has it. Nothing is reaped. */
  walk(cursor: number, count: number, visit: (key: Bytes, value: Value) => void): number {
    return this.#slots.scan(cursor, count, (key, slot) => visit(key, this.#slots.itemAt(slot)!))
  }

  /** The same for an index of keys: what kind each holds and when its time comes, those included whose time has come. */
  survey(cursor: number, count: number, visit: (key: Bytes, kind: Kind, expireAt: number) => void): number {
    return this.#slots.scan(cursor, count, (key, slot) => {
      const kind = this.#slots.textLength(slot) >= 0 ? 'string' : kindOf(this.#slots.itemAt(slot)!)
      visit(key, kind, this.#deadlines?.deadline(slot) ?? Number.NaN)
    })
  }

  /**
   * One step of SCAN: puts the names that `matches` lets through into `found`, of one kind where that is asked, and returns
   * the next cursor. To be met is no use of a key; to be asked for its kind is a look-up.
   */
  scan(cursor: number, count: number, matches: (name: Bytes) => boolean, kind: string | null, found: Bytes[]): number {
    const due: Bytes[] = []
    const next = this.#slots.scan(cursor, count, (key, slot) => {
      meter.many(this, 1)
      if (!matches(key)) return
      if (this.#isDue(slot)) due.push(key)
      else if (kind === null || this.#isOf(kind, key, slot)) found.push(key)
    })
    if (!this.#around.keeping) for (const key of due) this.#reap(key)
    return next
  }

  /** The same for all keys, written as SCAN's reply. */
  tellScan(cursor: number, count: number, out: ReplyWriter): void {
    const slots: number[] = []
    const next = this.#slots.slotsFrom(cursor, count, slots)
    const due: Bytes[] = []
    let there = 0
    for (const slot of slots)
      if (this.#isDue(slot)) due.push(this.#slots.nameAt(slot)!)
      else slots[there++] = slot
    out.array(2)
    out.text(latin(String(next)))
    out.array(there)
    for (let i = 0; i < there; i++) this.#slots.tellName(slots[i]!, out)
    if (!this.#around.keeping) for (const key of due) this.#reap(key)
  }

  #isOf(kind: string, key: Bytes, slot: number): boolean {
    this.#around.looked(this, key, true)
    return kindOf(this.#slots.itemAt(slot)!) === kind
  }

  /** A key by chance; there must be one. */
  random(random: Random): Bytes {
    return this.#slots.nameAt(this.#slots.random(random))!
  }

  // ------------------------------------------------------------------ writing

  /**
   * Opens the collection at a key (a new one where there is none), lets `work` change it, and does what a write means:
   * nothing where nothing was marked, else touch, dirt by the number of marks, the event, and `del` where it is empty
   * then. `work` must not throw once it has marked something. Most writes are one event; a few are two. `given` is handed to
   * `work`, which then need not be made anew for each write.
   */
  edit<K extends CollectionKind, R>(
    key: Bytes,
    kind: K,
    event: string | readonly [string, string],
    work: (value: Kinds[K]) => R,
  ): R
  edit<K extends CollectionKind, G, R>(
    key: Bytes,
    kind: K,
    event: string | readonly [string, string],
    work: (value: Kinds[K], given: G) => R,
    given: G,
  ): R
  edit<K extends CollectionKind, G, R>(
    key: Bytes,
    kind: K,
    event: string | readonly [string, string],
    work: (value: Kinds[K], given?: G) => R,
    given?: G,
  ): R {
    const held = this.read(key, kind)
    const value: Kinds[K] = held ?? create(kind, this.#around.limits)
    this.#around.before(this, key)
    const marks = this.#marks
    marks.clear(this.#around.observing)
    value.marks = marks
    const memory = value.memory
    let result: R
    try {
      result = work(value, given)
    } finally {
      value.marks = null
      if (held) this.#count(value.memory - memory)
    }
    if (marks.count === 0) return result
    if (!held && value.size > 0) this.#place(key, value as Value)
    else if (!held) this.#around.added(this, key)
    else if (value instanceof HashValue && (this.#fields !== null || value.mayBeDue))
      this.#follow(this.#slots.slot(key), value)
    this.#around.dirty += marks.count
    this.#around.marked(this, key, marks)
    this.#around.touched(this, key)
    if (typeof event === 'string') this.#around.event(this, key, event)
    else for (const one of event) this.#around.event(this, key, one)
    if (value.size === 0) {
      if (held) this.#remove(key)
      this.#around.event(this, key, 'del')
    }
    return result
  }

  /**
   * Puts a value under a key, whatever was there. `expireAt`: a time, null for none, or 'keep' for the one it has.
   * The event is the caller's to choose; null for none.
   */
  put(key: Bytes, value: Value, event: string | null, expireAt: Int | null | 'keep' = null): void {
    this.#around.before(this, key)
    // What keeps its time was looked up before.
    // The server removes what was there before it copies; so the key counts as new.
    const slot = this.#place(key, value, expireAt !== 'keep', event === 'copy_to' || event === 'restore')
    if (expireAt === null) this.#forgetDeadline(slot)
    else if (expireAt !== 'keep') this.#setDeadline(slot, expireAt)
    this.#around.dirty++
    this.#around.touched(this, key)
    if (event !== null) this.#around.event(this, key, event)
  }

  /** Lets `work` change the form in which a value is kept, and nothing else: nobody is told, only its memory is counted. */
  reshape<V extends Collection>(value: V, work: (value: V) => void): void {
    const { memory } = value
    work(value)
    this.#count(value.memory - memory)
  }

  /** Lets `work` change a string in place, an empty one where there is none; it stays raw from now on. */
  rewrite(key: Bytes, event: string, work: (raw: RawString) => void): RawString {
    const held = this.read(key, 'string')
    const inPlace = held instanceof RawString
    const raw = inPlace ? held : new RawString(held === undefined ? ('' as Bytes) : stringBytes(held))
    this.#around.before(this, key)
    const memory = memoryOf(raw)
    work(raw)
    if (inPlace) this.#count(memoryOf(raw) - memory)
    this.put(key, raw, event, 'keep')
    return raw
  }

  /** Removes a key. Returns whether it was there. */
  drop(key: Bytes, event: string | null = 'del'): boolean {
    if (!this.has(key)) return false
    this.#around.before(this, key)
    this.#remove(key)
    this.#around.dirty++
    this.#around.touched(this, key)
    if (event !== null) this.#around.event(this, key, event)
    return true
  }

  /** Gives a key that is there a time to live. */
  expire(key: Bytes, at: Int, event: string | null = 'expire'): void {
    this.#around.before(this, key)
    this.#setDeadline(this.#slots.slot(key), at)
    this.#around.dirty++
    this.#around.touched(this, key)
    if (event !== null) this.#around.event(this, key, event)
  }

  /** Takes the time to live from a key. Returns whether it had one. */
  persist(key: Bytes): boolean {
    if (!this.has(key) || this.expireAt(key) === null) return false
    this.#around.before(this, key)
    this.#forgetDeadline(this.#slots.slot(key))
    this.#around.dirty++
    this.#around.touched(this, key)
    this.#around.event(this, key, 'persist')
    return true
  }

  /** Moves what a key holds, its time to live too, under a name in a database, over what was there: one write. */
  transfer(key: Bytes, to: Database, name: Bytes, leaves: string, arrives: string): void {
    const value = this.find(key)!
    const at = this.exactExpireAt(key)
    this.#around.before(this, key)
    this.#around.before(to, name)
    this.#remove(key)
    const slot = to.#place(name, value, false, true)
    if (at === null) to.#forgetDeadline(slot)
    else to.#setDeadline(slot, at)
    this.#around.dirty++
    this.#around.touched(this, key)
    this.#around.touched(to, name)
    this.#around.event(this, key, leaves)
    this.#around.event(to, name, arrives)
  }

  /** Says that a key was written without a change of its value: a LTRIM that removes nothing. */
  touch(key: Bytes, event: string | null): void {
    this.#around.before(this, key)
    this.#around.touched(this, key)
    if (event !== null) this.#around.event(this, key, event)
  }

  /** Removes all keys. Those that were watched are touched by the caller, who knows the watchers. Returns how many. */
  clear(): number {
    const count = this.#slots.size
    this.#count(-this.#memory)
    this.#slots.clear()
    this.#deadlines?.clear()
    this.#fields?.clear()
    this.#far.clear()
    this.#used.length = 0
    this.#frequency.clear()
    return count
  }

  /** Swaps all content with another database (SWAPDB); both keep their index. */
  swap(other: Database): void {
    const [slots, deadlines, fields, far, used] = [this.#slots, this.#deadlines, this.#fields, this.#far, this.#used]
    const [frequency, memory] = [this.#frequency, this.#memory]
    this.#take(other.#slots, other.#deadlines, other.#fields, other.#far, other.#used, other.#frequency)
    this.#memory = other.#memory
    other.#take(slots, deadlines, fields, far, used, frequency)
    other.#memory = memory
  }

  #take(
    slots: SlotMap<Value>,
    deadlines: Deadlines | null,
    fields: Deadlines | null,
    far: Map<Bytes, bigint>,
    used: number[],
    frequency: Frequency,
  ): void {
    this.#slots = slots
    this.#deadlines = deadlines
    this.#fields = fields
    this.#far = far
    this.#used = used
    this.#frequency = frequency
    if (deadlines || fields) this.#around.timedDatabase(this)
    slots.moved = (from, to) => {
      this.#deadlines?.move(from, to)
      this.#fields?.move(from, to)
      this.#used[to] = this.#used[from]!
      this.#frequency.move(from, to)
    }
  }

  /** Puts a value into a key's slot; to overwrite one that was not looked up before is a use of it. */
  #place(key: Bytes, value: Value, isUse = false, anew = false): number {
    let slot = this.#slots.slot(key)
    const isNew = slot < 0
    if (isNew) {
      slot = this.#slots.insert(key, value)
      this.#count(keySize(key.length) + KEY_SHARE + memoryOf(value))
      this.#frequency.begin(slot, this.#around.now, this.#around.lfu)
      this.#used[slot] = this.#around.now
    } else {
      this.#count(memoryOf(value) - this.#weigh(slot))
      this.#slots.setAt(slot, value)
      if (!this.#around.discreet) {
        this.#used[slot] = this.#around.now
        if (isUse) this.#countUse(slot)
      }
    }
    this.#follow(slot, value)
    if (isNew || anew) this.#around.added(this, key)
    return slot
  }

  /** Keeps in mind when the first field of what a slot holds expires. */
  #follow(slot: number, value: Value): void {
    const due = value instanceof HashValue ? value.nextDue() : null
    if (due === null) this.#fields?.delete(slot)
    else (this.#fields ??= this.#newDeadlines()).set(slot, due)
  }

  #newDeadlines(): Deadlines {
    this.#around.timedDatabase(this)
    return new Deadlines()
  }

  #setDeadline(slot: number, at: Int): void {
    const deadlines = (this.#deadlines ??= this.#newDeadlines())
    const { size } = deadlines
    deadlines.set(slot, Number(at))
    if (deadlines.size > size) this.#count(DEADLINE)
    if (typeof at === 'bigint') this.#far.set(this.#slots.nameAt(slot)!, at)
    else if (this.#far.size > 0) this.#far.delete(this.#slots.nameAt(slot)!)
  }

  #forgetDeadline(slot: number): void {
    if (this.#deadlines) {
      const { size } = this.#deadlines
      this.#deadlines.delete(slot)
      if (this.#deadlines.size < size) this.#count(-DEADLINE)
    }
    if (this.#far.size > 0) this.#far.delete(this.#slots.nameAt(slot)!)
  }

  #remove(key: Bytes): void {
    const slot = this.#slots.slot(key)
    this.#forgetDeadline(slot)
    this.#removeAt(slot)
  }

  /** The same, where no deadline is left. */
  #removeAt(slot: number): void {
    this.#fields?.delete(slot)
    this.#count(-(keySize(this.#slots.lengthAt(slot)) + KEY_SHARE + this.#weigh(slot)))
    this.#slots.deleteAt(slot)
  }

  /** Bytes that the value in a slot takes. */
  #weigh(slot: number): number {
    const length = this.#slots.textLength(slot)
    return length >= 0 ? stringSize(length) : memoryOf(this.#slots.itemAt(slot)!)
  }

  /**
   * A key by chance, of all or of those that will expire; undefined where there is none. Few that will expire among many
   * are looked for from some place on.
   */
  sample(random: Random, expiring: boolean): Bytes | undefined {
    if ((expiring ? this.expires : this.size) === 0) return undefined
    if (!expiring) return this.random(random)
    const { length } = this.#slots
    for (let tries = 0; tries < 32; tries++) {
      const slot = random.below(length)
      if (!Number.isNaN(this.#deadlines!.deadline(slot))) return this.#slots.nameAt(slot)
    }
    let slot = random.below(length)
    while (Number.isNaN(this.#deadlines!.deadline(slot))) slot = (slot + 1) % length
    return this.#slots.nameAt(slot)
  }

  /** When a key was last used, in ms since 1970. */
  usedAt(key: Bytes): number {
    return this.#used[this.#slots.slot(key)]!
  }

  /** Removes a key to make room: no dirt of anybody's, but watchers see it go. */
  evict(key: Bytes): void {
    this.#around.before(this, key)
    this.#remove(key)
    this.#around.touched(this, key)
    this.#around.event(this, key, 'evicted')
    this.#around.evicted(this, key)
  }

  #reap(key: Bytes): void {
    this.#around.before(this, key)
    this.#remove(key)
    this.#around.touched(this, key)
    this.#around.event(this, key, 'expired')
    this.#around.expired(this, key)
  }

  /** Removes up to `most` fields of a hash whose time has come. Returns how many. No dirt, as with keys. */
  #reapFields(slot: number, most: number): number {
    const key = this.#slots.nameAt(slot)!
    const hash = this.#slots.itemAt(slot) as HashValue
    const due = hash.due(this.#around.now, most)
    if (due.length > 0) {
      this.#around.before(this, key)
      const marks = this.#marks
      marks.clear(this.#around.observing)
      hash.marks = marks
      const memory = hash.memory
      for (const field of due) hash.delete(field)
      hash.marks = null
      this.#count(hash.memory - memory)
      this.#around.marked(this, key, marks)
      this.#around.touched(this, key)
      this.#around.event(this, key, 'hexpired')
      this.#around.fieldsExpired(this, key, due)
    }
    this.#follow(slot, hash)
    if (hash.size === 0) {
      this.#remove(key)
      this.#around.event(this, key, 'del')
    }
    return due.length
  }

  /** Active expiry: removes up to `most` keys and fields whose time has come. Returns how many. */
  reapDue(most: number): number {
    const { now } = this.#around
    if (!this.#deadlines?.mayBeDue(now) && !this.#fields?.mayBeDue(now)) return 0
    let reaped = this.#deadlines?.mayBeDue(now) ? this.#reapKeys(this.#deadlines, most) : 0
    const hashes = this.#fields?.mayBeDue(now) ? this.#slots.namesIn(this.#fields.due(now, most)) : []
    for (const key of hashes) if (reaped < most) reaped += this.#reapFields(this.#slots.slot(key), most - reaped)
    return reaped
  }

  #reapKeys(deadlines: Deadlines, most: number): number {
    const { now, attentive } = this.#around
    if (attentive || this.#far.size > 0) {
      const keys = this.#slots.namesIn(deadlines.due(now, most))
      this.#slots.together(() => keys.forEach((key) => this.#reap(key)))
      return keys.length
    }
    // Nobody is told of any of them by its name, so that no names are made.
    const slots = deadlines.take(now, most)
    this.#count(-slots.length * DEADLINE)
    this.#slots.warmToDelete(slots)
    this.#slots.together(() => {
      for (const slot of slots) {
        this.#removeAt(slot)
        this.#around.expired(this, null)
      }
    })
    return slots.length
  }

  /** When the next key's or field's time comes; null: never. */
  nextDue(): number | null {
    const next = Math.min(this.#deadlines?.nextWake() ?? Infinity, this.#fields?.nextWake() ?? Infinity)
    return next === Infinity ? null : next
  }

  // ------------------------------------------------------------------ the image

  write(to: Writer): void {
    this.#slots.write(to, (value, slot) => {
      writeValue(to, value)
      const deadline = this.#deadlines?.deadline(slot) ?? Number.NaN
      to.maybe(Number.isNaN(deadline) ? null : deadline)
      to.uint(this.#used[slot]!)
      to.uint(this.#frequency.state(slot))
    })
    to.list([...this.#far], ([key, at]) => {
      to.bytes(key)
      to.bytes(String(at))
    })
  }

  restore(from: Reader): void {
    const deadlines: [number, number][] = []
    this.#slots.read(from, (slot) => {
      const value = readValue(from, this.#around.limits)
      const deadline = from.maybe()
      if (deadline !== null) deadlines.push([slot, deadline])
      this.#used[slot] = from.uint()
      this.#frequency.restore(slot, from.uint())
      return value
    })
    for (const [slot, deadline] of deadlines) this.#setDeadline(slot, deadline)
    for (const [key, value] of this.#slots.entries()) {
      this.#follow(this.#slots.slot(key), value)
      this.#count(keySize(key.length) + KEY_SHARE + memoryOf(value))
    }
    for (const [key, at] of from.list(() => [from.bytes(), BigInt(from.bytes())] as const)) this.#far.set(key, at)
  }
}

function textOf(key: Bytes, value: Value): Bytes {
  const held = kindOf(value)
  if (held !== 'string') throw errors.wrongType({ kind: 'wrong-type', key, held, wanted: 'string' })
  return stringBytes(value as Kinds['string'])
}
