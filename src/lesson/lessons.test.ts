// Every lesson of lessons/** is read in both languages (the build's plugin refuses what does not fit), and proves
// itself.
import { describe, expect, it } from 'vitest'
import { Engine } from '../engine/engine.ts'
import { languages } from '../wire/text.ts'
import { readAttempts, tryOut } from './attempts.ts'
import { benchOn } from './bench.ts'
import { library, tracks } from './library.ts'
import { prove, type OpenBench } from './prove.ts'

const sources = import.meta.glob<string>('../../lessons/*/*/attempts.txt', {
  query: '?raw',
  import: 'default',
  eager: true,
})

const open: OpenBench = (clients, db) =>
  benchOn(new Engine({ seed: 7, at: 1_700_000_000_000 }), clients, db, 1_700_000_000_000)

it('there are lessons, each with an id of its own', () => {
  expect(library.map(({ id }) => id)).toContain('keys-and-values')
  expect(new Set(library.map(({ id }) => id)).size).toBe(library.length)
})

it('every lesson has a track that has a title in both languages', () => {
  for (const { track } of library) {
    const found = tracks.find(({ id }) => id === track)
    for (const language of languages) expect(found?.title[language]).toBeTruthy()
  }
})

describe.each(library)('$id', (entry) => {
  it.each(languages)('is there in %s, as the list says', async (language) => {
    expect(entry.languages).toContain(language)
    const lesson = await entry.load(language)
    const { id, track, title, minutes } = entry
    expect(lesson).toMatchObject({ id, track, minutes, language, title: title[language] })
  })

  it.each(languages)('has two hints or more in each step that asks for something (%s)', async (language) => {
    const { steps } = await entry.load(language)
    const poor = steps.filter(({ checks, hints }) => checks.length > 0 && hints.length < 2)
    expect(poor.map(({ id }) => id)).toEqual([])
  })

  it('proves itself on the engine', async () => {
    expect(await prove(await entry.load('en'), open)).toEqual([])
  })
})

describe.each(library)('attempts at $id', async (entry) => {
  const lesson = await entry.load('en')
  const { attempts, problems } = readAttempts(sources[`../../lessons/${entry.folder}/attempts.txt`] ?? '', lesson)

  it('are written for this lesson', () => {
    expect(problems).toEqual([])
  })

  it.each(lesson.steps.filter(({ checks }) => checks.length > 0))('are many enough for $id', ({ id }) => {
    const here = attempts.filter(({ step }) => step === id)
    expect(here.filter(({ passes }) => passes).length, 'right ways').toBeGreaterThanOrEqual(2)
    expect(here.filter(({ passes }) => !passes).length, 'wrong ways').toBeGreaterThanOrEqual(3)
  })

  it.each(attempts)('$step, passes: $passes: $says', async (attempt) => {
    expect(await tryOut(lesson, attempt, open)).toBe(attempt.passes)
  })
})
