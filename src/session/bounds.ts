// How much of what came from elsewhere is taken in: keys, bytes, time, and what each input may do. Held while it is tried on a
// machine of its own, so that whatever is too much ends there.
import type { Engine } from '../engine/engine.ts'
import type { Guard } from '../engine/server.ts'
import { meter, Overrun } from '../engine/values/meter.ts'
import type { Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import type { ImportRefusal } from './protocol.ts'

export const MOST_KEYS = 50_000
/** Bytes that the server may hold. */
const MOST_MEMORY = 64 << 20
/** Ms that a replay may take. */
const MOST_TIME = 10_000
/** Inputs that a replay may have. */
const MOST_INPUTS = 200_000
/** What one input may do, with all that it sets free: elements touched, outputs, and bytes of replies. */
const MOST_TOUCHED = 2_000_000
const MOST_OUTPUTS = 100_000
const MOST_REPLIES = 64 << 20
/** Bytes of a file that is laid on the server's disk: it holds packed values. */
const MOST_FILE = 4 << 20
/** The last instant that a calendar can show, ms since 1970: the end of the year 9999. */
export const LAST_INSTANT = 253_402_300_799_999

/** A file of one's own may hold more than a link: keys, bytes in the server, ms of replay, its inputs, what each touches. */
export const OWN = {
  keys: 5_000_000,
  memory: 1 << 30,
  time: 15_000,
  inputs: 5_000_000,
  touched: 50_000_000,
  file: 1 << 30,
}
/** What a snapshot may hold, in a server as large as ours is by default. */
export const SNAPSHOT = { ...OWN, keys: 1_000_000, memory: 256 << 20 }
export const FOREIGN = {
  keys: MOST_KEYS,
  memory: MOST_MEMORY,
  time: MOST_TIME,
  inputs: MOST_INPUTS,
  touched: MOST_TOUCHED,
  file: MOST_FILE,
}
export type Most = typeof OWN

interface Measuring {
  /** Ms, from whenever. */
  measured(): number
}

/** How many keys there are in all databases. */
export const keysOf = (engine: Engine) => engine.sizes().reduce((sum, { keys }) => sum + keys, 0)

/** Why work was ended, where it was bounds that ended it. */
export function refusalIn(error: unknown): ImportRefusal | null {
  if (error instanceof Overrun) return 'too-long'
  return error instanceof Overstepped ? error.refusal : null
}

class Overstepped extends Error {
  readonly refusal: ImportRefusal

  constructor(refusal: ImportRefusal) {
    super(refusal)
    this.refusal = refusal
  }
}

/**
 * Holds a stranger's commands within bounds, each before it runs and when it has its reply. One input may set many of them
 * free: EXEC, the write that somebody's queue of commands waits for, the end of a pause.
 */
export class Bounds implements Guard {
  readonly #engine: Engine
  readonly #host: Measuring
  readonly #most: Most
  readonly #until: number
  #room = MOST_REPLIES

  constructor(engine: Engine, host: Measuring, most: Most) {
    this.#engine = engine
    this.#host = host
    this.#most = most
    this.#until = host.measured() + most.time
    engine.guard = this
  }

  before(argv: readonly Bytes[], waiting: number): void {
    this.#check(greedOf(argv, this.#most))
    this.#check(waiting > MOST_OUTPUTS ? 'too-large' : null)
    this.check()
  }

  after(reply: Reply): void {
    const weigh = (part: Reply): void => {
      this.#room -= typeof part === 'string' ? part.length + 8 : 8
      this.#check(this.#room < 0 ? 'too-large' : null)
      if (Array.isArray(part)) for (const each of part as readonly Reply[]) weigh(each)
    }
    weigh(reply)
  }

  check(): void {
    this.#check(tooMuch(this.#engine, this.#most))
    this.#check(this.#host.measured() > this.#until ? 'too-long' : null)
  }

  /** Does what one input is about. */
  input<T>(work: () => T): T {
    this.#room = MOST_REPLIES
    const result = meter.bounded(this.#most.touched, work)
    this.check()
    return result
  }

  #check(refusal: ImportRefusal | null): void {
    if (refusal) throw new Overstepped(refusal)
  }
}

function tooMuch(engine: Engine, most: Most): ImportRefusal | null {
  if (keysOf(engine) > most.keys) return 'too-many-keys'
  if (engine.memory > most.memory) return 'too-large'
  return engine.now >= 0 && engine.now <= LAST_INSTANT ? null : 'damaged'
}

/** The one command whose work has no bounds of the engine's own. */
function greedOf(argv: readonly Bytes[], most: Most): ImportRefusal | null {
  const [name = '', second = '', count = '0', , size = '0'] = argv
  const isPopulate = name.toLowerCase() === 'debug' && second.toLowerCase() === 'populate'
  if (isPopulate && Number(count) > most.keys) return 'too-many-keys'
  return isPopulate && Number(count) * Number(size) > most.memory ? 'too-large' : null
}
