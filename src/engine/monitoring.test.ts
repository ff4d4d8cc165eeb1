import { expect, test } from 'vitest'
import { split } from '../wire/line.ts'
import { show } from '../wire/show.ts'
import { Engine } from './engine.ts'

const at = Date.UTC(2026, 0, 1) + 0.25

function started(): Engine {
  const engine = new Engine({ seed: 1, at })
  for (const client of [1, 2]) engine.apply({ do: 'connect', at, client, name: `C${client}`, db: 0 })
  return engine
}

/** What a client hears, in order; the instant and the address taken out of MONITOR's lines. */
function say(engine: Engine, client: number, line: string, listener = 2): string[] {
  return engine.apply({ do: 'send', at, client, argv: split(line)! }).flatMap((one) => {
    if (one.on === 'cancelled' && one.client === listener) return 'cancelled'
    const told = one.on === 'reply' ? one.reply : one.on === 'push' ? one.message : undefined
    if (told === undefined || !('client' in one) || one.client !== listener) return []
    return show(told).replace(/^1767225600\.000250 \[(\d+) 127\.0\.0\.1:5000\d\]/, '[$1]')
  })
}

test('who monitors sees what others run, when it has run', () => {
  const engine = started()
  expect(say(engine, 2, 'MONITOR')).toEqual(['OK'])
  const seen = (line: string) => say(engine, 1, line)
  expect(seen('SET k "a\\n\\"b\\xff"')).toEqual(['[0] "SET" "k" "a\\n\\"b\\xff"'])
  expect(seen('hget k f')).toEqual(['[0] "hget" "k" "f"'])
  expect(seen('NOSUCH')).toEqual([])
  expect(seen('SET k')).toEqual([])
  expect(seen('CONFIG GET save')).toEqual([])
  expect(seen('CLIENT LIST')).toEqual([])
  expect(seen('CLIENT ID')).toEqual(['[0] "CLIENT" "ID"'])
  expect(seen('AUTH default secret')).toEqual(['[0] "AUTH" "(redacted)" "(redacted)"'])
  expect(seen('HELLO 2 AUTH default secret SETNAME me')).toEqual([
    '[0] "HELLO" "2" "AUTH" "(redacted)" "(redacted)" "SETNAME" "me"',
  ])
  expect(seen('SELECT 3')).toEqual(['[3] "SELECT" "3"'])
  expect(seen('SELECT 99')).toEqual(['[3] "SELECT" "99"'])
  expect(seen('RESET')).toEqual(['[0] "RESET"'])
})

test('a transaction is seen as it runs, a wait once', () => {
  const engine = started()
  say(engine, 2, 'MONITOR')
  expect(say(engine, 1, 'MULTI')).toEqual(['[0] "MULTI"'])
  expect(say(engine, 1, 'INCR a')).toEqual([])
  expect(say(engine, 1, 'EXEC')).toEqual(['[0] "INCR" "a"', '[0] "EXEC"'])
  expect(say(engine, 1, 'BLPOP jobs 0')).toEqual(['[0] "BLPOP" "jobs" "0"'])
  engine.apply({ do: 'connect', at, client: 3, name: 'C3', db: 0 })
  expect(say(engine, 3, 'LPUSH jobs a')).toEqual(['[0] "LPUSH" "jobs" "a"'])
})

test('who monitors sees its own commands after their replies, and may not touch keys', () => {
  const engine = started()
  say(engine, 2, 'MONITOR')
  expect(say(engine, 2, 'PING')).toEqual(['PONG', '[0] "PING"'])
  expect(say(engine, 2, 'GET k')).toEqual(["(error) ERR Replica can't interact with the keyspace"])
  expect(say(engine, 2, 'MONITOR')).toEqual(['cancelled'])
  expect(say(engine, 2, 'PING')).toEqual(['PONG', '[0] "PING"'])
  expect(say(engine, 2, 'RESET')).toEqual(['RESET'])
  expect(say(engine, 1, 'SET k v')).toEqual([])
  expect(say(engine, 2, 'GET k')).toEqual(['"v"'])
})

test('MONITOR is refused in a transaction, and lasts through an image', () => {
  const engine = started()
  say(engine, 2, 'MULTI')
  say(engine, 2, 'MONITOR')
  expect(say(engine, 2, 'EXEC')).toEqual(["1) (error) ERR MONITOR isn't allowed for DENY BLOCKING client"])
  say(engine, 2, 'MONITOR')
  const restored = Engine.restore(engine.image())
  expect(say(restored, 1, 'SET k v')).toEqual(['[0] "SET" "k" "v"'])
  expect(restored.state(2)?.monitoring).toBe(true)
})
