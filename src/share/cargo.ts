// What a link carries, and its bytes: a head in JSON behind its length, and behind that an image, where there is one.
// Every field that comes from outside is looked at before it is believed; what is not as it should be is no cargo.
import { latin, type Bytes } from '../wire/bytes.ts'
import type { Input } from '../session/protocol.ts'

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
 *  that is free again. */
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
  }
}

const isBytes = (value: unknown): value is Bytes => typeof value === 'string' && !/[\u0100-\uffff]/.test(value)
const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value)
const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length <= most

function fromRow(row: unknown, before: number): Input | null {
  if (!Array.isArray(row)) return null
  const [what, after, client, ...rest] = row as unknown[]
  if (!isWhole(after) || after < 0) return null
  const at = before + after
  if (what === 't' && row.length === 2) return { do: 'tick', at }
  if (what === 'r' && row.length === 2) return { do: 'reset', at }
  if (what === 'k' && row.length === 2) return { do: 'crash', at }
  if (what === 'b' && row.length === 2) return { do: 'restart', at }
  if ((what === 'f' || what === 'g') && row.length === 2) return { do: 'disk', at, full: what === 'f' }
  if (!isWhole(client) || client < 1) return null
  if (what === 'd' && row.length === 3) return { do: 'disconnect', at, client }
  if (what === 'x' && row.length === 3) return { do: 'cancel', at, client }
  if (what === 'e' && row.length === 3) return { do: 'disconnect', at, client, act: true }
  if ((what === 's' || what === 'j') && rest.length > 0 && rest.every(isBytes))
    return { do: 'send', at, client, argv: rest, ...(what === 'j' ? { joins: true } : {}) }
  const [name, db] = rest
  if (what !== 'c' || rest.length !== 2 || !isText(name, 100) || !isWhole(db) || db < 0 || db > 15) return null
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

/** A cargo's bytes; null where there are more than `most`, or more parts than as many bytes may have. */
export function packed(cargo: Cargo, most: number): Uint8Array<ArrayBuffer> | null {
  const image = cargo.kind === 'image' ? cargo.image : new Uint8Array(0)
  const told =
    cargo.kind === 'log'
      ? { ...cargo, inputs: rowsOf(cargo.inputs, cargo.began) }
      : cargo.kind === 'image'
        ? { ...cargo, image: undefined }
        : cargo
  const head = new TextEncoder().encode(JSON.stringify(told))
  if (!isModest(head, most)) return null
  if (4 + head.length + image.length > most) return null
  const bytes = new Uint8Array(4 + head.length + image.length)
  new DataView(bytes.buffer).setUint32(0, head.length)
  bytes.set(head, 4)
  bytes.set(image, 4 + head.length)
  return bytes
}

/** So many bytes of a cargo's cap allow for one value, list or object: more would take far more room than they come in. */
const BYTES_A_PART = 16
/** How deep they may stand in one another: a word in a row in the rows of a head, and some to spare. */
const DEEPEST = 8

/** False where a head's JSON holds more than anything of ours. It is looked at byte by byte, before it is read. */
function isModest(head: Uint8Array, most: number): boolean {
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
    if (depth > DEEPEST || parts * BYTES_A_PART > most) return false
  }
  return true
}

const [QUOTE, BACKSLASH, COMMA, LIST, LIST_END, OBJECT, OBJECT_END] = [0x22, 0x5c, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d]

/** The cargo of these bytes, or null where they are none; `most` bytes there might have been. */
export function unpacked(bytes: Uint8Array<ArrayBuffer>, most: number): Cargo | 'too-large' | null {
  if (bytes.length < 4) return null
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  if (length > bytes.length - 4) return null
  if (!isModest(bytes.subarray(4, 4 + length), most)) return 'too-large'
  const image = bytes.slice(4 + length)
  const head = parse(bytes.subarray(4, 4 + length))
  if (!head || (head.kind !== 'image' && image.length > 0)) return null
  return cargoOf(head, image)
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
  image: Uint8Array<ArrayBuffer>,
): Cargo | null {
  const place = markOf(mark)
  if (mark !== undefined && !place) return null
  if (kind === 'lesson') return place ? { kind, mark: place } : null
  if (!isText(name, 200)) return null
  if (kind === 'script') return typeof script === 'string' ? { kind, name, script } : null
  if (!isText(build, 100) || typeof digest !== 'string' || !/^[0-9a-f]{40}$/.test(digest)) return null
  const session = { name, build, digest, ...(place ? { mark: place } : {}) }
  if (kind === 'image') return { kind, ...session, image }
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
