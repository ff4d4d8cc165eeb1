// Finds why a reply is an error or a surprising nil: from the line and its command's grammar, and from what the server
// holds, asked by peek, which disturbs nothing. A chunk of its own: it is fetched when the first such reply comes.
import type { ClientId, CommandDoc } from '../../session/protocol.ts'
import { text, type Bytes } from '../../wire/bytes.ts'
import { isError, type Reply } from '../../wire/reply.ts'
import { grammarOf, keysIn, type Peek } from '../typing/looking.ts'
import { after, usage, remains, word, type Arg } from '../typing/grammar.ts'
import { nearest } from '../typing/near.ts'
import type { Plain, Reason } from './reason.ts'

/** What became of a key that is not there any more. */
export interface Gone {
  /** Null: its time had come. */
  readonly command: string | null
  readonly by: ClientId | null
  readonly at: number
}

export interface Case {
  readonly argv: readonly Bytes[]
  readonly reply: Reply
  readonly catalog: readonly CommandDoc[]
  readonly peek: Peek
  /** What is known of a key that went. */
  readonly gone: (key: Bytes) => Gone | undefined
  /** Engine time. */
  readonly now: number
  readonly nameOf: (client: ClientId | null) => string | null
}

/** The reason, or null where none is needed or known. */
export async function reasonOf(at: Case): Promise<Reason | null> {
  const { argv, reply } = at
  if (argv.length === 0) return null
  if (isError(reply)) return ofError(at, reply.text)
  if (argv[0]!.toUpperCase() === 'EXEC' && Array.isArray(reply)) {
    const failed = (reply as readonly Reply[]).filter(isError).length
    return failed > 0 ? { kind: 'partly', failed, of: reply.length } : null
  }
  return isNil(reply) ? ofNil(at) : null
}

const isNil = (reply: Reply) =>
  reply === null || (typeof reply === 'object' && 'kind' in reply && reply.kind === 'nil-array')

/** The command that the words name, and how many words its name takes. */
function docOf({ argv, catalog }: Case): { doc: CommandDoc; named: number } | null {
  const [first, second] = argv.map((each) => each.toUpperCase())
  const two = catalog.find(({ name }) => name === `${first} ${second}`)
  if (two) return { doc: two, named: 2 }
  const one = catalog.find(({ name }) => name === first)
  return one ? { doc: one, named: 1 } : null
}

// ---------------------------------------------------------------- errors

const codes: Readonly<Record<string, Plain>> = {
  NOAUTH: 'noauth',
  WRONGPASS: 'wrongpass',
  OOM: 'oom',
  NOPROTO: 'noproto',
  UNBLOCKED: 'unblocked',
}

const texts: readonly (readonly [RegExp, Plain])[] = [
  [/^ERR MULTI calls can not be nested/, 'nested'],
  [/^ERR (?:EXEC|DISCARD) without MULTI/, 'no-multi'],
  [/^ERR WATCH inside MULTI/, 'watch-in-multi'],
  [/^ERR Command not allowed inside a transaction/, 'not-in-multi'],
  [/^ERR Can't execute '.*': only \(P\|S\)SUBSCRIBE/, 'subscribed'],
  [/^ERR (?:DB index is out of range|invalid DB index)/, 'databases'],
  [/^ERR invalid expire time/, 'expire-time'],
  [/^ERR min or max not valid string range item/, 'lex-range'],
]

async function ofError(at: Case, message: string): Promise<Reason | null> {
  const code = codes[message.split(' ', 1)[0]!]
  if (code) return { kind: code }
  const known = texts.find(([pattern]) => pattern.test(message))
  if (known) return { kind: known[1] }
  if (message.startsWith('ERR unknown command')) return unknown(at)
  if (message.startsWith('ERR unknown subcommand')) return unknownSub(at)
  const found = docOf(at)
  if (!found) return null
  if (message.startsWith('ERR wrong number of arguments'))
    return { kind: 'arity', usage: `${found.doc.name} ${found.doc.usage}`.trim() }
  if (/^ERR syntax error|^ERR Unsupported option|^ERR unknown argument/i.test(message)) return misplaced(at, found)
  if (
    /not an? (?:valid )?(?:integer|float)|value is out of range|(?:hash|min or max|weight|timeout).*(?:not|is).*(?:integer|float)/.test(
      message,
    )
  )
    return notNumber(at, found, message)
  if (/would overflow|NaN or Infinity/.test(message)) return overflow(at, found.doc)
  if (message === 'ERR index out of range') return outside(at, found.doc)
  if (message === 'ERR no such key') return missing(at, found.doc)
  return null
}

function unknown({ argv, catalog }: Case): Reason {
  const typed = text(argv[0]!)
  const names = new Set(catalog.map(({ name }) => name.split(' ', 1)[0]!))
  return { kind: 'unknown', word: typed, near: nearest(typed.toUpperCase(), names), of: null, token: 0 }
}

function unknownSub({ argv, catalog }: Case): Reason {
  const container = argv[0]!.toUpperCase()
  const typed = text(argv[1] ?? ('' as Bytes))
  const subs = catalog.flatMap(({ name }) =>
    name.startsWith(`${container} `) ? [name.slice(container.length + 1)] : [],
  )
  return { kind: 'unknown', word: typed, near: nearest(typed.toUpperCase(), subs), of: container, token: 1 }
}

/** The first word that the command has no place for; or the line ends too soon. */
async function misplaced(
  { argv, peek }: Case,
  { doc, named }: { doc: CommandDoc; named: number },
): Promise<Reason | null> {
  const args = await grammarOf(peek, doc.name)
  const typed = argv.slice(named).map(text)
  if (args.length === 0) return null
  for (const [i, each] of typed.entries()) {
    if (remains(args, typed.slice(0, i + 1))) continue
    const given = typed.slice(0, i).some((before) => before.toUpperCase() === each.toUpperCase())
    return { kind: given ? 'twice' : 'no-place', word: each, token: named + i }
  }
  const left = remains(args, typed) ?? []
  const must = left.filter(({ optional }) => !optional)
  if (must.length > 0) return { kind: 'unfinished', rest: usage(must), token: argv.length - 1 }
  return null
}

const integer = /^-?(?:0|[1-9]\d*)$/
const most = 2n ** 63n

/** As the server reads a whole number of 64 bits, or any number. */
function isNumber(typed: string, whole: boolean): boolean {
  if (!whole)
    return (
      typed.trim() === typed && typed !== '' && (/^[+-]?inf(?:inity)?$/i.test(typed) || !Number.isNaN(Number(typed)))
    )
  if (!integer.test(typed)) return false
  const value = BigInt(typed)
  return value >= -most && value < most
}

/** The word that should be a number; or, where all are, what the key holds instead of one. */
async function notNumber(
  at: Case,
  { doc, named }: { doc: CommandDoc; named: number },
  message: string,
): Promise<Reason | null> {
  const whole = !message.includes('float')
  const args = await grammarOf(at.peek, doc.name)
  const typed = at.argv.slice(named).map(text)
  let left: readonly Arg[] | null = args
  for (const [i, each] of typed.entries()) {
    const before: readonly Arg[] = left ?? []
    left = after(before, each)
    if (!left) break
    const took = taken(before, each)
    if (took && numeric(took, whole) && !isNumber(bare(took, each), whole))
      return { kind: 'not-number', word: each, whole, token: named + i }
  }
  return held(at, doc, whole)
}

/** The plain argument that takes this word, when it is not an option's name. */
function taken(left: readonly Arg[], typed: string): Arg | null {
  for (const arg of left) {
    if (arg.token !== null) continue
    if (arg.type === 'block') {
      const first = arg.inner.find(({ token }) => token === null)
      if (first) return first
    }
    if (arg.type !== 'oneof') return arg
    if (arg.inner.some(({ token }) => token === typed.toUpperCase())) return null
  }
  return null
}

const numeric = ({ type, name }: Arg, whole: boolean) =>
  type === 'integer' ||
  type === 'unix-time' ||
  (type === 'double' && !whole) ||
  /^(?:min|max|score|increment|timeout)$/.test(name)

/** A bound of a range may be open: `(5`. */
const bare = ({ name }: Arg, typed: string) => (name === 'min' || name === 'max' ? typed.replace(/^\(/, '') : typed)

async function held(at: Case, doc: CommandDoc, whole: boolean): Promise<Reason | null> {
  const place = await heldAt(at, doc)
  if (!place || isNumber(text(place.value), whole)) return null
  return { kind: 'holds', ...place, whole, token: at.argv.indexOf(place.field ?? place.key) }
}

async function heldAt({ argv, peek }: Case, doc: CommandDoc) {
  const [, key, field] = argv
  if (key === undefined) return null
  const isHash = doc.group === 'hash'
  const value = await (isHash ? peek('HGET', key, field ?? '') : peek('GET', key))
  return typeof value === 'string'
    ? { key, field: isHash ? (field ?? null) : null, value: value.slice(0, 256) as Bytes }
    : null
}

async function overflow(at: Case, doc: CommandDoc): Promise<Reason | null> {
  const place = await heldAt(at, doc)
  return place && { kind: 'overflow', ...place, token: at.argv.indexOf(place.field ?? place.key) }
}

async function outside({ argv, peek }: Case, doc: CommandDoc): Promise<Reason | null> {
  const key = argv[1]
  const size = key === undefined || doc.group !== 'list' ? null : await peek('LLEN', key)
  return typeof size === 'number' ? { kind: 'index', key: key!, size, token: 2 } : null
}

// ---------------------------------------------------------------- nil

/** Commands whose nil says nothing of a key. */
const speechless = new Set([
  'EXEC',
  'RANDOMKEY',
  'SPOP',
  'SRANDMEMBER',
  'CONFIG GET',
  'CLIENT GETNAME',
  'LPOS',
  'GETSET',
])

async function ofNil(at: Case): Promise<Reason | null> {
  const found = docOf(at)
  if (!found || speechless.has(found.doc.name)) return null
  const { doc } = found
  if (doc.flags.includes('blocking'))
    return { kind: 'waited', keys: (await keysIn(at.peek, doc, at.argv)).map(({ key }) => key) }
  const key = at.argv[1]
  if (doc.name === 'SET' && key !== undefined) return unset(at, key)
  const lost = await missing(at, doc)
  // That a key is not there is what nil says; it is told where there is more to it.
  if (lost) return lost.kind === 'no-key' && lost.near === null ? null : lost
  if (key === undefined || at.argv[2] === undefined) return null
  if (/^HGET$|^HINCR/.test(doc.name)) return noField(at, key, at.argv[2])
  if (/^(?:ZSCORE|ZRANK|ZREVRANK)$/.test(doc.name))
    return { kind: 'no-member', key, member: at.argv[2], held: 'zset', token: 2 }
  if (doc.name === 'LINDEX') return outside(at, doc)
  return null
}

/** SET that was not to overwrite, or only to. */
function unset({ argv }: Case, key: Bytes): Reason | null {
  const options = argv.slice(3).map((each) => each.toUpperCase())
  if (options.includes('GET')) return null
  const place = (name: string) => 3 + options.indexOf(name)
  if (options.includes('NX')) return { kind: 'exists', key, token: place('NX') }
  return options.includes('XX') ? { kind: 'absent', key, token: place('XX') } : null
}

/** The key that is not there: what became of it, or one whose name is near. */
async function missing(at: Case, doc: CommandDoc): Promise<Reason | null> {
  for (const { key } of await keysIn(at.peek, doc, at.argv)) {
    if (word(await at.peek('TYPE', key)) !== 'none') continue
    const token = at.argv.indexOf(key)
    const gone = at.gone(key)
    if (gone) {
      const { command, by } = gone
      return { kind: 'gone', key, command, by: at.nameOf(by), since: Math.max(0, at.now - gone.at), token }
    }
    const near = await nearKey(at.peek, key)
    return { kind: 'no-key', key, near, token }
  }
  return null
}

/** A key with nearly this name, among the first thousands. */
async function nearKey(peek: Peek, key: Bytes): Promise<string | null> {
  const found = await peek('SCAN', '0', 'COUNT', '3000')
  const keys = Array.isArray(found) ? (found as readonly Reply[])[1] : null
  return Array.isArray(keys) ? nearest(text(key), (keys as readonly Bytes[]).map(text)) : null
}

async function noField({ peek }: Case, key: Bytes, field: Bytes): Promise<Reason> {
  const found = await peek('HSCAN', key, '0', 'COUNT', '500')
  const pairs = Array.isArray(found) ? (found as readonly Reply[])[1] : null
  const names = Array.isArray(pairs) ? (pairs as readonly Bytes[]).filter((_, i) => i % 2 === 0).map(text) : []
  return { kind: 'no-field', key, field, near: nearest(text(field), names), token: 2 }
}
