// The machine. Bytes and time go in, replies and changes come out. It has no timers, no I/O, no clock and no chance of its
// own: every input carries its instant, and chance is seeded. The same inputs give the same outputs and the same image,
// byte for byte; the session's log, undo and every replay stand on that.
import { origin, type Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import { asResp2, type Ahead, type ReplyWriter } from '../wire/resp.ts'
import type {
  Change,
  ClientId,
  ClientState,
  DatabaseSize,
  Cost,
  Input,
  KeySummary,
  Kind,
  Restarted,
  ValuePage,
  Why,
} from '../session/protocol.ts'
import { lookup } from './catalog.ts'
import { Client } from './client.ts'
import type { Disk } from './disk.ts'
import { RedisError, errors } from './errors.ts'
import type { Foresight } from './foresight.ts'
import { readImage, writeImage } from './image.ts'
import { inspect } from './inspect.ts'
import { Server, type Effect, type Guard } from './server.ts'
import { keeper } from './snapshots.ts'
import { cancel, disconnect, nextWake, pass, receive, run } from './unit.ts'

export type Output =
  /** Answers the client's oldest command that had no answer yet, in the shape that the client's protocol knows. */
  | { readonly on: 'reply'; readonly client: ClientId; readonly reply: Reply; readonly why?: Why; readonly cost?: Cost }
  /** The blocked command ended without a reply. */
  | { readonly on: 'cancelled'; readonly client: ClientId }
  | { readonly on: 'push'; readonly client: ClientId; readonly message: Reply }
  /** Its state changed; `state` tells how. */
  | { readonly on: 'client'; readonly client: ClientId }
  /** The simulated disk: a background save began by itself or ended, it is full or no longer so. `saved`: a snapshot was written. */
  | { readonly on: 'disk'; readonly saved?: true }
  /** All data was replaced by what the disk has: by a server that started again (then it is reported, to who observes), or
   *  by DEBUG RELOAD. */
  | { readonly on: 'reloaded'; readonly report: Restarted | null }
  /** CLIENT PAUSE has ended by itself. */
  | { readonly on: 'pause' }
  /** The server closed it; `down`: with all others, for it has ended. */
  | { readonly on: 'gone'; readonly client: ClientId; readonly down?: true }
  | {
      readonly on: 'unit'
      readonly client: ClientId | null
      readonly command: string | null
      /** What it did, in commands that give the same anywhere and at any time: for the AOF and for replicas. */
      readonly effects: readonly Effect[]
      readonly changes: readonly Change[]
      readonly more: number
    }

const NOTHING: readonly Output[] = Object.freeze([])

/** A client's state without the log's place of its blocked command, which the engine does not know. */
export type EngineClientState = Omit<ClientState, 'blocked'> & {
  readonly blocked: Omit<NonNullable<ClientState['blocked']>, 'seq'> | null
}

export class Engine {
  #server: Server
  readonly #seed: number
  readonly #foresight: Foresight | undefined

  /**
   * `seed` decides all chance; `at` is the instant at which the server begins, ms since 1970; `foresight` is for a host whose
   * clients pipeline.
   */
  constructor(options: {
    readonly seed: number
    readonly at: number
    readonly observe?: boolean
    readonly foresight?: Foresight
  }) {
    this.#seed = options.seed
    this.#foresight = options.foresight
    this.#server = new Server(options.seed, options.at)
    this.#server.journal.observing = options.observe ?? true
  }

  /** Asked before and after each command, those of a transaction and of who waited too; what it throws ends the engine. */
  set guard(guard: Guard | null) {
    this.#server.guard = guard
  }

  /**
   * One input. First comes all that is due at its instant (expiry, waits that end), then itself. An instant before the
   * last one counts as the last one: the engine's time never goes back.
   */
  apply(input: Input): readonly Output[] {
    if (input.do === 'send') return this.send(input.at, input.client, input.argv)
    const before = this.#begin(input.at)
    const server = this.#server
    if (input.do === 'reset') {
      this.#reset(server.now)
      return this.#outputs
    }
    pass(server)
    this.#do(input)
    if (server.goingDown) return this.#restarted()
    // A tick that found nothing to do leaves no trace, so that a log need not hold it.
    if (input.do === 'tick' && server.outputs.length === 0) server.now = before
    return this.#outputs
  }

  /**
   * The input of a client's request, as `apply` has it. `out`: where its reply may be written at once; it is then not among
   * the outputs. Only a reply that is nothing but that, and has no output before it, is written there.
   */
  send(at: number, id: ClientId, argv: readonly Bytes[], out: ReplyWriter | null = null): readonly Output[] {
    this.#begin(at)
    const server = this.#server
    pass(server)
    const client = server.clients.get(id)
    if (client && argv.length > 0) {
      this.#foresight?.begins(argv)
      server.out = out
      receive(server, client, argv)
      server.out = null
      origin.leave()
      if (server.goingDown) return this.#restarted()
    }
    return this.#outputs
  }

  /** What the input has brought. An empty array is filled by the next input, so nobody gets that. */
  get #outputs(): readonly Output[] {
    const { outputs } = this.#server
    return outputs.length === 0 ? NOTHING : outputs
  }

  /** The server's time goes on to that of an input. Returns the time before. */
  #begin(at: number): number {
    const server = this.#server
    const before = server.now
    server.since = before
    if (at > before) server.now = at
    // Who has the last outputs keeps them; but most inputs of a host that hears its replies bring none.
    if (server.outputs.length > 0) server.outputs = []
    return before
  }

  #restarted(): readonly Output[] {
    this.#server = keeper()!.restart(this.#server, this.#seed)
    return this.#outputs
  }

  /** These requests of a client will come soon, in this order: what they ask for is brought nearer. Changes nothing. */
  foresee(id: ClientId, ahead: Ahead): void {
    const client = this.#server.clients.get(id)
    if (client) this.#foresight?.look(this.#server.databases[client.db]!, ahead)
  }

  #do(input: Exclude<Input, { do: 'reset' | 'send' }>): void {
    const server = this.#server
    if (input.do === 'tick') return
    if (input.do === 'crash' || input.do === 'restart' || input.do === 'disk' || input.do === 'put') {
      keeper()!.befall(server, input)
      return
    }
    if (input.do === 'connect') {
      const old = server.clients.get(input.client)
      if (old) disconnect(server, old)
      server.stats.connections++
      server.lastClient = Math.max(server.lastClient, input.client)
      const free = server.config.password === ''
      server.clients.set(input.client, new Client(input.client, input.name, input.db, server.now, free))
      server.outputs.push({ on: 'client', client: input.client })
      return
    }
    const client = server.clients.get(input.client)
    if (!client) return
    if (input.do === 'cancel') cancel(server, client)
    else disconnect(server, client)
  }

  /** An empty server as at first, with the clients that are connected, each as if it had just come. */
  #reset(now: number): void {
    const old = this.#server
    this.#server = new Server(this.#seed, now)
    this.#server.journal.observing = old.journal.observing
    this.#server.guard = old.guard
    this.#server.lastClient = old.lastClient
    for (const { id, name } of old.clients.values()) {
      this.#server.clients.set(id, new Client(id, name, 0, now))
      this.#server.outputs.push({ on: 'client', client: id })
    }
  }

  /** When `tick` wants to be applied, in ms since 1970; null: nothing is due by itself. */
  nextWake(): number | null {
    return nextWake(this.#server)
  }

  /**
   * A command that only reads, outside the log and all clients. It reaps nothing, draws no chance, moves no counter. A
   * command that writes is refused with an error reply.
   */
  peek(at: number, db: number, argv: readonly Bytes[]): Reply {
    return this.#looking(at, (server) => {
      try {
        const found = lookup(argv)
        if (!found.flags.has('readonly') && !found.name.startsWith('COMMAND'))
          throw errors.custom('ERR peek only reads')
        const count = argv.length
        if (found.arity >= 0 ? count !== found.arity : count < -found.arity)
          throw errors.arity(found.name.toLowerCase())
        return asResp2(run(server, new Client(0, '', db, server.now), found, argv, false) as Reply)
      } catch (error) {
        if (error instanceof RedisError) return error.reply()
        throw error
      }
    })
  }

  /** A page of a key's value, for the inspector; null where nothing lies in memory. Disturbs nothing. */
  inspect(
    at: number,
    db: number,
    key: Bytes,
    from: number,
    count: number,
  ): Omit<ValuePage, 'ttlFrom' | 'spots' | 'before'> | null {
    return this.#looking(at, (server) => inspect(server.databases[db]!, key, from, count, server.limits))
  }

  #looking<T>(at: number, look: (server: Server) => T): T {
    const server = this.#server
    const { now, stats } = server
    const kept = { ...stats }
    const chance = server.random.state()
    server.peeking = true
    server.now = Math.max(now, at)
    try {
      return look(server)
    } finally {
      server.peeking = false
      server.now = now
      Object.assign(stats, kept)
      server.random.restore(chance)
    }
  }

  /** A client's state, or undefined. */
  state(id: ClientId): EngineClientState | undefined {
    const client = this.#server.clients.get(id)
    if (!client) return undefined
    const { name, db, protocol, multi, watching, raced, wait, listening, monitoring } = client
    return {
      client: id,
      name,
      db,
      protocol,
      queued: multi ? multi.queue.length : null,
      refused: multi?.refused !== null && multi?.refused !== undefined,
      watching: watching.map((watch) => ({ db: watch.db, key: watch.key })),
      raced: raced !== null,
      ...(raced ? { racedOn: { db: raced.db, key: raced.key } } : {}),
      subscribed: {
        channels: [...listening.channels],
        patterns: [...listening.patterns],
        shards: [...listening.shards],
      },
      monitoring,
      blocked: wait && {
        command: wait.argv[0]!.toLowerCase(),
        cause: wait.kind === 'unpause' ? 'pause' : wait.kind === 'replicas' ? 'replicas' : 'keys',
        keys: wait.keys,
        since: wait.since,
        until: wait.kind === 'unpause' ? (this.#server.pause?.until ?? null) : wait.until,
      },
    }
  }

  /** The protocol that a client speaks, or undefined. */
  protocol(id: ClientId): 2 | 3 | undefined {
    return this.#server.clients.get(id)?.protocol
  }

  /** How many of a client's commands have no answer yet: the one that blocks, and those behind it. */
  unanswered(id: ClientId): number {
    const client = this.#server.clients.get(id)
    return client?.wait ? 1 + client.backlog.length : 0
  }

  get clients(): ClientId[] {
    return [...this.#server.clients.keys()]
  }

  /** A number that no client has had. */
  get freeClient(): ClientId {
    return this.#server.lastClient + 1
  }

  /** The databases that hold keys. */
  sizes(): DatabaseSize[] {
    return this.#server.databases.filter(({ size }) => size > 0).map(({ index, size }) => ({ db: index, keys: size }))
  }

  /** The keys of a database that are there now, in no order that means anything. */
  keys(db: number): Iterable<Bytes> {
    return this.#server.databases[db]!.keys()
  }

  /**
   * A step of a walk over the keys of a database, those included whose time has come; `expireAt` is NaN where there is
   * none. Returns the next cursor, 0 at the end. Between the steps anything may happen: what was there all the time is
   * met at least once.
   */
  survey(db: number, cursor: number, count: number, visit: (key: Bytes, kind: Kind, expireAt: number) => void): number {
    return this.#server.databases[db]!.survey(cursor, count, visit)
  }

  /** What lies under a key, even though its time may have come; null where nothing does. */
  summary(db: number, key: Bytes): KeySummary | null {
    return this.#server.databases[db]!.summary(key, true)
  }

  /** Bytes that the server holds, by the model of memory.ts: a sum that every change keeps up. */
  get memory(): number {
    return this.#server.memory
  }

  get now(): number {
    return this.#server.now
  }

  /** What lies on the simulated disk, and whether it is full. */
  get disk(): Pick<Disk, 'files' | 'full'> {
    return this.#server.disk
  }

  /** The whole state as bytes. */
  image(): Uint8Array<ArrayBuffer> {
    return writeImage(this.#server, this.#seed)
  }

  /** An engine in the state that `image` tells. Throws a RangeError for what is no image of a version we know. */
  static restore(image: Uint8Array, options: { readonly observe?: boolean } = {}): Engine {
    const { server, seed } = readImage(image)
    const engine = new Engine({ seed, at: server.now, ...options })
    server.journal.observing = options.observe ?? true
    engine.#server = server
    return engine
  }
}
