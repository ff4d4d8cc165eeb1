import { expect, test } from 'vitest'
import { split } from '../wire/line.ts'
import { show } from '../wire/show.ts'
import { Engine, type Output } from './engine.ts'

const start = Date.UTC(2026, 0, 1)

function machine(clients: number) {
  const engine = new Engine({ seed: 1, at: start })
  let at = start
  const connect = (client: number) => engine.apply({ do: 'connect', at, client, name: `C${client}`, db: 0 })
  for (let client = 1; client <= clients; client++) connect(client)
  return {
    engine,
    connect,
    pass: (ms: number): readonly Output[] => engine.apply({ do: 'tick', at: (at += ms) }),
    send: (client: number, line: string): readonly Output[] =>
      engine.apply({ do: 'send', at, client, argv: split(line)! }),
  }
}

type Machine = ReturnType<typeof machine>

/** The client's own reply. */
function ask({ send }: Machine, client: number, line: string): string {
  const reply = send(client, line).find((one) => one.on === 'reply' && one.client === client)
  return reply?.on === 'reply' ? show(reply.reply) : 'no reply'
}

const ends = (outputs: readonly Output[]) =>
  outputs.flatMap((one) => (one.on === 'gone' || one.on === 'cancelled' ? `${one.on} ${one.client}` : []))

test('SHUTDOWN has no reply and closes every client; who comes next finds the snapshot, and nothing else', () => {
  const m = machine(3)
  for (const line of ['SET k v', 'CONFIG SET maxmemory-policy allkeys-lru', 'CONFIG SET requirepass secret', 'WATCH k'])
    expect(ask(m, 1, line)).toBe('OK')
  ask(m, 2, 'SUBSCRIBE news')
  m.send(3, 'BLPOP list 0')
  expect(ask(m, 1, 'SAVE')).toBe('OK')
  expect(ask(m, 1, 'SET lost v')).toBe('OK')
  m.pass(5000)
  const outputs = m.send(1, 'SHUTDOWN NOSAVE')
  expect(outputs.filter(({ on }) => on === 'reply' || on === 'push')).toEqual([])
  expect(ends(outputs)).toEqual(['gone 1', 'gone 2', 'cancelled 3', 'gone 3'])
  expect(outputs.filter((one) => one.on === 'gone').every(({ down }) => down)).toBe(true)
  expect(m.engine.clients).toEqual([])

  m.connect(4)
  expect(ask(m, 4, 'GET k')).toBe('"v"')
  expect(ask(m, 4, 'GET lost')).toBe('(nil)')
  expect(ask(m, 4, 'PUBLISH news hello')).toBe('(integer) 0')
  expect(ask(m, 4, 'CONFIG GET maxmemory-policy')).toContain('noeviction')
  expect(ask(m, 4, 'LASTSAVE')).toBe(`(integer) ${start / 1000 + 5}`)
  const info = ask(m, 4, 'INFO everything')
  for (const field of ['uptime_in_seconds:0', 'rdb_changes_since_last_save:0', 'expired_keys:0', 'blocked_clients:0'])
    expect(info).toContain(field)
  expect(info).not.toContain('cmdstat_blpop')
})

test('SHUTDOWN that a pause holds back runs at its end; what was held back behind it is never run', () => {
  const m = machine(3)
  ask(m, 1, 'CLIENT PAUSE 100 ALL')
  m.send(2, 'SHUTDOWN')
  m.send(3, 'SET k v')
  expect(ends(m.pass(100))).toEqual(['gone 1', 'gone 2', 'cancelled 3', 'gone 3'])
  m.connect(4)
  expect(ask(m, 4, 'GET k')).toBe('(nil)')
})

test('a pause survives the image: what was held back runs at its end', () => {
  const m = machine(2)
  ask(m, 1, 'CLIENT PAUSE 100 WRITE')
  m.send(2, 'SET k v')
  const back = Engine.restore(m.engine.image())
  expect(back.state(2)!.blocked).toEqual({ command: 'set', cause: 'pause', keys: [], since: start, until: start + 100 })
  expect(back.nextWake()).toBe(start + 100)
  expect(back.apply({ do: 'tick', at: start + 99 })).toEqual([])
  const replies = back.apply({ do: 'tick', at: start + 100 }).filter(({ on }) => on === 'reply')
  expect(replies).toMatchObject([{ client: 2, reply: { kind: 'status', text: 'OK' } }])
  expect(back.nextWake()).toBeNull()
})

test('a person frees a command that a pause holds back, and it is never run', () => {
  const m = machine(2)
  ask(m, 1, 'CLIENT PAUSE 100 WRITE')
  m.send(2, 'SET k v')
  expect(ends(m.engine.apply({ do: 'cancel', at: start, client: 2 }))).toEqual(['cancelled 2'])
  m.pass(200)
  expect(ask(m, 2, 'GET k')).toBe('(nil)')
})

test('an entry of the slow log: number, second, microseconds, words, address, name; long words are cut, secrets hidden', () => {
  const m = machine(1)
  ask(m, 1, 'CONFIG SET slowlog-log-slower-than 10000')
  ask(m, 1, 'CLIENT SETNAME joe')
  ask(m, 1, 'DEBUG SLEEP 0.02')
  expect(ask(m, 1, 'SLOWLOG GET').replaceAll(/\s+/g, ' ')).toBe(
    `1) 1) (integer) 0 2) (integer) ${start / 1000} 3) (integer) 20000 4) 1) "DEBUG" 2) "SLEEP" 3) "0.02" ` +
      '5) "127.0.0.1:50001" 6) "joe"',
  )
  ask(m, 1, 'CONFIG SET slowlog-log-slower-than 0')
  const logged = (line: string) => {
    ask(m, 1, line)
    return ask(m, 1, 'SLOWLOG GET 1')
  }
  expect(logged(`SET k ${'a'.repeat(129)}`)).toContain(`"${'a'.repeat(128)}... (1 more bytes)"`)
  expect(logged(`SET k ${'a'.repeat(128)}`)).toContain(`"${'a'.repeat(128)}"`)
  expect(logged(`SADD s ${'x '.repeat(30)}`)).not.toContain('more arguments')
  expect(logged(`SADD s ${'x '.repeat(31)}`)).toContain('32) "... (2 more arguments)"')
  expect(logged('AUTH default secret')).not.toContain('secret')
  expect(logged('CONFIG SET maxmemory 100mb requirepass secret')).toMatch(
    /"100mb".*\n.*"requirepass".*\n.*"\(redacted\)"/,
  )
})

test('CLIENT UNBLOCK frees who waits for replicas, and not who is held back by a pause', () => {
  const m = machine(4)
  m.send(2, 'WAIT 1 0')
  m.send(3, 'WAITAOF 0 1 0')
  ask(m, 1, 'CLIENT PAUSE 100 WRITE')
  m.send(4, 'SET k v')
  const freed = (line: string) =>
    m.send(1, line).flatMap((one) => (one.on === 'reply' ? `${one.client} ${show(one.reply)}` : []))
  expect(freed('CLIENT UNBLOCK 2')).toEqual(['2 (integer) 0', '1 (integer) 1'])
  expect(freed('CLIENT UNBLOCK 3 ERROR')).toEqual([
    '3 (error) UNBLOCKED client unblocked via CLIENT UNBLOCK',
    '1 (integer) 1',
  ])
  expect(freed('CLIENT UNBLOCK 4')).toEqual(['1 (integer) 0'])
})
