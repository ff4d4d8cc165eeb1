import { describe, expect, it } from 'vitest'
import { latin } from '../../wire/bytes.ts'
import { NIL_ARRAY, OK, QUEUED, failure, setOf, type Reply } from '../../wire/reply.ts'
import { same, sameExec } from './compare.ts'
import { Coverage } from './coverage.ts'
import { playBoth, shrink, explain } from './diverge.ts'
import { generate, type Item } from './generate.ts'
import { families } from './index.ts'
import { EngineSide, type Side } from './play.ts'

const words = (line: string) => line.split(' ').map(latin)
const list = (...items: string[]): Reply => items.map(latin)

describe('a sequence', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(generate(families, 7, 200)).toEqual(generate(families, 7, 200))
    expect(generate(families, 7, 200)).not.toEqual(generate(families, 8, 200))
  })
})

describe('two replies', () => {
  it('must be in the same order where the encoding has one', () => {
    expect(same(list('a', 'b'), list('b', 'a'), 'by-encoding', [latin('listpack')])).toBe(false)
    expect(same(list('a', 'b'), list('b', 'a'), 'by-encoding', [latin('hashtable')])).toBe(true)
    expect(same(list('a', 'b'), list('b', 'c'), 'by-encoding', [latin('hashtable')])).toBe(false)
  })

  it('are told apart where only one protocol does', () => {
    expect(same(null, NIL_ARRAY, 'exact', [])).toBe(false)
    expect(same(setOf([1]), [1], 'exact', [])).toBe(false)
    expect(same(setOf([1, 2]), setOf([2, 1]), 'sorted', [])).toBe(true)
  })

  it('of EXEC are compared one by one', () => {
    expect(sameExec([1, list('a', 'b')], [1, list('b', 'a')], ['exact', 'sorted'])).toBe(true)
    expect(sameExec([1, list('a', 'b')], [1, list('b', 'a')], ['exact', 'exact'])).toBe(false)
  })
})

describe('what a run has reached', () => {
  it('misses commands and options until they were answered without an error', () => {
    const coverage = new Coverage(['strings'])
    expect(coverage.missed()).toEqual(expect.arrayContaining(['APPEND', 'SET', 'SET KEEPTTL']))
    coverage.heard(words('set k v keepttl'), OK)
    coverage.heard(words('APPEND k v'), failure('WRONGTYPE no'))
    coverage.heard(words('GET k'), QUEUED)
    const missed = coverage.missed()
    expect(missed).not.toContain('SET')
    expect(missed).not.toContain('SET KEEPTTL')
    expect(missed).toEqual(expect.arrayContaining(['APPEND', 'GET', 'SET PXAT']))
    expect(coverage.fine).toBe(0.5)
  })
})

describe('a divergence', () => {
  /** A server that cannot count: its INCR is one off from the third on. */
  class Wrong implements Side {
    async play(questions: Parameters<Side['play']>[0]) {
      const answers = await new EngineSide().play(questions)
      return answers.map(({ reply, probed }, i) => ({
        reply: questions[i]!.item.argv[0] === 'INCR' && Number(reply) > 2 ? Number(reply) + 1 : reply,
        probed,
      }))
    }
    close(): void {}
  }

  it('is cut down to the commands that it needs', async () => {
    const lines = ['PING', 'INCR n', 'SET a b', 'INCR n', 'GET a', 'ECHO x', 'INCR n', 'PING', 'INCR n']
    const items = lines.map((line): Item => ({
      client: 'A',
      argv: words(line),
      compare: 'exact',
      follows: false,
      counted: true,
    }))
    const sides = { ours: new Wrong(), real: new EngineSide() }
    const least = await shrink(await playBoth(items, sides), sides)
    expect(explain(least, 'counting')).toBe(
      '# counting\nA> INCR n\n(integer) 1\nA> INCR n\n(integer) 2\nA> INCR n\n(integer) 3\n\nours:\n(integer) 4',
    )
  })
})
