import { expect, test } from 'vitest'
import { latin, utf8 } from '../../wire/bytes.ts'
import { OK, type Reply } from '../../wire/reply.ts'
import { holds } from './expect.ts'

const check = (reply: Reply, expected: string, command = 'GET') => holds(expected.split('\n'), [latin(command)], reply)
const error: Reply = { kind: 'error', code: 'ERR', text: latin('ERR value is not an integer or out of range') }

test.each<[string, Reply, string]>([
  ['an integer as a terminal shows it', 3, '(integer) 3'],
  ['an integer alone', 3, '3'],
  ['a string in quotes', latin('Nassau'), '"Nassau"'],
  ['a string without', latin('Nassau'), 'Nassau'],
  ['a status', OK, 'OK'],
  ['nothing', null, '(nil)'],
  ['an error', error, '(error) ERR value is not an integer or out of range'],
  ['an error by its beginning', error, '(error) ERR…'],
  ['an error by its beginning, in three dots', error, '(error) ERR value ...'],
  ['an error as it is', error, 'ERR value is not an integer or out of range'],
  ['whatever it is', 17, '…'],
  ['a list', [latin('a'), latin('b')], '1) "a"\n2) "b"'],
  ['a list, raw', [latin('a'), latin('b')], 'a\nb'],
  ['a nested list', [[latin('a'), 1], null], '1) 1) "a"\n   2) (integer) 1\n2) (nil)'],
  ['an empty list', [], '(empty array)'],
  ['text as a terminal shows its bytes', utf8('한'), String.raw`"\xed\x95\x9c"`],
  ['text in quotes, as it is read', utf8('한 a'), '"한 a"'],
  ['text as it is read', utf8('한 a'), '한 a'],
  ['text by its beginning', utf8('한글'), '"한…'],
  ['text of several lines', latin('a\nb'), 'a\nb'],
  ['blanks at a line’s end', OK, 'OK  '],
])('holds: %s', (_, reply, expected) => expect(check(reply, expected)).toBe(true))

test.each<[string, Reply, string]>([
  ['another number', 3, '(integer) 4'],
  ['a longer number', 30, '3'],
  ['a number, where a string came', latin('3'), '(integer) 3'],
  ['a string, where a number came', 3, '"3"'],
  ['another case', OK, 'ok'],
  ['too few lines', [latin('a'), latin('b')], '1) "a"'],
  ['too many lines', [latin('a')], '1) "a"\n2) "b"'],
  ['another order', [latin('a'), latin('b')], '1) "b"\n2) "a"'],
  ['a beginning that is none', error, '(error) WRONGTYPE…'],
  ['nothing, where something came', 0, '(nil)'],
  ['dots that the reply has not', latin('a'), 'b…'],
])('does not hold: %s', (_, reply, expected) => expect(check(reply, expected)).toBe(false))

test('what redis-cli prints as it is, is compared as it is', () => {
  expect(check(latin('# Server\r\nredis_version:8.0.2\r\n'), '# Server\nredis_version:8…', 'INFO')).toBe(true)
})
