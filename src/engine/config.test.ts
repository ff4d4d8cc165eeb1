import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Reader, Writer } from './binary.ts'
import { Config } from './config.ts'
import { differences, parameters } from './config-parameters.ts'
import { effective } from './config-start.ts'

const file = new URL('../conformance/oracle/config-8.0.2.json', import.meta.url)
const theirs = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>

test('every parameter of the server is there with its default, but for the differences we name', () => {
  const config = new Config()
  const ours = Object.fromEntries(config.names().map((name) => [name, config.get(name)]))
  const wanted = { ...theirs }
  for (const [name, { ours: value }] of Object.entries(differences)) wanted[name] = value
  expect(ours).toEqual(wanted)
})

test('a difference is one', () => {
  for (const [name, { ours }] of Object.entries(differences)) expect(ours).not.toBe(theirs[name])
})

test('every default is a value that its parameter takes', () => {
  const config = new Config()
  const refused = config
    .names()
    .filter((name) => config.never(name) === null && name !== 'bind')
    .filter((name) => config.set(name, theirs[name]!) !== null || config.get(name) !== theirs[name])
  expect(refused).toEqual([])
})

test('an older name is the same parameter', () => {
  const config = new Config()
  expect(config.set('hash-max-ziplist-entries', '7')).toBeNull()
  expect(config.get('hash-max-listpack-entries')).toBe('7')
  expect(config.limits.hashMaxListpackEntries).toBe(7)
  expect(effective.has('hash-max-ziplist-entries')).toBe(true)
  expect(effective.has('timeout')).toBe(false)
  const aliases = Object.values(parameters).flatMap(({ alias }) => alias ?? [])
  expect(aliases.length).toBeGreaterThan(20)
  expect(aliases.filter((name) => !parameters[name])).toEqual([])
})

test('what was set survives the image', () => {
  const config = new Config()
  config.set('save', '60 1 300 10')
  config.set('set-max-intset-entries', '3')
  config.set('timeout', '9')
  const writer = new Writer()
  config.write(writer)
  const other = new Config()
  other.restore(new Reader(writer.done()))
  expect(other.savePoints).toEqual([
    { seconds: 60, changes: 1 },
    { seconds: 300, changes: 10 },
  ])
  expect(other.limits.setMaxIntsetEntries).toBe(3)
  expect(other.get('timeout')).toBe('9')
})
