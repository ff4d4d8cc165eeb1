// SORT and SORT_RO: the elements of a list, set or sorted set in order, by themselves or by what other keys hold.
import type { Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { Cursor, custom, key, type ArgDoc } from '../args.ts'
import { command, family, type Context } from '../command.ts'
import type { Database } from '../database.ts'
import { errors } from '../errors.ts'
import { HashValue } from '../values/hash.ts'
import { ListValue } from '../values/list.ts'
import { parseInt64 } from '../values/numbers.ts'
import { partialSort } from '../values/partialsort.ts'
import { SetValue } from '../values/set.ts'
import { compareBytes, compareText, follow, isConstant, weightOf } from '../values/sorting.ts'
import { stringBytes } from '../values/string.ts'
import { Collection } from '../values/value.ts'
import { ZSetValue } from '../values/zset.ts'

interface Sorting {
  by: Bytes | null
  /** BY with a pattern that names one key: the elements stay in their own order. */
  asIs: boolean
  alpha: boolean
  descending: boolean
  offset: number
  count: number
  get: Bytes[]
  store: Bytes | null
}

const complexity =
  'O(N+M*log(M)) where N is the number of elements in the list or set to sort, and M the number of returned elements. When the elements are not sorted, complexity is O(N).'

const docs: readonly ArgDoc[] = [
  { name: 'by-pattern', display: 'pattern', type: 'pattern', token: 'BY', optional: true },
  {
    name: 'limit',
    type: 'block',
    token: 'LIMIT',
    optional: true,
    arguments: [
      { name: 'offset', type: 'integer' },
      { name: 'count', type: 'integer' },
    ],
  },
  {
    name: 'get-pattern',
    display: 'pattern',
    type: 'pattern',
    token: 'GET',
    optional: true,
    multiple: true,
    multipleToken: true,
  },
  {
    name: 'order',
    type: 'oneof',
    optional: true,
    arguments: [
      { name: 'asc', type: 'pure-token', token: 'ASC' },
      { name: 'desc', type: 'pure-token', token: 'DESC' },
    ],
  },
  { name: 'sorting', type: 'pure-token', token: 'ALPHA', optional: true },
]

const storeDoc: ArgDoc = { name: 'destination', type: 'key', token: 'STORE', optional: true }

const words: Readonly<Record<string, number>> = { ASC: 0, DESC: 0, ALPHA: 0, LIMIT: 2, STORE: 1, BY: 1, GET: 1 }

/** The options from left to right; of one that comes twice the last counts, but each GET gives a column. */
function readSorting(cursor: Cursor, mayStore: boolean): Sorting {
  const sorting: Sorting = {
    by: null,
    asIs: false,
    alpha: false,
    descending: false,
    offset: 0,
    count: -1,
    get: [],
    store: null,
  }
  while (cursor.left > 0) {
    const token = cursor.take().toUpperCase()
    if (wordsAfter(token, Infinity) > cursor.left || (token === 'STORE' && !mayStore)) throw errors.syntax()
    readOption(sorting, token, cursor)
  }
  return sorting
}

/** The words that go with a token. */
const wordsAfter = (token: string, otherwise: number) => (Object.hasOwn(words, token) ? words[token]! : otherwise)

/** Where the last STORE names its key, in words that may be none of SORT's: so COMMAND GETKEYS looks for it. */
function findStore(cursor: Cursor): void {
  let storeAt = -1
  while (cursor.left > 0) {
    const token = cursor.take().toUpperCase()
    if (token === 'STORE' && cursor.left > 0) storeAt = cursor.at
    cursor.at = Math.min(cursor.at + wordsAfter(token, 0), cursor.end)
  }
  if (storeAt >= 0) cursor.keys?.push({ at: storeAt, access: 'OW update' })
}

const sortingWords = (mayStore: boolean) =>
  custom(mayStore ? [...docs, storeDoc] : docs, (cursor) => {
    if (!cursor.keys) return { sorting: readSorting(cursor, mayStore) }
    const order = readSorting(new Cursor([], 0), mayStore)
    if (mayStore) findStore(cursor)
    cursor.at = cursor.end
    return { sorting: order }
  })

function readOption(sorting: Sorting, token: string, cursor: Cursor): void {
  if (token === 'ASC' || token === 'DESC') sorting.descending = token === 'DESC'
  else if (token === 'ALPHA') sorting.alpha = true
  else if (token === 'GET') sorting.get.push(cursor.take())
  else if (token === 'STORE') sorting.store = cursor.take()
  else if (token === 'BY') {
    sorting.by = cursor.take()
    sorting.asIs ||= isConstant(sorting.by)
  } else {
    sorting.offset = readCount(cursor.take())
    sorting.count = readCount(cursor.take())
  }
}

function readCount(word: Bytes): number {
  const count = parseInt64(word)
  if (count === null) throw errors.notInteger()
  return Number(count)
}

export const sort = family('generic', [
  command({
    name: 'SORT',
    summary: {
      en: 'Sorts what a list, set or sorted set holds, by its elements or by other keys, and may store the result.',
      ko: '리스트, 집합, 정렬 집합의 값을 정렬합니다. 다른 키를 기준으로 삼거나 결과를 저장할 수도 있습니다.',
    },
    since: '1.0.0',
    complexity,
    flags: ['write', 'denyoom', 'movablekeys'],
    categories: ['@set', '@sortedset', '@list', '@dangerous'],
    args: [
      key('key', 'RO access'),
      {
        ...sortingWords(true),
        hidden: ['RO access', 'OW update'],
      },
    ],
    run: (context, { key: name, sorting: asked }) => run(context, name, asked),
  }),
  command({
    name: 'SORT_RO',
    summary: {
      en: 'SORT without STORE: it only reads.',
      ko: 'STORE가 없는 SORT입니다. 읽기만 합니다.',
    },
    since: '7.0.0',
    complexity,
    flags: ['readonly', 'movablekeys'],
    categories: ['@set', '@sortedset', '@list', '@dangerous'],
    args: [key('key', 'RO access'), { ...sortingWords(false), hidden: ['RO access'] }],
    run: (context, { key: name, sorting: asked }) => run(context, name, asked),
  }),
])

function run(context: Context, name: Bytes, asked: Sorting): Reply {
  const { db } = context
  const value = sortable(context, name)
  // A set has no order of its own that a stored list could keep.
  const sorting =
    asked.asIs && asked.store !== null && value instanceof SetValue
      ? { ...asked, asIs: false, alpha: true, by: null }
      : asked
  const elements = value ? elementsOf(value, sorting) : []
  const from = Math.min(Math.max(sorting.offset, 0), elements.length)
  const to = sorting.count < 0 ? elements.length : Math.min(from + sorting.count, elements.length)
  const chosen = (sorting.asIs ? elements : inOrder(db, elements, sorting, from, to)).slice(from, to)
  const rows = sorting.get.length === 0 ? chosen : columns(db, chosen, sorting.get)
  return sorting.store === null ? rows : store(context, sorting.store, rows)
}

type Sortable = ListValue | SetValue | ZSetValue

function sortable({ db, server }: Context, name: Bytes): Sortable | undefined {
  const value = db.looking(true, () => db.find(name))
  if (value === undefined || value instanceof ListValue || value instanceof SetValue) return value
  if (!(value instanceof ZSetValue)) throw errors.wrongType()
  if (!server.peeking) db.reshape(value, (zset) => zset.enlarge())
  return value
}

/** The elements in the order of the value, which DESC turns around where nothing else sorts. */
function elementsOf(value: Sortable, { asIs, descending }: Sorting): Bytes[] {
  if (value instanceof SetValue) return [...value.members()]
  const items =
    value instanceof ListValue
      ? value.slice(0, value.size)
      : Array.from(value.range(0, value.size), ({ member }) => member)
  return asIs && descending ? items.reverse() : items
}

interface Weighed {
  readonly element: Bytes
  readonly weight: number
  readonly text: Bytes | null
}

/** Puts the elements in order; where BY and LIMIT ask for a part, only the places of that part are sure to be right. */
function inOrder(db: Database, elements: readonly Bytes[], sorting: Sorting, from: number, to: number): Bytes[] {
  const { alpha, by, descending } = sorting
  const weighed = elements.map((element): Weighed => {
    const text = by === null ? element : look(db, by, element)
    return { element, text, weight: alpha || text === null ? 0 : weightOrRefuse(text) }
  })
  const ascending = alpha ? byText(sorting.store === null ? compareText : compareBytes) : byWeight
  const compare = descending ? (a: Weighed, b: Weighed) => -ascending(a, b) : ascending
  if (by !== null && (from > 0 || to < elements.length)) partialSort(weighed, compare, from, to - 1)
  else weighed.sort(compare)
  return weighed.map(({ element }) => element)
}

function weightOrRefuse(text: Bytes): number {
  const weight = weightOf(text)
  if (weight === null) throw errors.sortNotNumbers()
  return weight
}

/** Equal weights are put in the order of the elements, so that the result is always the same. */
const byWeight = (a: Weighed, b: Weighed) =>
  a.weight === b.weight ? compareBytes(a.element, b.element) : a.weight < b.weight ? -1 : 1

/** An element whose text is nowhere comes first. */
const byText = (compare: (a: Bytes, b: Bytes) => number) => (a: Weighed, b: Weighed) => {
  if (a.text === null || b.text === null) return a.text === b.text ? 0 : a.text === null ? -1 : 1
  return compare(a.text, b.text)
}

/** What a pattern of BY or GET finds for an element. */
function look(db: Database, pattern: Bytes, element: Bytes): Bytes | null {
  const where = follow(pattern, element)
  if (where === null || where === 'itself') return where && element
  const value = db.looking(true, () => db.find(where.key))
  if (value === undefined) return null
  if (where.field !== null) return value instanceof HashValue ? (value.get(where.field) ?? null) : null
  return value instanceof Collection ? null : stringBytes(value)
}

const columns = (db: Database, elements: readonly Bytes[], patterns: readonly Bytes[]): (Bytes | null)[] =>
  elements.flatMap((element) => patterns.map((pattern) => look(db, pattern, element)))

/** The result as a list under a key: what was not found is an empty string, and an empty result removes the key. */
function store({ db, server }: Context, name: Bytes, rows: readonly (Bytes | null)[]): number {
  if (rows.length === 0) db.drop(name)
  else {
    const items = rows.map((row) => row ?? ('' as Bytes))
    db.put(name, ListValue.of(items, server.limits), 'sortstore')
    server.dirty += rows.length - 1
  }
  return rows.length
}
