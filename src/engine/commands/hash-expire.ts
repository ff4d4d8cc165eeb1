// Times to live of single fields. Each command answers field by field; a field whose new time is already past goes at
// once, and the server tells replicas that it was deleted.
import type { Bytes } from '../../wire/bytes.ts'
import type { Text } from '../../wire/text.ts'
import { key, type ArgDoc, type Cursor } from '../args.ts'
import { command, type Context } from '../command.ts'
import type { HashValue } from '../values/hash.ts'
import { errors } from '../errors.ts'
import { conditionDoc, fieldsDoc, readFields, readMoment, rest, type TimeForm } from './hash-fields.ts'

/** What the commands answer for a field. */
const NO_FIELD = -2
const NO_TIME = -1
const REFUSED = 0
const DONE = 1
const DELETED = 2

const BY_FIELDS = 'O(N) where N is the number of specified fields'

type Condition = 'NX' | 'XX' | 'GT' | 'LT'
const isCondition = (word: string): word is Condition => ['NX', 'XX', 'GT', 'LT'].includes(word)

/** Whether a field that expires at `before` (null: never, which is later than all) may get the time `at`. */
function allows(condition: Condition | null, before: number | null, at: number): boolean {
  if (condition === 'NX') return before === null
  if (condition === 'XX') return before !== null
  if (condition === 'GT') return before !== null && at > before
  if (condition === 'LT') return before === null || at < before
  return true
}

// ------------------------------------------------------------------ giving a time

/** The time is judged before the words after it. */
function readExpiry(words: Cursor, form: TimeForm, now: number, name: string) {
  const at = readMoment(words.take(), form, now, name)
  const word = words.argv[words.at]!.toUpperCase()
  const condition = isCondition(word) ? word : null
  if (condition) words.take()
  return { at, condition, fields: readFields(words, errors.numFieldsNotPositive) }
}

const expiring = (name: string, summary: Text, time: ArgDoc, form: TimeForm) =>
  command({
    name,
    summary,
    since: '7.4.0',
    complexity: BY_FIELDS,
    flags: ['write', 'fast'],
    args: [
      key('key', 'RW update'),
      rest([time, conditionDoc('NX', 'XX', 'GT', 'LT'), fieldsDoc], 4, (words, now) =>
        readExpiry(words, form, now, name.toLowerCase()),
      ),
    ],
    run(context, { key: at, rest: read }) {
      const held = context.db.read(at, 'hash')
      const expiry = read(context.now)
      if (!held) return expiry.fields.map(() => NO_FIELD)
      return expire(context, at, expiry.at, expiry.condition, expiry.fields)
    },
  })

function expire(
  context: Context,
  name: Bytes,
  at: number,
  condition: Condition | null,
  fields: readonly Bytes[],
): number[] {
  const past = at <= context.now
  const results = context.db.edit(name, 'hash', past ? 'hdel' : 'hexpire', (held) => {
    held.mayExpire()
    return fields.map((field) => {
      if (!held.has(field)) return NO_FIELD
      if (!allows(condition, held.expireAt(field), at)) return REFUSED
      return expireField(held, field, at, past)
    })
  })
  propagateExpiry(context, name, at, fields, results)
  return results
}

/** Gives a field its time, or removes it where that is past. */
export function expireField(held: HashValue, field: Bytes, at: number, past: boolean): number {
  if (past) held.delete(field)
  else held.setExpireAt(field, at)
  return past ? DELETED : DONE
}

/** Relative times and conditions mean something else later: what goes out is the moment, or the deletion. */
function propagateExpiry(
  context: Context,
  name: Bytes,
  at: number,
  fields: readonly Bytes[],
  results: readonly number[],
): void {
  const set = fields.filter((_, i) => results[i] === DONE)
  if (set.length > 0) context.propagate(['HPEXPIREAT', name, String(at), 'FIELDS', String(set.length), ...set])
  for (const [i, field] of fields.entries()) if (results[i] === DELETED) context.propagate(['HDEL', name, field])
}

// ------------------------------------------------------------------ asking for it

const asking = (name: string, summary: Text, form: TimeForm) =>
  command({
    name,
    summary,
    since: '7.4.0',
    complexity: BY_FIELDS,
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO access'), rest([fieldsDoc], 3, (words) => readFields(words))],
    tips: form.from === 'now' ? ['nondeterministic_output'] : [],
    run({ db, now }, { key: at, rest: read }) {
      const held = db.read(at, 'hash')
      return read(now).map((field) => {
        if (!held?.has(field)) return NO_FIELD
        const moment = held.expireAt(field)
        if (moment === null) return NO_TIME
        return Math.ceil((form.from === 'now' ? moment - now : moment) / form.unit)
      })
    },
  })

// ------------------------------------------------------------------ the commands

const seconds = { unit: 1000, from: 'now' } as const
const milliseconds = { unit: 1, from: 'now' } as const
const unixSeconds = { unit: 1000, from: 'epoch' } as const
const unixMilliseconds = { unit: 1, from: 'epoch' } as const

export const hexpire = expiring(
  'HEXPIRE',
  {
    en: 'Gives single fields of a hash a time to live, in seconds.',
    ko: '해시의 필드 하나하나에 수명을 초 단위로 정합니다.',
  },
  { name: 'seconds', type: 'integer' },
  seconds,
)

export const hexpireat = expiring(
  'HEXPIREAT',
  {
    en: 'Lets fields of a hash expire at a Unix time in seconds.',
    ko: '해시의 필드가 사라질 시각을 초 단위 유닉스 시간으로 정합니다.',
  },
  { name: 'unix-time-seconds', type: 'unix-time' },
  unixSeconds,
)

export const hexpiretime = asking(
  'HEXPIRETIME',
  {
    en: 'The Unix time in seconds at which fields of a hash expire.',
    ko: '해시의 필드가 사라질 시각을 초 단위 유닉스 시간으로 알려 줍니다.',
  },
  unixSeconds,
)

export const hpersist = command({
  name: 'HPERSIST',
  summary: {
    en: 'Takes the time to live from fields of a hash: they stay.',
    ko: '해시 필드의 수명을 없애 계속 남아 있게 합니다.',
  },
  since: '7.4.0',
  complexity: BY_FIELDS,
  flags: ['write', 'fast'],
  args: [key('key', 'RW update'), rest([fieldsDoc], 3, (words) => readFields(words))],
  run({ db, now }, { key: name, rest: read }) {
    const held = db.read(name, 'hash')
    const fields = read(now)
    if (!held) return fields.map(() => NO_FIELD)
    return db.edit(name, 'hash', 'hpersist', (value) => {
      const results = fields.map((field) => (!value.has(field) ? NO_FIELD : value.persist(field) ? DONE : NO_TIME))
      // However many fields: one change to the server.
      if (results.includes(DONE)) value.marks?.reckon(1)
      return results
    })
  },
})

export const hpexpire = expiring(
  'HPEXPIRE',
  {
    en: 'Gives single fields of a hash a time to live, in milliseconds.',
    ko: '해시의 필드 하나하나에 수명을 밀리초 단위로 정합니다.',
  },
  { name: 'milliseconds', type: 'integer' },
  milliseconds,
)

export const hpexpireat = expiring(
  'HPEXPIREAT',
  {
    en: 'Lets fields of a hash expire at a Unix time in milliseconds.',
    ko: '해시의 필드가 사라질 시각을 밀리초 단위 유닉스 시간으로 정합니다.',
  },
  { name: 'unix-time-milliseconds', type: 'unix-time' },
  unixMilliseconds,
)

export const hpexpiretime = asking(
  'HPEXPIRETIME',
  {
    en: 'The Unix time in milliseconds at which fields of a hash expire.',
    ko: '해시의 필드가 사라질 시각을 밀리초 단위 유닉스 시간으로 알려 줍니다.',
  },
  unixMilliseconds,
)

export const hpttl = asking(
  'HPTTL',
  {
    en: 'How many milliseconds fields of a hash have left.',
    ko: '해시의 필드가 앞으로 몇 밀리초 동안 남아 있을지 알려 줍니다.',
  },
  milliseconds,
)

export const httl = asking(
  'HTTL',
  {
    en: 'How many seconds fields of a hash have left.',
    ko: '해시의 필드가 앞으로 몇 초 동안 남아 있을지 알려 줍니다.',
  },
  seconds,
)
