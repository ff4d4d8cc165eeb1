import { expect, test } from 'vitest'
import { latin, type Bytes } from '../../wire/bytes.ts'
import { Reader, Writer } from '../binary.ts'
import { SetValue } from './set.ts'
import { defaultLimits } from './value.ts'

const limits = { ...defaultLimits(), setMaxIntsetEntries: 4, setMaxListpackEntries: 6, setMaxListpackValue: 8 }
const setOf = (...members: readonly string[]) => {
  const set = new SetValue(limits)
  for (const member of members) set.add(latin(member))
  return set
}
const expecting = (members: number, first: string) => {
  const set = new SetValue(limits)
  set.expect(members, latin(first))
  set.add(latin(first))
  return set
}
const words = (...from: readonly string[]): Bytes[] => from.map(latin)
const letters = (count: number) => Array.from({ length: count }, (_, i) => `m${i}`)
const all = (set: SetValue) => [...set.members()]

test('integers are kept in order of number, to both ends of 64 bits', () => {
  const set = setOf('10', '9', '-1', '9223372036854775807', '-9223372036854775808')
  expect(set.encoding).toBe('hashtable')
  const few = setOf('10', '9223372036854775807', '-9223372036854775808', '9')
  expect(few.encoding).toBe('intset')
  expect(all(few)).toEqual(words('-9223372036854775808', '9', '10', '9223372036854775807'))
  expect(few.has(latin('09'))).toBe(false)
  expect(few.has(latin('9'))).toBe(true)
})

test.each([
  ['as many integers as fit', setOf('1', '2', '3', '4'), 'intset'],
  ['one integer more', setOf('1', '2', '3', '4', '5'), 'hashtable'],
  ['a word among integers', setOf('2', '1', 'a'), 'listpack'],
  ['a word that is too long among integers', setOf('2', '1', '123456789a'), 'hashtable'],
  ['a word among integers of which one is too long', setOf('-12345678', 'a'), 'hashtable'],
  ['as many words as fit', setOf(...letters(6)), 'listpack'],
  ['one word more', setOf(...letters(7)), 'hashtable'],
  ['a long word', setOf('a', '123456789'), 'hashtable'],
  ['few expected integers', expecting(4, '1'), 'intset'],
  ['more expected than an intset takes', expecting(5, '1'), 'listpack'],
  ['more expected than a listpack takes', expecting(7, '1'), 'hashtable'],
  ['a word expected first', expecting(2, 'a'), 'listpack'],
])('%s: %#', (_, set, encoding) => {
  expect(set.encoding).toBe(encoding)
})

test('an intset that becomes a listpack keeps its order, the new member last', () => {
  expect(all(setOf('3', '1', 'x', '2'))).toEqual(words('1', '3', 'x', '2'))
})

test('taking nearly everything out of a hashtable leaves a listpack, taking less leaves it', () => {
  const set = setOf(...letters(12))
  set.take(words(...letters(9)))
  expect([set.encoding, set.size]).toEqual(['hashtable', 3])
  const more = setOf(...letters(12))
  more.take(words(...letters(10)))
  expect([more.encoding, all(more)]).toEqual(['listpack', words('m10', 'm11')])
})

test.each([
  ['integers from a listpack', ['3', '1'], false, 'intset', ['1', '3']],
  ['too many integers from a listpack', ['5', '4', '3', '2', '1'], false, 'listpack', ['5', '4', '3', '2', '1']],
  ['too many integers from an intset', ['1', '2', '3', '4', '5'], true, 'hashtable', ['1', '2', '3', '4', '5']],
  ['words', ['b', '1'], false, 'listpack', ['b', '1']],
])('gathers %s', (_, members, fromInts, encoding, content) => {
  const set = SetValue.gather(words(...members), fromInts, limits)
  expect([set.encoding, all(set)]).toEqual([encoding, content])
})

test('a scan of a hashtable meets every member that was there all the time', () => {
  const set = setOf(...letters(300))
  const met = new Set<Bytes>()
  let cursor = 0
  let round = 0
  do {
    cursor = set.scan(cursor, 7, (member) => met.add(member))
    for (let i = 0; i < 5; i++) set.delete(latin(`m${round * 5 + i + 100}`))
    set.add(latin(`new${round++}`))
  } while (cursor !== 0)
  for (const member of letters(100)) expect(met.has(latin(member))).toBe(true)
})

test.each([
  ['intset', ['3', '1', '9007199254740993']],
  ['listpack', ['b', 'a', '3']],
  ['hashtable', letters(20)],
])('a copy and an image keep content, order and encoding: %s', (encoding, members) => {
  const set = setOf(...members)
  set.delete(latin(members[0]!))
  const to = new Writer()
  set.write(to)
  for (const other of [set.copy(), SetValue.read(new Reader(to.done()), limits)]) {
    expect([other.encoding, all(other)]).toEqual([encoding, all(set)])
    other.delete(latin(members[1]!))
    expect(set.has(latin(members[1]!))).toBe(true)
  }
})
