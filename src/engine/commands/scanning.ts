// What SCAN, HSCAN, SSCAN and ZSCAN share: the cursor's word, the options, the shape of the reply.
import { latin, type Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { Cursor, special, type Arg, type ArgDoc } from '../args.ts'
import { errors } from '../errors.ts'
import { globMatches } from '../glob.ts'
import { parseInt64 } from '../values/numbers.ts'

export interface ScanOptions {
  /** Whether MATCH lets this name through; `everything` where there is none. */
  readonly matches: (name: Bytes) => boolean
  /** COUNT: a hint how many to visit in one call. */
  readonly count: number
  /** TYPE in lower case, in SCAN only. */
  readonly type: string | null
  /** NOVALUES, in HSCAN only. */
  readonly noValues: boolean
}

export const everything = (): boolean => true

const CURSOR_MAX = 18446744073709551615n

/**
 * The cursor. The server reads it as strtoull does once it is no plain integer: blanks and a sign may stand before it, a
 * zero byte ends it, and a minus wraps around. All that matters of a large one is that it is large.
 */
export const scanCursor = special('cursor', 'integer', (word) => {
  const plain = parseInt64(word)
  if (plain !== null && plain < 0) throw errors.invalidCursor()
  if (plain !== null) return Number(plain)
  const digits = /^[\t-\r ]*([+-]?)([0-9]+)(?:\0|$)/.exec(word)
  if (!digits || digits[2]!.length > 1000 || BigInt(digits[2]!) > CURSOR_MAX) throw errors.invalidCursor()
  return Number(BigInt.asUintN(64, BigInt(`${digits[1] === '-' ? '-' : ''}${digits[2]!}`)))
})

const docs: Readonly<Record<'match' | 'count' | 'type' | 'novalues', ArgDoc>> = {
  match: { name: 'pattern', type: 'pattern', token: 'MATCH', optional: true },
  count: { name: 'count', type: 'integer', token: 'COUNT', optional: true },
  type: { name: 'type', type: 'string', token: 'TYPE', optional: true },
  novalues: { name: 'novalues', type: 'pure-token', token: 'NOVALUES', optional: true },
}

const own = { keys: [docs.type], hash: [docs.novalues], set: [], zset: [] }

/**
 * The options of one of the SCANs. `options()` reads them: call it after the key was looked at, as the server does (a
 * missing key answers the empty reply whatever its options are).
 */
export const scanOptions = (of: keyof typeof own): Arg<{ options: () => ScanOptions }> => ({
  docs: [docs.match, docs.count, ...own[of]],
  min: 0,
  max: Infinity,
  read(cursor, out) {
    const words = new Cursor(cursor.argv, cursor.at)
    words.end = cursor.end
    cursor.at = cursor.end
    out['options'] = () => readOptions(words, of)
  },
})

/** From left to right, a wrong number before a later syntax error; of the same option twice the last counts. */
function readOptions(words: Cursor, of: keyof typeof own): ScanOptions {
  let pattern: Bytes | null = null
  let count = 10
  let type: string | null = null
  let noValues = false
  while (words.left > 0) {
    const token = words.take().toUpperCase()
    if (token === 'COUNT' && words.left > 0) count = readCount(words.take())
    else if (token === 'MATCH' && words.left > 0) pattern = words.take()
    else if (token === 'TYPE' && of === 'keys' && words.left > 0) type = words.take().toLowerCase()
    else if (token === 'NOVALUES') {
      if (of !== 'hash') throw errors.noValuesElsewhere()
      noValues = true
    } else throw errors.syntax()
  }
  const glob = pattern
  return { matches: glob === null ? everything : (name) => globMatches(glob, name), count, type, noValues }
}

function readCount(word: Bytes): number {
  const count = parseInt64(word)
  if (count === null) throw errors.notInteger()
  if (count < 1) throw errors.syntax()
  return Number(count)
}

/** The next cursor and what was found. */
export const scanReply = (cursor: number, items: readonly Reply[]): Reply => [latin(String(cursor)), items]
