import { expect, it } from 'vitest'
import { latin } from '../wire/bytes.ts'
import { decodeLog } from './log-reading.ts'
import { encodeLog } from './log.ts'
import type { LoggedInput } from './protocol.ts'

const start = Date.UTC(2030, 0, 1)

const inputs: readonly LoggedInput[] = [
  { seq: 1, input: { do: 'connect', at: start, client: 1, name: '가', db: 3 } },
  { seq: 2, input: { do: 'send', at: start + 1, client: 1, argv: [latin('SET'), latin('\xff\0'), latin('')] } },
  { seq: 2, input: { do: 'tick', at: start + 90_000 } },
  { seq: 3, input: { do: 'cancel', at: start + 90_000, client: 1 } },
  { seq: 3, input: { do: 'send', at: start + 90_000, client: 1, argv: [latin('PING')], joins: true } },
  { seq: 4, input: { do: 'reset', at: start + 90_001 } },
  { seq: 5, input: { do: 'disconnect', at: start + 9e9, client: 1 } },
  { seq: 6, input: { do: 'disconnect', at: start + 9e9, client: 2, act: true } },
  { seq: 7, input: { do: 'crash', at: start + 9e9 } },
  { seq: 8, input: { do: 'restart', at: start + 9e9 } },
  { seq: 9, input: { do: 'disk', at: start + 9e9, full: true } },
  { seq: 10, input: { do: 'disk', at: start + 9e9, full: false } },
]

it('comes back as it went', () => {
  expect(decodeLog(encodeLog(inputs))).toEqual(inputs)
  expect(encodeLog([])).toHaveLength(0)
})

it('may be stored in pieces', () => {
  for (let cut = 0; cut <= inputs.length; cut++) {
    const pieces = [...encodeLog(inputs.slice(0, cut)), ...encodeLog(inputs.slice(cut))]
    expect(decodeLog(new Uint8Array(pieces))).toEqual(inputs)
  }
})

it('is refused where it ends too soon', () => {
  const whole = encodeLog(inputs.slice(0, 2))
  expect(() => decodeLog(whole.slice(0, -1))).toThrow(RangeError)
})
