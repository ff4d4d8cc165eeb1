// What may still follow in a line being typed, reckoned word by word: the arguments of COMMAND DOCS are a grammar, each
// word takes from it what it stands for, and what is left is what a usage line shows for the rest.
import { isTagged, type Reply } from '../../wire/reply.ts'

/** An argument, or what is left of one. */
export interface Arg {
  readonly name: string
  readonly type: string
  /** The word that begins it. */
  readonly token: string | null
  readonly optional: boolean
  readonly multiple: boolean
  /** Each repetition begins with the token again. */
  readonly multipleToken: boolean
  readonly inner: readonly Arg[]
  /** How many more there must be: told by a number typed before. */
  readonly exactly?: number
  /** One of them was typed already. */
  readonly again?: true
}

const isList = (reply: Reply | undefined): reply is readonly Reply[] => Array.isArray(reply)

/** A flat array of names and values, as RESP2 has a map. */
export function fields(reply: Reply | undefined): ReadonlyMap<string, Reply> {
  const found = new Map<string, Reply>()
  if (isList(reply)) for (let i = 0; i + 1 < reply.length; i += 2) found.set(word(reply[i]) ?? '', reply[i + 1]!)
  return found
}

/** A bulk string or a status as a string; null for anything else. */
export const word = (reply: Reply | undefined): string | null =>
  typeof reply === 'string'
    ? reply
    : reply !== undefined && isTagged(reply) && reply.kind === 'status'
      ? reply.text
      : null

export const words = (reply: Reply | undefined): string[] =>
  isList(reply) ? reply.map(word).filter((each) => each !== null) : []

/** The arguments of the one command that COMMAND DOCS was asked for. */
export function argsOf(docs: Reply): readonly Arg[] {
  const [doc] = fields(docs).values()
  const args = fields(doc).get('arguments')
  return isList(args) ? args.map(argOf) : []
}

function argOf(reply: Reply): Arg {
  const map = fields(reply)
  const flags = words(map.get('flags'))
  const inner = map.get('arguments')
  const type = word(map.get('type')) ?? ''
  const isPlain = type !== 'oneof' && type !== 'block' && type !== 'pure-token'
  return {
    name: (isPlain ? word(map.get('display_text')) : null) ?? word(map.get('name')) ?? '',
    type,
    token: word(map.get('token')),
    optional: flags.includes('optional'),
    multiple: flags.includes('multiple'),
    multipleToken: flags.includes('multiple_token'),
    inner: isList(inner) ? inner.map(argOf) : [],
  }
}

/** What is left of a command's arguments after one more word, or null where that word has no place. */
export function after(left: readonly Arg[], typed: string): readonly Arg[] | null {
  const must = left.findIndex((arg) => !arg.optional)
  const reach = left.slice(0, must < 0 ? left.length : must + 1)
  for (const byToken of [true, false])
    for (const [i, arg] of reach.entries()) {
      const rest = takes(arg, typed, byToken)
      if (rest) return [...rest, ...others(left, i, byToken)]
    }
  return null
}

/** What stays beside the argument that took a word: options before it may still come, unless it has its own place. */
function others(left: readonly Arg[], at: number, byToken: boolean): readonly Arg[] {
  const arg = left[at]!
  const before = byToken && arg.optional ? left.slice(0, at) : []
  const behind = left.slice(at + 1)
  return [...before, ...behind]
}

/** What is left of one argument when it takes this word; null where it does not. */
function takes(arg: Arg, typed: string, byToken: boolean): readonly Arg[] | null {
  const rest = once(arg, typed, byToken)
  if (!rest) return null
  if (arg.exactly !== undefined) return arg.exactly > 1 ? [...rest, { ...arg, exactly: arg.exactly - 1 }] : rest
  if (!arg.multiple) return rest
  return [...rest, { ...arg, optional: true, again: true, token: arg.multipleToken ? arg.token : null }]
}

function once(arg: Arg, typed: string, byToken: boolean): readonly Arg[] | null {
  if (arg.token !== null) {
    if (!byToken || arg.token !== typed.toUpperCase()) return null
    return arg.type === 'pure-token' ? [] : [{ ...arg, token: null, optional: false, multiple: false }]
  }
  if (arg.type === 'oneof') return firstOf(arg.inner, (each) => takes(each, typed, byToken))
  if (arg.type === 'block') {
    const [first, ...more] = arg.inner
    if (!first) return null
    if (!first.optional) {
      const rest = takes(first, typed, byToken)
      return rest && counted([...rest, ...more], first, typed)
    }
    return byToken === startsWithToken(arg.inner, typed) ? after(arg.inner, typed) : null
  }
  return byToken ? null : []
}

const startsWithToken = (args: readonly Arg[], typed: string) => firsts(args).tokens.includes(typed.toUpperCase())

function firstOf<T, R>(list: readonly T[], how: (each: T) => R | null): R | null {
  for (const each of list) {
    const found = how(each)
    if (found !== null) return found
  }
  return null
}

/** After a number of keys, so many keys. */
function counted(left: readonly Arg[], taken: Arg | undefined, typed: string): readonly Arg[] {
  const [next, ...more] = left
  const count = Number(typed)
  if (taken?.name !== 'numkeys' || !next?.multiple || !/^\d+$/.test(typed)) return left
  return count === 0 ? more : [{ ...next, optional: false, exactly: count }, ...more]
}

/** What is left after all these words, or null from the first that has no place. */
export function remains(args: readonly Arg[], typed: readonly string[]): readonly Arg[] | null {
  let left: readonly Arg[] | null = args
  for (const each of typed) left &&= onward(left, each)
  return left
}

/** What is left after one more word; a number of keys tells how many keys follow. */
export function onward(left: readonly Arg[], typed: string): readonly Arg[] | null {
  const next = after(left, typed)
  return next && counted(next, left.find((arg) => !arg.optional) ?? left[0], typed)
}

/** What the next word may be. */
export interface Firsts {
  readonly tokens: readonly string[]
  /** It may be the name of a key. */
  readonly key: boolean
  /** Names of the plain arguments that it may be: field, member … */
  readonly names: readonly string[]
}

export function firsts(left: readonly Arg[]): Firsts {
  const tokens: string[] = []
  const names: string[] = []
  let key = false
  for (const arg of left) {
    if (arg.token !== null) tokens.push(arg.token)
    else if (arg.type === 'oneof')
      for (const each of arg.inner) {
        const inner = firsts([each])
        tokens.push(...inner.tokens)
        names.push(...inner.names)
        key ||= inner.key
      }
    else if (arg.type === 'block') {
      const inner = firsts(arg.inner)
      tokens.push(...inner.tokens)
      names.push(...inner.names)
      key ||= inner.key
    } else if (arg.type === 'key') key = true
    else names.push(arg.name)
    if (!arg.optional) break
  }
  return { tokens: [...new Set(tokens)], key, names }
}

/** The arguments as a usage line of redis-cli has them. */
export const usage = (args: readonly Arg[]): string => args.map(shown).join(' ')

function shown(arg: Arg): string {
  if (arg.type === 'pure-token') return arg.optional ? `[${arg.token}]` : (arg.token ?? arg.name)
  const token = arg.token === null ? '' : `${arg.token} `
  const inner = arg.type === 'oneof' ? arg.inner.map(shown).join('|') : usage(arg.inner)
  const bare = arg.type === 'oneof' || arg.type === 'block' ? inner : arg.name
  const repeated = arg.multipleToken ? token + bare : bare
  let text = token + bare
  if (arg.exactly === undefined ? arg.multiple : arg.exactly > 1)
    text = arg.again && arg.optional ? `${repeated} ...` : `${text} [${repeated} ...]`
  return arg.optional ? `[${text}]` : text
}
