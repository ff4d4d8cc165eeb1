// The two sides. Ours: an engine in this process, on one thread; RESP bytes go through the decoder, each request through
// the engine, its reply through the encoder, and out come RESP bytes: the way of the TCP host without its socket. Theirs: a
// real redis-server over loopback, with as many connections as redis-benchmark would open there; what it spends it tells
// itself (INFO cpu), so that our client costs it nothing.
import '../engine/whole.ts'
import { connect, type Socket } from 'node:net'
import type { Connection } from '../conformance/connection.ts'
import { latin1Into } from '../hosts/tcp/latin1.ts'
import { Engine } from '../engine/engine.ts'
import { FORESEEN_REQUESTS, Foresight } from '../engine/foresight.ts'
import { ProtocolError, ReplyWriter, RequestDecoder } from '../wire/resp.ts'
import { latin, type Bytes } from '../wire/bytes.ts'
import { ReplyCounter } from './counter.ts'
import { cpuOf, type Spent } from './measure.ts'

/** Requests that travel together, as bytes. */
export interface Messages {
  readonly bytes: readonly Buffer[]
  /** Commands in each. */
  readonly size: number
}

const CLIENT = 1

export class OurSide {
  readonly engine: Engine
  readonly #decoder = new RequestDecoder()
  /** Where replies are written: as the buffer of a socket, it is used again. */
  readonly #out = new ReplyWriter(latin1Into)
  #next = 0

  constructor(at = Date.now()) {
    this.engine = new Engine({ seed: 1, at, observe: false, foresight: new Foresight() })
    this.engine.apply({ do: 'connect', at, client: CLIENT, name: '', db: 0 })
    this.apply(['CONFIG', 'SET', 'save', ''] as Bytes[])
  }

  /** A request that is decoded already; the reply is thrown away. */
  apply(argv: readonly Bytes[], at = Date.now()): void {
    this.engine.send(at, CLIENT, argv)
  }

  /** One message in, its replies out; they are good until the next message. */
  answer(message: Buffer, at = Date.now()): Uint8Array {
    const { engine } = this
    this.#decoder.push(latin(message.toString('latin1')), message)
    for (;;) {
      const ahead = this.#decoder.ahead(FORESEEN_REQUESTS)
      if (ahead.count > 1) engine.foresee(CLIENT, ahead)
      const request = this.#decoder.next()
      if (request === null) break
      if (request instanceof ProtocolError) throw new Error(request.text)
      engine.send(at, CLIENT, request, this.#out)
    }
    return this.#out.take()
  }

  /** Plays so many messages, each time going on where it stopped. */
  play(messages: Messages, count: number): Spent {
    const cpu = cpuOf(() => {
      for (let i = 0; i < count; i++) this.answer(messages.bytes[this.#next++ % messages.bytes.length]!)
    })
    return { cpu, commands: count * messages.size }
  }
}

interface Wire {
  readonly socket: Socket
  readonly counter: ReplyCounter
  missing: number
  done: () => void
}

export class RealSide {
  readonly #wires: Wire[]
  readonly #own: Connection
  #next = 0

  static async open(port: number, own: Connection, connections: number): Promise<RealSide> {
    const wires = Array.from({ length: connections }, () => openWire(port))
    return new RealSide(await Promise.all(wires), own)
  }

  private constructor(wires: Wire[], own: Connection) {
    this.#wires = wires
    this.#own = own
  }

  async #info(section: string): Promise<string> {
    const info = await this.#own.ask('INFO', section)
    if (typeof info !== 'string') throw new Error(`INFO ${section} gave no text`)
    return info
  }

  /** CPU time that the server has taken so far, in microseconds. */
  async cpu(): Promise<number> {
    const info = await this.#info('cpu')
    const seconds = (name: string) => Number(new RegExp(`^${name}:([0-9.]+)`, 'm').exec(info)![1])
    return (seconds('used_cpu_sys') + seconds('used_cpu_user')) * 1e6
  }

  /** Microseconds inside commands of that name since CONFIG RESETSTAT, and how often it ran. */
  async commandTime(name: string): Promise<Spent> {
    const info = await this.#info('commandstats')
    const [, calls, usec] = new RegExp(`^cmdstat_${name}:calls=([0-9]+),usec=([0-9]+)`, 'm').exec(info)!
    return { cpu: Number(usec), commands: Number(calls) }
  }

  async used(): Promise<number> {
    return Number(/^used_memory:([0-9]+)/m.exec(await this.#info('memory'))![1])
  }

  async ask(...words: string[]) {
    return this.#own.ask(...words)
  }

  /** The bytes that answer one message. */
  async answer(message: Uint8Array, size: number): Promise<Uint8Array> {
    const chunks: Buffer[] = []
    const { socket } = this.#wires[0]!
    const hear = (chunk: Buffer) => chunks.push(chunk)
    socket.on('data', hear)
    await ask(this.#wires[0]!, message, size)
    socket.off('data', hear)
    return Buffer.concat(chunks)
  }

  /** Plays so many messages: every connection sends its next one when the one before has been answered. */
  async play(messages: Messages, count: number): Promise<Spent> {
    const before = await this.cpu()
    await this.send(messages, count)
    return { cpu: (await this.cpu()) - before, commands: count * messages.size }
  }

  async send({ bytes, size }: Messages, count: number): Promise<void> {
    let left = count
    await Promise.all(
      this.#wires.map(async (wire) => {
        while (left > 0) {
          left--
          await ask(wire, bytes[this.#next++ % bytes.length]!, size)
        }
      }),
    )
    if (this.#wires.some(({ counter }) => counter.errors > 0)) throw new Error('the server answered with an error')
  }

  close(): void {
    for (const { socket } of this.#wires) socket.destroy()
  }
}

async function openWire(port: number): Promise<Wire> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  const wire: Wire = { socket, counter: new ReplyCounter(), missing: 0, done: () => {} }
  socket.on('data', (chunk) => {
    wire.missing -= wire.counter.push(chunk)
    if (wire.missing === 0) wire.done()
  })
  return wire
}

function ask(wire: Wire, message: Uint8Array, size: number): Promise<void> {
  wire.missing = size
  return new Promise((resolve) => {
    wire.done = resolve
    wire.socket.write(message)
  })
}
