// The store of the line being typed, over the real engine: what it says, and that no answer comes too late.
import { expect, test } from 'vitest'
import { docs } from '../../engine/catalog.ts'
import { Engine } from '../../engine/engine.ts'
import type { Answers } from '../../session/protocol.ts'
import { split } from '../../wire/line.ts'
import { bench, calm, idle, type Bench } from '../testing/fake.ts'

/** A page whose peeks a real engine answers. */
async function typing(...setup: readonly string[]) {
  const engine = new Engine({ seed: 1, at: 0 })
  engine.apply({ do: 'connect', at: 0, client: 1, name: 'A', db: 0 })
  const run = (line: string) => engine.apply({ do: 'send', at: 0, client: 1, argv: split(line)! })
  for (const line of setup) run(line)
  const at = await bench('', undefined, (fake) => {
    fake.answering.peek = ({ db, argv }): Answers['peek'] => engine.peek(0, db, argv)
  })
  at.turn({ on: 'catalog', catalog: docs() })
  return Object.assign(at, { run })
}

const state = (at: Bench) => at.stores.typing.getState()
const type = async (at: Bench, line: string) => {
  state(at).type('A', line)
  for (let i = 0; i < 20; i++) await calm()
}
const draft = (at: Bench) => at.stores.console.getState().lanes[0]!.draft
const offered = (at: Bench) => state(at).options.map(({ insert }) => insert)

test('commands are there at once, in the case that is typed', async () => {
  const at = await typing()
  state(at).type('A', 'se')
  expect(offered(at).slice(0, 2)).toEqual(['set', 'setex'])
  expect([state(at).rest, state(at).ghost]).toEqual(['t', expect.stringMatching(/^ key value \[NX\|XX\]/)])
  expect(state(at).shown).toBe(true)
})

test('keys of the wanted type follow, quoted where they must be', async () => {
  const at = await typing('SET "a b" 1', 'SET ab 1', 'RPUSH al 1')
  await type(at, 'GET a')
  expect(offered(at)).toEqual(['"a b"', 'ab'])
  await type(at, 'DEL a')
  expect(offered(at)).toEqual(['"a b"', 'ab', 'al'])
  expect(state(at).options.map(({ type: kind }) => kind)).toEqual(['string', 'string', 'list'])
  await type(at, 'SET a')
  expect(offered(at)).toContain('al')
})

test('fields of a hash follow, wherever its command takes one', async () => {
  const at = await typing('HSET hat color red "hat size" 7 count 1', 'SET color 1')
  for (const [line, wanted] of [
    ['HGET hat c', ['color', 'count']],
    ['HGET hat ', ['color', 'count', '"hat size"']],
    ['HDEL hat color co', ['color', 'count']],
    ['HSET hat color red co', ['color', 'count']],
    ['HSET hat co', ['color', 'count']],
    ['HSET hat color c', []],
    ['HINCRBY hat cou', ['count']],
    ['HEXPIRE hat 100 FIELDS 2 color co', ['color', 'count']],
    ['HGET none c', []],
    ['HGET color c', []],
    ['HGET h', ['hat']],
  ] as const) {
    await type(at, line)
    expect([line, offered(at)]).toEqual([line, wanted])
  }
})

test('so do members of sets and sorted sets, but not for SADD', async () => {
  const at = await typing('SADD hats red round', 'ZADD best 1 mina 2 max 3 jon', 'SADD other x')
  for (const [line, wanted] of [
    ['SISMEMBER hats r', ['red', 'round']],
    ['SREM hats red ro', ['round']],
    ['SMOVE hats other r', ['red', 'round']],
    ['SADD hats r', []],
    ['ZSCORE best m', ['max', 'mina']],
    ['ZINCRBY best 5 m', ['max', 'mina']],
    ['ZADD best XX 5 j', ['jon']],
    ['ZRANK best mi', ['mina']],
  ] as const) {
    await type(at, line)
    expect([line, offered(at)]).toEqual([line, wanted])
  }
})

test('of a great many fields some are asked for by pages, and none copied whole', async () => {
  const at = await typing()
  for (let i = 0; i < 60; i++) {
    const fields = Array.from({ length: 1000 }, (_, j) => `f${i * 1000 + j} v`)
    at.run(`HSET huge ${fields.join(' ')}`)
  }
  await type(at, 'HGET huge f')
  expect(offered(at)).toHaveLength(50)
  at.asked.length = 0
  await type(at, 'HGET huge none')
  const pages = at.asked.filter((each) => each.do === 'peek' && each.argv[0] === 'HSCAN')
  expect(pages).toHaveLength(10)
  expect(offered(at)).toEqual([])
})

test('fields that come too late are thrown away', async () => {
  const at = await typing('HSET hat color red', 'HSET coat cut long')
  const { session } = at
  const real = { ...session }
  const held: (() => void)[] = []
  session.ask = async (request) => {
    const answer = await real.ask(request)
    if (request.do === 'peek' && request.argv[0] === 'HSCAN' && request.argv[1] === 'hat')
      await new Promise<void>((go) => held.push(go))
    return answer
  }
  await type(at, 'HGET hat c')
  expect(held).toHaveLength(1)
  await type(at, 'HGET coat c')
  held.forEach((go) => go())
  for (let i = 0; i < 20; i++) await calm()
  expect(offered(at)).toEqual(['cut'])
})

test('an answer to an older line is thrown away', async () => {
  const at = await typing('RPUSH jobs a')
  const { session } = at
  const real = { ...session }
  const held: (() => void)[] = []
  session.ask = async (request) => {
    const answer = await real.ask(request)
    if (request.do === 'peek' && request.argv[0] === 'TYPE') await new Promise<void>((go) => held.push(go))
    return answer
  }
  await type(at, 'INCR jobs')
  expect(held).toHaveLength(1)
  await type(at, 'INCR jobs2')
  held.forEach((go) => go())
  for (let i = 0; i < 20; i++) await calm()
  expect(state(at).warning).toBeNull()
})

test('a warning goes when the key changes, without a key press', async () => {
  const at = await typing('RPUSH jobs a')
  await type(at, 'INCR jobs ')
  expect(state(at).warning).toMatchObject({ kind: 'wrong-type', key: 'jobs', held: 'list', wanted: 'string' })
  at.run('DEL jobs')
  at.turn({ on: 'client', state: idle(2, 'B') })
  for (let i = 0; i < 20; i++) await calm()
  expect(state(at).warning).toBeNull()
})

test('Tab goes round the options; Escape closes; a line written by others opens nothing', async () => {
  const at = await typing()
  await type(at, 'CONFIG RE')
  expect(state(at).choose(1)).toBe(true)
  expect(draft(at)).toBe('CONFIG RESETSTAT')
  state(at).choose(1)
  expect(draft(at)).toBe('CONFIG REWRITE')
  state(at).choose(1)
  expect(draft(at)).toBe('CONFIG RESETSTAT')
  expect(state(at).close()).toBe(true)
  expect(state(at).close()).toBe(false)
  at.stores.console.getState().write('A', 'SET a')
  for (let i = 0; i < 20; i++) await calm()
  expect(state(at).shown).toBe(false)
})

test('a missing key is told where another has nearly its name, and only where it is read', async () => {
  const at = await typing('SET capital Zagreb')
  await type(at, 'GET captial ')
  expect(state(at).warning).toMatchObject({ kind: 'no-key', near: 'capital', fix: 'GET capital ' })
  await type(at, 'SET captial ')
  expect(state(at).warning).toBeNull()
  await type(at, 'GET other ')
  expect(state(at).warning).toBeNull()
})

test('Ctrl+R walks back through lines with these letters; leaving brings back what was there', async () => {
  const at = await typing()
  for (const line of ['SET hat 1', 'GET hat', 'GET hat', 'PING']) {
    at.stores.console.getState().submit('A', line)
    at.turn({ on: 'reply', seq: at.next - 1, client: 1, reply: null })
  }
  await type(at, 'half')
  const { begin, find, step, end } = state(at).searching
  begin()
  find('hat')
  expect(draft(at)).toBe('GET hat')
  step(-1)
  expect(draft(at)).toBe('SET hat 1')
  step(-1)
  expect(draft(at)).toBe('SET hat 1')
  step(1)
  expect(draft(at)).toBe('GET hat')
  end(false)
  expect(draft(at)).toBe('half')
})

test('a line of many words, pasted, is left alone', async () => {
  const at = await typing()
  await type(at, `RPUSH jobs ${'item '.repeat(20_000)}`)
  expect(at.asked.filter((each) => each.do === 'peek')).toEqual([])
  await type(at, 'RPUSH jobs item')
  expect(at.asked.some((each) => each.do === 'peek')).toBe(true)
})
