// A command is a pure transaction: it answers and applies, or it refuses and changes nothing. Random commands, many of them
// wrong; wherever the answer is an error, the unit told no change, nothing propagates, and no dirt was counted.
import { expect, test } from 'vitest'
import { families } from '../conformance/fuzz/index.ts'
import { generate } from '../conformance/fuzz/generate.ts'
import { isError } from '../wire/reply.ts'
import { latin } from '../wire/bytes.ts'
import { Engine } from './engine.ts'

const SEEDS = 12
const COMMANDS = 1500

/** Changes since the last save, asked by a client of its own. */
function dirt(engine: Engine): number {
  const [answer] = engine
    .apply({ do: 'send', at: 1000, client: 3, argv: ['INFO', 'persistence'].map(latin) })
    .flatMap((output) => (output.on === 'reply' ? [output.reply] : []))
  return Number(/rdb_changes_since_last_save:(\d+)/.exec(answer as string)![1])
}

test('an error changes nothing', () => {
  let refused = 0
  for (let seed = 1; seed <= SEEDS; seed++) {
    const engine = new Engine({ seed, at: 1000 })
    for (const client of [1, 2, 3]) engine.apply({ do: 'connect', at: 1000, client, name: '', db: 0 })
    for (const { client, argv } of generate(families, seed, COMMANDS)) {
      const before = dirt(engine)
      const outputs = engine.apply({ do: 'send', at: 1000, client: client === 'A' ? 1 : 2, argv })
      if (!outputs.some((output) => output.on === 'reply' && isError(output.reply))) continue
      refused++
      const told = outputs.filter((output) => output.on === 'unit')
      const changed = told.flatMap(({ changes, effects }) => [...changes, ...effects])
      expect(changed, `seed ${seed}: ${argv.join(' ')}`).toEqual([])
      expect(dirt(engine), `seed ${seed}: ${argv.join(' ')}`).toBe(before)
    }
  }
  expect(refused).toBeGreaterThan(SEEDS * COMMANDS * 0.05)
})
