// RESP, the protocol of Redis' sockets. A Reply is encoded as RESP2 (`*`, `$`, `:`, `+`, `-` only) or RESP3. What clients
// send is decoded a piece at a time: bytes come in chunks that end anywhere, so each decoder keeps what it cannot read
// yet and goes on from there. A request is an array of bulk strings, or one line of words (inline, as typed in telnet).
// Redis looks for the end of a line with strchr, so a zero byte hides it for ever; that is kept.
import { fromArray, latin, type Bytes } from './bytes.ts'
import { words } from './line.ts'
import { isTagged, map, type Reply, type Tagged } from './reply.ts'
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
  const out: string[] = []
  write(protocol === 3 ? reply : asResp2(reply), protocol === 3 ? nil3 : nil2, out)
  return latin(out.join(''))
}

/** A reply as a client of RESP2 knows it: maps and sets are arrays, doubles are strings, booleans are integers. */
export function asResp2(reply: Reply): Reply {
  if (typeof reply === 'boolean') return Number(reply)
  if (typeof reply !== 'object' || reply === null) return reply
  if (!isTagged(reply))
    return reply.some((item) => typeof item === 'object' || typeof item === 'boolean') ? reply.map(asResp2) : reply
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

/** A request as clients write it: an array of bulk strings. */
export function encodeRequest(argv: readonly Bytes[]): Bytes {
  let out = `*${argv.length}\r\n`
  for (const word of argv) out += bulk(word)
  return latin(out)
}

const bulk = (bytes: string) => `$${bytes.length}\r\n${bytes}\r\n`
const line = (text: string) => text.replace(/[\r\n]/g, ' ')

const nil2 = { one: '$-1\r\n', many: '*-1\r\n' }
const nil3 = { one: '_\r\n', many: '_\r\n' }

function write(reply: Reply, nil: typeof nil2, out: string[]): void {
  if (reply === null) out.push(nil.one)
  else if (typeof reply === 'string') out.push(bulk(reply))
  else if (typeof reply === 'boolean') out.push(reply ? '#t\r\n' : '#f\r\n')
  else if (typeof reply !== 'object') out.push(`:${reply}\r\n`)
  else if (isTagged(reply)) writeTagged(reply, nil, out)
  else writeMany('*', reply, nil, out)
}

function writeTagged(reply: Tagged, nil: typeof nil2, out: string[]): void {
  switch (reply.kind) {
    case 'status':
      out.push(`+${line(reply.text)}\r\n`)
      return
    case 'error':
      out.push(`-${line(reply.text)}\r\n`)
      return
    case 'nil-array':
      out.push(nil.many)
      return
    case 'double':
      out.push(`,${showDouble(reply.value)}\r\n`)
      return
    case 'big':
      out.push(`(${reply.digits}\r\n`)
      return
    case 'verbatim':
      out.push(`=${reply.text.length + 4}\r\n${reply.format}:${reply.text}\r\n`)
      return
    case 'map':
      writePairs('%', reply.pairs, nil, out)
      return
    case 'set':
      writeMany('~', reply.items, nil, out)
      return
    case 'push':
      writeMany('>', reply.items, nil, out)
      return
    case 'attribute':
      writePairs('|', reply.pairs, nil, out)
      write(reply.reply, nil, out)
  }
}

function writeMany(mark: string, items: readonly Reply[], nil: typeof nil2, out: string[]): void {
  out.push(`${mark}${items.length}\r\n`)
  for (const item of items) write(item, nil, out)
}

function writePairs(mark: string, pairs: readonly (readonly [Reply, Reply])[], nil: typeof nil2, out: string[]): void {
  out.push(`${mark}${pairs.length}\r\n`)
  for (const pair of pairs) for (const item of pair) write(item, nil, out)
}

// ---------------------------------------------------------------- bytes that have come and are not read yet

const CR = 13
const LF = 10

class Pending {
  #bytes = new Uint8Array(0)
  #from = 0
  #to = 0

  get length(): number {
    return this.#to - this.#from
  }

  add(chunk: Uint8Array): void {
    if (this.#to + chunk.length > this.#bytes.length) this.#makeRoom(chunk.length)
    this.#bytes.set(chunk, this.#to)
    this.#to += chunk.length
  }

  #makeRoom(more: number): void {
    const held = this.#bytes.subarray(this.#from, this.#to)
    const needed = held.length + more
    const room = needed <= this.#bytes.length / 2 ? this.#bytes : new Uint8Array(Math.max(1024, needed * 2))
    if (room === this.#bytes) room.copyWithin(0, this.#from, this.#to)
    else room.set(held)
    this.#bytes = room
    this.#from = 0
    this.#to = held.length
  }

  /** The byte at `offset`. */
  at(offset: number): number {
    return this.#bytes[this.#from + offset]!
  }

  /** Where `byte` stands, or -1; looks no further than a zero byte, as strchr does. */
  find(byte: number): number {
    for (let i = this.#from; i < this.#to; i++) {
      if (this.#bytes[i] === byte) return i - this.#from
      if (this.#bytes[i] === 0) return -1
    }
    return -1
  }

  /** The first `length` bytes, taken out together with `skip` more. */
  take(length: number, skip: number): Bytes {
    const taken = fromArray(this.#bytes, this.#from, this.#from + length)
    this.#from += length + skip
    if (this.#from === this.#to) this.#from = this.#to = 0
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

  constructor(bulkMax: number = BULK_MAX) {
    this.#bulkMax = bulkMax
  }

  push(chunk: Uint8Array): void {
    if (!this.#broken) this.#pending.add(chunk)
  }

  /** The next whole request, or null until more bytes come. */
  next(): Decoded | null {
    while (!this.#broken && (this.#missing > 0 || this.#pending.length > 0)) {
      const found = this.#missing > 0 ? this.#word() : this.#pending.at(0) === 0x2a ? this.#array() : this.#inline()
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
    const end = this.#pending.find(CR)
    if (end > INLINE_MAX || (end < 0 && this.#pending.length > INLINE_MAX)) return this.#fail(tooBig)
    if (end < 0 || end + 2 > this.#pending.length) return null
    return this.#pending.take(end, 2)
  }

  #inline(): Decoded | 'more' | 'read' {
    const end = this.#pending.find(LF)
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

  push(chunk: Uint8Array): void {
    this.#pending.add(chunk)
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
    const end = this.#pending.find(CR)
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
