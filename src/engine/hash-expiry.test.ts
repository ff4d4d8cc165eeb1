import { expect, test } from 'vitest'
import { utf8 } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import { show } from '../wire/show.ts'
import { Engine } from './engine.ts'

const start = () => {
  const engine = new Engine({ seed: 7, at: 1000 })
  engine.apply({ do: 'connect', at: 1000, client: 1, name: 'A', db: 0 })
  return engine
}
const type = (engine: Engine, line: string, at = 1000) =>
  engine
    .apply({ do: 'send', at, client: 1, argv: split(line)! })
    .flatMap((output) => (output.on === 'reply' ? [show(output.reply)] : []))
    .join('\n')
const peek = (engine: Engine, at: number, line: string) => show(engine.peek(at, 0, split(line)!))
const many = (count: number) => Array.from({ length: count }, (_, i) => `f${i}`)
const pairs = (count: number) =>
  many(count)
    .map((field) => `${field} v`)
    .join(' ')

test('a field goes by itself at its time, and says so', () => {
  const engine = start()
  type(engine, 'HSET h a 1 b 2')
  type(engine, 'HEXPIRE h 10 FIELDS 1 a')
  let wake = engine.nextWake()!
  for (; wake < 11000; wake = engine.nextWake()!) expect(engine.apply({ do: 'tick', at: wake })).toEqual([])
  expect(wake).toBe(11000)
  const [unit] = engine.apply({ do: 'tick', at: wake })
  expect(unit).toMatchObject({
    on: 'unit',
    client: null,
    changes: [
      {
        key: 'h',
        event: 'hexpired',
        was: { size: 2 },
        now: { size: 1 },
        spots: [{ at: 'field', field: 'a', before: '1', after: null }],
      },
    ],
  })
  expect(engine.nextWake()).toBeNull()
  expect(type(engine, 'INFO stats', 11000)).toContain('expired_subkeys:1')
})

test('the last field takes the key along', () => {
  const engine = start()
  type(engine, 'HSETEX h PX 500 FIELDS 2 a 1 b 2')
  const [unit] = engine.apply({ do: 'tick', at: 1500 })
  expect(unit).toMatchObject({ changes: [{ key: 'h', event: 'del', now: null }] })
  expect(engine.sizes()).toEqual([])
})

test('looking past a field’s time sees it gone and disturbs nothing', () => {
  const engine = start()
  type(engine, 'HSET h a 1 b 2')
  type(engine, 'HEXPIRE h 10 FIELDS 1 a')
  const image = engine.image()
  expect(peek(engine, 11000, 'HKEYS h')).toBe('1) "b"')
  expect(peek(engine, 10999, 'HLEN h')).toBe('(integer) 2')
  expect(engine.inspect(11000, 0, utf8('h'), 0, 10)).toMatchObject({ total: 1, summary: { size: 1 } })
  expect(engine.inspect(1000, 0, utf8('h'), 0, 10)).toMatchObject({
    items: [
      { field: 'a', value: '1', expireAt: 11000 },
      { field: 'b', value: '2', expireAt: null },
    ],
  })
  expect(engine.image()).toEqual(image)
})

test('a hash whose fields have all expired is not there for who looks', () => {
  const engine = start()
  type(engine, 'HSETEX h EX 1 FIELDS 1 a 1')
  expect(peek(engine, 2000, 'EXISTS h')).toBe('(integer) 0')
})

test('more fields than one tick removes go over several, and nobody meets one that is due', () => {
  const engine = start()
  const count = 5000
  type(engine, `HSET h ${pairs(count)} stays 1`)
  type(engine, `HPEXPIRE h 100 FIELDS ${count} ${many(count).join(' ')}`)
  engine.apply({ do: 'tick', at: 1100 })
  expect(peek(engine, 1100, 'HLEN h')).toBe('(integer) 1')
  expect(type(engine, 'HKEYS h', 1100)).toBe('1) "stays"')
  let ticks = 0
  for (; engine.nextWake() !== null; ticks++) engine.apply({ do: 'tick', at: 1100 })
  expect(ticks).toBeLessThan(5)
})

test('times of fields follow a hash that is copied, renamed, moved and swapped', () => {
  const engine = start()
  for (const line of [
    'HSETEX h EX 10 FIELDS 1 a 1',
    'HSET h b 2',
    'COPY h copy',
    'RENAME h renamed',
    'MOVE renamed 1',
    'SWAPDB 0 1',
  ])
    type(engine, line)
  expect(engine.sizes()).toHaveLength(2)
  engine.apply({ do: 'tick', at: 11000 })
  expect(engine.summary(0, utf8('renamed'))).toMatchObject({ size: 1 })
  expect(engine.summary(1, utf8('copy'))).toMatchObject({ size: 1 })
})

test('a key that is overwritten or flushed forgets the times of its fields', () => {
  const engine = start()
  for (const line of ['HSETEX h EX 10 FIELDS 1 a 1', 'SET h text', 'HSETEX g EX 10 FIELDS 1 a 1', 'FLUSHALL'])
    type(engine, line)
  expect(engine.nextWake()).toBeNull()
})

test('an image keeps the times of fields, and the restored engine wakes for them', () => {
  const engine = start()
  type(engine, 'HSET small a 1 b 2')
  type(engine, 'HEXPIRE small 10 FIELDS 1 a')
  type(engine, `HSET large ${pairs(600)}`)
  type(engine, 'HEXPIRE large 20 FIELDS 2 f1 f7')
  const image = engine.image()
  const again = Engine.restore(image)
  expect(again.image()).toEqual(image)
  for (const one of [engine, again]) {
    one.apply({ do: 'tick', at: 11000 })
    expect(one.nextWake()).toBeLessThanOrEqual(21000)
    one.apply({ do: 'tick', at: 21000 })
    expect(one.nextWake()).toBeNull()
  }
  expect(again.image()).toEqual(engine.image())
  expect(again.summary(0, utf8('large'))).toMatchObject({ size: 598 })
})

test('a hash that came and went in one command is not counted among those with times', () => {
  const engine = start()
  type(engine, 'HSETEX h PX 5000 FIELDS 1 f v')
  type(engine, 'HSETEX nothing PX 0 FIELDS 1 f v')
  expect(type(engine, 'INFO keyspace')).toContain('keys=1,expires=0,avg_ttl=0,subexpiry=1')
  expect(engine.apply({ do: 'tick', at: 6000 })).not.toEqual([])
  expect(engine.sizes()).toEqual([])
})
