import { expect, test } from 'vitest'
import type { Restarted } from '../session/protocol.ts'
import { fromArray } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import { show } from '../wire/show.ts'
import { readRdb } from '../rdb/file.ts'
import { Engine, type Output } from './engine.ts'
import { saveNow } from './saving.ts'
import { Server } from './server.ts'

const START = Date.UTC(2026, 0, 1)

/** An engine with one client, at an instant that a test moves. */
function machine(observe = true) {
  const engine = new Engine({ seed: 7, at: START, observe })
  const it = {
    engine,
    at: START,
    client: 0,
    connect: () => void engine.apply({ do: 'connect', at: it.at, client: ++it.client, name: 'A', db: 0 }),
    send: (line: string) => engine.apply({ do: 'send', at: it.at, client: it.client, argv: split(line)! }),
    ask(line: string): string {
      const reply = it.send(line).find((output) => output.on === 'reply')
      return reply?.on === 'reply' ? show(reply.reply) : 'no reply'
    },
    run: (...lines: string[]) => lines.map((line) => it.ask(line)).join(' '),
    pass(ms: number): void {
      it.at += ms
      engine.apply({ do: 'tick', at: it.at })
    },
    befall(how: 'crash' | 'restart'): Restarted | null {
      const outputs = engine.apply({ do: how, at: it.at })
      if (engine.clients.length === 0) it.connect()
      return reportOf(outputs)
    },
    full: (full: boolean) => void engine.apply({ do: 'disk', at: it.at, full }),
    persistence: () =>
      Object.fromEntries(
        [...it.ask('INFO persistence').matchAll(/(rdb_[a-z_]+):(\S+?)\\r/g)].map(([, name, value]) => [name!, value!]),
      ),
  }
  it.connect()
  return it
}

const reportOf = (outputs: readonly Output[]) => outputs.find((output) => output.on === 'reloaded')?.report ?? null

const file = (engine: Engine) => readRdb(engine.disk.files.get('dump.rdb')!.bytes)

test('a crash takes what was not saved, brings back what was removed, and forgets all else', () => {
  const m = machine()
  m.run('SET kept 1', 'SET older 1', 'SET removed 1', 'SELECT 3', 'RPUSH there a b', 'SELECT 0', 'SAVE')
  m.run('SET older 2', 'DEL removed', 'SET lost 1', 'CONFIG SET maxmemory-policy allkeys-lru', 'WATCH kept', 'MULTI')
  const report = m.befall('crash')!
  expect(report).toMatchObject({ how: 'crash', lost: 1, older: 1, back: 1, expired: 0, unread: [], damage: null })
  expect(report.before).toEqual([
    { db: 0, keys: 3 },
    { db: 3, keys: 1 },
  ])
  expect(report.keys.map(({ fate, key, was, now }) => [fate, key, was?.peek, now?.peek])).toEqual([
    ['lost', 'lost', '1', undefined],
    ['older', 'older', '2', '1'],
    ['back', 'removed', undefined, '1'],
  ])
  expect(report.file).toEqual({ path: 'dump.rdb', size: m.engine.disk.files.get('dump.rdb')!.bytes.length, at: START })
  expect(m.run('GET older', 'EXISTS lost', 'GET removed', 'CONFIG GET maxmemory-policy')).toBe(
    '"1" (integer) 0 "1" 1) "maxmemory-policy"\n2) "noeviction"',
  )
})

test('without a file a crash leaves nothing', () => {
  const m = machine()
  m.run('SET a 1')
  expect(m.befall('crash')).toMatchObject({ file: null, lost: 1, after: [] })
  expect(m.ask('DBSIZE')).toBe('(integer) 0')
})

test('a restart saves first where there are save points, and is refused where that fails', () => {
  const m = machine()
  m.run('SET a 1')
  expect(m.befall('restart')).toMatchObject({ lost: 1 })
  m.run('SET a 1', 'CONFIG SET save "3600 9"')
  m.full(true)
  expect(m.befall('restart')).toBeNull()
  expect(m.ask('GET a')).toBe('"1"')
  m.full(false)
  expect(m.befall('restart')).toMatchObject({ how: 'restart', lost: 0, after: [{ db: 0, keys: 1 }] })
})

test('a background save has the keys as they were when it began, and its file is there when it ends', () => {
  const m = machine()
  m.run('SET a before', 'BGSAVE', 'SET a after', 'SET b 1')
  expect(m.engine.disk.files.size).toBe(0)
  m.pass(20)
  expect(file(m.engine).keys.map(({ key, value }) => [key, value])).toEqual([
    ['a', { type: 'string', value: 'before' }],
  ])
  expect(m.persistence()).toMatchObject({
    rdb_changes_since_last_save: '2',
    rdb_saves: '1',
    rdb_bgsave_in_progress: '0',
  })
})

test('a crash during a background save leaves the file before it', () => {
  const m = machine()
  m.run('SET a old', 'SAVE', 'SET a new', 'BGSAVE')
  m.befall('crash')
  m.pass(1000)
  expect(m.ask('GET a')).toBe('"old"')
})

test('a full disk: saves fail, writes are refused, and the next good save heals', () => {
  const m = machine()
  m.run('SET a 1', 'CONFIG SET save "3600 1"')
  m.full(true)
  expect(m.run('SAVE', 'SET a 2')).toBe('(error) ERR OK')
  expect(m.ask('BGSAVE')).toBe('Background saving started')
  m.pass(20)
  expect(m.persistence()).toMatchObject({
    rdb_last_bgsave_status: 'err',
    rdb_changes_since_last_save: '2',
    rdb_saves: '2',
  })
  for (const line of ['SET a 3', 'PING', 'EXPIRE nosuch 1', 'FLUSHALL'])
    expect(m.ask(line)).toMatch(/^\(error\) MISCONF /)
  expect(m.run('GET a', 'SHUTDOWN', 'DEBUG RELOAD')).toBe(
    '"2" (error) ERR Errors trying to SHUTDOWN. Check logs. (error) ERR',
  )
  expect(m.run('MULTI', 'GET a')).toBe('OK QUEUED')
  expect(m.ask('SET a 4')).toMatch(/^\(error\) MISCONF /)
  expect(m.ask('EXEC')).toBe('(error) EXECABORT Transaction discarded because of previous errors.')
  expect(m.run('CONFIG SET stop-writes-on-bgsave-error no', 'SET a 3')).toBe('OK OK')
  expect(m.run('CONFIG SET stop-writes-on-bgsave-error yes')).toBe('OK')
  m.full(false)
  expect(m.run('BGSAVE')).toBe('Background saving started')
  expect(m.ask('SET a 4')).toMatch(/MISCONF/)
  m.pass(20)
  expect(m.run('SET a 5', 'PING')).toBe('OK PONG')
  expect(m.persistence()).toMatchObject({ rdb_last_bgsave_status: 'ok', rdb_changes_since_last_save: '1' })
})

test('EXEC of writes that were queued before the disk was full is refused, and with it the transaction', () => {
  const m = machine()
  m.run('CONFIG SET save "3600 1"', 'SET a 1', 'BGSAVE', 'MULTI', 'SET a 2')
  m.full(true)
  m.pass(20)
  expect(m.ask('EXEC')).toMatch(/^\(error\) EXECABORT Transaction discarded because of: MISCONF /)
  expect(m.run('GET a')).toBe('"1"')
})

test('save points count whole seconds, and after a save that failed another six', () => {
  const m = machine()
  m.pass(600)
  m.run('SAVE', 'CONFIG SET save "2 2 5 1"', 'SET a 1')
  expect(m.engine.nextWake()).toBe(START + 6000)
  m.run('SET a 2')
  expect(m.engine.nextWake()).toBe(START + 3000)
  m.full(true)
  m.pass(2400)
  m.pass(20)
  expect(m.persistence()).toMatchObject({ rdb_last_bgsave_status: 'err', rdb_saves: '2' })
  expect(m.engine.nextWake()).toBe(START + 9000)
})

test('a save point without changes saves again and again; a leap of the clock does not take as many steps', () => {
  const m = machine()
  m.run('CONFIG SET save "1 0"')
  expect(m.engine.nextWake()).toBe(START + 2000)
  m.pass(365 * 86_400_000)
  expect(Number(m.persistence()['rdb_saves'])).toBeLessThan(20)
})

test('a leap of the clock saves when it was due, once for what was changed', () => {
  const m = machine()
  m.run('CONFIG SET save "60 1"', 'SET a 1')
  m.pass(120_000)
  expect(m.ask('LASTSAVE')).toBe(`(integer) ${START / 1000 + 61}`)
  expect(m.persistence()).toMatchObject({ rdb_changes_since_last_save: '0', rdb_saves: '1' })
  expect(m.engine.nextWake()).toBeNull()
})

test('a change long after the last save is saved at once, but not before it was there', () => {
  const m = machine()
  m.run('CONFIG SET save "60 1"')
  m.pass(300_000)
  m.run('SET a 1')
  expect(m.befall('crash')).toMatchObject({ lost: 1, file: null })
  m.run('CONFIG SET save "60 1"')
  m.pass(300_000)
  m.run('SET a 1')
  m.pass(19)
  expect(m.persistence()).toMatchObject({ rdb_bgsave_in_progress: '1' })
  m.pass(1)
  expect(m.befall('crash')).toMatchObject({ lost: 0, file: { at: START + 600_020 } })
})

test('keys whose time has come while the file lay there are left out; fields of hashes come and go by themselves', () => {
  const m = machine()
  m.run('SET a 1 PX 5000', 'SET b 1 EX 100', 'HSET h f 1 g 2', 'HPEXPIRE h 5000 FIELDS 1 f', 'SAVE', 'PERSIST a')
  m.pass(5001)
  expect(m.befall('crash')).toMatchObject({ expired: 1, lost: 1 })
  expect(m.run('EXISTS a', 'TTL b', 'HLEN h')).toBe('(integer) 0 (integer) 95 (integer) 1')
  expect(m.persistence()).toMatchObject({ rdb_last_load_keys_expired: '1', rdb_last_load_keys_loaded: '2' })
})

test('FLUSHALL writes an empty file where there are save points, and none where there are not', () => {
  const m = machine()
  m.run('SET a 1', 'SAVE', 'FLUSHALL')
  m.befall('crash')
  expect(m.ask('GET a')).toBe('"1"')
  m.run('CONFIG SET save "3600 1"', 'FLUSHALL')
  m.befall('crash')
  expect(m.ask('DBSIZE')).toBe('(integer) 0')
  expect(file(m.engine).keys).toEqual([])
})

test('SHUTDOWN saves as it is told, or where there are save points', () => {
  const m = machine()
  const after = (line: string) => {
    m.run('SET a 1')
    m.send(line)
    m.connect()
    return m.ask('GET a')
  }
  expect(after('SHUTDOWN')).toBe('(nil)')
  expect(after('SHUTDOWN SAVE')).toBe('"1"')
  m.run('DEL a', 'SAVE', 'CONFIG SET save "3600 1"')
  expect(after('SHUTDOWN NOSAVE')).toBe('(nil)')
  m.run('CONFIG SET save "3600 1"')
  expect(after('SHUTDOWN')).toBe('"1"')
  m.run('CONFIG SET save "3600 1"', 'SET a 2')
  m.full(true)
  m.send('SHUTDOWN FORCE')
  m.connect()
  expect(m.ask('GET a')).toBe('"1"')
})

test('DEBUG RELOAD goes to the file and back, DEBUG CRASH-AND-RECOVER comes back with it', () => {
  const m = machine()
  m.run('SET a 1', 'RPUSH l x y')
  const digest = m.ask('DEBUG DIGEST')
  expect(m.run('DEBUG RELOAD', 'DEBUG DIGEST')).toBe(`OK ${digest}`)
  m.run('WATCH a', 'SET b 1', 'DEBUG RELOAD NOSAVE NOFLUSH MERGE')
  expect(m.run('EXISTS b', 'DEBUG RELOAD NOSAVE', 'EXISTS b')).toBe('(integer) 1 OK (integer) 0')
  expect(m.run('MULTI', 'GET a', 'EXEC')).toBe('OK QUEUED (nil)')
  m.run('SET b 1', 'SET c 1 PX 100')
  expect(reportOf(m.send('DEBUG CRASH-AND-RECOVER 3000'))).toMatchObject({ how: 'crash', lost: 1 })
  expect(m.engine.now).toBe(START + 3000)
  m.connect()
  expect(m.ask('DEBUG DIGEST')).toBe(digest)
})

test('the disk and a save under way are in the image', () => {
  const m = machine()
  m.run('SET a 1', 'SAVE', 'SET a 2', 'BGSAVE')
  m.full(true)
  const again = Engine.restore(m.engine.image())
  expect(again.image()).toEqual(m.engine.image())
  again.apply({ do: 'disk', at: START, full: false })
  again.apply({ do: 'tick', at: START + 20 })
  expect(file(again).keys[0]!.value).toEqual({ type: 'string', value: '2' })
})

test('rdbcompression takes effect', () => {
  const m = machine()
  const long = 'x'.repeat(1000)
  m.run(`SET a ${long}`, 'SAVE')
  const packed = m.engine.disk.files.get('dump.rdb')!.bytes.length
  m.run('CONFIG SET rdbcompression no', 'SAVE')
  const { bytes } = m.engine.disk.files.get('dump.rdb')!
  expect(packed).toBeLessThan(300)
  expect(fromArray(bytes, 0, bytes.length)).toContain(long)
})

test('dir, dbfilename and rdbchecksum take effect where a server begins with others', () => {
  const server = new Server(1, START)
  server.config.restoreValue('dir', '/data/')
  server.config.restoreValue('dbfilename', 'shop.rdb')
  server.config.restoreValue('rdbchecksum', 'no')
  expect(saveNow(server)).toBe(true)
  const written = server.disk.files.get('/data/shop.rdb')!
  expect([...written.bytes.subarray(-8)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  expect(readRdb(written.bytes).damage).toBeNull()
})

test('a damaged file is not read: the server begins empty and says why', () => {
  const m = machine()
  m.run('SET a 1', 'SAVE')
  m.engine.disk.files.get('dump.rdb')!.bytes[20]! ^= 0xff
  expect(m.befall('crash')!.damage).toMatchObject({ kind: 'form', reason: 'a string of a form that is not known' })
  expect(m.ask('DBSIZE')).toBe('(integer) 0')
})

test('nobody is told where nobody observes', () => {
  const m = machine(false)
  m.run('SET a 1')
  expect(m.befall('crash')).toBeNull()
})
