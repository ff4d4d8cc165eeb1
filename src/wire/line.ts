// A console line becomes words by the rules of redis-cli (sdssplitargs in its source): words end at white space; "..."
// knows \n \r \t \b \a \xHH and \c for any c; '...' knows \' only; a closing quote must end the word.
import { latin, utf8, type Bytes } from './bytes.ts'

const blank = (char: string) => char === ' ' || (char >= '\t' && char <= '\r')
const ends = (char: string) => char === ' ' || char === '\n' || char === '\r' || char === '\t'
const hex = (digits: string) => (/^[0-9a-fA-F]{2}$/.test(digits) ? Number.parseInt(digits, 16) : -1)
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' }

/** One word of a line: its bytes, and where it stands in the line's UTF-8 bytes (`end` is past its last). */
export interface Word {
  readonly bytes: Bytes
  readonly start: number
  readonly end: number
}

/**
 * The words of a line, or null where its quotes are unbalanced (redis-cli then says "Invalid argument(s)").
 * `typed` is the bytes of the line; like a string of C, it ends at a zero byte.
 */
export function words(typed: Bytes): Word[] | null {
  const found: Word[] = []
  const line = typed.split('\0', 1)[0]!
  let i = 0
  for (;;) {
    while (i < line.length && blank(line[i]!)) i++
    if (i >= line.length) return found
    const start = i
    let word = ''
    let quote = ''
    for (; ; i++) {
      const char = line[i]
      if (char === undefined) {
        if (quote) return null
        break
      }
      if (quote === '"') {
        const code = char === '\\' && line[i + 1] === 'x' ? hex(line.slice(i + 2, i + 4)) : -1
        if (code >= 0) {
          word += String.fromCharCode(code)
          i += 3
        } else if (char === '\\' && i + 1 < line.length) {
          i++
          word += escapes[line[i]!] ?? line[i]!
        } else if (char === '"') {
          i++
          if (i < line.length && !blank(line[i]!)) return null
          break
        } else word += char
      } else if (quote === "'") {
        if (char === '\\' && line[i + 1] === "'") {
          i++
          word += "'"
        } else if (char === "'") {
          i++
          if (i < line.length && !blank(line[i]!)) return null
          break
        } else word += char
      } else if (ends(char)) break
      else if (char === '"' || char === "'") quote = char
      else word += char
    }
    found.push({ bytes: latin(word), start, end: i })
  }
}

/** A typed line to the words that a server is sent, or null where quotes are unbalanced. */
export function split(line: string): Bytes[] | null {
  return words(utf8(line))?.map((word) => word.bytes) ?? null
}

const plain = /^[^\s"'\\]+$/

/** Words to a line that splits back into them; words that need no quotes get none. The line is text, to be typed. */
export function join(argv: readonly Bytes[], show: (bytes: Bytes) => string): string {
  return argv.map((word) => (plain.test(word) && word === utf8(show(word)) ? show(word) : quoted(word, show))).join(' ')
}

function quoted(word: Bytes, show: (bytes: Bytes) => string): string {
  const readable = show(word)
  if (utf8(readable) === word && !/[\p{Cc}"\\]/u.test(readable)) return `"${readable}"`
  return repr(word)
}

const named: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\x07': '\\a',
  '\b': '\\b',
}

/** Bytes in double quotes with escapes, exactly as redis-cli draws a bulk string (sdscatrepr, C locale). */
export function repr(bytes: Bytes): string {
  let out = '"'
  for (const char of bytes) {
    const code = char.charCodeAt(0)
    out += named[char] ?? (code >= 32 && code < 127 ? char : `\\x${code.toString(16).padStart(2, '0')}`)
  }
  return `${out}"`
}
