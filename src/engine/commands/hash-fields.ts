// How the commands of field expiry read their words. Most of them look at their key first, then at the words from left to
// right, and each has its own idea of what is wrong first; so they do not use the common options but a walk of their own.
import type { Bytes } from '../../wire/bytes.ts'
import { errors, type RedisError } from '../errors.ts'
import { Cursor, type Arg, type ArgDoc } from '../args.ts'
import { parseInt64 } from '../values/numbers.ts'

/** The last moment that a field may expire at, in ms since 1970 (EB_EXPIRE_TIME_MAX >> 2 in the server). */
const LAST_MOMENT = 70368744177663
const MOST_FIELDS = 2147483647

/** All words from here on, read by `read` when the handler asks (and says what is now): after it looked at the key. */
export function rest<V>(
  docs: readonly ArgDoc[],
  min: number,
  read: (words: Cursor, now: number) => V,
): Arg<{ readonly rest: (now: number) => V }> {
  return {
    docs,
    min,
    max: Infinity,
    read(cursor, out) {
      const words = new Cursor(cursor.argv, cursor.at)
      cursor.at = cursor.end
      out['rest'] = (now: number) => read(words, now)
    },
  }
}

/** FIELDS numfields field [field ...] */
export const fieldsDoc: ArgDoc = {
  name: 'fields',
  type: 'block',
  token: 'FIELDS',
  arguments: [
    { name: 'numfields', type: 'integer' },
    { name: 'field', type: 'string', multiple: true },
  ],
}

/** Reads FIELDS, the count and as many fields, which are the last words. */
export function readFields(words: Cursor, notPositive: () => RedisError = errors.fieldCountNotPositive): Bytes[] {
  if (words.left === 0 || words.take().toUpperCase() !== 'FIELDS') throw errors.fieldsMissing()
  if (words.left === 0) throw errors.fieldCountMismatch()
  const count = parseInt64(words.take())
  if (count === null || count < 1) throw notPositive()
  if (Number(count) !== words.left) throw errors.fieldCountMismatch()
  return words.argv.slice(words.at, words.end)
}

/** FIELDS numfields field value [field value ...] of HSETEX, whose complaints are others. */
export function readPairs(words: Cursor): (readonly [Bytes, Bytes])[] {
  if (words.left === 0) throw errors.arity('hsetex')
  const count = parseInt64(words.take())
  if (count === null || count < 1 || count > MOST_FIELDS) throw errors.fieldCountInvalid()
  if (Number(count) * 2 !== words.left) throw errors.arity('hsetex')
  return Array.from({ length: Number(count) }, () => [words.take(), words.take()] as const)
}

/** Where a time counts from, and how many ms its unit has. */
export interface TimeForm {
  readonly unit: 1 | 1000
  readonly from: 'now' | 'epoch'
}

/** The tokens that bring a time. */
export const timeForms: Readonly<Record<string, TimeForm>> = {
  EX: { unit: 1000, from: 'now' },
  PX: { unit: 1, from: 'now' },
  EXAT: { unit: 1000, from: 'epoch' },
  PXAT: { unit: 1, from: 'epoch' },
}

/** A time as a moment in ms since 1970, which may be past. `command` is whom the error names. */
export function readMoment(word: Bytes, { unit, from }: TimeForm, now: number, command: string): number {
  const time = parseInt64(word)
  if (time === null) throw errors.notInteger()
  if (time < 0) throw errors.negativeExpire()
  const span = Number(time) * unit
  const base = from === 'now' ? now : 0
  if (span > LAST_MOMENT - base) throw errors.invalidExpire(command)
  return span + base
}

const time = (name: string, token: string): ArgDoc => ({
  name,
  type: name.startsWith('unix') ? 'unix-time' : 'integer',
  token,
})

/** [EX seconds | PX milliseconds | EXAT … | PXAT … | last] */
export const expirationDoc = (last: 'PERSIST' | 'KEEPTTL'): ArgDoc => ({
  name: 'expiration',
  type: 'oneof',
  optional: true,
  arguments: [
    time('seconds', 'EX'),
    time('milliseconds', 'PX'),
    time('unix-time-seconds', 'EXAT'),
    time('unix-time-milliseconds', 'PXAT'),
    { name: last.toLowerCase(), type: 'pure-token', token: last },
  ],
})

/** One of several tokens that stand alone. */
export const conditionDoc = (...tokens: readonly string[]): ArgDoc => ({
  name: 'condition',
  type: 'oneof',
  optional: true,
  arguments: tokens.map((token) => ({ name: token.toLowerCase(), type: 'pure-token', token })),
})
