import { expect, test } from 'vitest'
import { distance, nearest } from './near.ts'

const commands = ['GET', 'SET', 'GETEX', 'SETEX', 'HGETALL', 'EXPIRE', 'DEL', 'LPUSH', 'RPUSH']

test('a slip of the fingers is found', () => {
  expect(nearest('GTE', commands)).toBe('GET')
  expect(nearest('SETT', commands)).toBe('SET')
  expect(nearest('hgetal', commands)).toBe('HGETALL')
  expect(nearest('EXPRIE', commands)).toBe('EXPIRE')
  expect(nearest('bahamas', ['Bahamas', 'Japan'])).toBe('Bahamas')
})

test('another word is no slip, nor is another number', () => {
  expect(nearest('FROBNICATE', commands)).toBeNull()
  expect(nearest('hat:4', ['hat:1', 'hat:2'])).toBeNull()
  expect(nearest('hta:1', ['hat:1', 'hat:2'])).toBe('hat:1')
  expect(nearest('x', ['y', 'z'])).toBeNull()
})

test('distance counts letters put in, left out, changed and swapped', () => {
  expect([
    distance('abc', 'abc', 3),
    distance('abc', 'acb', 3),
    distance('abc', 'abcd', 3),
    distance('abc', 'xbz', 3),
  ]).toEqual([0, 1, 1, 2])
  expect(distance('abc', 'wxyz', 2)).toBe(3)
})
