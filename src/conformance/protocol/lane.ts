// One conversation after the other, each on a connection of its own: what is written, every byte that comes back, and
// whether the server closes. A connection beside it tells that the server has read: its answer comes after what was
// written before its question.
import { connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { fromArray, latin, toArray, type Bytes } from '../../wire/bytes.ts'
import { encodeRequest } from '../../wire/resp.ts'
import { Connection } from '../connection.ts'
import { pieces, type Conversation } from './grammar.ts'

/** Milliseconds for an end that must come. */
const PATIENCE = 3000
/** So often is a quiet server asked whether it has something to say. */
const ROUNDS = 3

export interface Outcome {
  readonly bytes: Bytes
  /** It answered the last question; it closed; it waits for more. */
  readonly end: 'answers' | 'closes' | 'waits'
}

const LAST = latin('what remains is silence')
const question = encodeRequest([latin('ECHO'), LAST])
const answer = `${LAST}\r\n`
const greeting = encodeRequest([latin('PING')])

/** What comes in on a socket. */
class Ear {
  readonly #chunks: Bytes[] = []
  closed = false
  readonly first: Promise<void>
  readonly ended: Promise<void>

  constructor(socket: Socket) {
    this.first = new Promise((done) => {
      socket.once('data', () => done())
      socket.once('close', () => done())
    })
    socket.on('data', (chunk) => this.#chunks.push(fromArray(chunk)))
    // A server that closes while bytes are on their way to it resets the connection; 'close' follows.
    socket.on('error', () => socket.destroy())
    this.ended = new Promise((done) => socket.on('close', () => done()))
    socket.on('end', () => (this.closed = true))
    socket.on('close', () => (this.closed = true))
  }

  get bytes(): Bytes {
    return latin(this.#chunks.join(''))
  }

  get refused(): boolean {
    return this.closed || this.bytes.includes('ERR Protocol error')
  }

  get done(): boolean {
    return this.closed || this.bytes.endsWith(answer)
  }
}

export class Lane {
  readonly #port: number
  readonly #own: Connection

  static async open(port: number): Promise<Lane> {
    return new Lane(port, await Connection.open(port))
  }

  private constructor(port: number, own: Connection) {
    this.#port = port
    this.#own = own
  }

  async play(conversation: Conversation, seed: number): Promise<Outcome> {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
    const ear = new Ear(socket)
    // Until it has answered once, the server may not even know of the connection.
    socket.write(toArray(greeting))
    await late(ear.first)
    const parts = pieces(conversation, seed, question)
    for (const part of parts) {
      // To write to one who closes may lose what it has said before.
      if (ear.refused) break
      socket.write(toArray(part))
      if (parts.length > 1) await this.#own.ask('PING')
      if (parts.length > 1) await setImmediate()
    }
    for (let round = 0; round < ROUNDS && !ear.done; round++) {
      await this.#own.ask('PING')
      await setImmediate()
    }
    if (ear.refused) await late(ear.ended)
    const end = ear.closed ? 'closes' : ear.done ? 'answers' : 'waits'
    // The server closes when we have nothing more to say; all that it has said is here then.
    socket.end()
    await late(ear.ended)
    socket.destroy()
    return { bytes: ear.bytes, end }
  }

  close(): void {
    this.#own.close()
  }
}

async function late(wanted: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>((done) => (timer = setTimeout(done, PATIENCE)))
  await Promise.race([wanted, over])
  clearTimeout(timer)
}
