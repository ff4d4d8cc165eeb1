import { expect, test } from 'vitest'
import type { Change, KeyRow, KeySummary, ValuePage } from '../../session/protocol.ts'
import { latin } from '../../wire/bytes.ts'
import { bench, calm, idle, type Bench } from '../testing/fake.ts'

const string: KeySummary = { kind: 'string', encoding: 'embstr', size: 1, expireAt: null }
const row = (key: string): KeyRow => ({
  row: 'key',
  depth: 0,
  key: latin(key),
  label: latin(key),
  summary: string,
  ttlFrom: null,
  nth: 1,
  of: 1,
})
const change = (key: string, now: KeySummary | null): Change => ({
  db: 0,
  key: latin(key),
  event: now ? 'set' : 'del',
  now,
  was: null,
  spots: [],
})
const unit = (command: string | null, ...changes: readonly Change[]) =>
  ({
    on: 'unit',
    unit: { seq: 1, client: command === null ? null : 1, command, at: 0, changes, more: 0, databases: [] },
  }) as const
const page = (key: string): ValuePage => ({
  db: 0,
  key: latin(key),
  summary: string,
  memory: null,
  usedAt: 0,
  ghost: false,
  limit: null,
  ttlFrom: null,
  total: 1,
  from: 0,
  spots: [],
  before: null,
  kind: 'string',
  bytes: latin('1'),
})
const state = (at: Bench) => at.stores.keyspace.getState()

test('the first key that is written is chosen and shown; later ones leave the choice alone', async () => {
  const at = await bench()
  at.answering.inspect = ({ key }) => page(key)
  at.turn(unit('set', change('a', string)))
  await calm()
  expect(state(at)).toMatchObject({ selected: 'a', value: { key: 'a' } })
  at.turn(unit('set', change('b', string)))
  await calm()
  expect(state(at).selected).toBe('a')
})

test('a chosen key that goes says by which command, or that its time had come', async () => {
  const at = await bench()
  at.answering.inspect = ({ key }) => page(key)
  state(at).select(latin('a'))
  await calm()
  at.answering.inspect = () => null
  at.turn(unit('del', change('a', null)))
  await calm()
  expect(state(at)).toMatchObject({ value: null, gone: { command: 'DEL', expired: false } })
  at.turn(unit(null, change('a', null)))
  await calm()
  expect(state(at).gone).toMatchObject({ expired: true })
})

test('after a chosen key has gone, the next key written takes its place', async () => {
  const at = await bench()
  state(at).select(latin('a'))
  await calm()
  at.turn(unit('del', change('a', null)))
  await calm()
  expect(state(at).selected).toBe('a')
  at.turn(unit('set', change('b', string)))
  expect(state(at)).toMatchObject({ selected: 'b', gone: null })
})

test('small folders open by themselves, closed ones stay closed', async () => {
  const at = await bench()
  const folder = (prefix: string, keys: number, open: boolean): KeyRow => ({
    row: 'folder',
    depth: 0,
    prefix: latin(prefix),
    label: latin(prefix),
    keys,
    open,
    nth: 1,
    of: 2,
  })
  at.answering.browse = ({ query }) => {
    const rows = [
      folder('hat:', 3, query.open.includes(latin('hat:'))),
      folder('user:', 500, query.open.includes(latin('user:'))),
    ]
    return { total: 2, from: 0, rows, keys: 503 }
  }
  at.turn(unit('set', change('hat:1', string)))
  await calm()
  expect(
    state(at)
      .pages.get(0)!
      .map((each) => each.row === 'folder' && each.open),
  ).toEqual([true, false])
  state(at).toggle(latin('hat:'), false)
  await calm()
  expect(
    state(at)
      .pages.get(0)!
      .map((each) => each.row === 'folder' && each.open),
  ).toEqual([false, false])
})

test('the tree follows a client that selects another database', async () => {
  const at = await bench()
  at.turn({ on: 'client', state: idle(1, 'A', { db: 3 }) })
  await calm()
  expect(state(at).db).toBe(3)
  state(at).choose(0)
  at.turn({ on: 'client', state: idle(1, 'A', { db: 3 }) })
  expect(state(at).db).toBe(0)
})

test('many turns in a row ask no more than twice', async () => {
  const at = await bench()
  await calm()
  at.answering.browse = () => ({ total: 1, from: 0, rows: [row('a')], keys: 1 })
  const before = at.asked.filter((each) => each.do === 'browse').length
  for (let i = 0; i < 50; i++) at.turn(unit('set', change('a', string)))
  await calm()
  expect(at.asked.filter((each) => each.do === 'browse').length - before).toBeLessThanOrEqual(2)
  expect(state(at).total).toBe(1)
})

test('a filter goes to the worker as it is typed', async () => {
  const at = await bench()
  await calm()
  state(at).match('hat:*')
  await calm()
  expect(at.asked.findLast((each) => each.do === 'browse')).toMatchObject({ query: { filter: 'hat:*', from: 0 } })
})

test('type, order and delimiter go to the worker; order and delimiter are kept', async () => {
  const at = await bench()
  state(at).only('hash')
  state(at).order('ttl')
  state(at).divide('/')
  await calm()
  const asked = at.asked.findLast((each) => each.do === 'browse')
  expect(asked).toMatchObject({ query: { type: 'hash', sort: 'ttl', delimiter: '/' } })
  const saved = state(at).snapshot()
  state(at).restore(null)
  expect(state(at)).toMatchObject({ sort: 'name', delimiter: ':' })
  state(at).restore(saved)
  expect(state(at)).toMatchObject({ type: null, sort: 'ttl', delimiter: '/' })
})

test('while the worker puts keys in order the old rows stay, and it is asked until it is done', async () => {
  const at = await bench()
  at.answering.browse = () => ({ total: 1, from: 0, rows: [row('a')], keys: 1 })
  at.turn(unit('set', change('a', string)))
  await calm()
  let left = 3
  const done = { total: 2, from: 0, rows: [row('a'), row('b')], keys: 2 } as const
  const seen: unknown[] = []
  at.answering.browse = () => {
    left--
    seen.push([state(at).busy, state(at).total])
    return left > 0 ? { total: 0, from: 0, rows: [], keys: 0, busy: true } : done
  }
  at.turn(unit('set', change('b', string)))
  await calm()
  expect(seen).toEqual([
    [false, 1],
    [true, 1],
    [true, 1],
  ])
  expect(state(at)).toMatchObject({ busy: false, total: 2, keys: 2 })
})

test('a key that is chosen from elsewhere is revealed once; its folders stay open', async () => {
  const at = await bench()
  const opened = [latin('u:')]
  at.answering.browse = ({ query }) => ({
    total: 1,
    from: 0,
    rows: [row('u:1')],
    keys: 1,
    ...(query.reveal ? { revealed: { at: 7, opened } } : {}),
  })
  state(at).reveal(latin('u:1'))
  await calm()
  expect(state(at)).toMatchObject({ selected: 'u:1', revealed: { at: 7 } })
  state(at).match('*')
  await calm()
  const asked = at.asked.findLast((each) => each.do === 'browse')
  expect(asked).toMatchObject({ query: { reveal: null, open: ['u:'] } })
})

test('the tail of a long value is asked for from its end', async () => {
  const at = await bench()
  state(at).select(latin('a'))
  state(at).turn('tail')
  await calm()
  expect(at.asked.findLast((each) => each.do === 'inspect')).toMatchObject({ from: -100, count: 100 })
  state(at).select(latin('b'))
  await calm()
  expect(at.asked.findLast((each) => each.do === 'inspect')).toMatchObject({ key: 'b', from: 0 })
})
