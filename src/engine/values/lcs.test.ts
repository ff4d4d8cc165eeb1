import fc from 'fast-check'
import { expect, test } from 'vitest'
import { latin } from '../../wire/bytes.ts'
import { lcs, lcsLength } from './lcs.ts'

test('the subsequence, and where its stretches stand', () => {
  expect(lcs(latin('ohmytext'), latin('mynewtext'))).toEqual({
    text: 'mytext',
    matches: [
      { a: [4, 7], b: [5, 8] },
      { a: [2, 3], b: [0, 1] },
    ],
  })
  expect(lcs(latin('abcabba'), latin('cbabac')).text).toBe('cbba')
  expect(lcs(latin(''), latin('abc'))).toEqual({ text: '', matches: [] })
  expect(lcs(latin('abc'), latin('xyz'))).toEqual({ text: '', matches: [] })
})

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 }).map(latin)

test('it stands in both, and is as long as any', () => {
  const isIn = (part: string, whole: string) => {
    let at = 0
    for (const char of whole) if (char === part[at]) at++
    return at === part.length
  }
  const longest = (a: string, b: string): number => {
    const rows = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
    for (let i = 1; i <= a.length; i++)
      for (let j = 1; j <= b.length; j++)
        rows[i]![j] = a[i - 1] === b[j - 1] ? rows[i - 1]![j - 1]! + 1 : Math.max(rows[i - 1]![j]!, rows[i]![j - 1]!)
    return rows[a.length]![b.length]!
  }
  fc.assert(
    fc.property(word, word, (a, b) => {
      const { text, matches } = lcs(a, b)
      const pieces = matches.toReversed().map((match) => a.slice(match.a[0], match.a[1] + 1))
      const others = matches.toReversed().map((match) => b.slice(match.b[0], match.b[1] + 1))
      expect(pieces.join('')).toBe(text)
      expect(others).toEqual(pieces)
      return isIn(text, a) && isIn(text, b) && text.length === longest(a, b) && lcsLength(a, b) === text.length
    }),
  )
})
