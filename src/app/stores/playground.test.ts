import { expect, test } from 'vitest'
import { createPlayer } from '../../lesson/player.ts'
import { OK } from '../../wire/reply.ts'
import { calm, createFake, idle, opened } from '../testing/fake.ts'
import { createStores } from './index.ts'

/** A browser's storage, in a map. */
function memory(): {
  readonly kept: Map<string, string>
  getItem(name: string): string | null
  setItem(name: string, value: string): void
} {
  const kept = new Map<string, string>()
  return { kept, getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) }
}

const listed = (id: string, db = 0) => ({
  id,
  track: 'keys',
  title: { en: `About ${id}`, ko: `${id} 수업` },
  minutes: 1,
  languages: ['en'] as const,
  clients: ['A'],
  actors: db > 0 ? ['Mina'] : [],
  db,
  load: (language: 'en' | 'ko') =>
    Promise.resolve({
      id,
      track: 'keys',
      language,
      title: id,
      minutes: 1,
      clients: ['A'],
      actors: [],
      db,
      setup: [{ client: 'A', line: `SET ${id} 1` }],
      steps: [{ id: 'one', title: 'One', body: [], checks: [], hints: [], reactions: [], cues: [], solution: [] }],
    }),
})

function stage(search = '', browser = memory()) {
  const fake = createFake()
  const cards = new Map<string, string>()
  const info = (id: string) => ({ id, name: cards.get(id) ?? '', createdAt: 0, usedAt: 0, keys: 0, commands: 0 })
  const books = new Map<string, string>()
  let current = ''
  fake.answering.open = ({ session, fresh, name, clients, db = 0 }) => {
    const known = fresh ? null : session
    current = known ?? `s${cards.size + 1}`
    if (!cards.has(current)) cards.set(current, name ?? '')
    const states = clients.map((each, i) => idle(i + 1, each, { db }))
    return opened({ session: info(current), notebook: books.get(current) ?? null, clients: states })
  }
  fake.answering.keep = ({ notebook }) => {
    books.set(current, notebook)
    return null
  }
  fake.answering.sessions = () => [...cards.keys()].map(info)
  const stores = createStores(fake.session, {
    memory: browser,
    tab: memory(),
    languages: ['en'],
    search: new URLSearchParams(search),
    clock: () => 0,
    later: (work) => {
      work()
      return () => undefined
    },
    lessons: { library: [listed('first'), listed('hats', 1)], tracks: [], createPlayer },
  })
  const setups = () => fake.asked.flatMap((each) => (each.do === 'send' ? each.commands.map((argv) => argv[1]) : []))
  const play = async () => {
    stores.console.getState().submit('A', 'PING')
    fake.turn({ on: 'reply', seq: fake.next - 1, client: 1, reply: OK })
    await calm()
  }
  return { fake, stores, cards, books, browser, setups, play, openId: () => stores.session.getState().info?.id }
}

test('the first visit opens one session, in which the first lesson begins', async () => {
  const { fake, stores, cards, openId, setups } = stage()
  await stores.open(null)
  expect(fake.asked.filter((each) => each.do === 'open')).toEqual([
    { do: 'open', session: null, clients: ['A', 'B'], name: 'About first' },
  ])
  expect([openId(), stores.lesson.getState().lesson?.id, cards.get('s1'), setups()]).toEqual([
    's1',
    'first',
    'About first',
    ['first'],
  ])
  expect(fake.asked.some(({ do: asked }) => asked === 'sessions')).toBe(false)
})

test('each lesson is played in a session of its own, and found there again with its place', async () => {
  const { fake, stores, openId, setups } = stage()
  await stores.open(null)
  await stores.learn('hats')
  expect(fake.asked.findLast((each) => each.do === 'open')).toEqual({
    do: 'open',
    session: null,
    fresh: true,
    clients: ['A', 'lesson:Mina'],
    db: 1,
    name: 'About hats',
  })
  expect(openId()).toBe('s2')
  expect(stores.console.getState().lanes.map(({ name }) => name)).toEqual(['A'])
  expect(stores.keyspace.getState().db).toBe(1)
  await stores.learn('first')
  expect([openId(), stores.lesson.getState().lesson?.id]).toEqual(['s1', 'first'])
  await stores.learn('hats')
  expect([openId(), stores.lesson.getState().lesson?.id]).toEqual(['s2', 'hats'])
  expect(setups()).toEqual(['first', 'hats'])
})

test('the address opens its lesson at once, in the session that the browser remembers for it', async () => {
  const first = stage('?lesson=hats')
  await first.stores.open(null)
  expect(first.fake.asked.filter((each) => each.do === 'open')).toMatchObject([{ fresh: true, name: 'About hats' }])
  expect(first.browser.kept.get('rediscover.lesson.hats')).toBe('s1')
  const unknown = stage('?lesson=nothing')
  await unknown.stores.open(null)
  expect(unknown.stores.lesson.getState().lesson?.id).toBe('first')
})

test('beginning again takes a fresh session; one that is only opened does not count as the one last played', async () => {
  const { stores, openId, setups, play } = stage()
  await stores.open(null)
  await stores.again()
  expect([openId(), setups()]).toEqual(['s2', ['first', 'first']])
  await stores.open(null, true)
  expect(openId()).toBe('s3')
  await stores.learn('hats')
  await stores.learn('first')
  expect(openId()).toBe('s2')
  await stores.open('s1')
  await play()
  await stores.learn('hats')
  await stores.learn('first')
  expect(openId()).toBe('s1')
})

test('the playground is a session of its own, entered again by the same way, and the lesson is where it was', async () => {
  const { stores, cards, openId } = stage()
  await stores.open(null)
  expect([openId(), stores.lesson.getState().free]).toEqual(['s1', false])
  await stores.play()
  expect([openId(), stores.lesson.getState().free]).toEqual(['s2', true])
  expect(cards.get('s2')).toBe('Playground')
  await stores.play()
  expect(openId()).toBe('s2')
  await stores.learn('first')
  expect([openId(), stores.lesson.getState().free]).toEqual(['s1', false])
  await stores.play()
  expect([openId(), stores.lesson.getState().free]).toEqual(['s2', true])
})

test('a playground stays one over a reload; a session that was deleted is not looked for', async () => {
  const { stores, cards, openId } = stage()
  await stores.open(null)
  await stores.play()
  await stores.open('s2')
  expect([openId(), stores.lesson.getState().free]).toEqual(['s2', true])
  cards.delete('s1')
  cards.set('s9', '')
  await stores.learn('first')
  expect(['s1', 's2']).not.toContain(openId())
  expect(stores.lesson.getState().free).toBe(false)
})
