import { expect, it } from 'vitest'
import { readCourse } from '../../tools/lessons.ts'
import { fileURLToPath } from 'node:url'
import { findSteps, proseOf } from './find.ts'

const step = (id: string, en: string, ko: string, ...commands: string[]) => ({ id, title: { en, ko }, commands })
const steps = [
  ['first', [step('a', 'Ask a key', '키에게 묻기', 'GET'), step('b', 'Put it in', '넣기', 'SET', 'GETSET')]],
  ['second', [step('c', 'About SET', '집합', 'SADD')]],
] as const
const prose = new Map([['first', ['Countries and capitals', 'A name for a value']]])
const look = (query: string, language: 'en' | 'ko' = 'en') =>
  findSteps(query, steps, prose, language).map(({ lesson, step: at }) => `${lesson} ${at}`)

it('finds titles in the language that is on, commands, and prose that is loaded', () => {
  expect(look('ask')).toEqual(['first 0'])
  expect(look('묻기', 'ko')).toEqual(['first 0'])
  expect(look('sadd')).toEqual(['second 0'])
  expect(look('CAPITALS')).toEqual(['first 0'])
})

it('wants every word, and puts whole commands and titles first', () => {
  expect(look('key capitals')).toEqual(['first 0'])
  expect(look('key nowhere')).toEqual([])
  expect(look('set')).toEqual(['first 1', 'second 0'])
  expect(look('get')).toEqual(['first 0', 'first 1'])
  expect(look('  ')).toEqual([])
})

it('reads every kind of block of the course', () => {
  const course = readCourse(fileURLToPath(new URL('../../../lessons', import.meta.url)), 'ko')
  for (const lesson of course) {
    const texts = proseOf(lesson)
    expect(texts).toHaveLength(lesson.steps.length)
    for (const [i, text] of texts.entries()) expect(text.length).toBeGreaterThan(lesson.steps[i]!.title.length + 20)
  }
})
