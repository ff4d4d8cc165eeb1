import { expect, test, vi } from 'vitest'
import { fromArray, latin } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import { show } from '../wire/show.ts'
import type { DiskFile, Event } from './protocol.ts'
import { idle, LastingStore, ManualTime, testSession } from './testing.ts'
import { MemoryStore } from '../storage/memory.ts'

type Opened = ReturnType<typeof testSession>

/** A page in miniature: rows by seq, as a console has them. */
function page({ session }: Opened) {
  const rows = new Map<number, string>()
  const events: Event[] = []
  session.listen((event) => {
    events.push(event)
    if (event.on === 'reply') rows.set(event.seq, show(event.reply))
    if (event.on === 'cancelled') rows.set(event.seq, '^C')
  })
  return {
    rows,
    events,
    type: async (client: number, line: string): Promise<string> => {
      let seq = 0
      session.send(client, [split(line)!], ([first]) => (seq = first!))
      await idle()
      return rows.get(seq) ?? 'waiting'
    },
  }
}

const open = (session: Opened['session'], id: string | null = null) =>
  session.ask({ do: 'open', session: id, clients: ['A', 'B'] })

async function started(store = new LastingStore(), time = new ManualTime()) {
  const all = testSession(store, time)
  const opened = await open(all.session)
  return { ...all, opened, ...page(all) }
}

test('the reply of a command is known by its seq, even when it comes later', async () => {
  const { type, rows } = await started()
  expect(await type(1, 'SET k v')).toBe('OK')
  expect(await type(2, 'GET k')).toBe('"v"')
  expect([...rows.keys()]).toEqual([3, 4])
})

test('messages come as pushes, and every command has its one reply', async () => {
  const { type, events } = await started()
  expect(await type(1, 'HELLO 3')).not.toBe('waiting')
  expect(await type(1, 'SUBSCRIBE news weather')).toContain('"news"')
  expect(await type(2, 'PUBLISH weather rain')).toBe('(integer) 1')
  expect(await type(1, 'PING')).toBe('PONG')
  expect(await type(1, 'UNSUBSCRIBE')).toContain('"unsubscribe"')
  expect(await type(1, 'PING')).toBe('PONG')
  const pushes = events.flatMap((event) => (event.on === 'push' ? show(event.message).replaceAll('\n', ' ') : []))
  expect(pushes).toEqual([
    '1> "subscribe" 2> "weather" 3> (integer) 2',
    '1> "message" 2> "weather" 3> "rain"',
    '1> "unsubscribe" 2> "weather" 3> (integer) 0',
  ])
  const states = events.flatMap((event) => (event.on === 'client' && event.state.client === 1 ? event.state : []))
  expect(states.some(({ subscribed }) => subscribed.channels.join(' ') === 'news weather')).toBe(true)
  expect(states.at(-1)!.subscribed.channels).toEqual([])
})

test('SHUTDOWN: all clients are gone, others come with other numbers and find the keys; undo brings all back', async () => {
  const { session, type, events } = await started()
  await type(1, 'SET k v')
  await type(2, 'BLPOP jobs 0')
  expect(await type(1, 'SHUTDOWN SAVE')).toBe('waiting')
  const ends = events.filter(({ on }) => on === 'gone' || on === 'cancelled')
  expect(ends).toMatchObject([
    { on: 'gone', client: 1, down: true },
    { on: 'cancelled', client: 2, seq: 4 },
    { on: 'gone', client: 2, down: true },
  ])
  await expect(session.ask({ do: 'peek', db: 0, argv: split('GET k')! })).resolves.toBe('v')
  expect(await session.ask({ do: 'connect', name: 'A' })).toEqual({ client: 3 })
  expect(await type(3, 'GET k')).toBe('"v"')
  expect(await session.ask({ do: 'undo' })).toMatchObject({ what: { argv: ['GET', 'k'] } })
  expect(await session.ask({ do: 'undo' })).toMatchObject({ what: { argv: ['SHUTDOWN', 'SAVE'] } })
  const replaced = events.findLast(({ on }) => on === 'replaced')
  expect(replaced).toMatchObject({
    clients: [
      { client: 1, name: 'A' },
      { client: 2, name: 'B', blocked: { seq: 4, cause: 'keys' } },
    ],
  })
  // The client that came in the place of A went with it, and comes again.
  expect(await session.ask({ do: 'redo' })).toMatchObject({ what: { argv: ['SHUTDOWN', 'SAVE'] } })
  expect(await session.ask({ do: 'redo' })).toMatchObject({ what: { argv: ['GET', 'k'] } })
  expect(events.findLast(({ on }) => on === 'replaced')).toMatchObject({ clients: [{ client: 3, name: 'A' }] })
})

test('a crash: the answer tells what was lost, all clients are gone, and undo takes it back', async () => {
  const { session, type, events } = await started()
  await type(1, 'SET kept 1')
  await type(1, 'SAVE')
  await type(1, 'SET lost 1')
  await type(2, 'BLPOP jobs 0')
  const report = await session.ask({ do: 'crash', how: 'crash' })
  expect(report).toMatchObject({ how: 'crash', lost: 1, keys: [{ fate: 'lost', db: 0, key: 'lost', now: null }] })
  expect(events.filter(({ on }) => on === 'gone' || on === 'cancelled')).toMatchObject([
    { on: 'gone', client: 1, down: true },
    { on: 'cancelled', client: 2 },
    { on: 'gone', client: 2, down: true },
  ])
  expect(events.filter(({ on }) => on === 'reloaded' || on === 'replaced').map(({ on }) => on)).toEqual([
    'reloaded',
    'replaced',
  ])
  expect(await session.ask({ do: 'connect', name: 'A' })).toEqual({ client: 3 })
  expect(await type(3, 'MGET kept lost')).toBe('1) "1"\n2) (nil)')
  expect(await session.ask({ do: 'undo' })).toMatchObject({ what: { argv: ['MGET', 'kept', 'lost'] } })
  expect(await session.ask({ do: 'undo' })).toMatchObject({ what: { kind: 'server' } })
  expect(events.findLast(({ on }) => on === 'replaced')).toMatchObject({
    clients: [
      { client: 1, name: 'A' },
      { client: 2, name: 'B', blocked: { cause: 'keys' } },
    ],
  })
  expect(await type(1, 'GET lost')).toBe('"1"')
})

test('the disk tells its files; full, it refuses a restart that has to save, and undo makes room', async () => {
  const { session, type, time } = await started()
  await type(1, 'SET k v')
  await type(1, 'SAVE')
  await type(1, 'CONFIG SET save "3600 1"')
  const { files, full } = await session.ask({ do: 'disk', full: true })
  expect({ files, full }).toMatchObject({ files: [{ path: 'dump.rdb', at: time.now }], full: true })
  expect(await session.ask({ do: 'crash', how: 'restart' })).toBeNull()
  expect(await type(1, 'GET k')).toBe('"v"')
  for (let i = 0; i < 3; i++) await session.ask({ do: 'undo' })
  expect(await session.ask({ do: 'disk' })).toMatchObject({ full: false })
  expect(await session.ask({ do: 'crash', how: 'restart' })).toMatchObject({ how: 'restart', lost: 0 })
})

test('a file is taken from the disk and laid there again, and a restart loads it; undo takes that back', async () => {
  const { session, type } = await started()
  await type(1, 'SET k 한')
  await type(1, 'SAVE')
  const { bytes } = (await session.ask({ do: 'disk-file', path: 'dump.rdb' })) as DiskFile
  expect(String.fromCharCode(...bytes.subarray(0, 9))).toBe('REDIS0012')
  expect(await session.ask({ do: 'disk-file', path: 'no.rdb' })).toBeNull()
  await type(1, 'FLUSHALL')
  await type(1, 'SAVE')
  const put = { path: latin('dump.rdb'), bytes: fromArray(bytes) }
  await session.ask({ do: 'disk', full: true })
  expect((await session.ask({ do: 'disk', put })).files[0]!.size).toBeLessThan(bytes.length)
  await session.ask({ do: 'disk', full: false })
  expect(await session.ask({ do: 'disk', put })).toMatchObject({ files: [{ size: bytes.length }] })
  expect(await session.ask({ do: 'crash', how: 'restart' })).toMatchObject({ back: 1, after: [{ db: 0, keys: 1 }] })
  await session.ask({ do: 'undo' })
  await session.ask({ do: 'undo' })
  expect(await session.ask({ do: 'crash', how: 'restart' })).toMatchObject({ back: 0, after: [] })
})

test('a reload after SHUTDOWN finds the clients connected again', async () => {
  const { type, time, store } = await started()
  await type(1, 'SET k v')
  await type(2, 'SHUTDOWN')
  await time.advance(1000)
  const again = testSession(store, time)
  expect((await open(again.session)).clients).toMatchObject([
    { client: 3, name: 'A' },
    { client: 4, name: 'B' },
  ])
})

test('what a pause holds back runs by itself at its end', async () => {
  const { type, rows, time, events } = await started()
  await type(1, 'CLIENT PAUSE 500 WRITE')
  expect(await type(2, 'SET k v')).toBe('waiting')
  const state = events.findLast((event) => event.on === 'client' && event.state.client === 2)
  expect(state).toMatchObject({ state: { blocked: { seq: 4, command: 'set', cause: 'pause', until: time.now + 500 } } })
  await time.advance(499)
  expect(rows.has(4)).toBe(false)
  await time.advance(1)
  expect(rows.get(4)).toBe('OK')
})

test('rewind goes back to a marked moment, clients and all; redo brings the whole of it again, after a reload too', async () => {
  const store = new LastingStore()
  const { session, type, events } = await started(store)
  await type(1, 'SET k one')
  await type(1, 'MULTI')
  await type(2, 'BLPOP jobs 0')
  const { seq } = await session.ask({ do: 'mark' })
  await type(1, 'DISCARD')
  await type(1, 'FLUSHALL')
  await type(1, 'RPUSH jobs paint')
  await session.ask({ do: 'disconnect', client: 2 })
  await session.ask({ do: 'connect', name: 'C' })
  expect(await session.ask({ do: 'rewind', to: seq })).toEqual({ expired: 0 })
  expect(events.findLast(({ on }) => on === 'replaced')).toMatchObject({
    head: seq,
    canRedo: true,
    clients: [
      { client: 1, queued: 0 },
      { client: 2, name: 'B', blocked: { seq: 5 } },
    ],
  })
  expect(await session.ask({ do: 'peek', db: 0, argv: split('GET k')! })).toBe('one')
  await session.ask({ do: 'flush' })
  const again = testSession(store, new ManualTime())
  const { clients } = await open(again.session)
  expect(clients).toMatchObject([{ queued: 0 }, { blocked: { seq: 5 } }])
  expect(await again.session.ask({ do: 'redo' })).toMatchObject({ what: { kind: 'commands', count: 3 } })
  expect(await again.session.ask({ do: 'peek', db: 0, argv: split('EXISTS k')! })).toBe(0)
  expect(await again.session.ask({ do: 'rewind', to: seq })).toEqual({ expired: 0 })
  expect(await again.session.ask({ do: 'peek', db: 0, argv: split('EXISTS k')! })).toBe(1)
})

test('rewind tells what expired meanwhile: the clock cannot go back', async () => {
  const { session, type } = await started()
  await type(1, 'SET short 1 EX 10')
  await type(1, 'SET long 1 EX 1000')
  const { seq } = await session.ask({ do: 'mark' })
  await type(1, 'PERSIST short')
  await session.ask({ do: 'clock', set: { ahead: 60_000 } })
  expect(await session.ask({ do: 'rewind', to: seq })).toEqual({ expired: 1 })
  expect(await session.ask({ do: 'peek', db: 0, argv: split('TTL long')! })).toBe(940)
})

test('a fresh session has the clients, the database and the name that it is given; one that is there keeps its own', async () => {
  const { session } = await started()
  const fresh = { do: 'open', session: null, fresh: true, clients: ['A', 'lesson:Mina'], db: 1, name: 'Hats' } as const
  const opened = await session.ask(fresh)
  expect(opened.session.name).toBe('Hats')
  expect(opened.clients).toMatchObject([
    { name: 'A', db: 1 },
    { name: 'lesson:Mina', db: 1 },
  ])
  const { id } = opened.session
  await session.ask({ do: 'flush' })
  expect((await session.ask({ ...fresh, session: id, name: 'Other' })).session.id).not.toBe(id)
  const { fresh: _, ...known } = fresh
  expect((await session.ask({ ...known, session: id, name: 'Other' })).session).toMatchObject({ id, name: 'Hats' })
})

test('undo takes back the last command, redo brings it again, and something new forgets it', async () => {
  const { session, type } = await started()
  await type(1, 'SET k one')
  await type(1, 'SET k two')
  const undone = await session.ask({ do: 'undo' })
  expect(undone).toMatchObject({ what: { kind: 'command', client: 1, argv: ['SET', 'k', 'two'] } })
  expect(await session.ask({ do: 'peek', db: 0, argv: split('GET k')! })).toBe('one')
  await session.ask({ do: 'redo' })
  expect(await session.ask({ do: 'peek', db: 0, argv: split('GET k')! })).toBe('two')
  await session.ask({ do: 'undo' })
  await type(1, 'SET other x')
  expect(await session.ask({ do: 'redo' })).toBeNull()
})

const clientsNow = (events: readonly Event[]) => {
  const last = events.findLast((event) => event.on === 'replaced')
  return last?.on === 'replaced' ? last.clients : []
}

test('undo brings back a client that was killed, with its transaction', async () => {
  const { session, type, events } = await started()
  await type(2, 'SELECT 3')
  await type(2, 'MULTI')
  await type(1, 'CLIENT KILL ID 2')
  expect(events.find(({ on }) => on === 'gone')).toEqual({ on: 'gone', client: 2, seq: 5 })
  expect(await session.ask({ do: 'undo' })).toMatchObject({ head: 4, what: { argv: ['CLIENT', 'KILL', 'ID', '2'] } })
  expect(clientsNow(events)).toMatchObject([{ client: 1 }, { client: 2, db: 3, queued: 0 }])
  expect(await type(2, 'SET k v')).toBe('QUEUED')
})

test('a client that a person closes is an act of its own: undo connects it as it was, redo closes it, a reload keeps both', async () => {
  const { session, type, events, time, store } = await started()
  await type(2, 'SELECT 3')
  await session.ask({ do: 'disconnect', client: 2, act: true })
  await time.advance(1000)
  const again = testSession(store, time)
  expect(await open(again.session)).toMatchObject({ canUndo: true, clients: [{ client: 1 }] })
  const undone = await again.session.ask({ do: 'undo' })
  expect(undone).toMatchObject({ what: { kind: 'closed', name: 'B' } })
  expect(await session.ask({ do: 'undo' })).toMatchObject({ what: { kind: 'closed', name: 'B' } })
  expect(clientsNow(events)).toMatchObject([{ client: 1 }, { client: 2, db: 3 }])
  expect(await session.ask({ do: 'redo' })).toMatchObject({ what: { kind: 'closed', name: 'B' } })
  expect(clientsNow(events)).toMatchObject([{ client: 1 }])
})

test('clients that the page closes for itself are no act', async () => {
  const { session, type } = await started()
  await type(1, 'SET k v')
  const { client } = await session.ask({ do: 'connect', name: 'lesson:A' })
  await session.ask({ do: 'disconnect', client })
  expect(await session.ask({ do: 'undo' })).toMatchObject({ what: { argv: ['SET', 'k', 'v'] } })
})

test('a client that was added stays, and does not hide what was taken back', async () => {
  const { session, type, events } = await started()
  await type(1, 'SET k v')
  await session.ask({ do: 'connect', name: 'C' })
  expect(await session.ask({ do: 'undo' })).toMatchObject({ head: 2 })
  expect(clientsNow(events)).toMatchObject([{ name: 'A' }, { name: 'B' }, { name: 'C' }])
  expect(await session.ask({ do: 'redo' })).toMatchObject({ head: 3 })
})

test('commands of one group are taken back and brought again together, but not past what came between', async () => {
  const { session, type, time, store } = await started()
  const send = async (group: number, ...lines: string[]) => {
    session.send(
      1,
      lines.map((line) => split(line)!),
      () => undefined,
      undefined,
      group,
    )
    await idle()
  }
  const size = (on = session) => on.ask({ do: 'peek', db: 0, argv: split('DBSIZE')! })
  await type(1, 'SET mine 1')
  await send(1, 'SET a 1')
  await send(1, 'SET b 1', 'SET c 1')
  await time.advance(1000)
  const again = testSession(store, time)
  await open(again.session)
  expect(await again.session.ask({ do: 'undo' })).toMatchObject({ head: 3, what: { kind: 'commands', count: 3 } })
  expect(await size(again.session)).toBe(1)
  expect(await session.ask({ do: 'undo' })).toMatchObject({ what: { count: 3 } })
  expect(await session.ask({ do: 'redo' })).toMatchObject({ what: { count: 3 } })
  expect(await size()).toBe(4)
  await type(2, 'SET between 1')
  await send(1, 'SET d 1')
  expect(await session.ask({ do: 'undo' })).toMatchObject({ what: { argv: ['SET', 'd', '1'] } })
  expect(await session.ask({ do: 'undo' })).toMatchObject({ what: { argv: ['SET', 'between', '1'] } })
  expect(await session.ask({ do: 'undo' })).toMatchObject({ what: { count: 3 } })
  expect(await size()).toBe(1)
})

test('a worker that dies in a group loses nothing of its being one', async () => {
  const all = await started()
  await all.time.advance(1000)
  all.session.send(1, [split('SET a 1')!, split('SET b 1')!], () => undefined, undefined, 1)
  await idle()
  all.runner().die()
  await idle()
  expect(await all.session.ask({ do: 'undo' })).toMatchObject({ what: { kind: 'commands', count: 2 } })
})

test('reset empties the server and can itself be taken back', async () => {
  const { session, type } = await started()
  await type(1, 'SET k one')
  await type(1, 'SELECT 3')
  await session.ask({ do: 'reset' })
  expect(await type(1, 'DBSIZE')).not.toBe('waiting')
  await session.ask({ do: 'undo' })
  await session.ask({ do: 'undo' })
  expect(await session.ask({ do: 'peek', db: 0, argv: split('GET k')! })).toBe('one')
  expect(await type(1, 'GET k')).toBe('(nil)') // still on database 3
})

test('a reload finds keys, deadlines, clients and the notebook; undo goes back beyond it', async () => {
  const { session, type, time, store, opened } = await started()
  await type(1, 'SET k v EX 100')
  await type(1, 'SELECT 2')
  await type(2, 'MULTI')
  await session.ask({ do: 'keep', notebook: '{"lines":1}' })
  await time.advance(1000)

  const again = testSession(store, time)
  const back = await open(again.session)
  expect(back.session.id).toBe(opened.session.id)
  expect(back.notebook).toBe('{"lines":1}')
  expect(back.clients).toMatchObject([
    { name: 'A', db: 2, queued: null },
    { name: 'B', db: 0, queued: 0 },
  ])
  expect(await again.session.ask({ do: 'peek', db: 0, argv: split('TTL k')! })).toBe(99)
  await again.session.ask({ do: 'undo' })
  await again.session.ask({ do: 'undo' })
  await again.session.ask({ do: 'undo' })
  expect(await again.session.ask({ do: 'peek', db: 0, argv: split('GET k')! })).toBeNull()
})

test('what was taken back before a reload can be brought again after it', async () => {
  const { session, type, time, store } = await started()
  await type(1, 'SET k v')
  await session.ask({ do: 'undo' })
  await time.advance(1000)
  const again = testSession(store, time)
  expect(await open(again.session)).toMatchObject({ canRedo: true })
  await again.session.ask({ do: 'redo' })
  expect(await again.session.ask({ do: 'peek', db: 0, argv: split('GET k')! })).toBe('v')
})

test('a new session keeps the old one listed', async () => {
  const { session, type, opened } = await started()
  await type(1, 'SET k v')
  const second = await session.ask({ do: 'open', session: null, fresh: true, clients: ['A', 'B'] })
  expect(second.databases).toEqual([])
  const listed = await session.ask({ do: 'sessions' })
  expect(listed.map(({ id }) => id)).toContain(opened.session.id)
  const first = await open(session, opened.session.id)
  expect(first.databases).toEqual([{ db: 0, keys: 1 }])
})

test('a worker that dies is replaced, and no acknowledged command is lost', async () => {
  const all = await started()
  await all.time.advance(1000)
  await all.type(1, 'SET saved 1')
  await all.time.advance(1000)
  await all.type(1, 'SET unsaved 2') // not saved when the worker dies
  all.runner().die()
  await idle()
  expect(await all.session.ask({ do: 'peek', db: 0, argv: split('MGET saved unsaved')! })).toEqual(['1', '2'])
  expect(all.events.some((event) => event.on === 'replaced')).toBe(true)
  expect(await all.type(2, 'GET unsaved')).toBe('"2"')
})

// A browser lets a worker that is ended run on for up to two seconds, and so may one that does not answer.
test.each(['is stopped', 'dies'])(
  'what nobody heard of is not done where the worker %s, though it was stored',
  async (how) => {
    const all = await started()
    await all.type(1, 'SET a 1')
    await all.time.advance(1000)
    all.runner().onmessage = null
    let told = ''
    const tell = (message: string) => (told = message)
    all.session.send(1, [split('SET a 2')!], () => tell('accepted'), tell)
    await all.time.advance(1000)
    const { nextSeq } = (await all.store.load(all.opened.session.id))!
    expect(nextSeq).toBe(5) // it is stored
    if (how === 'dies') all.runner().die()
    else all.session.stop()
    await idle()
    await vi.waitFor(() => expect(told).toMatch(/^stopped$|as it was before/))
    expect(await all.type(2, 'GET a')).toBe('"1"')
    expect(await all.type(1, 'INCR a')).toBe('(integer) 2')
    await all.time.advance(1000)
    const again = testSession(all.store, all.time)
    await open(again.session, all.opened.session.id)
    expect(await page(again).type(1, 'GET a')).toBe('"2"')
  },
)

test('where nothing can be stored, a worker that dies loses nothing either', async () => {
  const all = testSession(new MemoryStore())
  await open(all.session)
  const { type } = page(all)
  await type(1, 'SET a 1')
  await type(1, 'SELECT 1')
  all.runner().die()
  await idle()
  expect(await all.session.ask({ do: 'peek', db: 0, argv: split('GET a')! })).toBe('1')
  expect(await type(1, 'SET b 2')).toBe('OK')
  expect(await all.session.ask({ do: 'peek', db: 1, argv: split('GET b')! })).toBe('2')
})

test('keys come as a tree by pages, with marks until the next command', async () => {
  const { session, type } = await started()
  await type(1, 'MSET hat:1 a hat:2 b solo:only x plain y')
  const closed = await session.ask({
    do: 'browse',
    query: { db: 0, filter: split('*')![0]!, open: [], from: 0, count: 50 },
  })
  expect(closed.rows).toMatchObject([
    { row: 'folder', prefix: 'hat:', keys: 2, open: false },
    { row: 'key', key: 'plain', mark: 'added' },
    { row: 'key', key: 'solo:only', label: 'solo:only' },
  ])
  await type(1, 'SET hat:2 c')
  const hats = await session.ask({
    do: 'browse',
    query: { db: 0, filter: split('hat*')![0]!, open: split('hat:')!, from: 1, count: 2 },
  })
  expect(hats).toMatchObject({ total: 3, keys: 2, rows: [{ key: 'hat:1' }, { key: 'hat:2', mark: 'changed' }] })
  expect(hats.rows[0]).not.toHaveProperty('mark')
})

test('a key that expires leaves a ghost until the next command', async () => {
  const { session, type, time } = await started()
  await type(1, 'SET k v EX 1')
  await time.advance(1500)
  const query = { db: 0, filter: split('*')![0]!, open: [], from: 0, count: 50 }
  expect((await session.ask({ do: 'browse', query })).rows).toMatchObject([
    { key: 'k', summary: null, mark: 'expired' },
  ])
  await type(1, 'PING')
  expect((await session.ask({ do: 'browse', query })).rows).toEqual([])
})

test('rows of many keys come in one answer, when they are in order; others are answered meanwhile', async () => {
  const { session, type, time } = await started()
  await type(1, 'DEBUG POPULATE 200000')
  const came: string[] = []
  const query = { db: 0, filter: latin('*'), open: [], from: 0, count: 10 }
  const rows = session.ask({ do: 'browse', query }).then((page) => {
    came.push('rows')
    return page
  })
  await idle()
  await type(1, 'GET key:7').then((reply) => came.push(reply))
  expect(came).toEqual(['"value:7"'])
  await time.advance(0)
  expect(came).toEqual(['"value:7"', 'rows'])
  expect(await rows).toMatchObject({ keys: 200_000, total: 1 })
})
