// The session in time: an engine, the log of what it was given, and images along the way. Going back is the nearest
// image and a replay from there; nothing is ever computed backwards. What was taken back waits to be brought again
// until the person does something new.
import { Engine, type Output } from '../engine/engine.ts'
import type { ClientId, Input, LoggedInput } from './protocol.ts'

/** Inputs between two images, while an image is small; larger ones are made less often. */
const STEP = 256
const SMALL = 1 << 18
/** Inputs between two words about a replay. */
const TOLD_EVERY = 64
/** Images that are kept at most; beyond, every second one goes. */
const MOST_IMAGES = 24

interface Moment {
  /** How many inputs of the log lie before it. */
  readonly index: number
  readonly image: Uint8Array
}

export interface TimelineState {
  /** Where history begins. */
  readonly base: Uint8Array
  readonly log: readonly LoggedInput[]
  /** What was taken back, the last first; each with the inputs that came with it. */
  readonly undone: readonly (readonly LoggedInput[])[]
  readonly nextSeq: number
  /** The head where the log is empty: the seq at which history was cut. */
  readonly floor: number
}

/** Hears now and then how many inputs were played again, of how many. */
export type Played = (done: number, of: number) => void

/** What a person does, and can take back. */
const isAct = (input: Input) =>
  input.do === 'send' || input.do === 'reset' || befalls(input) || (input.do === 'disconnect' && input.act === true)

/** What is done to the server, and by no client. */
const befalls = (input: Input) =>
  input.do === 'crash' || input.do === 'restart' || input.do === 'disk' || input.do === 'put'

const joins = ({ input }: LoggedInput) => input.do === 'send' && input.joins === true

export class Timeline {
  #engine: Engine
  #log: LoggedInput[]
  #undone: (readonly LoggedInput[])[]
  #moments: Moment[]
  #nextSeq: number
  #floor: number
  readonly #played: Played | undefined
  #sinceImage = 0
  #step = STEP

  /**
   * A session from its state. `latest`, where there is one, is the image after `latest.index` inputs of the log: then
   * only what follows it is replayed.
   */
  constructor(state: TimelineState, latest?: Moment, played?: Played) {
    this.#played = played
    this.#log = [...state.log]
    this.#undone = [...state.undone]
    this.#nextSeq = state.nextSeq
    this.#floor = state.floor
    this.#moments = [{ index: 0, image: state.base }, ...(latest && latest.index > 0 ? [latest] : [])]
    this.#engine = this.#replay(this.#log.length)
  }

  static begin(seed: number, at: number): Timeline {
    const base = new Engine({ seed, at }).image()
    return new Timeline({ base, log: [], undone: [], nextSeq: 1, floor: 0 })
  }

  get engine(): Engine {
    return this.#engine
  }

  /** The seq of the newest input that is in force; 0 before the first. */
  get head(): number {
    return this.#log.at(-1)?.seq ?? this.#floor
  }

  get state(): TimelineState {
    return {
      base: this.#moments[0]!.image,
      log: this.#log,
      undone: this.#undone,
      nextSeq: this.#nextSeq,
      floor: this.#floor,
    }
  }

  /** Inputs in force. */
  get length(): number {
    return this.#log.length
  }

  /** What was sent, and is in force. */
  get commands(): number {
    return this.#log.reduce((sum, { input }) => sum + (input.do === 'send' ? 1 : 0), 0)
  }

  get canUndo(): boolean {
    return this.#log.some(({ input }) => isAct(input))
  }

  /** The seq of the last thing that a person did; 0 where there is none. */
  get lastAct(): number {
    return this.#log.findLast(({ input }) => isAct(input))?.seq ?? 0
  }

  get canRedo(): boolean {
    return this.#undone.length > 0
  }

  /** Gives the engine an input and logs it; a tick is logged only where it did something. */
  apply(input: Input): { readonly logged: LoggedInput | null; readonly outputs: readonly Output[] } {
    const outputs = this.#engine.apply(input)
    // Time has no seq of its own: it belongs to the moment after the last input.
    if (input.do === 'tick') {
      if (outputs.length === 0) return { logged: null, outputs }
      return { logged: this.#push({ seq: this.head, input }), outputs }
    }
    // A client that comes may get the number of one that waits to be brought again.
    if (isAct(input) || (isConnection(input) && this.#undone.some((back) => back.some((e) => isConnection(e.input)))))
      this.#undone = []
    return { logged: this.#push({ seq: this.#nextSeq++, input }), outputs }
  }

  /** Plays an input again under the seq that it had. */
  again(entry: LoggedInput): readonly Output[] {
    this.#nextSeq = Math.max(this.#nextSeq, entry.seq + 1)
    const outputs = this.#engine.apply(entry.input)
    this.#push(entry)
    return outputs
  }

  #push(entry: LoggedInput): LoggedInput {
    this.#log.push(entry)
    if (++this.#sinceImage >= this.#step) this.#keepImage()
    return entry
  }

  #keepImage(): void {
    const image = this.#engine.image()
    this.#sinceImage = 0
    this.#step = STEP * Math.max(1, Math.ceil(image.length / SMALL))
    this.#moments.push({ index: this.#log.length, image })
    if (this.#moments.length > MOST_IMAGES) this.#moments = this.#moments.filter((_, i) => i === 0 || i % 2 === 1)
  }

  #replay(length: number): Engine {
    this.#moments = this.#moments.filter(({ index }) => index <= length)
    const from = this.#moments.at(-1)!
    const engine = Engine.restore(from.image)
    for (let i = from.index; i < length; i++) {
      engine.apply(this.#log[i]!.input)
      if (i % TOLD_EVERY === 0) this.#played?.(i - from.index, length - from.index)
    }
    this.#sinceImage = length - from.index
    return engine
  }

  /** Takes back the last thing a person did, with all that was done together; returns what that was, or null. */
  undo(): readonly LoggedInput[] | null {
    const acts = this.#log.flatMap((entry, i) => (isAct(entry.input) ? [i] : []))
    let first = acts.length - 1
    while (first > 0 && joins(this.#log[acts[first]!]!)) first--
    const at = acts[first]
    if (at === undefined) return null
    const gone = this.#log.slice(at)
    this.#log.length = at
    this.#engine = this.#replay(at)
    const undone: LoggedInput[] = []
    for (const entry of gone) if (!this.#stays(entry)) undone.push(entry)
    this.#undone.push(undone)
    return gone.filter(({ input }) => isAct(input))
  }

  /**
   * Goes back to the moment when `to` was the head, its clients included; false where the log does not reach back so
   * far. What is taken back is one thing for `redo`. What the person had already undone by hand stays undone.
   */
  rewind(to: number): boolean {
    if (to < this.#floor) return false
    const at = this.#log.findIndex(({ seq }) => seq > to)
    if (at < 0) return true
    const gone = this.#log.slice(at)
    this.#log.length = at
    this.#engine = this.#replay(at)
    if (gone.some(({ input }) => isAct(input))) this.#undone.push(gone)
    return true
  }

  /**
   * Clients that came or went after what was taken back stay as they are, for only what was done is taken back. But who
   * came in the place of one that is there again goes with it.
   */
  #stays(entry: LoggedInput): boolean {
    const { input } = entry
    if (!isConnection(input) || isAct(input)) return false
    const { engine } = this
    const there =
      input.do === 'connect'
        ? engine.clients.every((id) => engine.state(id)!.name !== input.name)
        : engine.clients.includes(input.client)
    // Its place is before what was taken back, so that the head stays below that.
    if (there) this.again({ ...entry, seq: this.head })
    return there
  }

  /** Brings again what `undo` took back; returns what that was, or null. */
  redo(): readonly LoggedInput[] | null {
    const back = this.#undone.pop()
    if (!back) return null
    for (const entry of back) this.again(entry)
    return back.filter(({ input }) => isAct(input))
  }

  /** The seqs of a client's commands that have no answer yet, oldest first. */
  unanswered(client: ClientId): number[] {
    const count = this.#engine.unanswered(client)
    const seqs: number[] = []
    for (let i = this.#log.length - 1; i >= 0 && seqs.length < count; i--) {
      const { seq, input } = this.#log[i]!
      if (input.do === 'send' && input.client === client) seqs.unshift(seq)
    }
    return seqs
  }

  /** Lets history begin now: what came before can no longer be taken back. */
  cut(): void {
    this.#floor = this.head
    this.#moments = [{ index: 0, image: this.#engine.image() }]
    this.#log = []
    this.#undone = []
    this.#sinceImage = 0
  }
}

const isConnection = (input: Input) => input.do === 'connect' || input.do === 'disconnect'
