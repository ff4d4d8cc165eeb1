// Every lesson of lessons/** is read in both languages (the build's plugin refuses what does not fit), and proves
// itself.
import { describe, expect, it } from 'vitest'
import { Engine } from '../engine/engine.ts'
import { split } from '../wire/line.ts'
import { languages } from '../wire/text.ts'
import { benchOn } from './bench.ts'
import { library, tracks } from './library.ts'
import { createPlayer } from './player.ts'
import { prove, type OpenBench } from './prove.ts'

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

/** For each step: ways that do what it asks, and ways that tempt but do not. Each begins where the step begins. */
const ways: Readonly<
  Record<string, readonly { step: string; right: readonly string[][]; wrong: readonly string[][] }[]>
> = {
  'keys-and-values': [
    {
      step: 'set-a-value',
      right: [['set Croatia "Zagreb"'], ['SET Zagreb Croatia', 'MSET Croatia Zagreb']],
      wrong: [['SET Zagreb Croatia'], ['SET croatia Zagreb'], ['SET Croatia zagreb']],
    },
    {
      step: 'ask-and-miss',
      right: [['GET Japan'], ['get croatia']],
      wrong: [['GET Croatia'], ['GET'], ['MGET Japan'], ['SET Japan ""', 'GET Japan']],
    },
    {
      step: 'overwrite',
      right: [['SET Bahamas Nassau'], ['SET Bahamas Nasau', 'MSET Bahamas Nassau']],
      wrong: [['SET bahamas Nassau'], ['SET Bahamas Nasau'], ['SET Nassau Bahamas']],
    },
    {
      step: 'many-at-once',
      right: [
        ['MSET France Paris Norway Oslo Lebanon Beirut'],
        ['SET Lebanon Beirut', 'SET Norway Oslo', 'SET France Paris'],
      ],
      wrong: [
        ['MSET Lebanon Norway France Beirut Oslo Paris'],
        ['SET Lebanon Beirut Norway Oslo France Paris'],
        ['MSET Lebanon Beirut Norway Oslo'],
      ],
    },
    {
      step: 'ask-many',
      right: [['MGET Norway Japan'], ['mget Sweden France Norway Lebanon']],
      wrong: [['GET Norway', 'GET Japan'], ['MGET Norway France'], ['MGET Japan'], ['MGET Norway,Japan']],
    },
    {
      step: 'is-it-there',
      right: [['EXISTS Norway Norway'], ['exists Norway Sweden Norway']],
      wrong: [['EXISTS Norway', 'EXISTS Norway'], ['EXISTS Norway France'], ['EXISTS norway norway']],
    },
  ],
}

describe.each(Object.keys(ways))('%s', (id) => {
  const attempts = ways[id]!.flatMap(({ step, right, wrong }) => [
    ...right.map((lines) => ({ step, lines, passes: true })),
    ...wrong.map((lines) => ({ step, lines, passes: false })),
  ])

  it.each(attempts)('$step: $lines passes: $passes', async ({ step, lines, passes }) => {
    const lesson = await library.find((entry) => entry.id === id)!.load('en')
    const bench = open(lesson.clients, lesson.db)
    const at = lesson.steps.findIndex((one) => one.id === step)
    for (const { client, line } of lesson.steps.slice(0, at).flatMap(({ solution }) => solution))
      bench.send(client, split(line)!)
    const player = createPlayer(lesson, null, {
      peek: (db, argv) => Promise.resolve(bench.peek(db, argv)),
      client: (name) => bench.state(name),
    })
    player.go(at)
    for (const line of lines) {
      const argv = split(line)!
      for (const { client, reply } of bench.send('A', argv)) player.replied(client, argv, reply)
    }
    await player.look()
    expect(player.place().done.includes(step)).toBe(passes)
  })
})
