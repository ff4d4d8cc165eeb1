// The engine's side of the border: messages in, the engine, turns of events out. Whoever hosts it (a worker; a test over a
// MessageChannel) gives it a clock, a timer, chance for seeds and names, and a store. All events of one message travel in one turn.
import { docs } from '../engine/catalog.ts'
import type { Output } from '../engine/engine.ts'
import type { Bytes } from '../wire/bytes.ts'
import type { Save, Store, Stored } from '../storage/store.ts'
import { KeyView } from './keys.ts'
import { decodeLog, encodeLog } from './log.ts'
import type {
  Answers,
  Ask,
  Batch,
  ClientId,
  ClientState,
  Event,
  Input,
  LoggedInput,
  Opened,
  Request,
  SaveState,
  SessionId,
  SessionInfo,
  Turn,
  Undone,
  ValuePage,
} from './protocol.ts'
import { Timeline } from './timeline.ts'

export interface Host {
  /** Ms since 1970, whole. */
  now(): number
  /** Where now() stands on the page's own clock: performance.timeOrigin + performance.now(). */
  measured(): number
  /** Calls back once, after so many ms; a new call replaces the old one. */
  wake(afterMs: number | null, work: () => void): void
  /** Calls back once, soon: the moment to save. */
  later(afterMs: number, work: () => void): void
  post(turn: Turn): void
  /** Something was thrown that is our own mistake: the page must replace this engine. */
  fault(error: unknown): void
  /** A number from 0 to 2^53 - 1, and a name that no other session has. */
  seed(): number
  newId(): SessionId
  store: Store
  /** Why the store does not last, for people; null where it does. */
  storeProblem: string | null
  /**
   * Takes the session for this tab alone; false where another tab has it. With `anyway` it waits for the other to let
   * go, and meanwhile goes on: after a worker died, its lock may outlive it for a moment.
   */
  acquire(id: SessionId, anyway?: true): Promise<boolean>
}

/** A log above this many bytes begins anew: what was before can no longer be taken back. */
const MOST_LOG = 4 << 20
/** Inputs after which a whole image is stored, so that the next start is quick. */
const IMAGE_EVERY = 512
/** A first change is stored almost at once (the page's notebook comes along), what follows it in one go a little later. */
const SAVE_SOON_MS = 15
const SAVE_AFTER_MS = 80

type Async = 'open' | 'resume' | 'sessions' | 'rename' | 'remove' | 'flush'
const asyncKinds: ReadonlySet<string> = new Set<Async>(['open', 'resume', 'sessions', 'rename', 'remove', 'flush'])

export class SessionServer {
  readonly #host: Host
  #timeline: Timeline
  readonly #keys: KeyView
  #info: SessionInfo
  #notebook: string | null = null
  #events: Event[] = []
  /** Seqs of commands without an answer, a queue for each client. */
  #pending = new Map<ClientId, number[]>()
  #inbox: Ask[] = []
  #working = false

  // What the store does not have yet.
  #unsaved: LoggedInput[] = []
  #rewrite = true
  #notebookDirty = false
  /** The session was opened: it is the one that was used last. */
  #infoDirty = false
  #savePlanned = false
  #savedAt = 0
  #saving: Promise<void> = Promise.resolve()
  #sinceImage = 0
  #logBytes = 0

  constructor(host: Host) {
    this.#host = host
    this.#timeline = Timeline.begin(0, host.now())
    this.#keys = new KeyView(() => this.#timeline.engine)
    this.#info = { id: '', name: '', createdAt: 0, usedAt: 0, keys: 0, commands: 0 }
  }

  get #engine() {
    return this.#timeline.engine
  }

  /** A message from the page. What must wait for the store holds back what comes after it. */
  receive(batch: Batch): void {
    for (const ask of batch.asks) this.#inbox.push(ask)
    this.#work().catch((error: unknown) => this.#host.fault(error))
  }

  async #work(): Promise<void> {
    if (this.#working) return
    this.#working = true
    try {
      for (let ask = this.#inbox.shift(); ask; ask = this.#inbox.shift()) {
        if (asyncKinds.has(ask.do)) {
          this.#endTurn()
          await this.#answerLater(ask)
        } else this.#answerNow(ask)
      }
    } finally {
      this.#working = false
    }
    this.#endTurn()
  }

  /** The answer comes before all that the request caused, so that the page knows a command's seq before its reply. */
  #answerNow(ask: Ask): void {
    const place = this.#events.length
    const value = this.#do(ask)
    this.#events.splice(place, 0, answer(ask.id, value))
  }

  async #answerLater(ask: Ask): Promise<void> {
    const value = await this.#doLater(ask).catch((error: unknown) =>
      error instanceof Error ? error : new Error(String(error)),
    )
    this.#events.push(answer(ask.id, value))
  }

  /** Sends the turn's events in one message, and asks to be woken for what is due next. */
  #endTurn(): void {
    const wake = this.#engine.nextWake()
    this.#host.wake(wake === null ? null : Math.max(0, wake - this.#host.now()), () => this.#tick())
    if (this.#events.length === 0) return
    const events = this.#events
    this.#events = []
    this.#host.post({ events })
  }

  #tick(): void {
    this.#give({ do: 'tick', at: this.#host.now() })
    this.#endTurn()
  }

  // ------------------------------------------------------------------ requests

  #do(ask: Request): Answers[keyof Answers] | Error {
    const at = this.#host.now()
    switch (ask.do) {
      case 'connect': {
        const client = Math.max(0, ...this.#engine.clients) + 1
        this.#give({ do: 'connect', at, client, name: ask.name, db: ask.db ?? 0 })
        return { client }
      }
      case 'disconnect':
        this.#give({ do: 'disconnect', at, client: ask.client })
        this.#events.push({ on: 'gone', client: ask.client })
        return null
      case 'send':
        return this.#send(ask.client, ask.commands, at)
      case 'cancel':
        this.#give({ do: 'cancel', at, client: ask.client })
        return null
      case 'peek':
        return this.#engine.peek(at, ask.db, ask.argv)
      case 'browse':
        return this.#keys.browse(ask.query)
      case 'inspect': {
        const page = this.#engine.inspect(at, ask.db, ask.key, ask.from, ask.count)
        if (!page) return null
        const ttlFrom = this.#keys.ttlFrom(ask.db, ask.key, page.summary)
        return { ...page, ttlFrom, ...this.#keys.change(ask.db, ask.key) } as ValuePage
      }
      case 'undo':
        return this.#travel(this.#timeline.undo())
      case 'redo':
        return this.#travel(this.#timeline.redo())
      case 'reset':
        this.#give({ do: 'reset', at })
        this.#pending.clear()
        this.#replaced()
        return { seq: this.#timeline.head }
      case 'keep':
        this.#notebook = ask.notebook
        this.#notebookDirty = true
        this.#planSave()
        return null
      case 'ping':
        return null
      default:
        return new Error(`the worker cannot do "${ask.do}" at once`)
    }
  }

  async #doLater(ask: Request): Promise<Answers[Async]> {
    switch (ask.do) {
      case 'open':
        return this.#open(ask.fresh ? null : await this.#wanted(ask.session), ask.clients)
      case 'resume':
        return this.#resume(ask)
      case 'sessions':
        await this.#save()
        return (await this.#host.store.list()).sort((a, b) => b.usedAt - a.usedAt)
      case 'rename':
        await this.#save()
        await this.#host.store.rename(ask.session, ask.name)
        if (ask.session === this.#info.id) this.#info = { ...this.#info, name: ask.name }
        return null
      case 'remove':
        if (ask.session === this.#info.id) throw new Error('The session that is open cannot be removed.')
        await this.#host.store.remove(ask.session)
        return null
      case 'flush':
        await this.#save()
        return null
      default:
        throw new Error(`the worker does not know "${ask.do}"`)
    }
  }

  #send(client: ClientId, commands: readonly (readonly Bytes[])[], at: number) {
    if (!this.#engine.state(client)) return new Error('This client is not connected any more.')
    const seqs: number[] = []
    for (const argv of commands) {
      const { logged, outputs } = this.#timeline.apply({ do: 'send', at, client, argv })
      const seq = logged!.seq
      seqs.push(seq)
      const queue = this.#pending.get(client) ?? []
      this.#pending.set(client, queue)
      queue.push(seq)
      this.#logged(logged!)
      this.#tell(outputs, seq)
    }
    return { seqs, at }
  }

  /** Gives the engine an input, logs it and tells what came of it. */
  #give(input: Input): void {
    const { logged, outputs } = this.#timeline.apply(input)
    if (logged) {
      this.#logged(logged)
      this.#events.push({ on: 'logged', inputs: [logged] })
    }
    this.#tell(outputs, this.#timeline.head)
  }

  #tell(outputs: readonly Output[], seq: number): void {
    for (const output of outputs) {
      switch (output.on) {
        case 'reply': {
          const asked = this.#pending.get(output.client)?.shift() ?? seq
          this.#events.push({ ...output, seq: asked })
          break
        }
        case 'cancelled':
          this.#events.push({ ...output, seq: this.#pending.get(output.client)?.shift() ?? seq })
          break
        case 'client': {
          const state = this.#state(output.client)
          if (state) this.#events.push({ on: 'client', state })
          break
        }
        case 'unit':
          this.#tellUnit(output, seq)
          break
        case 'disk':
          break
        default:
          this.#events.push(output)
      }
    }
  }

  #tellUnit(output: Extract<Output, { on: 'unit' }>, seq: number): void {
    const { client, command, changes, more } = output
    const databases = this.#engine.sizes()
    const unit = { seq, client, command, at: this.#engine.now, changes, more, databases }
    this.#keys.note(unit)
    this.#events.push({ on: 'unit', unit })
  }

  #state(client: ClientId): ClientState | null {
    const state = this.#engine.state(client)
    if (!state) return null
    const seq = this.#pending.get(client)?.[0] ?? 0
    return { ...state, blocked: state.blocked && { ...state.blocked, seq } }
  }

  #states(): ClientState[] {
    return this.#engine.clients.map((client) => this.#state(client)!)
  }

  // ------------------------------------------------------------------ undo, redo, reset

  #travel(entry: LoggedInput | null): Undone | null {
    if (!entry) return null
    const { input } = entry
    this.#unsaved = []
    this.#rewrite = true
    this.#planSave()
    this.#refreshPending()
    this.#replaced()
    const what =
      input.do === 'send'
        ? ({ kind: 'command', client: input.client, argv: input.argv } as const)
        : ({ kind: 'reset' } as const)
    return { head: this.#timeline.head, what }
  }

  #refreshPending(): void {
    this.#pending = new Map(this.#engine.clients.map((client) => [client, this.#timeline.unanswered(client)]))
  }

  #replaced(): void {
    this.#keys.clear()
    const { head, canUndo, canRedo } = this.#timeline
    const time = { now: this.#host.now(), measuredAt: this.#host.measured() }
    this.#events.push({
      on: 'replaced',
      head,
      databases: this.#engine.sizes(),
      clients: this.#states(),
      time,
      canUndo,
      canRedo,
    })
  }

  // ------------------------------------------------------------------ opening

  async #wanted(session: SessionId | null): Promise<SessionId | null> {
    const all = await this.#host.store.list().catch(() => null)
    if (all === null || all.some(({ id }) => id === session)) return session
    return all.sort((a, b) => b.usedAt - a.usedAt)[0]?.id ?? null
  }

  async #open(id: SessionId | null, clients: readonly string[]): Promise<Opened> {
    await this.#save()
    const stored = id === null ? null : await this.#host.store.load(id)
    const mine = stored ? await this.#host.acquire(stored.info.id) : false
    if (stored) this.#take(stored)
    else this.#timeline = Timeline.begin(this.#host.seed(), this.#host.now())
    const now = this.#host.now()
    if (!stored) this.#notebook = null
    if (!stored || !mine) {
      const fresh = this.#host.newId()
      await this.#host.acquire(fresh)
      this.#info = { id: fresh, name: stored?.info.name ?? '', createdAt: now, usedAt: now, keys: 0, commands: 0 }
      this.#rewrite = true
    }
    return this.#begin(clients, stored !== null && !mine)
  }

  #take(stored: Stored): void {
    const { base, nextSeq, floor, latest } = stored
    const log = decodeLog(stored.log)
    const undone = stored.undone.map(decodeLog)
    this.#timeline = new Timeline({ base, log, undone, nextSeq, floor }, latest ?? undefined)
    this.#info = stored.info
    this.#notebook = stored.notebook
    this.#rewrite = false
    this.#logBytes = stored.log.length
  }

  async #resume({ session, base, floor, tail }: Extract<Request, { do: 'resume' }>): Promise<Opened> {
    const stored = await this.#host.store.load(session)
    if (stored) {
      await this.#host.acquire(session, true)
      this.#take(stored)
    } else if (base) {
      this.#timeline = new Timeline({ base, log: [], undone: [], nextSeq: floor + 1, floor })
      const now = this.#host.now()
      this.#info = { id: session, name: '', createdAt: now, usedAt: now, keys: 0, commands: 0 }
      this.#rewrite = true
    } else throw new Error('The session is not stored, and nothing was kept of it.')
    const head = this.#timeline.head
    for (const entry of tail) {
      if (entry.input.do !== 'tick' && entry.seq <= head) continue
      this.#timeline.again(entry)
      this.#logged(entry)
    }
    return this.#begin([], false)
  }

  /** What is the same however a session was opened: its clients are there, its view is new, the page learns all of it. */
  #begin(clients: readonly string[], copy: boolean): Opened {
    this.#refreshPending()
    this.#sinceImage = 0
    const now = this.#host.now()
    if (this.#engine.clients.length === 0)
      for (const [i, name] of clients.entries()) this.#give({ do: 'connect', at: now, client: i + 1, name, db: 0 })
    this.#give({ do: 'tick', at: now })
    // What happened so far is all told by the answer.
    this.#keys.clear()
    this.#events = []
    this.#info = { ...this.#info, usedAt: now }
    this.#infoDirty = true
    this.#planSave()
    const { head, canUndo, canRedo } = this.#timeline
    return {
      session: this.#info,
      copy,
      notebook: this.#notebook,
      clients: this.#states(),
      head,
      catalog: docs(),
      databases: this.#engine.sizes(),
      time: { now, measuredAt: this.#host.measured() },
      canUndo,
      canRedo,
      base: this.#rewrite || !this.#host.store.lasting ? this.#engine.image() : null,
    }
  }

  // ------------------------------------------------------------------ saving

  #logged(entry: LoggedInput): void {
    this.#unsaved.push(entry)
    this.#sinceImage++
    this.#planSave()
  }

  #planSave(): void {
    if (this.#savePlanned || this.#info.id === '') return
    this.#savePlanned = true
    this.#tellSaving()
    const isQuiet = this.#host.now() - this.#savedAt >= SAVE_AFTER_MS
    this.#host.later(isQuiet ? SAVE_SOON_MS : SAVE_AFTER_MS, () => {
      void this.#save().then(() => this.#endTurn())
    })
  }

  /** Saves what is not saved yet, one save after the other. Never rejects: what went wrong is told by an event. */
  #save(): Promise<void> {
    this.#savePlanned = false
    this.#savedAt = this.#host.now()
    this.#saving = this.#saving.then(() => this.#saveNow())
    return this.#saving
  }

  async #saveNow(): Promise<void> {
    if (this.#info.id === '' || !this.#dirty) return
    const upTo = this.#timeline.head
    const unsaved = this.#unsaved
    const save = this.#gather()
    this.#unsaved = []
    const { notebookDirty, rewrite } = { notebookDirty: this.#notebookDirty, rewrite: this.#rewrite }
    this.#notebookDirty = false
    this.#rewrite = false
    this.#infoDirty = false
    try {
      await this.#host.store.save(this.#info.id, save)
      this.#tellSave(upTo)
    } catch (error) {
      this.#unsaved = [...unsaved, ...this.#unsaved]
      this.#notebookDirty ||= notebookDirty
      this.#rewrite ||= rewrite
      this.#infoDirty = true
      const reason = error instanceof Error && error.message !== '' ? error.message : String(error)
      this.#events.push({ on: 'saving', state: { state: 'failed', reason } })
      // Try again, not too soon: the store may be full, and the badge heals when there is room.
      this.#host.later(5000, () => void this.#save().then(() => this.#endTurn()))
    }
  }

  #tellSave(upTo: number): void {
    const { storeProblem } = this.#host
    const state: SaveState =
      storeProblem === null ? { state: 'saved', at: this.#host.now(), upTo } : { state: 'memory', reason: storeProblem }
    this.#events.push({ on: 'saving', state })
    if (this.#dirty) this.#tellSaving()
  }

  /** Something is not stored yet. */
  get #dirty(): boolean {
    return this.#unsaved.length > 0 || this.#rewrite || this.#notebookDirty || this.#infoDirty
  }

  /** From the turn in which something happens until it is stored, the page says so. */
  #tellSaving(): void {
    if (this.#host.storeProblem === null) this.#events.push({ on: 'saving', state: { state: 'saving' } })
  }

  /** What the next save has to hold. */
  #gather(): Save {
    const keys = this.#engine.sizes().reduce((sum, size) => sum + size.keys, 0)
    this.#info = { ...this.#info, keys, commands: this.#timeline.length, usedAt: this.#host.now() }
    const append = encodeLog(this.#unsaved)
    this.#logBytes += append.length
    if (this.#logBytes > MOST_LOG) {
      this.#timeline.cut()
      this.#rewrite = true
    }
    const state = this.#timeline.state
    const common = {
      info: this.#info,
      nextSeq: state.nextSeq,
      ...(this.#notebook !== null && (this.#notebookDirty || this.#rewrite) ? { notebook: this.#notebook } : {}),
    }
    if (this.#rewrite) {
      const log = encodeLog(state.log)
      this.#logBytes = log.length
      const undone = state.undone.map(encodeLog)
      return {
        ...common,
        rewrite: { base: state.base, log, undone, floor: state.floor },
        ...this.#image(state.log.length),
      }
    }
    const forgets = state.undone.length === 0
    return { ...common, append, forgets, ...(this.#sinceImage >= IMAGE_EVERY ? this.#image(state.log.length) : {}) }
  }

  #image(index: number): { latest: { index: number; image: Uint8Array } } {
    this.#sinceImage = 0
    return { latest: { index, image: this.#engine.image() } }
  }
}

const answer = (id: number, value: Answers[keyof Answers] | Error): Event =>
  value instanceof Error ? { on: 'refusal', id, message: value.message } : { on: 'answer', id, value }
