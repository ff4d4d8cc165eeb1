// Where a talk is played: a server behind a port, three clients, and a connection of our own that asks how things stand.
//
// What comes first must be certain, or two servers could not be compared. So nobody speaks before the one who spoke has
// its answer; and of one who may wait the server itself says that it waits (CLIENT LIST has the flag b). What others hear
// of a command is on its way then, and is compared at the end, each client's in its order: a reset and a last question to
// each client bring all that came before them.
import { latin, type Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { Connection } from '../connection.ts'
import { freshen } from '../fresh.ts'
import { inspection } from '../fuzz/generate.ts'
import { keys } from '../fuzz/pools.ts'
import { Party, type Heard } from './party.ts'
import { clients, nameOf, never, type Turn, type Who } from './script.ts'

/** Milliseconds until a reply that does not come is a failure. */
const PATIENCE = 3000
/** What `@PASS` lets pass, in microseconds: more than any time to live of the templates. */
const A_WHILE = 3000

export interface Talk {
  readonly heard: Readonly<Record<Who, readonly Heard[]>>
  /** Who was found waiting: once a turn at most. */
  readonly waits: readonly { readonly turn: number; readonly client: Who; readonly what: string }[]
  /** How the clients stand at the end, and what the server holds. */
  readonly end: readonly Reply[]
  /** Why it could not be played to its end. */
  readonly broken: string | null
}

const waiting = new Set(['BLPOP', 'BRPOP', 'BLMOVE', 'BRPOPLPUSH', 'BLMPOP', 'BZPOPMIN', 'BZPOPMAX', 'BZMPOP'])
const endsByItself = (argv: readonly Bytes[]) => argv.includes(never)

/** What expires stays until somebody comes upon it: else each server would let it go at a moment of its own. */
const setup: readonly (readonly Bytes[])[] = [
  ['DEBUG', 'SET-ACTIVE-EXPIRE', '0'],
  ['CONFIG', 'SET', 'notify-keyspace-events', 'KEA'],
].map((words) => words.map(latin))

/** Before anything is counted, what has expired goes. */
const sweep: readonly (readonly Bytes[])[] = ['1', '0'].flatMap((db) => [
  [latin('SELECT'), latin(db)],
  [latin('EXISTS'), ...keys],
])

export class Stage {
  readonly #port: number
  readonly #own: Connection
  #parties: Readonly<Record<Who, Party>>
  #waits: { turn: number; client: Who; what: string }[] = []

  static async open(port: number): Promise<Stage> {
    return new Stage(port, await Connection.open(port), await enter(port))
  }

  private constructor(port: number, own: Connection, parties: Readonly<Record<Who, Party>>) {
    this.#port = port
    this.#own = own
    this.#parties = parties
  }

  /** `careful`: everybody has heard all of a turn before the next begins, so that each piece is told with its turn. */
  async play(turns: readonly Turn[], careful = false): Promise<Talk> {
    this.#waits = []
    const parties = this.#parties
    for (const who of clients) parties[who].clear()
    await freshen(this.#own)
    await this.#own.pipeline(setup)
    let broken: string | null = null
    let end: Reply[] = []
    try {
      for (const [i, turn] of turns.entries()) {
        await this.#turn(turn, i)
        if (careful) await this.#everything(i)
      }
      end = await this.#end(turns.length)
    } catch (error) {
      broken = error instanceof Error ? error.message : String(error)
      await this.#change()
    }
    const heard = { A: [...parties.A.heard], B: [...parties.B.heard], C: [...parties.C.heard] }
    return { heard, waits: this.#waits, end, broken }
  }

  close(): void {
    this.#own.close()
    for (const who of clients) this.#parties[who].connection.close()
  }

  async #turn({ client, says, rescue }: Turn, turn: number): Promise<void> {
    const party = this.#parties[client]
    if (await this.#isWaiting(party, turn)) {
      if (rescue) await this.#free(client, turn, rescue)
      else this.#waits.push({ turn, client, what: 'still waits' })
      return
    }
    for (let from = 0; from < says.length;) {
      if (says[from]![0] === '@PASS') {
        await this.#pass()
        from++
        continue
      }
      const pass = says.findIndex(([word], i) => i > from && word === '@PASS')
      const to = pass < 0 ? says.length : pass
      party.say(says.slice(from, to).map((argv) => argv.map((word) => this.#named(word))))
      if (await this.#isWaiting(party, turn)) {
        this.#waits.push({ turn, client, what: 'waits' })
        return
      }
      from = to
    }
  }

  #named(word: Bytes): Bytes {
    const who = clients.find((one) => word === `@${one}`)
    return who ? latin(String(this.#parties[who].id)) : word
  }

  /** Returns when the client has all its answers, or the server says that it waits for one. */
  async #isWaiting(party: Party, turn: number): Promise<boolean> {
    const end = Date.now() + PATIENCE
    for (party.absorb(turn); party.pending.length > 0; party.absorb(turn)) {
      if (!party.pending.some((argv) => waiting.has(nameOf(argv)))) await party.connection.more(PATIENCE)
      else if (await this.#saysSo(party)) {
        party.absorb(turn)
        const [head] = party.pending
        if (head && !endsByItself(head)) return true
      } else if (Date.now() > end) throw new Error(`no answer to ${party.pending[0]!.join(' ')}`)
    }
    return false
  }

  /**
   * Asked twice: the first question may come in the same round of the server's loop as the command, before those who were
   * freed by it have gone on; and they may free others.
   */
  async #saysSo(party: Party): Promise<boolean> {
    for (let times = 0; times < 2; times++) {
      const line = await this.#own.ask('CLIENT', 'LIST', 'ID', String(party.id))
      if (!/ flags=\w*b/.test(line as Bytes)) return false
    }
    return true
  }

  async #free(client: Who, turn: number, how: string): Promise<void> {
    const party = this.#parties[client]
    const done = await this.#own.ask('CLIENT', 'UNBLOCK', String(party.id), how)
    const again = await this.#isWaiting(party, turn)
    this.#waits.push({ turn, client, what: `${how} ${Number(done)}${again ? ', waits' : ''}` })
  }

  /** Until the server's clock has gone on. */
  async #pass(): Promise<void> {
    const now = async () => {
      const [seconds, micros] = (await this.#own.ask('TIME')) as readonly Bytes[]
      return Number(seconds) * 1e6 + Number(micros)
    }
    for (const end = (await now()) + A_WHILE; (await now()) < end;);
  }

  /** Everybody is asked, by way of two rounds of the server's loop, for what has come. */
  async #everything(turn: number): Promise<void> {
    await this.#own.ask('PING')
    await this.#own.ask('PING')
    await new Promise((done) => setImmediate(done))
    for (const who of clients) this.#parties[who].absorb(turn)
  }

  async #end(turn: number): Promise<Reply[]> {
    for (const who of clients)
      while (await this.#isWaiting(this.#parties[who], turn)) await this.#free(who, turn, 'TIMEOUT')
    const ids = clients.map((who) => String(this.#parties[who].id))
    const states = await this.#own.ask('CLIENT', 'LIST', 'ID', ...ids)
    for (const who of clients) {
      const party = this.#parties[who]
      party.say([[latin('RESET')], [latin('ECHO'), latin('the end')]])
      while (await this.#isWaiting(party, turn));
    }
    await this.#own.pipeline([...sweep, ['DEBUG', 'SET-ACTIVE-EXPIRE', '1'].map(latin)])
    return [states, ...(await this.#own.pipeline(inspection().map(({ argv }) => argv)))]
  }

  /** New clients for those whose answers did not come. */
  async #change(): Promise<void> {
    for (const who of clients) {
      const { connection, id } = this.#parties[who]
      await this.#own.ask('CLIENT', 'KILL', 'ID', String(id))
      connection.close()
    }
    this.#parties = await enter(this.#port)
  }
}

const enter = async (port: number): Promise<Record<Who, Party>> => ({
  A: await Party.open(port),
  B: await Party.open(port),
  C: await Party.open(port),
})
