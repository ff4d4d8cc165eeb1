// Plays transcripts on our engine, in the same breath: time stands still but for what the transcript moves.
import type { Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { Engine, type Output } from '../engine.ts'
import type { Befalls, Target } from './transcript.ts'

/** Ms. */
const LONGEST_SAVE = 60_000

interface Heard {
  readonly id: number
  readonly replies: Reply[]
  unanswered: number
}

export class EngineTarget implements Target {
  readonly engine: Engine
  readonly #clients = new Map<string, Heard>()
  readonly #byId = new Map<number, Heard>()
  #at: number

  constructor(options: { readonly seed: number; readonly at: number }) {
    this.engine = new Engine({ ...options, observe: false })
    this.#at = options.at
  }

  /** Connects a client, anew where one of that name is there. */
  connect(client: string, db: number): void {
    this.disconnect(client)
    const heard: Heard = { id: this.#byId.size + 1, replies: [], unanswered: 0 }
    this.#clients.set(client, heard)
    this.#byId.set(heard.id, heard)
    this.#hear(this.engine.apply({ do: 'connect', at: this.#at, client: heard.id, name: client, db }))
  }

  disconnect(client: string): void {
    const heard = this.#clients.get(client)
    if (heard) this.#hear(this.engine.apply({ do: 'disconnect', at: this.#at, client: heard.id }))
    this.#clients.delete(client)
  }

  send(client: string, argv: readonly Bytes[]): void {
    const heard = this.#clients.get(client)!
    heard.unanswered++
    this.#hear(this.engine.apply({ do: 'send', at: this.#at, client: heard.id, argv }))
  }

  /** Goes to each moment at which the engine has something to do, then to the end. */
  advance(ms: number): void {
    const end = this.#at + ms
    for (let wake = this.engine.nextWake(); wake !== null && wake <= end; wake = this.engine.nextWake()) {
      this.#at = Math.max(this.#at, wake)
      this.#hear(this.engine.apply({ do: 'tick', at: this.#at }))
    }
    this.#at = end
    this.#hear(this.engine.apply({ do: 'tick', at: this.#at }))
  }

  befall(what: Befalls): void {
    if (what === 'saved') {
      // A save that is under way ends soon; what comes later is some key's deadline.
      const ahead = (this.engine.nextWake() ?? this.#at) - this.#at
      this.advance(ahead <= LONGEST_SAVE ? Math.max(0, ahead) : 0)
      return
    }
    const bases = Array.from(this.#clients, ([name, { id }]) => [name, this.engine.state(id)?.db ?? 0] as const)
    if (what === 'crash' || what === 'restart') this.#hear(this.engine.apply({ do: what, at: this.#at }))
    else this.#hear(this.engine.apply({ do: 'disk', at: this.#at, full: what === 'disk full' }))
    for (const [name, db] of bases) if (!this.engine.state(this.#clients.get(name)!.id)) this.connect(name, db)
  }

  take(client: string): Reply | undefined {
    return this.#clients.get(client)?.replies.shift()
  }

  hear(client: string): Reply | undefined {
    return this.take(client)
  }

  unanswered(client: string): number {
    return this.#clients.get(client)?.unanswered ?? 0
  }

  /** The protocol that the client speaks since its last HELLO. */
  protocol(client: string): 2 | 3 {
    return this.engine.state(this.#clients.get(client)!.id)?.protocol ?? 2
  }

  #hear(outputs: readonly Output[]): void {
    for (const output of outputs) {
      if (output.on !== 'reply' && output.on !== 'push') continue
      const heard = this.#byId.get(output.client)!
      heard.replies.push(output.on === 'reply' ? output.reply : output.message)
      if (output.on === 'reply') heard.unanswered--
    }
  }
}
