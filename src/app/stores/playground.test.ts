import { expect, test } from 'vitest'
import { createFake, opened } from '../testing/fake.ts'
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

function stage() {
  const fake = createFake()
  const cards = new Map<string, string>()
  const info = (id: string) => ({ id, name: cards.get(id) ?? '', createdAt: 0, usedAt: 0, keys: 0, commands: 0 })
  const books = new Map<string, string>()
  let current = ''
  let made = 0
  fake.answering.open = ({ session, fresh }) => {
    current = fresh || session === null ? `s${++made}` : session
    if (!cards.has(current)) cards.set(current, '')
    return opened({ session: info(current), notebook: books.get(current) ?? null })
  }
  fake.answering.keep = ({ notebook }) => {
    books.set(current, notebook)
    return null
  }
  fake.answering.sessions = () => [...cards.keys()].map(info)
  fake.answering.rename = ({ session, name }) => {
    cards.set(session, name)
    return null
  }
  const stores = createStores(fake.session, {
    memory: memory(),
    tab: memory(),
    languages: ['en'],
    search: new URLSearchParams(),
    clock: () => 0,
    later: (work) => {
      work()
      return () => undefined
    },
    lessons: {
      library: [],
      tracks: [],
      createPlayer: () => {
        throw new Error('no lessons here')
      },
    },
  })
  return { stores, cards, openId: () => stores.session.getState().info?.id }
}

test('the playground is a session of its own, entered again by the same way, and the course is where it was', async () => {
  const { stores, cards, openId } = stage()
  await stores.open(null)
  expect([openId(), stores.lesson.getState().free]).toEqual(['s1', false])
  await stores.play()
  expect([openId(), stores.lesson.getState().free]).toEqual(['s2', true])
  expect(cards.get('s2')).toBe('Playground')
  await stores.play()
  expect(openId()).toBe('s2')
  await stores.learn('any')
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
  await stores.learn('any')
  expect(openId()).not.toBe('s2')
  expect(stores.lesson.getState().free).toBe(false)
})
