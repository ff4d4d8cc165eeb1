import { expect, test } from 'vitest'
import { latin, type Bytes } from '../../wire/bytes.ts'
import { Reader, Writer } from '../binary.ts'
import { HashValue } from './hash.ts'
import { defaultLimits } from './value.ts'

const limits = { ...defaultLimits(), hashMaxListpackEntries: 4, hashMaxListpackValue: 8 }
const hashOf = (...pairs: readonly (readonly [string, string])[]) => {
  const hash = new HashValue(limits)
  for (const [field, value] of pairs) hash.set(latin(field), latin(value))
  return hash
}
const numbered = (count: number) => Array.from({ length: count }, (_, i) => [`f${i}`, `${i}`] as const)
const fields = (hash: HashValue) => Array.from(hash.entries(), ([field]) => field)

test('a listpack keeps the order in which fields came, through overwrites', () => {
  const hash = hashOf(['b', '1'], ['a', '2'], ['c', '3'], ['b', '4'])
  hash.delete(latin('a'))
  hash.set(latin('a'), latin('5'))
  expect([...hash.entries()]).toEqual([
    ['b', '4'],
    ['c', '3'],
    ['a', '5'],
  ])
})

test.each([
  ['as many fields as fit', hashOf(...numbered(4)), 'listpack'],
  ['one field more', hashOf(...numbered(5)), 'hashtable'],
  ['a value as long as fits', hashOf(['f', '12345678']), 'listpack'],
  ['a value one byte longer', hashOf(['f', '123456789']), 'hashtable'],
  ['a name one byte longer', hashOf(['123456789', 'v']), 'hashtable'],
])('%s: %#', (_, hash, encoding) => {
  expect(hash.encoding).toBe(encoding)
})

test('what outgrew a listpack never goes back', () => {
  const hash = hashOf(...numbered(5))
  for (const [field] of numbered(4)) hash.delete(latin(field))
  expect([hash.encoding, hash.size]).toEqual(['hashtable', 1])
})

test('more pairs at once than a listpack may hold make a hashtable, even where fields repeat', () => {
  const hash = new HashValue(limits)
  hash.expect(5)
  for (let i = 0; i < 5; i++) hash.set(latin('same'), latin(`${i}`))
  expect([hash.encoding, hash.size]).toEqual(['hashtable', 1])
})

test('a scan meets every field that was there all the time', () => {
  const hash = hashOf(...numbered(300))
  const met = new Set<Bytes>()
  let cursor = 0
  let round = 0
  do {
    cursor = hash.scan(cursor, 7, (field) => met.add(field))
    for (let i = 0; i < 5; i++) hash.delete(latin(`f${round * 5 + i + 100}`))
    hash.set(latin(`new${round++}`), latin('x'))
  } while (cursor !== 0)
  for (let i = 0; i < 100; i++) expect(met.has(latin(`f${i}`))).toBe(true)
})

test.each([['listpack'], ['hashtable']])('a copy and an image keep content, order and encoding: %s', (encoding) => {
  const hash = hashOf(...numbered(encoding === 'listpack' ? 3 : 20))
  hash.delete(latin('f1'))
  const to = new Writer()
  hash.write(to)
  for (const other of [hash.copy(), HashValue.read(new Reader(to.done()), limits)]) {
    expect(fields(other)).toEqual(fields(hash))
    expect(other.encoding).toBe(encoding)
    other.set(latin('f0'), latin('changed'))
    expect(hash.get(latin('f0'))).toBe('0')
  }
})

test('a listpackex stands in the order in which its fields expire, those that never do at the end', () => {
  const hash = hashOf(['a', '1'], ['b', '2'], ['c', '3'])
  hash.mayExpire()
  expect([hash.encoding, fields(hash)]).toEqual(['listpackex', ['a', 'b', 'c']])
  hash.setExpireAt(latin('c'), 200)
  hash.setExpireAt(latin('b'), 100)
  expect(fields(hash)).toEqual(['b', 'c', 'a'])
  hash.setExpireAt(latin('a'), 200)
  expect(fields(hash)).toEqual(['b', 'a', 'c'])
  hash.set(latin('a'), latin('kept'), true)
  hash.set(latin('b'), latin('lost'))
  expect(fields(hash)).toEqual(['a', 'c', 'b'])
  expect(['a', 'b', 'c'].map((field) => hash.expireAt(latin(field)))).toEqual([200, null, 200])
})

test.each([['listpackex'], ['hashtable']])('fields are due at their time, the earliest first: %s', (encoding) => {
  const hash = hashOf(...numbered(encoding === 'listpackex' ? 4 : 20))
  for (const [i, at] of [5000, 3000, 3001].entries()) hash.setExpireAt(latin(`f${i}`), at)
  expect(hash.encoding).toBe(encoding)
  expect(hash.nextDue()).toBeGreaterThan(1000)
  expect(hash.due(2999, 10)).toEqual([])
  expect(hash.due(3001, 1)).toHaveLength(1)
  expect(hash.due(3001, 10)).toEqual(['f1', 'f2'])
  for (const field of hash.due(3001, 10)) hash.delete(field)
  expect(hash.persist(latin('f0'))).toBe(true)
  expect(hash.persist(latin('f0'))).toBe(false)
  expect([hash.nextDue(), hash.due(9000, 10)]).toEqual([null, []])
})

test('deadlines outlive a change of encoding, a compaction, a copy and an image', () => {
  const hash = hashOf(['a', '1'], ['b', '2'])
  hash.setExpireAt(latin('b'), 7000)
  for (const [field, value] of numbered(200)) hash.set(latin(field), latin(value))
  hash.setExpireAt(latin('f199'), 8000)
  for (const [field] of numbered(199)) hash.delete(latin(field))
  const to = new Writer()
  hash.write(to)
  for (const one of [hash, hash.copy(), HashValue.read(new Reader(to.done()), limits)]) {
    expect([one.encoding, one.size]).toEqual(['hashtable', 3])
    expect(['a', 'b', 'f199'].map((field) => one.expireAt(latin(field)))).toEqual([null, 7000, 8000])
    expect(one.due(8000, 10)).toEqual(['b', 'f199'])
  }
})
