import { expect, it } from 'vitest'
import { isForetold } from './guess.ts'

it.each([
  ['(integer) 1', '(integer) 1'],
  ['1', '(integer) 1'],
  [' Zagreb ', '"Zagreb"'],
  ['"Zagreb"', '"Zagreb"'],
  ['nil', '(nil)'],
  ['(NIL)', '(nil)'],
  ['ok', 'OK'],
  ['Oslo nil', '1) "Oslo"\n2) (nil)'],
  ['1) "Oslo" 2) (nil)', '1) "Oslo"\n2) (nil)'],
  ['서울', String.raw`"\xec\x84\x9c\xec\x9a\xb8"`],
  ['error', '(error) WRONGTYPE Operation against a key'],
  ['wrongtype', '(error) WRONGTYPE Operation against a key'],
  ['empty array', '(empty array)'],
])('"%s" foretells %s', (guess, shown) => {
  expect(isForetold(guess, shown)).toBe(true)
})

it.each([
  ['', '""'],
  ['2', '(integer) 1'],
  ['"1"', '(integer) 1'],
  ['zagreb', '"Zagreb"'],
  ['OK', '(nil)'],
  ['nil', '""'],
  ['ERR', '(error) WRONGTYPE Operation against a key'],
])('"%s" does not foretell %s', (guess, shown) => {
  expect(isForetold(guess, shown)).toBe(false)
})
