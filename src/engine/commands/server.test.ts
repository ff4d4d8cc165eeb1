import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { latin } from '../../wire/bytes.ts'
import { split } from '../../wire/line.ts'
import { show } from '../../wire/show.ts'
import { Engine, type Output } from '../engine.ts'

const START = Date.UTC(2026, 0, 1)

const start = (clients = 2) => {
  const engine = new Engine({ seed: 7, at: START })
  for (let client = 1; client <= clients; client++)
    engine.apply({ do: 'connect', at: START, client, name: String(client), db: 0 })
  return engine
}
const send = (engine: Engine, client: number, line: string, at = START): readonly Output[] =>
  engine.apply({ do: 'send', at, client, argv: split(line)! })
const ask = (engine: Engine, client: number, line: string, at = START): string =>
  send(engine, client, line, at)
    .flatMap((output) => (output.on === 'reply' && output.client === client ? [show(output.reply)] : []))
    .join('\n')
/** The text of a reply that is one string. */
const text = (engine: Engine, line: string, at = START): string => {
  const reply = send(engine, 1, line, at).find((output) => output.on === 'reply')
  return reply?.on === 'reply' && typeof reply.reply === 'string' ? reply.reply : ''
}
/** What came out, without what the page alone needs. */
const heard = (outputs: readonly Output[]) =>
  outputs.flatMap((output) => {
    if (output.on === 'reply') return [`${output.client}: ${show(output.reply)}`]
    return output.on === 'gone' || output.on === 'cancelled' ? [`${output.client} ${output.on}`] : []
  })
const info = (engine: Engine, section: string): Map<string, string> =>
  new Map(
    text(engine, `INFO ${section}`)
      .split('\r\n')
      .filter((line) => line.includes(':'))
      .map((line) => line.split(':', 2) as [string, string]),
  )

test('QUIT closes the client after its OK', () => {
  const engine = start()
  send(engine, 1, 'WATCH k')
  expect(heard(send(engine, 1, 'QUIT'))).toEqual(['1: OK', '1 gone'])
  expect(engine.clients).toEqual([2])
  expect(heard(send(engine, 1, 'PING'))).toEqual([])
})

test('CLIENT KILL closes others at once, with all they had sent', () => {
  const engine = start(3)
  send(engine, 2, 'BLPOP l 0')
  send(engine, 2, 'PING')
  expect(heard(send(engine, 1, 'CLIENT KILL ID 2'))).toEqual(['2 cancelled', '2 cancelled', '2 gone', '1: (integer) 1'])
  expect(ask(engine, 3, 'LPUSH l x')).toBe('(integer) 1')
  expect(ask(engine, 3, 'LLEN l')).toBe('(integer) 1')
})

test('CLIENT KILL of oneself answers first', () => {
  const engine = start()
  expect(heard(send(engine, 1, 'CLIENT KILL ID 1 SKIPME no'))).toEqual(['1: (integer) 1', '1 gone'])
  expect(heard(send(engine, 2, 'CLIENT KILL 127.0.0.1:50002'))).toEqual(['2: OK', '2 gone'])
})

test('CLIENT KILL spares the one who asks', () => {
  const engine = start(3)
  expect(heard(send(engine, 1, 'CLIENT KILL TYPE normal'))).toEqual(['2 gone', '3 gone', '1: (integer) 2'])
})

test('CLIENT UNBLOCK ends a wait, and what was sent meanwhile runs', () => {
  const engine = start()
  send(engine, 2, 'BLPOP l 0')
  send(engine, 2, 'SET a 1')
  expect(heard(send(engine, 1, 'CLIENT UNBLOCK 2'))).toEqual(['2: (nil)', '1: (integer) 1', '2: OK'])
  send(engine, 2, 'BLPOP l 0')
  expect(heard(send(engine, 1, 'CLIENT UNBLOCK 2 ERROR'))).toEqual([
    '2: (error) UNBLOCKED client unblocked via CLIENT UNBLOCK',
    '1: (integer) 1',
  ])
  expect(ask(engine, 1, 'CLIENT UNBLOCK 2')).toBe('(integer) 0')
})

test('CLIENT LIST tells each client’s state', () => {
  const engine = start(3)
  send(engine, 1, 'CLIENT SETNAME me')
  send(engine, 2, 'BLPOP l 0')
  send(engine, 3, 'SELECT 4')
  send(engine, 3, 'WATCH k')
  send(engine, 3, 'MULTI')
  send(engine, 3, 'SET k 1')
  const lines = text(engine, 'CLIENT LIST', START + 5000).split('\n')
  expect(lines[0]).toMatch(/^id=1 .* name=me age=5 idle=0 flags=N db=0 .* multi=-1 watch=0 .* cmd=client\|list /)
  expect(lines[1]).toMatch(/^id=2 .* age=5 idle=5 flags=b .* cmd=blpop /)
  expect(lines[2]).toMatch(/^id=3 .* flags=x db=4 .* multi=1 watch=1 .* cmd=set /)
})

test('the settings of a client survive the image', () => {
  const engine = start()
  for (const line of ['HELLO 3 SETNAME me', 'CLIENT SETINFO LIB-NAME x', 'CLIENT NO-TOUCH ON', 'CLIENT REPLY OFF'])
    send(engine, 1, line)
  const again = Engine.restore(engine.image())
  expect(again.image()).toEqual(engine.image())
  expect(heard(send(again, 1, 'PING'))).toEqual(['1 cancelled'])
  expect(ask(again, 1, 'CLIENT REPLY ON')).toBe('OK')
  expect(ask(again, 1, 'CLIENT GETNAME')).toBe('"me"')
  expect(ask(again, 1, 'CLIENT INFO')).toContain('flags=T')
})

test('INFO has the server’s sections and fields, in its order', () => {
  const engine = start()
  send(engine, 1, 'SET a 1')
  send(engine, 1, 'NOSUCH')
  const names = (lines: readonly string[]) =>
    lines
      .map((line) => line.split(':', 1)[0]!)
      .filter((line) => line !== '' && !/^(?:cmdstat|errorstat|latency_percentiles|db\d|module$)/.test(line))
  const file = new URL('../../conformance/oracle/info-fields-8.0.2.txt', import.meta.url)
  const theirs = names(readFileSync(file, 'utf8').split('\n'))
  const ours = names(text(engine, 'INFO everything').split('\r\n'))
  expect(ours.length).toBeGreaterThan(100)
  expect(theirs.filter((name) => ours.includes(name))).toEqual(ours)
})

test('INFO counts what happened', () => {
  const engine = start()
  for (const line of ['SET a 1', 'GET a', 'GET b', 'INCR a', 'LPUSH a x', 'GET']) send(engine, 1, line)
  const stats = info(engine, 'stats')
  expect(stats.get('keyspace_hits')).toBe('1')
  expect(stats.get('keyspace_misses')).toBe('1')
  expect(stats.get('total_error_replies')).toBe('2')
  expect(info(engine, 'errorstats')).toEqual(
    new Map([
      ['errorstat_WRONGTYPE', 'count=1'],
      ['errorstat_ERR', 'count=1'],
    ]),
  )
  expect(info(engine, 'commandstats').get('cmdstat_get')).toMatch(/^calls=2,.*rejected_calls=1,failed_calls=0$/)
  send(engine, 1, 'CONFIG RESETSTAT')
  expect(info(engine, 'stats').get('keyspace_hits')).toBe('0')
  expect(info(engine, 'errorstats').size).toBe(0)
})

test('what is dirt: FLUSH counts keys, SWAPDB one, POPULATE none; a save cleans', () => {
  const engine = start()
  const dirt = () => info(engine, 'persistence').get('rdb_changes_since_last_save')
  send(engine, 1, 'MSET a 1 b 2 c 3')
  expect(dirt()).toBe('3')
  send(engine, 1, 'FLUSHDB')
  expect(dirt()).toBe('6')
  send(engine, 1, 'FLUSHALL')
  send(engine, 1, 'SWAPDB 0 0')
  send(engine, 1, 'DEBUG POPULATE 5')
  expect(dirt()).toBe('7')
  send(engine, 1, 'SAVE')
  expect(dirt()).toBe('0')
})

test('a background save takes its time, and another task waits behind it', () => {
  const engine = start()
  send(engine, 1, 'SET a 1')
  expect(ask(engine, 1, 'BGSAVE')).toBe('Background saving started')
  expect(ask(engine, 1, 'SAVE')).toBe('(error) ERR Background save already in progress')
  expect(ask(engine, 1, 'BGSAVE')).toBe('(error) ERR Background save already in progress')
  expect(ask(engine, 1, 'BGREWRITEAOF')).toBe('Background append only file rewriting scheduled')
  send(engine, 1, 'SET b 1')
  const done = engine.nextWake()!
  engine.apply({ do: 'tick', at: done })
  const persistence = info(engine, 'persistence')
  expect(persistence.get('rdb_changes_since_last_save')).toBe('1')
  expect(persistence.get('rdb_bgsave_in_progress')).toBe('0')
  expect(persistence.get('aof_rewrite_in_progress')).toBe('1')
  expect(ask(engine, 1, 'BGREWRITEAOF')).toBe('(error) ERR Background append only file rewriting already in progress')
  expect(ask(engine, 1, 'BGSAVE')).toMatch(/^\(error\) ERR Another child process is active/)
  expect(ask(engine, 1, 'BGSAVE SCHEDULE')).toBe('Background saving scheduled')
  for (let i = 0; i < 3; i++) engine.apply({ do: 'tick', at: engine.nextWake() ?? engine.now })
  expect(engine.nextWake()).toBeNull()
  expect(info(engine, 'persistence').get('rdb_saves')).toBe('2')
})

test('a save point saves by itself', () => {
  const engine = start()
  send(engine, 1, 'CONFIG SET save "60 2"')
  send(engine, 1, 'SET a 1')
  expect(engine.nextWake()).toBeNull()
  send(engine, 1, 'SET b 1')
  expect(engine.nextWake()).toBe(START + 61000)
  engine.apply({ do: 'tick', at: START + 61000 })
  engine.apply({ do: 'tick', at: engine.nextWake()! })
  expect(engine.nextWake()).toBeNull()
  expect(ask(engine, 1, 'LASTSAVE')).toBe(`(integer) ${START / 1000 + 61}`)
})

test('FLUSHALL with save points is a save', () => {
  const engine = start()
  send(engine, 1, 'CONFIG SET save "60 2"')
  send(engine, 1, 'SET a 1', START + 5000)
  send(engine, 1, 'FLUSHALL', START + 5000)
  expect(ask(engine, 1, 'LASTSAVE')).toBe(`(integer) ${START / 1000 + 5}`)
  expect(info(engine, 'persistence').get('rdb_changes_since_last_save')).toBe('0')
})

test('FLUSHALL tells which keys went', () => {
  const engine = start()
  send(engine, 1, 'MSET a 1 b 2')
  const unit = send(engine, 1, 'FLUSHALL').find((output) => output.on === 'unit')
  expect(unit).toMatchObject({
    changes: [
      { key: 'a', now: null },
      { key: 'b', now: null },
    ],
  })
})

test('DEBUG SLEEP lets time pass', () => {
  const engine = start()
  send(engine, 1, 'SET a 1 PX 50')
  send(engine, 1, 'DEBUG SLEEP 0.1')
  expect(engine.now).toBe(START + 100)
  expect(ask(engine, 1, 'GET a')).toBe('(nil)')
})

test('looking counts nothing', () => {
  const engine = start()
  send(engine, 1, 'SET a 1')
  const image = engine.image()
  engine.peek(START, 0, [latin('GET'), latin('a')])
  engine.peek(START, 0, [latin('LOLWUT')])
  expect(engine.image()).toEqual(image)
})
