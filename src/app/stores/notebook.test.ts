import { expect, test } from 'vitest'
import { latin } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { show } from '../../wire/show.ts'
import type { Entry } from './console.ts'
import { readNotebook, writeNotebook } from './notebook.ts'

const entry = (reply: Reply): Entry => ({ id: 1, seq: 1, prompt: '> ', line: 'GET a', reply })
const through = (entries: readonly Entry[]) =>
  readNotebook(
    writeNotebook({
      lanes: [{ name: 'A', entries, history: [], draft: '' }],
      keyspace: null,
      lesson: null,
      panes: {},
      active: 'A',
    }),
  )!.lanes[0]!.entries

test('every kind of reply comes back as it was shown', () => {
  const replies: Reply[] = [
    1n << 70n,
    -0,
    latin('\x00\xff"'),
    { kind: 'double', value: Infinity },
    { kind: 'double', value: NaN },
    { kind: 'map', pairs: [[latin('a'), [1, null, { kind: 'nil-array' }]]] },
  ]
  const back = through(replies.map(entry))
  expect(back.map(({ reply }) => show(reply!))).toEqual(replies.map(show))
})

test('a very long reply is left out and says so', () => {
  const [back] = through([entry(Array.from({ length: 20_000 }, () => latin('item')))])
  expect(back).toMatchObject({ line: 'GET a', remark: 'too-long' })
  expect(back!.reply).toBeUndefined()
})

test('the newest rows are kept where not all fit', () => {
  const long = Array.from({ length: 100 }, (_, i) => ({ ...entry(latin('x'.repeat(20_000))), id: i, line: `GET ${i}` }))
  const back = through(long)
  expect(back.length).toBeLessThan(30)
  expect(back.at(-1)!.line).toBe('GET 99')
})

test('what no page understands is not a notebook', () => {
  expect(readNotebook(null)).toBeNull()
  expect(readNotebook('{')).toBeNull()
  expect(readNotebook('{"version":99,"lanes":[]}')).toBeNull()
})
