// What a command takes, as data. From it come the parser and the types of the handler's values, the arity, the positions of
// keys, the usage line and the arguments of COMMAND DOCS. Words are read from left to right; an argument that may
// take many leaves as many words as those after it need.
import type { Bytes } from '../wire/bytes.ts'
import { ArityError, errors } from './errors.ts'
import { parseDouble, parseInt64, type Int } from './values/numbers.ts'

/** An argument as COMMAND DOCS tells it. */
export interface ArgDoc {
  readonly name: string
  readonly type: 'key' | 'string' | 'integer' | 'double' | 'pattern' | 'unix-time' | 'pure-token' | 'oneof' | 'block'
  readonly token?: string
  /** What usage lines show instead of the name. */
  readonly display?: string
  readonly optional?: true
  readonly multiple?: true
  readonly multipleToken?: true
  readonly arguments?: readonly ArgDoc[]
}

/** How a command uses a key, by the words of COMMAND's key specs. */
export type Access =
  | 'RO'
  | 'RO access'
  | 'RW'
  | 'RW access'
  | 'RW access update'
  | 'RW access delete'
  | 'RW update'
  | 'RW insert'
  | 'RW delete'
  | 'RW access insert'
  | 'OW'
  | 'OW update'
  | 'OW insert'
  | 'RM delete'
  | 'not_key'

/** Walks the words of one command. */
export class Cursor {
  readonly argv: readonly Bytes[]
  /** The next word. */
  at: number
  /** Words from here on belong to later arguments. */
  end: number
  /** Where keys were met: positions in argv. Null where nobody asks. */
  readonly keys: { at: number; access: Access }[] | null

  constructor(argv: readonly Bytes[], at: number, collect = false) {
    this.argv = argv
    this.at = at
    this.end = argv.length
    this.keys = collect ? [] : null
  }

  get left(): number {
    return this.end - this.at
  }

  take(): Bytes {
    if (this.at >= this.end) throw errors.syntax()
    return this.argv[this.at++]!
  }
}

export interface Arg<out V extends object> {
  readonly docs: readonly ArgDoc[]
  /** Words that it takes at least and at most. */
  readonly min: number
  readonly max: number
  /** Set on single words that name a key. */
  readonly access?: Access
  /** Further keys that its words name in ways that no position tells: SORT's patterns and STORE. */
  readonly hidden?: readonly Access[]
  /** Where its keys stand: one here, all to the end, every second, or told by a number. */
  readonly keys?: 'one' | 'many' | 'pairs' | 'counted'
  readonly read: (cursor: Cursor, out: Record<string, unknown>) => void
  /** What it is called, and how its words are taken as they are, from a place on: for those that nothing can be wrong with. */
  readonly lazy?: { readonly name: string; readonly of: (at: number, words: Words) => Getter }
  /** The same for those that may be wrong: they are read before the handler runs, all words from `at` on where there may be many. */
  readonly placed?: { readonly name: string; readonly of: (argv: readonly Bytes[], at: number) => unknown }
  /** Where it may be left out and then sets nothing. */
  readonly mayBeLeftOut?: true
  /** Never there; carries the type of what it reads. */
  readonly values?: V
}

/** An argument of exactly one word. */
export interface Word<N extends string, T> extends Arg<Record<N, T>> {
  readonly name: N
  readonly convert: (word: Bytes) => T
}

type Intersect<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never
type Read<A> = A extends Arg<infer V> ? V : never

/** What a handler gets for its arguments. */
export type Values<A extends readonly Arg<object>[]> = A extends readonly [] ? object : Intersect<Read<A[number]>>

const itself = (value: Bytes) => value

const oneWord =
  (at: number, words: Words): Getter =>
  () =>
    words.argv[at]

const allWords =
  (from: number, words: Words): Getter =>
  () => {
    const { argv } = words
    return argv.length === from + 1 ? [argv[from]!] : argv.slice(from)
  }

function word<N extends string, T>(name: N, type: ArgDoc['type'], convert: (word: Bytes) => T): Word<N, T> {
  return {
    name,
    docs: [{ name, type }],
    min: 1,
    max: 1,
    convert,
    ...((convert as unknown) === itself
      ? { lazy: { name, of: oneWord } }
      : { placed: { name, of: (argv: readonly Bytes[], at: number) => convert(argv[at]!) } }),
    read(cursor, out) {
      out[name] = convert(cursor.take())
    },
  }
}

/** A key. */
export function key<N extends string>(name: N, access: Access): Word<N, Bytes> {
  return {
    ...word(name, 'key', itself),
    access,
    keys: 'one',
    read(cursor, out) {
      cursor.keys?.push({ at: cursor.at, access })
      out[name] = cursor.take()
    },
  }
}

/** A shard channel: a cluster places it as if it were a key, which it is not. */
export const shardChannel: Word<'shardchannel', Bytes> = {
  ...key('shardchannel', 'not_key'),
  docs: [{ name: 'shardchannel', type: 'string' }],
}

/** Any bytes. */
export const bytes = <N extends string>(name: N): Word<N, Bytes> => word(name, 'string', itself)

/** A glob pattern. */
export const pattern = <N extends string>(name: N): Word<N, Bytes> => word(name, 'pattern', itself)

function toInt(value: Bytes): Int {
  const int = parseInt64(value)
  if (int === null) throw errors.notInteger()
  return int
}

/** A 64-bit integer, exact. */
export const int64 = <N extends string>(name: N): Word<N, Int> => word(name, 'integer', toInt)

/** A 64-bit integer as a number: for indexes and counts, where what lies beyond 2^53 is only "very far". */
export const integer = <N extends string>(name: N): Word<N, number> =>
  word(name, 'integer', (value) => Number(toInt(value)))

/** A Unix time, in the unit that the command says. */
export const unixTime = <N extends string>(name: N): Word<N, Int> => word(name, 'unix-time', toInt)

/** A double. */
export const float = <N extends string>(name: N): Word<N, number> =>
  word(name, 'double', (value) => {
    const number = parseDouble(value)
    if (number === null) throw errors.notFloat()
    return number
  })

/** A word with a meaning of its own: `convert` throws what the server answers to a wrong one. */
export const special = <N extends string, T>(name: N, type: ArgDoc['type'], convert: (word: Bytes) => T): Word<N, T> =>
  word(name, type, convert)

/** Arguments that are read in a way of their own: options whose errors come in the order of the words, say. */
export const custom = <V extends object>(
  docs: readonly ArgDoc[],
  read: (cursor: Cursor) => V,
  min = 0,
  max = Infinity,
): Arg<V> => ({
  docs,
  min,
  max,
  read(cursor, out) {
    const values = read(cursor) as Record<string, unknown>
    for (const name in values) out[name] = values[name]
  },
})

/** Arguments at the end that set nothing where they are left out. */
export const leavable = <V extends object>(inner: Arg<V>): Arg<Partial<V>> => ({ ...inner, mayBeLeftOut: true })

/** The same word, converted only when the handler asks: for an option's value that counts only where the key is there. */
export const lateWord = <N extends string, T>(inner: Word<N, T>): Word<N, () => T> => ({
  ...word(inner.name, inner.docs[0]!.type, (value) => () => inner.convert(value)),
  docs: inner.docs,
})

/** A word that the command looks at only after it looked at its key. Gives a function. */
export function late<N extends string, T>(inner: Word<N, T>): Arg<Record<N, () => T>> {
  const lateWordAt = (at: number, words: Words): Getter => {
    const converted = () => inner.convert(words.argv[at]!)
    return () => converted
  }
  return {
    docs: inner.docs,
    min: 1,
    max: 1,
    lazy: { name: inner.name, of: lateWordAt },
    read(cursor, out) {
      const value = cursor.take()
      out[inner.name] = () => inner.convert(value)
    },
  }
}

/** One or more of the same word. */
export function many<N extends string, T>(inner: Word<N, T>, min = 1): Arg<Record<N, readonly T[]>> {
  return {
    docs: [{ ...inner.docs[0]!, multiple: true, ...(min === 0 ? { optional: true } : {}) }],
    min,
    max: Infinity,
    ...(inner.access ? { access: inner.access, keys: 'many' as const } : {}),
    ...(inner.lazy
      ? { lazy: { name: inner.name, of: allWords } }
      : {
          placed: {
            name: inner.name,
            of: (argv: readonly Bytes[], at: number) => argv.slice(at).map((one) => inner.convert(one)),
          },
        }),
    read(cursor, out) {
      const values: T[] = []
      while (cursor.left > 0) {
        if (inner.access) cursor.keys?.push({ at: cursor.at, access: inner.access })
        values.push(inner.convert(cursor.take()))
      }
      out[inner.name] = values
    },
  }
}

/**
 * One or more pairs of words, as an array of all these words named `name`. An odd number is a wrong number of arguments, or
 * `odd`.
 */
export function pairs<N extends string>(
  name: N,
  first: Word<string, Bytes>,
  second: Word<string, Bytes>,
  odd: () => Error = () => new ArityError(),
): Arg<Record<N, readonly Bytes[]>> {
  const wordsFrom = (argv: readonly Bytes[], from: number) => {
    if ((argv.length - from) % 2 !== 0) throw odd()
    return argv.slice(from)
  }
  return {
    docs: [{ name, type: 'block', multiple: true, arguments: [...first.docs, ...second.docs] }],
    min: 2,
    max: Infinity,
    ...(first.access ? { access: first.access, keys: 'pairs' as const } : {}),
    placed: { name, of: wordsFrom },
    read(cursor, out) {
      const words = wordsFrom(cursor.argv.slice(0, cursor.end), cursor.at)
      if (first.access)
        for (let i = 0; i < words.length; i += 2) cursor.keys?.push({ at: cursor.at + i, access: first.access })
      cursor.at = cursor.end
      out[name] = words
    },
  }
}

/** A number of keys, then as many keys, as an array under the key's name. `none` is thrown for a number below 1. */
export function numkeys<N extends string>(
  inner: Word<N, Bytes>,
  refuse: { notNumber?: () => Error; none: () => Error; tooMany?: () => Error },
): Arg<Record<N, readonly Bytes[]>> {
  return {
    docs: [
      { name: 'numkeys', type: 'integer' },
      { ...inner.docs[0]!, multiple: true },
    ],
    min: 2,
    max: Infinity,
    access: inner.access!,
    keys: 'counted',
    read(cursor, out) {
      const count = parseInt64(cursor.take())
      if (count === null) throw (refuse.notNumber ?? errors.notInteger)()
      if (count < 1) throw refuse.none()
      if (Number(count) > cursor.left) throw (refuse.tooMany ?? errors.syntax)()
      const values: Bytes[] = []
      for (let i = 0; i < Number(count); i++) {
        cursor.keys?.push({ at: cursor.at, access: inner.access! })
        values.push(cursor.take())
      }
      out[inner.name] = values
    },
  }
}

/**
 * Words that the command reads by itself, because the server takes them in an order of its own. `docs` tells their grammar
 * to people; the handler gets them all, as an array named `name`.
 */
export const free = <N extends string>(
  name: N,
  docs: readonly ArgDoc[],
  min = 0,
  max = Infinity,
): Arg<Record<N, readonly Bytes[]>> => ({
  docs,
  min,
  max,
  read(cursor, out) {
    const words = cursor.argv.slice(cursor.at, cursor.end)
    cursor.at = cursor.end
    out[name] = words
  },
})

/** A word at the end that may be left out. */
export function optional<N extends string, T>(inner: Word<N, T>): Arg<Partial<Record<N, T>>> {
  return {
    docs: [{ ...inner.docs[0]!, optional: true }],
    min: 0,
    max: 1,
    mayBeLeftOut: true,
    read(cursor, out) {
      if (cursor.left > 0) inner.read(cursor, out)
    },
  }
}

/** One of several tokens, standing in its own place. */
export const choice = <N extends string, const T extends readonly string[]>(
  name: N,
  tokens: T,
): Word<N, Lowercase<T[number]>> => {
  const docs = tokens.map((token) => ({ name: token.toLowerCase(), type: 'pure-token' as const, token }))
  const convert = (value: Bytes) => {
    if (!tokens.includes(value.toUpperCase())) throw errors.syntax()
    return value.toLowerCase() as Lowercase<T[number]>
  }
  return {
    ...word(name, 'oneof', convert),
    docs: docs.length === 1 ? docs : [{ name, type: 'oneof', arguments: docs }],
  }
}

/** One option: a token and the words that follow it. `name` is how the handler calls it. */
export interface Option<out V extends object> {
  readonly token: string
  readonly name: string
  readonly words: readonly Word<string, unknown>[]
  readonly values?: V
}

/** A token that stands alone: true in the handler, under its name in lower case. */
export const flag = <T extends string>(token: T): Option<Partial<Record<Lowercase<T>, true>>> => ({
  token,
  name: token.toLowerCase(),
  words: [],
})

/** A token with one word after it. */
export const option = <T extends string, V>(
  token: T,
  inner: Word<string, V>,
): Option<Partial<Record<Lowercase<T>, V>>> => ({ token, name: token.toLowerCase(), words: [inner] })

/** A token with two words after it. */
export const option2 = <T extends string, A, B>(
  token: T,
  first: Word<string, A>,
  second: Word<string, B>,
): Option<Partial<Record<Lowercase<T>, readonly [A, B]>>> => ({
  token,
  name: token.toLowerCase(),
  words: [first, second],
})

type ReadOptions<G extends readonly (readonly Option<object>[])[]> =
  Intersect<G[number][number] extends infer O ? (O extends Option<infer V> ? V : never) : never> extends infer I extends
    object
    ? I
    : never

/** A group of options that exclude each other, with the name that the docs give it. */
export const oneof = <const L extends readonly Option<object>[]>(
  name: string,
  ...list: L
): L & { readonly title: string } => Object.assign(list, { title: name })

/**
 * Options in any order. Each group is exclusive: two of one group are a syntax error, the same one twice is not, and then
 * the last counts. Values are converted when all tokens are known, so that a syntax error anywhere comes before a wrong
 * number.
 */
export const options = <const G extends readonly (readonly Option<object>[])[]>(...groups: G): Arg<ReadOptions<G>> =>
  readingOptions(groups, false)

/** As `options`, but each value is converted when it is met: a wrong number comes before a later syntax error. */
export const eagerOptions = <const G extends readonly (readonly Option<object>[])[]>(
  ...groups: G
): Arg<ReadOptions<G>> => readingOptions(groups, true)

function readingOptions(groups: readonly (readonly Option<object>[])[], eager: boolean): Arg<never> {
  const table = new Map<string, { option: Option<object>; group: number }>()
  for (const [group, list] of groups.entries()) for (const one of list) table.set(one.token, { option: one, group })
  return {
    docs: groups.map((list) => groupDoc(list)),
    min: 0,
    max: Infinity,
    mayBeLeftOut: true,
    read(cursor, out) {
      if (cursor.left === 0) return
      const chosen = new Map<number, string>()
      const found = new Map<Option<object>, number>()
      while (cursor.left > 0) {
        const entry = table.get(cursor.take().toUpperCase())
        if (!entry || cursor.left < entry.option.words.length) throw errors.syntax()
        if ((chosen.get(entry.group) ?? entry.option.token) !== entry.option.token) throw errors.syntax()
        chosen.set(entry.group, entry.option.token)
        if (eager) convertOption(entry.option, cursor.argv, cursor.at, out)
        else found.set(entry.option, cursor.at)
        cursor.at += entry.option.words.length
      }
      for (const [one, from] of found) convertOption(one, cursor.argv, from, out)
    },
  }
}

function convertOption(one: Option<object>, argv: readonly Bytes[], from: number, out: Record<string, unknown>): void {
  const values = one.words.map((inner, i) => inner.convert(argv[from + i]!))
  out[one.name] = values.length === 0 ? true : values.length === 1 ? values[0] : values
}

/** Everything to the end, read only when the handler asks: after it looked at its keys. Gives a function. */
export function later<N extends string, V extends object>(name: N, inner: Arg<V>): Arg<Record<N, () => V>> {
  return {
    docs: inner.docs,
    min: 0,
    max: Infinity,
    read(cursor, out) {
      const words = new Cursor(cursor.argv, cursor.at)
      words.end = cursor.end
      cursor.at = cursor.end
      out[name] = () => {
        const values: Record<string, unknown> = {}
        inner.read(words, values)
        return values
      }
    },
  }
}

function optionDoc(one: Option<object>): ArgDoc {
  const name = one.words.length === 1 ? one.words[0]!.name : one.name
  if (one.words.length === 0) return { name: one.name, type: 'pure-token', token: one.token }
  if (one.words.length === 1) return { ...one.words[0]!.docs[0]!, name, token: one.token }
  return { name, type: 'block', token: one.token, arguments: one.words.flatMap((inner) => inner.docs) }
}

function groupDoc(list: readonly Option<object>[]): ArgDoc {
  if (list.length === 1) return { ...optionDoc(list[0]!), optional: true }
  const name = 'title' in list ? String(list.title) : 'option'
  return { name, type: 'oneof', optional: true, arguments: list.map(optionDoc) }
}

/** An argument as it is read at each call, and the words that are left to those behind it. */
interface Step {
  readonly read: Arg<object>['read']
  readonly after: number
  /** The first of its words, where that is known beforehand; else -1: where the step before it ended. */
  readonly at: number
  /** Where it is read as what has its place: how, and as which of them. */
  readonly placed?: Placed
}

/** The words of the call under way, and what was read of them beforehand; each command has its own. */
interface Words {
  argv: readonly Bytes[]
  readonly read: unknown[]
}

type Getter = () => unknown

/** An argument that is read before the handler runs, from where, and its place in what was read. */
interface Placed {
  readonly at: number
  readonly of: NonNullable<Arg<object>['placed']>['of']
  readonly to: number
}

/**
 * All arguments of a command, ready to be read. What has its place and needs no conversion (a key, a value) is not read at
 * all: the handler's values have a getter that looks at the words. What has its place and is converted is read into an array,
 * with a getter too. So most calls fill no object; only what the words themselves decide (options) makes one.
 */
export interface Plan {
  /** Every argument, in order: for whoever wants all that the words say. */
  readonly all: readonly Step[]
  /** Those of them that must be read before the handler runs, where one has no place. */
  readonly eager: readonly Step[]
  /** The same where all have one. */
  readonly placed: readonly Placed[]
  readonly words: Words
  /** What the handler gets: getters, which is all where every argument has its place, for then one serves for all calls. */
  readonly Values: new () => object
  readonly values: object
  /** The last argument is one of those that must be read. */
  readonly readsToTheEnd: boolean
  /** Every argument has its place; or has one, or is not there, with no more words than there must be. */
  readonly allPlaced: boolean
  readonly leastPlaced: boolean
  /** Words before the first argument. */
  readonly from: number
  /** Words at least, and at most. */
  readonly least: number
  readonly most: number
}

export function planOf(args: readonly Arg<object>[], from: number): Plan {
  const all: Step[] = []
  const eager: Step[] = []
  const placed: Placed[] = []
  const words: Words = { argv: [], read: [] }
  const getters = new Map<string, Getter>()
  const settled = new Set<Arg<object>>()
  let at = from
  for (const [i, arg] of args.entries()) {
    const isFixed = arg.max === arg.min
    const after = isFixed ? 0 : args.slice(i + 1).reduce((sum, next) => sum + next.min, 0)
    const step = { read: arg.read, after, at }
    all.push(step)
    const hasPlace = at >= 0 && (isFixed || i === args.length - 1)
    if (hasPlace && (arg.lazy || arg.placed)) settled.add(arg)
    if (hasPlace && arg.lazy) getters.set(arg.lazy.name, arg.lazy.of(at, words))
    else if (hasPlace && arg.placed) {
      const to = placed.length
      const place = { at, of: arg.placed.of, to }
      placed.push(place)
      eager.push({ ...step, placed: place })
      getters.set(arg.placed.name, () => words.read[to])
    } else eager.push(step)
    at = at >= 0 && isFixed ? at + arg.min : -1
  }
  const Values = valuesWith(getters)
  return {
    all,
    eager,
    placed,
    words,
    Values,
    values: new Values(),
    readsToTheEnd: eager.at(-1) === all.at(-1),
    allPlaced: args.every((arg) => settled.has(arg)),
    leastPlaced: args.every((arg) => arg.mayBeLeftOut || settled.has(arg)),
    from,
    least: args.reduce((sum, { min }) => sum + min, from),
    most: args.reduce((sum, { max }) => sum + max, from),
  }
}

function valuesWith(getters: ReadonlyMap<string, Getter>): new () => object {
  class Values {}
  for (const [name, get] of getters) Object.defineProperty(Values.prototype, name, { get })
  return Values
}

/**
 * Reads the arguments of a command from its words. Handlers take at once what they need of the result: it is only good until
 * the same command is called again.
 */
export function parse(plan: Plan, argv: readonly Bytes[]): object {
  const { length } = argv
  if (length < plan.least || length > plan.most) return readAll(plan, new Cursor(argv, plan.from))
  const { words } = plan
  words.argv = argv
  if (length === plan.least ? plan.leastPlaced : plan.allPlaced) {
    const { placed } = plan
    for (let i = 0; i < placed.length; i++) words.read[i] = placed[i]!.of(argv, placed[i]!.at)
    return plan.values
  }
  const values = new plan.Values()
  const cursor = new Cursor(argv, plan.from)
  read(plan.eager, cursor, values, words)
  if (plan.readsToTheEnd && cursor.at < length) throw errors.syntax()
  return values
}

/** Where the keys of these words stand. */
export function keysIn(plan: Plan, argv: readonly Bytes[]): NonNullable<Cursor['keys']> {
  const cursor = new Cursor(argv, plan.from, true)
  readAll(plan, cursor)
  return cursor.keys!
}

/** Reads everything, so that what is wrong is found in the order of the words. */
function readAll(plan: Plan, cursor: Cursor): object {
  const values = {}
  read(plan.all, cursor, values)
  if (cursor.at < cursor.argv.length) throw errors.syntax()
  return values
}

/** `words`: where what has its place is read to; without them it is read as all else. */
function read(steps: readonly Step[], cursor: Cursor, values: object, words?: Words): void {
  const { argv } = cursor
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!
    if (words && step.placed) {
      words.read[step.placed.to] = step.placed.of(argv, step.placed.at)
      continue
    }
    if (step.at >= 0) cursor.at = step.at
    cursor.end = argv.length - step.after
    step.read(cursor, values as Record<string, unknown>)
  }
}

/** The arguments as redis-cli's help prints them. */
export function usage(args: readonly Arg<object>[]): string {
  return args
    .flatMap((arg) => arg.docs)
    .map(describe)
    .join(' ')
}

function describe(doc: ArgDoc): string {
  const token = doc.token ? `${doc.token} ` : ''
  let text: string
  if (doc.type === 'pure-token') text = doc.token!
  else if (doc.type === 'oneof') text = doc.arguments!.map(describe).join('|')
  else if (doc.type === 'block') text = doc.arguments!.map(describe).join(' ')
  else text = doc.display ?? doc.name
  if (doc.type !== 'pure-token') {
    const again = doc.multipleToken ? token + text : text
    text = token + text
    if (doc.multiple) text = `${text} [${again} ...]`
  }
  return doc.optional ? `[${text}]` : text
}
