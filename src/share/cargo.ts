// What a link carries, and its bytes: a head in JSON behind its length, and behind that an image, where there is one.
// Every field that comes from outside is looked at before it is believed; what is not as it should be is no cargo.
import { latin, type Bytes } from '../wire/bytes.ts'
import type { Input } from '../session/protocol.ts'
import { joined } from './squeeze.ts'

/** Where a learner is in a lesson. */
export interface LessonMark {
  readonly lesson: string
  /** The step's id. */
  readonly step: string
}

export type Cargo =
  /** A session from its first moment: what it was given. Played again it ends at `digest`. */
  | {
      readonly kind: 'log'
      readonly build: string
      /** As the person named the session; may be empty. */
      readonly name: string
      readonly seed: number
      /** When the server began, ms since 1970. */
      readonly began: number
      readonly inputs: readonly Input[]
      readonly digest: string
      readonly mark?: LessonMark
    }
  /** The whole state as it is. */
  | {
      readonly kind: 'image'
      readonly build: string
      readonly name: string
      readonly image: Uint8Array<ArrayBuffer>
      readonly digest: string
      readonly mark?: LessonMark
    }
  | { readonly kind: 'lesson'; readonly mark: LessonMark }
  | { readonly kind: 'script'; readonly name: string; readonly script: string }

/** An input in one flat array: what, how many ms after the one before, by whom, and the rest. `j` is a send that joins the
 *  one before it, `e` a disconnect that is an act; `k` and `b` are a crash and a restart, `f` and `g` a disk that is full and
 *  that is free again, `p` a file that is laid there. */
type Row = readonly (string | number)[]

function toRow(input: Input, before: number): Row {
  const after = input.at - before
  switch (input.do) {
    case 'send':
      return [input.joins ? 'j' : 's', after, input.client, ...input.argv]
    case 'connect':
      return ['c', after, input.client, input.name, input.db]
    case 'disconnect':
      return [input.act ? 'e' : 'd', after, input.client]
    case 'cancel':
      return ['x', after, input.client]
    case 'tick':
      return ['t', after]
    case 'reset':
      return ['r', after]
    case 'crash':
      return ['k', after]
    case 'restart':
      return ['b', after]
    case 'disk':
      return [input.full ? 'f' : 'g', after]
    case 'put':
      return ['p', after, input.path, input.bytes]
  }
}

const isBytes = (value: unknown): value is Bytes => typeof value === 'string' && !/[\u0100-\uffff]/.test(value)
const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value)
const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length <= most

/** Rows without more words than these, which all have the first two in common. */
const bare: Readonly<Record<string, (at: number) => Input>> = {
  t: (at) => ({ do: 'tick', at }),
  r: (at) => ({ do: 'reset', at }),
  k: (at) => ({ do: 'crash', at }),
  b: (at) => ({ do: 'restart', at }),
  f: (at) => ({ do: 'disk', at, full: true }),
  g: (at) => ({ do: 'disk', at, full: false }),
}
/** Rows that name a client and nothing else. */
const ofClient: Readonly<Record<string, (at: number, client: number) => Input>> = {
  d: (at, client) => ({ do: 'disconnect', at, client }),
  e: (at, client) => ({ do: 'disconnect', at, client, act: true }),
  x: (at, client) => ({ do: 'cancel', at, client }),
}

function fromRow(row: unknown, before: number): Input | null {
  if (!Array.isArray(row)) return null
  const what: unknown = row[0]
  const after: unknown = row[1]
  if (typeof what !== 'string' || !isWhole(after) || after < 0) return null
  const at = before + after
  if (row.length === 2) return Object.hasOwn(bare, what) ? bare[what]!(at) : null
  const client: unknown = row[2]
  if (what === 'p') {
    const bytes: unknown = row[3]
    return row.length === 4 && isBytes(client) && isBytes(bytes) ? { do: 'put', at, path: client, bytes } : null
  }
  if (!isWhole(client) || client < 1) return null
  if (row.length === 3) return Object.hasOwn(ofClient, what) ? ofClient[what]!(at, client) : null
  if (what === 's' || what === 'j') {
    const argv = row.slice(3) as unknown[]
    if (!argv.every(isBytes)) return null
    return what === 'j' ? { do: 'send', at, client, argv, joins: true } : { do: 'send', at, client, argv }
  }
  const name: unknown = row[3]
  const db: unknown = row[4]
  if (what !== 'c' || row.length !== 5 || !isText(name, 100) || !isWhole(db) || db < 0 || db > 15) return null
  return { do: 'connect', at, client, name, db }
}

function rowsOf(inputs: readonly Input[], began: number): Row[] {
  let before = began
  return inputs.map((input) => {
    const row = toRow(input, before)
    before = input.at
    return row
  })
}

function inputsOf(rows: unknown, began: number): Input[] | null {
  if (!Array.isArray(rows)) return null
  const inputs: Input[] = []
  let before = began
  for (const row of rows as unknown[]) {
    const input = fromRow(row, before)
    if (!input) return null
    inputs.push(input)
    before = input.at
  }
  return inputs
}

/** What a cargo may be at most. */
export interface Limits {
  readonly bytes: number
  /** Bytes of its head. */
  readonly head: number
  /** Values, lists and objects in the head: each takes far more room than the few bytes that it comes in. */
  readonly parts: number
}

/** How deep they may stand in one another: a word in a row in the rows of a head, and some to spare. */
const DEEPEST = 8

/** A cargo's bytes; null where they are beyond the limits. */
export function packed(cargo: Cargo, limits: Limits): Uint8Array<ArrayBuffer> | null {
  const image = cargo.kind === 'image' ? cargo.image : new Uint8Array(0)
  const told =
    cargo.kind === 'log'
      ? { ...cargo, inputs: rowsOf(cargo.inputs, cargo.began) }
      : cargo.kind === 'image'
        ? { ...cargo, image: undefined }
        : cargo
  const head = new TextEncoder().encode(JSON.stringify(told))
  if (head.length > limits.head || !isModest(head, limits)) return null
  if (SIZE + head.length + image.length > limits.bytes) return null
  const size = new Uint8Array(SIZE)
  new DataView(size.buffer).setUint32(0, head.length)
  return joined([size, head, image])
}

/** Bytes that say how long the head is. */
const SIZE = 4

/** False where a head's JSON holds more than anything of ours. It is looked at byte by byte, before it is read. */
function isModest(head: Uint8Array, limits: Limits): boolean {
  let depth = 0
  let parts = 0
  let inText = false
  for (let i = 0; i < head.length; i++) {
    const byte = head[i]
    if (inText) {
      if (byte === BACKSLASH) i++
      else if (byte === QUOTE) inText = false
    } else if (byte === QUOTE) inText = true
    else if (byte === COMMA) parts++
    else if (byte === LIST || byte === OBJECT) {
      depth++
      parts++
    } else if (byte === LIST_END || byte === OBJECT_END) depth--
    if (depth > DEEPEST || parts > limits.parts) return false
  }
  return true
}

const [QUOTE, BACKSLASH, COMMA, LIST, LIST_END, OBJECT, OBJECT_END] = [0x22, 0x5c, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d]

/** Takes a cargo's bytes piece by piece, and wants no more as soon as it can tell that they are none. */
export class Unpacking {
  readonly #limits: Limits
  #pieces: Uint8Array[] = []
  #length = 0
  #head: Head | null = null
  #refusal: 'too-large' | 'damaged' | null = null

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** Whether more is wanted. */
  take(piece: Uint8Array): boolean {
    this.#pieces.push(piece)
    this.#length += piece.length
    if (this.#length > this.#limits.bytes) this.#refusal = 'too-large'
    else if (!this.#head) this.#readHead()
    // Only an image has anything behind its head.
    else if (this.#head.kind !== 'image') this.#refusal = 'damaged'
    return this.#refusal === null
  }

  /** Reads the head when it is there whole; then only what is behind it is kept. */
  #readHead(): void {
    if (this.#length < SIZE) return
    if (this.#pieces[0]!.length < SIZE) this.#pieces = [joined(this.#pieces)]
    const [{ buffer, byteOffset }] = this.#pieces as [Uint8Array]
    const end = SIZE + new DataView(buffer, byteOffset).getUint32(0)
    if (end > SIZE + this.#limits.head) this.#refusal = 'too-large'
    if (this.#refusal || this.#length < end) return
    const whole = joined(this.#pieces)
    const bytes = whole.subarray(SIZE, end)
    const rest = whole.slice(end)
    this.#pieces = [rest]
    if (!isModest(bytes, this.#limits)) this.#refusal = 'too-large'
    else if (!(this.#head = parse(bytes)) || (this.#head.kind !== 'image' && rest.length > 0)) this.#refusal = 'damaged'
  }

  /** All has come. */
  end(): Cargo | 'too-large' | 'damaged' {
    if (this.#refusal) return this.#refusal
    const head = this.#head
    return (head && cargoOf(head, () => joined(this.#pieces))) ?? 'damaged'
  }
}

type Head = Readonly<Partial<Record<string, unknown>>>

function parse(bytes: Uint8Array): Head | null {
  try {
    const head: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof head === 'object' && head !== null ? (head as Head) : null
  } catch {
    return null
  }
}

function cargoOf(
  { kind, name, build, digest, mark, script, seed, began, inputs }: Head,
  image: () => Uint8Array<ArrayBuffer>,
): Cargo | null {
  const place = markOf(mark)
  if (mark !== undefined && !place) return null
  if (kind === 'lesson') return place ? { kind, mark: place } : null
  if (!isText(name, 200)) return null
  if (kind === 'script') return typeof script === 'string' ? { kind, name, script } : null
  if (!isText(build, 100) || typeof digest !== 'string' || !/^[0-9a-f]{40}$/.test(digest)) return null
  const session = { name, build, digest, ...(place ? { mark: place } : {}) }
  if (kind === 'image') return { kind, ...session, image: image() }
  if (kind !== 'log' || !isWhole(seed) || !isWhole(began) || began < 0) return null
  const given = inputsOf(inputs, began)
  return given && { kind, ...session, seed, began, inputs: given }
}

function markOf(mark: unknown): LessonMark | null {
  if (typeof mark !== 'object' || mark === null) return null
  const { lesson, step } = mark as Head
  return isText(lesson, 100) && isText(step, 100) ? { lesson, step } : null
}

const secretCommands = new Set(['auth', 'acl', 'hello'])

/** True where the inputs hold what nobody means to give away: a password. */
export const holdsSecrets = (inputs: readonly Input[]): boolean =>
  inputs.some(
    (input) =>
      input.do === 'send' &&
      (secretCommands.has(latin(input.argv[0] ?? '').toLowerCase())
        ? input.argv.length > 2 || input.argv[0]!.toLowerCase() === 'auth'
        : input.argv.some((word) => word.toLowerCase() === 'requirepass')),
  )
