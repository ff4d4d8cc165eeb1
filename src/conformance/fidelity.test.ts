// What the page says of faithfulness is data that was written down once; here it is held against what is there now.
import { expect, test } from 'vitest'
import { catalog } from '../engine/catalog.ts'
import { VERSION } from '../engine/server.ts'
import { Compared } from './compared.ts'
import { differing, noteSections, readFidelity } from './fidelity.ts'
import { allSections } from './transcripts.ts'

const { server, date, compared, differs } = readFidelity()
const total = (name: string) => (compared[name] ?? []).reduce((sum, each) => sum + each, 0)

test('every command of the catalog is there, and none that is not (npm run docs)', () => {
  expect(Object.keys(compared).toSorted()).toEqual(catalog.map(({ name }) => name).toSorted())
  expect(server).toBe(VERSION)
  expect(date).toMatch(/^\d{4}-\d\d-\d\d$/)
})

test('what differs is what the tables say (npm run docs)', () => {
  expect(differs).toEqual(differing())
  for (const name of Object.keys(differs)) expect(compared).toHaveProperty([name])
})

test('hardly a command was never compared, and those are known', () => {
  const never = catalog.map(({ name }) => name).filter((name) => total(name) === 0)
  // Their answers are the machine's own, or come by themselves.
  const known = ['BGREWRITEAOF', 'MEMORY MALLOC-STATS', 'COMMAND', 'MONITOR']
  expect(never.filter((name) => !known.includes(name))).toEqual([])
})

test('the count is not much older than the transcripts (npm run test:oracle -- --count)', () => {
  const now = new Compared()
  for (const sections of allSections().values()) noteSections(sections, now)
  const names = catalog.map(({ name }) => name)
  const sum = (of: (name: string) => number) => names.reduce((all, name) => all + of(name), 0)
  const counted = sum((name) => compared[name]?.[0] ?? 0)
  const there = sum((name) => now.of(name))
  expect(Math.abs(there - counted) / there).toBeLessThan(0.25)
  expect(names.filter((name) => now.of(name) > 0 && total(name) === 0)).toEqual([])
})
