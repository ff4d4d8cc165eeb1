import { expect, it } from 'vitest'
import { Engine } from '../engine/engine.ts'
import { benchOn } from './bench.ts'
import { parseLesson } from './format.ts'
import { prove } from './prove.ts'
import { inEnglish } from './testing.ts'

const provenBy = async (...lines: string[]) => {
  const parsed = parseLesson(
    `---\nid: t\ntitle: T\nminutes: 1\nclients: [A, B]\nactors: [Mina]\n---\n${lines.join('\n')}\n`,
    { track: 'keys' },
  )
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const found = await prove(parsed.lesson, (clients, db) => benchOn(new Engine({ seed: 1, at: 0 }), clients, db, 0))
  return found.map(inEnglish)
}
const setup = (...lines: string[]) => ['```redis setup', ...lines, '```', ''].join('\n')
const step = (check: string, run: string, ...solution: string[]) =>
  [
    '## one: One\n\nDo it.\n',
    ...(run ? ['```redis run', run, '```', ''] : []),
    '```check\nk holds v',
    check,
    '```\n\n```redis solution',
    ...solution,
    '```',
  ].join('\n')

it('a sound lesson is proven', async () => {
  expect(
    await provenBy(setup('SET k old'), step('GET k => "v"', 'GET k', '> SET k v', 'OK', '> GET k', '"v"')),
  ).toEqual([])
})

it('two clients race', async () => {
  const race = ['A> WATCH k', 'B> SET k b', 'A> MULTI', 'A> SET k a', 'A> EXEC', '(nil)']
  expect(await provenBy(step('A replied: EXEC => (nil)', '', ...race))).toEqual([])
})

it('a check that holds before anything was done proves nothing', async () => {
  const found = await provenBy(setup('SET k v'), step('GET k => "v"', '', 'SET k v'))
  expect(found).toContain('one: "k holds v" holds before anything was done')
})

it('a solution that does not do it is found', async () => {
  expect(await provenBy(step('GET k => "v"', '', 'SET k V'))).toContain(
    'one: "k holds v" does not hold after the solution; seen: "V"',
  )
})

it('a solution that needs the lines of the prose is found', async () => {
  expect(await provenBy(step('MGET j k => 1) "1"\n2) "v"', 'SET j 1', 'SET k v'))).toEqual([
    'without the lines of the prose: one: "k holds v" does not hold after the solution; seen: 1) (nil)\n2) "v"',
  ])
})

it('a reply that is not as stated is found, in the prose and in the solution', async () => {
  expect(await provenBy(step('GET k => "v"', '> GET k\n"x"', '> SET k v', 'OKAY'))).toEqual([
    'one: "GET k" should answer "x" and answers (nil)',
    'one: "SET k v" should answer OKAY and answers OK',
  ])
})

it('an error that is not stated is found, in the setup too', async () => {
  const found = await provenBy(
    setup('SET k'),
    step('GET k => "v"', '', '> GET', "(error) ERR wrong number of arguments for 'get' command", '> SET k v'),
  )
  expect(found[0]).toMatch(/^setup: "SET k" answers \(error\) ERR wrong number/)
  expect(found).toHaveLength(2)
})

it('the clock is moved, a wait ends or is interrupted, and others act on cue', async () => {
  const found = await provenBy(
    '## one: One\n\nDo it.\n',
    '```redis cue\nwhen: A is blocked on q\nMina> RPUSH q x\n(integer) 1\n```\n',
    '```redis predict\nA> TTL k\n(integer) -2\nor\n(integer) -1\n```\n',
    '```check\ncame\nA replied: BLPOP has "x"\n```\n',
    '```check\nkept\nA replied: TTL => (integer) 1\n```\n',
    '```redis solution\nA> BLPOP q 0\n1) "q"\n2) "x"\nB> BLPOP q 2\n(nil)\n~ 3s\nB> BLPOP q 0\nB> ^C\nB> SET k v EX 10\n~ 9s\nA> TTL k\n(integer) 1\n```\n',
  )
  expect(found).toEqual([])
})

it('a cue that never comes is found', async () => {
  const cue = '\n```redis cue\nwhen: A is watching k\nMina> SET k x\n```\n'
  expect(await provenBy(step('GET k => "v"', '', 'SET k v') + cue)).toEqual([
    'one: the cue number 1 never came',
    'without the lines of the prose: one: the cue number 1 never came',
  ])
})
