// RESP, the protocol of Redis' sockets. A Reply is encoded as RESP2 (`*`, `$`, `:`, `+`, `-` only) or RESP3. What clients
// send is decoded a piece at a time: bytes come in chunks that end anywhere, so each decoder keeps what it cannot read
// yet and goes on from there. A request is an array of bulk strings, or one line of words (inline, as typed in telnet).
// Redis looks for the end of a line with strchr, so a zero byte hides it for ever; that is kept.
import { copyBytes, copyTo, fromArray, latin, toArray, viewOf, type Bytes } from './bytes.ts'
import { words } from './line.ts'
import { isTagged, map, OK, type Reply, type Tagged } from './reply.ts'
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
  const writer = new ReplyWriter()
  writer.write(reply, protocol)
  return fromArray(writer.take())
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
  for (const word of argv) out += `$${word.length}\r\n${word}\r\n`
  return latin(out)
}

/** A text that fits in one line; most do as they are. */
const line = (text: string) => (text.includes('\r') || text.includes('\n') ? text.replace(/[\r\n]/g, ' ') : text)

const CR = 13
const LF = 10
const ZERO = 0x30
const DOLLAR = 0x24
const ASTERISK = 0x2a
const COLON = 0x3a
const TILDE = 0x7e
const GREATER = 0x3e
const PERCENT = 0x25
const BAR = 0x7c
/** Longer texts are copied by the host's own means. */
const LOOP_MOST = 64
const FIRST_ROOM = 256
const NO_BYTES = new Uint8Array(0)

/** Puts the bytes of a text into an array, at a place where they fit. */
type Copy = (text: Bytes, to: Uint8Array<ArrayBuffer>, at: number) => void

/** Replies one behind the other, as bytes in one array that grows. */
export class ReplyWriter {
  #bytes: Uint8Array<ArrayBuffer>
  #view: DataView
  #length = 0
  readonly #copy: Copy

  /** `copy`: puts a long text into an array, where a host does that quicker than a loop; `room`: bytes to begin with. */
  constructor(copy: Copy = copyTo, room = FIRST_ROOM) {
    this.#bytes = new Uint8Array(room)
    this.#view = viewOf(this.#bytes)
    this.#copy = copy
  }

  /** Bytes that were written since the last `take`. */
  get length(): number {
    return this.#length
  }

  /** What was written. It is good until something else is written; the next `write` begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.subarray(0, this.#length)
    this.#length = 0
    return taken
  }

  write(reply: Reply, protocol: Protocol): void {
    if (typeof reply === 'string') this.text(reply)
    else if (typeof reply === 'number') this.#head(COLON, reply)
    else if (reply === OK) this.#raw('+OK\r\n')
    else if (reply === null) this.#raw(protocol === 3 ? '_\r\n' : '$-1\r\n')
    else if (typeof reply === 'bigint') this.#raw(`:${reply}\r\n`)
    else if (typeof reply === 'boolean')
      this.#raw(protocol === 3 ? (reply ? '#t\r\n' : '#f\r\n') : reply ? ':1\r\n' : ':0\r\n')
    else if (!isTagged(reply)) this.#many(ASTERISK, reply, protocol)
    else if (reply.kind === 'status') this.#raw(`+${line(reply.text)}\r\n`)
    else if (reply.kind === 'error') this.#raw(`-${line(reply.text)}\r\n`)
    else if (reply.kind === 'nil-array') this.#raw(protocol === 3 ? '_\r\n' : '*-1\r\n')
    else if (protocol === 3) this.#tagged(reply)
    else this.write(asResp2(reply), 2)
  }

  /** Those kinds that only RESP3 has. */
  #tagged(reply: Exclude<Tagged, { kind: 'status' | 'error' | 'nil-array' }>): void {
    switch (reply.kind) {
      case 'double':
        return this.#raw(`,${showDouble(reply.value)}\r\n`)
      case 'big':
        return this.#raw(`(${reply.digits}\r\n`)
      case 'verbatim':
        this.#raw(`=${reply.text.length + 4}\r\n${reply.format}:`)
        this.#raw(reply.text)
        return this.#raw('\r\n')
      case 'map':
        return this.#pairs(PERCENT, reply.pairs)
      case 'set':
        return this.#many(TILDE, reply.items, 3)
      case 'push':
        return this.#many(GREATER, reply.items, 3)
      case 'attribute':
        this.#pairs(BAR, reply.pairs)
        return this.write(reply.reply, 3)
    }
  }

  #many(mark: number, items: readonly Reply[], protocol: Protocol): void {
    this.#head(mark, items.length)
    for (const item of items) this.write(item, protocol)
  }

  #pairs(mark: number, pairs: readonly (readonly [Reply, Reply])[]): void {
    this.#head(mark, pairs.length)
    for (const [name, value] of pairs) {
      this.write(name, 3)
      this.write(value, 3)
    }
  }

  /** The head of an array of so many replies, which are to follow. */
  array(count: number): void {
    this.#head(ASTERISK, count)
  }

  /** A short string that stands in a block of bytes. */
  piece(from: DataView, start: number, length: number): void {
    this.#head(DOLLAR, length)
    this.#reach(length + 2)
    const bytes = this.#bytes
    let at = this.#length
    copyBytes(from, start, this.#view, at, length)
    at += length
    bytes[at] = CR
    bytes[at + 1] = LF
    this.#length = at + 2
  }

  /** A string. */
  text(text: Bytes): void {
    const { length } = text
    this.#head(DOLLAR, length)
    this.#reach(length + 2)
    const bytes = this.#bytes
    let at = this.#length
    if (length > LOOP_MOST) this.#copy(text, bytes, at)
    else for (let i = 0; i < length; i++) bytes[at + i] = text.charCodeAt(i)
    at += length
    bytes[at] = CR
    bytes[at + 1] = LF
    this.#length = at + 2
  }

  /** A line of a mark and a number. */
  #head(mark: number, value: number): void {
    if (!(value >= 0 && value <= 9_999_999)) {
      this.#raw(`${String.fromCharCode(mark)}${value}\r\n`)
      return
    }
    this.#reach(10)
    const bytes = this.#bytes
    let at = this.#length
    bytes[at++] = mark
    const digits = digitsIn(value)
    let rest = value
    for (let i = at + digits - 1; i > at; i--) {
      const tens = (rest / 10) | 0
      bytes[i] = ZERO + rest - tens * 10
      rest = tens
    }
    bytes[at] = ZERO + rest
    at += digits
    bytes[at] = CR
    bytes[at + 1] = LF
    this.#length = at + 2
  }

  #raw(text: string): void {
    const { length } = text
    this.#reach(length)
    const bytes = this.#bytes
    if (length > LOOP_MOST) this.#copy(latin(text), bytes, this.#length)
    else for (let i = 0; i < length; i++) bytes[this.#length + i] = text.charCodeAt(i)
    this.#length += length
  }

  #reach(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#length + more, this.#bytes.length * 2))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
    this.#view = viewOf(larger)
  }
}

/** Digits of a whole number from 0 to 9,999,999. */
function digitsIn(value: number): number {
  if (value < 1000) return value < 10 ? 1 : value < 100 ? 2 : 3
  if (value < 100_000) return value < 10_000 ? 4 : 5
  return value < 1_000_000 ? 6 : 7
}

// ---------------------------------------------------------------- bytes that have come and are not read yet

/** Requests of so many words get an array of just that size, before they are all there. */
const FEW = 64
/** Counts of more digits are left to whoever reads line by line. */
const LONG = 9_999_999

/**
 * Short words that came lately. Clients say the same names of commands, options and keys again and again; so these words
 * need no new string each time, and whoever compares them finds the very same string.
 */
const lately = new Array<string>(256).fill('')
/** Longer words are slices of what came, which cost less than a copy; V8 copies slices that are shorter. */
const SHORT = 13

/** The word of so many bytes, at least one, that stands in `bytes` and `array`. */
function shortWord(bytes: string, from: number, array: Uint8Array, start: number, length: number): Bytes {
  const place = (array[start]! * 31 + array[start + length - 1]! * 7 + length * 5) & 255
  const known = lately[place]!
  let i = known.length === length ? 0 : -1
  while (i >= 0 && i < length) i = known.charCodeAt(i) === array[start + i] ? i + 1 : -1
  if (i === length) return latin(known)
  return latin((lately[place] = bytes.slice(from, from + length)))
}

/**
 * Bytes as they came, in one flat string: a word is then a slice of it, made without a look at its bytes. (So whoever keeps
 * a word for long must copy it, `own`, lest it keep all that came with it.)
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
  array: Uint8Array = NO_BYTES
  #shift = 0
  /** Where the words of requests begin in that array. */
  starts = new Int32Array(0)
  words = 0

  get length(): number {
    return this.#length
  }

  add(chunk: Bytes, array: Uint8Array): void {
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
   * this way, read from the array; the others (and one that came in two pieces) are read a line at a time, by whoever also
   * knows what is wrong with them.
   */
  request(bulkMax: number): Bytes[] | null {
    const bytes = this.#join()
    const shift = this.#shift
    const { array } = this
    if (this.#from < shift) return null
    this.#seek = this.#from - shift
    const words = this.#count(array, ASTERISK)
    if (words <= 0) return null
    const argv = words <= FEW ? new Array<Bytes>(words) : []
    for (let i = 0; i < words; i++) {
      const length = this.#count(array, DOLLAR)
      const start = this.#seek
      const end = start + length
      if (length < 0 || length > bulkMax || end + 2 > array.length) return null
      argv[i] =
        length < SHORT && length > 0
          ? shortWord(bytes, start + shift, array, start, length)
          : (bytes.slice(start + shift, end + shift) as Bytes)
      if (this.words + i < this.starts.length) this.starts[this.words + i] = start
      this.#seek = end + 2
    }
    this.#skip(this.#seek + shift - this.#from)
    this.words += words
    return argv
  }

  /** The number of a line that begins with `mark`; goes on behind it. -1 for what is not whole, or unusual. */
  #count(array: Uint8Array, mark: number): number {
    let at = this.#seek
    if (at + 4 > array.length || array[at++] !== mark) return -1
    let value = array[at++]! - ZERO
    if (value < 0 || value > 9) return -1
    for (; at < array.length; at++) {
      const digit = array[at]! - ZERO
      if (digit < 0 || digit > 9) break
      if (value === 0 || value > LONG) return -1
      value = value * 10 + digit
    }
    if (array[at] !== CR || at + 2 > array.length) return -1
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
export type Decoded = readonly Bytes[] | ProtocolError

export class ProtocolError {
  readonly text: Bytes
  constructor(text: Bytes) {
    this.text = text
  }
}

/** Requests that come next, and where each of their words begins in the array that they came in. */
export interface Ahead {
  readonly requests: readonly (readonly Bytes[])[]
  /** How many of these are meant. */
  readonly count: number
  readonly array: Uint8Array
  readonly view: DataView
  /** Of the words of all requests; of those beyond its end it is not known. */
  readonly starts: Int32Array
}

const WORDS_AHEAD = 4096
const NO_WORDS: readonly Bytes[] = []
const NONE: Ahead = { requests: [], count: 0, array: NO_BYTES, view: viewOf(NO_BYTES), starts: new Int32Array(0) }

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
  /** Requests that were read ahead, how many, and the next of them. */
  readonly #ahead: (readonly Bytes[])[] = []
  #count = 0
  #next = 0

  constructor(bulkMax: number = BULK_MAX) {
    this.#bulkMax = bulkMax
  }

  /** `array`: the same bytes, which stay as they are until the requests in them have run. */
  push(chunk: Bytes, array: Uint8Array = toArray(chunk)): void {
    if (!this.#broken) this.#pending.add(chunk, array)
  }

  /**
   * The requests that come next, so many at most, as far as they are here whole and have nothing unusual: for a look at what
   * will be asked. `next` gives them one by one.
   */
  ahead(most: number): Ahead {
    if (this.#next < this.#count || this.#missing > 0 || this.#broken || this.#pending.length === 0) return NONE
    this.#forget()
    if (this.#pending.starts.length === 0) this.#pending.starts = new Int32Array(WORDS_AHEAD)
    this.#pending.words = 0
    while (this.#count < most && this.#pending.length > 0) {
      const argv = this.#pending.request(this.#bulkMax)
      if (!argv) break
      this.#ahead[this.#count++] = argv
    }
    const { array, starts } = this.#pending
    return { requests: this.#ahead, count: this.#count, array, view: viewOf(array), starts }
  }

  /** What was read ahead has run, and is not kept. */
  #forget(): void {
    this.#ahead.fill(NO_WORDS, 0, this.#count)
    this.#count = this.#next = 0
  }

  /** The next whole request, or null until more bytes come. */
  next(): Decoded | null {
    if (this.#next < this.#count) return this.#ahead[this.#next++]!
    if (this.#count > 0) this.#forget()
    if (this.#missing === 0 && !this.#broken && this.#pending.length > 0) {
      const argv = this.#pending.request(this.#bulkMax)
      if (argv) return argv
    }
    while (!this.#broken && (this.#missing > 0 || this.#pending.length > 0)) {
      const found = this.#missing > 0 ? this.#word() : this.#pending.first === ASTERISK ? this.#array() : this.#inline()
      if (found === 'more') return null
      if (found !== 'read') return found
    }
    return null
  }

  #fail(text: string): ProtocolError {
    this.#broken = true
    return new ProtocolError(latin(`ERR Protocol error: ${line(text)}`))
  }

  /** A line up to CR LF without them; null where it is not whole. Redis takes any byte for the LF. */
  #line(tooBig: string): Bytes | ProtocolError | null {
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
    return argv.length > 0 ? argv.map((word) => word.bytes) : 'read'
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
    return argv
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
    this.#pending.add(chunk, NO_BYTES)
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
