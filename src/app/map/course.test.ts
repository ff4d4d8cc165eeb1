import { expect, it } from 'vitest'
import { none, type Progress, type Trail } from '../../storage/progress.ts'
import type { Listed } from '../stores/lesson.ts'
import { markOf, nextOf } from './course.ts'

const listed = (id: string): Listed => ({
  id,
  track: 't',
  title: { en: id, ko: id },
  minutes: 1,
  languages: ['en'],
  clients: ['A'],
  actors: [],
  db: 0,
  load: () => Promise.reject(new Error('not here')),
})
const library = ['a', 'b', 'c'].map(listed)
const trail = (at: number, finished: number | null = null): Trail => ({ done: [], seen: [], finished, step: 'x', at })
const of = (lessons: Record<string, Trail>): Progress => ({ ...none, lessons })
const next = (lessons: Record<string, Trail>) => nextOf(library, of(lessons))?.id ?? null

it('begins with the first, goes on with the one played last, then with the next that is open', () => {
  expect(next({})).toBe('a')
  expect(next({ a: trail(1), b: trail(2) })).toBe('b')
  expect(next({ a: trail(1), b: trail(2, 2) })).toBe('c')
  expect(next({ a: trail(1), c: trail(2, 2) })).toBe('a')
  expect(next({ a: trail(1, 1), b: trail(2, 2), c: trail(3, 3) })).toBe(null)
})

it('marks each lesson', () => {
  const progress = of({ a: trail(1, 1), b: trail(3) })
  const marks = library.map((each) => markOf(progress, each, nextOf(library, progress)))
  expect(marks).toEqual(['done', 'now', 'open'])
  expect(markOf(of({ a: trail(1), b: trail(3) }), library[0]!, library[1]!)).toBe('begun')
  expect(library.map((each) => markOf(none, each, library[0]!))).toEqual(['open', 'open', 'open'])
})
