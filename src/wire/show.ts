// A reply as redis-cli draws it on a terminal (cliFormatReplyTTY in its source): quoted bulk strings, (integer), (nil),
// numbered and nested arrays. `show` gives the plain text, `draw` the same in pieces, each with what it is, for colours.
import { type Bytes } from './bytes.ts'
import { digitsOf } from './double.ts'
import { repr } from './line.ts'
import { isError, type Reply, type Tagged } from './reply.ts'

export type PieceKind = 'string' | 'integer' | 'double' | 'nil' | 'error' | 'status' | 'index' | 'plain'

export interface Piece {
  readonly kind: PieceKind
  readonly text: string
  /** The number of one of the reply's own elements: this piece begins it. */
  readonly item?: number
}

/** What redis-cli prints for a reply, without the line break at its end. Lines are separated by \n. */
export function show(reply: Reply): string {
  let out = ''
  for (const piece of pieces(reply)) out += piece.text
  return out
}

/** The same text as `show`, in pieces. */
export const draw = (reply: Reply): Piece[] => [...pieces(reply)]

/** The same pieces one by one, each made when it is asked for: a long reply need not be drawn to its end. */
export const pieces = (reply: Reply): Generator<Piece, void> => one(reply, '')

/** How many lines a reply takes, as near as can be told without drawing it (a text of several lines counts as one). */
export function lineCount(reply: Reply): number {
  if (typeof reply !== 'object' || reply === null) return 1
  const known = counted.get(reply)
  if (known !== undefined) return known
  const lines = countLines(reply)
  counted.set(reply, lines)
  return lines
}

/** A reply never changes, and several parts of a page want to know how long it is. */
const counted = new WeakMap<object, number>()

function countLines(reply: readonly Reply[] | Tagged): number {
  if (!isList(reply) && reply.kind === 'attribute') return lineCount(reply.reply)
  const items = isList(reply) ? reply : reply.kind === 'map' ? reply.pairs.map((pair) => pair[1]) : itemsOf(reply)
  let lines = 0
  // Most elements are one line: a call for each would be felt where there are a hundred thousand.
  for (const item of items) lines += typeof item === 'object' && item !== null ? lineCount(item) : 1
  return Math.max(1, lines)
}

const empty = { array: '(empty array)', map: '(empty hash)', set: '(empty set)', push: '(empty push)' }
const mark = { array: ')', map: '#', set: '~', push: '>' }

function* one(reply: Reply, prefix: string): Generator<Piece, void> {
  if (reply === null) yield { kind: 'nil', text: '(nil)' }
  else if (typeof reply === 'string') yield* quoted(reply)
  else if (typeof reply === 'number' || typeof reply === 'bigint') yield { kind: 'integer', text: `(integer) ${reply}` }
  else if (typeof reply === 'boolean') yield { kind: 'plain', text: reply ? '(true)' : '(false)' }
  else if (isList(reply)) yield* many(reply, 'array', prefix)
  else yield* tagged(reply, prefix)
}

/** Bytes that one piece shows at most. */
const mostBytes = 16_384

function* quoted(bytes: Bytes): Generator<Piece, void> {
  if (bytes.length <= mostBytes) return yield { kind: 'string', text: repr(bytes) }
  for (let i = 0; i < bytes.length; i += mostBytes) {
    const text = repr(bytes.slice(i, i + mostBytes) as Bytes)
    const isEnd = i + mostBytes >= bytes.length
    yield { kind: 'string', text: text.slice(i === 0 ? 0 : 1, isEnd ? undefined : -1) }
  }
}

const isList = (reply: readonly Reply[] | Tagged): reply is readonly Reply[] => Array.isArray(reply)

function* tagged(reply: Tagged, prefix: string): Generator<Piece, void> {
  switch (reply.kind) {
    case 'status':
      return yield { kind: 'status', text: reply.text }
    case 'error':
      return yield { kind: 'error', text: `(error) ${reply.text}` }
    case 'nil-array':
      return yield { kind: 'nil', text: '(nil)' }
    case 'double':
      return yield { kind: 'double', text: `(double) ${showDouble(reply.value)}` }
    case 'big':
      return yield { kind: 'integer', text: `(big number) ${reply.digits}` }
    case 'verbatim':
      return yield { kind: 'plain', text: reply.text }
    case 'map':
      return yield* pairs(reply.pairs, prefix)
    case 'set':
    case 'push':
      return yield* many(reply.items, reply.kind, prefix)
    case 'attribute':
      return yield* one(reply.reply, prefix)
  }
}

/** A double as the server writes it in replies (d2string): whole numbers up to 2^62 in digits, else as showDigits has it. */
export function showDouble(value: number): string {
  if (Number.isInteger(value) && value !== 0 && Math.abs(value) <= 2 ** 62) return String(BigInt(value))
  return showDigits(value)
}

/** A double by the digits that the server finds (see double.ts), with an exponent where zeros would take over. */
export function showDigits(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const { digits, power } = digitsOf(Math.abs(value))
  const exponent = power + digits.length - 1
  const sign = value < 0 ? '-' : ''
  if (power >= 0 && exponent < digits.length + 7) return sign + digits + '0'.repeat(power)
  if (power < 0 && (power > -7 || Math.abs(exponent) < 4)) return sign + pointed(digits, exponent)
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits
  return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
}

function pointed(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`
}

function* many(items: readonly Reply[], kind: 'array' | 'set' | 'push', prefix: string): Generator<Piece, void> {
  if (items.length === 0) return yield { kind: 'nil', text: empty[kind] }
  const width = String(items.length).length
  const inner = prefix + ' '.repeat(width + 2)
  for (const [i, item] of items.entries()) {
    if (i > 0) yield { kind: 'plain', text: '\n' }
    const text = `${i === 0 ? '' : prefix}${String(i + 1).padStart(width)}${mark[kind]} `
    yield prefix === '' ? { kind: 'index', text, item: i } : { kind: 'index', text }
    yield* one(item, inner)
  }
}

function* pairs(entries: readonly (readonly [Reply, Reply])[], prefix: string): Generator<Piece, void> {
  if (entries.length === 0) return yield { kind: 'nil', text: empty.map }
  const width = String(entries.length).length
  const inner = prefix + ' '.repeat(width + 2)
  for (const [i, [key, value]] of entries.entries()) {
    if (i > 0) yield { kind: 'plain', text: '\n' }
    yield { kind: 'index', text: `${i === 0 ? '' : prefix}${String(i + 1).padStart(width)}${mark.map} ` }
    yield* one(key, inner)
    yield { kind: 'index', text: isTall(value) ? ` => \n${inner}` : ' => ' }
    yield* one(value, inner)
  }
}

/** True for what takes several lines; as a map's value it then begins on a line of its own. */
function isTall(reply: Reply): boolean {
  if (typeof reply !== 'object' || reply === null) return false
  const items = isList(reply) ? reply : reply.kind === 'map' ? reply.pairs.map((pair) => pair[1]) : itemsOf(reply)
  return items.length > 1 || (items.length === 1 && isTall(items[0]!))
}

const itemsOf = (reply: Tagged) => (reply.kind === 'set' || reply.kind === 'push' ? reply.items : [])

/**
 * What redis-cli prints with --raw, without the line break at its end: bulk strings as they are, one element a line, a
 * pair of a map with a blank between, an error with an empty line after it. Bytes, for a file or a pipe.
 */
export function raw(reply: Reply): Bytes {
  return rawOf(reply) as Bytes
}

/** Commands whose answer is a text to be read; with the words that follow each, where only some are. */
const texts: Readonly<Record<string, readonly string[] | null>> = {
  info: null,
  lolwut: null,
  client: ['list', 'info'],
  debug: ['htstats', 'htstats-key'],
  memory: ['malloc-stats', 'doctor'],
  cluster: ['nodes', 'info'],
  latency: ['graph', 'doctor'],
}

/**
 * A reply as redis-cli takes it: the answer to INFO, CLIENT LIST and their like it prints as it is, an error too, even on
 * a terminal. It knows them by name.
 */
export function asPrinted(argv: readonly Bytes[], reply: Reply): Reply {
  const name = argv[0]?.toLowerCase() ?? ''
  const words = Object.hasOwn(texts, name) ? texts[name] : undefined
  if (words === undefined || (words !== null && !words.includes(argv[1]?.toLowerCase() ?? ''))) return reply
  return { kind: 'verbatim', format: 'txt', text: isError(reply) ? reply.text : raw(reply) }
}

function rawOf(reply: Reply): string {
  if (reply === null) return ''
  if (typeof reply === 'boolean') return reply ? '(true)' : '(false)'
  if (typeof reply !== 'object') return String(reply)
  if (isList(reply)) return reply.map(rawOf).join('\n')
  switch (reply.kind) {
    case 'map':
      return reply.pairs.map(([key, value]) => `${rawOf(key)} ${rawOf(value)}`).join('\n')
    case 'set':
    case 'push':
      return reply.items.map(rawOf).join('\n')
    case 'attribute':
      return rawOf(reply.reply)
    case 'double':
      return showDouble(reply.value)
    case 'big':
      return reply.digits
    case 'nil-array':
      return ''
    case 'error':
      return `${reply.text}\n`
    default:
      return reply.text
  }
}
