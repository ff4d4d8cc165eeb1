import { expect, test } from 'vitest'
import { latin } from '../../wire/bytes.ts'
import { show } from '../../wire/show.ts'
import { replyFile } from './download.ts'
import { ReplyWindow } from './window.ts'

const all = (window: ReplyWindow) => window.first.map(({ text }) => text).join('') + window.chunks.join('')

test('a long reply is shown by windows, and nothing of it is lost', () => {
  const reply = Array.from({ length: 2345 }, (_, i) => (i % 2 === 0 ? i : [i, [latin('a'), null]]))
  const window = new ReplyWindow(reply)
  expect([window.lines, window.done]).toEqual([200, false])
  expect(window.total).toBe(show(reply).split('\n').length)
  while (!window.done) window.more()
  expect(window.lines).toBe(window.total)
  expect(all(window)).toBe(show(reply))
})

test('a reply that is a little longer than the window is shown whole', () => {
  for (const length of [1, 200, 201, 220]) expect(new ReplyWindow(new Array<number>(length).fill(1)).done).toBe(true)
  expect(new ReplyWindow(new Array<number>(221).fill(1)).done).toBe(false)
})

test('a long string is shown in part, and is whole in its file', async () => {
  const bytes = latin('x"\n\xff'.repeat(300_000))
  const window = new ReplyWindow(bytes)
  expect(window.done).toBe(false)
  expect(all(window).length).toBeLessThan(200_000)
  while (!window.done) window.more()
  expect(all(window)).toBe(show(bytes))
  const file = new Uint8Array(await (await replyFile(bytes)).arrayBuffer())
  expect([file.length, file[2], file[3]]).toEqual([bytes.length, 10, 255])
})

test('the file of a list is what redis-cli prints', async () => {
  const reply = Array.from({ length: 40_000 }, (_, i) => latin(`item ${i}`))
  expect(await (await replyFile(reply)).text()).toBe(`${show(reply)}\n`)
})
