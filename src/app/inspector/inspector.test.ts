import { expect, test } from 'vitest'
import type { CommandDoc, ValuePage } from '../../session/protocol.ts'
import { latin, text, utf8 } from '../../wire/bytes.ts'
import { join, split } from '../../wire/line.ts'
import type { Entry, Lane } from '../stores/console.ts'
import { touches } from '../stores/touches.ts'
import { runCommand } from '../stores/write.ts'
import { bench, idle } from '../testing/fake.ts'
import { argvOf, bytesOf, editsOf, isFilled, previewOf } from './edits.ts'
import { encodingWhy } from './encodings.ts'
import { bestLook, bitsOf, hexLines, looksOf, numberOf, pretty } from './looks.ts'

test('a string is shown as what it looks like', () => {
  const best = (typed: string) => bestLook(latin(typed), true)
  expect(['hello', '', '42', '-7.5', '{"a":1}', '[1, 2]', '{broken', '007'].map(best)).toEqual([
    'text',
    'text',
    'number',
    'number',
    'json',
    'json',
    'text',
    'number',
  ])
  expect([best('\x80\x01'), best('\xff'.repeat(40)), best('a\0b'), bestLook(utf8('한글'), true)]).toEqual([
    'bits',
    'hex',
    'bits',
    'text',
  ])
  expect(bestLook(utf8('a한').slice(0, 3) as never, false)).toBe('text')
  expect(looksOf(latin('x'.repeat(65)), true)).toEqual(['text', 'hex'])
})

test('JSON is laid out, and nothing in it changes but white space', () => {
  expect(pretty(latin('{"n":12345678901234567890,"s":"a, b: {c}","e":{},"l":[ ]}'))).toBe(
    '{\n  "n": 12345678901234567890,\n  "s": "a, b: {c}",\n  "e": {},\n  "l": []\n}',
  )
  expect(pretty(latin('"only a string"'))).toBeNull()
})

test('numbers as INCR takes them; bits and bytes as GETBIT and hexdump count them', () => {
  expect(numberOf(latin('9223372036854775807'))?.whole).toBe(9223372036854775807n)
  expect(numberOf(latin('9223372036854775808'))?.whole).toBeNull()
  expect(numberOf(latin('1e3'))?.value).toBe(1000)
  expect(['', ' 1', '0x10', 'inf'].map((each) => numberOf(latin(each)))).toEqual([null, null, null, null])
  expect(bitsOf(0x81)).toEqual([true, false, false, false, false, false, false, true])
  expect(hexLines(latin('abcdefgh\0'))).toEqual([
    { at: '0000', hex: '61 62 63 64 65 66 67 68', shown: 'abcdefgh' },
    { at: '0008', hex: '00', shown: '·' },
  ])
})

test('a form makes a line that splits back into the same bytes, whatever they are', () => {
  const [set] = editsOf('string', true)
  for (const bytes of ['plain', 'two words', '', '"q\\', "it's", '\xff\0\n', '\xed\x95\x9c'].map(latin)) {
    const words = [{ typed: null, bytes }]
    const argv = argvOf(set!, latin('a key'), words.map(bytesOf))
    expect(split(join(argv, text))).toEqual(['SET', 'a key', bytes, 'KEEPTTL'])
  }
  const hset = editsOf('hash', false)[0]!
  const open = { typed: null, bytes: latin('') }
  const empty = { typed: '', bytes: latin('x') }
  expect(isFilled(hset, [open, empty])).toBe(false)
  expect(isFilled(hset, [empty, empty])).toBe(true)
  expect(previewOf(hset, latin('h'), [{ typed: 'f', bytes: open.bytes }, open])).toEqual(['HSET', 'h', 'f', 'value'])
  expect(isFilled(editsOf('set', false)[2]!, [empty])).toBe(false)
  expect(editsOf('set', false).map(({ command }) => command)).toEqual(['SADD', 'SREM', 'EXPIRE', 'RENAME', 'DEL'])
})

const page = (kind: 'hash' | 'set' | 'string', from: string, to: string, size: number) =>
  ({
    before: { kind, encoding: from, size: 1, expireAt: null },
    summary: { kind, encoding: to, size, expireAt: null },
    limit: kind === 'string' ? null : { entries: 128, bytes: 64, integers: 512 },
  }) as ValuePage

test('a change of encoding is told with its reason', () => {
  expect(encodingWhy(page('hash', 'listpack', 'hashtable', 129))).toEqual({ why: 'entries', most: 128 })
  expect(encodingWhy(page('hash', 'listpack', 'hashtable', 3))).toEqual({ why: 'bytes', most: 64 })
  expect(encodingWhy(page('hash', 'listpack', 'listpackex', 3))).toEqual({ why: 'field-times' })
  expect(encodingWhy(page('set', 'intset', 'hashtable', 513))).toEqual({ why: 'integers', most: 512 })
  expect(encodingWhy(page('set', 'intset', 'listpack', 4))).toEqual({ why: 'not-only-integers' })
  expect(encodingWhy(page('string', 'embstr', 'raw', 4))).toEqual({ why: 'in-place' })
  expect(encodingWhy(page('string', 'raw', 'raw', 4))).toBeNull()
})

test('a command of the inspector is a row of a console that can run it there', async () => {
  const at = await bench()
  const run = (db: number) => runCommand(at.stores.console, at.stores.session, db, ['DEL', 'two words'].map(latin))
  const rows = (i: number) => at.stores.console.getState().lanes[i]!.entries.map(({ line }) => line)
  expect(run(0)).toBe('A')
  expect(rows(0)).toEqual(['DEL "two words"'])
  const blocked = { seq: 9, command: 'blpop', cause: 'keys', keys: [], since: 0, until: null } as const
  at.turn({ on: 'client', state: idle(1, 'A', { blocked }) })
  expect(run(0)).toBe('B')
  expect(rows(1)).toEqual(['DEL "two words"'])
  at.turn({ on: 'client', state: idle(1, 'A', { db: 3 }) })
  expect(run(3)).toBe('A')
  expect(run(5)).toBe('A')
  expect(at.stores.console.getState().lanes[0]!.queue.map(({ line }) => line)).toEqual([
    'DEL "two words"',
    'SELECT 5',
    'DEL "two words"',
  ])
})

const doc = (name: string, keys: CommandDoc['keys'], flags: readonly string[] = []) =>
  ({ name, keys, flags }) as unknown as CommandDoc
const catalog = [
  doc('GET', [1, 1, 1]),
  doc('MSET', [1, -1, 2]),
  doc('BLPOP', [1, -2, 1]),
  doc('ZUNION', [0, 0, 0], ['movablekeys']),
  doc('MEMORY USAGE', [2, 2, 1]),
  doc('PING', [0, 0, 0]),
]
const lane = (name: string, ...rows: readonly (readonly [seq: number, line: string, more?: Partial<Entry>])[]) =>
  ({
    name,
    entries: rows.map(([seq, line, more]) => ({ id: seq, seq, line, prompt: '127.0.0.1:6379> ', ...more })),
  }) as unknown as Lane

test('commands that named a key, by the places of their keys, the newest first', () => {
  const lanes = [
    lane('A', [1, 'MSET a 1 b a'], [3, 'get "a"'], [5, 'GET b'], [7, 'BLPOP x a 0'], [8, 'GET a', { fate: 'taken' }]),
    lane(
      'B',
      [2, 'PING a'],
      [4, 'ZUNION 2 a b'],
      [6, 'MEMORY USAGE a'],
      [9, 'GET a', { prompt: '127.0.0.1:6379[3]> ' }],
    ),
  ]
  expect(touches(lanes, catalog, 0, latin('a')).map(({ client, seq }) => `${client}${seq}`)).toEqual([
    'A7',
    'B6',
    'B4',
    'A3',
    'A1',
  ])
  expect(touches(lanes, catalog, 3, latin('a')).map(({ seq }) => seq)).toEqual([9])
})
