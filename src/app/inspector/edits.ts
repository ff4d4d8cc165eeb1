// What can be changed from the inspector, as commands. A form asks for a command's words; the words make its line.
import type { Kind } from '../../session/protocol.ts'
import { latin, utf8, type Bytes } from '../../wire/bytes.ts'

export type Word = 'value' | 'element' | 'index' | 'member' | 'score' | 'field' | 'newkey' | 'seconds' | 'increment'

export interface Edit {
  readonly command: string
  /** What comes after the key, in the order of the line. */
  readonly words: readonly Word[]
  /** Words of the command itself, at its end. */
  readonly end?: readonly string[]
}

const edit = (command: string, ...words: readonly Word[]): Edit => ({ command, words })

const own: { readonly [K in Kind]: readonly Edit[] } = {
  string: [edit('SET', 'value'), edit('APPEND', 'value')],
  list: [edit('LPUSH', 'element'), edit('RPUSH', 'element'), edit('LPOP'), edit('RPOP')],
  set: [edit('SADD', 'member'), edit('SREM', 'member')],
  zset: [edit('ZADD', 'score', 'member'), edit('ZINCRBY', 'increment', 'member'), edit('ZREM', 'member')],
  hash: [edit('HSET', 'field', 'value'), edit('HDEL', 'field')],
  stream: [],
}

/** Edits of one row of a value. */
export const rowEdits = {
  LSET: edit('LSET', 'index', 'element'),
  HSET: edit('HSET', 'field', 'value'),
  ZADD: edit('ZADD', 'score', 'member'),
}

/** What one may do with a key that holds this. */
export function editsOf(kind: Kind, hasTtl: boolean): readonly Edit[] {
  const whole = [edit('EXPIRE', 'seconds'), ...(hasTtl ? [edit('PERSIST')] : []), edit('RENAME', 'newkey'), edit('DEL')]
  const mine = own[kind].map((each) => (each.command === 'SET' && hasTtl ? { ...each, end: ['KEEPTTL'] } : each))
  return [...mine, ...whole]
}

/** The words of a command; those of a form in their order. */
export const argvOf = (of: Edit, key: Bytes, words: readonly Bytes[]): Bytes[] => [
  latin(of.command),
  key,
  ...words,
  ...(of.end ?? []).map(latin),
]

/** A word that may be empty: the others make no sense so. */
const mayBeEmpty: ReadonlySet<Word> = new Set(['value', 'element', 'member', 'field'])

/** A word of a form: bytes that were put in it stay as they are until somebody types. */
export interface Filled {
  readonly typed: string | null
  readonly bytes: Bytes
}

export const bytesOf = ({ typed, bytes }: Filled): Bytes => (typed === null ? bytes : utf8(typed))

/** Nobody has said anything about this word yet. */
export const isOpen = ({ typed, bytes }: Filled): boolean => typed === null && bytes === ''

/** Whether a form is filled as far as its command needs. Whether the words fit is for the server to say. */
export const isFilled = (of: Edit, words: readonly Filled[]): boolean =>
  of.words.every((word, i) => !isOpen(words[i]!) && (mayBeEmpty.has(word) || bytesOf(words[i]!) !== ''))

/** The words as the line shows them: in place of what is still to be said, its name. */
export const previewOf = (of: Edit, key: Bytes, words: readonly Filled[]): Bytes[] =>
  argvOf(
    of,
    key,
    words.map((word, i) => (isOpen(word) ? latin(of.words[i]!) : bytesOf(word))),
  )
