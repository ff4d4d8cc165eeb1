import { expect, it } from 'vitest'
import { Engine } from '../engine/engine.ts'
import { STARTUP } from '../engine/memory.ts'
import { EngineTarget } from '../engine/testing/engine-target.ts'
import { latin, type Bytes } from '../wire/bytes.ts'
import { Chance } from './chance.ts'
import { families } from './fuzz/index.ts'
import { generate } from './fuzz/generate.ts'

const start = Date.UTC(2026, 0, 1)

function machine() {
  const target = new EngineTarget({ seed: 7, at: start })
  for (const client of ['A', 'B']) target.connect(client, 0)
  return target
}

const send = (target: EngineTarget, ...words: string[]) => target.send('A', words.map(latin))

/** The sum that writes keep up, and the one that a restored image adds up anew. */
const sums = ({ engine }: EngineTarget) => [engine.memory, Engine.restore(engine.image()).memory]

const small = ['hash-max-listpack-entries', '3', 'set-max-listpack-entries', '3', 'set-max-intset-entries', '3'].concat(
  ['zset-max-listpack-entries', '3', 'list-max-listpack-size', '3'],
)

it.each([1, 2, 3, 4, 5, 6, 7, 8])('keeps the sum up through random commands, seed %i', (seed) => {
  const target = machine()
  if (seed % 2 === 0) send(target, 'CONFIG', 'SET', ...small)
  let most = 0
  for (const [i, { client, argv }] of generate(families, seed, 3000).entries()) {
    target.send(client, argv)
    most = Math.max(most, target.engine.memory)
    if (i % 50 !== 0) continue
    const [held, anew] = sums(target)
    expect(held).toBe(anew)
  }
  expect(most).toBeGreaterThan(STARTUP + 500)
  target.advance(2 ** 40)
  expect(sums(target)[0]).toBe(sums(target)[1])
  send(target, 'RESET')
  send(target, 'FLUSHALL')
  expect(target.engine.memory).toBe(STARTUP)
})

/** Many elements come and go, some with a time; then all keys go one by one. */
it('keeps the sum up for large collections, and ends where it began', () => {
  const target = machine()
  const chance = new Chance(1)
  const element = () => `element:${chance.below(3000)}`.padEnd(chance.below(60), '.')
  const steps: (() => string[])[] = [
    () => ['HSET', 'h', element(), element()],
    () => ['HPEXPIRE', 'h', String(chance.below(5000)), 'FIELDS', '1', element()],
    () => ['HDEL', 'h', element()],
    () => ['SADD', 's', element()],
    () => ['SREM', 's', element()],
    () => ['SPOP', 's'],
    () => ['ZADD', 'z', String(chance.next()), element()],
    () => ['ZREMRANGEBYRANK', 'z', '0', '1'],
    () => ['LPUSH', 'l', element(), element()],
    () => ['LINSERT', 'l', 'AFTER', element(), element()],
    () => ['LSET', 'l', String(chance.below(300)), element().repeat(chance.once(20) ? 400 : 1)],
    () => ['LREM', 'l', '1', element()],
    () => ['RPOP', 'l'],
    () => ['APPEND', 'a', element()],
    () => ['SET', element(), element(), 'PX', String(1 + chance.below(9000))],
    () => ['COPY', chance.one(['h', 's', 'z', 'l', 'a']), 'copy', 'REPLACE'],
  ]
  for (let i = 0; i < 10; i++) {
    for (let j = 0; j < 2000; j++) send(target, ...chance.one(steps)())
    target.advance(chance.below(500))
    expect(sums(target)[0]).toBe(sums(target)[1])
  }
  for (const key of [...target.engine.keys(0)] as Bytes[]) target.send('A', [latin('DEL'), key])
  expect(target.engine.memory).toBe(STARTUP)
})
