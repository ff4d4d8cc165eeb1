import { expect, test } from 'vitest'
import type { UnitReport } from '../../session/protocol.ts'
import { latin } from '../../wire/bytes.ts'
import { failure, OK, type Reply } from '../../wire/reply.ts'
import { bench, calm, idle, opened, type Bench } from '../testing/fake.ts'
import { pastedLines, promptOf, type Entry } from './console.ts'
import { writeNotebook } from './notebook.ts'

const lane = ({ stores }: Bench, name = 'A') => stores.console.getState().lanes.find((each) => each.name === name)!
const lines = (at: Bench, name?: string) => lane(at, name).entries.map((entry) => entry.line)
const submit = (at: Bench, line: string, name = 'A') => at.stores.console.getState().submit(name, line)
const replied = (seq: number, client = 1, reply: Reply = OK) => ({ on: 'reply', seq, client, reply }) as const
const replacedTo = (head: number, clients = [idle(1, 'A'), idle(2, 'B')]) =>
  ({
    on: 'replaced',
    head,
    databases: [],
    clients,
    time: { now: 0, measuredAt: 0, rate: 1 },
    canUndo: head > 0,
    canRedo: true,
  }) as const

test('the prompt is the one of redis-cli', () => {
  expect(promptOf(idle(1, 'A'))).toBe('127.0.0.1:6379> ')
  expect(promptOf(idle(1, 'A', { db: 5 }))).toBe('127.0.0.1:6379[5]> ')
  expect(promptOf(idle(1, 'A', { db: 1, queued: 0 }))).toBe('127.0.0.1:6379[1](TX)> ')
  const subscribed = { channels: [], patterns: [latin('n*')], shards: [] }
  expect(promptOf(idle(1, 'A', { db: 2, subscribed }))).toBe('127.0.0.1:6379[2](subscribed mode)> ')
  expect(promptOf(undefined, 'down')).toBe('not connected> ')
})

test('a line is split, sent, and answered under its seq', async () => {
  const at = await bench()
  submit(at, 'SET greeting "안녕 \\x41"')
  expect(at.sent[0]).toEqual({ client: 1, seq: 1, argv: ['SET', 'greeting', '\xec\x95\x88\xeb\x85\x95 A'] })
  expect(lane(at).entries[0]!.reply).toBeUndefined()
  at.turn(replied(1))
  expect(lane(at).entries[0]).toMatchObject({ seq: 1, prompt: '127.0.0.1:6379> ', reply: OK })
})

test('a message is a row of its own, after what was typed', async () => {
  const at = await bench()
  const message: Reply = ['message', 'news', 'hi'].map(latin)
  submit(at, 'SUBSCRIBE news')
  at.turn(replied(1, 1, ['subscribe', 'news'].map(latin)), { on: 'push', client: 1, message })
  expect(lane(at).entries).toMatchObject([
    { line: 'SUBSCRIBE news', seq: 1 },
    { line: '', prompt: '', seq: null, reply: message, pushed: true },
  ])
})

test('unbalanced quotes are refused here and nothing is sent; a blank line does nothing', async () => {
  const at = await bench()
  submit(at, 'SET a "b')
  submit(at, '   ')
  expect(at.sent).toEqual([])
  expect(lane(at).entries.map((entry) => entry.local)).toEqual(['Invalid argument(s)'])
})

test('a line typed ahead waits, and its prompt is the one after the command before it', async () => {
  const at = await bench()
  submit(at, 'SELECT 1')
  submit(at, 'GET a')
  expect(at.sent).toHaveLength(1)
  at.turn(replied(1), { on: 'client', state: idle(1, 'A', { db: 1 }) })
  expect(at.sent).toHaveLength(2)
  expect(lane(at).entries[1]!.prompt).toBe('127.0.0.1:6379[1]> ')
})

test('the other client does not wait', async () => {
  const at = await bench()
  submit(at, 'BLPOP jobs 0')
  submit(at, 'RPUSH jobs a', 'B')
  expect(at.sent.map((each) => each.client)).toEqual([1, 2])
})

test('a pasted text runs in order and stops at the first error', async () => {
  const at = await bench()
  at.stores.console.getState().paste('A', 'SET a 1\nINCR b c\n\nSET d 1')
  at.turn(replied(1))
  at.turn(replied(2, 1, failure('ERR wrong number of arguments')))
  expect(lines(at)).toEqual(['SET a 1', 'INCR b c'])
  expect(lane(at).queue).toEqual([])
})

test('of a pasted transcript only the typed lines run', () => {
  expect(pastedLines('127.0.0.1:6379> SET a 1\r\nOK\r\n127.0.0.1:6379[1](TX)> GET a\n"1"')).toEqual([
    'SET a 1',
    'GET a',
  ])
  expect(pastedLines('SET a 1\n\nGET a\n')).toEqual(['SET a 1', 'GET a'])
})

test('undo strikes rows out, redo revives them, a new command makes it final', async () => {
  const at = await bench()
  submit(at, 'SET a 1')
  at.turn(replied(1))
  submit(at, 'SET a 2')
  at.turn(replied(2))
  at.turn(replacedTo(1))
  expect(lane(at).entries.map((entry) => entry.fate)).toEqual([undefined, 'taken'])
  at.turn(replacedTo(2))
  expect(lane(at).entries.map((entry) => entry.fate)).toEqual([undefined, undefined])
  at.turn(replacedTo(1))
  at.next = 2
  submit(at, 'SET a 3')
  at.turn(replied(2))
  expect(lane(at).entries.map(({ seq, fate }) => [seq, fate])).toEqual([
    [1, undefined],
    [null, 'taken'],
    [2, undefined],
  ])
})

test('undoing the push that woke a client leaves it waiting again, and its lines typed ahead wait with it', async () => {
  const at = await bench()
  const blocked = { seq: 1, command: 'blpop', cause: 'keys' as const, keys: [latin('jobs')], since: 0, until: null }
  submit(at, 'BLPOP jobs 0')
  submit(at, 'RPUSH jobs a', 'B')
  at.turn(replied(2, 2), replied(1, 1))
  at.turn(replacedTo(1, [idle(1, 'A', { blocked }), idle(2, 'B')]))
  submit(at, 'GET later')
  expect(lane(at).queue.map((each) => each.line)).toEqual(['GET later'])
  at.turn(replied(1, 1))
  expect(at.sent.at(-1)!.argv).toEqual(['GET', 'later'])
})

test('undo is a word of the page even while the client waits; UNDO goes to the server', async () => {
  const at = await bench()
  at.answering.undo = () => ({ head: 0, what: { kind: 'command', client: 1, argv: [latin('BLPOP'), latin('jobs')] } })
  submit(at, 'BLPOP jobs 0')
  const blocked = { seq: 1, command: 'blpop', cause: 'keys' as const, keys: [latin('jobs')], since: 0, until: null }
  at.turn({ on: 'client', state: idle(1, 'A', { blocked }) })
  submit(at, 'undo')
  await calm()
  expect(at.asked.some((each) => each.do === 'undo')).toBe(true)
  at.turn(replacedTo(0))
  submit(at, 'UNDO')
  expect(at.sent.at(-1)!.argv).toEqual(['UNDO'])
})

test('cancel frees a waiting client and forgets the lines typed ahead', async () => {
  const at = await bench()
  submit(at, 'BLPOP jobs 0')
  const blocked = { seq: 1, command: 'blpop', cause: 'keys' as const, keys: [latin('jobs')], since: 0, until: null }
  at.turn({ on: 'client', state: idle(1, 'A', { blocked }) })
  submit(at, 'GET a')
  at.stores.console.getState().cancel('A')
  expect(at.asked.at(-1)).toEqual({ do: 'cancel', client: 1 })
  at.turn({ on: 'cancelled', seq: 1, client: 1 }, { on: 'client', state: idle(1, 'A') })
  expect(lane(at).entries.map((entry) => entry.cancelled)).toEqual([true])
  expect(at.sent).toHaveLength(1)
})

test('a command that the engine did not take says why, and the prompt is free again', async () => {
  const at = await bench()
  at.session.send = (_client, _commands, _accepted, refused) => refused?.('it stopped')
  submit(at, 'GET a')
  submit(at, 'GET b')
  expect(lane(at).queue).toEqual([])
  expect(lane(at).entries.map(({ seq, remark }) => [seq, typeof remark])).toEqual([
    [null, 'function'],
    [null, 'function'],
  ])
})

test('who lost the race for whom is told by name', async () => {
  const at = await bench()
  submit(at, 'EXEC')
  const why = { kind: 'raced', db: 0, key: latin('hat'), by: 2, command: 'hincrby' } as const
  at.turn({ on: 'reply', seq: 1, client: 1, reply: { kind: 'nil-array' }, why })
  expect(lane(at).entries[0]).toMatchObject({ why, by: 'B' })
})

const unit = (seq: number, client: number, key: string): UnitReport => {
  const now = { kind: 'string', encoding: 'int', size: 1, expireAt: null, peek: latin('1') } as const
  const change = { db: 0, key: latin(key), event: 'set', was: null, now, spots: [] }
  return { seq, client, command: 'set', at: 0, changes: [change], more: 0, databases: [] }
}

test('what changed stands with the command that did it, also where a waiting client is served by another', async () => {
  const at = await bench()
  submit(at, 'BLMOVE jobs done LEFT LEFT 0')
  submit(at, 'RPUSH jobs a', 'B')
  at.turn(
    { on: 'reply', seq: 2, client: 2, reply: 1, took: 0.2 },
    { on: 'unit', unit: unit(2, 2, 'jobs') },
    { on: 'reply', seq: 1, client: 1, reply: latin('a') },
    { on: 'unit', unit: unit(2, 1, 'done') },
  )
  expect(lane(at, 'A').entries[0]!.changes?.keys.map(({ key }) => key)).toEqual(['done'])
  expect(lane(at, 'B').entries[0]).toMatchObject({ took: 0.2, changes: { command: 'SET', keys: [{ key: 'jobs' }] } })
})

const queued: Reply = { kind: 'status', text: latin('QUEUED') }

/** MULTI and two commands queued. */
async function transaction(): Promise<Bench> {
  const at = await bench()
  submit(at, 'MULTI')
  at.turn(replied(1), { on: 'client', state: idle(1, 'A', { queued: 0 }) })
  submit(at, 'SET a 1')
  at.turn(replied(2, 1, queued))
  submit(at, 'INCR a')
  at.turn(replied(3, 1, queued))
  return at
}

test('EXEC knows whose results it has; what was queued knows that it ran', async () => {
  const at = await transaction()
  submit(at, 'exec')
  at.turn({ on: 'client', state: idle(1, 'A') }, replied(4, 1, [OK, 2]))
  expect(lane(at).entries.map(({ outcome, ran }) => [outcome, ran])).toEqual([
    [undefined, undefined],
    ['ran', undefined],
    ['ran', undefined],
    [undefined, ['SET a 1', 'INCR a']],
  ])
})

test('DISCARD, and an EXEC that was refused, drop what was queued; undo queues it again', async () => {
  for (const [line, reply] of [
    ['DISCARD', OK],
    ['EXEC', { kind: 'nil-array' }],
    ['EXEC', failure('EXECABORT')],
    ['RESET', OK],
  ] as const) {
    const at = await transaction()
    submit(at, line)
    at.turn({ on: 'client', state: idle(1, 'A') }, replied(4, 1, reply))
    expect(lane(at).entries.map(({ outcome }) => outcome)).toEqual([undefined, 'dropped', 'dropped', undefined])
    at.turn(replacedTo(3, [idle(1, 'A', { queued: 2 }), idle(2, 'B')]))
    expect(lane(at).entries.map(({ outcome }) => outcome)).toEqual([undefined, undefined, undefined, undefined])
  }
})

test('of a flood the newest messages are shown, the others counted; the line being typed stays as it is', async () => {
  const at = await bench()
  const flood = (from: number, count: number) =>
    at.turn(...Array.from({ length: count }, (_, i) => ({ on: 'push', client: 1, message: from + i }) as const))
  at.stores.console.getState().type('A', 'GET ha')
  flood(0, 150)
  expect(lane(at).entries).toHaveLength(150)
  flood(150, 1254)
  expect(lane(at).entries).toHaveLength(201)
  expect(lane(at).entries[0]).toMatchObject({ unseen: 1204 })
  expect(lane(at).entries.at(-1)).toMatchObject({ reply: 1403 })
  flood(1404, 10)
  expect(lane(at).entries[0]).toMatchObject({ unseen: 1214 })
  submit(at, 'PING')
  flood(1414, 3)
  expect(lane(at).entries).toHaveLength(205)
  expect(lane(at).draft).toBe('GET ha')
})

test('a pasted text shows how far it is, stops at an error, and goes on where the person says so', async () => {
  const at = await bench()
  const { paste, goOn, letGo } = at.stores.console.getState()
  paste('A', 'SET a 1\nINCR b c\nSET c 1\nSET d 1')
  expect(lane(at).pasted).toMatchObject({ at: 1, total: 4, stopped: null })
  at.turn(replied(1))
  expect(lane(at).pasted).toMatchObject({ at: 2, total: 4 })
  at.turn(replied(2, 1, failure('ERR wrong number of arguments')))
  expect(lane(at).pasted).toMatchObject({ at: 2, stopped: { line: 'INCR b c', rest: ['SET c 1', 'SET d 1'] } })
  goOn('A')
  expect(lane(at).pasted).toMatchObject({ at: 3, total: 4, stopped: null })
  at.turn(replied(3))
  at.turn(replied(4))
  expect(lane(at).pasted).toBeNull()
  expect(lines(at)).toEqual(['SET a 1', 'INCR b c', 'SET c 1', 'SET d 1'])
  paste('A', 'SET e 1\nSET f 1\nSET g 1')
  at.stores.console.getState().cancel('A')
  at.turn({ on: 'cancelled', seq: 5, client: 1 })
  expect(lane(at).pasted).toMatchObject({ at: 1, stopped: { line: null, rest: ['SET f 1', 'SET g 1'] } })
  letGo('A')
  expect(lane(at).pasted).toBeNull()
  expect(at.sent).toHaveLength(5)
})

const kept = (entries: readonly Entry[]) =>
  writeNotebook({
    lanes: [{ name: 'A', entries, history: ['x'], draft: 'GE' }],
    keyspace: null,
    lesson: null,
    panes: {},
    active: 'A',
  })
const entry = (seq: number | null, more: Partial<Entry> = {}): Entry => ({
  id: seq ?? 99,
  seq,
  prompt: '127.0.0.1:6379> ',
  line: `GET ${seq}`,
  ...more,
})

test('rows that a worker took with it are lost, not taken back', async () => {
  const at = await bench()
  submit(at, 'SET a 1')
  at.turn(replied(1))
  submit(at, 'SET b 1')
  at.turn(replied(2))
  at.turn({ ...replacedTo(1), resumed: true })
  expect(lane(at).entries.map(({ fate }) => fate)).toEqual([undefined, 'lost'])
})

test('rows beyond what was stored come back as lost, an unanswered one says so', async () => {
  const notebook = kept([entry(1, { reply: OK }), entry(2), entry(3, { reply: OK }), entry(null, { local: 'x' })])
  const at = await bench('', undefined, (fake) => {
    fake.answering.open = () => opened({ notebook, head: 2 })
  })
  const { entries, history, draft } = lane(at)
  expect(entries.map(({ fate, remark }) => [fate, remark])).toEqual([
    [undefined, undefined],
    [undefined, 'unanswered'],
    ['lost', undefined],
    [undefined, undefined],
  ])
  expect({ history, draft }).toEqual({ history: ['x'], draft: 'GE' })
})

test('a client that waited before the reload waits again', async () => {
  const blocked = { seq: 2, command: 'blpop', cause: 'keys' as const, keys: [latin('jobs')], since: 0, until: null }
  const at = await bench('', undefined, (fake) => {
    fake.answering.open = () =>
      opened({ notebook: kept([entry(2)]), head: 2, clients: [idle(1, 'A', { blocked }), idle(2, 'B')] })
  })
  submit(at, 'GET a')
  expect(lane(at).queue).toHaveLength(1)
  at.turn(replied(2))
  expect(lane(at).entries[0]!.reply).toBe(OK)
  expect(at.sent).toHaveLength(1)
})

test('a client that the server closed keeps its rows, and its next line connects it again', async () => {
  const at = await bench()
  at.answering.connect = () => {
    at.turn({ on: 'client', state: idle(3, 'A') })
    return { client: 3 }
  }
  submit(at, 'QUIT')
  at.turn(replied(1), { on: 'gone', client: 1, seq: 0 })
  expect(lane(at)).toMatchObject({ client: 0, lost: 'closed' })
  expect(lane(at).entries).toMatchObject([
    { line: 'QUIT', reply: OK },
    { line: '', prompt: '', remark: 'closed' },
  ])
  submit(at, 'PING')
  await calm()
  expect(at.asked).toContainEqual({ do: 'connect', name: 'A' })
  expect(at.sent.at(-1)).toMatchObject({ client: 3, argv: ['PING'] })
  at.turn(replied(2, 3))
  expect(lane(at)).toMatchObject({ client: 3, lost: null })
  expect(lane(at).entries[2]).toMatchObject({ line: 'PING', prompt: 'not connected> ', reply: OK })
  expect(at.stores.console.getState().lanes).toHaveLength(2)
})

test('SHUTDOWN: its row says why there is no answer, and the others are told too', async () => {
  const at = await bench()
  submit(at, 'BLPOP jobs 0', 'B')
  submit(at, 'GET a', 'B')
  submit(at, 'SHUTDOWN')
  at.turn(
    { on: 'gone', client: 1, seq: 3, down: true },
    { on: 'cancelled', client: 2, seq: 1 },
    { on: 'gone', client: 2, seq: 3, down: true },
  )
  expect(lane(at).entries).toMatchObject([{ line: 'SHUTDOWN', remark: 'down' }])
  expect(lane(at, 'B').entries).toMatchObject([{ line: 'BLPOP jobs 0', cancelled: true }, { remark: 'down' }])
  expect(lane(at, 'B').queue).toEqual([])
  at.turn(replacedTo(1))
  expect(at.stores.console.getState().lanes.map(({ client, lost }) => [client, lost])).toEqual([
    [1, null],
    [2, null],
  ])
})

test('a client that was not there when the page was left is not connected after it', async () => {
  const at = await bench('', undefined, (fake) => {
    fake.answering.open = () => opened({ notebook: kept([entry(1, { reply: OK })]), head: 1, clients: [idle(2, 'B')] })
  })
  expect(at.stores.console.getState().lanes.map(({ name, client, lost }) => [name, client, lost])).toEqual([
    ['A', 0, 'closed'],
    ['B', 2, null],
  ])
})

test('a line given by the address is written, not run', async () => {
  const at = await bench('?run=SET+a+1')
  expect(lane(at).draft).toBe('SET a 1')
  expect(at.sent).toEqual([])
})

test('what is shown is kept with the session, once, after a moment', async () => {
  const at = await bench()
  submit(at, 'SET a 1')
  at.turn(replied(1))
  expect(at.asked.some((each) => each.do === 'keep')).toBe(false)
  at.pass()
  at.pass()
  const keeps = at.asked.filter((each) => each.do === 'keep')
  expect(keeps).toHaveLength(1)
  expect(keeps[0]!.notebook).toContain('SET a 1')
})

test('one more client takes the first free letter, up to six, and comes into view', async () => {
  const at = await bench()
  let next = 3
  at.answering.connect = ({ name }) => {
    const client = next++
    at.turn({ on: 'client', state: idle(client, name) })
    return { client }
  }
  const { add } = at.stores.console.getState()
  for (let i = 0; i < 6; i++) add()
  await calm()
  const { lanes, shown, active } = at.stores.console.getState()
  expect(lanes.map(({ name, client, lost }) => [name, client, lost])).toEqual([
    ['A', 1, null],
    ['B', 2, null],
    ['C', 3, null],
    ['D', 4, null],
    ['E', 5, null],
    ['F', 6, null],
  ])
  expect([shown[0], active]).toEqual(['F', 'F'])
  expect(at.asked.filter((each) => each.do === 'connect')).toHaveLength(4)
})

test('a client that the person closes can be read, connected again, or removed', async () => {
  const at = await bench()
  submit(at, 'PING', 'B')
  at.turn(replied(1, 2))
  at.stores.console.getState().remove('B')
  expect(lane(at, 'B')).toBeDefined()
  at.stores.console.getState().close('B')
  expect(at.asked.at(-1)).toEqual({ do: 'disconnect', client: 2, act: true })
  at.turn({ on: 'gone', client: 2, seq: 0 })
  expect(lane(at, 'B')).toMatchObject({ client: 0, lost: 'left' })
  expect(lane(at, 'B').entries).toMatchObject([{ line: 'PING' }, { remark: 'left' }])
  at.stores.console.getState().remove('B')
  expect(at.stores.console.getState()).toMatchObject({ lanes: [{ name: 'A' }], shown: ['A'], active: 'A' })
  at.stores.console.getState().close('A')
  at.turn({ on: 'gone', client: 1, seq: 0 })
  at.stores.console.getState().remove('A')
  expect(at.stores.console.getState().lanes).toHaveLength(1)
})

test('undo brings back a client that was killed: what it said of its end is struck out, and it waits again', async () => {
  const at = await bench()
  const blocked = { seq: 1, command: 'blpop', cause: 'keys' as const, keys: [latin('jobs')], since: 0, until: null }
  submit(at, 'BLPOP jobs 0', 'B')
  submit(at, 'CLIENT KILL ID 2')
  at.turn({ on: 'cancelled', client: 2, seq: 1 }, { on: 'gone', client: 2, seq: 2 }, replied(2))
  expect(lane(at, 'B')).toMatchObject({ client: 0, lost: 'closed' })
  at.turn(replacedTo(1, [idle(1, 'A'), idle(2, 'B', { blocked })]))
  expect(lane(at, 'B')).toMatchObject({ client: 2, lost: null })
  expect(lane(at, 'B').entries.map(({ remark, fate }) => [remark, fate])).toEqual([
    [undefined, undefined],
    ['closed', 'taken'],
  ])
  at.turn(replied(1, 2, ['jobs', 'wash'].map(latin)))
  expect(lane(at, 'B').entries[0]).toMatchObject({ reply: ['jobs', 'wash'] })
  expect(lane(at, 'B').entries[0]).not.toHaveProperty('cancelled')
})

test('undo brings back a client that the person closed, redo closes it again', async () => {
  const at = await bench()
  at.stores.console.getState().close('B')
  at.turn({ on: 'gone', client: 2, seq: 1 })
  expect(at.stores.session.getState()).toMatchObject({ canUndo: true })
  at.answering.undo = () => ({ head: 0, what: { kind: 'closed', name: 'B' } })
  submit(at, 'undo')
  at.turn(replacedTo(0))
  await calm()
  expect(lane(at, 'B')).toMatchObject({ client: 2, lost: null, entries: [{ remark: 'left', fate: 'taken' }] })
  at.turn(replacedTo(1, [idle(1, 'A')]))
  expect(lane(at, 'B').client).toBe(0)
  expect(lane(at, 'B').entries[0]).not.toHaveProperty('fate')
})

test('lines that come together are sent as one group, others in none', async () => {
  const at = await bench()
  at.stores.console.getState().paste('A', 'SET a 1\nSET b 2', true)
  at.turn(replied(1))
  at.turn(replied(2))
  at.stores.console.getState().paste('A', 'SET c 3')
  at.turn(replied(3))
  const groups = at.sent.map(({ group }) => group)
  expect(groups).toEqual([groups[0], groups[0], undefined])
  expect(groups[0]).toBeTypeOf('number')
})

test('a line for a client that is not there opens it', async () => {
  const at = await bench()
  at.answering.connect = ({ name }) => {
    at.turn({ on: 'client', state: idle(3, name) })
    return { client: 3 }
  }
  submit(at, 'PING', 'D')
  await calm()
  expect(at.sent).toEqual([{ client: 3, argv: ['PING'], seq: 1 }])
  expect(lane(at, 'D').entries).toMatchObject([{ line: 'PING', prompt: '127.0.0.1:6379> ' }])
})

test('what is in view: what was used last first; one stays', async () => {
  const at = await bench()
  const { use, hide } = at.stores.console.getState()
  use('B')
  expect(at.stores.console.getState().shown).toEqual(['B', 'A'])
  hide('B')
  expect(at.stores.console.getState()).toMatchObject({ shown: ['A'], active: 'A' })
  hide('A')
  expect(at.stores.console.getState().shown).toEqual(['A'])
})

test('names, what is in view and who was closed are kept with the session', async () => {
  const first = await bench()
  first.stores.console.getState().rename('B', '  the buyer ')
  first.stores.console.getState().close('A')
  first.turn({ on: 'gone', client: 1, seq: 0 })
  first.stores.console.getState().hide('A')
  first.pass()
  const { notebook } = first.asked.filter((each) => each.do === 'keep').at(-1)!
  const at = await bench('', undefined, (fake) => {
    fake.answering.open = () => opened({ notebook, clients: [idle(2, 'B')] })
  })
  expect(at.stores.console.getState()).toMatchObject({ shown: ['B'], active: 'B' })
  expect(lane(at)).toMatchObject({ client: 0, lost: 'left' })
  expect(lane(at, 'B')).toMatchObject({ client: 2, lost: null, title: 'the buyer' })
})
