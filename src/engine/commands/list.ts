// Lists. Those that wait for an element are in blocking.ts.
import type { Bytes } from '../../wire/bytes.ts'
import { NIL_ARRAY, OK, type Reply } from '../../wire/reply.ts'
import {
  bytes,
  choice,
  custom,
  eagerOptions,
  int64,
  integer,
  key,
  late,
  leavable,
  many,
  option,
  special,
} from '../args.ts'
import { command, family, WRITTEN, type Context, type Written } from '../command.ts'
import { ArityError, errors } from '../errors.ts'
import { INT64_MAX, parseInt64 } from '../values/numbers.ts'
import type { End, ListValue } from '../values/list.ts'
import {
  ends,
  move,
  mpop,
  mpopCount,
  mpopKeys,
  natural,
  pop as popFrom,
  popMany,
  popTo,
  pushEvent,
  span,
} from './list-moves.ts'

/** An integer within 64 bits but the least one, which has no positive twin. */
function twoSided(word: Bytes): number {
  const value = parseInt64(word)
  if (value === null) throw errors.notInteger()
  if (value < -INT64_MAX) throw errors.between(-INT64_MAX, INT64_MAX)
  return Number(value)
}

/** LPOP's and RPOP's count: undefined where it was not given. */
const popCount = leavable(
  custom([{ name: 'count', type: 'integer', optional: true }], (cursor) => {
    if (cursor.left > 1) throw new ArityError()
    return { count: cursor.left === 1 ? natural(cursor.take(), errors.mustBePositive) : undefined }
  }),
)

const lposOptions = eagerOptions(
  [option('RANK', special('rank', 'integer', lposRank))],
  [
    option(
      'COUNT',
      special('num-matches', 'integer', (word) => natural(word, () => errors.cannotBeNegative('COUNT'))),
    ),
  ],
  [
    option(
      'MAXLEN',
      special('len', 'integer', (word) => natural(word, () => errors.cannotBeNegative('MAXLEN'))),
    ),
  ],
)

function lposRank(word: Bytes): number {
  const rank = twoSided(word)
  if (rank === 0) throw errors.lposRankZero()
  return rank
}

function push({ db }: Context, name: Bytes, end: End, items: readonly Bytes[], onlyIfThere: boolean): number {
  if (onlyIfThere && db.read(name, 'list') === undefined) return 0
  return db.edit(name, 'list', pushEvent(end), end === 'left' ? pushLeft : pushRight, items)
}

const pushTo = (end: End) => (list: ListValue, items: readonly Bytes[]) => {
  list.pushAll(end, items)
  return list.size
}
const pushLeft = pushTo('left')
const pushRight = pushTo('right')

function pop({ db, out }: Context, name: Bytes, end: End, count: number | undefined): Reply | Written {
  const list = db.read(name, 'list')
  if (list === undefined) return count === undefined ? null : NIL_ARRAY
  if (count === 0) return []
  if (count !== undefined) return popMany(db, name, end, count)
  if (out === null) return popFrom(db, name, end)!
  popTo(db, name, end, out)
  return WRITTEN
}

function positions(list: ListValue, element: Bytes, rank: number, most: number, maxlen: number): number[] {
  const found: number[] = []
  let looked = 0
  let skip = Math.abs(rank) - 1
  list.walk(rank > 0 ? 'left' : 'right', (item, index) => {
    if (maxlen > 0 && looked++ >= maxlen) return true
    if (item !== element || skip-- > 0) return false
    found.push(index)
    return most > 0 && found.length >= most
  })
  return found
}

const perElement =
  'O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.'

const pushing = (end: End, onlyIfThere: boolean, since: string, summary: { en: string; ko: string }) =>
  command({
    name: `${end === 'left' ? 'L' : 'R'}PUSH${onlyIfThere ? 'X' : ''}`,
    summary,
    since,
    complexity: perElement,
    flags: ['write', 'denyoom', 'fast'],
    args: [key('key', 'RW insert'), many(bytes('element'))],
    run: (context, { key: name, element }) => push(context, name, end, element, onlyIfThere),
  })

const popping = (end: End, summary: { en: string; ko: string }) =>
  command({
    name: end === 'left' ? 'LPOP' : 'RPOP',
    summary,
    since: '1.0.0',
    complexity: 'O(N) where N is the number of elements returned',
    flags: ['write', 'fast'],
    args: [key('key', 'RW access delete'), popCount],
    run: (context, { key: name, count }) => pop(context, name, end, count),
  })

export const list = family('list', [
  pushing('left', false, '1.0.0', {
    en: 'Puts elements at the head of a list, one after the other.',
    ko: '리스트 맨 앞에 원소를 하나씩 차례로 넣습니다.',
  }),
  pushing('right', false, '1.0.0', {
    en: 'Puts elements at the tail of a list.',
    ko: '리스트 맨 뒤에 원소를 차례로 넣습니다.',
  }),
  pushing('left', true, '2.2.0', {
    en: 'Puts elements at the head of a list, but only where the list is there already.',
    ko: '리스트가 이미 있을 때만 맨 앞에 원소를 넣습니다.',
  }),
  pushing('right', true, '2.2.0', {
    en: 'Puts elements at the tail of a list, but only where the list is there already.',
    ko: '리스트가 이미 있을 때만 맨 뒤에 원소를 넣습니다.',
  }),
  popping('left', {
    en: 'Takes the first element of a list, or the first few.',
    ko: '리스트 맨 앞에서 원소를 하나, 또는 여럿 꺼냅니다.',
  }),
  popping('right', {
    en: 'Takes the last element of a list, or the last few, the last first.',
    ko: '리스트 맨 뒤에서 원소를 하나, 또는 여럿 꺼냅니다.',
  }),
  command({
    name: 'LLEN',
    summary: { en: 'How many elements a list holds.', ko: '리스트에 든 원소의 개수입니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['readonly', 'fast'],
    args: [key('key', 'RO')],
    run: ({ db }, { key: name }) => db.read(name, 'list')?.size ?? 0,
  }),
  command({
    name: 'LRANGE',
    summary: {
      en: 'The elements from start to stop, both included; -1 is the last one.',
      ko: '시작부터 끝 위치까지의 원소를 보여 줍니다. -1은 마지막 원소입니다.',
    },
    since: '1.0.0',
    complexity:
      'O(S+N) where S is the distance of start offset from HEAD for small lists, from nearest end (HEAD or TAIL) for large lists; and N is the number of elements in the specified range.',
    flags: ['readonly'],
    args: [key('key', 'RO access'), integer('start'), integer('stop')],
    run({ db, out }, { key: name, start, stop }) {
      const held = db.read(name, 'list')
      if (held === undefined) return []
      const { from, to } = span(start, stop, held.size)
      if (out === null) return held.slice(from, to)
      held.tell(from, to, out)
      return WRITTEN
    },
  }),
  command({
    name: 'LINDEX',
    summary: {
      en: 'The element at an index, counted from 0; negative ones count from the tail.',
      ko: '위치에 있는 원소를 보여 줍니다. 0부터 세고, 음수는 뒤에서부터 셉니다.',
    },
    since: '1.0.0',
    complexity:
      'O(N) where N is the number of elements to traverse to get to the element at index. This makes asking for the first or the last element of the list O(1).',
    flags: ['readonly'],
    args: [key('key', 'RO access'), late(integer('index'))],
    run({ db }, { key: name, index }) {
      const held = db.read(name, 'list')
      if (held === undefined) return null
      const at = index()
      return held.at(at < 0 ? at + held.size : at) ?? null
    },
  }),
  command({
    name: 'LSET',
    summary: {
      en: 'Replaces the element at an index.',
      ko: '위치에 있는 원소를 다른 것으로 바꿉니다.',
    },
    since: '1.0.0',
    complexity:
      'O(N) where N is the length of the list. Setting either the first or the last element of the list is O(1).',
    flags: ['write', 'denyoom'],
    args: [key('key', 'RW update'), late(int64('index')), bytes('element')],
    run({ db }, { key: name, index, element }) {
      const held = db.read(name, 'list')
      if (held === undefined) throw errors.noSuchKey()
      // Redis keeps 32 bits of the index.
      const at = Number(BigInt.asIntN(32, BigInt(index())))
      const place = at < 0 ? at + held.size : at
      db.reshape(held, (list) => list.expect(element.length, 1))
      if (place < 0 || place >= held.size) throw errors.indexOutOfRange()
      db.edit(name, 'list', 'lset', (list) => {
        list.set(place, element)
        list.shrunk()
      })
      return OK
    },
  }),
  command({
    name: 'LINSERT',
    summary: {
      en: 'Puts an element right before or after another one, the first of its kind.',
      ko: '처음 만나는 기준 원소의 바로 앞이나 뒤에 새 원소를 끼워 넣습니다.',
    },
    since: '2.2.0',
    complexity:
      'O(N) where N is the number of elements to traverse before seeing the value pivot. This means that inserting somewhere on the left end on the list (head) can be considered O(1) and inserting somewhere on the right end (tail) is O(N).',
    flags: ['write', 'denyoom'],
    args: [key('key', 'RW insert'), choice('where', ['BEFORE', 'AFTER']), bytes('pivot'), bytes('element')],
    run({ db }, { key: name, where, pivot, element }) {
      const held = db.read(name, 'list')
      if (held === undefined) return 0
      db.reshape(held, (list) => list.expect(element.length, 1))
      const [place] = positions(held, pivot, 1, 1, 0)
      if (place === undefined) return -1
      return db.edit(name, 'list', 'linsert', (list) => {
        list.insert(place, element, where === 'after')
        return list.size
      })
    },
  }),
  command({
    name: 'LREM',
    summary: {
      en: 'Removes elements equal to one: the first few, the last few (negative), or all (0).',
      ko: '같은 원소를 앞에서부터, (음수면) 뒤에서부터 몇 개, 0이면 모두 지웁니다.',
    },
    since: '1.0.0',
    complexity: 'O(N+M) where N is the length of the list and M is the number of elements removed.',
    flags: ['write'],
    args: [key('key', 'RW delete'), special('count', 'integer', twoSided), bytes('element')],
    run({ db }, { key: name, count, element }) {
      const held = db.read(name, 'list')
      if (held === undefined || positions(held, element, 1, 1, 0).length === 0) return 0
      return db.edit(name, 'list', 'lrem', (list) => {
        const gone = list.removeEqual(element, count === 0 ? Infinity : Math.abs(count), count < 0 ? 'right' : 'left')
        list.shrunk()
        return gone
      })
    },
  }),
  command({
    name: 'LTRIM',
    summary: {
      en: 'Keeps only the elements from start to stop and removes the others.',
      ko: '시작부터 끝 위치까지만 남기고 나머지 원소를 지웁니다.',
    },
    since: '1.0.0',
    complexity: 'O(N) where N is the number of elements to be removed by the operation.',
    flags: ['write'],
    args: [key('key', 'RW delete'), integer('start'), integer('stop')],
    run({ db }, { key: name, start, stop }) {
      const held = db.read(name, 'list')
      if (held === undefined) return OK
      const { from, to } = span(start, stop, held.size)
      if (to - from === held.size) {
        db.reshape(held, (list) => list.shrunk())
        db.touch(name, 'ltrim')
      } else
        db.edit(name, 'list', 'ltrim', (list) => {
          list.removeRange(0, from)
          list.removeRange(to - from, list.size - (to - from))
          list.shrunk()
        })
      return OK
    },
  }),
  command({
    name: 'LPOS',
    summary: {
      en: 'Where an element stands in a list: the first place, a later one (RANK), or several (COUNT).',
      ko: '원소가 리스트의 어디에 있는지 알려 줍니다. 몇 번째 것인지(RANK), 몇 군데인지(COUNT) 정할 수 있습니다.',
    },
    since: '6.0.6',
    complexity:
      'O(N) where N is the number of elements in the list, for the average case. When searching for elements near the head or the tail of the list, or when the MAXLEN option is provided, the command may run in constant time.',
    flags: ['readonly'],
    args: [key('key', 'RO access'), bytes('element'), lposOptions],
    run({ db }, { key: name, element, rank, count, maxlen }) {
      const held = db.read(name, 'list')
      const found = held === undefined ? [] : positions(held, element, rank ?? 1, count ?? 1, maxlen ?? 0)
      return count === undefined ? (found[0] ?? null) : found
    },
  }),
  command({
    name: 'LMOVE',
    summary: {
      en: 'Takes an element from an end of one list and puts it at an end of another.',
      ko: '한 리스트의 끝에서 원소를 꺼내 다른 리스트의 끝에 넣습니다.',
    },
    since: '6.2.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom'],
    args: [
      key('source', 'RW access delete'),
      key('destination', 'RW insert'),
      choice('wherefrom', ends),
      choice('whereto', ends),
    ],
    run: (context, { source, destination, wherefrom, whereto }) =>
      move(context, source, destination, wherefrom, whereto),
  }),
  command({
    name: 'RPOPLPUSH',
    summary: {
      en: 'Takes the last element of one list and puts it first in another: LMOVE with RIGHT LEFT.',
      ko: '한 리스트의 마지막 원소를 꺼내 다른 리스트의 맨 앞에 넣습니다. LMOVE … RIGHT LEFT와 같습니다.',
    },
    since: '1.2.0',
    complexity: 'O(1)',
    flags: ['write', 'denyoom'],
    args: [key('source', 'RW access delete'), key('destination', 'RW insert')],
    run: (context, { source, destination }) => move(context, source, destination, 'right', 'left'),
  }),
  command({
    name: 'LMPOP',
    summary: {
      en: 'Takes elements from the first of several lists that is there.',
      ko: '여러 리스트 가운데 처음으로 비어 있지 않은 것에서 원소를 꺼냅니다.',
    },
    since: '7.0.0',
    complexity: 'O(N+M) where N is the number of provided keys and M is the number of elements returned.',
    flags: ['write', 'movablekeys'],
    args: [mpopKeys, choice('where', ends), mpopCount],
    run: (context, { key: keys, where, count }) => mpop(context, keys, where, count) ?? NIL_ARRAY,
  }),
])
