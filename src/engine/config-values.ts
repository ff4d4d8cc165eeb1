// How CONFIG SET reads a value: each maker gives a parameter its default and its reader. A reader returns the value as
// CONFIG GET will show it, or throws a Refusal with the server's words.
import type { Limits } from './values/value.ts'

export const INT32 = 2147483647
const INT64 = 9223372036854775807n
export const UINT64 = 18446744073709551615n

/** What is wrong with a value, in the server's words. */
export class Refusal extends Error {}

const refuse = (text: string): never => {
  throw new Refusal(text)
}

export interface Parameter {
  /** The default, as CONFIG GET shows it. */
  readonly value: string
  /** The new value as it will be shown; `current` is the one it replaces. */
  read(word: string, current: string): string
  /** How a value is shown, where that is not as it is kept. */
  readonly show?: (value: string) => string
  /** Why CONFIG SET never takes it. */
  readonly never?: string
  /** Another name of this parameter, whose value it has. */
  readonly alias?: string
  /** The threshold that it sets. */
  readonly limit?: keyof Limits
}

type Bound = number | bigint

const between = (low: Bound, high: Bound) => `argument must be between ${low} and ${high} inclusive`

/** Any text. */
export const text = (value: string): Parameter => ({ value, read: (word) => word })

/** A parameter that only the start of the server sets. */
export const immutable = (value: string): Parameter => ({ ...text(value), never: "can't set immutable config" })

/** A parameter that clients may not set. */
export const fixed = (value: string): Parameter => ({ ...text(value), never: "can't set protected config" })

/** An older name of another parameter. */
export const alias = (name: string): Parameter => ({ ...text(''), alias: name })

/** A parameter that sets a threshold of values. */
export const limit = (name: keyof Limits, parameter: Parameter): Parameter => ({ ...parameter, limit: name })

export const yesNo = (value: string): Parameter => ({
  value,
  read(word) {
    const lower = word.toLowerCase()
    return lower === 'yes' || lower === 'no' ? lower : refuse("argument must be 'yes' or 'no'")
  },
})

/** A parameter that takes nothing but what it has; all else fails with `why`. */
export const only = (value: string, why: string, kind: (value: string) => Parameter = text): Parameter => ({
  value,
  read(word, current) {
    const read = kind(value).read(word, current)
    return read === value ? read : refuse(why)
  },
})

export const oneOf = (value: string, ...names: readonly string[]): Parameter => ({
  value,
  read: (word) =>
    names.find((name) => name === word.toLowerCase()) ??
    refuse(`argument(s) must be one of the following: ${names.join(', ')}`),
})

/** Some of several words. */
export const words = (value: string, ...names: readonly string[]): Parameter => ({
  value,
  read(word, current) {
    const chosen = word.split(' ').map((one) => oneOf(value, ...names).read(one, current))
    if (chosen.includes('save') && chosen.includes('nosave'))
      return refuse("shutdown options SAVE and NOSAVE can't be used simultaneously")
    const kept = names.filter((name) => name !== names[0] && chosen.includes(name))
    return kept.length > 0 ? kept.join(' ') : names[0]!
  },
})

const canonical = /^(?:0|-?[1-9][0-9]{0,18})$/

export const integer = (value: string, low: Bound, high: Bound = INT64): Parameter => ({
  value,
  read(word) {
    const parsed = canonical.test(word) ? BigInt(word) : null
    if (parsed === null || parsed > INT64 || parsed < -INT64 - 1n)
      return refuse("argument couldn't be parsed into an integer")
    return parsed < low || parsed > high ? refuse(between(low, high)) : word
  },
})

const units: Readonly<Record<string, bigint>> = {
  '': 1n,
  b: 1n,
  k: 1000n,
  kb: 1024n,
  m: 1000n ** 2n,
  mb: 1024n ** 2n,
  g: 1000n ** 3n,
  gb: 1024n ** 3n,
}

/** Bytes with a unit, as 100mb; null where it is none. Past 64 bits it wraps, as the server's does. */
function readMemory(word: string): bigint | null {
  const parts = /^([0-9]*)([a-z]*)$/.exec(word.toLowerCase())
  const unit = units[parts?.[2] ?? 'no unit']
  if (!parts || unit === undefined || parts[1]!.length > 40) return null
  const digits = BigInt(parts[1] || '0')
  return BigInt.asUintN(64, (digits > UINT64 ? UINT64 : digits) * unit)
}

export const memory = (value: string, low: Bound, high: Bound = INT64): Parameter => ({
  value,
  read(word) {
    const parsed = readMemory(word)
    if (parsed === null) return refuse('argument must be a memory value')
    return parsed < low || parsed > high ? refuse(between(low, high)) : String(parsed)
  },
})

export const memoryOrPercent = (value: string): Parameter => ({
  value,
  read(word) {
    if (/^[0-9]{1,15}%$/.test(word))
      return Number(word.slice(0, -1)) > 100
        ? refuse('percentage argument must be less or equal to 100')
        : `${Number(word.slice(0, -1))}%`
    return String(readMemory(word) ?? refuse('argument must be a memory or percent value'))
  },
})

/** An integer as strtoll takes it; an empty word is 0. Null where something else stands in it. */
const loose = (word: string): bigint | null =>
  /^[+-]?[0-9]{0,18}$/.test(word) ? BigInt(/[0-9]+/.test(word) ? word.replace('+', '') : '0') : null

/** Pairs of seconds and changes. */
export const savePoints = (): Parameter => ({
  value: '3600 1 300 100 60 10000',
  read(word) {
    // The server reads each word up to its first NUL.
    const parts = word.split(' ').map((part) => part.split('\0', 1)[0]!)
    if (parts.length === 1 && parts[0] === '') return ''
    const numbers = parts.map(loose)
    if (numbers.length % 2 !== 0 || numbers.some((one, i) => one === null || one < (i % 2 === 0 ? 1n : 0n)))
      return refuse('Invalid save parameters')
    return numbers.map((one, i) => String(i % 2 === 0 ? one : BigInt.asIntN(32, one!))).join(' ')
  },
})

/** Classes of keyspace events, in the server's order; A stands for all of a kind. */
export const keyspaceEvents = (): Parameter => ({
  value: '',
  read(word) {
    if (/[^Ag$lshzxeKEtmdn]/.test(word)) return refuse("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.")
    const has = (flag: string) => word.includes(flag)
    const kinds = 'g$lshzxetd'.split('')
    const all = has('A') || kinds.every(has)
    const chosen = all ? 'A' : kinds.filter(has).join('')
    return chosen + ['n', 'K', 'E', 'm'].filter(has).join('')
  },
  // Beside all others the server does not show new keys, though it tells of them.
  show: (value) => (value.startsWith('A') ? value.replace('n', '') : value),
})

const classes = ['normal', 'slave', 'pubsub']

function outputClass(name: string): number {
  const lower = name.toLowerCase()
  return classes.indexOf(lower === 'replica' ? 'slave' : lower)
}

/** A hard limit, a soft limit and its seconds for each class of clients. */
export const outputLimits = (value: string): Parameter => ({
  value,
  read(word, current) {
    if (word === '') return current
    const parts = word.split(' ')
    if (parts.length % 4 !== 0) return refuse('Wrong number of arguments in buffer limit configuration.')
    const shown = current.split(' ')
    for (let i = 0; i < parts.length; i += 4) {
      const at = outputClass(parts[i]!)
      if (at < 0) return refuse('Invalid client class specified in buffer limit configuration.')
      const [hard, soft, seconds] = [readMemory(parts[i + 1]!), readMemory(parts[i + 2]!), loose(parts[i + 3]!)]
      if (hard === null || soft === null || seconds === null || seconds < 0n)
        return refuse('Error in hard, soft or soft_seconds setting in buffer limit configuration.')
      shown.splice(at * 4 + 1, 3, String(hard), String(soft), String(seconds))
    }
    return shown.join(' ')
  },
})

export const oomScores = (value: string): Parameter => ({
  value,
  read(word) {
    const numbers = word.split(' ').map(loose)
    if (numbers.length !== 3) return refuse('wrong number of arguments')
    return numbers.some((one) => one === null || one < -2000n || one > 2000n)
      ? refuse('Invalid oom-score-adj-values, elements must be between -2000 and 2000.')
      : numbers.join(' ')
  },
})

export const percentiles = (value: string): Parameter => ({
  value,
  read(word) {
    if (word === '') return ''
    const parts = word.split(' ')
    if (parts.some((part) => !/^[0-9.+-]+$/.test(part) || Number.isNaN(Number(part))))
      return refuse('Invalid latency-tracking-info-percentiles parameters')
    const numbers = parts.map(Number)
    return numbers.some((one) => one < 0 || one > 100)
      ? refuse('latency-tracking-info-percentiles parameters should sit between [0.0,100.0]')
      : numbers.join(' ')
  },
})

/** The server's beat: what is too slow or too fast is brought between 1 and 500. */
export const hertz = (value: string): Parameter => ({
  value,
  read: (word, current) => String(Math.min(500, Math.max(1, Number(integer(value, 0, INT32).read(word, current))))),
})

export const collation = (): Parameter => ({
  value: '',
  read: (word) => (['', 'C', 'POSIX', 'C.UTF-8'].includes(word) ? word : refuse('Invalid locale name')),
})

export const hostname = (): Parameter => ({
  value: '',
  read: (word) =>
    /^[a-zA-Z0-9.-]*$/.test(word)
      ? word
      : refuse('Hostnames may only contain alphanumeric characters, hyphens or dots'),
})

export const nodename = (): Parameter => ({
  value: '',
  read: (word) => (/^[!-~]*$/.test(word) ? word : refuse('Announced human node name contained invalid character')),
})

const titleParts = ['title', 'listen-addr', 'server-mode', 'port', 'tls-port', 'unixsocket', 'config-file']

/** What a process is called in lists of processes. */
export const titleTemplate = (value: string): Parameter => ({
  value,
  read(word) {
    const named = word.split('{').slice(1)
    const known = named.every((part) => part.includes('}') && titleParts.includes(part.slice(0, part.indexOf('}'))))
    return known && word !== '' ? word : refuse('template format is invalid or contains unknown variables')
  },
})
