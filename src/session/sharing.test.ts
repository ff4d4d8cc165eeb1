import { expect, test } from 'vitest'
import '../engine/whole.ts'
import { Chance } from '../conformance/chance.ts'
import { families } from '../conformance/fuzz/index.ts'
import { expand } from '../conformance/fuzz/template.ts'
import { MemoryStore } from '../storage/memory.ts'
import { split } from '../wire/line.ts'
import { show } from '../wire/show.ts'
import { utf8 } from '../wire/bytes.ts'
import type { Brought, Imported, Input, Shared } from './protocol.ts'
import { bring, share } from './sharing.ts'
import { idle, LastingStore, ManualTime, testSession } from './testing.ts'
import { Timeline } from './timeline.ts'

const START = 1_700_000_000_000
const names = ['A', 'B', 'C']

function host(store = new MemoryStore()) {
  let id = 0
  return { now: () => START, measured: () => 0, newId: () => `new-${++id}`, seed: () => 1, store }
}

const waits = [
  'BLPOP k1 0',
  'BLPOP k2 0.02',
  'MULTI',
  'EXEC',
  'WATCH k1',
  'SUBSCRIBE news',
  'PUBLISH news hi',
  'SPOP k1',
]
const times = [
  'SET k1 v PX 20',
  'EXPIRE k2 1',
  'SELECT 1',
  'SELECT 0',
  'CONFIG SET requirepass x',
  'RESET',
  'CLIENT LIST',
]

/** A session of three clients, by chance. */
function randomSession(seed: number): Timeline {
  const chance = new Chance(seed)
  const timeline = Timeline.begin(seed, START)
  let at = START
  for (let client = 1; client <= 3; client++)
    timeline.apply({ do: 'connect', at, client, name: names[client - 1]!, db: 0 })
  for (let i = 0; i < 80; i++) {
    at += chance.below(30)
    const client = 1 + chance.below(3)
    const family = chance.one(families)
    const argv = chance.once(4)
      ? chance
          .one(chance.once(2) ? waits : times)
          .split(' ')
          .map(utf8)
      : chance.one(expand(chance.one(family.templates), family, chance))
    if (!timeline.engine.clients.includes(client))
      timeline.apply({ do: 'connect', at, client, name: names[client - 1]!, db: 0 })
    else if (chance.once(12)) timeline.apply({ do: 'tick', at })
    else timeline.apply({ do: 'send', at, client, argv, ...(chance.once(9) ? { joins: true } : {}) })
  }
  return timeline
}

const asLog = ({ log, digest }: Shared): Brought => ({ kind: 'log', ...log!, digest })
const asImage = ({ image, digest }: Shared) => ({ kind: 'image', image: image!, digest }) as const

async function brought(from: Brought, store = new MemoryStore()): Promise<Imported> {
  const tried = await bring({ do: 'import', from, names, keep: { name: 'brought' } }, host(store))
  if (typeof tried === 'string') throw new Error(tried)
  return tried
}

test('200 random sessions go there and come back, as a log and as an image', async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const timeline = randomSession(seed)
    const shared = share(timeline, null)
    for (const from of [asLog(shared), asImage(shared)]) {
      const store = new MemoryStore()
      const { session, differs, keys } = await brought(from, store)
      expect({ differs, keys }, `seed ${seed}, ${from.kind}`).toEqual({ differs: false, keys: shared.keys })
      const stored = (await store.load(session!))!
      const found = share(new Timeline({ ...stored, log: [], undone: [], base: stored.latest!.image }), null)
      expect(found.digest, `seed ${seed}, ${from.kind}`).toBe(shared.digest)
      expect(stored.latest!.image, `seed ${seed}, ${from.kind}`).toEqual(shared.image)
    }
  }
}, 120_000)

test('a moment is what was there when that command had been done', async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const timeline = randomSession(seed)
    const sends = timeline.state.log.filter(({ input }) => input.do === 'send')
    const { seq } = sends[Math.floor(sends.length / 2)]!
    const shared = share(timeline, seq)
    expect(shared.log!.inputs.at(-1)!.do).toBe('send')
    expect(shared.commands).toBe(Math.floor(sends.length / 2) + 1)
    expect((await brought(asLog(shared))).differs).toBe(false)
    expect((await brought(asImage(shared))).keys).toBe(shared.keys)
  }
  expect(() => share(randomSession(1), 9999)).toThrow('not known')
})

test('where its first moment is not known, a session is an image alone', async () => {
  const timeline = randomSession(3)
  timeline.cut()
  const shared = share(timeline, null)
  expect(shared.log).toBeNull()
  expect((await brought(asImage(shared))).keys).toBe(shared.keys)
})

const send = (line: string, client = 1): Input => ({ do: 'send', at: START, client, argv: split(line)! })
const come = (name = 'A', client = 1): Input => ({ do: 'connect', at: START, client, name, db: 0 })
const log = (...inputs: Input[]): Brought => ({ kind: 'log', seed: 1, began: START, inputs, digest: '0'.repeat(40) })
const attempt = (from: Brought) => bring({ do: 'import', from, names, keep: null }, host())

test('a replay that ends elsewhere says so, an image that does is damaged', async () => {
  expect(await attempt(log(come(), send('SET k v')))).toMatchObject({ differs: true, keys: 1, session: null })
  expect(await attempt(log(come()))).toMatchObject({ differs: false, keys: 0 })
  const image = asImage(share(randomSession(1), null))
  expect(await attempt({ ...image, digest: '1'.repeat(40) })).toBe('damaged')
})

test('more than a page bears is refused', async () => {
  const many = Array.from({ length: 200 }, (_, i) => send(`DEBUG POPULATE 300 p${i}`))
  expect(await attempt(log(come(), ...many))).toBe('too-many-keys')
  expect(await attempt(log(come(), send('DEBUG POPULATE 9007199254740991')))).toBe('too-many-keys')
  expect(await attempt(log(come(), send('DEBUG POPULATE 40000 k 60000000')))).toBe('too-large')
  expect(await attempt(log(come(), send('DEBUG POPULATE x')))).toMatchObject({ keys: 0 })
  const long = [1, 2, 3, 4, 5].map((n) => send(`SETRANGE k${n} 15000000 x`))
  expect(await attempt(log(come(), ...long))).toBe('too-large')
  const { image, keys } = share(populated(60_000), null)
  expect({ image, keys }).toEqual({ image: null, keys: 60_000 })
  const large = populated(60_000).engine.image()
  expect(await attempt({ kind: 'image', image: large, digest: '' })).toBe('too-many-keys')
  let now = 0
  const slow = { ...host(), measured: () => (now += 6000) }
  const from = log(come(), send('PING'), send('PING'), send('PING'))
  expect(await bring({ do: 'import', from, names, keep: null }, slow)).toBe('too-long')
})

function populated(keys: number): Timeline {
  const timeline = Timeline.begin(1, START)
  timeline.apply(come())
  timeline.apply(send(`DEBUG POPULATE ${keys}`))
  return timeline
}

test('instants that no calendar shows are damage', async () => {
  expect(await attempt(log(come(), { ...send('SET k v'), at: 9e15 }))).toBe('damaged')
})

test('clients of other names are sent away', async () => {
  const store = new MemoryStore()
  const { session } = await brought(log(come('A'), come('<b>', 2), come('lesson:A', 3)), store)
  const { latest } = (await store.load(session!))!
  const { engine } = new Timeline({ base: latest!.image, log: [], undone: [], nextSeq: 1, floor: 0 })
  expect(engine.clients.map((client) => engine.state(client)!.name)).toEqual(['A'])
})

test('rows tell each command with its answer, also one that came late, and messages', async () => {
  const inputs = [come(), come('B', 2), send('BLPOP jobs 0'), send('SELECT 2', 2), send('MULTI', 2)]
  const more = [send('LPUSH jobs x', 2), send('EXEC', 2), send('SELECT 0', 2), send('LPUSH jobs sweep', 2)]
  const last = [send('SUBSCRIBE news'), send('PUBLISH news hi', 2), send('BLPOP none 0', 2)]
  const tried = await attempt(log(...inputs, ...more, ...last, { do: 'cancel', at: START, client: 2 }))
  const rows = (tried as Imported).rows.map(({ name, argv, state, reply, cancelled }) =>
    [name, `${state.db}${state.queued === null ? '' : `:${state.queued}`}`, argv?.join(' ') ?? 'message']
      .concat(cancelled ? '^C' : show(reply!).replaceAll(/\s+/g, ' '))
      .join(' | '),
  )
  expect(rows).toEqual([
    'A | 0 | BLPOP jobs 0 | 1) "jobs" 2) "sweep"',
    'B | 0 | SELECT 2 | OK',
    'B | 2 | MULTI | OK',
    'B | 2:0 | LPUSH jobs x | QUEUED',
    'B | 2:1 | EXEC | 1) (integer) 1',
    'B | 2 | SELECT 0 | OK',
    'B | 0 | LPUSH jobs sweep | (integer) 1',
    'A | 0 | SUBSCRIBE news | 1) "subscribe" 2) "news" 3) (integer) 1',
    'B | 0 | PUBLISH news hi | (integer) 1',
    'A | 0 | message | 1) "message" 2) "news" 3) "hi"',
    'B | 0 | BLPOP none 0 | ^C',
  ])
})

test('whatever bytes come as an image, the worker neither hangs nor throws', async () => {
  const refusals = new Set<string>()
  for (let seed = 1; seed <= 12; seed++) {
    const { image, digest } = share(randomSession(seed), null)
    const chance = new Chance(seed)
    for (let round = 0; round < 400; round++) {
      const changed = image!.slice()
      for (let flips = 1 + chance.below(3); flips > 0; flips--)
        changed[chance.below(changed.length)]! ^= 1 << chance.below(8)
      const cut = chance.once(10) ? changed.slice(0, chance.below(changed.length)) : changed
      const tried = await attempt({ kind: 'image', image: cut, digest })
      refusals.add(typeof tried === 'string' ? tried : 'taken')
    }
  }
  expect([...refusals]).toEqual(expect.arrayContaining(['damaged', 'older']))
  for (const length of [0, 1, 11, 12]) {
    const tried = await attempt({ kind: 'image', image: new Uint8Array(length), digest: '' })
    expect(tried).toBe('older')
  }
}, 120_000)

test('over the border: what was shared is opened as a session of its own, and no other is touched', async () => {
  const store = new LastingStore()
  const time = new ManualTime()
  const { session } = testSession(store, time)
  const { session: mine } = await session.ask({ do: 'open', session: null, clients: ['A', 'B'] })
  session.send(1, [split('SET offer 1 EX 60')!], () => undefined)
  await idle()
  const shared = await session.ask({ do: 'share', upTo: null })
  expect(shared).toMatchObject({ keys: 1, commands: 1, digest: expect.stringMatching(/^[0-9a-f]{40}$/) })
  await session.ask({ do: 'flush' })
  const before = structuredClone(await store.load(mine.id))
  await time.advance(3_600_000)
  const tried = await session.ask({ do: 'import', from: asLog(shared), names, keep: null })
  expect(tried).toMatchObject({ session: null, keys: 1, differs: false })
  expect((await store.list()).length).toBe(1)
  const imported = await session.ask({ do: 'import', from: asImage(shared), names, keep: { name: 'mine' } })
  const id = (imported as Imported).session!
  expect(await store.load(mine.id)).toMatchObject({ base: before!.base, notebook: before!.notebook })
  const opened = await session.ask({ do: 'open', session: id, clients: [] })
  expect(opened).toMatchObject({ session: { name: 'mine' }, databases: [{ db: 0, keys: 1 }] })
  expect(opened.clients.map(({ name }) => name)).toEqual(['A', 'B'])
  // An hour has gone, and the key still has its minute.
  expect(await session.ask({ do: 'peek', db: 0, argv: split('TTL offer')! })).toBe(60)
  expect(
    await session.ask({
      do: 'import',
      from: { kind: 'image', image: new Uint8Array(9), digest: '' },
      names,
      keep: null,
    }),
  ).toBe('older')
})

test('what kills the worker is not tried again', async () => {
  const { session, runner } = testSession()
  await session.ask({ do: 'open', session: null, clients: ['A'] })
  const first = runner()
  const asked = session.ask({ do: 'import', from: log(come()), names, keep: null })
  await Promise.resolve()
  first.die('out of memory')
  await expect(asked).rejects.toThrow('The engine stopped: out of memory')
  await idle()
  expect(runner()).not.toBe(first)
  expect(await session.ask({ do: 'ping' })).toBeNull()
})
