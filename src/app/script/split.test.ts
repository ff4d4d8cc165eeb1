import { expect, test } from 'vitest'
import { commandsOf, expectationAt, laneOf, touching } from './split.ts'

const brief = (script: string) =>
  commandsOf(script).map(({ line, end, client, text, expected }) => [line, end, client, text, expected])

test('a line is a command; notes and empty lines are none', () => {
  expect(brief('# 한글 메모\nSET 나라 "대한민국"\n\n   GET 나라  \r\n#GET x')).toEqual([
    [1, 1, null, 'SET 나라 "대한민국"', null],
    [3, 3, null, 'GET 나라', null],
  ])
})

test('a letter before > names the client', () => {
  expect(brief('A> BLPOP jobs 0\n  B>RPUSH jobs x\nG> PING\nab> PING')).toEqual([
    [0, 0, 'A', 'BLPOP jobs 0', null],
    [1, 1, 'B', 'RPUSH jobs x', null],
    [2, 2, null, 'G> PING', null],
    [3, 3, null, 'ab> PING', null],
  ])
  expect(laneOf('  B>  GET x')).toEqual({ client: 'B', from: 6 })
})

test('what it should answer stands behind it or below it', () => {
  expect(
    brief('INCR x  # => (integer) 3\nLRANGE l 0 -1\n# => 1) "a"\n#=> 2) "b"  \nPING # => PONG\n# => more'),
  ).toEqual([
    [0, 0, null, 'INCR x', ['(integer) 3']],
    [1, 3, null, 'LRANGE l 0 -1', ['1) "a"', '2) "b"']],
    [4, 5, null, 'PING', ['PONG', 'more']],
  ])
})

test('the indentation of a nested reply is kept', () => {
  expect(commandsOf('EXEC\n# => 1) 1) "a"\n# =>    2) "b"')[0]!.expected).toEqual(['1) 1) "a"', '   2) "b"'])
})

test('a note or an empty line parts a command from a later mark', () => {
  expect(brief('PING\n\n# => PONG\nPING\n# a note\n# => PONG')).toEqual([
    [0, 0, null, 'PING', null],
    [3, 3, null, 'PING', null],
  ])
})

test('a # that is no mark belongs to the command, also in quotes', () => {
  expect(brief("SORT l BY w_* GET # GET n_*\nSET k \"a # => b\"  # => OK\nSET k 'it\\'s # => b'\nSET k#=>v 1")).toEqual(
    [
      [0, 0, null, 'SORT l BY w_* GET # GET n_*', null],
      [1, 1, null, 'SET k "a # => b"', ['OK']],
      [2, 2, null, "SET k 'it\\'s # => b'", null],
      [3, 3, null, 'SET k#=>v 1', null],
    ],
  )
  expect(expectationAt('GET x')).toBe(-1)
})

test('lines touch the commands whose answers they hold', () => {
  const commands = commandsOf('PING\n# => PONG\n\nGET x\nGET y')
  const texts = (first: number, last: number) => touching(commands, first, last).map(({ text }) => text)
  expect(texts(1, 1)).toEqual(['PING'])
  expect(texts(2, 2)).toEqual([])
  expect(texts(2, 3)).toEqual(['GET x'])
  expect(texts(0, 9)).toEqual(['PING', 'GET x', 'GET y'])
})
