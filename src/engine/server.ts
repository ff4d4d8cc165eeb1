// The server's whole state: databases, clients, who watches and who waits, configuration, chance, the simulated disk.
// What happens to it is in unit.ts; how it is stored is in image.ts.
import { latin, type Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import { asResp2, type ReplyWriter } from '../wire/resp.ts'
import type { ClientId, Cost, Restarted, Why } from '../session/protocol.ts'
import type { Output } from './engine.ts'
import { Channels } from './channels.ts'
import { Client, type Watch } from './client.ts'
import type { Command, Context } from './command.ts'
import { Config } from './config.ts'
import { Database, type Surroundings } from './database.ts'
import { Disk } from './disk.ts'
import type { LfuSettings } from './frequency.ts'
import { Journal } from './journal.ts'
import { STARTUP } from './memory.ts'
import { notify } from './notifications.ts'
import type { Pause } from './pause.ts'
import { Random } from './random.ts'
import { Slowlog } from './slowlog.ts'
import { Snapshots } from './snapshots.ts'
import type { Limits, Marks } from './values/value.ts'

export const DATABASES = 16

/** The version that the engine speaks as. */
export const VERSION = '8.0.2'

/** Counters that INFO tells. */
export interface Stats {
  commands: number
  connections: number
  expired: number
  expiredFields: number
  hits: number
  misses: number
  errors: number
  evicted: number
  /** The most bytes that were ever held. */
  peak: number
  /** Wrong names and passwords. */
  denied: number
}

/** How often a command ran, was refused before it ran, and answered with an error. */
export interface Calls {
  count: number
  rejected: number
  failed: number
}

/** A command that goes to the AOF and to replicas. */
export interface Effect {
  readonly db: number
  readonly argv: readonly Bytes[]
}

/** Sees every command that runs, where a host lets a stranger's commands run; what it throws ends the engine. */
export interface Guard {
  /** `waiting`: outputs that the present input has brought so far. */
  before(argv: readonly Bytes[], waiting: number): void
  after(reply: Reply): void
}

export class Server implements Surroundings {
  guard: Guard | null = null
  /** A handler's context that is not in use. */
  spare: Context | null = null
  /** Where the reply to the request that has come may be written at once. */
  out: ReplyWriter | null = null
  readonly config = new Config()
  readonly databases: readonly Database[]
  /** Those of them in which something has ever had a time to live. */
  readonly timed: Database[] = []
  readonly clients = new Map<ClientId, Client>()
  /** The highest number that a client has had. */
  lastClient = 0
  readonly random: Random
  readonly journal = new Journal()
  /** It outlives the server. */
  disk = new Disk()
  readonly snapshots: Snapshots
  readonly slowlog = new Slowlog()
  readonly stats: Stats = {
    commands: 0,
    connections: 0,
    expired: 0,
    expiredFields: 0,
    hits: 0,
    misses: 0,
    errors: 0,
    evicted: 0,
    peak: 0,
    denied: 0,
  }
  /** By the command's name, and by the error's first word: what INFO commandstats and errorstats tell. */
  readonly calls = new Map<string, Calls>()
  /** The same by the command's number. */
  #callsById: (Calls | undefined)[] = []
  readonly errorCounts = new Map<string, number>()
  /** True while a command that only reads looks keys up: then hits and misses count. */
  counting = false
  startedAt: number
  /** 40 hex digits that name this run of the server. */
  runId: string
  now: number
  /** The instant of the input before this one: what was changed was changed by then. */
  since: number
  peeking = false
  dirty = 0
  discreet = false
  turn = 0
  /** Bytes held, by the model of memory.ts; the databases keep it up. */
  memory = STARTUP
  /** Keys whose time has come go by themselves (DEBUG SET-ACTIVE-EXPIRE). */
  activeExpire = true
  /** How far replicas would have to follow; only WAIT moves it, for without a replica nothing is sent. */
  replicationOffset = 0
  /** CLIENT PAUSE is in force. */
  pause: Pause | null = null
  /** Commands that a pause holds back; true in `resuming` while they run, one after the other, at its end. */
  postponed = 0
  resuming = false
  /** Ms by which the running command has moved the clock; it takes no other time. */
  slept = 0
  /** Why it ends: then all clients are closed, and what begins after it is another server. */
  goingDown: Restarted['how'] | null = null
  /** True while EXEC runs what was queued. */
  inExec = false
  /** Why the command under way answers nil or an error; taken by whoever sends the reply. */
  why: Why | undefined
  /** What the command cost that ran last, where somebody observes; taken with `why`. */
  cost: Cost | undefined
  /** What goes out at the end of this input, in order. */
  outputs: Output[] = []

  readonly channels = new Channels((client, message) => this.push(client, message))
  readonly monitors = new Set<Client>()
  /** The client that is to have a reply next. What it hears meanwhile of others' doing waits in `later`. */
  speaker: Client | null = null
  /** What follows the reply of the command that is running, as part of its answer. */
  #following: Reply[] = []
  #later: Reply[] = []

  /** The command that is running, and whose it is; null while time works. */
  running: Command | null = null
  actor: Client | null = null
  /** What the unit under way did, in commands that give the same anywhere and at any time. */
  effects: Effect[] = []

  /** Watchers of a key, by database and key. */
  readonly #watchers = new Map<string, Set<Client>>()
  /** Clients that wait for a key, in the order they came. */
  readonly #waiters = new Map<string, Client[]>()
  /** New keys of this unit that somebody waits for, in order. */
  #ready: { readonly db: number; readonly key: Bytes }[] = []
  /** Clients that wait. */
  #waiting = 0
  /** How many waits there were: the next one's place. */
  waits = 0

  constructor(seed: number, at: number) {
    this.now = this.since = at
    this.startedAt = at
    this.random = new Random(seed)
    this.runId = this.random.hex(20)
    this.snapshots = new Snapshots(at)
    this.databases = Array.from({ length: DATABASES }, (_, index) => new Database(index, this))
  }

  /** Counters back to zero (CONFIG RESETSTAT), but for what the server goes on counting. */
  resetStats(): void {
    for (const name of Object.keys(this.stats) as (keyof Stats)[])
      if (name !== 'peak' && name !== 'denied') this.stats[name] = 0
    this.calls.clear()
    this.#callsById = []
    this.errorCounts.clear()
    this.snapshots.resetCounts()
  }

  /** Keys and fields whose time has come are met without being removed: somebody only looks, or CLIENT PAUSE is in force. */
  get keeping(): boolean {
    return this.peeking || (this.pause !== null && !this.inExec)
  }

  get lfu(): LfuSettings | null {
    return this.config.lfu
  }

  get observing(): boolean {
    return this.journal.observing
  }

  get limits(): Limits {
    return this.config.limits
  }

  // ------------------------------------------------------------------ what databases tell

  timedDatabase(db: Database): void {
    if (this.timed.includes(db)) return
    this.timed.push(db)
    this.timed.sort((a, b) => a.index - b.index)
  }

  before(db: Database, key: Bytes): void {
    this.journal.before(db, key)
  }

  event(db: Database, key: Bytes, event: string): void {
    this.journal.event(db, key, event)
    notify(this, db.index, key, event)
  }

  marked(db: Database, key: Bytes, marks: Marks): void {
    this.journal.marked(db, key, marks)
  }

  get attentive(): boolean {
    return this.journal.observing || this.#watchers.size > 0 || this.config.events !== ''
  }

  expired(db: Database, key: Bytes | null): void {
    this.stats.expired++
    if (key !== null) this.effect(db.index, [latin('DEL'), key])
  }

  /** Notes what the unit under way did, where somebody observes. */
  effect(db: number, argv: readonly Bytes[]): void {
    if (this.journal.observing) this.effects.push({ db, argv })
  }

  evicted(db: Database, key: Bytes): void {
    this.stats.evicted++
    this.effect(db.index, [latin('DEL'), key])
  }

  /** Only a key that is new wakes those who wait for it. */
  added(db: Database, key: Bytes): void {
    if (this.#waiters.size > 0) this.note(db.index, key)
    notify(this, db.index, key, 'new')
  }

  looked(db: Database, key: Bytes, found: boolean): void {
    if (!this.counting) return
    if (found) this.stats.hits++
    else {
      this.stats.misses++
      // OBJECT looks from the side.
      if (!this.running?.name.startsWith('OBJECT')) notify(this, db.index, key, 'keymiss')
    }
  }

  callsOf({ id, name }: Command): Calls {
    const known = this.#callsById[id]
    if (known) return known
    const calls = this.calls.get(name) ?? { count: 0, rejected: 0, failed: 0 }
    this.calls.set(name, calls)
    for (let i = this.#callsById.length; i < id; i++) this.#callsById.push(undefined)
    this.#callsById[id] = calls
    return calls
  }

  countError(code: string): void {
    this.stats.errors++
    this.errorCounts.set(code, (this.errorCounts.get(code) ?? 0) + 1)
  }

  fieldsExpired(db: Database, key: Bytes, fields: readonly Bytes[]): void {
    this.stats.expiredFields += fields.length
    this.effect(db.index, [latin('HDEL'), key, ...fields])
  }

  touched(db: Database, key: Bytes): void {
    if (this.#watchers.size === 0) return
    const watchers = this.#watchers.get(`${db.index}:${key}`)
    if (!watchers) return
    // By client, not by who watched first: an image does not keep that order.
    for (const client of Array.from(watchers).sort((a, b) => a.id - b.id)) this.#spoil(client, db, key)
  }

  #spoil(client: Client, db: Database, key: Bytes): void {
    const watch = client.watching.find((one) => one.db === db.index && one.key === key)!
    // A key that had already expired when it was watched, and is now reaped, has not changed (touchWatchedKey). One that is
    // there came with another database, and that has been told.
    if (watch.expired) {
      watch.expired = db.keyIsThere(key)
      return
    }
    this.race(client, db.index, key)
    // It need not be told again of these keys; CLIENT LIST says that it watches none.
    this.#forget(client)
  }

  /** Marks a client's transaction as lost, and tells by whom. */
  race(client: Client, db: number, key: Bytes): void {
    const { running } = this
    client.raced ??= { db, key, by: running && this.actor!.id, command: running?.spoken ?? '' }
    this.tell(client)
  }

  /**
   * A whole database changes under its watchers: it is emptied, or `by` takes its place. A watched key counts where it is
   * there before or after; one that has expired, before or after, is not there for its watcher (touchAllWatchedKeysInDb).
   */
  touchAll(db: Database, by: Database | null): void {
    for (const client of this.clients.values())
      for (const watch of client.watching)
        if (watch.db === db.index && this.#counts(watch, db, by)) this.race(client, db.index, watch.key)
  }

  #counts(watch: Watch, db: Database, by: Database | null): boolean {
    const { key } = watch
    const before = db.keyIsThere(key)
    const after = by?.keyIsThere(key) ?? false
    if (!before && !after) return false
    const expired = after && by!.isExpired(key)
    if (watch.expired) {
      if (!after) watch.expired = false
      return after && !expired
    }
    if (before || !expired) return true
    watch.expired = true
    return false
  }

  // ------------------------------------------------------------------ watching

  watch(client: Client, db: Database, key: Bytes): void {
    if (client.watching.some((one) => one.db === db.index && one.key === key)) return
    this.addWatch(client, { db: db.index, key, expired: db.isExpired(key) })
  }

  addWatch(client: Client, watch: Watch): void {
    client.watching.push(watch)
    const id = `${watch.db}:${watch.key}`
    const watchers = this.#watchers.get(id) ?? new Set()
    this.#watchers.set(id, watchers.add(client))
  }

  unwatch(client: Client): void {
    this.#forget(client)
    client.raced = null
  }

  #forget(client: Client): void {
    for (const { db, key } of client.watching) {
      const watchers = this.#watchers.get(`${db}:${key}`)
      watchers?.delete(client)
      if (watchers?.size === 0) this.#watchers.delete(`${db}:${key}`)
    }
    client.watching = []
  }

  // ------------------------------------------------------------------ waiting

  /** Puts a client with its `wait` into the lines of its keys. */
  enqueue(client: Client): void {
    this.#waiting++
    if (client.wait!.kind === 'unpause') this.postponed++
    for (const key of new Set(client.wait!.keys)) {
      const id = `${client.wait!.db}:${key}`
      const line = this.#waiters.get(id)
      if (line) line.push(client)
      else this.#waiters.set(id, [client])
    }
  }

  /** Takes a client out of its lines and ends its wait. */
  dequeue(client: Client): void {
    this.#waiting--
    if (client.wait!.kind === 'unpause') this.postponed--
    for (const key of new Set(client.wait!.keys)) {
      const id = `${client.wait!.db}:${key}`
      const line = this.#waiters.get(id)!.filter((one) => one !== client)
      if (line.length > 0) this.#waiters.set(id, line)
      else this.#waiters.delete(id)
    }
    client.wait = null
  }

  waitersOf(db: number, key: Bytes): readonly Client[] {
    return this.#waiters.get(`${db}:${key}`) ?? []
  }

  /** A key may hold something for those who wait (SWAPDB brings keys without a write). */
  note(db: number, key: Bytes): void {
    if (this.#waiters.has(`${db}:${key}`)) this.#ready.push({ db, key })
  }

  /** Keys of a database that somebody waits for. */
  awaited(db: number): Bytes[] {
    const prefix = `${db}:`
    return [...this.#waiters.keys()].filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length) as Bytes)
  }

  /** Somebody may be served, or was freed. */
  get hasWork(): boolean {
    return this.#ready.length > 0 || this.freed.length > 0 || (this.postponed > 0 && this.pause === null)
  }

  /** The keys that were noted, each once, and forgets them. */
  takeReady(): readonly { readonly db: number; readonly key: Bytes }[] {
    const ready = this.#ready
    if (ready.length > 0) this.#ready = []
    return ready
  }

  /** Clients whose wait another client ended (CLIENT UNBLOCK); their backlog runs when the unit is over. */
  freed: Client[] = []

  get anyBlocked(): boolean {
    return this.#waiting > 0
  }

  get blocked(): Client[] {
    return [...this.clients.values()].filter((client) => client.wait !== null)
  }

  // ------------------------------------------------------------------ telling

  /** Brings a message to a client; to the one whose command is running, once it has its reply. */
  push(client: Client, message: Reply): void {
    if (client === this.speaker) this.#later.push(message)
    else this.pushNow(client, message)
  }

  pushNow(client: Client, message: Reply): void {
    const told = client.protocol === 2 ? asResp2(message) : message
    this.outputs.push({ on: 'push', client: client.id, message: told })
  }

  /** A further part of the running command's answer, after its reply. */
  follow(message: Reply): void {
    this.#following.push(message)
  }

  get follows(): boolean {
    return this.#following.length > 0
  }

  /** The further parts of an answer so far; they are taken. */
  takeFollowing(): Reply[] {
    const following = this.#following
    if (following.length > 0) this.#following = []
    return following
  }

  /** The speaker has its answer: what it should hear besides comes now. */
  hush(): void {
    const { speaker } = this
    this.speaker = null
    if (!speaker || this.#later.length === 0) return
    const later = this.#later
    this.#later = []
    for (const message of later) this.pushNow(speaker, message)
  }

  /** A client's state changed; told once an input. */
  tell(client: Client): void {
    if (!this.outputs.some((one) => one.on === 'client' && one.client === client.id))
      this.outputs.push({ on: 'client', client: client.id })
  }
}
