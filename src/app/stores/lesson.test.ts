import { expect, test } from 'vitest'
import type { Place, Player } from '../../lesson/player.ts'
import type { Finding, Lesson } from '../../lesson/schema.ts'
import { latin } from '../../wire/bytes.ts'
import { OK } from '../../wire/reply.ts'
import type { Language } from '../../wire/text.ts'
import { bench, calm, opened, readNothing } from '../testing/fake.ts'
import { checkHolds, stepDone, type Lessons } from './lesson.ts'
import { writeNotebook } from './notebook.ts'

const lesson = (language: Language): Lesson => ({
  id: 'first',
  track: 'keys',
  language,
  title: language === 'ko' ? '첫 수업' : 'First',
  minutes: 5,
  clients: ['A'],
  actors: [],
  db: 0,
  setup: [{ client: 'A', line: 'SET seeded "1 2"' }],
  steps: ['one', 'two'].map((id) => ({
    id,
    title: id,
    body: [],
    checks: [
      {
        says: 'latched',
        mode: 'latched',
        test: { kind: 'replied', client: null, command: [latin('SET')], wants: { op: 'any' } },
      },
      {
        says: 'live',
        mode: 'live',
        test: { kind: 'replied', client: null, command: [latin('GET')], wants: { op: 'any' } },
      },
    ],
    hints: [],
    reactions: [],
    cues: [],
    solution: [],
  })),
})

/** A player that finds what the test says, and tells what it was told. */
function desk() {
  const heard: string[] = []
  let found: readonly (Finding | null)[] = [null, null]
  let places: Place | null = null
  let told = () => {}
  const lessons: Lessons = {
    tracks: [{ id: 'keys', title: { en: 'Keys', ko: '키' }, about: { en: '', ko: '' } }],
    library: [
      {
        id: 'first',
        track: 'keys',
        title: { en: 'First', ko: '첫 수업' },
        minutes: 5,
        languages: ['en', 'ko'],
        clients: ['A'],
        actors: [],
        db: 0,
        load: (language) => Promise.resolve(lesson(language)),
      },
    ],
    readGuest: readNothing,
    createPlayer(start, place): Player {
      let current = start
      places = place ?? { lesson: start.id, step: 0, passed: {}, shown: [], done: [], hints: 0 }
      return {
        get lesson() {
          return current
        },
        place: () => places!,
        findings: () => found,
        advice: () => null,
        replied: (client, argv) => heard.push(`${client} ${argv.join(' ')}`),
        befell: () => undefined,
        look() {
          heard.push('look')
          return Promise.resolve()
        },
        go(step) {
          places = { ...places!, step }
          told()
        },
        hint: () => undefined,
        show: () => undefined,
        guess: () => undefined,
        translate(other) {
          current = other
        },
        subscribe(listener) {
          told = listener
          return () => undefined
        },
      }
    },
  }
  return { lessons, heard, find: (...next: Finding[]) => (found = next) }
}

test('the setup runs once and quietly; from there the first step begins', async () => {
  const { lessons } = desk()
  const at = await bench('', lessons, (fake) => {
    fake.answering.mark = () => ({ seq: 7 })
  })
  expect(at.asked.slice(-2)).toEqual([{ do: 'send', client: 1, commands: [['SET', 'seeded', '1 2']] }, { do: 'mark' }])
  expect(at.stores.console.getState().lanes.flatMap(({ entries }) => entries)).toEqual([])
  expect(at.stores.lesson.getState().snapshot()).toMatchObject({ began: 7 })
})

test('the player hears what was typed and answered, and looks once a turn', async () => {
  const { lessons, heard } = desk()
  const at = await bench('', lessons)
  await calm()
  heard.length = 0
  at.stores.console.getState().submit('A', 'SET a "b c"')
  at.turn({ on: 'reply', seq: 1, client: 1, reply: OK })
  await calm()
  expect(heard).toEqual(['A SET a b c', 'look'])
  expect(at.stores.lesson.getState().tried).toBe(true)
})

test('a latched check stays, a live one must hold now', async () => {
  const { lessons, find } = desk()
  const at = await bench('', lessons)
  await calm()
  find({ holds: true, seen: '' }, { holds: true, seen: '' })
  at.turn({ on: 'reply', seq: 1, client: 1, reply: OK })
  const state = () => at.stores.lesson.getState()
  await calm()
  expect(stepDone(state())).toBe(true)
  find({ holds: true, seen: '' }, { holds: false, seen: '(nil)' })
  at.turn({ on: 'reply', seq: 1, client: 1, reply: OK })
  await calm()
  expect([checkHolds(state(), 0), checkHolds(state(), 1), stepDone(state())]).toEqual([true, false, false])
})

test('another language changes the text and not the place', async () => {
  const { lessons } = desk()
  const at = await bench('', lessons)
  at.stores.lesson.getState().go(1)
  at.stores.layout.getState().setLanguage('ko')
  await calm()
  expect(at.stores.lesson.getState()).toMatchObject({ lesson: { title: '첫 수업' }, place: { step: 1 } })
})

test('the place comes back from the notebook, and no setup runs', async () => {
  const { lessons } = desk()
  const place: Place = { lesson: 'first', step: 1, passed: {}, shown: [], done: ['one'], hints: 0 }
  const notebook = writeNotebook({
    lanes: [],
    keyspace: null,
    lesson: { place, closed: false },
    panes: {},
    active: 'A',
  })
  const at = await bench('?lang=ko', lessons, (fake) => {
    fake.answering.open = () => opened({ notebook })
  })
  expect(at.stores.lesson.getState()).toMatchObject({ place: { step: 1 }, lesson: { language: 'ko' } })
  expect(at.asked.some((each) => each.do === 'connect')).toBe(false)
})
