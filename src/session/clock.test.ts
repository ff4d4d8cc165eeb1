import { expect, test } from 'vitest'
import { Clock } from './clock.ts'
import { LastingStore, ManualTime, idle, testSession } from './testing.ts'
import { split } from '../wire/line.ts'
import { show } from '../wire/show.ts'

const began = 1_700_000_000_000

function clockAt() {
  const time = { now: began }
  return { time, clock: new Clock(() => time.now) }
}

test('it runs with the machine, stands still, runs fast, and jumps', () => {
  const { time, clock } = clockAt()
  time.now += 500
  expect(clock.now()).toBe(began + 500)
  clock.setRate(0)
  time.now += 10_000
  expect(clock.now()).toBe(began + 500)
  expect(clock.until(began + 501)).toBeNull()
  clock.jump(began + 1_000)
  expect(clock.now()).toBe(began + 1_000)
  clock.setRate(10)
  time.now += 100
  expect(clock.now()).toBe(began + 2_000)
  expect(clock.until(began + 3_000)).toBe(100)
  clock.setRate(1)
  time.now += 7
  expect(clock.now()).toBe(began + 2_007)
})

test('it never goes back, whatever becomes of the machine', () => {
  const { time, clock } = clockAt()
  clock.jump(began + 60_000)
  clock.jump(began)
  expect(clock.now()).toBe(began + 60_000)
  time.now -= 3_600_000
  expect(clock.now()).toBe(began + 60_000)
})

test('opened again it is as far ahead as it was, stands still where it did, and runs fast no more', () => {
  const first = clockAt()
  first.clock.jump(began + 3_600_000)
  const again = clockAt()
  again.time.now += 1_000
  again.clock.open(first.clock.state, 0)
  expect(again.clock.now()).toBe(began + 3_601_000)
  first.clock.setRate(0)
  again.clock.open(first.clock.state, 0)
  again.time.now += 1_000
  expect([again.clock.now(), again.clock.rate]).toEqual([began + 3_600_000, 0])
  first.clock.setRate(10)
  again.clock.open(first.clock.state, 0)
  expect([again.clock.now(), again.clock.rate]).toEqual([began + 3_602_000, 1])
  again.clock.open(undefined, began + 9_000_000)
  expect(again.clock.now()).toBe(began + 9_000_000)
})

async function playground(store = new LastingStore(), time = new ManualTime()) {
  const { session } = testSession(store, time)
  const replies = new Map<number, string>()
  session.listen((event) => {
    if (event.on === 'reply') replies.set(event.seq, show(event.reply))
  })
  const opened = await session.ask({ do: 'open', session: null, clients: ['A', 'B'] })
  const send = async (client: number, line: string) => {
    let seq = 0
    session.send(client, [split(line)!], ([first]) => (seq = first!))
    await idle()
    return () => replies.get(seq)
  }
  return { session, opened, time, store, send }
}

test('keys expire by the clock: none while it stands still, all that were due when it jumps', async () => {
  const { session, time, send } = await playground()
  await send(1, 'SET k v EX 60')
  await session.ask({ do: 'clock', set: { rate: 0 } })
  await time.advance(120_000)
  expect((await send(1, 'TTL k'))()).toBe('(integer) 60')
  await session.ask({ do: 'clock', set: { ahead: 59_000 } })
  expect((await send(1, 'TTL k'))()).toBe('(integer) 1')
  await session.ask({ do: 'clock', set: { ahead: 1_000 } })
  expect((await send(1, 'GET k'))()).toBe('(nil)')
})

test('a wait ends by the clock, ten times as soon where it runs so fast', async () => {
  const { session, time, send } = await playground()
  const reply = await send(1, 'BLPOP nothing 60')
  await session.ask({ do: 'clock', set: { rate: 10 } })
  await time.advance(5_900)
  expect(reply()).toBeUndefined()
  await time.advance(100)
  expect(reply()).toBe('(nil)')
})

test('to the next: the next key that expires, and no further', async () => {
  const { session, send } = await playground()
  await send(1, 'SET soon v PX 5000')
  await send(1, 'SET later v EX 5000')
  const before = await session.ask({ do: 'clock', set: { rate: 0 } })
  const after = await session.ask({ do: 'clock', set: { to: 'next' } })
  expect(after.now - before.now).toBe(5_000)
  expect((await send(1, 'KEYS *'))()).toBe('1) "later"')
  await session.ask({ do: 'clock', set: { to: 'next' } })
  expect((await send(1, 'DBSIZE'))()).toBe('(integer) 0')
  const last = await session.ask({ do: 'clock', set: { to: 'next' } })
  expect((await session.ask({ do: 'clock', set: { to: 'next' } })).now).toBe(last.now)
})

test('a session that is opened again has its clock where it was', async () => {
  const { session, store, time, send } = await playground()
  await send(1, 'SET k v EX 7200')
  await session.ask({ do: 'clock', set: { ahead: 3_600_000 } })
  await session.ask({ do: 'clock', set: { rate: 0 } })
  await time.advance(1_000)
  const again = await playground(store, time)
  expect(again.opened.time.rate).toBe(0)
  expect((await again.send(1, 'TTL k'))()).toBe('(integer) 3600')
})
