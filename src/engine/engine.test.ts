import { expect, test } from 'vitest'
import { utf8 } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import { show } from '../wire/show.ts'
import { Engine } from './engine.ts'

const start = () => {
  const engine = new Engine({ seed: 7, at: 1000 })
  for (const client of [1, 2]) engine.apply({ do: 'connect', at: 1000, client, name: 'AB'[client - 1]!, db: 0 })
  return engine
}
const type = (engine: Engine, client: number, line: string, at = 1000) =>
  engine
    .apply({ do: 'send', at, client, argv: split(line)! })
    .flatMap((output) => (output.on === 'reply' ? [show(output.reply)] : []))
    .join('\n')

test('a race on WATCH is lost, and the reason names who touched the key', () => {
  const engine = start()
  type(engine, 1, 'SET k 1')
  type(engine, 1, 'WATCH k')
  type(engine, 1, 'MULTI')
  type(engine, 1, 'SET k 2')
  type(engine, 2, 'SET k 9')
  const outputs = engine.apply({ do: 'send', at: 1000, client: 1, argv: [utf8('EXEC')] })
  const reply = outputs.find((output) => output.on === 'reply')
  expect(reply).toMatchObject({ reply: { kind: 'nil-array' }, why: { kind: 'raced', by: 2, command: 'set', key: 'k' } })
  expect(type(engine, 1, 'GET k')).toBe('"9"')
})

test('a key goes when its time comes, by itself', () => {
  const engine = start()
  type(engine, 1, 'SET k v EX 10')
  const wakes: number[] = []
  for (let wake = engine.nextWake()!; wake < 11000; wake = engine.nextWake()!) {
    expect(engine.apply({ do: 'tick', at: wake })).toEqual([])
    wakes.push(wake)
  }
  expect(wakes.length).toBeLessThan(6)
  expect(engine.nextWake()).toBe(11000)
  expect(engine.apply({ do: 'tick', at: 10999 })).toEqual([])
  const [unit] = engine.apply({ do: 'tick', at: 11000 })
  expect(unit).toMatchObject({ on: 'unit', client: null, changes: [{ key: 'k', event: 'expired', now: null }] })
  expect(engine.sizes()).toEqual([])
})

test('an image restores to the same image', () => {
  const engine = start()
  type(engine, 1, 'MSET a 1 b 2 c three')
  type(engine, 1, 'SET d v EX 10')
  type(engine, 2, 'WATCH d')
  type(engine, 2, 'MULTI')
  type(engine, 2, 'SET d w')
  const image = engine.image()
  expect(Engine.restore(image).image()).toEqual(image)
})
