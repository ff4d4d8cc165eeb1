import { describe, expect, it, test } from 'vitest'
import { fromArray, latin, type Bytes } from '../../wire/bytes.ts'
import { encode, ReplyWriter } from '../../wire/resp.ts'
import { Reader, Writer } from '../binary.ts'
import { Random } from '../random.ts'
import { defaultLimits } from './value.ts'
import { ZSetValue, type Ranked } from './zset.ts'

const inOrder = (scores: ReadonlyMap<Bytes, number>): Ranked[] =>
  Array.from(scores, ([member, score]) => ({ member, score })).sort((a, b) =>
    a.score === b.score ? (a.member < b.member ? -1 : 1) : a.score - b.score,
  )
const rewritten = (zset: ZSetValue) => {
  const to = new Writer()
  zset.write(to)
  return ZSetValue.read(new Reader(to.done()), defaultLimits())
}

/** Puts in and takes out by chance; more comes than goes while `growing`. */
function stir(zset: ZSetValue, scores: Map<Bytes, number>, random: Random, steps: number, growing: boolean): void {
  for (let i = 0; i < steps; i++) {
    const member = latin(`m${random.below(4000)}`)
    const score = random.below(50) - 25
    const there = scores.has(member)
    const puts = random.below(4) < (growing ? 3 : 1)
    if (puts) scores.set(member, score)
    else scores.delete(member)
    expect(puts ? zset.set(member, score) : zset.delete(member)).toBe(puts ? !there : there)
  }
}

function compare(zset: ZSetValue, scores: ReadonlyMap<Bytes, number>, random: Random): void {
  const sorted = inOrder(scores)
  expect(zset.size).toBe(sorted.length)
  expect(zset.range(0, zset.size)).toEqual(sorted)
  for (let i = 0; i < 20; i++) {
    const from = random.below(sorted.length)
    const to = from + random.below(300)
    const meant = sorted.slice(from, to)
    expect(zset.range(from, to)).toEqual(meant)
    const names = meant.map(({ member }) => member)
    for (const reverse of [false, true]) {
      const out = new ReplyWriter()
      zset.tell(from, from + meant.length, reverse, out)
      expect(fromArray(out.take())).toBe(encode(reverse ? names.toReversed() : names, 2))
    }
    const one = sorted[from]!
    expect([zset.rank(one.member), zset.score(one.member), zset.at(from)]).toEqual([from, one.score, one])
    const low = random.below(60) - 30
    const high = low + random.below(10)
    const stretch = zset.stretch(
      { byName: false, below: (score) => score < low, above: (score) => score > high },
      false,
    )
    expect(zset.range(stretch.from, stretch.to)).toEqual(sorted.filter(({ score }) => score >= low && score <= high))
  }
}

describe('members stand in order of score, then of bytes', () => {
  it.each([
    ['a listpack', 5000, 'listpack'],
    ['a tree', 128, 'skiplist'],
  ])('in %s', (_, entries, encoding) => {
    const zset = new ZSetValue({ ...defaultLimits(), zsetMaxListpackEntries: entries })
    const scores = new Map<Bytes, number>()
    const random = new Random(5)
    for (const growing of [true, true, false, true, false, false]) {
      stir(zset, scores, random, entries === 128 ? 3000 : 300, growing)
      compare(zset, scores, random)
      expect(zset.encoding).toBe(encoding)
    }
    for (const twin of [zset.copy(), rewritten(zset)]) {
      compare(twin, scores, random)
      expect(twin.encoding).toBe(encoding)
    }
    for (const member of scores.keys()) expect(zset.delete(member)).toBe(true)
    expect(zset.range(0, 10)).toEqual([])
    zset.set(latin('again'), 1)
    expect([zset.size, zset.rank(latin('again'))]).toEqual([1, 0])
  })
})

test('what comes in order, or against it, and goes from the ends', () => {
  const zset = new ZSetValue(defaultLimits())
  for (let i = 0; i < 5000; i++) zset.set(latin(`a${i}`), i)
  for (let i = 1; i <= 5000; i++) zset.set(latin(`b${i}`), -i)
  expect(zset.range(5000, 5002)).toEqual([
    { member: 'a0', score: 0 },
    { member: 'a1', score: 1 },
  ])
  for (let i = 0; i < 4000; i++) {
    expect(zset.delete(zset.at(0)!.member)).toBe(true)
    expect(zset.delete(zset.at(zset.size - 1)!.member)).toBe(true)
  }
  expect([zset.size, zset.at(0), zset.at(1999)]).toEqual([
    2000,
    { member: 'b1000', score: -1000 },
    { member: 'a999', score: 999 },
  ])
})

test('a walk by cursor misses nothing that was there all the time', () => {
  const zset = new ZSetValue(defaultLimits())
  for (let i = 0; i < 3000; i++) zset.set(latin(`stays${i}`), i)
  for (let i = 0; i < 6000; i++) zset.set(latin(`goes${i}`), i)
  const met = new Map<Bytes, number>()
  let cursor = 0
  let gone = 0
  do {
    cursor = zset.scan(cursor, 50, (member, score) => met.set(member, score))
    for (let i = 0; i < 40; i++) zset.delete(latin(`goes${gone++}`))
  } while (cursor !== 0)
  // So many holes that the slots have moved together meanwhile.
  expect(gone).toBeGreaterThan(4600)
  for (let i = 0; i < 3000; i++) expect(met.get(latin(`stays${i}`))).toBe(i)
  expect(zset.range(0, 3000).map(({ score }) => score)).toEqual(Array.from({ length: 3000 }, (_, i) => i))
})

test('a listpack has no -0, a skiplist has', () => {
  const small = new ZSetValue(defaultLimits())
  small.set(latin('m'), -0)
  expect(small.score(latin('m'))).toBe(0)
  small.enlarge()
  small.set(latin('n'), -0)
  expect([small.encoding, small.score(latin('m')), small.score(latin('n'))]).toEqual(['skiplist', 0, -0])
})
