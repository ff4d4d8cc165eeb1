// The replies that a lesson states, asked of the real server. The lesson is first played on our engine, and all that
// happens there is written down: who sent what, when, and which replies came of it. Then the same is done to the server: it
// is really killed and started again where the lesson says so.
//
// A server's clock cannot be moved. Where a lesson moves it, the server's deadlines are brought nearer by as much, who would
// have waited in vain is let go, and a snapshot that would have been written by then is written. That is our doing and not the
// server's: where a reply is another one from there to the end of the step, the report says so, and no more.
import { judge } from '../lesson/check.ts'
import { Playing } from '../lesson/playing.ts'
import { offered } from '../lesson/prove.ts'
import type { Befall, Lesson, Typed } from '../lesson/schema.ts'
import { asShown } from '../lesson/shown.ts'
import { text, type Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import type { Text } from '../wire/text.ts'
import { Connection } from './connection.ts'
import { openWatched, type Act } from './lesson-engine.ts'
import type { RealServer } from './server.ts'
import { TcpTarget, untilSaved } from './tcp-target.ts'

/** A line whose reply the lesson states, and what there is to say of it. */
export interface Remark {
  readonly step: string
  readonly line: string
  /** What follows the line in a sentence. */
  readonly says: Text
}

export interface Compared {
  /** How many stated replies are the server's own. */
  readonly compared: number
  /** Those that it answers otherwise. */
  readonly wrong: readonly Remark[]
  /** Those of which it cannot be said, and why. */
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
    const state = 'client' in act ? bench.state(act.client) : undefined
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
  const replay = await Replay.begin(lesson, server)
  try {
    for (const each of happened) await replay.repeat(each)
    return replay
  } finally {
    await replay.close()
  }
}

class Replay implements Compared {
  compared = 0
  readonly wrong: Remark[] = []
  readonly left: Remark[] = []
  readonly #server: RealServer
  #target: TcpTarget
  #own: Connection
  /** The database that each client is on. */
  readonly #bases: Map<string, number>
  /** Clients that have listened to messages. */
  readonly #listeners = new Set<string>()
  /** A BGSAVE was sent, and is not done on our engine. */
  #saves = false
  #step = ''
  #jumped = false

  static async begin({ clients, actors, db }: Lesson, server: RealServer): Promise<Replay> {
    const own = await Connection.open(server.port)
    await untilSaved(own)
    server.forget()
    const target = await TcpTarget.fresh(server.port)
    const bases = new Map([...clients, ...actors].map((name) => [name, db]))
    for (const [client, base] of bases) await target.connect(client, base)
    return new Replay(server, target, own, bases)
  }

  private constructor(server: RealServer, target: TcpTarget, own: Connection, bases: Map<string, number>) {
    this.#server = server
    this.#target = target
    this.#own = own
    this.#bases = bases
  }

  async close(): Promise<void> {
    this.#server.fill(false)
    await untilSaved(this.#own)
    this.#target.close()
    this.#own.close()
  }

  async repeat({ step, act, db, listens, answered }: Happened): Promise<void> {
    if (step !== this.#step) this.#jumped = false
    this.#step = step
    switch (act.act) {
      case 'send':
        if (listens) this.#listeners.add(act.client)
        await this.#send(act, answered)
        this.#bases.set(act.client, db)
        break
      case 'interrupt':
        await this.#target.connect(act.client, db)
        break
      case 'skip':
        this.#jumped = true
        await this.#skip(act, answered)
        break
      case 'befall':
        await this.#befall(act.what, act.befell.includes('restarted'))
    }
    for (const typed of answered) await this.#hear(typed)
  }

  async #send({ client, argv, befell }: Extract<Act, { act: 'send' }>, answered: readonly Typed[]): Promise<void> {
    if (befell.some((what) => what !== 'saved')) {
      this.#target.write(client, argv)
      await this.#again(null)
      return
    }
    await this.#target.send(client, argv)
    if (argv[0]!.toLowerCase() === 'bgsave') this.#saves = true
    if (answered.every((typed) => typed.client !== client)) this.#isSilent(client, argv)
  }

  async #skip({ ms, befell }: Extract<Act, { act: 'skip' }>, answered: readonly Typed[]): Promise<void> {
    await bringNearer(this.#own, ms)
    if (answered.length > 0) await letGo(this.#own)
    if (!befell.includes('saved')) return
    await untilSaved(this.#own)
    if (!this.#saves) await this.#own.ask('SAVE')
    this.#saves = false
  }

  async #befall(what: Befall['server'], restarted: boolean): Promise<void> {
    if (what === 'crash') await this.#again('SIGKILL')
    else if (what === 'restart' && restarted) await this.#again('SIGTERM')
    else if (what !== 'restart') this.#server.fill(what === 'full')
  }

  /** The server ends and starts again, and all connect anew. */
  async #again(signal: 'SIGKILL' | 'SIGTERM' | null): Promise<void> {
    this.#target.close()
    this.#own.close()
    await this.#server.again(signal)
    this.#own = await Connection.open(this.#server.port)
    this.#target = await TcpTarget.on(this.#server.port)
    for (const [client, base] of this.#bases) await this.#target.connect(client, base)
    this.#listeners.clear()
    this.#saves = false
  }

  /** The line waits on our engine; so it should on the server. */
  #isSilent(client: string, argv: readonly Bytes[]): void {
    const reply = this.#listeners.has(client) ? undefined : this.#target.take(client)
    if (reply !== undefined && !this.#jumped)
      this.wrong.push(
        this.#remark(argv.join(' '), {
          en: `waits here, and the real server answers ${seen(reply)}`,
          ko: `명령이 여기서는 기다리는데, 실제 서버의 응답은 ${seen(reply)}`,
        }),
      )
  }

  async #hear({ client, line, expect }: Typed): Promise<void> {
    // Taken in any case, so that the next line is answered by its own reply.
    const reply = this.#listeners.has(client) ? undefined : await this.#target.hear(client)
    if (expect === undefined) return
    const agrees = reply !== undefined && judge(reply, { op: 'is', shown: asShown(expect) }).holds
    const says = answerOf(reply)
    if (this.#listeners.has(client))
      this.left.push(
        this.#remark(line, {
          en: `messages come on the connection of ${client}`,
          ko: `${client}의 연결로 메시지가 와요`,
        }),
      )
    else if (agrees) this.compared++
    else if (this.#jumped)
      this.left.push(
        this.#remark(line, {
          en: `the clock was moved before it in this step, and ${says.en}`,
          ko: `이 단계에서 그 전에 시계를 옮겼고, ${says.ko}`,
        }),
      )
    else {
      this.compared++
      this.wrong.push(
        this.#remark(line, {
          en: `should answer ${expect} and ${says.en}`,
          ko: `명령에 적힌 응답은 ${expect}, ${says.ko}`,
        }),
      )
    }
  }

  #remark(line: string, says: Text): Remark {
    return { step: this.#step, line, says }
  }
}

const seen = (reply: Reply) => judge(reply, { op: 'any' }).seen

const answerOf = (reply: Reply | undefined): Text =>
  reply === undefined
    ? { en: 'the real server does not answer', ko: '실제 서버는 응답하지 않아요' }
    : { en: `the real server answers ${seen(reply)}`, ko: `실제 서버의 응답은 ${seen(reply)}` }

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

/** Those who wait are answered as if their time were over. */
async function letGo(own: Connection): Promise<void> {
  const clients = text((await own.ask('CLIENT', 'LIST')) as Bytes)
  for (const [, id] of clients.matchAll(/^id=(\d+) .* flags=\S*b\S* /gm))
    await own.ask('CLIENT', 'UNBLOCK', id!, 'TIMEOUT')
}

async function list(own: Connection, ...words: string[]): Promise<readonly string[]> {
  const reply = await own.ask(...words)
  return Array.isArray(reply) ? reply.filter((each): each is Bytes => typeof each === 'string') : []
}
