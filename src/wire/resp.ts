// RESP, the protocol of Redis' sockets. A Reply is encoded as RESP2 (`*`, `$`, `:`, `+`, `-` only) or RESP3. What clients
// send is decoded a piece at a time: bytes come in chunks that end anywhere, so each decoder keeps what it cannot read
// yet and goes on from there. A request is an array of bulk strings, or one line of words (inline, as typed in telnet).
// Redis looks for the end of a line with strchr, so a zero byte hides it for ever; that is kept.
import { latin, type Bytes } from './bytes.ts'
import { words } from './line.ts'
import { isTagged, map, type Reply } from './reply.ts'
import { showDouble } from './show.ts'

export type Protocol = 2 | 3

/** Longest inline request, and longest line that holds a count (PROTO_INLINE_MAX_SIZE in Redis). */
export const INLINE_MAX = 64 * 1024
/** Most words of one request. */
export const MULTIBULK_MAX = 2147483647
/** Longest word of a request by Redis' default (proto-max-bulk-len) … */
export const REDIS_BULK_MAX = 512 * 1024 * 1024
/** … and by ours: a string of V8 ends 24 bytes short of 512 MB, and a page has less memory to give. */
export const BULK_MAX = 64 * 1024 * 1024

// ---------------------------------------------------------------- replies to bytes

/** A reply as the server writes it to a client of that protocol. */
export function encode(reply: Reply, protocol: Protocol): Bytes {
  return latin(protocol === 3 ? written3(reply) : written2(reply))
}

/** A reply as a client of RESP2 knows it: maps and sets are arrays, doubles are strings, booleans are integers. */
export function asResp2(reply: Reply): Reply {
  if (typeof reply === 'boolean') return Number(reply)
  if (typeof reply !== 'object' || reply === null) return reply
  if (!isTagged(reply)) return differs(reply) ? reply.map(asResp2) : reply
  switch (reply.kind) {
    case 'double':
      return latin(showDouble(reply.value))
    case 'big':
      return latin(reply.digits)
    case 'verbatim':
      return reply.text
    case 'map':
      return reply.pairs.flat().map(asResp2)
    case 'set':
    case 'push':
      return reply.items.map(asResp2)
    case 'attribute':
      return asResp2(reply.reply)
    default:
      return reply
  }
}

function differs(items: readonly Reply[]): boolean {
  for (const item of items) if (typeof item === 'object' || typeof item === 'boolean') return true
  return false
}

/** A request as clients write it: an array of bulk strings. */
export function encodeRequest(argv: readonly Bytes[]): Bytes {
  let out = `*${argv.length}\r\n`
  for (const word of argv) out += bulk(word)
  return latin(out)
}

const line = (text: string) => text.replace(/[\r\n]/g, ' ')

/** Heads of short bulk strings. */
const heads = Array.from({ length: 128 }, (_, length) => `$${length}\r\n`)

function bulk(bytes: string): string {
  const { length } = bytes
  return `${length < heads.length ? heads[length]! : `$${length}\r\n`}${bytes}\r\n`
}

/** Small integers, the most frequent of all replies. */
const integers = Array.from({ length: 128 }, (_, value) => `:${value}\r\n`)

function written2(reply: Reply): string {
  if (typeof reply === 'string') return bulk(reply)
  if (typeof reply === 'number') return integers[reply] ?? `:${reply}\r\n`
  if (typeof reply === 'bigint') return `:${reply}\r\n`
  if (reply === null) return '$-1\r\n'
  if (typeof reply === 'boolean') return reply ? ':1\r\n' : ':0\r\n'
  if (!isTagged(reply)) return many('*', reply, written2)
  switch (reply.kind) {
    case 'nil-array':
      return '*-1\r\n'
    case 'status':
      return written(reply.text, '+')
    case 'error':
      return written(reply.text, '-')
    default:
      return written2(asResp2(reply))
  }
}

function written3(reply: Reply): string {
  if (typeof reply === 'string') return bulk(reply)
  if (typeof reply === 'number' || typeof reply === 'bigint') return `:${reply}\r\n`
  if (reply === null) return '_\r\n'
  if (typeof reply === 'boolean') return reply ? '#t\r\n' : '#f\r\n'
  if (!isTagged(reply)) return many('*', reply, written3)
  switch (reply.kind) {
    case 'status':
      return written(reply.text, '+')
    case 'error':
      return written(reply.text, '-')
    case 'nil-array':
      return '_\r\n'
    case 'double':
      return `,${showDouble(reply.value)}\r\n`
    case 'big':
      return `(${reply.digits}\r\n`
    case 'verbatim':
      return `=${reply.text.length + 4}\r\n${reply.format}:${reply.text}\r\n`
    case 'map':
      return pairs('%', reply.pairs)
    case 'set':
      return many('~', reply.items, written3)
    case 'push':
      return many('>', reply.items, written3)
    case 'attribute':
      return pairs('|', reply.pairs) + written3(reply.reply)
  }
}

const written = (text: string, mark: '+' | '-') => (text === 'OK' ? '+OK\r\n' : `${mark}${line(text)}\r\n`)

function many(mark: string, items: readonly Reply[], write: (reply: Reply) => string): string {
  let out = `${mark}${items.length}\r\n`
  for (const item of items) out += write(item)
  return out
}

function pairs(mark: string, items: readonly (readonly [Reply, Reply])[]): string {
  let out = `${mark}${items.length}\r\n`
  for (const [name, value] of items) out += written3(name) + written3(value)
  return out
}

// ---------------------------------------------------------------- bytes that have come and are not read yet

const CR = 13
const DOLLAR = 0x24
const ASTERISK = 0x2a
const ZERO = 0x30
/** Requests of so many words get an array of just that size, before they are all there. */
const FEW = 64
/** Counts of more digits are left to whoever reads line by line. */
const LONG = 9_999_999

/**
 * Bytes as they came, in one flat string: a word is then a slice of it, made without a look at its bytes. (So whoever keeps
 * a word for long must copy it, `flat`, lest it keep all that came with it.)
 */
class Pending {
  #bytes = ''
  #from = 0
  /** What came behind it, while nobody has asked for so much: a large string comes in thousands of pieces. */
  #more: string[] = []
  #length = 0
  /** How far `request` has looked. */
  #seek = 0
  /** What came last as an array, where it is known; its first byte's place in `#bytes`. */
  array: Uint8Array | null = null
  #shift = 0
  /** Where the words of requests begin in that array: negative for those that began before it. */
  starts = new Int32Array(0)
  words = 0

  get length(): number {
    return this.#length
  }

  add(chunk: Bytes, array: Uint8Array | null): void {
    this.array = array
    this.#shift = this.#length
    this.#length += chunk.length
    if (this.#length === chunk.length) {
      this.#bytes = chunk
      this.#from = 0
    } else this.#more.push(chunk)
  }

  #join(): string {
    if (this.#more.length > 0) {
      this.#bytes = this.#bytes.slice(this.#from) + this.#more.join('')
      this.#from = 0
      this.#more = []
    }
    return this.#bytes
  }

  /** The first byte, of at least one. */
  get first(): number {
    return this.#join().charCodeAt(this.#from)
  }

  /** Where `byte` stands, or -1; looks no further than a zero byte, as strchr does. */
  find(byte: string): number {
    const bytes = this.#join()
    const found = bytes.indexOf(byte, this.#from)
    const zero = bytes.indexOf('\0', this.#from)
    return found < 0 || (zero >= 0 && zero < found) ? -1 : found - this.#from
  }

  /**
   * The words of a request that is here whole and has nothing unusual; else null, and nothing is taken. Most requests come
   * this way; the others are read a line at a time, by whoever also knows what is wrong with them.
   */
  request(bulkMax: number): Bytes[] | null {
    const bytes = this.#join()
    this.#seek = this.#from
    const words = this.#count(bytes, ASTERISK)
    if (words <= 0) return null
    const argv = words <= FEW ? new Array<Bytes>(words) : []
    for (let i = 0; i < words; i++) {
      const length = this.#count(bytes, DOLLAR)
      const start = this.#seek
      const end = start + length
      if (length < 0 || length > bulkMax || end + 2 > bytes.length) return null
      argv[i] = bytes.slice(start, end) as Bytes
      if (this.words + i < this.starts.length) this.starts[this.words + i] = start - this.#shift
      this.#seek = end + 2
    }
    this.#skip(this.#seek - this.#from)
    this.words += words
    return argv
  }

  /** The number of a line that begins with `mark`; goes on behind it. -1 for what is not whole, or unusual. */
  #count(bytes: string, mark: number): number {
    let at = this.#seek
    if (bytes.charCodeAt(at++) !== mark) return -1
    let value = bytes.charCodeAt(at++) - ZERO
    if (!(value >= 0 && value <= 9)) return -1
    for (let digit = bytes.charCodeAt(at) - ZERO; digit >= 0 && digit <= 9; digit = bytes.charCodeAt(++at) - ZERO) {
      if (value === 0 || value > LONG) return -1
      value = value * 10 + digit
    }
    if (bytes.charCodeAt(at) !== CR || at + 2 > bytes.length) return -1
    this.#seek = at + 2
    return value
  }

  #skip(length: number): void {
    this.#from += length
    this.#length -= length
    // Nothing is left: the chunk may go.
    if (this.#length === 0) this.#bytes = ''
  }

  /** The first `length` bytes, taken out together with `skip` more. */
  take(length: number, skip: number): Bytes {
    const taken = this.#join().slice(this.#from, this.#from + length) as Bytes
    this.#skip(length + skip)
    return taken
  }
}

/** A whole number as Redis reads one in its protocol: no sign but '-', no leading zeros; else NaN. */
function count(digits: string): number {
  return /^(0|-?[1-9][0-9]{0,18})$/.test(digits) ? Number(digits) : NaN
}

// ---------------------------------------------------------------- requests from bytes

/** What a client asked, or why its connection must be closed after telling it so. */
export type Decoded = { readonly argv: readonly Bytes[] } | { readonly error: Bytes }

/** Requests that come next; where each of their words begins in the array that they came in, if it begins there. */
export interface Ahead {
  readonly requests: readonly (readonly Bytes[])[]
  readonly array: Uint8Array | null
  /** Of the words of all requests; negative, or missing at the end, for those of which it is not known. */
  readonly starts: Int32Array
}

const WORDS_AHEAD = 4096
const NONE: Ahead = { requests: [], array: null, starts: new Int32Array(0) }

/** Bytes of one connection to its requests. After an error it reads no more. */
export class RequestDecoder {
  readonly #pending = new Pending()
  readonly #bulkMax: number
  /** Words still to come of an array that has begun; 0 between requests. */
  #missing = 0
  /** Length of the word that comes next, or -1 where its `$` line was not read yet. */
  #length = -1
  #argv: Bytes[] = []
  #broken = false
  /** Requests that were read ahead, and the next of them. */
  #ahead: (readonly Bytes[])[] = []
  #next = 0

  constructor(bulkMax: number = BULK_MAX) {
    this.#bulkMax = bulkMax
  }

  /** `array`: the same bytes, which stay as they are until the requests in them have run. */
  push(chunk: Bytes, array: Uint8Array | null = null): void {
    if (!this.#broken) this.#pending.add(chunk, array)
  }

  /**
   * The requests that come next, so many at most, as far as they are here whole and have nothing unusual: for a look at what
   * will be asked. `next` gives them one by one.
   */
  ahead(most: number): Ahead {
    if (this.#next < this.#ahead.length || this.#missing > 0 || this.#broken || this.#pending.length === 0) return NONE
    this.#next = 0
    this.#ahead = []
    if (this.#pending.starts.length === 0) this.#pending.starts = new Int32Array(WORDS_AHEAD)
    this.#pending.words = 0
    while (this.#ahead.length < most && this.#pending.length > 0) {
      const argv = this.#pending.request(this.#bulkMax)
      if (!argv) break
      this.#ahead.push(argv)
    }
    const { array, starts } = this.#pending
    return { requests: this.#ahead, array, starts }
  }

  /** The next whole request, or null until more bytes come. */
  next(): Decoded | null {
    if (this.#next < this.#ahead.length) return { argv: this.#ahead[this.#next++]! }
    if (this.#ahead.length > 0) this.#ahead = []
    if (this.#missing === 0 && !this.#broken && this.#pending.length > 0) {
      const argv = this.#pending.request(this.#bulkMax)
      if (argv) return { argv }
    }
    while (!this.#broken && (this.#missing > 0 || this.#pending.length > 0)) {
      const found = this.#missing > 0 ? this.#word() : this.#pending.first === ASTERISK ? this.#array() : this.#inline()
      if (found === 'more') return null
      if (found !== 'read') return found
    }
    return null
  }

  #fail(text: string): Decoded {
    this.#broken = true
    return { error: latin(`ERR Protocol error: ${line(text)}`) }
  }

  /** A line up to CR LF without them; null where it is not whole. Redis takes any byte for the LF. */
  #line(tooBig: string): Bytes | Decoded | null {
    const end = this.#pending.find('\r')
    if (end > INLINE_MAX || (end < 0 && this.#pending.length > INLINE_MAX)) return this.#fail(tooBig)
    if (end < 0 || end + 2 > this.#pending.length) return null
    return this.#pending.take(end, 2)
  }

  #inline(): Decoded | 'more' | 'read' {
    const end = this.#pending.find('\n')
    // Redis refuses a long line only where it came in pieces; here it is refused however it came.
    if (end > INLINE_MAX || (end < 0 && this.#pending.length > INLINE_MAX)) return this.#fail('too big inline request')
    if (end < 0) return 'more'
    const typed = this.#pending.take(end, 1)
    const argv = words(latin(typed.endsWith('\r') ? typed.slice(0, -1) : typed))
    if (!argv) return this.#fail('unbalanced quotes in request')
    return argv.length > 0 ? { argv: argv.map((word) => word.bytes) } : 'read'
  }

  #array(): Decoded | 'more' | 'read' {
    const head = this.#line('too big mbulk count string')
    if (typeof head !== 'string') return head ?? 'more'
    const length = count(head.slice(1))
    if (!(length <= MULTIBULK_MAX)) return this.#fail('invalid multibulk length')
    this.#missing = Math.max(length, 0)
    return 'read'
  }

  #word(): Decoded | 'more' | 'read' {
    if (this.#length < 0) {
      const head = this.#line('too big bulk count string')
      if (typeof head !== 'string') return head ?? 'more'
      if (!head.startsWith('$')) return this.#fail(`expected '$', got '${head[0] ?? '\r'}'`)
      const length = count(head.slice(1))
      if (!(length >= 0 && length <= this.#bulkMax)) return this.#fail('invalid bulk length')
      this.#length = length
    }
    if (this.#pending.length < this.#length + 2) return 'more'
    this.#argv.push(this.#pending.take(this.#length, 2))
    this.#length = -1
    if (--this.#missing > 0) return 'read'
    const argv = this.#argv
    this.#argv = []
    return { argv }
  }
}

// ---------------------------------------------------------------- replies from bytes

/** An aggregate whose items are still coming. */
interface Open {
  readonly mark: string
  readonly wanted: number
  readonly items: Reply[]
}

/** Bytes from a server to its replies; throws where they are not RESP. Out-of-band messages come as `push`. */
export class ReplyDecoder {
  readonly #pending = new Pending()
  readonly #open: Open[] = []
  /** A bulk string whose head was read: its mark and length. */
  #body: { readonly mark: string; readonly length: number } | null = null

  push(chunk: Bytes): void {
    this.#pending.add(chunk, null)
  }

  /** The next whole reply, or undefined until more bytes come. */
  next(): Reply | undefined {
    for (;;) {
      const one = this.#one()
      if (one === undefined) return undefined
      if (one === 'opened') continue
      const whole = this.#close(one.reply)
      if (whole) return whole.reply
    }
  }

  /** One value, or the head of an aggregate, which then stands open. */
  #one(): { readonly reply: Reply } | 'opened' | undefined {
    if (this.#body) return this.#bulk(this.#body.mark, this.#body.length)
    const end = this.#pending.find('\r')
    if (end < 0 || end + 2 > this.#pending.length) return undefined
    const head = this.#pending.take(end, 2)
    const mark = head[0] ?? ''
    const rest = latin(head.slice(1))
    if (mark === '$' || mark === '=') return rest === '-1' ? { reply: null } : this.#bulk(mark, Number(rest))
    if ('*~>%|'.includes(mark) && mark !== '') return this.#aggregate(mark, Number(rest))
    return { reply: scalar(mark, rest) }
  }

  #bulk(mark: string, length: number): { readonly reply: Reply } | undefined {
    this.#body = { mark, length }
    if (this.#pending.length < length + 2) return undefined
    this.#body = null
    const bytes = this.#pending.take(length, 2)
    if (mark === '$') return { reply: bytes }
    const format = bytes.startsWith('mkd:') ? 'mkd' : 'txt'
    return { reply: { kind: 'verbatim', format, text: latin(bytes.slice(4)) } }
  }

  #aggregate(mark: string, length: number): { readonly reply: Reply } | 'opened' {
    if (length < 0) return { reply: { kind: 'nil-array' } }
    const wanted = mark === '%' ? length * 2 : mark === '|' ? length * 2 + 1 : length
    if (wanted === 0) return { reply: aggregate(mark, []) }
    this.#open.push({ mark, wanted, items: [] })
    return 'opened'
  }

  /** Puts a value where it belongs; gives the outermost reply once it is whole. */
  #close(value: Reply): { readonly reply: Reply } | null {
    let reply = value
    for (;;) {
      const inner = this.#open.at(-1)
      if (!inner) return { reply }
      inner.items.push(reply)
      if (inner.items.length < inner.wanted) return null
      this.#open.pop()
      reply = aggregate(inner.mark, inner.items)
    }
  }
}

function scalar(mark: string, rest: Bytes): Reply {
  switch (mark) {
    case '+':
      return { kind: 'status', text: rest }
    case '-':
      return { kind: 'error', code: rest.split(' ', 1)[0]!, text: rest }
    case ':':
      return Number.isSafeInteger(Number(rest)) ? Number(rest) : BigInt(rest)
    case '_':
      return null
    case '#':
      return rest === 't'
    case ',':
      return { kind: 'double', value: rest === 'inf' ? Infinity : rest === '-inf' ? -Infinity : Number(rest) }
    case '(':
      return { kind: 'big', digits: rest }
    default:
      throw new Error(`not a reply: ${JSON.stringify(mark + rest)}`)
  }
}

function aggregate(mark: string, items: readonly Reply[]): Reply {
  if (mark === '*') return items
  if (mark === '~') return { kind: 'set', items }
  if (mark === '>') return { kind: 'push', items }
  if (mark === '%') return map(twos(items))
  return { kind: 'attribute', pairs: twos(items.slice(0, -1)), reply: items.at(-1)! }
}

function twos(items: readonly Reply[]): (readonly [Reply, Reply])[] {
  const pairs: [Reply, Reply][] = []
  for (let i = 0; i + 1 < items.length; i += 2) pairs.push([items[i]!, items[i + 1]!])
  return pairs
}
