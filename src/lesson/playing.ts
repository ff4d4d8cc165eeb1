// A lesson that is played without a page, on a bench: lines are run one after the other by the same player that a learner
// has, actors act on their cues, and every reply is told to whoever wants to compare it.
import type { Bytes } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import type { Reply } from '../wire/reply.ts'
import type { ClientState } from '../session/protocol.ts'
import { createPlayer, type Player } from './player.ts'
import { isTyped, type Befall, type Befell, type Lesson, type Line, type Typed } from './schema.ts'

/** Replies that something brought out, also those of clients that had been waiting. */
export type Replies = readonly { readonly client: string; readonly reply: Reply }[]

/** An engine with named clients, to play a lesson on. */
export interface Bench {
  send(client: string, argv: readonly Bytes[]): Replies
  /** Frees a client that waits; its command gets no reply. */
  interrupt(client: string): void
  /** Moves the clock ahead by so many ms. */
  skip(ms: number): Replies
  /** Does something to the server. Clients that are closed by it come again with their next line. */
  befall(what: Befall['server']): void
  /** What the server went through since it was last asked. */
  befell(): readonly Befell['what'][]
  peek(db: number, argv: readonly Bytes[]): Reply
  state(client: string): ClientState | undefined
}

/** Makes a fresh engine with these clients connected to this database. */
export type OpenBench = (clients: readonly string[], db: number) => Bench

export class Playing {
  readonly player: Player
  readonly #lesson: Lesson
  readonly #bench: Bench
  readonly #hear: (typed: Typed, reply: Reply) => void
  /** Lines that have no reply yet, oldest first, by client. */
  readonly #open = new Map<string, { typed: Typed; argv: readonly Bytes[] }[]>()

  /** Begins a lesson: its setup has run when `ready` resolves. `hear` is told of each line's reply. */
  constructor(lesson: Lesson, open: OpenBench, hear: (typed: Typed, reply: Reply) => void = () => {}) {
    this.#lesson = lesson
    this.#bench = open([...lesson.clients, ...lesson.actors], lesson.db)
    this.#hear = hear
    this.player = createPlayer(lesson, null, {
      peek: (db, argv) => Promise.resolve(this.#bench.peek(db, argv)),
      client: (name) => this.#bench.state(name),
      act: (lines) => {
        for (const line of lines) this.#do(line)
        return Promise.resolve()
      },
    })
  }

  /** Runs the setup. Nobody looks at it, and it is no learner's doing. */
  setUp(): void {
    for (const line of this.#lesson.setup) this.#do(line, false)
  }

  /** Begins a step; actors whose cue is its beginning act. */
  async begin(step: number): Promise<void> {
    this.player.go(step)
    await this.player.look()
  }

  /** Runs lines as the learner, and looks after each. */
  async run(lines: readonly Line[]): Promise<void> {
    for (const line of lines) {
      this.#do(line)
      await this.player.look()
    }
  }

  /** Lines that were never answered. */
  get unanswered(): readonly Typed[] {
    return [...this.#open.values()].flat().map(({ typed }) => typed)
  }

  #do(line: Line, isPlay = true): void {
    if ('skip' in line) this.#take(this.#bench.skip(line.skip), isPlay)
    else if ('server' in line) {
      this.#bench.befall(line.server)
      this.#take([], isPlay)
    } else if (isTyped(line)) {
      const { client } = line
      const argv = split(line.line)!
      this.#open.set(client, [...(this.#open.get(client) ?? []), { typed: line, argv }])
      this.#take(this.#bench.send(client, argv), isPlay)
    } else {
      this.#open.delete(line.interrupt)
      this.#bench.interrupt(line.interrupt)
    }
  }

  #take(replies: Replies, isPlay: boolean): void {
    for (const what of this.#bench.befell()) {
      // What was asked before has no answer any more.
      if (what !== 'saved') this.#open.clear()
      if (isPlay) this.player.befell(what)
    }
    for (const { client, reply } of replies) {
      const asked = this.#open.get(client)?.shift()
      if (!asked) continue
      if (isPlay && this.#lesson.clients.includes(client)) this.player.replied(client, asked.argv, reply)
      this.#hear(asked.typed, reply)
    }
  }
}
