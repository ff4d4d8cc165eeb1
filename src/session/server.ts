// The engine's side of the border: messages in, the engine, turns of events out. Whoever hosts it (a worker; a test over a
// MessageChannel) gives it a clock, a timer, chance for seeds and names, and a store. All events of one message travel in one turn.
import { docs, isKnown } from '../engine/catalog.ts'
import type { Output } from '../engine/engine.ts'
import type { Bytes } from '../wire/bytes.ts'
import { StoreError, storeError } from '../storage/disk.ts'
import type { Stored } from '../storage/store.ts'
import { Clock } from './clock.ts'
import { KeyView } from './keys.ts'
import type { ListAsk } from './list.ts'
import type {
  Answers,
  Ask,
  Batch,
  BrowsePage,
  ClientId,
  ClientState,
  ClockChange,
  EngineTime,
  Event,
  Input,
  LoggedInput,
  Opened,
  Request,
  SessionId,
  SessionInfo,
  Turn,
  Undone,
  ValuePage,
} from './protocol.ts'
import { Ownership, type Tabs } from './owner.ts'
import { Saver, type SaverHost } from './saver.ts'
import { Timeline } from './timeline.ts'

export interface Host extends SaverHost {
  /** Where now() stands on the page's own clock: performance.timeOrigin + performance.now(). */
  measured(): number
  /** Calls back once, after so many ms; a new call replaces the old one. */
  wake(afterMs: number | null, work: () => void): void
  post(turn: Turn): void
  /** Something was thrown that is our own mistake: the page must replace this engine. */
  fault(error: unknown): void
  /** A number from 0 to 2^53 - 1, and a name that no other session has. */
  seed(): number
  newId(): SessionId
  /** What the browser has for tabs that share sessions. */
  readonly tabs: Tabs
  /** Which engine this is: another one may play a log differently. */
  readonly build: string
  /** Loads what the engine has besides its first part: engine/whole.ts. */
  complete(): Promise<void>
}

/**
 * For so many ms an ask for rows that are first to be put in order is kept, and that work goes on with others answered
 * in between. Each answer "not yet" costs a way to the page and back, and a busy page is slow to ask again.
 */
const PATIENCE = 150

const asyncKinds = [
  'open',
  'resume',
  'part',
  'sessions',
  'rename',
  'remove',
  'restore',
  'duplicate',
  'flush',
  'share',
  'export',
  'import',
  'crash',
  'disk',
  'disk-file',
] as const
type Async = (typeof asyncKinds)[number]
/** Ms between two words about a replay. */
const TOLD_EVERY = 200
/** How long what was removed can be brought back, in ms: as long as somebody may still look at the list. */
const BIN = 3_600_000
const isAsync = (ask: Request) => (asyncKinds as readonly string[]).includes(ask.do)
/** What plays again whatever was done, or may bring whatever there is. */
const wholeKinds: readonly string[] = ['resume', 'share', 'export', 'import', 'crash', 'disk', 'disk-file']

export class SessionServer {
  readonly #host: Host
  readonly #clock: Clock
  #timeline: Timeline
  readonly #keys: KeyView
  readonly #saver: Saver
  readonly #owner: Ownership
  /** A copy that was made because the session is open elsewhere, and where its log stood then. */
  #copy: { readonly id: SessionId; readonly head: number } | null = null
  #events: Event[] = []
  /** Seqs of commands without an answer, a queue for each client. */
  #pending = new Map<ClientId, number[]>()
  /** The group that was sent last, and its last command. */
  #group: { readonly id: number | undefined; readonly seq: number } = { id: undefined, seq: 0 }
  #inbox: Ask[] = []
  #toldAt = 0
  #working = false
  /** Asks for rows that wait until they are in order, the oldest first, each with when it is to be answered anyway. */
  readonly #patient: { readonly ask: Extract<Ask, { do: 'browse' }>; readonly until: number }[] = []
  #isWhole = false
  #completing: Promise<void> | null = null

  constructor(host: Host) {
    this.#host = host
    this.#clock = new Clock(() => host.now())
    this.#timeline = Timeline.begin(0, this.#clock.now())
    this.#keys = new KeyView(() => this.#timeline.engine)
    this.#saver = new Saver(
      host,
      () => this.#timeline,
      (state) => this.#events.push({ on: 'saving', state }),
      () => this.#endTurn(),
    )
    const lost = (id: SessionId) => {
      if (id !== this.#saver.info.id) return
      this.#saver.lost()
      this.#endTurn()
    }
    this.#owner = new Ownership(host.tabs, (id) => this.#saver.save('small').then(() => lost(id)), lost)
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
        if (isAsync(ask) || this.#needsAll(ask)) {
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
    if (ask.do === 'browse' && (value as BrowsePage).busy) {
      if (this.#patient.push({ ask, until: this.#host.measured() + PATIENCE }) === 1) this.#goOn()
      return
    }
    this.#events.splice(place, 0, answer(ask.id, value))
  }

  /** Does some of the ordering that the oldest waits for, and comes back when others had their turn. */
  #goOn(): void {
    this.#host.later(0, () => {
      const { ask, until } = this.#patient[0]!
      const page = this.#keys.browse(ask.query)
      if (!page.busy || this.#host.measured() >= until) {
        this.#patient.shift()
        this.#events.push(answer(ask.id, page))
      }
      this.#endTurn()
      if (this.#patient.length > 0) this.#goOn()
    })
  }

  async #answerLater(ask: Ask): Promise<void> {
    try {
      if (this.#needsAll(ask)) await this.#complete()
      if (isAsync(ask)) {
        const value = await this.#doLater(ask)
        this.#events.push(answer(ask.id, value))
        return
      }
    } catch (error) {
      this.#events.push(answer(ask.id, error instanceof Error ? error : new Error(String(error))))
      return
    }
    this.#answerNow(ask)
  }

  // ------------------------------------------------------------------ the engine's first part, and the rest

  /**
   * Whether this cannot be answered by the engine's first part: a command that is not in it, for which all that comes
   * later has to wait; a worker's successor or a link, which play again whatever was done. The log is none the wiser: an input
   * is one only when it is given to the engine.
   */
  #needsAll(ask: Ask): boolean {
    if (this.#isWhole) return false
    const isThere = ([name]: readonly Bytes[]) => name === undefined || isKnown(name)
    if (ask.do === 'send') return !ask.commands.every(isThere)
    return wholeKinds.includes(ask.do) || (ask.do === 'peek' && !isThere(ask.argv))
  }

  /** Loads the rest, once. Where that fails, who needs it is told, and the next one tries again. */
  #complete(): Promise<void> {
    this.#completing ??= this.#host.complete().then(
      () => {
        this.#isWhole = true
        this.#events.push({ on: 'catalog', catalog: docs() })
        this.#endTurn()
      },
      () => {
        this.#completing = null
        throw new Error(
          'A part of the engine could not be loaded. Is there a connection? Reload the page to try again.',
        )
      },
    )
    return this.#completing
  }

  /** Sends the turn's events in one message, and asks to be woken for what is due next. */
  #endTurn(): void {
    const wake = this.#engine.nextWake()
    this.#host.wake(wake === null ? null : this.#clock.until(wake), () => this.#tick())
    if (this.#events.length === 0) return
    const events = this.#events
    this.#events = []
    this.#host.post({ events })
  }

  #tick(): void {
    this.#give({ do: 'tick', at: this.#clock.now() })
    this.#endTurn()
  }

  // ------------------------------------------------------------------ requests

  #do(ask: Request): Answers[keyof Answers] | Error {
    const at = this.#clock.now()
    switch (ask.do) {
      case 'connect': {
        const client = this.#engine.freeClient
        this.#give({ do: 'connect', at, client, name: ask.name, db: ask.db ?? 0 })
        return { client }
      }
      case 'disconnect':
        this.#give({ do: 'disconnect', at, client: ask.client, ...(ask.act ? { act: true } : {}) })
        this.#events.push({ on: 'gone', client: ask.client, seq: this.#timeline.head })
        return null
      case 'send':
        return this.#send(ask, at)
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
        return this.#travel(() => this.#timeline.undo())
      case 'redo':
        return this.#travel(() => this.#timeline.redo())
      case 'reset':
        this.#give({ do: 'reset', at })
        this.#pending.clear()
        this.#replaced()
        return { seq: this.#timeline.head }
      case 'mark':
        return { seq: this.#timeline.head }
      case 'rewind':
        return this.#rewind(ask.to)
      case 'clock':
        return this.#setClock(ask.set)
      case 'keep':
        this.#saver.keep(ask.notebook)
        return null
      case 'ping':
        void this.#saver.check()
        return null
      default:
        return new Error(`the worker cannot do "${ask.do}" at once`)
    }
  }

  async #doLater(ask: Request): Promise<Answers[Async]> {
    switch (ask.do) {
      case 'open':
        return this.#open(ask)
      case 'resume':
        return this.#resume(ask)
      case 'part':
        return this.#part(ask.name)
      case 'flush':
        await this.#saver.save(ask.whole ? 'whole' : 'small')
        return null
      case 'share':
        return (await import('./sharing.ts')).share(this.#timeline, ask.upTo)
      case 'export':
        return (await import('./sharing.ts')).exported(
          this.#timeline,
          this.#saver.info,
          this.#saver.notebook,
          this.#host.build,
        )
      case 'import':
        return (await import('./sharing.ts')).bring(ask, this.#host)
      case 'crash':
      case 'disk':
      case 'disk-file': {
        const { befall } = await import('./durability.ts')
        return befall(ask, this.#clock.now(), this.#engine, (input) => this.#give(input))
      }
      default:
        return (await import('./list.ts')).atList(ask as ListAsk, this.#host, this.#saver, this.#owner)
    }
  }

  #send({ client, commands, group }: Extract<Request, { do: 'send' }>, at: number) {
    if (!this.#engine.state(client)) return new Error('This client is not connected any more.')
    const seqs: number[] = []
    const joins = group !== undefined && group === this.#group.id && this.#group.seq === this.#timeline.lastAct
    for (const argv of commands) {
      const together = joins || (group !== undefined && seqs.length > 0)
      const began = this.#host.measured()
      const { logged, outputs } = this.#timeline.apply({
        do: 'send',
        at,
        client,
        argv,
        ...(together ? { joins: true } : {}),
      })
      const took = this.#host.measured() - began
      const seq = logged!.seq
      seqs.push(seq)
      const queue = this.#pending.get(client) ?? []
      this.#pending.set(client, queue)
      queue.push(seq)
      this.#saver.logged(logged!)
      this.#tell(outputs, seq, took)
    }
    this.#group = { id: group, seq: seqs.at(-1) ?? 0 }
    return { seqs, at, joins }
  }

  /** Gives the engine an input, logs it and tells what came of it. Nothing did where it returns nothing. */
  #give(input: Input): readonly Output[] {
    const { logged, outputs } = this.#timeline.apply(input)
    if (logged) {
      this.#saver.logged(logged)
      this.#events.push({ on: 'logged', inputs: [logged] })
    }
    this.#tell(outputs, this.#timeline.head)
    return outputs
  }

  #tell(outputs: readonly Output[], seq: number, took?: number): void {
    for (const output of outputs) {
      switch (output.on) {
        case 'reply': {
          const asked = this.#pending.get(output.client)?.shift() ?? seq
          this.#events.push(
            took === undefined || asked !== seq ? { ...output, seq: asked } : { ...output, seq: asked, took },
          )
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
        case 'pause':
          break
        case 'reloaded':
          this.#events.push(output)
          this.#replaced()
          break
        case 'gone':
          this.#pending.delete(output.client)
          this.#events.push({ ...output, seq })
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

  // ------------------------------------------------------------------ the clock

  #time(): EngineTime {
    return { now: this.#clock.now(), measuredAt: this.#host.measured(), rate: this.#clock.rate }
  }

  /** Whatever comes due on the way comes at once, by one tick at the instant where the clock stands then. */
  #setClock(change: ClockChange): EngineTime {
    if ('rate' in change) this.#clock.setRate(change.rate)
    else if ('ahead' in change) this.#clock.jump(this.#clock.now() + Math.max(0, change.ahead))
    else this.#jumpToNext()
    this.#give({ do: 'tick', at: this.#clock.now() })
    this.#saver.moved(this.#clock.state)
    return this.#time()
  }

  /** The engine may wish to be woken a little before something is due: then from there once more. */
  #jumpToNext(): void {
    for (let wake = this.#engine.nextWake(), most = 64; wake !== null && most > 0; wake = this.#engine.nextWake()) {
      this.#clock.jump(Math.ceil(wake))
      if (this.#give({ do: 'tick', at: this.#clock.now() }).length > 0) return
      most--
    }
  }

  // ------------------------------------------------------------------ undo, redo, reset

  #travel(move: () => readonly LoggedInput[] | null): Undone | null {
    const names = () => this.#engine.clients.map((id) => [id, this.#engine.state(id)!.name] as const)
    const before = names()
    const acts = move()
    const first = acts?.[0]?.input
    if (!acts || !first) return null
    this.#saver.rewritten()
    this.#refreshPending()
    this.#replaced()
    const { head } = this.#timeline
    if (acts.length > 1) return { head, what: { kind: 'commands', count: acts.length } }
    if (first.do === 'send') return { head, what: { kind: 'command', client: first.client, argv: first.argv } }
    if (first.do === 'disconnect')
      return { head, what: { kind: 'closed', name: new Map([...before, ...names()]).get(first.client) ?? '' } }
    return { head, what: { kind: first.do === 'reset' ? 'reset' : 'server' } }
  }

  /** As then, but at this hour: what has come due since comes due at once. */
  #rewind(to: number): Answers['rewind'] {
    if (!this.#timeline.rewind(to)) return null
    this.#saver.rewritten()
    const { logged, outputs } = this.#timeline.apply({ do: 'tick', at: this.#clock.now() })
    this.#refreshPending()
    this.#replaced()
    if (logged) {
      this.#saver.logged(logged)
      this.#events.push({ on: 'logged', inputs: [logged] })
    }
    const units = outputs.flatMap((output) => (output.on === 'unit' ? [output] : []))
    const gone = units.flatMap(({ changes }) => changes.filter(({ event }) => event === 'expired'))
    return { expired: gone.length + units.reduce((sum, { more }) => sum + more, 0) }
  }

  #refreshPending(): void {
    this.#pending = new Map(this.#engine.clients.map((client) => [client, this.#timeline.unanswered(client)]))
  }

  #replaced(): void {
    this.#keys.clear()
    const { head, canUndo, canRedo } = this.#timeline
    const time = this.#time()
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

  async #open(ask: Extract<Request, { do: 'open' }>): Promise<Opened> {
    const id = ask.fresh ? null : await this.#wanted(ask.session)
    await this.#leave(id)
    const missing = !ask.fresh && ask.session !== null && id !== ask.session
    const mine = id !== null && (await this.#owner.acquire(id, ask.take ? 'take' : 'ask'))
    // Claimed before it is read: whoever had it writes no more in between. Where nothing can be written it is read all the same.
    const owner = mine ? await this.#host.store.claim(id).catch(() => null) : null
    const stored = id === null ? null : await this.#host.store.load(id)
    if (id !== null && !stored) throw new Error('The session could not be read.')
    let replayed = 0
    if (stored) {
      await this.#complete()
      replayed = await this.#take(stored)
    } else this.#timeline = Timeline.begin(this.#host.seed(), this.#host.now())
    this.#clock.open(stored?.info.clock, this.#engine.now)
    if (!stored || !mine) {
      const fresh = this.#host.newId()
      await this.#owner.acquire(fresh, 'anyway')
      this.#saver.began(this.#newInfo(fresh, stored?.info ?? ask), stored?.notebook ?? null)
    }
    const copyOf = stored && !mine ? stored.info.id : null
    const opened = this.#begin(ask, {
      copyOf,
      owner: stored && mine ? owner : 1,
      replayed,
      missing,
      mended: stored?.mended ?? null,
    })
    this.#copy = copyOf === null ? null : { id: opened.session.id, head: opened.head }
    return opened
  }

  /** The session that is open is stored; a copy in which nothing was done is not kept. */
  async #leave(id: SessionId | null): Promise<void> {
    await this.#saver.save()
    const { store } = this.#host
    const copy = this.#copy
    if (copy && copy.id !== id && copy.id === this.#saver.info.id && copy.head === this.#timeline.head)
      await store.remove(copy.id, 0).catch(() => undefined)
    this.#copy = null
    store.purge(this.#host.now() - BIN).catch(() => undefined)
  }

  /** Returns how many commands of another engine's were done again. */
  async #take(stored: Stored): Promise<number> {
    const { reopen } = await import('./reopen.ts')
    const { timeline, replayed, differs } = reopen(stored, this.#host.build, this.#played)
    this.#timeline = timeline
    this.#saver.opened(stored)
    if (differs) this.#saver.rewritten()
    return replayed
  }

  /** A long replay is told while it goes on: what is posted is on its way at once. */
  readonly #played = (done: number, of: number) => {
    const now = this.#host.measured()
    if (now - this.#toldAt < TOLD_EVERY) return
    this.#toldAt = now
    this.#host.post({ events: [{ on: 'replaying', done, of }] })
  }

  /** What is here becomes a session of its own: another tab has the one that it was. */
  async #part(name: string): Promise<SessionInfo> {
    const id = this.#host.newId()
    await this.#owner.acquire(id, 'anyway')
    this.#saver.began({ ...this.#newInfo(id, this.#saver.info), name }, this.#saver.notebook)
    this.#saver.used()
    await this.#saver.save()
    return this.#saver.info
  }

  /** A new session's card; of a copy, with the name and the clock of what it was copied from. */
  #newInfo(id: SessionId, like?: Partial<SessionInfo>): SessionInfo {
    const now = this.#host.now()
    const info = { id, name: like?.name ?? '', createdAt: now, usedAt: now, keys: 0, commands: 0 }
    return like?.clock ? { ...info, clock: like.clock } : info
  }

  async #resume({
    session,
    base,
    floor,
    tail,
    heard,
    owner: last,
  }: Extract<Request, { do: 'resume' }>): Promise<Opened> {
    const { store } = this.#host
    void this.#owner.acquire(session, 'anyway')
    const isStored = (await store.list()).some(({ id }) => id === session)
    // Whoever claimed it since then has it, and this tab is told so.
    const claiming = isStored ? store.claim(session, last ?? undefined) : null
    const owner = claiming && (await claiming.catch((error: unknown) => storeError(error)))
    const stored = isStored ? await store.load(session) : null
    if (stored) {
      await this.#take(stored)
      // A worker that was ended, or did not answer, may have gone on until it was fenced off.
      if (this.#timeline.head > heard && this.#timeline.rewind(heard)) this.#saver.rewritten()
    } else if (base) {
      this.#timeline = new Timeline({ base, log: [], undone: [], nextSeq: floor + 1, floor })
      this.#saver.began(this.#newInfo(session), null)
    } else throw new Error('The session is not stored, and nothing was kept of it.')
    const head = this.#timeline.head
    for (const entry of tail) {
      if (entry.input.do !== 'tick' && entry.seq <= head) continue
      this.#timeline.again(entry)
      this.#saver.logged(entry)
    }
    this.#clock.open(stored?.info.clock, this.#engine.now)
    const isTaken = owner instanceof StoreError && owner.trouble === 'taken'
    const opened = this.#begin({ clients: [] }, { ...nothing, owner: typeof owner === 'number' ? owner : null })
    if (isTaken) this.#saver.lost()
    return opened
  }

  /** What is the same however a session was opened: its clients are there, its view is new, the page learns all of it. */
  #begin({ clients, db = 0 }: { readonly clients: readonly string[]; readonly db?: number }, how: How): Opened {
    this.#refreshPending()
    const now = this.#clock.now()
    if (this.#engine.clients.length === 0)
      for (const name of clients) this.#give({ do: 'connect', at: now, client: this.#engine.freeClient, name, db })
    this.#give({ do: 'tick', at: now })
    // What happened so far is all told by the answer.
    this.#keys.clear()
    this.#events = []
    const base = this.#saver.isNew || !this.#host.store.lasting ? this.#engine.image() : null
    this.#saver.used()
    this.#complete().catch(() => undefined)
    const { head, canUndo, canRedo } = this.#timeline
    return {
      session: this.#saver.info,
      ...how,
      notebook: this.#saver.notebook,
      clients: this.#states(),
      head,
      databases: this.#engine.sizes(),
      time: this.#time(),
      canUndo,
      canRedo,
      base,
    }
  }
}

/** How a session came to be open. */
type How = Pick<Opened, 'copyOf' | 'owner' | 'replayed' | 'missing' | 'mended'>
const nothing: How = { copyOf: null, owner: null, replayed: 0, missing: false, mended: null }

const answer = (id: number, value: Answers[keyof Answers] | Error): Event =>
  value instanceof Error ? { on: 'refusal', id, message: value.message } : { on: 'answer', id, value }
