// Bytes that a client may send, well formed and broken, and how they are cut into pieces. Commands here keep no state, so
// that many connections can speak at once.
import { latin, type Bytes } from '../../wire/bytes.ts'
import { encodeRequest } from '../../wire/resp.ts'
import { Chance } from '../chance.ts'

export interface Sentence {
  readonly kind: string
  readonly bytes: Bytes
}

export interface Conversation {
  readonly sentences: readonly Sentence[]
  /** Where the bytes are cut: nowhere, at some places, or behind every byte. */
  readonly cuts: 'whole' | 'some' | 'every'
}

type Maker = (chance: Chance) => string

const among =
  (...choices: readonly string[]): Maker =>
  (chance) =>
    chance.one(choices)

/** One of these between what stands before and behind them. */
const between =
  (before: string, choices: readonly string[], behind = ''): Maker =>
  (chance) =>
    before + chance.one(choices) + behind

const request = (...argv: string[]): string => encodeRequest(argv.map(latin))

const words = ['PING', 'hallo', '', 'a b', 'a\r\nb', '*1\r\n', '\0', '\xff', '$4', '"', "'", 'x'.repeat(40)]
const word = (chance: Chance) => chance.one(words)
/** Above 64 KB … */
const TOO_LONG = 70_000
/** … in pieces of which a server reads each at once, so that none is left unread when it closes. */
const PIECE = 10_000

/** After these the connection goes on. */
const fine: Readonly<Record<string, Maker>> = {
  request: (chance) => request('ECHO', word(chance)),
  'other request': (chance) =>
    chance.one([
      request('PING'),
      request('ping', word(chance)),
      request('GET', 'nothing'),
      request('STRLEN', 'nothing'),
    ]),
  'unknown command': (chance) => request(word(chance) || 'NOSUCH', word(chance), word(chance)),
  'wrong arity': among(request('ECHO'), request('GET', 'a', 'b'), request('PING', 'a', 'b')),
  pipeline: (chance) => request('ECHO', word(chance)).repeat(3) + request('PING'),
  transaction: (chance) => request('MULTI') + request('ECHO', word(chance)) + request('PING') + request('EXEC'),
  'transaction that is refused': () => request('MULTI') + request('NOSUCH') + request('ECHO', 'a') + request('EXEC'),
  'inline command': among('PING\r\n', 'PING\n', 'ping hallo\r\n', '  ECHO \t hallo  \r\n', 'NOSUCH a b\r\n', 'GET\r\n'),
  'inline quotes': among(
    'ECHO "a b"\r\n',
    "ECHO 'a b'\r\n",
    'ECHO "\\x41\\n\\t\\"\\\\"\r\n',
    "ECHO 'it\\'s \\n'\r\n",
    'ECHO ""\r\n',
    '"ECHO" \'\'\r\n',
    'ECHO a"b\r\n',
    'ECHO "\\xzz"\r\n',
    'ECHO "a\\\r\n"\r\n',
  ),
  'other ends of a line': among('PING\rPING\r\n', 'ECHO a\vb\f\r\n', 'PING\r\r\n', 'ECHO \xff\xfe\r\n'),
  'empty line': among('\r\n', '\n', '   \r\n', '\t\n', '\r\n\r\n\n'),
  'empty array': among('*0\r\n', '*-1\r\n', '*-7\r\n', '*0\r\n*0\r\n'),
  'empty name': among('*1\r\n$0\r\n\r\n', '""\r\n', '*2\r\n$0\r\n\r\n$1\r\na\r\n'),
  'no line end after a word': among(
    '*1\r\n$4\r\nPINGxx',
    '*2\r\n$4\r\nECHO\0\0$1\r\na\n\n',
    '*2\r\n$4\r\nECHO\r\n$1\r\na\r\r',
  ),
  'another byte for the line feed': among('*1\rx$4\rxPING\r\n', '*2\r\r$4\r\0ECHO\r\n$1\r*a\r\n'),
  'a word without its array': among('$4\r\nPING\r\n', '+PING\r\n', ':1\r\n', '-ERR\r\n'),
}

/** After these it is closed, or waits for more that never comes. */
const last: Readonly<Record<string, Maker>> = {
  'bad multibulk length': among(
    '*\r\n',
    '* 1\r\n',
    '*1 \r\n',
    '*+1\r\n',
    '*01\r\n',
    '*x\r\n',
    '*1.0\r\n',
    '*1\n$4\r\n',
    '*--1\r\n',
  ),
  'too big multibulk length': among('*2147483648\r\n', '*9223372036854775807\r\n', '*99999999999999999999\r\n'),
  'bad bulk length': between('*1\r\n', [
    '$\r\n',
    '$x\r\n',
    '$ 4\r\n',
    '$4 \r\n',
    '$04\r\n',
    '$+4\r\n',
    '$-1\r\n',
    '$4\nPING\r\n',
  ]),
  'too big bulk length': between('*1\r\n', ['$536870913\r\n', '$9223372036854775807\r\n', '$99999999999999999999\r\n']),
  'no bulk where one is due': between('*2\r\n$4\r\nECHO\r\n', [
    '+PING\r\n',
    'PING\r\n',
    ':1\r\n',
    '\r\n',
    '*1\r\n',
    '\xff\r\n',
  ]),
  'too long a line': between('', ['x', '*1', '*1\r\n$', 'ECHO '], 'x'.repeat(TOO_LONG)),
  'unbalanced quotes': among('ECHO "a\r\n', "ECHO 'a\r\n", 'ECHO "a"b\r\n', "ECHO 'a'b\r\n", 'ECHO "a\\"\r\n', '"\n'),
  'zero byte in a line': among('ECHO a\0b\r\n', '*1\0\r\n$4\r\nPING\r\n', '\0\r\n'),
  'not all of it': among(
    '*2\r\n$4\r\nECHO\r\n$900\r\nabc',
    '*',
    '*1',
    '*3\r\n$4\r\nECHO\r\n',
    'ECHO a',
    '*2147483647\r\n',
  ),
  'from a browser': among('POST / HTTP/1.1\r\n', 'Host: localhost\r\n', 'host:\r\n', 'post x\r\n'),
  quit: among(request('QUIT'), 'QUIT\r\n', 'quit now\r\n'),
}

const kinds = { ...fine, ...last, 'a byte changed': () => '' }

/** Every kind of sentence there is: a run must have had each. */
export const allKinds: readonly string[] = Object.keys(kinds)

const strange = ['*', '$', '\r', '\n', '0', '1', '9', '-', '+', ' ', '"', "'", 'x', '\0', '\xff']

/** A well-formed sentence with one byte more, less or other. */
function changed(sentence: string, chance: Chance): string {
  const at = chance.below(sentence.length)
  const more = chance.once(3) ? '' : chance.one(strange)
  return sentence.slice(0, at) + more + sentence.slice(at + chance.below(2))
}

const pick = (makers: Readonly<Record<string, Maker>>, chance: Chance): Sentence => {
  const kind = chance.one(Object.keys(makers))
  return { kind, bytes: latin(makers[kind]!(chance)) }
}

/** Some good sentences, mostly one that goes wrong, and some that may never be read. */
export function write(seed: number): Conversation {
  const chance = new Chance(seed)
  const some = (most: number) => Array.from({ length: chance.below(most) }, () => pick(fine, chance))
  const sentences = some(6)
  if (chance.once(4)) {
    const bytes = latin(changed(pick(fine, chance).bytes || '\n', chance))
    sentences.push({ kind: 'a byte changed', bytes })
  } else if (!chance.once(4)) sentences.push(pick(last, chance))
  sentences.push(...some(3))
  // What was answered in the same breath in which a browser is shown the door is never sent: breaths must stay what they are.
  const short = sentences.every(({ bytes, kind }) => bytes.length < 200 && kind !== 'from a browser')
  return { sentences, cuts: chance.once(2) || !short ? 'whole' : chance.once(3) ? 'every' : 'some' }
}

/** The bytes in the pieces in which they are written; the last one is the question whose answer ends it all. */
export function pieces({ sentences, cuts }: Conversation, seed: number, question: Bytes): Bytes[] {
  const whole = sentences.map(({ bytes }) => bytes).join('') + question
  if (cuts === 'every') return Array.from(whole, latin)
  if (cuts === 'whole')
    return Array.from({ length: Math.ceil(whole.length / PIECE) }, (_, i) =>
      latin(whole.slice(i * PIECE, (i + 1) * PIECE)),
    )
  const chance = new Chance(seed)
  const found: Bytes[] = []
  for (let from = 0; from < whole.length;) {
    const to = from + 1 + chance.below(20)
    found.push(latin(whole.slice(from, to)))
    from = to
  }
  return found
}
