// The engine behind a TCP port. The host has what the engine lacks: the real clock, a timer for what the engine wants
// to do by itself, sockets. Each connection is a client of the engine; its bytes become requests, and a request is
// given to the engine only when the one before it was answered, so that what a blocked client sends waits here, as it
// waits in Redis' own query buffer.
import '../../engine/whole.ts'
import { randomInt } from 'node:crypto'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { Engine, type Output } from '../../engine/engine.ts'
import { FORESEEN_REQUESTS, Foresight } from '../../engine/foresight.ts'
import { encode, ProtocolError, ReplyWriter, RequestDecoder } from '../../wire/resp.ts'
import { latin1Into } from './latin1.ts'
import { latin, type Bytes } from '../../wire/bytes.ts'
import { failure, type Reply } from '../../wire/reply.ts'

const MB = 1024 * 1024
/** Above this many bytes that a client has not read, nothing more is read from it. */
const OUTPUT_FULL = 4 * MB
/** A client that lets this much of messages pile up is closed (Redis' limit for subscribers). */
const PUSHES_FULL = 32 * MB
/** A blocked client may send this much ahead. */
const INPUT_FULL = 64 * MB
/** So many bytes of replies are gathered before they go to a socket. */
const OUTPUT_PIECE = 64 * 1024
const LONGEST_TIMER = 2 ** 31 - 1

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

/** Listens on a loopback address (a page elsewhere, or a neighbour, must not reach it); port 0 takes a free one. */
export async function serve(host: string, port: number): Promise<Listening> {
  if (!isLoopback(host)) throw new Error(`${host} is not a loopback address: this server is for this machine only`)
  const server = new TcpHost()
  const listener = createServer({ noDelay: true }, (socket) => server.accept(socket))
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(port, host, resolve)
  })
  return {
    port: (listener.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve())
        server.close()
      }),
  }
}

/** True for the names and addresses by which a machine speaks to itself. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

interface Connection {
  readonly id: number
  readonly socket: Socket
  readonly decoder: RequestDecoder
  /** Requests that the engine has not answered yet: 0 or 1. */
  waiting: number
  /** Nothing more is read: QUIT, a protocol error, the socket's end. */
  over: boolean
  /** Bytes received while waiting; they may become too many. */
  ahead: number
}

class TcpHost {
  readonly #connections = new Map<number, Connection>()
  readonly #engine: Engine
  #lastId = 0
  #now = 0
  #timer: NodeJS.Timeout | undefined
  /** Whose requests are being answered. */
  #current: Connection | null = null
  /** Replies to them that are not on their way yet. */
  readonly #replies = new ReplyWriter(latin1Into, OUTPUT_PIECE)
  /** Those who may go on once that one has nothing more to ask: what came in one piece is answered in one piece. */
  #next: Connection[] = []
  /** Closed: sockets that end now must not set the timer again, which would keep the process. */
  #over = false

  constructor() {
    this.#engine = new Engine({
      seed: randomInt(2 ** 32),
      at: this.#clock(),
      observe: false,
      foresight: new Foresight(),
    })
  }

  close(): void {
    this.#over = true
    clearTimeout(this.#timer)
    for (const { socket } of this.#connections.values()) socket.destroy()
  }

  accept(socket: Socket): void {
    const id = ++this.#lastId
    const connection: Connection = {
      id,
      socket,
      decoder: new RequestDecoder(),
      waiting: 0,
      over: false,
      ahead: 0,
    }
    this.#connections.set(id, connection)
    this.#hear(this.#engine.apply({ do: 'connect', at: this.#clock(), client: id, name: '', db: 0 }))
    socket.on('data', (chunk) => this.#received(connection, chunk))
    socket.on('drain', () => {
      socket.resume()
      this.#serve(connection)
    })
    // A reset by the other side is an ordinary end of a connection; 'close' follows.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#closed(connection))
  }

  /** The engine's time: the machine's, but never backwards. */
  #clock(): number {
    this.#now = Math.max(this.#now, Date.now())
    return this.#now
  }

  #received(connection: Connection, chunk: Buffer): void {
    if (connection.over) return
    connection.decoder.push(latin(chunk.toString('latin1')), chunk)
    this.#serve(connection)
    connection.ahead = connection.waiting > 0 ? connection.ahead + chunk.length : 0
    if (connection.ahead > INPUT_FULL) connection.socket.destroy()
  }

  /** Answers what the client has asked, and then those whose waits that has ended. */
  #serve(connection: Connection): void {
    this.#next.push(connection)
    if (this.#current) return
    for (let next = this.#next.shift(); next; next = this.#next.shift()) {
      this.#current = next
      try {
        this.#answer(next)
      } finally {
        this.#current = null
        // All is on its way, unless something went wrong: then nobody else gets it.
        this.#replies.take()
      }
    }
  }

  /** Gives the engine what the client has asked, as far as it may go now. */
  #answer(connection: Connection): void {
    const { socket, decoder } = connection
    socket.cork()
    while (!connection.over && connection.waiting === 0) {
      if (socket.writableLength > OUTPUT_FULL) {
        socket.pause()
        break
      }
      const ahead = decoder.ahead(FORESEEN_REQUESTS)
      if (ahead.count > 1) this.#engine.foresee(connection.id, ahead)
      const request = decoder.next()
      if (!request) break
      if (request instanceof ProtocolError) this.#refuse(connection, request.text)
      else if (isFromBrowser(request)) socket.destroy()
      else this.#send(connection, request)
      if (socket.destroyed) connection.over = true
      if (this.#replies.length > OUTPUT_PIECE) this.#flush()
    }
    this.#flush()
    socket.uncork()
    this.#wake()
  }

  /** What was gathered goes to the one who is being answered. */
  #flush(): void {
    if (this.#replies.length > 0) this.#current!.socket.write(Buffer.from(this.#replies.take()))
  }

  #send(connection: Connection, argv: readonly Bytes[]): void {
    const { length } = this.#replies
    const outputs = this.#engine.send(this.#clock(), connection.id, argv, this.#replies)
    if (this.#replies.length === length) connection.waiting++
    if (outputs.length > 0) this.#carry(outputs)
  }

  #refuse(connection: Connection, text: Bytes): void {
    connection.over = true
    this.#write(connection, failure(text))
    this.#flush()
    connection.socket.end()
  }

  #closed(connection: Connection): void {
    connection.over = true
    if (!this.#connections.delete(connection.id)) return
    this.#hear(this.#engine.apply({ do: 'disconnect', at: this.#clock(), client: connection.id }))
  }

  /** Carries what came out of the engine to the sockets, and sets the timer for what it wants to do next. */
  #hear(outputs: readonly Output[]): void {
    this.#carry(outputs)
    this.#wake()
  }

  #carry(outputs: readonly Output[]): void {
    const freed: Connection[] = []
    for (const output of outputs) {
      if (!('client' in output) || output.on === 'unit') continue
      const connection = this.#connections.get(output.client)
      if (!connection) continue
      if (output.on === 'reply') this.#write(connection, output.reply)
      else if (output.on === 'push') this.#push(connection, output.message)
      else if (output.on === 'gone') this.#gone(connection)
      if (output.on !== 'reply' && output.on !== 'cancelled') continue
      connection.waiting--
      if (connection !== this.#current) freed.push(connection)
    }
    for (const connection of freed) this.#serve(connection)
  }

  #write(connection: Connection, reply: Reply): void {
    const protocol = this.#engine.protocol(connection.id) ?? 2
    if (connection === this.#current) this.#replies.write(reply, protocol)
    else connection.socket.write(encode(reply, protocol), 'latin1')
  }

  #push(connection: Connection, message: Reply): void {
    this.#write(connection, message)
    if (connection.socket.writableLength > PUSHES_FULL) connection.socket.destroy()
  }

  /** The engine has closed it (QUIT); the replies before it still go out. */
  #gone(connection: Connection): void {
    connection.over = true
    this.#connections.delete(connection.id)
    if (connection === this.#current) this.#flush()
    connection.socket.end()
  }

  #wake(): void {
    clearTimeout(this.#timer)
    if (this.#over) return
    const at = this.#engine.nextWake()
    if (at === null) return
    const delay = Math.min(Math.max(at - this.#clock(), 0), LONGEST_TIMER)
    this.#timer = setTimeout(() => this.#hear(this.#engine.apply({ do: 'tick', at: this.#clock() })), delay)
  }
}

const attacks: readonly string[] = [latin('post'), latin('host:')]

/** A web page that posts to this port writes such lines; Redis closes the connection without a word. */
function isFromBrowser(argv: readonly Bytes[]): boolean {
  return attacks.includes(argv[0]!.toLowerCase())
}
