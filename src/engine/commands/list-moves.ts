// Taking elements from lists and moving them between lists: what the commands that answer at once (list.ts) share with
// those that wait (blocking.ts).
import type { Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import type { ReplyWriter } from '../../wire/resp.ts'
import { custom, key, numkeys } from '../args.ts'
import type { Context } from '../command.ts'
import type { Database } from '../database.ts'
import { errors } from '../errors.ts'
import type { End, ListValue } from '../values/list.ts'
import { parseInt64 } from '../values/numbers.ts'

export const ends = ['LEFT', 'RIGHT'] as const

export const popEvent = (end: End) => (end === 'left' ? 'lpop' : 'rpop')
export const pushEvent = (end: End) => (end === 'left' ? 'lpush' : 'rpush')

/** An integer of 0 or more; all else throws `refuse`. */
export function natural(word: Bytes, refuse: () => Error): number {
  const value = parseInt64(word)
  if (value === null || value < 0) throw refuse()
  return Number(value)
}

/** COUNT of LMPOP and its kin: at most once, 1 or more. */
export const mpopCount = custom([{ name: 'count', type: 'integer', token: 'COUNT', optional: true }], (cursor) => {
  let count: number | undefined
  while (cursor.left > 0) {
    if (count !== undefined || cursor.take().toUpperCase() !== 'COUNT' || cursor.left === 0) throw errors.syntax()
    count = natural(cursor.take(), errors.countPositive)
    if (count === 0) throw errors.countPositive()
  }
  return { count: count ?? 1 }
})

export const mpopKeys = numkeys(key('key', 'RW access delete'), {
  notNumber: errors.numkeysPositive,
  none: errors.numkeysPositive,
})

/** Where from start to stop (negative ones count from the end) lies in `size` things; from >= to where nowhere. */
export function span(start: number, stop: number, size: number): { from: number; to: number } {
  const from = Math.max(start < 0 ? start + size : start, 0)
  const to = Math.min(stop < 0 ? stop + size : stop, size - 1) + 1
  return from < to ? { from, to } : { from: 0, to: 0 }
}

/** Takes up to `count` elements from an end, the outermost first. */
export function popMany(db: Database, name: Bytes, end: End, count: number): Bytes[] {
  if (count === 1) return [pop(db, name, end)!]
  return db.edit(name, 'list', popEvent(end), (list) => {
    const taken = Math.min(count, list.size)
    const from = end === 'left' ? 0 : list.size - taken
    const items = list.slice(from, from + taken)
    list.removeRange(from, taken)
    list.shrunk()
    return end === 'left' ? items : items.reverse()
  })
}

/** Takes one element from an end of a list that is there. */
export const pop = (db: Database, name: Bytes, end: End): Bytes | undefined =>
  db.edit(name, 'list', popEvent(end), popOne, end)

function popOne(list: ListValue, end: End): Bytes | undefined {
  const item = list.pop(end)
  list.shrunk()
  return item
}

/** The same, written as a reply. */
export const popTo = (db: Database, name: Bytes, end: End, out: ReplyWriter): void =>
  db.edit(name, 'list', popEvent(end), end === 'left' ? popLeftTo : popRightTo, out)

const poppingTo = (end: End) => (list: ListValue, out: ReplyWriter) => {
  list.popTo(end, out)
  list.shrunk()
}
const popLeftTo = poppingTo('left')
const popRightTo = poppingTo('right')

/** LMOVE: takes an element from one list and puts it into another; both are known to be lists or not there. */
export function move({ db, server }: Context, from: Bytes, to: Bytes, take: End, give: End): Reply {
  const source = db.read(from, 'list')
  if (source === undefined) return null
  db.read(to, 'list')
  const item = source.at(take === 'left' ? 0 : source.size - 1)!
  if (from === to) rotate(db, from, take, give)
  else {
    db.edit(to, 'list', pushEvent(give), (list) => list.pushMoved(give, item))
    db.edit(from, 'list', popEvent(take), (list) => {
      list.pop(take)
      list.shrunk()
    })
  }
  // To Redis the move of an element is one change, not two.
  server.dirty--
  return item
}

function rotate(db: Database, name: Bytes, take: End, give: End): void {
  db.edit(name, 'list', pushEvent(give), (list) => {
    list.pushMoved(give, list.pop(take)!)
    list.shrunk()
  })
  db.touch(name, popEvent(take))
}

/** The first of these keys that holds a list, with it. */
export function firstList(db: Database, keys: readonly Bytes[]): { name: Bytes; list: ListValue } | null {
  for (const name of keys) {
    const list = db.read(name, 'list')
    if (list !== undefined) return { name, list }
  }
  return null
}

/** LMPOP's answer where there is something; null else. */
export function mpop(context: Context, keys: readonly Bytes[], end: End, count: number): Reply {
  const { db } = context
  const found = firstList(db, keys)
  if (!found) return null
  const taken = Math.min(count, found.list.size)
  const items = popMany(db, found.name, end, taken)
  context.propagate([popEvent(end), found.name, String(taken)])
  return [found.name, items]
}
