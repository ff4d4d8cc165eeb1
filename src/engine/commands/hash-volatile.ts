// HGETDEL, HGETEX, HSETEX: reading or writing fields and, in the same step, their end.
import type { Bytes } from '../../wire/bytes.ts'
import { key, type Cursor } from '../args.ts'
import { command, type Context } from '../command.ts'
import { errors } from '../errors.ts'
import type { HashValue } from '../values/hash.ts'
import { expireField } from './hash-expire.ts'
import {
  conditionDoc,
  expirationDoc,
  fieldsDoc,
  readFields,
  readMoment,
  readPairs,
  rest,
  timeForms,
} from './hash-fields.ts'

export const hgetdel = command({
  name: 'HGETDEL',
  summary: {
    en: 'Gives the values of fields and removes the fields.',
    ko: '필드의 값을 돌려주면서 그 필드를 지웁니다.',
  },
  since: '8.0.0',
  complexity: 'O(N) where N is the number of specified fields',
  flags: ['write', 'fast'],
  args: [key('key', 'RW access delete'), rest([fieldsDoc], 3, (words) => readFields(words))],
  run(context, { key: name, rest: read }) {
    const held = context.db.read(name, 'hash')
    const fields = read(context.now)
    if (!held) return fields.map(() => null)
    const values = context.db.edit(name, 'hash', 'hdel', (value) =>
      fields.map((field) => {
        const before = value.get(field) ?? null
        value.delete(field)
        return before
      }),
    )
    if (values.some((value) => value !== null)) context.propagate(['HDEL', name, ...fields])
    return values
  },
})

// ------------------------------------------------------------------ HGETEX

/** The time is judged before the words after it. */
function readGetEx(words: Cursor, now: number) {
  const token = words.argv[words.at]!.toUpperCase()
  const form = Object.hasOwn(timeForms, token) ? timeForms[token]! : null
  if (form || token === 'PERSIST') words.take()
  const at = form && readMoment(words.take(), form, now, 'hgetex')
  return { at, persist: token === 'PERSIST', fields: readFields(words) }
}

export const hgetex = command({
  name: 'HGETEX',
  summary: {
    en: 'Gives the values of fields and sets, or takes away, their time to live.',
    ko: '필드의 값을 돌려주면서 수명을 정하거나 없앱니다.',
  },
  since: '8.0.0',
  complexity: 'O(N) where N is the number of specified fields',
  flags: ['write', 'fast'],
  args: [key('key', 'RW access update'), rest([expirationDoc('PERSIST'), fieldsDoc], 3, readGetEx)],
  run(context, { key: name, rest: read }) {
    const held = context.db.read(name, 'hash')
    const { at, persist, fields } = read(context.now)
    if (!held) return fields.map(() => null)
    if (at === null && !persist) return fields.map((field) => held.get(field) ?? null)
    const past = at !== null && at <= context.now
    const touched: Bytes[] = []
    const values = context.db.edit(name, 'hash', persist ? 'hpersist' : past ? 'hdel' : 'hexpire', (value) => {
      value.mayExpire()
      return fields.map((field) => {
        const before = value.get(field)
        if (before === undefined) return null
        if (at !== null) expireField(value, field, at, past)
        if (at !== null || value.persist(field)) touched.push(field)
        return before
      })
    })
    if (touched.length > 0) propagateGetEx(context, name, at, past ? touched : fields, past)
    return values
  },
})

function propagateGetEx(
  context: Context,
  name: Bytes,
  at: number | null,
  fields: readonly Bytes[],
  past: boolean,
): void {
  const counted = ['FIELDS', String(fields.length), ...fields]
  if (past) for (const field of fields) context.propagate(['HDEL', name, field])
  else if (at === null) context.propagate(['HPERSIST', name, ...counted])
  else context.propagate(['HPEXPIREAT', name, String(at), ...counted])
}

// ------------------------------------------------------------------ HSETEX

/** Read whole before the key is looked at; options in any order, FIELDS with its pairs last. */
function readSetEx(words: Cursor, now: number) {
  let condition: 'FNX' | 'FXX' | null = null
  let expiration: 'keep' | { readonly at: number } | null = null
  for (;;) {
    const word = words.take()
    const token = word.toUpperCase()
    if (token === 'FIELDS') return { condition, expiration, pairs: readPairs(words) }
    if (token === 'FNX' || token === 'FXX') {
      if (condition) throw errors.oneFieldCondition()
      condition = token
    } else if (token === 'KEEPTTL' || Object.hasOwn(timeForms, token)) {
      if (expiration) throw errors.oneExpiration()
      expiration = token === 'KEEPTTL' ? 'keep' : { at: readMoment(words.take(), timeForms[token]!, now, 'hsetex') }
    } else throw errors.unknownArgument(word)
  }
}

export const hsetex = command({
  name: 'HSETEX',
  summary: {
    en: 'Sets fields together with their time to live, all of them or none.',
    ko: '필드의 값과 수명을 함께 넣습니다. 모두 넣거나 하나도 넣지 않습니다.',
  },
  since: '8.0.0',
  complexity: 'O(N) where N is the number of fields being set.',
  flags: ['write', 'denyoom', 'fast'],
  args: [
    key('key', 'RW update'),
    rest([conditionDoc('FNX', 'FXX'), expirationDoc('KEEPTTL'), setFieldsDoc()], 4, readSetEx),
  ],
  run(context, { key: name, rest: read }) {
    const { condition, expiration, pairs } = read(context.now)
    const held = context.db.read(name, 'hash')
    const wanted = condition === 'FXX'
    if (condition && !pairs.every(([field]) => (held?.has(field) ?? false) === wanted)) return 0
    const keep = expiration === 'keep'
    setExpiring(context, name, pairs, keep ? null : (expiration?.at ?? null), keep)
    return 1
  },
})

function setFieldsDoc() {
  const data = [
    { name: 'field', type: 'string' },
    { name: 'value', type: 'string' },
  ] as const
  return {
    name: 'fields',
    type: 'block',
    token: 'FIELDS',
    arguments: [
      { name: 'numfields', type: 'integer' },
      { name: 'data', type: 'block', multiple: true, arguments: data },
    ],
  } as const
}

/** Sets the fields; with a time that is past they come and go at once, which others see as two events. */
function setExpiring(
  context: Context,
  name: Bytes,
  pairs: readonly (readonly [Bytes, Bytes])[],
  at: number | null,
  keep: boolean,
): void {
  const past = at !== null && at <= context.now
  const event = at === null ? 'hset' : (['hset', past ? 'hdel' : 'hexpire'] as const)
  context.db.edit(name, 'hash', event, (held: HashValue) => {
    held.expect(pairs.length)
    if (at !== null) held.mayExpire()
    for (const [field, value] of pairs) {
      held.set(field, value, keep || at !== null)
      if (at !== null) expireField(held, field, at, past)
    }
    held.marks?.reckon(pairs.length)
  })
  if (at !== null) propagateSetEx(context, name, pairs, at, past)
}

/** Its own words, with the moment in place of the span; or a deletion of each field. */
function propagateSetEx(
  context: Context,
  name: Bytes,
  pairs: readonly (readonly [Bytes, Bytes])[],
  at: number,
  past: boolean,
): void {
  if (past) for (const [field] of pairs) context.propagate(['HDEL', name, field])
  else {
    const { argv } = context
    const option = argv.findIndex((word, i) => i > 1 && Object.hasOwn(timeForms, word.toUpperCase()))
    context.propagate([...argv.slice(0, option), 'PXAT', String(at), ...argv.slice(option + 2)])
  }
}
