// What a transcript cannot see of keys: the image, the log's words, chance, the page's view.
import { expect, test } from 'vitest'
import { utf8 } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import { show } from '../wire/show.ts'
import { Engine, type Output } from './engine.ts'

const start = (at = 1_000_000) => {
  const engine = new Engine({ seed: 7, at })
  engine.apply({ do: 'connect', at, client: 1, name: 'A', db: 0 })
  return engine
}

const send = (engine: Engine, line: string, at = engine.now): readonly Output[] =>
  engine.apply({ do: 'send', at, client: 1, argv: split(line)! })

const type = (engine: Engine, line: string, at = engine.now) =>
  send(engine, line, at).flatMap((output) => (output.on === 'reply' ? [show(output.reply)] : []))[0]

const effects = (engine: Engine, line: string) =>
  send(engine, line).flatMap((output) =>
    output.on === 'unit' ? [output.effects.map(({ argv }) => argv.join(' '))] : [],
  )[0]

test('deadlines of all 64 bits, and the time of last use, survive the image', () => {
  const engine = start()
  type(engine, 'SET k v PXAT 9223372036854775807')
  type(engine, 'SET j v')
  const image = engine.image()
  const restored = Engine.restore(image)
  expect(restored.image()).toEqual(image)
  expect(type(restored, 'PEXPIRETIME k')).toBe('(integer) 9223372036854775807')
  expect(type(restored, 'OBJECT IDLETIME j', engine.now + 60_000)).toBe('(integer) 60')
  type(restored, 'SWAPDB 0 1')
  type(restored, 'SELECT 1')
  expect(type(restored, 'PEXPIRETIME k')).toBe('(integer) 9223372036854775807')
  expect(type(restored, 'OBJECT IDLETIME j')).toBe('(integer) 60')
  type(restored, 'PEXPIREAT k 4102444800000')
  expect(type(restored, 'PEXPIRETIME k')).toBe('(integer) 4102444800000')
})

test('the time of last use stays with its key when slots are moved together', () => {
  const engine = start()
  for (let i = 0; i < 200; i++) type(engine, `SET k${i} v`)
  const later = engine.now + 100_000
  for (let i = 0; i < 190; i++) type(engine, `DEL k${i}`, later)
  type(engine, 'GET k195')
  expect(type(engine, 'OBJECT IDLETIME k195')).toBe('(integer) 0')
  expect(type(engine, 'OBJECT IDLETIME k199')).toBe('(integer) 100')
})

test('what hangs on time or chance says how it propagates', () => {
  const engine = start()
  expect(effects(engine, 'SET k v EX 10')).toEqual(['SET k v PXAT 1010000'])
  expect(effects(engine, 'SET k v GET NX')).toEqual([])
  expect(effects(engine, 'SET k v XX GET')).toEqual(['SET k v XX'])
  expect(effects(engine, 'EXPIRE k 10')).toEqual(['PEXPIREAT k 1010000'])
  expect(effects(engine, 'GETEX k PX 5')).toEqual(['PEXPIREAT k 1000005'])
  expect(effects(engine, 'GETEX k PERSIST')).toEqual(['PERSIST k'])
  expect(effects(engine, 'EXPIRE k -1')).toEqual(['DEL k'])
  expect(effects(engine, 'PSETEX k 5 v')).toEqual(['SET k v PXAT 1000005'])
  expect(effects(engine, 'GETDEL k')).toEqual(['DEL k'])
  expect(effects(engine, 'INCRBYFLOAT n 0.5')).toEqual(['SET n 0.5 KEEPTTL'])
  expect(effects(engine, 'GETSET k v')).toEqual(['SET k v'])
})

test('an APPEND tells what was there before it', () => {
  const engine = start()
  type(engine, 'APPEND k ab')
  type(engine, 'APPEND k cd')
  const [unit] = send(engine, 'APPEND k ef').filter((output) => output.on === 'unit')
  expect(unit).toMatchObject({ changes: [{ was: { size: 4, peek: 'abcd' }, now: { size: 6, peek: 'abcdef' } }] })
})

test('a COPY is a value of its own', () => {
  const engine = start()
  type(engine, 'APPEND k ab')
  type(engine, 'APPEND k cd')
  type(engine, 'COPY k c')
  type(engine, 'APPEND k ef')
  expect(type(engine, 'GET c')).toBe('"abcd"')
})

test('SCAN meets every key that was there all the while, whatever comes and goes', () => {
  const engine = start()
  for (let i = 0; i < 500; i++) type(engine, `SET stays${i} v`)
  const met = new Set<string>()
  let cursor = '0'
  let round = 0
  do {
    const reply = type(engine, `SCAN ${cursor} COUNT 7`)!
    cursor = /"(\d+)"/.exec(reply)![1]!
    for (const [, key] of reply.matchAll(/"(stays\d+)"/g)) met.add(key!)
    for (let i = 0; i < 9; i++) type(engine, `SET comes${round}-${i} v`)
    if (round % 3 === 2) for (let i = 0; i < 27; i++) type(engine, `DEL comes${round - (i % 3)}-${Math.floor(i / 3)}`)
    round++
  } while (cursor !== '0')
  expect(met.size).toBe(500)
})

test('RANDOMKEY comes to every key, and replays', () => {
  const draw = () => {
    const engine = start()
    type(engine, 'MSET a 1 b 2 c 3')
    return Array.from({ length: 60 }, () => type(engine, 'RANDOMKEY'))
  }
  expect(new Set(draw()).size).toBe(3)
  expect(draw()).toEqual(draw())
})

test('to look with SORT_RO or OBJECT changes nothing', () => {
  const engine = start()
  type(engine, 'RPUSH l 2 1')
  const image = engine.image()
  const later = engine.now + 5000
  expect(engine.peek(later, 0, [utf8('SORT_RO'), utf8('l')])).toEqual(['1', '2'])
  expect(engine.peek(later, 0, ['OBJECT', 'IDLETIME', 'l'].map(utf8))).toBe(5)
  expect(engine.image()).toEqual(image)
})

// Asked of redis-server 8.0.2: INFO stats and OBJECT IDLETIME after each.
test('to be met by SCAN is no use of a key and no look-up; to be asked for its type is a look-up', () => {
  const engine = start()
  const hits = () => /keyspace_hits:([0-9]+)/.exec(type(engine, 'INFO stats')!)![1]
  type(engine, 'MSET a 1 b 2')
  type(engine, 'SCAN 0', engine.now + 60_000)
  expect(hits()).toBe('0')
  expect(type(engine, 'OBJECT IDLETIME a')).toBe('(integer) 60')
  type(engine, 'CONFIG RESETSTAT')
  type(engine, 'SCAN 0 TYPE string')
  expect(hits()).toBe('2')
  expect(type(engine, 'OBJECT IDLETIME a')).toBe('(integer) 60')
})
