import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { latin } from '../wire/bytes.ts'
import { OK, type Reply } from '../wire/reply.ts'
import { show } from '../wire/show.ts'
import { App } from './App.tsx'
import { readings } from './console/ReplyView.tsx'
import { StoresProvider } from './context.tsx'
import { messages } from './i18n/all.ts'
import { bench, idle, type Bench } from './testing/fake.ts'
import { rowsInView } from './ui/window.ts'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
let root: ReturnType<typeof createRoot>
let at: Bench

beforeEach(async () => {
  document.body.replaceChildren(document.createElement('div'))
  at = await bench()
  root = createRoot(document.body.firstElementChild!)
  await act(async () =>
    root.render(
      <StoresProvider value={at.stores}>
        <App />
      </StoresProvider>,
    ),
  )
})
afterEach(() => act(async () => root.unmount()))

const find = (selector: string) => document.querySelector<HTMLElement>(selector)!
const prompt = () => find('textarea[aria-label="Command for client A"]') as HTMLTextAreaElement
const press = (key: string, more: KeyboardEventInit = {}) =>
  act(async () =>
    prompt().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })),
  )
const write = (line: string) => act(async () => at.stores.console.getState().type('A', line))
const transcript = (entry: Element) =>
  `${entry.querySelector('[data-part=prompt]')!.textContent}${entry.querySelector('[data-part=line]')!.textContent}\n${entry.querySelector('[data-part=reply]')!.textContent}`

test('a row reads as redis-cli prints it, to the byte; what it means stands apart', async () => {
  await write('MGET a b')
  await press('Enter')
  expect(prompt().value).toBe('')
  const reply: Reply = [latin('\xed\x95\x9c'), null, [1, latin('x"y')]]
  await act(async () => at.turn({ on: 'reply', seq: 1, client: 1, reply }))
  const entry = find('[role=log] [data-entry="1"]')
  expect(transcript(entry)).toBe(`127.0.0.1:6379> MGET a b\n${show(reply)}`)
  expect(entry.querySelector('[data-part=note]')!.textContent).toContain('한')
})

test('Enter and arrows are left alone while an input method composes', async () => {
  await write('SET 나라 한')
  await press('Enter', { isComposing: true })
  await press('ArrowUp', { isComposing: true })
  await press('Tab', { isComposing: true })
  await press('u', { code: 'KeyU', ctrlKey: true, isComposing: true })
  await press('ㅕ', { code: 'KeyU', ctrlKey: true, isComposing: true })
  expect(prompt().value).toBe('SET 나라 한')
  expect(at.sent).toEqual([])
})

test('Up goes back through lines that begin as typed, Down returns to it', async () => {
  for (const line of ['SET a 1', 'GET a', 'SET b 2']) {
    await write(line)
    await press('Enter')
  }
  await write('SET')
  await press('ArrowUp')
  expect(prompt().value).toBe('SET b 2')
  await press('ArrowUp')
  expect(prompt().value).toBe('SET a 1')
  await press('ArrowDown')
  await press('ArrowDown')
  expect(prompt().value).toBe('SET')
})

test('pasted lines run one after the other, what stood in the prompt before them', async () => {
  await write('SET a ')
  prompt().setSelectionRange(6, 6)
  const clipboardData = new DataTransfer()
  clipboardData.setData('text/plain', '1\nGET a\n')
  const paste = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData })
  await act(async () => prompt().dispatchEvent(paste))
  expect(at.sent.map(({ argv }) => argv.join(' '))).toEqual(['SET a 1'])
  await act(async () => at.turn({ on: 'reply', seq: 1, client: 1, reply: OK }))
  expect(at.sent.map(({ argv }) => argv.join(' '))).toEqual(['SET a 1', 'GET a'])
  expect(prompt().value).toBe('')
})

test('names that others rely on stay English in Korean; the rest is Korean', async () => {
  await act(async () => at.stores.layout.getState().setLanguage('ko'))
  // These two come a moment after the consoles.
  await act(() => Promise.all([import('./inspector/Inspector.tsx'), import('./lesson/LessonPane.tsx')]))
  for (const name of ['Client A', 'Client B', 'Keys', 'Lesson', 'Language', 'Theme'])
    expect([name, document.querySelector(`[aria-label="${name}"]`) !== null]).toEqual([name, true])
  expect(document.documentElement.lang).toBe('ko')
  expect(document.body.textContent).toContain('클라이언트 A')
})

test('a waiting client says for what, and Escape frees it', async () => {
  await write('BLPOP jobs 0')
  await press('Enter')
  const blocked = { seq: 1, command: 'blpop', cause: 'keys' as const, keys: [latin('jobs')], since: 0, until: null }
  await act(async () => at.turn({ on: 'client', state: idle(1, 'A', { blocked }) }))
  expect(find('[data-entry="1"]').textContent).toContain('waiting for jobs')
  await press('Escape')
  expect(at.asked.at(-1)).toEqual({ do: 'cancel', client: 1 })
})

test('the saving badge says what is true', async () => {
  const footer = () => find('footer').textContent
  await act(async () =>
    at.turn({ on: 'saving', state: { state: 'failed', trouble: 'quota', reason: 'the disk is full' } }),
  )
  expect(footer()).toContain('Not saved: the browser’s storage is full.')
  expect(footer()).toContain('Download this session')
  await act(async () => at.turn({ on: 'saving', state: { state: 'saving' } }))
  expect(footer()).not.toMatch(/not saved/i)
})

test('undone rows are struck through in words, too', async () => {
  await write('SET a 1')
  await press('Enter')
  await act(async () => at.turn({ on: 'reply', seq: 1, client: 1, reply: OK }))
  const time = { now: 0, measuredAt: 0, rate: 1 } as const
  const clients = [idle(1, 'A'), idle(2, 'B')]
  await act(async () =>
    at.turn({ on: 'replaced', head: 0, databases: [], clients, time, canUndo: false, canRedo: true }),
  )
  expect(find('[data-fate=taken]').textContent).toContain('taken back')
})

test('EXEC’s results stand with the lines that they answer, and read as redis-cli prints them', async () => {
  for (const line of ['MULTI', 'SET a 1', 'INCR a', 'EXEC']) {
    await write(line)
    await press('Enter')
    const seq = at.sent.at(-1)!.seq
    const reply = { MULTI: OK, EXEC: [OK, 2] }[line] ?? { kind: 'status' as const, text: latin('QUEUED') }
    await act(async () =>
      at.turn(
        { on: 'client', state: idle(1, 'A', { queued: line === 'EXEC' ? null : seq - 1 }) },
        { on: 'reply', seq, client: 1, reply },
      ),
    )
  }
  const entry = find('[role=log] [data-entry="4"]')
  expect(transcript(entry)).toBe(`127.0.0.1:6379(TX)> EXEC\n${show([OK, 2])}`)
  expect(
    [...entry.querySelectorAll('fieldset')].map((each) => [each.getAttribute('aria-label'), each.textContent]),
  ).toEqual([
    ['SET a 1', '1) OK\n'],
    ['INCR a', '2) (integer) 2'],
  ])
})

test('only what is hidden by escapes is read out', () => {
  expect(readings([latin('plain'), latin('\xed\x95\x9c'), latin('\xff\xfe')])).toEqual(['한'])
})

test('time left: tenths at the end, two units at most', () => {
  expect([9_940, 42_700, 125_000, 7_260_000, 400_000_000].map(messages.en.timeLeft)).toEqual([
    '9.9 s',
    '42.7 s',
    '2m 5s',
    '2h 1m',
    '4d 15h',
  ])
  expect([9_940, 125_000, 7_260_000].map(messages.ko.timeLeft)).toEqual(['9.9초', '2분 5초', '2시간 1분'])
})

test('rows in view, with some to spare, never beyond the ends', () => {
  expect(rowsInView(0, 290, 29, 1000, 2)).toEqual([0, 12])
  expect(rowsInView(2900, 290, 29, 1000, 2)).toEqual([98, 112])
  expect(rowsInView(1e6, 290, 29, 5, 2)).toEqual([4, 4])
  expect(rowsInView(0, 290, 29, 0, 2)).toEqual([0, 0])
})
