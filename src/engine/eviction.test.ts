import { describe, expect, it } from 'vitest'
import { latin } from '../wire/bytes.ts'
import { show } from '../wire/show.ts'
import { Engine, type Output } from './engine.ts'

const MINUTE = 60_000

/** An engine and somebody who types. Keys hold a kilobyte, so that a few bytes here and there do not matter. */
class Session {
  engine = new Engine({ seed: 3, at: 0 })
  outputs: readonly Output[] = []
  #at = 0

  constructor() {
    this.outputs = this.engine.apply({ do: 'connect', at: 0, client: 1, name: 'A', db: 0 })
  }

  ask(line: string): string {
    const argv = line.split(' ').map((word) => latin(word === '1kB' ? 'x'.repeat(900) : word))
    this.outputs = this.engine.apply({ do: 'send', at: this.#at, client: 1, argv })
    const reply = this.outputs.find((one) => one.on === 'reply')
    return reply ? show(reply.reply) : ''
  }

  wait(ms: number): void {
    this.#at += ms
  }

  /** Room for `more` bytes from now on. */
  limit(policy: string, more: number): void {
    this.ask(`CONFIG SET maxmemory-policy ${policy} maxmemory-samples 64 maxmemory ${this.engine.memory + more}`)
  }

  keys(): string[] {
    return [...this.engine.keys(0)].toSorted()
  }

  units() {
    return this.outputs.flatMap((one) => (one.on === 'unit' ? [one] : []))
  }
}

const filled = (...names: string[]) => {
  const session = new Session()
  for (const name of names) {
    session.ask(`SET ${name} 1kB`)
    session.wait(1000)
  }
  return session
}

describe('what goes first', () => {
  it('allkeys-lru: what nobody has used for the longest time', () => {
    const session = filled('a', 'b', 'c', 'd')
    session.ask('GET a')
    session.limit('allkeys-lru', 100)
    session.ask('SET e 1kB')
    session.ask('PING')
    expect(session.keys()).toEqual(['a', 'c', 'd', 'e'])
    session.ask('SET f 1kB')
    session.ask('PING')
    expect(session.keys()).toEqual(['a', 'd', 'e', 'f'])
  })

  it('volatile-lru: only among those that will expire', () => {
    const session = filled('a', 'b', 'c', 'd')
    session.ask('EXPIRE c 1000')
    session.ask('EXPIRE b 1000')
    session.wait(1000)
    session.ask('GET c')
    session.limit('volatile-lru', 100)
    session.ask('SET e 1kB')
    session.ask('PING')
    expect(session.keys()).toEqual(['a', 'c', 'd', 'e'])
  })

  it('allkeys-lfu: what is used least often, however lately', () => {
    const session = filled('a', 'b', 'c')
    session.limit('allkeys-lfu', 100)
    for (let i = 0; i < 30; i++) for (const name of ['a', 'c']) session.ask(`GET ${name}`)
    session.ask('GET b')
    session.ask('SET d 1kB')
    session.ask('PING')
    // A new key counts as if it had been used a few times; b once more than that, a and c many times.
    expect(session.keys()).toContain('a')
    expect(session.keys()).toContain('c')
    expect(session.keys()).toHaveLength(3)
  })

  it('volatile-lfu: with time, what was used often long ago goes', () => {
    const session = filled('old', 'young')
    session.limit('volatile-lfu', 100)
    session.ask('CONFIG SET lfu-log-factor 0')
    for (const name of ['old', 'young']) session.ask(`EXPIRE ${name} 100000`)
    for (let i = 0; i < 20; i++) session.ask('GET old')
    expect(session.ask('OBJECT FREQ old')).toBe('(integer) 26')
    session.wait(18 * MINUTE)
    expect(session.ask('OBJECT FREQ old')).toBe('(integer) 8')
    for (let i = 0; i < 20; i++) session.ask('GET young')
    session.ask('SET more 1kB')
    session.ask('PING')
    expect(session.keys()).toEqual(['more', 'young'])
  })

  it('volatile-ttl: what will expire first', () => {
    const session = filled('a', 'b', 'c', 'd')
    for (const [name, seconds] of Object.entries({ a: 500, b: 100, c: 300 })) session.ask(`EXPIRE ${name} ${seconds}`)
    session.limit('volatile-ttl', 100)
    session.ask('SET e 1kB')
    session.ask('SET f 1kB')
    session.ask('PING')
    expect(session.keys()).toEqual(['a', 'd', 'e', 'f'])
  })

  it.each<[string, string[]]>([
    ['allkeys-random', []],
    ['volatile-random', ['c', 'd', 'e']],
  ])('%s: any of them, but for %j', (policy, staying) => {
    const session = filled('a', 'b', 'c', 'd')
    for (const name of ['a', 'b']) session.ask(`EXPIRE ${name} 1000`)
    session.limit(policy, 100)
    session.ask('SET e 1kB')
    session.ask('PING')
    expect(session.keys()).toHaveLength(4)
    expect(session.keys()).toEqual(expect.arrayContaining(staying))
  })
})

describe('an eviction', () => {
  it('is told as an event and as a DEL, before the command that wanted room', () => {
    const session = filled('a', 'b', 'c')
    session.limit('allkeys-lru', 100)
    session.ask('SET d 1kB')
    session.ask('SET e v')
    const [unit] = session.units()
    expect(unit!.changes.map(({ key, event }) => [key, event])).toEqual([
      ['a', 'evicted'],
      ['e', 'set'],
    ])
    expect(unit!.effects.map(({ argv }) => argv.join(' '))).toEqual(['DEL a', 'SET e v'])
    expect(session.ask('INFO stats')).toMatch(/evicted_keys:1\b/)
  })

  it('happens at once where maxmemory is set too low, as a unit of nobody', () => {
    const session = filled('a', 'b', 'c')
    session.limit('allkeys-lru', -1500)
    expect(session.keys()).toEqual(['c'])
    const unit = session.units().find(({ client }) => client === null)
    expect(unit!.changes.map(({ key, event }) => [key, event])).toEqual([
      ['a', 'evicted'],
      ['b', 'evicted'],
    ])
  })

  it('takes from every database, as many as are needed', () => {
    const session = filled(...Array.from({ length: 300 }, (_, i) => `key:${i}`))
    session.ask('SELECT 1')
    session.ask('SET other 1kB')
    session.ask('CONFIG SET maxmemory-policy allkeys-random maxmemory 1')
    expect(session.engine.sizes()).toEqual([])
    expect(session.ask('SET k v')).toMatch(/OOM/)
  })

  it('finds the few that will expire among many that will not', () => {
    const session = filled(...Array.from({ length: 3000 }, (_, i) => `key:${i}`))
    session.ask('EXPIRE key:1234 100')
    session.limit('volatile-lru', 100)
    session.ask('SET more 1kB')
    expect(session.ask('SET again 1kB')).toBe('OK')
    expect(session.ask('EXISTS key:1234')).toBe('(integer) 0')
    expect(session.ask('SET third 1kB')).toMatch(/OOM/)
  })
})

it('goes on in the same way from an image, by last use and by frequency', () => {
  for (const policy of ['allkeys-lru', 'allkeys-lfu', 'volatile-lfu', 'allkeys-random']) {
    const session = filled(...Array.from({ length: 60 }, (_, i) => `key:${i}`))
    for (let i = 0; i < 60; i += 3) session.ask(`EXPIRE key:${i} 90000`)
    session.limit(policy, 100)
    session.ask('CONFIG SET maxmemory-samples 5')
    for (let i = 0; i < 200; i++) session.ask(`GET key:${(i * i) % 61}`)
    const other = new Session()
    other.engine = Engine.restore(session.engine.image())
    other.wait(60_000)
    for (const one of [session, other])
      for (let i = 0; i < 40; i++) {
        one.ask(`SET new:${i} 1kB`)
        one.ask(`GET key:${(i * i) % 61}`)
        one.wait(100)
      }
    expect(other.keys()).toEqual(session.keys())
    expect(other.engine.image()).toEqual(session.engine.image())
    expect(session.keys().filter((name) => name.startsWith('key:')).length).toBeLessThan(60)
  }
})

it('evicts nothing for who only looks', () => {
  const session = filled('a', 'b', 'c')
  session.limit('allkeys-lru', 100)
  session.ask('SET d 1kB')
  expect(session.engine.peek(99_999, 0, ['GET', 'a'].map(latin))).toHaveLength(900)
  expect(session.keys()).toEqual(['a', 'b', 'c', 'd'])
})
