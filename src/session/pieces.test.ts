import { expect, test } from 'vitest'
import { latin } from '../wire/bytes.ts'
import { map, OK, setOf, type Reply } from '../wire/reply.ts'
import { Gatherer, postInPieces, type CutTurn, type Piece } from './pieces.ts'
import type { Turn } from './protocol.ts'

const words = (count: number, mark = 'w') => Array.from({ length: count }, (_, i) => latin(`${mark}${i}`))
const turnOf = (...replies: readonly Reply[]): Turn => ({
  events: replies.map((reply, seq) => ({ on: 'reply', seq, client: 1, reply })),
})

/** What is posted, as the page gets it. */
function posted(turn: Turn): (CutTurn | Piece)[] {
  const messages: (CutTurn | Piece)[] = []
  postInPieces(turn, (message) => messages.push(structuredClone(message)))
  return messages
}

const long: Readonly<Record<string, Reply>> = {
  array: words(12_345),
  set: setOf(words(10_001)),
  map: map(words(6000).map((word) => [word, OK] as const)),
  'an array in EXEC': [OK, words(10_000, 'x'), 3, words(5001, 'y'), words(3)],
  'arrays in an array': words(7000).map((word) => [word, word]),
}

for (const [name, reply] of Object.entries(long))
  test(`${name} comes in pieces and is whole again`, () => {
    const turn = turnOf(OK, reply, words(2), reply)
    const messages = posted(turn)
    expect(messages.length).toBeGreaterThan(2)
    const gatherer = new Gatherer()
    const turns = messages.map((message) => gatherer.take(message))
    expect(turns.slice(0, -1)).toEqual(turns.slice(0, -1).map(() => null))
    expect(turns.at(-1)).toEqual(turn)
    expect(gatherer.take(posted(turnOf(words(1)))[0]!)).toEqual(turnOf(words(1)))
  })

test('no message holds more than some thousand elements', () => {
  const count = (value: unknown): number =>
    Array.isArray(value) ? value.reduce((sum: number, each) => sum + 1 + count(each), 0) : 0
  for (const message of posted(turnOf(words(100_000), [words(50_000)])))
    expect(
      'piece' in message ? count(message.piece) : count(message.events.map((e) => 'reply' in e && e.reply)),
    ).toBeLessThan(5100)
})

test('a short turn goes as it is', () => {
  const turn = turnOf(words(100), OK)
  expect(posted(turn)).toEqual([turn])
})
