import { expect, test } from 'vitest'
import { latin } from '../wire/bytes.ts'
import { globMatches } from './glob.ts'

const among = (pattern: string, strings: readonly string[]) =>
  strings.filter((string) => globMatches(latin(pattern), latin(string)))

test('stars, question marks and escapes', () => {
  expect(among('a*c', ['ac', 'abc', 'abcabc', 'a', 'abcd', ''])).toEqual(['ac', 'abc', 'abcabc'])
  expect(among('**b**', ['b', 'ab', 'ba', 'a'])).toEqual(['b', 'ab', 'ba'])
  expect(among('?', ['', 'a', 'ab'])).toEqual(['a'])
  expect(among('\\*\\?\\a', ['*?a', 'xya'])).toEqual(['*?a'])
  expect(among('a\\', ['a', 'a\\', 'a\\b'])).toEqual(['a\\'])
  expect(among('a*', ['a', 'ab', ''])).toEqual(['a', 'ab'])
})

test('classes: negated, escaped, open, reversed, with a bracket as the end of a range', () => {
  expect(among('[^a-c]', ['a', 'd', '^', ''])).toEqual(['d', '^'])
  expect(among('[^]', ['a', ']', 'ab'])).toEqual(['a', ']'])
  expect(among('[]', ['a', ']', '[]'])).toEqual([])
  expect(among('[ab', ['a', 'b', '[ab', 'ab'])).toEqual(['a', 'b'])
  expect(among('[', ['[', 'a'])).toEqual([])
  expect(among('[^', ['[', 'a', '^'])).toEqual(['[', 'a', '^'])
  expect(among('[c-a]', ['a', 'b', 'c', '-'])).toEqual(['a', 'b', 'c'])
  expect(among('[Z-]', ['Z', '-', ']', '['])).toEqual(['Z', ']', '['])
  expect(among('[\\]\\-]', [']', '-', '\\'])).toEqual([']', '-'])
  expect(among('[a\\', ['a', '\\'])).toEqual(['a', '\\'])
})

test('a range takes bytes as signed, as C does', () => {
  expect(among('[a-\xff]', ['\xff', '\x80', 'a', 'b', '\0', '0'])).toEqual(['\xff', 'a', '\0', '0'])
  expect(among('[\x80-\xff]', ['\x80', '\x90', '\xff', 'a'])).toEqual(['\x80', '\x90', '\xff'])
})

test('an empty string matches only an empty pattern, and * alone', () => {
  expect(globMatches(latin(''), latin(''))).toBe(true)
  expect(globMatches(latin('*'), latin(''))).toBe(true)
  expect(globMatches(latin('**'), latin(''))).toBe(false)
  expect(globMatches(latin(''), latin('a'))).toBe(false)
})

test('a pattern of many stars ends soon, and one of too many matches nothing', () => {
  expect(globMatches(latin('*a'.repeat(500) + 'b'), latin('a'.repeat(20000)))).toBe(false)
  expect(globMatches(latin('*a'.repeat(1000)), latin('a'.repeat(2000)))).toBe(true)
  expect(globMatches(latin('*a'.repeat(1001)), latin('a'.repeat(2000)))).toBe(false)
  expect(globMatches(latin(`${'*a'.repeat(1000)}*`), latin('a'.repeat(2000)))).toBe(true)
})
