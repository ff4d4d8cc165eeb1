import fc from 'fast-check'
import { expect, test } from 'vitest'
import { latin } from '../../wire/bytes.ts'
import { partialSort } from './partialsort.ts'
import { compareText, follow, isConstant, weightOf } from './sorting.ts'

const to = (pattern: string, element = '7') => follow(latin(pattern), latin(element))

test('where patterns lead', () => {
  expect(to('#')).toBe('itself')
  expect(to('w_*')).toEqual({ key: 'w_7', field: null })
  expect(to('w_*_*')).toEqual({ key: 'w_7_*', field: null })
  expect(to('h_*->f')).toEqual({ key: 'h_7', field: 'f' })
  expect(to('h_*->f->g')).toEqual({ key: 'h_7', field: 'f->g' })
  expect(to('h_*->')).toEqual({ key: 'h_7->', field: null })
  expect(to('a->b*')).toEqual({ key: 'a->b7', field: null })
  expect(to('plain')).toBeNull()
  expect(to('w\0*')).toBeNull()
  expect(isConstant(latin('nosort'))).toBe(true)
  expect(isConstant(latin('w_*'))).toBe(false)
})

test('weights and texts end at a zero byte, as in C', () => {
  expect(weightOf(latin('5\0abc'))).toBe(5)
  expect(weightOf(latin(''))).toBe(0)
  expect(weightOf(latin('5x'))).toBeNull()
  expect(compareText(latin('a\0b'), latin('a\0c'))).toBe(0)
  expect(compareText(latin('a'), latin('b'))).toBe(-1)
})

test('a partial sort puts its part where a full sort would', () => {
  const number = fc.integer({ min: 0, max: 30 })
  fc.assert(
    fc.property(fc.array(number, { maxLength: 120 }), fc.nat(120), fc.nat(120), (numbers, a, b) => {
      const [from, upTo] = a < b ? [a, b] : [b, a]
      const sorted = numbers.toSorted((x, y) => x - y)
      const items = [...numbers]
      partialSort(items, (x, y) => x - y, from, upTo)
      expect(items.slice(from, upTo + 1)).toEqual(sorted.slice(from, upTo + 1))
      expect(items.toSorted((x, y) => x - y)).toEqual(sorted)
    }),
  )
})

test('which of equals comes first is settled by the server’s own steps', () => {
  const words = 'g1 c1 g2 a1 c2 g3 a2 c3 b1 g4'.split(' ')
  partialSort(words, (x, y) => x.charCodeAt(0) - y.charCodeAt(0), 0, 5)
  expect(words.slice(0, 6).map((word) => word[0])).toEqual(['a', 'a', 'b', 'c', 'c', 'c'])
})
