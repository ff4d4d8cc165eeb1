// Two ways lead from a command to bytes: a reply is made and then written, or what a value holds is written from where it
// lies. And two ways lead through a change: somebody observes it, or nobody does. Nothing of that may be seen from outside.
import './whole.ts'
import { expect, test } from 'vitest'
import { Chance } from '../conformance/chance.ts'
import { families } from '../conformance/fuzz/index.ts'
import { expand } from '../conformance/fuzz/template.ts'
import { fromArray, type Bytes } from '../wire/bytes.ts'
import { encode, ReplyWriter } from '../wire/resp.ts'
import { split } from '../wire/line.ts'
import { Engine } from './engine.ts'

const CLIENT = 1

/** What is often written from where it lies, and what it lies in. */
const often = [
  'RPUSH list a bb 12 -7 한글 0123456789012345678901234567890',
  'LPUSH list 4294967296 x y',
  'LPOP list',
  'RPOP list',
  'RPOP list',
  'LPOP list',
  'LRANGE list -5 -2',
  'HSET hash a 1 bb two ccc 한글 d 0123456789 e -1',
  'HGET hash ccc',
  'HDEL hash a e',
  'ZADD zset 1 a 2 bb 2 cc 3.5 한글 -1 e',
  'ZRANGE zset 1 -1',
  'ZRANGE zset 0 2 REV',
  'ZREM zset a cc',
  'SET key value',
  'SET key 12345',
  'APPEND key more',
  'GET key',
  'SCAN 0 COUNT 4',
  'SCAN 3',
].map((line) => split(line)!)

/** What would keep the others from being seen, or from finding anything. */
const ends: ReadonlySet<string> = new Set(['MULTI', 'FLUSHALL', 'FLUSHDB', 'SELECT', 'SWAPDB', 'RESET'])

/** What a client would read from its connection. */
function heard(engine: Engine, at: number, argv: readonly Bytes[], out: ReplyWriter | null): Bytes {
  const outputs = engine.send(at, CLIENT, argv, out)
  const told = outputs.flatMap((output) =>
    output.on === 'reply' ? [output.reply] : output.on === 'push' ? [output.message] : [],
  )
  const bytes = told.map((reply) => encode(reply, engine.protocol(CLIENT)!)).join('')
  return ((out ? fromArray(out.take()) : '') + bytes) as Bytes
}

test.each([2, 3])(
  'what is written at once is what the reply would have been, and leaves the same behind (RESP%i)',
  (protocol) => {
    for (let seed = 1; seed <= 2; seed++) {
      const chance = new Chance(seed)
      const given = { seed, at: 1000 }
      const plain = new Engine(given)
      const quick = new Engine({ ...given, observe: false })
      const out = new ReplyWriter()
      const both = (at: number, argv: readonly Bytes[]) => {
        const meant = heard(plain, at, argv, null)
        expect([argv, heard(quick, at, argv, out), quick.memory]).toEqual([argv, meant, plain.memory])
      }
      for (const engine of [plain, quick]) engine.apply({ do: 'connect', at: 1000, client: CLIENT, name: '', db: 0 })
      for (const line of [
        `HELLO ${protocol}`,
        'CONFIG SET hash-max-listpack-entries 4',
        'CONFIG SET set-max-listpack-entries 4',
        'CONFIG SET zset-max-listpack-entries 4',
        'CONFIG SET list-max-listpack-size 4',
      ])
        both(1000, split(line)!)
      for (let at = 1001; at < 4000; at++) {
        const family = chance.one(families)
        const argv = chance.one(expand(chance.one(family.templates), family, chance))
        both(at, ends.has(argv[0]!.toUpperCase()) || chance.once(2) ? chance.one(often) : argv)
      }
      expect(quick.image()).toEqual(plain.image())
    }
  },
)

test('keys that expire, a few or many at a time, leave the same behind whether somebody observes it or not', () => {
  for (let seed = 1; seed <= 3; seed++) {
    const chance = new Chance(seed)
    const engines = [true, false].map((observe) => new Engine({ seed, at: 1000, observe }))
    const all = (line: string, at: number) => {
      for (const engine of engines) engine.send(at, CLIENT, split(line)!)
    }
    for (const engine of engines) engine.apply({ do: 'connect', at: 1000, client: CLIENT, name: '', db: 0 })
    for (let n = 0; n < 3000; n++) all(`SET k${n} v PX ${chance.one([1, 50, 50, 50, 400]) + chance.below(200)}`, 1000)
    for (let at = 1001; at < 1700; at += 1 + chance.below(40)) {
      for (const engine of engines) engine.apply({ do: 'tick', at })
      all(`SET new${at} v PX ${1 + chance.below(300)}`, at)
      all(`DEL k${chance.below(3000)}`, at)
      expect(engines[1]!.image()).toEqual(engines[0]!.image())
    }
    expect(engines[0]!.sizes()[0]?.keys ?? 0).toBeLessThan(100)
  }
})
