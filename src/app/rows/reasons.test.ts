// Each reason against the engine itself: what it refuses, and what the page then says.
import { expect, test } from 'vitest'
import { Engine } from '../../engine/engine.ts'
import { docs } from '../../engine/catalog.ts'
import { latin } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { messages } from '../i18n/all.ts'
import { argvOf } from '../stores/cli.ts'
import { aroundToken, reasonLine } from './reason.ts'
import { reasonOf, type Gone } from './reasons.ts'

const catalog = docs()

/** Runs lines; of the last: the word that is underlined, and what is said in English and Korean. */
async function why(lines: readonly string[], more: { gone?: Gone; now?: number } = {}) {
  const engine = new Engine({ seed: 1, at: 0 })
  engine.apply({ do: 'connect', at: 0, client: 1, name: 'A', db: 0 })
  let reply: Reply = null
  for (const line of lines)
    for (const output of engine.apply({ do: 'send', at: 0, client: 1, argv: argvOf(line) }))
      if (output.on === 'reply') reply = output.reply
  const line = lines.at(-1)!
  const reason = await reasonOf({
    argv: argvOf(line),
    reply,
    catalog,
    peek: (...argv) =>
      Promise.resolve(
        engine.peek(
          0,
          0,
          argv.map((each) => latin(each)),
        ),
      ),
    gone: () => more.gone,
    now: more.now ?? 0,
    nameOf: (client) => (client === 1 ? 'A' : 'B'),
  })
  if (!reason) return null
  const [, word] = reason.token === undefined ? [] : (aroundToken(line, reason.token) ?? [])
  return [word, reasonLine(messages.en, reason, 'A'), reasonLine(messages.ko, reason, 'A')]
}

test('a command that is none, and one that is nearly one', async () => {
  expect(await why(['GTE a'])).toEqual([
    'GTE',
    'There is no command GTE. Did you mean GET?',
    'GTE라는 명령은 없어요. 혹시 GET?',
  ])
  expect((await why(['XYZZY']))?.[1]).toBe('There is no command XYZZY.')
  expect((await why(['CONFIG GTE x']))?.slice(0, 2)).toEqual(['GTE', 'CONFIG has no subcommand GTE. Did you mean GET?'])
})

test('how a command is written', async () => {
  expect((await why(['GET']))?.[1]).toBe('It is written GET key')
  expect((await why(['CONFIG SET a']))?.[1]).toBe('It is written CONFIG SET parameter value [parameter value ...]')
})

test('the word that a syntax error is about', async () => {
  expect((await why(['SET a 1 XE 5']))?.slice(0, 2)).toEqual(['XE', 'XE has no place here.'])
  expect((await why(['SET a 1 EX']))?.slice(0, 2)).toEqual(['EX', 'The line ends too soon: seconds is missing.'])
  expect((await why(['SET a 1 NX XX']))?.[0]).toBe('XX')
  expect((await why(['3 SET "a b" 1 XE 5']))?.[0]).toBe('XE')
})

test('a word that should be a number, or a value that should be one', async () => {
  expect((await why(['SET a 1 EX soon']))?.slice(0, 2)).toEqual(['soon', 'soon is not a whole number of 64 bits.'])
  expect((await why(['EXPIRE a 1.5']))?.[0]).toBe('1.5')
  expect((await why(['LRANGE l 0 end']))?.[0]).toBe('end')
  expect((await why(['ZADD z one a']))?.slice(0, 2)).toEqual(['one', 'one is not a number.'])
  expect((await why(['ZRANGEBYSCORE z (x 3']))?.[0]).toBe('(x')
  expect(await why(['SET word hello', 'INCR word'])).toEqual([
    'word',
    'word holds "hello". Only a whole number can be counted up or down.',
    'word에는 "hello"가 들어 있어요. 정수만 더하거나 뺄 수 있어요.',
  ])
  expect((await why(['HSET h color green', 'HINCRBY h color 1']))?.slice(0, 2)).toEqual([
    'color',
    'h color holds "green". Only a whole number can be counted up or down.',
  ])
  expect((await why(['SET n 9223372036854775807', 'INCR n']))?.[1]).toContain('n holds 9223372036854775807; the result')
})

test('places, keys and fields that are not there', async () => {
  expect((await why(['RPUSH l a b c', 'LSET l 3 d']))?.slice(0, 2)).toEqual([
    '3',
    'l has 3 items: 0 to 2 from the left, -1 to -3 from the right.',
  ])
  expect((await why(['RPUSH l a', 'LINDEX l 4']))?.[1]).toContain('l has 1 item')
  expect((await why(['RENAME a b']))?.slice(0, 2)).toEqual(['a', 'There is no key a.'])
  expect((await why(['SET Bahamas Nassau', 'GET bahamas']))?.slice(0, 2)).toEqual([
    'bahamas',
    'There is no key bahamas. Did you mean Bahamas?',
  ])
  expect(await why(['GET nothing'])).toBeNull()
  expect((await why(['HSET h color red', 'HGET h colour']))?.[1]).toBe('h has no field colour. Did you mean color?')
  expect((await why(['ZADD z 1 a', 'ZSCORE z b']))?.[1]).toBe('z has no member b.')
  expect((await why(['SET a 1', 'SET a 2 NX']))?.slice(0, 2)).toEqual([
    'NX',
    'a is there already, and NX writes only where there is no key.',
  ])
  expect((await why(['SET a 2 XX']))?.[0]).toBe('XX')
})

test('who took a key, and when', async () => {
  const gone = { command: 'DEL', by: 2, at: 0 }
  expect((await why(['GET a'], { gone, now: 3000 }))?.[1]).toBe('a is gone: B ran DEL 3 s ago.')
  expect((await why(['GET a'], { gone: { ...gone, by: 1 }, now: 90_000 }))?.[2]).toBe(
    'a 키는 1분 30초 전에 이 클라이언트가 DEL 명령으로 없앴어요.',
  )
  expect((await why(['GET a'], { gone: { command: null, by: null, at: 0 }, now: 3000 }))?.[1]).toBe(
    'a expired 3 s ago.',
  )
})

test('transactions, waits, memory', async () => {
  expect((await why(['SET a x', 'MULTI', 'INCR a', 'INCR b', 'EXEC']))?.[1]).toMatch(/^1 of 2 commands failed/)
  expect((await why(['EXEC']))?.[1]).toBe('No transaction is open. MULTI begins one.')
  expect((await why(['MULTI', 'MULTI']))?.[1]).toContain('EXEC runs it')
  expect((await why(['MULTI', 'WATCH a']))?.[1]).toContain('WATCH comes before MULTI')
  expect((await why(['SELECT 16']))?.[1]).toBe('There are 16 databases, 0 to 15.')
  expect((await why(['SETEX a 0 x']))?.[1]).toContain('greater than 0')
  expect((await why(['ZRANGEBYLEX z a b']))?.[1]).toContain('[word')
  expect((await why(['AUTH nobody x']))?.[1]).toContain('This user or this password')
  expect((await why(['CONFIG SET maxmemory 1', 'SET a 1']))?.[1]).toContain('maxmemory')
  expect(await why(['GET a', 'MULTI', 'GET b', 'EXEC'])).toBeNull()
})
