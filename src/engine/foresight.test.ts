// To look ahead changes nothing: two engines get the same requests, one of them is told beforehand what will come, and where
// it stands in the bytes that came.
import { expect, test } from 'vitest'
import { Chance } from '../conformance/chance.ts'
import { families } from '../conformance/fuzz/index.ts'
import { expand } from '../conformance/fuzz/template.ts'
import { latin, toArray } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import { encodeRequest, ProtocolError, RequestDecoder } from '../wire/resp.ts'
import type { Input } from '../session/protocol.ts'
import { Engine } from './engine.ts'
import { FORESEEN_REQUESTS, Foresight } from './foresight.ts'

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
  const given = { seed: 5, at: 1000 }
  const engines = [new Engine(given), new Engine({ ...given, foresight: new Foresight() })]
  const both = (input: Input) => {
    const [one, other] = engines.map((engine) => engine.apply(input))
    expect(other).toEqual(one)
  }
  both({ do: 'connect', at: 1000, client: 1, name: '', db: 0 })
  for (const name of large) both({ do: 'send', at: 1000, client: 1, argv: split(`CONFIG SET ${name} 1`)! })
  const decoder = new RequestDecoder()
  let foreseen = 0
  for (let at = 1000; at < 1060; at++) {
    const requests = Array.from({ length: 1 + chance.below(2 * FORESEEN_REQUESTS) }, request)
    const message = requests.map(encodeRequest).join('')
    // It comes in pieces that end anywhere.
    for (let from = 0, to = 0; from < message.length; from = to) {
      to = from + 1 + chance.below(message.length - from)
      const piece = latin(message.slice(from, to))
      decoder.push(piece, toArray(piece))
      for (;;) {
        const ahead = decoder.ahead(FORESEEN_REQUESTS)
        engines[1]!.foresee(1, ahead)
        foreseen += ahead.count
        const decoded = decoder.next()
        if (!decoded || decoded instanceof ProtocolError) break
        both({ do: 'send', at, client: 1, argv: decoded })
        if (chance.once(50)) both({ do: 'tick', at })
      }
    }
  }
  expect(foreseen).toBeGreaterThan(5000)
  expect(engines[1]!.image()).toEqual(engines[0]!.image())
})
