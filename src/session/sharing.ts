// A session that goes on a journey, and one that comes from somewhere. Out go a log, where it begins at a server's first
// moment, and an image; both with the digest of where they end. What comes in is believed in nothing: it is tried on a
// machine of its own, with bounds on keys, bytes and time, and only what has held becomes a session. It is a new one, so
// that no other is touched. Loaded when it is first needed.
import { digestOf } from '../engine/digest.ts'
import { Engine, type Output } from '../engine/engine.ts'
import { IMAGE_VERSION, readImage } from '../engine/image.ts'
import type { Store } from '../storage/store.ts'
import type { Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import { readSession, writeSession, type SessionFile } from '../share/session-file.ts'
import { Bounds, FOREIGN, keysOf, LAST_INSTANT, MOST_KEYS, OWN, refusalIn, type Most } from './bounds.ts'
import { decodeLog } from './log-reading.ts'
import { encodeLog } from './log.ts'
import type {
  Brought,
  ClientId,
  Imported,
  ImportRefusal,
  Input,
  LoggedInput,
  ReplayedRow,
  Request,
  SessionId,
  SessionInfo,
  Shared,
} from './protocol.ts'
import { trySnapshot } from './snapshot.ts'
import { Timeline } from './timeline.ts'

/** Rows that are told at most, and the parts of a reply. */
const MOST_ROWS = 2000
const MOST_PARTS = 4000
/** Rows that a replay keeps in mind; beyond, messages that came by themselves are left out. */
const MOST_KEPT = 50_000
/** How often what is due in an image is tried. */
const MOST_WAKES = 64

export interface SharingHost {
  now(): number
  measured(): number
  newId(): SessionId
  /** A number from 0 to 2^53 - 1. */
  seed(): number
  readonly store: Store
}

// ------------------------------------------------------------------ out

/** The session now, or when the command `upTo` had just been done. */
export function share({ engine: now, state, length }: Timeline, upTo: number | null): Shared {
  const end = upTo === null ? length : state.log.findIndex(({ seq, input }) => seq === upTo && input.do !== 'tick') + 1
  if (upTo !== null && end === 0) throw new Error('This moment is not known any more.')
  const log = state.log.slice(0, end)
  const engine = upTo === null ? now : replayed(state.base, log)
  const facts = { keys: keysOf(engine), commands: commandsIn(log) }
  if (facts.keys > MOST_KEYS) return { ...facts, digest: '', log: null, image: null }
  const image = engine.image()
  const origin = originOf(state.base)
  const inputs = log.map(({ input }) => input)
  return { ...facts, digest: digestOfImage(image), log: origin && { ...origin, inputs }, image }
}

/** The session with all that there is of it, as a file. */
export function exported(
  { engine, state }: Timeline,
  { name }: SessionInfo,
  notebook: string | null,
  build: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { base, nextSeq, floor } = state
  const image = engine.image()
  const facts = { build, name, notebook, nextSeq, floor, digest: digestOfImage(image) }
  return writeSession({ ...facts, base, image, log: encodeLog(state.log), undone: state.undone.map(encodeLog) })
}

function replayed(base: Uint8Array, log: readonly LoggedInput[]): Engine {
  const engine = Engine.restore(base)
  for (const { input } of log) engine.apply(input)
  return engine
}

const commandsIn = (log: readonly LoggedInput[]) => log.filter(({ input }) => input.do === 'send').length

function digestOfImage(image: Uint8Array): string {
  const digest = digestOf(readImage(image).server.databases)
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What a server began with, where the image is that of one that had just begun. */
function originOf(base: Uint8Array): { seed: number; began: number } | null {
  const { server, seed } = readImage(base)
  const began = server.startedAt
  return isSame(new Engine({ seed, at: began }).image(), base) ? { seed, began } : null
}

const isSame = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, i) => byte === other[i])

// ------------------------------------------------------------------ in

/** Tries what came; with `keep` it is stored as a new session. Throws only where the store does. */
export async function bring(
  { from, names, keep }: Extract<Request, { do: 'import' }>,
  host: SharingHost,
): Promise<Imported | ImportRefusal> {
  if (from.kind === 'rdb') return bringSnapshot(from.file, keep, host)
  const file = from.kind === 'file' ? await readSession(from.file) : null
  if (typeof file === 'string') return file === 'no-link' ? 'damaged' : file
  const tried = tryOut(file ?? (from as Replayable), host)
  if (typeof tried === 'string') return tried
  const { timeline, rows } = tried
  const { engine } = timeline
  const differs = tried.differs ?? digestOfImage(engine.image()) !== (file ?? (from as { digest: string })).digest
  // A replay may end elsewhere in another version of the engine; an image is the state itself.
  if (differs && from.kind === 'image') return 'damaged'
  for (const client of engine.clients)
    if (!names.includes(engine.state(client)!.name)) timeline.apply({ do: 'disconnect', at: engine.now, client })
  const facts = { keys: keysOf(engine), commands: timeline.commands }
  const session = keep && (await store(timeline, { name: keep.name, ...facts }, host))
  const { name, build, notebook } = file ?? {}
  return { session, ...facts, differs, rows, ...(file ? { name: name!, build: build!, notebook: notebook! } : {}) }
}

async function bringSnapshot(
  file: Uint8Array,
  keep: { readonly name: string } | null,
  host: SharingHost,
): Promise<Imported | ImportRefusal> {
  const tried = trySnapshot(file, keep !== null, host)
  if (typeof tried === 'string') return tried
  const { timeline, keys, snapshot } = tried
  const facts = { keys, commands: 0 }
  const session = keep && timeline && (await store(timeline, { name: keep.name, ...facts }, host))
  return { session, ...facts, differs: false, rows: [], snapshot }
}

async function store(
  timeline: Timeline,
  facts: Pick<SessionInfo, 'name' | 'keys' | 'commands'>,
  host: SharingHost,
): Promise<SessionId> {
  const id = host.newId()
  const now = host.now()
  // Its clock goes on from where it stood, so that what was to expire in a minute still has that minute.
  const clock = { engine: timeline.engine.now, machine: now, rate: 1 } as const
  const { base, log, undone, nextSeq, floor } = timeline.state
  await host.store.save(id, {
    info: { id, ...facts, createdAt: now, usedAt: now, clock },
    nextSeq,
    rewrite: { base, log: encodeLog(log), undone: undone.map(encodeLog), floor },
    latest: { index: timeline.length, head: timeline.head, image: timeline.engine.image() },
  })
  return id
}

interface Tried {
  readonly timeline: Timeline
  readonly rows: readonly ReplayedRow[]
  /** Known already: what was replayed is not what the image says. */
  readonly differs?: boolean
}

type Replayable = Exclude<Brought, { kind: 'file' | 'rdb' }>

function tryOut(from: Replayable | SessionFile, host: SharingHost): Tried | ImportRefusal {
  try {
    if (!('kind' in from)) return whole(from, host)
    if (from.kind === 'image') return reopen(from.image, host, FOREIGN)
    return replay(Timeline.begin(from.seed, from.began), from.inputs, host, FOREIGN)
  } catch (error) {
    return refusalIn(error) ?? 'damaged'
  }
}

/** The image is the truth. History is kept where it leads there, played again from its beginning. */
function whole(file: SessionFile, host: SharingHost): Tried | ImportRefusal {
  const state = reopen(file.image, host, OWN)
  if (typeof state === 'string') return state
  if (digestOfImage(file.image) !== file.digest) return 'damaged'
  const history = tryHistory(file, host)
  return history && isSame(history.timeline.engine.image(), file.image)
    ? { ...history, differs: false }
    : { ...state, differs: file.log.length > 0 }
}

function tryHistory({ base, log, undone, nextSeq, floor }: SessionFile, host: SharingHost): Tried | null {
  try {
    const begin = reopen(base, host, OWN)
    if (typeof begin === 'string') return null
    const back = undone.map(decodeLog)
    const timeline = new Timeline({ base, log: [], undone: [], nextSeq: floor + 1, floor })
    const played = replay(timeline, decodeLog(log), host, OWN)
    if (typeof played === 'string') return null
    const { state, engine } = timeline
    const moment = { index: timeline.length, head: timeline.head, image: engine.image() }
    return { rows: played.rows, timeline: new Timeline({ ...state, undone: back, nextSeq }, moment) }
  } catch {
    return null
  }
}

/** Inputs that have seqs already keep them. */
function replay(
  timeline: Timeline,
  inputs: readonly (Input | LoggedInput)[],
  host: SharingHost,
  most: Most,
): Tried | ImportRefusal {
  if (inputs.length > most.inputs) return 'too-long'
  const { engine } = timeline
  const bounds = new Bounds(engine, host, most)
  const rows = new Rows()
  for (const entry of inputs) {
    const input = 'input' in entry ? entry.input : entry
    if (input.do === 'put' && input.bytes.length > most.file) return 'too-large'
    rows.before(engine, input)
    const outputs = bounds.input(() => ('input' in entry ? timeline.again(entry) : timeline.apply(entry).outputs))
    rows.after(engine, timeline.head, input, outputs)
  }
  engine.guard = null
  return { timeline, rows: rows.all }
}

/**
 * An image is read, and must come out the same when it is written again: so there is nothing in it that this engine would
 * not have written. Then a twin of it goes through all that time will bring, and through the end of its clients.
 */
function reopen(brought: Uint8Array, host: SharingHost, most: Most): Tried | ImportRefusal {
  if (!isReadable(brought)) return 'older'
  // One of the layout before is first brought into that of today.
  const image = brought[VERSION_AT] === IMAGE_VERSION ? brought : Engine.restore(brought).image()
  const twin = Engine.restore(image)
  if (!isSame(twin.image(), image)) return 'damaged'
  const bounds = new Bounds(twin, host, most)
  bounds.check()
  for (let wake = twin.nextWake(), left = MOST_WAKES; wake !== null && left > 0; wake = twin.nextWake(), left--) {
    if (!(wake <= LAST_INSTANT)) break
    const at = Math.ceil(wake)
    bounds.input(() => twin.apply({ do: 'tick', at }))
  }
  for (const client of twin.clients) bounds.input(() => twin.apply({ do: 'disconnect', at: twin.now, client }))
  const timeline = new Timeline({ base: image, log: [], undone: [], nextSeq: 1, floor: 0 })
  return { timeline, rows: [] }
}

/** A length, ten letters, the version. */
const VERSION_AT = 11

/** It has the head of an image of this version, or of the one before. */
function isReadable(image: Uint8Array): boolean {
  const own = new Engine({ seed: 0, at: 0 }).image()
  const version = image[VERSION_AT]
  return (
    isSame(own.subarray(0, VERSION_AT), image.subarray(0, VERSION_AT)) &&
    (version === IMAGE_VERSION || version === IMAGE_VERSION - 1)
  )
}

// ------------------------------------------------------------------ what the consoles showed

const blank: ReplayedRow['state'] = {
  db: 0,
  queued: null,
  subscribed: { channels: [], patterns: [], shards: [] },
}

/** Commands with their answers, each client's in its order: an answer belongs to its oldest command that has none. */
class Rows {
  #rows: ReplayedRow[] = []
  readonly #waiting = new Map<ClientId, number[]>()
  readonly #names = new Map<ClientId, string>()
  #state = blank
  /** States after the present input: many messages may come to one client at once. */
  readonly #states = new Map<ClientId, ReplayedRow['state']>()

  get all(): readonly ReplayedRow[] {
    return this.#rows.slice(-MOST_ROWS)
  }

  before(engine: Engine, input: Input): void {
    if (input.do === 'connect') this.#names.set(input.client, input.name)
    if (input.do === 'reset') this.#waiting.clear()
    if (input.do === 'send') this.#state = stateOf(engine, input.client)
  }

  after(engine: Engine, seq: number, input: Input, outputs: readonly Output[]): void {
    this.#states.clear()
    if (input.do === 'send') this.#asked(seq, input)
    for (const output of outputs) this.#told(engine, seq, output)
  }

  #asked(seq: number, { client, argv }: Extract<Input, { do: 'send' }>): void {
    const name = this.#names.get(client)
    if (name === undefined) return
    const waiting = this.#waiting.get(client) ?? []
    this.#waiting.set(client, waiting)
    waiting.push(this.#rows.push({ seq, name, argv, state: this.#state }) - 1)
  }

  #told(engine: Engine, seq: number, output: Output): void {
    if (output.on === 'gone') this.#waiting.delete(output.client)
    if (output.on === 'push') {
      const name = this.#names.get(output.client)
      const state = this.#states.get(output.client) ?? stateOf(engine, output.client)
      this.#states.set(output.client, state)
      if (name !== undefined && this.#rows.length < MOST_KEPT)
        this.#rows.push({ seq, name, argv: null, state, ...shown(output.message) })
    }
    if (output.on !== 'reply' && output.on !== 'cancelled') return
    const place = this.#waiting.get(output.client)?.shift()
    if (place === undefined) return
    const end = output.on === 'reply' ? shown(output.reply) : { cancelled: true as const }
    this.#rows[place] = { ...this.#rows[place]!, ...end }
  }
}

function stateOf(engine: Engine, client: ClientId): ReplayedRow['state'] {
  const state = engine.state(client)
  if (!state) return blank
  // A prompt tells whether somebody listens, and not to how much: that may be more than all else.
  const { channels, patterns, shards } = state.subscribed
  const first = (names: readonly Bytes[]) => names.slice(0, 1)
  const subscribed = { channels: first(channels), patterns: first(patterns), shards: first(shards) }
  return { db: state.db, queued: state.queued, subscribed }
}

function shown(reply: Reply): { reply: Reply } | { long: true } {
  let room = MOST_PARTS * 8
  const fits = (part: Reply): boolean => {
    room -= typeof part === 'string' ? part.length + 8 : 8
    if (room < 0) return false
    return !Array.isArray(part) || (part as readonly Reply[]).every(fits)
  }
  return fits(reply) ? { reply } : { long: true }
}
