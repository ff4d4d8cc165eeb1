// One connection to a server over RESP: what is written, and what has been heard.
import { connect, type Socket } from 'node:net'
import { latin, type Bytes } from '../wire/bytes.ts'
import { isTagged, type Reply } from '../wire/reply.ts'
import { encodeRequest, ReplyDecoder } from '../wire/resp.ts'

export class Connection {
  readonly #socket: Socket
  readonly #decoder = new ReplyDecoder()
  readonly #heard: Reply[] = []
  #waiting: { readonly count: number; readonly done: () => void; readonly failed: (error: Error) => void } | null = null
  #ended: Error | null = null
  #listening: (() => void) | null = null
  #unanswered = 0

  /** By a port, or by the path of a socket. */
  static async open(port: number | string, host = '127.0.0.1'): Promise<Connection> {
    const socket = connect(typeof port === 'string' ? { path: port } : { port, host, noDelay: true })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    return new Connection(socket)
  }

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk) => this.#received(chunk))
    socket.on('error', (error) => this.#end(error))
    socket.on('close', () => this.#end(new Error('the server has closed the connection')))
  }

  /** Writes requests, and waits for nothing. */
  write(commands: readonly (readonly Bytes[])[]): void {
    this.#unanswered += commands.length
    this.#socket.write(commands.map(encodeRequest).join(''), 'latin1')
  }

  /** Writes requests and resolves with their replies. */
  async pipeline(commands: readonly (readonly Bytes[])[]): Promise<Reply[]> {
    this.write(commands)
    if (this.#ended) throw this.#ended
    if (this.#heard.length < commands.length)
      await new Promise<void>((done, failed) => {
        this.#waiting = { count: commands.length, done, failed }
      })
    return this.#heard.splice(0, commands.length)
  }

  async ask(...words: string[]): Promise<Reply> {
    const [reply] = await this.pipeline([words.map(latin)])
    return reply!
  }

  /** Resolves when anything more was heard, or the connection has ended; rejects when neither comes. */
  async more(patience: number): Promise<void> {
    if (this.#ended) throw this.#ended
    await new Promise<void>((done, failed) => {
      const late = setTimeout(() => failed(new Error('nothing more was heard')), patience)
      this.#listening = () => {
        clearTimeout(late)
        done()
      }
    })
  }

  /** The oldest reply that nobody took. */
  take(): Reply | undefined {
    return this.#heard.shift()
  }

  /** True where no reply is waiting to be taken. */
  get empty(): boolean {
    return this.#heard.length === 0
  }

  /** The port at this end, by which the server's CLIENT LIST names it. */
  get localPort(): number {
    return this.#socket.localPort!
  }

  get unanswered(): number {
    return this.#unanswered
  }

  close(): void {
    this.#socket.destroy()
  }

  #received(chunk: Buffer): void {
    this.#decoder.push(latin(chunk.toString('latin1')))
    for (let reply = this.#decoder.next(); reply !== undefined; reply = this.#decoder.next()) {
      this.#heard.push(reply)
      if (!isTagged(reply) || reply.kind !== 'push') this.#unanswered--
    }
    if (this.#waiting && this.#heard.length >= this.#waiting.count) {
      this.#waiting.done()
      this.#waiting = null
    }
    this.#toldMore()
  }

  #toldMore(): void {
    this.#listening?.()
    this.#listening = null
  }

  #end(error: Error): void {
    this.#ended ??= error
    this.#waiting?.failed(this.#ended)
    this.#waiting = null
    this.#toldMore()
  }
}
