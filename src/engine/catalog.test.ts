import { expect, test } from 'vitest'
import { catalog } from './catalog.ts'
import { errorName } from './command.ts'
import { describedAs } from './introspect.ts'
import { deviations, missing, recorded } from './testing/recorded.ts'
import { latin } from '../wire/bytes.ts'

const table = recorded()

test('every command of ours is the server’s, fact by fact', () => {
  const found = catalog.flatMap((command) => {
    const theirs = table.get(errorName(command.name))
    return theirs ? deviations(command, theirs) : [`${command.name}: the server has no such command`]
  })
  expect(found).toEqual([])
})

test('every container of ours is told as the server tells it', () => {
  const containers = new Set(catalog.filter(({ words }) => words === 2).map(({ name }) => name.split(' ')[0]!))
  for (const name of containers) {
    const theirs = table.get(name.toLowerCase())!
    expect(describedAs(latin(name))).toMatchObject({
      arity: theirs.arity,
      flags: theirs.flags,
      categories: theirs.acl,
      since: theirs.since,
      group: theirs.group,
      complexity: theirs.complexity,
    })
  }
})

test('each command is there once, with a sentence in both languages', () => {
  const names = catalog.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  const poor = catalog.filter(({ summary: { en, ko } }) => !/^[^a-z].*\.$/.test(en) || !/[가-힣].*니다\.$/.test(ko))
  expect(poor.map(({ name }) => name)).toEqual([])
})

test('what we have and what we lack is together what the server has', () => {
  const leaves = [...table.values()].filter(({ group, subcommands }) => group !== 'module' && !subcommands)
  const containers = catalog.filter(({ name }) => table.get(errorName(name))?.subcommands)
  expect(missing().length + catalog.length - containers.length).toBe(leaves.length)
})
