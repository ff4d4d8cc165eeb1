import { expect, test } from 'vitest'
import { latin } from '../../wire/bytes.ts'
import { show } from '../../wire/show.ts'
import { argvOf, printed, startOf, stepsOf, wishOf } from './cli.ts'

test('a number before a command repeats it, as redis-cli takes it', () => {
  expect(wishOf('5 INCR x')).toEqual({ do: 'send', argv: ['INCR', 'x'], times: 5 })
  expect(wishOf('INCR x')).toEqual({ do: 'send', argv: ['INCR', 'x'], times: 1 })
  expect(wishOf('5')).toEqual({ do: 'send', argv: ['5'], times: 1 })
  for (const line of ['0 INCR x', '-1 INCR x'])
    expect(wishOf(line)).toEqual({ do: 'say', words: 'Invalid redis-cli repeat command option value.' })
  expect('12  INCR x'.slice(startOf('12  INCR x'))).toBe('INCR x')
})

test('a call of redis-cli is taken apart', () => {
  expect(wishOf('redis-cli -h 10.0.0.1 -p 7000 -a secret GET a')).toMatchObject({
    do: 'call',
    argv: ['GET', 'a'],
    db: null,
  })
  expect(wishOf('redis-cli -n 5 -r 3 -3 --raw INCR x')).toEqual({
    do: 'call',
    db: 5,
    times: 3,
    protocol: 3,
    raw: true,
    argv: ['INCR', 'x'],
  })
  expect(wishOf('redis-cli -n')).toMatchObject({ do: 'say' })
  expect(argvOf('redis-cli -n 5 SET a -1')).toEqual(['SET', 'a', '-1'])
  const call = wishOf('redis-cli -n 5 -3 GET a')
  expect(call.do === 'call' && stepsOf(call, 0)).toEqual({ before: ['HELLO 3', 'SELECT 5'], after: ['SELECT 0'] })
  expect(call.do === 'call' && stepsOf(call, 5)).toEqual({ before: ['HELLO 3'], after: [] })
})

test('help, --raw and what is unbalanced never reach a server', () => {
  expect(wishOf('HELP set')).toEqual({ do: 'help', topic: 'set' })
  expect(wishOf('? @list')).toEqual({ do: 'help', topic: '@list' })
  expect(wishOf('--raw')).toEqual({ do: 'draw', raw: true })
  expect(wishOf('SET a "b')).toEqual({ do: 'say', words: 'Invalid argument(s)' })
  expect(wishOf('  ')).toEqual({ do: 'nothing' })
})

test('raw replies are text; others as a terminal has them', () => {
  const reply = [latin('\xed\x95\x9c'), 1, null]
  expect(show(printed('LRANGE l 0 -1', reply, true))).toBe('한\n1\n')
  expect(show(printed('LRANGE l 0 -1', reply, undefined))).toBe('1) "\\xed\\x95\\x9c"\n2) (integer) 1\n3) (nil)')
  expect(show(printed('2 CLIENT INFO', latin('id=1'), undefined))).toBe('id=1')
})
