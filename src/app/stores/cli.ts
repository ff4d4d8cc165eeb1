// What redis-cli itself does with a line before a server hears of it: `5 INCR x` repeats, `help SET` looks it up, and a
// whole call of redis-cli, pasted from a document, is taken apart.
import { latin, text, type Bytes } from '../../wire/bytes.ts'
import { split } from '../../wire/line.ts'
import { isError, type Reply } from '../../wire/reply.ts'
import { asPrinted, raw } from '../../wire/show.ts'

/** Words that the page knows itself; help, ? and clear in any case, as redis-cli has them. */
export const ownWords: readonly string[] = [
  'help',
  '?',
  'clear',
  'undo',
  'redo',
  'reset',
  'hint',
  'solution',
  '--raw',
  '--no-raw',
  'redis-cli',
]

/** What is to be done with a line. */
export type Wish =
  | { readonly do: 'nothing' }
  /** Said by redis-cli itself. */
  | { readonly do: 'say'; readonly words: string }
  | { readonly do: 'help'; readonly topic: string }
  /** How replies are drawn from now on. */
  | { readonly do: 'draw'; readonly raw: boolean }
  | { readonly do: 'send'; readonly argv: readonly Bytes[]; readonly times: number }
  | Call

/** A call of redis-cli: where it would connect, and what it would send there. */
export interface Call {
  readonly do: 'call'
  readonly db: number | null
  readonly protocol: 2 | 3 | null
  /** Null: as a terminal has it. */
  readonly raw: boolean | null
  readonly argv: readonly Bytes[]
  readonly times: number
}

const repeat = /^\s*\+?\d+\s+(?=\S)/

/** Where the command begins in a line that may repeat it. */
export const startOf = (line: string): number => repeat.exec(line)?.[0].length ?? 0

export function wishOf(line: string): Wish {
  const argv = split(line)
  if (argv === null) return { do: 'say', words: 'Invalid argument(s)' }
  const first = argv[0]?.toLowerCase()
  if (first === undefined) return { do: 'nothing' }
  if (first === 'help' || first === '?') return { do: 'help', topic: argv.slice(1).map(text).join(' ') }
  if (argv.length === 1 && (first === '--raw' || first === '--no-raw')) return { do: 'draw', raw: first === '--raw' }
  if (first === 'redis-cli') return callOf(argv.slice(1))
  if (argv.length > 1 && /^[+-]?\d+$/.test(first)) {
    const times = Number(first)
    if (times < 1 || times > 2 ** 31) return { do: 'say', words: 'Invalid redis-cli repeat command option value.' }
    return { do: 'send', argv: argv.slice(1), times }
  }
  return { do: 'send', argv, times: 1 }
}

/** Options of redis-cli that say where or as whom to connect: here there is one server, and nothing to say. */
const about = new Set(['-h', '-p', '-s', '-a', '-u', '-i', '--user', '--pass', '-t'])
const alone = new Set(['-c', '-e', '--no-auth-warning', '--askpass', '-4', '-6', '--verbose'])

function callOf(words: readonly Bytes[]): Wish {
  let call: Call = { do: 'call', db: null, protocol: null, raw: null, argv: [], times: 1 }
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    const value = words[i + 1]
    const count = value !== undefined && /^\d+$/.test(value) ? Number(value) : null
    if (!word.startsWith('-')) return { ...call, argv: words.slice(i) }
    if (word === '-n' && count !== null) call = { ...call, db: count }
    else if (word === '-r' && count !== null && count > 0) call = { ...call, times: count }
    else if (word === '-2' || word === '-3') call = { ...call, protocol: word === '-3' ? 3 : 2 }
    else if (word === '--raw' || word === '--no-raw') call = { ...call, raw: word === '--raw' }
    else if (!alone.has(word) && !(about.has(word) && value !== undefined))
      return { do: 'say', words: `Unrecognized option or bad number of args for: '${text(word)}'` }
    if (about.has(word) || word === '-n' || word === '-r') i++
  }
  return call
}

/** The words that a server was sent for a line; none where it heard nothing. */
export function argvOf(line: string): readonly Bytes[] {
  const wish = wishOf(line)
  return wish.do === 'send' || wish.do === 'call' ? wish.argv : []
}

/** The lines that a call of redis-cli comes to for a client of this state: a connection of its own is not made here. */
export function stepsOf(call: Call, db: number): { before: readonly string[]; after: readonly string[] } {
  const select = call.db !== null && call.db !== db ? [`SELECT ${call.db}`] : []
  const hello = call.protocol === null ? [] : [`HELLO ${call.protocol}`]
  const back = select.length > 0 && call.argv.length > 0 ? [`SELECT ${db}`] : []
  return { before: [...hello, ...select], after: back }
}

/** A reply as redis-cli takes it; with --raw it is a text, its bytes as a terminal would show them. */
export function printed(line: string, reply: Reply, isRaw: boolean | undefined): Reply {
  if (!isRaw) return asPrinted(argvOf(line), reply)
  // The empty line that follows an error in a terminal is left out.
  return { kind: 'verbatim', format: 'txt', text: latin(text(isError(reply) ? reply.text : raw(reply))) }
}
