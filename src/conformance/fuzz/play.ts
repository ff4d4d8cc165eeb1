// The two sides that a sequence is played on: a server behind a port (the real one, or ours), or our engine in process.
// Each begins every sequence empty and with the settings that a server starts with.
import { EngineTarget } from '../../engine/testing/engine-target.ts'
import { latin, type Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { encode, ReplyDecoder, type Protocol } from '../../wire/resp.ts'
import { Connection } from '../connection.ts'
import { freshen } from '../fresh.ts'
import { nameOf, type Item, type Who } from './generate.ts'

export interface Answer {
  readonly reply: Reply
  /** What the questions after it brought (see `probes`). */
  readonly probed: readonly Reply[]
}

/** A command and what is asked after it. */
export interface Question {
  readonly item: Item
  readonly probes: readonly (readonly Bytes[])[]
}

export interface Side {
  play(questions: readonly Question[]): Promise<Answer[]>
  close(): void
}

/** Besides the parameters that `freshen` knows. */
const setup: readonly (readonly Bytes[])[] = [
  ['CONFIG', 'SET', 'maxmemory-policy', 'noeviction'],
  ['DEBUG', 'SET-ACTIVE-EXPIRE', '1'],
].map((words) => words.map(latin))

/**
 * What must be known to judge the order of a reply: the encodings of the keys that it came from, and for several sets
 * also the limit of intsets. Inside a transaction nothing can be asked.
 */
export function withProbes(items: readonly Item[]): Question[] {
  const inMulti = { A: false, B: false }
  return items.map((item) => {
    const name = nameOf(item)
    if (name === 'MULTI' && item.argv.length === 1) inMulti[item.client] = true
    if (name === 'EXEC' || name === 'DISCARD') inMulti[item.client] = false
    return { item, probes: inMulti[item.client] ? [] : probes(item) }
  })
}

function probes({ argv, compare }: Item): (readonly Bytes[])[] {
  const encoding = (key: Bytes) => [latin('OBJECT'), latin('ENCODING'), key]
  if (compare === 'by-encodings') return argv.slice(1).map(encoding)
  if (compare === 'by-scratch') return ['one', 'two', 'three'].map((key) => encoding(latin(key)))
  if (compare === 'by-intsets')
    return [['CONFIG', 'GET', 'set-max-intset-entries'].map(latin), ...argv.slice(1).map(encoding)]
  return compare.endsWith('by-encoding') && argv.length > 1 ? [encoding(argv[1]!)] : []
}

/** Two clients of a server. */
export class TcpSide implements Side {
  readonly #own: Connection
  readonly #clients: Readonly<Record<Who, Connection>>

  static async open(port: number): Promise<TcpSide> {
    const [own, a, b] = await Promise.all([Connection.open(port), Connection.open(port), Connection.open(port)])
    return new TcpSide(own, { A: a, B: b })
  }

  private constructor(own: Connection, clients: Readonly<Record<Who, Connection>>) {
    this.#own = own
    this.#clients = clients
  }

  /** Those of one client go in one piece, until the other's turn comes. */
  async play(questions: readonly Question[]): Promise<Answer[]> {
    await this.#clients.A.ask('RESET')
    await this.#clients.B.ask('RESET')
    await freshen(this.#own)
    await this.#own.pipeline(setup)
    const answers: Answer[] = []
    for (let from = 0; from < questions.length;) {
      const { client } = questions[from]!.item
      let to = from
      while (to < questions.length && questions[to]!.item.client === client) to++
      const part = questions.slice(from, to)
      const replies = await this.#clients[client].pipeline(part.flatMap(({ item, probes }) => [item.argv, ...probes]))
      let at = 0
      for (const { probes } of part) {
        answers.push({ reply: replies[at]!, probed: replies.slice(at + 1, at + 1 + probes.length) })
        at += 1 + probes.length
      }
      from = to
    }
    return answers
  }

  close(): void {
    this.#own.close()
    this.#clients.A.close()
    this.#clients.B.close()
  }
}

/** Our engine without a connection: what it throws is told as a reply, so that it can be cut down as any divergence. */
export class EngineSide implements Side {
  async play(questions: readonly Question[]): Promise<Answer[]> {
    const engine = new EngineTarget({ seed: 1, at: Date.now() })
    for (const client of ['A', 'B']) engine.connect(client, 0)
    return questions.map(({ item, probes }) => {
      const reply = ask(engine, item.client, item.argv)
      return { reply, probed: probes.map((argv) => ask(engine, item.client, argv)) }
    })
  }

  close(): void {}
}

function ask(engine: EngineTarget, client: string, argv: readonly Bytes[]): Reply {
  try {
    engine.send(client, argv)
    const reply = engine.take(client)
    if (reply === undefined) throw new Error('no reply')
    return asHeard(reply, engine.protocol(client))
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { kind: 'error', code: 'THREW', text: latin(`THREW ${told}`) }
  }
}

/** A reply as its client would have read it from its connection. */
function asHeard(reply: Reply, protocol: Protocol): Reply {
  const decoder = new ReplyDecoder()
  decoder.push(encode(reply, protocol))
  return decoder.next()!
}
