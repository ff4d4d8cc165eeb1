import { expect, test } from 'vitest'
import { letterOf, withAlt, withCtrl, type Edit } from './readline.ts'

/** A line with its cursor as |. */
const after = (
  line: string,
  edit: (line: { text: string; start: number; end: number }) => Edit | null,
): string | null => {
  const at = line.indexOf('|')
  const text = line.replace('|', '')
  const done = edit({ text, start: at, end: at })
  if (!done) return null
  if ('to' in done) return `${text.slice(0, done.to)}|${text.slice(done.to)}`
  return `${text.slice(0, done.from)}${done.with}|${text.slice(done.until)}`
}
const ctrl = (letter: string) => (line: string) => after(line, (at) => withCtrl(letter, at))
const alt = (letter: string) => (line: string) => after(line, (at) => withAlt(letter, at))

test('Ctrl and a letter move and delete as in redis-cli', () => {
  expect(ctrl('a')('GET| a')).toBe('|GET a')
  expect(ctrl('e')('GET| a')).toBe('GET a|')
  expect(ctrl('b')('GET| a')).toBe('GE|T a')
  expect(ctrl('f')('GET| a')).toBe('GET |a')
  expect(ctrl('u')('GET| a')).toBe('|')
  expect(ctrl('k')('GET| a')).toBe('GET|')
  expect(ctrl('w')('SET a one  |two')).toBe('SET a |two')
  expect(ctrl('d')('GE|T a')).toBe('GE| a')
  expect(ctrl('t')('GTE|')).toBe('GET|')
  expect(ctrl('q')('GET|')).toBeNull()
})

test('a character is whole, however it is written', () => {
  expect(ctrl('b')('SET a 👍🏽|')).toBe('SET a |👍🏽')
  expect(ctrl('d')('SET a |한글')).toBe('SET a |글')
})

test('Alt goes by words', () => {
  expect(alt('b')('SET key value|')).toBe('SET key |value')
  expect(alt('f')('SET| key value')).toBe('SET key| value')
  expect(alt('d')('SET| key value')).toBe('SET| value')
})

test('a letter is the one on the key, in whatever alphabet', () => {
  expect(letterOf({ key: 'ㅁ', code: 'KeyA' })).toBe('a')
  expect(letterOf({ key: 'A', code: 'KeyQ' })).toBe('a')
  expect(letterOf({ key: '1', code: 'Digit1' })).toBe('')
})
