import { expect, test } from 'vitest'
import { josa } from './josa.ts'

test('a particle follows the last sound of a Korean word', () => {
  expect(josa('서울', '을/를')).toBe('서울을')
  expect(josa('나소', '을/를')).toBe('나소를')
  expect(josa('서울', '으로/로')).toBe('서울로')
  expect(josa('값', '으로/로')).toBe('값으로')
  expect(josa('나소', '와/과')).toBe('나소와')
  expect(josa('값', '와/과')).toBe('값과')
})

test('letters and digits are read as a Korean says them', () => {
  expect(josa('A', '이/가')).toBe('A가')
  expect(josa('M', '이/가')).toBe('M이')
  expect(josa('hat:3', '은/는')).toBe('hat:3은')
  expect(josa('hat:2', '은/는')).toBe('hat:2는')
  expect(josa('1', '으로/로')).toBe('1로')
})

test('what closes a word is not read aloud', () => {
  expect(josa('"green"', '이/가')).toBe('"green"이')
  expect(josa('[key ...]', '이/가')).toBe('[key ...]가')
})
