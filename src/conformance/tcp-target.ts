// Plays transcripts on a server over TCP. What a command brings to other clients is heard when the server has gone
// through its event loop twice more: two questions on a connection of our own, one after the other, tell us that.
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Befalls, Target } from '../engine/testing/transcript.ts'
import { text, type Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import { Connection } from './connection.ts'
import { freshen } from './fresh.ts'
import type { RealServer } from './server.ts'

/** Milliseconds. */
const PATIENCE = 2000

export class TcpTarget implements Target {
  readonly #port: number
  #own: Connection
  readonly #clients = new Map<string, Connection>()
  /** The process, where it may be ended. */
  readonly #server: RealServer | null

  /** A server as its first client finds it: empty, and saving nothing by itself. */
  static async fresh(port: number, server: RealServer | null = null): Promise<TcpTarget> {
    server?.forget()
    const target = await TcpTarget.on(port, server)
    await freshen(target.#own)
    return target
  }

  /** A server as it is. */
  static async on(port: number, server: RealServer | null = null): Promise<TcpTarget> {
    return new TcpTarget(port, await Connection.open(port), server)
  }

  private constructor(port: number, own: Connection, server: RealServer | null) {
    this.#port = port
    this.#own = own
    this.#server = server
  }

  async connect(client: string, db: number): Promise<void> {
    this.#clients.get(client)?.close()
    const connection = await Connection.open(this.#port)
    if (db !== 0) await connection.ask('SELECT', String(db))
    this.#clients.set(client, connection)
  }

  async send(client: string, argv: readonly Bytes[]): Promise<void> {
    this.#clients.get(client)!.write([argv])
    await this.#own.ask('PING')
    await this.#own.ask('PING')
    await setImmediate()
  }

  /** Sends what the server will not answer, for it ends by it. */
  write(client: string, argv: readonly Bytes[]): void {
    this.#clients.get(client)!.write([argv])
  }

  advance(): void {
    throw new Error('the clock of a real server cannot be moved')
  }

  async befall(what: Befalls): Promise<void> {
    if (what === 'saved') await untilSaved(this.#own)
    else if (what === 'crash') await this.#again('SIGKILL')
    else if (what === 'restart') await this.#again('SIGTERM')
    else this.#server!.fill(what === 'disk full')
  }

  async #again(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const list = text((await this.#own.ask('CLIENT', 'LIST')) as Bytes)
    const bases = Array.from(this.#clients, ([name, { localPort }]) => [name, databaseIn(list, localPort)] as const)
    this.close()
    await this.#server!.again(signal)
    this.#own = await Connection.open(this.#port)
    for (const [name, db] of bases) await this.connect(name, db)
  }

  take(client: string): Reply | undefined {
    return this.#clients.get(client)?.take()
  }

  /** Some commands (FLUSHDB) are done on another thread of the server, and answered in their own time. */
  async hear(client: string): Promise<Reply | undefined> {
    const connection = this.#clients.get(client)!
    for (let tries = 0; tries < PATIENCE && connection.unanswered > 0 && connection.empty; tries++) await setTimeout(1)
    return connection.take()
  }

  unanswered(client: string): number {
    return this.#clients.get(client)?.unanswered ?? 0
  }

  close(): void {
    for (const connection of this.#clients.values()) connection.close()
    this.#own.close()
  }
}

/** Waits until no snapshot is being written. */
export async function untilSaved(own: Connection): Promise<void> {
  while (text((await own.ask('INFO', 'persistence')) as Bytes).includes('rdb_bgsave_in_progress:1'))
    await setTimeout(10)
}

/** The database of the client at a port, as CLIENT LIST tells it. */
const databaseIn = (list: string, port: number) =>
  Number(new RegExp(` addr=127\\.0\\.0\\.1:${port} .* db=(\\d+) `).exec(list)?.[1] ?? 0)
