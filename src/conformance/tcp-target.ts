// Plays transcripts on a server over TCP. What a command brings to other clients is heard when the server has gone
// through its event loop twice more: two questions on a connection of our own, one after the other, tell us that.
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Target } from '../engine/testing/transcript.ts'
import type { Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import { Connection } from './connection.ts'
import { freshen } from './fresh.ts'

/** Milliseconds. */
const PATIENCE = 2000

export class TcpTarget implements Target {
  readonly #port: number
  readonly #own: Connection
  readonly #clients = new Map<string, Connection>()

  /** A server as its first client finds it: empty, and saving nothing by itself. */
  static async fresh(port: number): Promise<TcpTarget> {
    const own = await Connection.open(port)
    await freshen(own)
    return new TcpTarget(port, own)
  }

  private constructor(port: number, own: Connection) {
    this.#port = port
    this.#own = own
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

  advance(): void {
    throw new Error('the clock of a real server cannot be moved')
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
