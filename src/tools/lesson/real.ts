// The replies that a lesson states, asked of the real server. The lesson is first played on our engine, and all that
// happens there is written down: who sent what, when, and which replies came of it. Then the same is done to the server.
//
// A server's clock cannot be moved. Where a lesson moves it, the server's deadlines are brought nearer by as much, and who
// gave up waiting is connected anew, so that the next step begins as it should. But that is our doing and not the server's:
// from there to the end of the step nothing is compared, and the report says so.
import { Connection } from '../../conformance/connection.ts'
import type { RealServer } from '../../conformance/server.ts'
import { TcpTarget } from '../../conformance/tcp-target.ts'
import { judge } from '../../lesson/check.ts'
import { Playing } from '../../lesson/playing.ts'
import { offered } from '../../lesson/prove.ts'
import type { Lesson, Typed } from '../../lesson/schema.ts'
import { asShown } from '../../lesson/shown.ts'
import type { Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { openWatched, type Act } from './engine.ts'

/** A line whose reply the lesson states, and what there is to say of it. */
export interface Remark {
  readonly step: string
  readonly line: string
  readonly says: string
}

export interface Compared {
  /** How many stated replies the server was asked for. */
  readonly compared: number
  /** Those that it answers otherwise. */
  readonly wrong: readonly Remark[]
  /** Those that it was not asked for, and why. */
  readonly left: readonly Remark[]
}

interface Happened {
  readonly step: string
  readonly act: Act
  /** The database that the client is on when it is done. */
  readonly db: number
  /** What comes on its connection is no longer one reply a line. */
  readonly listens: boolean
  /** The lines that were answered by it, oldest first. */
  readonly answered: Typed[]
}

/** Plays the lesson's prose and solutions on our engine. */
async function record(lesson: Lesson): Promise<readonly Happened[]> {
  const all: Happened[] = []
  let step = 'setup'
  const open = openWatched((act, bench) => {
    const state = act.act === 'skip' ? undefined : bench.state(act.client)
    const { channels = [], patterns = [], shards = [] } = state?.subscribed ?? {}
    const listens = state?.monitoring === true || channels.length + patterns.length + shards.length > 0
    all.push({ step, act, db: state?.db ?? lesson.db, listens, answered: [] })
  })
  const playing = new Playing(lesson, open, (typed) => all.at(-1)!.answered.push(typed))
  playing.setUp()
  for (const [i, { id, body, solution }] of lesson.steps.entries()) {
    step = id
    await playing.begin(i)
    for (const block of body) await playing.run(offered(block))
    await playing.run(solution)
  }
  return all
}

/** Asks the server, which is emptied for it. */
export async function compare(lesson: Lesson, server: RealServer): Promise<Compared> {
  const happened = await record(lesson)
  const replay = await Replay.begin(lesson, server.port)
  try {
    for (const each of happened) await replay.repeat(each)
    return replay
  } finally {
    replay.close()
  }
}

class Replay implements Compared {
  compared = 0
  readonly wrong: Remark[] = []
  readonly left: Remark[] = []
  readonly #target: TcpTarget
  readonly #own: Connection
  /** Clients that have listened to messages. */
  readonly #listeners = new Set<string>()
  #step = ''
  #jumped = false
  #down = false

  static async begin({ clients, actors, db }: Lesson, port: number): Promise<Replay> {
    const target = await TcpTarget.fresh(port)
    for (const client of [...clients, ...actors]) await target.connect(client, db)
    return new Replay(target, await Connection.open(port))
  }

  private constructor(target: TcpTarget, own: Connection) {
    this.#target = target
    this.#own = own
  }

  close(): void {
    this.#target.close()
    this.#own.close()
  }

  async repeat({ step, act, db, listens, answered }: Happened): Promise<void> {
    if (step !== this.#step) this.#jumped = false
    this.#step = step
    if (act.act === 'send') {
      if (act.argv[0]!.toLowerCase() === 'shutdown') this.#down = true
      if (listens) this.#listeners.add(act.client)
      if (!this.#down) await this.#target.send(act.client, act.argv)
      if (answered.every(({ client }) => client !== act.client)) this.#isSilent(act.client, act.argv)
    } else if (act.act === 'interrupt') {
      if (!this.#down) await this.#target.connect(act.client, db)
    } else {
      this.#jumped = true
      if (!this.#down) await bringNearer(this.#own, act.ms)
      for (const { client } of answered) if (!this.#down) await this.#target.connect(client, db)
    }
    for (const typed of answered) await this.#hear(typed, act.act !== 'skip')
  }

  /** The line waits on our engine; so it should on the server. */
  #isSilent(client: string, argv: readonly Bytes[]): void {
    const reply = this.#down || this.#listeners.has(client) ? undefined : this.#target.take(client)
    if (reply !== undefined && !this.#jumped)
      this.wrong.push(this.#remark(argv.join(' '), `waits here, and the real server answers ${seen(reply)}`))
  }

  async #hear({ client, line, expect }: Typed, comes: boolean): Promise<void> {
    const reason = this.#reason(client)
    // Taken in any case, so that the next line is answered by its own reply.
    const hears = comes && !this.#down && !this.#listeners.has(client)
    const reply = hears ? await this.#target.hear(client) : undefined
    if (expect === undefined) return
    if (reason) this.left.push(this.#remark(line, reason))
    else {
      this.compared++
      const agrees = reply !== undefined && judge(reply, { op: 'is', shown: asShown(expect) }).holds
      const says = reply === undefined ? 'does not answer' : `answers ${seen(reply)}`
      if (!agrees) this.wrong.push(this.#remark(line, `should answer ${expect} and the real server ${says}`))
    }
  }

  #reason(client: string): string | null {
    if (this.#down) return 'the lesson has shut the server down'
    if (this.#jumped) return 'the clock was moved before it in this step'
    return this.#listeners.has(client) ? `messages come on the connection of ${client}` : null
  }

  #remark(line: string, says: string): Remark {
    return { step: this.#step, line, says }
  }
}

const seen = (reply: Reply) => judge(reply, { op: 'any' }).seen

/** Brings every deadline of keys and of fields nearer, as if so many ms had gone by. */
async function bringNearer(own: Connection, ms: number): Promise<void> {
  for (let db = 0; db < 16; db++) {
    await own.ask('SELECT', String(db))
    for (const key of await list(own, 'KEYS', '*')) {
      if ((await own.ask('TYPE', key).then(seen)) === 'hash') await bringFieldsNearer(own, key, ms)
      const at = await own.ask('PEXPIRETIME', key)
      if (typeof at === 'number' && at > 0) await own.ask('PEXPIREAT', key, String(at - ms))
    }
  }
}

async function bringFieldsNearer(own: Connection, key: string, ms: number): Promise<void> {
  for (const field of await list(own, 'HKEYS', key)) {
    const [at] = (await own.ask('HPEXPIRETIME', key, 'FIELDS', '1', field)) as readonly Reply[]
    if (typeof at === 'number' && at > 0) await own.ask('HPEXPIREAT', key, String(at - ms), 'FIELDS', '1', field)
  }
}

async function list(own: Connection, ...words: string[]): Promise<readonly string[]> {
  const reply = await own.ask(...words)
  return Array.isArray(reply) ? reply.filter((each): each is Bytes => typeof each === 'string') : []
}
