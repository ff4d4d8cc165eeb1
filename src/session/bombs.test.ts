// Links and logs made to do harm: few bytes that ask for much room, or for work without end. Each is refused for what it
// is, and before the harm is done: a bomb that was let off would take gigabytes or hours here.
import { describe, expect, it } from 'vitest'
import '../engine/whole.ts'
import { IMAGE_VERSION } from '../engine/image.ts'
import { readLink } from '../share/link.ts'
import { linkBombs } from '../share/testing.ts'
import { MemoryStore } from '../storage/memory.ts'
import { latin } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import type { Brought, Input } from './protocol.ts'
import { bring, share } from './sharing.ts'
import { Timeline } from './timeline.ts'

const START = 1_700_000_000_000
const host = { now: () => START, measured: () => 0, newId: () => 'new', seed: () => 1, store: new MemoryStore() }
const attempt = (from: Brought) => bring({ do: 'import', from, names: ['A', 'B', 'C'], keep: null }, host)
const send = (line: string, client = 1): Input => ({ do: 'send', at: START, client, argv: split(line)! })
const come = (client = 1): Input => ({ do: 'connect', at: START, client, name: 'ABC'[client - 1] ?? '', db: 0 })
const both = [come(), come(2)]
const log = (inputs: readonly Input[]) =>
  attempt({ kind: 'log', seed: 1, began: START, inputs, digest: '0'.repeat(40) })
const times = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i))
const many = (name: string, i: number) => `DEBUG POPULATE 50000 ${name}${i}`
const inMulti = (lines: readonly string[]) => [send('MULTI'), ...lines.map((line) => send(line)), send('EXEC')]
const members = (key: string, count: number) =>
  times(count / 1000, (i) => send(`SADD ${key} ${times(1000, (j) => `m${i * 1000 + j}`).join(' ')}`))

it.each(linkBombs())('a link that is a bomb: $name', async ({ fragment, refusal }) => {
  expect(fragment.length).toBeLessThan(64 * 1024)
  const cargo = await readLink(fragment)
  const isImage = typeof cargo === 'object' && cargo.kind === 'image'
  expect(isImage ? await attempt(cargo) : cargo).toBe(refusal)
})

describe('a log that is a bomb', () => {
  it.each<[string, readonly Input[], string]>([
    ['all keys there are', [send('DEBUG POPULATE 9007199254740991')], 'too-many-keys'],
    ['fifty million keys in one transaction', inMulti(times(1000, (i) => many('k', i))), 'too-many-keys'],
    [
      'fifty million keys behind somebody who waits',
      [send('BLPOP q 0'), ...times(1000, (i) => send(many('k', i))), send('LPUSH q x', 2)],
      'too-many-keys',
    ],
    [
      'fifty million keys behind a time that runs out',
      [send('BLPOP q 1'), ...times(1000, (i) => send(many('k', i))), { do: 'tick', at: START + 2000 }],
      'too-many-keys',
    ],
    [
      'fifty million keys at the end of a pause',
      [send('CLIENT PAUSE 100 ALL', 2), ...times(1000, (i) => send(many('k', i))), { do: 'tick', at: START + 2000 }],
      'too-many-keys',
    ],
    ['sixty gigabytes of strings', inMulti(times(1000, (i) => `SETRANGE k${i} 60000000 x`)), 'too-large'],
    [
      'sixty gigabytes of copies',
      [send('SETRANGE k 60000000 x'), ...inMulti(times(1000, (i) => `COPY k k${i}`))],
      'too-large',
    ],
    [
      'sixty gigabytes of answers',
      [send('SETRANGE k 60000000 x'), ...inMulti(times(1000, () => 'GET k'))],
      'too-large',
    ],
    ['ten million answers of chance', [...members('s', 1000), send('SRANDMEMBER s -10000000')], 'too-long'],
    [
      'one union of a hundred thousand sets',
      [...members('s', 20_000), send(`SUNIONSTORE d ${'s '.repeat(100_000)}`)],
      'too-long',
    ],
    [
      'a billion messages',
      [
        send(`PSUBSCRIBE ${times(20_000, (i) => `*${i}*`.replaceAll(/\d/g, '?').concat(`[${i}x]`)).join(' ')} *`, 2),
        ...times(6, () => send(`PSUBSCRIBE ${times(20_000, (i) => `*${'*'.repeat(i % 7)}[a${i}]`).join(' ')}`, 2)),
        ...inMulti(times(50_000, () => 'PUBLISH a a')),
      ],
      'too-large',
    ],
    ['a log without end', times(250_000, () => send('PING')), 'too-long'],
    ['moments without end', times(250_000, (i) => ({ do: 'tick', at: START + i }) as const), 'too-long'],
    ['clients without end', times(250_000, (i) => come(i + 1)), 'too-long'],
    [
      'sleep until the calendar ends',
      times(150_000, () => ({ ...send('DEBUG SLEEP 10'), at: 253_402_300_000_000 })),
      'damaged',
    ],
  ])('%s', async (_, inputs, refusal) => expect(await log(both.concat(inputs))).toBe(refusal))
})

describe('an image that is a bomb', () => {
  const imageOf = (...inputs: Input[]) => {
    const timeline = Timeline.begin(1, START)
    for (const input of [...both, ...inputs]) timeline.apply(input)
    const { image, digest } = share(timeline, null)
    return { image: image!, digest }
  }

  it('of keys behind a time that runs out', async () => {
    const waiting = imageOf(send('BLPOP q 1'), ...times(1000, (i) => send(many('k', i))))
    expect(await attempt({ kind: 'image', ...waiting })).toBe('too-many-keys')
  })

  it('of a hole that lies a gigabyte away', async () => {
    const { image, digest } = imageOf(send('SET first 1'), send('SET second 1'), send('DEL first'))
    // Slots: none, then the second; one hole, number 0.
    const name = Buffer.from(image).indexOf('second')
    const holes = [...image.keys()].filter(
      (i) => i > name && image[i] === 1 && image[i + 1] === 0 && image[i + 2] === 4,
    )
    expect(holes.length).toBeGreaterThan(0)
    const far = [0x80, 0x80, 0x80, 0x80, 0x01]
    for (const hole of holes) {
      const lying = Uint8Array.from([...image.subarray(0, hole + 1), ...far, ...image.subarray(hole + 2)])
      expect(await attempt({ kind: 'image', image: lying, digest })).toBe('damaged')
    }
  })

  it('of counts that lie', async () => {
    const { image, digest } = imageOf(send('RPUSH l a b c'), send('SADD s a b c'), send('HSET h a b'))
    const huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]
    let refused = 0
    let least = Infinity
    for (let at = 12; at < image.length; at++) {
      const lying = Uint8Array.from([...image.subarray(0, at), ...huge, ...image.subarray(at + 1)])
      const tried = await attempt({ kind: 'image', image: lying, digest })
      if (typeof tried === 'string') refused++
      // A number that may be so large: whoever opens this goes on as with any session.
      else {
        const timeline = new Timeline({ base: lying, log: [], undone: [], nextSeq: 1, floor: 0 })
        for (const line of ['SET new 1', 'RPUSH l d', 'SADD s d', 'HSET h c d', 'INFO', 'MEMORY USAGE l'])
          timeline.apply(send(line))
        least = Math.min(least, share(timeline, null).keys)
      }
    }
    expect(least).toBeGreaterThan(2)
    expect(refused).toBeGreaterThan(image.length / 2)
  })

  it('of another version', async () => {
    const image = Uint8Array.from([
      10,
      ...latin('REDISCOVER')
        .split('')
        .map((c) => c.charCodeAt(0)),
      IMAGE_VERSION + 1,
    ])
    expect(await attempt({ kind: 'image', image, digest: '' })).toBe('older')
  })
})
