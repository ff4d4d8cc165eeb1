// A lesson with all that a lesson may have, played in the stores on a real engine.
import { beforeEach, expect, test } from 'vitest'
import { parseLesson } from '../../lesson/format.ts'
import { createPlayer } from '../../lesson/player.ts'
import type { Lesson } from '../../lesson/schema.ts'
import { idle, LastingStore, ManualTime, testSession } from '../../session/testing.ts'
import { en } from '../i18n/en.ts'
import { createStores, type Stores } from './index.ts'
import { isSeen, stepDone } from './lesson.ts'

const source = `---
id: hats
title: Hats
minutes: 1
clients: [A, B]
actors: [Mina]
db: 1
---

\`\`\`redis setup
A> HSET hat quantity 1
A> SET runner gone EX 60
\`\`\`

## race: The last hat

\`\`\`redis run
A> HGET hat quantity
\`\`\`

\`\`\`redis predict
A> HGET hat quantity
"1"
or
(nil)
\`\`\`

\`\`\`redis cue
when: A is watching hat
Mina> HINCRBY hat quantity -1
Mina> HGET hat quantity
\`\`\`

\`\`\`check
A is refused.
A replied: EXEC => (nil)
\`\`\`

\`\`\`check live
The hat is sold.
HGET hat quantity => "0"
\`\`\`

\`\`\`redis solution
A> WATCH hat
A> MULTI
A> HINCRBY hat quantity -1
A> EXEC
(nil)
\`\`\`

## wait: Wait for work

Go.

\`\`\`redis cue
Mina> BLPOP orders 0
\`\`\`

\`\`\`check
B got a job in the end.
B replied: BRPOP => (nil)
\`\`\`

\`\`\`redis solution
B> BLPOP jobs 0
B> ^C
B> BRPOP jobs 60
(nil)
~ 61s
\`\`\`
`

function lessonOf(): Lesson {
  const parsed = parseLesson(source, { track: 'shop' })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.lesson
}

const kept = new Map<string, string>()
const memory = {
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (n: string, v: string) => void kept.set(n, v),
}
beforeEach(() => kept.clear())

/** A page on this store; what it puts off happens at once. Its learner wants nothing to move, unless told. */
async function page(store = new LastingStore(), time = new ManualTime(), still = true) {
  const { session } = testSession(store, time)
  const title = { en: 'Hats', ko: '모자' }
  const entry = { id: 'hats', track: 'shop', title, minutes: 1, languages: ['en'], clients: ['A', 'B'] } as const
  const stores = createStores(session, {
    memory,
    tab: memory,
    languages: ['en'],
    search: new URLSearchParams('?lesson=hats'),
    clock: () => time.now,
    later: (work) => {
      const timer = setImmediate(work)
      return () => clearImmediate(timer)
    },
    still: () => still,
    lessons: {
      library: [{ ...entry, actors: ['Mina'], db: 1, load: () => Promise.resolve(lessonOf()) }],
      tracks: [],
      createPlayer,
    },
  })
  await stores.open(null)
  await settled(stores)
  return { session, stores, store, time }
}

/** All that is under way has come to rest. */
async function settled(stores: Stores): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await idle()
    await stores.lesson.getState().looked()
  }
}

async function type(stores: Stores, name: string, line: string): Promise<void> {
  stores.console.getState().submit(name, line)
  await settled(stores)
}

const rows = (stores: Stores, name: string) =>
  stores.console
    .getState()
    .lanes.find((lane) => lane.name === name)!
    .entries.map(({ line, fate }) => fate ?? line)
const acts = (stores: Stores) =>
  stores.actors.getState().acts.map(({ name, line, shown, taken }) => `${name}: ${line} → ${taken ? 'taken' : shown}`)
const peek = (stores: Stores, ...argv: string[]) => stores.peek(1, argv as never)

test('an actor acts on its cue by a client of its own; the lesson tells, and a reason names it', async () => {
  const { stores } = await page()
  expect(stores.console.getState().lanes.map(({ name }) => name)).toEqual(['A', 'B'])
  await type(stores, 'A', 'WATCH hat')
  expect(acts(stores)).toEqual(['Mina: HINCRBY hat quantity -1 → (integer) 0', 'Mina: HGET hat quantity → "0"'])
  expect(stores.console.getState().lanes.map(({ name }) => name)).toEqual(['A', 'B'])
  await type(stores, 'A', 'MULTI')
  await type(stores, 'A', 'EXEC')
  expect(stores.console.getState().lanes[0]!.entries.at(-1)).toMatchObject({ by: 'Mina', why: { kind: 'raced' } })
  expect(stepDone(stores.lesson.getState())).toBe(true)
})

test('an actor that waits holds nobody up, and its reply is told when it comes', async () => {
  const { stores } = await page()
  stores.lesson.getState().go(1)
  await settled(stores)
  expect(acts(stores)).toEqual(['Mina: BLPOP orders 0 → null'])
  await type(stores, 'A', 'RPUSH orders hat')
  expect(acts(stores)).toEqual(['Mina: BLPOP orders 0 → 1) "orders"\n2) "hat"'])
})

test('back to where the step began: data, clients and cues are as they were, also after a reload', async () => {
  const first = await page()
  await type(first.stores, 'A', 'WATCH hat')
  await type(first.stores, 'A', 'MULTI')
  await type(first.stores, 'B', 'FLUSHALL')
  first.stores.leave()
  await idle()
  const { stores } = await page(first.store, first.time)
  expect(acts(stores)).toHaveLength(2)
  expect((await stores.lesson.getState().anew())(en)).toContain('Back where this step began.')
  await settled(stores)
  expect([acts(stores), await peek(stores, 'HGET', 'hat', 'quantity')]).toEqual([[], '1'])
  expect(stores.session.getState().clients[0]).toMatchObject({ name: 'A', db: 1, queued: null, watching: [] })
  expect(rows(stores, 'A')).toEqual(['taken', 'taken'])
  await type(stores, 'A', 'WATCH hat')
  expect(acts(stores)).toHaveLength(2)
  await stores.session.getState().move({ ahead: 100_000 })
  expect((await stores.lesson.getState().anew())(en)).toContain('1 key has expired since')
})

test('the solution is typed into its console and runs, with its wait, its ^C and its jump; the step is seen', async () => {
  const { stores } = await page()
  await stores.hand.getState().show()
  await settled(stores)
  expect(rows(stores, 'A')).toEqual(['WATCH hat', 'MULTI', 'HINCRBY hat quantity -1', 'EXEC'])
  const { place } = stores.lesson.getState()
  expect([place!.done, isSeen(place!, 'race'), stores.hand.getState().shows]).toEqual([['race'], true, false])
  stores.lesson.getState().go(1)
  await settled(stores)
  await type(stores, 'B', 'BLPOP other 0')
  await stores.hand.getState().show()
  await settled(stores)
  expect(rows(stores, 'B')).toEqual(['BLPOP other 0', 'BLPOP jobs 0', 'BRPOP jobs 60'])
  expect(stores.lesson.getState().place!.done).toEqual(['race', 'wait'])
})

test('it is typed letter by letter, and stops at a wish: then nothing more runs, and the prompt is as it was', async () => {
  const { stores } = await page(undefined, undefined, false)
  stores.console.getState().type('A', 'my own')
  const drafts = new Set<string>()
  stores.console.subscribe(({ lanes }) => {
    const { draft } = lanes[0]!
    drafts.add(draft)
    if (draft === 'WATCH h') stores.hand.getState().stop()
  })
  await stores.hand.getState().show()
  await settled(stores)
  expect([...drafts].slice(0, 7)).toEqual(['W', 'WA', 'WAT', 'WATC', 'WATCH', 'WATCH ', 'WATCH h'])
  expect(stores.console.getState().lanes[0]).toMatchObject({ draft: 'my own', entries: [] })
})

test('a line for a console that waits does not run, unless the lesson ends the wait first', async () => {
  const { stores } = await page()
  await type(stores, 'A', 'BLPOP jobs 0')
  const { run } = stores.hand.getState()
  const ping = { client: 'A', line: 'PING' }
  expect(run(ping)).toBe(false)
  await settled(stores)
  expect(rows(stores, 'A')).toEqual(['BLPOP jobs 0'])
  expect(run(ping, { interrupts: true })).toBe(true)
  await settled(stores)
  const [waited, pinged] = stores.console.getState().lanes[0]!.entries
  expect([waited?.cancelled, pinged?.reply]).toEqual([true, { kind: 'status', text: 'PONG' }])
  expect(run({ skip: 61_000 })).toBe(true)
  await settled(stores)
  expect(await peek(stores, 'EXISTS', 'runner')).toBe(0)
})

test('what was foretold stays, and the true reply beside it', async () => {
  const { stores } = await page()
  expect(stores.hand.getState().run({ client: 'A', line: 'HGET hat quantity' }, { stays: true })).toBe(true)
  stores.lesson.getState().foretell(0, '(nil)')
  expect(stores.lesson.getState().foretold).toHaveLength(1)
  await settled(stores)
  expect(stores.lesson.getState()).toMatchObject({
    foretold: [],
    answers: { 'race/0': '"1"' },
    place: { guesses: { 'race/0': '(nil)' } },
  })
})

test('advice comes with a line and goes with the next; the newest tick is known until then', async () => {
  const { stores } = await page()
  await type(stores, 'B', 'WATCH hat')
  expect(stores.lesson.getState().advice).toEqual({ kind: 'wrong-client', client: 'B', wanted: 'A' })
  await type(stores, 'B', 'HSET hat quantity 0')
  expect(stores.lesson.getState()).toMatchObject({ advice: null, ticked: 1 })
  await type(stores, 'B', 'PING')
  expect(stores.lesson.getState().ticked).toBeNull()
})
