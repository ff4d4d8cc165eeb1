import { expect, test } from 'vitest'
import { split } from '../../wire/line.ts'
import { Engine } from '../engine.ts'

/** How the last of these lines, typed at 1000 ms, goes to the AOF and to replicas. */
function effects(...lines: readonly string[]): readonly string[] {
  const engine = new Engine({ seed: 3, at: 1000 })
  engine.apply({ do: 'connect', at: 1000, client: 1, name: 'A', db: 0 })
  let last: readonly string[] = []
  for (const line of lines)
    for (const output of engine.apply({ do: 'send', at: 1000, client: 1, argv: split(line)! }))
      if (output.on === 'unit') last = output.effects.map(({ argv }) => argv.join(' '))
  return last
}

const hash = 'HSET h a 1 b 2'
const timed = 'HPEXPIREAT h 9000 FIELDS 2 a b'

test.each<[string, readonly string[], readonly string[]]>([
  ['a sum', ['HSET h f 1', 'HINCRBYFLOAT h f 1.5'], ['HSET h f 2.5']],
  ['a span', [hash, 'HEXPIRE h 100 FIELDS 2 a nothing'], ['HPEXPIREAT h 101000 FIELDS 1 a']],
  ['a condition', [hash, timed, 'HPEXPIREAT h 9500 NX FIELDS 2 a b'], []],
  ['a past moment', [hash, 'HPEXPIREAT h 1 FIELDS 3 a b nothing'], ['HDEL h a', 'HDEL h b']],
  ['HPERSIST', [hash, timed, 'HPERSIST h FIELDS 1 a'], ['HPERSIST h FIELDS 1 a']],
  ['HGETDEL', [hash, 'HGETDEL h FIELDS 2 a nothing'], ['HDEL h a nothing']],
  ['HGETDEL of nothing', [hash, 'HGETDEL h FIELDS 1 nothing'], []],
  ['HGETEX', [hash, 'HGETEX h EX 100 FIELDS 2 a nothing'], ['HPEXPIREAT h 101000 FIELDS 2 a nothing']],
  ['HGETEX PERSIST', [hash, timed, 'HGETEX h PERSIST FIELDS 2 a nothing'], ['HPERSIST h FIELDS 2 a nothing']],
  ['HGETEX of the past', [hash, 'HGETEX h PX 0 FIELDS 2 a nothing'], ['HDEL h a']],
  ['HSETEX', ['HSETEX h FNX EX 100 FIELDS 1 EX 1'], ['HSETEX h FNX PXAT 101000 FIELDS 1 EX 1']],
  ['HSETEX KEEPTTL', ['HSETEX h KEEPTTL FIELDS 1 a 1'], ['HSETEX h KEEPTTL FIELDS 1 a 1']],
  ['HSETEX of the past', ['HSETEX h EX 0 FIELDS 2 a 1 b 2'], ['HDEL h a', 'HDEL h b']],
  ['SPOP', ['SADD s a', 'SPOP s'], ['SREM s a']],
  ['SPOP of all', ['SADD s a b', 'SPOP s 9'], ['DEL s']],
  ['SPOP of none', ['SADD s a b', 'SPOP s 0'], []],
])('%s', (_, lines, wanted) => {
  expect(effects(...lines)).toEqual(wanted)
})

test('SPOP with a count propagates as the removal of just what it took', () => {
  const engine = new Engine({ seed: 3, at: 1000 })
  engine.apply({ do: 'connect', at: 1000, client: 1, name: 'A', db: 0 })
  engine.apply({ do: 'send', at: 1000, client: 1, argv: split('SADD s a b c d e')! })
  const outputs = engine.apply({ do: 'send', at: 1000, client: 1, argv: split('SPOP s 3')! })
  const reply = outputs.find((output) => output.on === 'reply')?.reply
  const taken = typeof reply === 'object' && reply !== null && 'items' in reply ? reply.items : reply
  const unit = outputs.find((output) => output.on === 'unit')
  expect(taken).toHaveLength(3)
  expect(unit).toMatchObject({ effects: [{ db: 0, argv: ['SREM', 's', ...(taken as readonly string[])] }] })
})
