// The page's side of the border. One ordered channel to whatever runs the engine (a worker; in tests a MessageChannel):
// requests out, turns of events in. What is asked in one moment goes in one message. A worker that dies is replaced: the
// new one opens the session from the store, and plays again what the store had not confirmed.
import type { Bytes } from '../wire/bytes.ts'
import { Gatherer, type CutTurn, type Piece } from './pieces.ts'
import type { Answers, Ask, ClientId, Event, LoggedInput, Opened, Request, SessionInfo, Turn } from './protocol.ts'

/** What the page may ask and hear. `createSession` makes the real one. */
export interface Session {
  /** Resolves with the request's answer; rejects with an Error whose message is for people. */
  ask<R extends Request>(request: R): Promise<Answers[R['do']]>
  /**
   * Sends commands of one client. `accepted` is called with their seqs, in order, before any of their replies is heard
   * (a promise would resolve too late for that). `refused` is called where none of them was taken.
   */
  send(
    client: ClientId,
    commands: readonly (readonly Bytes[])[],
    accepted: (seqs: readonly number[]) => void,
    refused?: (message: string) => void,
    /** Commands of one group are taken back together. */
    group?: number,
  ): void
  /** Hears every event but answers and refusals. Returns how to stop. */
  listen(listener: (event: Event) => void): () => void
  /** Hears the end of each turn: the moment to draw. */
  settled(listener: () => void): () => void
  /**
   * Stops whatever runs, however long it would take: the worker is ended, and another goes on from what there was before.
   * Commands without an answer are refused with `stopped`.
   */
  stop(): void
}

/** What runs the engine, as the page sees it: a Worker, or the like. */
export interface Runner {
  postMessage(message: unknown): void
  terminate(): void
  onmessage: ((event: MessageEvent) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

interface Waiting {
  readonly ask: Ask
  readonly done: (value: Answers[keyof Answers]) => void
  readonly failed: (message: string) => void
}

/** How long an idle worker may leave a ping unanswered, and how often it is asked, in ms. */
const PING_EVERY = 10_000
const PING_WAITS = 8_000
/** How long a worker may be busy with what came by a link: nobody knows what that is. Ms. */
const IMPORT_WAITS = 20_000
/** Why a command has no answer: the person stopped it. */
export const stopped = 'stopped'
/** Inputs that are kept for a worker that dies while nothing can be stored. */
const MOST_TAIL = 20_000

class WorkerSession implements Session {
  readonly #spawn: () => Runner
  #runner: Runner
  #nextId = 1
  readonly #waiting = new Map<number, Waiting>()
  #outbox: Ask[] = []
  readonly #listeners = new Set<(event: Event) => void>()
  readonly #settled = new Set<() => void>()
  #opened: Opened | null = null
  /** The newest input in force that was heard of. What a worker did beyond it was never acknowledged. */
  #heard = 0
  /** Inputs that the store has not confirmed, in order. */
  #tail: LoggedInput[] = []
  #deaths = 0
  #ping: ReturnType<typeof setTimeout> | undefined

  constructor(spawn: () => Runner) {
    this.#spawn = spawn
    this.#runner = this.#start()
  }

  #start(): Runner {
    const runner = this.#spawn()
    const gatherer = new Gatherer()
    runner.onmessage = (event: MessageEvent) => {
      if (this.#runner !== runner) return
      const turn = gatherer.take(event.data as CutTurn | Piece)
      if (turn) this.#take(turn)
    }
    runner.onerror = (event) => {
      event.preventDefault?.()
      if (this.#runner === runner) this.#replace(event.message)
    }
    return runner
  }

  ask<R extends Request>(request: R): Promise<Answers[R['do']]> {
    return new Promise((resolve, reject) => {
      const late = request.do === 'import' ? this.#late() : undefined
      this.#post(
        request,
        (value) => {
          clearTimeout(late)
          resolve(value as Answers[R['do']])
        },
        (message) => {
          clearTimeout(late)
          reject(new Error(message))
        },
      )
    })
  }

  #late(): ReturnType<typeof setTimeout> {
    const runner = this.#runner
    return setTimeout(() => {
      if (this.#runner === runner) this.#replace('what came took too long')
    }, IMPORT_WAITS)
  }

  send(
    client: ClientId,
    commands: readonly (readonly Bytes[])[],
    accepted: (seqs: readonly number[]) => void,
    refused: (message: string) => void = () => {},
    group?: number,
  ): void {
    const done = (value: Answers[keyof Answers]) => {
      const { seqs, at, joins } = value as Answers['send']
      for (const [i, seq] of seqs.entries()) {
        const together = (joins || (group !== undefined && i > 0)) && ({ joins: true } as const)
        const input = { do: 'send', at, client, argv: commands[i]!, ...together } as const
        this.#keep({ seq, input })
      }
      accepted(seqs)
    }
    this.#post({ do: 'send', client, commands, ...(group === undefined ? {} : { group }) }, done, refused)
  }

  #post(request: Request, done: Waiting['done'], failed: Waiting['failed']): void {
    const ask = { ...request, id: this.#nextId++ } as Ask
    this.#waiting.set(ask.id, { ask, done, failed })
    if (this.#outbox.length === 0) queueMicrotask(() => this.#flush())
    this.#outbox.push(ask)
  }

  #flush(): void {
    const asks = this.#outbox
    this.#outbox = []
    if (asks.length > 0) this.#runner.postMessage({ asks })
  }

  listen(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  settled(listener: () => void): () => void {
    this.#settled.add(listener)
    return () => this.#settled.delete(listener)
  }

  stop(): void {
    if (this.#opened && [...this.#waiting.values()].some(({ ask }) => ask.do === 'send')) this.#replace(stopped)
  }

  // ------------------------------------------------------------------ what the worker says

  #take(turn: Turn): void {
    for (const event of turn.events) this.#event(event)
    for (const listener of this.#settled) listener()
    this.#watch()
  }

  #event(event: Event): void {
    switch (event.on) {
      case 'answer':
        this.#answered(event.id, event.value)
        return
      case 'refusal': {
        const waiting = this.#waiting.get(event.id)
        this.#waiting.delete(event.id)
        waiting?.failed(event.message)
        return
      }
      case 'logged':
        for (const entry of event.inputs) this.#keep(entry)
        break
      case 'saving':
        if (event.state.state === 'saved') {
          const { upTo } = event.state
          this.#tail = this.#tail.filter(({ seq }) => seq > upTo)
          this.#deaths = 0
        }
        break
      case 'replaced':
        this.#heard = event.head
        this.#tail = this.#tail.filter(({ seq }) => seq <= event.head)
        break
      case 'fault':
        this.#tell(event)
        this.#replace(event.message)
        return
      default:
    }
    this.#tell(event)
  }

  #tell(event: Event): void {
    for (const listener of this.#listeners) listener(event)
  }

  #answered(id: number, value: Answers[keyof Answers]): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) return
    this.#waiting.delete(id)
    const before = this.#opened?.session.id
    const { do: what } = waiting.ask
    if (what === 'open' || what === 'resume') {
      this.#opened = value as Opened
      this.#heard = this.#opened.head
    }
    if (what === 'part') this.#opened = { ...this.#opened!, session: value as SessionInfo, owner: 1 }
    if (what !== 'resume' && this.#opened?.session.id !== before) this.#tail = []
    waiting.done(value)
  }

  #keep(entry: LoggedInput): void {
    this.#heard = Math.max(this.#heard, entry.seq)
    if (this.#tail.length < MOST_TAIL) this.#tail.push(entry)
  }

  // ------------------------------------------------------------------ a worker that dies

  /** Asks an idle worker now and then whether it is there; one that is busy with a command is left alone. */
  #watch(): void {
    clearTimeout(this.#ping)
    if (this.#waiting.size > 0 || !this.#opened) return
    this.#ping = setTimeout(() => {
      const runner = this.#runner
      const late = setTimeout(() => {
        if (this.#runner === runner) this.#replace('it does not answer')
      }, PING_WAITS)
      this.#post(
        { do: 'ping' },
        () => clearTimeout(late),
        () => clearTimeout(late),
      )
    }, PING_EVERY)
  }

  #replace(reason: string): void {
    clearTimeout(this.#ping)
    this.#runner.onmessage = null
    this.#runner.onerror = null
    this.#runner.terminate()
    const lost = [...this.#waiting.values()]
    this.#waiting.clear()
    this.#outbox = []
    if (reason !== stopped) this.#deaths++
    const opened = this.#opened
    if (!opened || this.#deaths > 3) {
      for (const { failed } of lost) failed(`The engine stopped: ${reason}`)
      this.#tellDead(`The engine stopped: ${reason}`)
      return
    }
    this.#runner = this.#start()
    if (reason === stopped) this.#tell({ on: 'replaying', done: 0, of: 0 })
    // A tail that killed the worker twice is not played a third time.
    const tail = this.#deaths > 1 ? [] : this.#tail
    const { session, base, head: floor, owner } = opened
    this.#post(
      { do: 'resume', session: session.id, base, floor, tail, heard: this.#heard, owner },
      (value) => this.#resumed(value as Opened, lost, reason),
      (message) => this.#tellDead(message),
    )
  }

  #tellDead(reason: string): void {
    this.#tell({ on: 'saving', state: { state: 'failed', trouble: 'engine', reason } })
  }

  #resumed(opened: Opened, lost: readonly Waiting[], reason: string): void {
    const { head, databases, clients, time, canUndo, canRedo } = opened
    this.#tell({ on: 'replaced', resumed: true, head, databases, clients, time, canUndo, canRedo })
    for (const { ask, done, failed } of lost) {
      // Looking again is harmless; a command that was not accepted is given back to the person.
      if (ask.do === 'send' && reason === stopped) failed(stopped)
      else if (ask.do === 'send')
        failed(`The engine stopped while it had this command (${reason}). The session is as it was before.`)
      // Whatever it was that killed the worker is not tried again.
      else if (ask.do === 'import') failed(`The engine stopped: ${reason}`)
      else this.#post(ask, done, failed)
    }
  }
}

/** Begins to talk to what `spawn` starts; it is called again whenever that dies. */
export const createSession = (spawn: () => Runner): Session => new WorkerSession(spawn)
