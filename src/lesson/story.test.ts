// The course lives through the tutorial that it comes from: each command of each section of its transcript is typed in a
// lesson, and answered alike there. `told` says where; `but` names lines that a lesson tells otherwise, and why.
import { describe, expect, it } from 'vitest'
import transcript from '../conformance/tutorial.transcript?raw'
import { Engine } from '../engine/engine.ts'
import { parse } from '../engine/testing/transcript.ts'
import { split } from '../wire/line.ts'
import { benchOn } from './bench.ts'
import { judge } from './check.ts'
import { library } from './library.ts'
import { Playing } from './playing.ts'
import { offered } from './prove.ts'
import { asShown } from './shown.ts'

interface Told {
  readonly lessons: readonly string[]
  /** Lines that are not told with this reply, and why. */
  readonly but?: Readonly<Record<string, string>>
}

/** The last section looks ahead, to what the course does not teach. */
const ahead = 'Where the notes point next'

const told: Readonly<Record<string, Told>> = {
  'First contact': { lessons: ['first-contact'] },
  'Key and value': { lessons: ['keys-and-values'] },
  'Many keys at once': { lessons: ['many-at-once'] },
  'Is it there': {
    lessons: ['keys-and-values'],
    but: {
      'EXISTS Norway': 'asked of Croatia, since Norway comes in the next lesson',
      'EXISTS Norway Norway Sweden': 'in two lines: one country twice, and three of which one is not there',
    },
  },
  'A hash, field by field': { lessons: ['hashes'] },
  'A hash in one go': { lessons: ['hashes'] },
  'The wrong type': {
    lessons: ['counters', 'hashes'],
    but: { 'HGET Bahamas url': 'told the other way round: GET pypa, a hash that is asked as a string' },
  },
  'Clear a database': { lessons: ['many-at-once'] },
  'Three hats in database 1': { lessons: ['three-hats'] },
  'All or nothing': { lessons: ['all-or-nothing'] },
  'Watch, undisturbed': { lessons: ['last-hat'] },
  'A key that expires': { lessons: ['goes-by-itself'] },
  'The queue of addresses': { lessons: ['bots'] },
  'A set of visitors': { lessons: ['sets'] },
  'Flattened keys': { lessons: ['nested-values'] },
  Snapshots: { lessons: ['snapshots'] },
}

const sections = parse('tutorial.transcript', transcript).filter(({ title }) => title !== ahead)

/** A command and its reply as one string; a command's name may be written in any case. */
function asTold(line: string, shown: string): string {
  const [name, ...words] = split(line)!
  return [name!.toUpperCase(), ...words, asShown(shown)].join('\n')
}

/** All that is typed in a lesson, by whomever, with the replies that come. */
async function lived(id: string): Promise<ReadonlySet<string>> {
  const entry = library.find((one) => one.id === id)
  if (!entry) throw new Error(`there is no lesson ${id}`)
  const lesson = await entry.load('en')
  const heard = new Set<string>()
  const playing = new Playing(
    lesson,
    (clients, db) => benchOn(new Engine({ seed: 7, at: 0 }), clients, db, 0),
    ({ line }, reply) => void heard.add(asTold(line, judge(reply, { op: 'any' }).seen)),
  )
  playing.setUp()
  for (const [i, step] of lesson.steps.entries()) {
    await playing.begin(i)
    for (const block of step.body) await playing.run(offered(block))
    await playing.run(step.solution)
  }
  return heard
}

it('every section but the last is told somewhere', () => {
  expect(sections.map(({ title }) => title).toSorted()).toEqual(Object.keys(told).toSorted())
})

describe.each(sections)('$title', ({ title, steps }) => {
  it('is lived through, line by line', async () => {
    const { lessons, but = {} } = told[title]!
    const heard = (await Promise.all(lessons.map(lived))).flatMap((lines) => [...lines])
    const typed = steps.filter((step) => step.do === 'type')
    const missing = typed.filter(({ typed: line, reply }) => !heard.includes(asTold(line, reply ?? '')))
    expect(missing.map(({ typed: line }) => line)).toEqual(Object.keys(but))
  })
})
