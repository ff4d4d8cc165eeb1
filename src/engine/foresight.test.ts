// To look ahead changes nothing: two engines get the same requests, one of them is told beforehand what will come.
import { expect, test } from 'vitest'
import { Chance } from '../conformance/chance.ts'
import { families } from '../conformance/fuzz/index.ts'
import { expand } from '../conformance/fuzz/template.ts'
import { split } from '../wire/line.ts'
import type { Input } from '../session/protocol.ts'
import { Engine } from './engine.ts'
import { FORESEEN_REQUESTS } from './foresight.ts'

/** Collections are large from the start, so that there is something to be looked into. */
const large = [
  'hash-max-listpack-entries',
  'set-max-listpack-entries',
  'set-max-intset-entries',
  'zset-max-listpack-entries',
]

test('what was foreseen has the same replies and leaves the same image', () => {
  const chance = new Chance(3)
  const request = () => {
    const family = chance.one(families)
    return chance.one(expand(chance.one(family.templates), family, chance))
  }
  const engines = [0, 1].map(() => new Engine({ seed: 5, at: 1000 }))
  const both = (input: Input) => {
    const [one, other] = engines.map((engine) => engine.apply(input))
    expect(other).toEqual(one)
  }
  both({ do: 'connect', at: 1000, client: 1, name: '', db: 0 })
  for (const name of large) both({ do: 'send', at: 1000, client: 1, argv: split(`CONFIG SET ${name} 1`)! })
  for (let at = 1000; at < 1060; at++) {
    const requests = Array.from({ length: 1 + chance.below(FORESEEN_REQUESTS) }, request)
    engines[1]!.foresee(1, requests)
    for (const argv of requests) {
      both({ do: 'send', at, client: 1, argv })
      if (chance.once(50)) both({ do: 'tick', at })
    }
  }
  expect(engines[1]!.image()).toEqual(engines[0]!.image())
})
