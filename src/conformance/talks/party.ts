// One of those who talk: its connection, what it has heard, and which of its commands that answers. Messages come between
// replies at any place; whoever subscribes hears a confirmation for each channel.
import { latin, type Bytes } from '../../wire/bytes.ts'
import { isError, isTagged, type Reply } from '../../wire/reply.ts'
import { Connection } from '../connection.ts'
import { nameOf } from './script.ts'

export interface Heard {
  /** The turn that was under way, as far as the hearer knows. */
  readonly turn: number
  readonly reply: Reply
  /** The command that it answers, or belongs to; null for messages. */
  readonly answers: readonly Bytes[] | null
}

interface Pending {
  readonly argv: readonly Bytes[]
  /** Answers that are still to come; null before the first. */
  left: number | null
}

/** The words of a message or confirmation, in either protocol. */
function wordsOf(reply: Reply): readonly Reply[] {
  if (Array.isArray(reply)) return reply as readonly Reply[]
  return isTagged(reply) && reply.kind === 'push' ? reply.items : []
}

const messages = new Set<Reply>(['message', 'pmessage', 'smessage'].map(latin))
const isMessage = (reply: Reply) => messages.has(wordsOf(reply)[0] ?? null)

const kinds = { S: 'shard', P: 'pattern', U: 'channel' } as const
const subscribing = /^([SP]?)(UN)?SUBSCRIBE$/

export class Party {
  readonly connection: Connection
  readonly id: number
  readonly heard: Heard[] = []
  readonly #pending: Pending[] = []
  /** What it is subscribed to, as its confirmations say. */
  readonly #names = { shard: new Set<Reply>(), pattern: new Set<Reply>(), channel: new Set<Reply>() }

  static async open(port: number): Promise<Party> {
    const connection = await Connection.open(port)
    return new Party(connection, Number(await connection.ask('CLIENT', 'ID')))
  }

  private constructor(connection: Connection, id: number) {
    this.connection = connection
    this.id = id
  }

  get pending(): readonly (readonly Bytes[])[] {
    return this.#pending.map(({ argv }) => argv)
  }

  /** Writes commands in one piece. */
  say(commands: readonly (readonly Bytes[])[]): void {
    for (const argv of commands) this.#pending.push({ argv, left: null })
    this.connection.write(commands)
  }

  /** Takes in what has come so far. */
  absorb(turn: number): void {
    for (let reply = this.connection.take(); reply !== undefined; reply = this.connection.take())
      this.heard.push({ turn, reply, answers: this.#answered(reply) })
  }

  /** Forgets all, for the next talk; it has been reset. */
  clear(): void {
    this.heard.length = 0
    this.#pending.length = 0
  }

  #answered(reply: Reply): readonly Bytes[] | null {
    if (isMessage(reply)) return null
    const head = this.#pending[0]
    const confirms = this.#note(reply)
    // EXEC answers with one array; what too many confirmations are in it follows behind.
    if (!head || (confirms && !subscribing.test(nameOf(head.argv)))) return null
    head.left ??= confirms ? confirms : 1
    if (--head.left === 0) this.#pending.shift()
    if (nameOf(head.argv) === 'RESET' && !isError(reply)) for (const names of Object.values(this.#names)) names.clear()
    return head.argv
  }

  /** Keeps the books of subscriptions. Returns how many confirmations its command brings, from this one on; 0: it is none. */
  #note(reply: Reply): number {
    const [word, name, count] = wordsOf(reply)
    const found = typeof word === 'string' && typeof count === 'number' ? subscribing.exec(word.toUpperCase()) : null
    if (!found) {
      for (const one of wordsOf(reply)) if (wordsOf(one).length === 3) this.#note(one)
      return 0
    }
    const names = this.#names[kinds[(found[1] || 'U') as keyof typeof kinds]]
    const before = names.size
    if (found[2]) names.delete(name ?? null)
    else names.add(name ?? null)
    const asked = (this.#pending[0]?.argv.length ?? 1) - 1
    return asked > 0 ? asked : Math.max(1, before)
  }
}
