import { expect, test } from 'vitest'
import { split } from '../wire/line.ts'
import { Engine } from './engine.ts'

/** What a unit changed, by key, after some lines of preparation. */
const changed = (...lines: string[]) => {
  const engine = new Engine({ seed: 1, at: 0 })
  engine.apply({ do: 'connect', at: 0, client: 1, name: 'A', db: 0 })
  const outputs = lines.map((line) => engine.apply({ do: 'send', at: 0, client: 1, argv: split(line)! })).at(-1)!
  return outputs.flatMap((output) => (output.on === 'unit' ? output.changes.map(({ key, event }) => [key, event]) : []))
}

test('a write that changes nothing is no change', () => {
  expect(changed('ZADD z 1 a', 'ZADD z 1 a')).toEqual([])
  expect(changed('ZADD z 1 a', 'ZREM z b')).toEqual([])
  expect(changed('RPUSH l a', 'LREM l 0 b')).toEqual([])
  expect(changed('RPUSH l a', 'LINSERT l BEFORE b c')).toEqual([])
})

test('a write that changes something is told by its last event', () => {
  expect(changed('ZADD z 1 a', 'ZADD z 2 a')).toEqual([['z', 'zadd']])
  expect(changed('RPUSH l a', 'LTRIM l 0 -1')).toEqual([['l', 'ltrim']])
  expect(changed('RPUSH l a', 'LPOP l')).toEqual([['l', 'del']])
  expect(changed('RPUSH l a b', 'LMOVE l m LEFT LEFT')).toEqual([
    ['m', 'lpush'],
    ['l', 'lpop'],
  ])
})
