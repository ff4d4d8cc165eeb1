import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { createGuest, hostOf, readAsk, type Desk } from './guest.ts'
import type { Answers, Ask, State } from './protocol.ts'

const host = 'https://course.example'
const state: State = {
  mode: 'console',
  language: 'en',
  theme: 'auto',
  lesson: null,
  clients: ['A'],
  keys: 0,
  isKept: true,
}
const good: readonly Ask[] = [
  { rediscover: 1, id: 1, do: 'load', lesson: 'last-hat' },
  { rediscover: 1, id: 2, do: 'load', lesson: 'last-hat', step: 'two-buyers' },
  { rediscover: 1, id: 3, do: 'load', lesson: 'last-hat', step: 2 },
  { rediscover: 1, id: 4, do: 'load', link: 'https://x.example/#1.abc' },
  { rediscover: 1, id: 'five', do: 'run', lines: ['PING', 'SET a 1'] },
  { rediscover: 1, id: 6, do: 'run', lines: ['PING'], client: 'F' },
  { rediscover: 1, id: 7, do: 'reset' },
  { rediscover: 1, id: 8, do: 'reset', what: 'step' },
  { rediscover: 1, id: 9, do: 'setLanguage', language: 'ko' },
  { rediscover: 1, id: 10, do: 'setTheme', theme: 'dark' },
  { rediscover: 1, id: 11, do: 'getState' },
  { rediscover: 1, id: 12, do: 'link' },
]

/** A frame's window with a parent, both ends in hand. */
function frame() {
  const said: { message: unknown; target: unknown; ports: readonly MessagePort[] }[] = []
  let hear: (event: MessageEvent) => void = () => {}
  const parent = {
    postMessage: (message: unknown, target?: unknown, ports: MessagePort[] = []) =>
      void said.push({ message, target, ports }),
  } as unknown as Window
  const around = { parent, addEventListener: (_: string, listener: typeof hear) => (hear = listener) }
  const asked: unknown[] = []
  const note =
    <R>(value: R) =>
    (ask: unknown) => {
      asked.push(ask)
      return Promise.resolve(value)
    }
  const desk: Desk = {
    load: note(state),
    run: note<Answers['run']>([]),
    reset: note(state),
    setLanguage: note(state),
    setTheme: note(state),
    getState: note(state),
    link: note<string | null>(null),
  }
  const send = (source: unknown, origin: string, data: unknown) =>
    hear({ source, origin, data, ports: [] } as unknown as MessageEvent)
  return { around, parent, said, asked, desk, send }
}

const ready = { on: 'ready', state } as const

it('takes each ask from its parent of the named origin, and answers under its id to that origin', async () => {
  const { around, parent, said, asked, desk, send } = frame()
  const guest = createGuest(around, host, false)
  // One that comes before the session is there waits.
  send(parent, host, good[0])
  expect(asked).toEqual([])
  guest.begin(ready, desk)
  for (const ask of good.slice(1)) send(parent, host, ask)
  await vi.waitFor(() => expect(said).toHaveLength(good.length + 1))
  expect(asked).toEqual(good)
  expect(said[0]!.message).toEqual({ rediscover: 1, ...ready })
  expect(said.slice(1).map(({ message }) => message)).toEqual(
    good.map(({ id, do: what }) => ({
      rediscover: 1,
      on: 'answer',
      id,
      value: what === 'run' ? [] : what === 'link' ? null : state,
    })),
  )
  expect(new Set(said.map(({ target }) => target))).toEqual(new Set([host]))
})

const wrongSources = {
  itself: (around: unknown) => around,
  'a sibling': () => ({ postMessage() {} }),
  'a child': () => ({ parent: {} }),
  nobody: () => null,
}
const wrongOrigins = [
  'null',
  '',
  '*',
  'http://course.example',
  'https://course.example:8443',
  'https://course.example.evil.example',
  'https://sub.course.example',
  'https://COURSE.example',
  'https://course.example/',
]

it('hears nobody else: every wrong source with every origin, and the parent with every wrong origin', () => {
  const { around, parent, said, asked, desk, send } = frame()
  createGuest(around, host, false).begin(ready, desk)
  said.length = 0
  let tried = 0
  for (const ask of good) {
    for (const make of Object.values(wrongSources))
      for (const origin of [host, ...wrongOrigins]) {
        send(make(around), origin, ask)
        tried++
      }
    for (const origin of wrongOrigins) {
      send(parent, origin, ask)
      tried++
    }
  }
  expect(tried).toBe(good.length * (4 * 10 + 9))
  expect([asked, said]).toEqual([[], []])
})

const wrongShapes: readonly unknown[] = [
  null,
  undefined,
  0,
  'getState',
  [],
  ['rediscover', 1],
  {},
  { do: 'getState', id: 1 },
  { rediscover: 2, do: 'getState', id: 1 },
  { rediscover: '1', do: 'getState', id: 1 },
  { rediscover: 1, do: 'getState' },
  { rediscover: 1, do: 'getState', id: null },
  { rediscover: 1, do: 'getState', id: Number.NaN },
  { rediscover: 1, do: 'getState', id: {} },
  { rediscover: 1, do: 'getState', id: 'x'.repeat(101) },
  { rediscover: 1, id: 1 },
  { rediscover: 1, id: 1, do: 'toString' },
  { rediscover: 1, id: 1, do: '__proto__' },
  { rediscover: 1, id: 1, do: 'GETSTATE' },
  { rediscover: 1, id: 1, do: 7 },
  { rediscover: 1, id: 1, do: 'load' },
  { rediscover: 1, id: 1, do: 'load', lesson: 3 },
  { rediscover: 1, id: 1, do: 'load', lesson: 'x', step: 0 },
  { rediscover: 1, id: 1, do: 'load', lesson: 'x', step: 1.5 },
  { rediscover: 1, id: 1, do: 'load', lesson: 'x', step: [] },
  { rediscover: 1, id: 1, do: 'load', link: 'x'.repeat(100_001) },
  { rediscover: 1, id: 1, do: 'run' },
  { rediscover: 1, id: 1, do: 'run', lines: 'PING' },
  { rediscover: 1, id: 1, do: 'run', lines: [1] },
  { rediscover: 1, id: 1, do: 'run', lines: [['PING']] },
  { rediscover: 1, id: 1, do: 'run', lines: ['PING'], client: 'G' },
  { rediscover: 1, id: 1, do: 'run', lines: ['PING'], client: 'a' },
  { rediscover: 1, id: 1, do: 'run', lines: Array.from({ length: 1001 }, () => 'PING') },
  { rediscover: 1, id: 1, do: 'run', lines: ['x'.repeat(60_000), 'x'.repeat(60_000)] },
  { rediscover: 1, id: 1, do: 'reset', what: 'everything' },
  { rediscover: 1, id: 1, do: 'setLanguage', language: 'fr' },
  { rediscover: 1, id: 1, do: 'setLanguage' },
  { rediscover: 1, id: 1, do: 'setTheme', theme: null },
  { rediscover: 1, on: 'ready', state },
  new Map([['rediscover', 1]]),
  Object.create({ rediscover: 1, id: 1, do: 'load', lesson: 'x' }),
]

it('takes no wrong shape, even from the right sender', () => {
  const { around, parent, said, asked, desk, send } = frame()
  createGuest(around, host, false).begin(ready, desk)
  said.length = 0
  for (const shape of wrongShapes) send(parent, host, shape)
  expect([asked, said]).toEqual([[], []])
})

it('reads whatever comes without throwing, and takes over nothing that it does not know', () => {
  const known = ['rediscover', 'id', 'do', 'lesson', 'step', 'link', 'lines', 'client', 'what', 'language', 'theme']
  const strangers: string[] = []
  let taken = 0
  const look = (data: unknown) => {
    const ask = readAsk(data)
    if (ask) taken++
    strangers.push(...Object.keys(ask ?? {}).filter((field) => !known.includes(field)))
  }
  const record = fc.record({
    rediscover: fc.constantFrom(1, 1, 1, 2, '1'),
    id: fc.oneof(fc.integer(), fc.string(), fc.anything()),
    do: fc.constantFrom(...new Set(good.map(({ do: what }) => what)), 'x'),
    lines: fc.oneof(fc.array(fc.string()), fc.anything()),
    lesson: fc.oneof(fc.string(), fc.anything()),
    link: fc.anything(),
    other: fc.anything(),
  })
  fc.assert(fc.property(fc.oneof(fc.anything(), record), look), { numRuns: 5000 })
  expect(strangers).toEqual([])
  expect(taken).toBeGreaterThan(100)
})

it('refuses more asks than it can keep in mind, and says what went wrong with one', async () => {
  const { around, parent, said, desk, send } = frame()
  const guest = createGuest(around, host, false)
  for (let id = 1; id <= 101; id++) send(parent, host, { rediscover: 1, id, do: 'getState' })
  expect(said.map(({ message }) => message)).toEqual([
    { rediscover: 1, on: 'refusal', id: 101, message: 'too many asks at once' },
  ])
  guest.begin(ready, { ...desk, getState: () => Promise.reject(new Error('no')) })
  await vi.waitFor(() => expect(said).toHaveLength(102))
  expect(said.at(-1)!.message).toEqual({ rediscover: 1, on: 'refusal', id: 100, message: 'no' })
  send(parent, host, { rediscover: 1, id: 102, do: 'getState' })
  await vi.waitFor(() => expect(said).toHaveLength(103))
})

it('without a host, or not framed at all, it is mute and deaf', () => {
  const { around, parent, said, asked, desk, send } = frame()
  createGuest(around, null, false).begin(ready, desk)
  send(parent, host, good[0])
  const top = { ...around }
  top.parent = top as unknown as Window
  createGuest(top, host, false).begin(ready, desk)
  send(top, host, good[0])
  expect([asked, said]).toEqual([[], []])
})

it('without an origin of its own it hears the port that it has sent, and no window', async () => {
  const { around, parent, said, asked, desk, send } = frame()
  createGuest(around, host, true).begin(ready, desk)
  const [port] = said[0]!.ports
  expect(said[0]!.target).toBe(host)
  send(parent, host, good[0])
  port!.postMessage({ rediscover: 3 })
  port!.postMessage(good[10])
  await vi.waitFor(() => expect(said).toHaveLength(2))
  expect(asked).toEqual([good[10]])
  expect(said[1]!.target).toBe(host)
  port!.close()
})

it.each([
  ['https://course.example', 'https://course.example'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['https://course.example/', null],
  ['https://course.example/page', null],
  ['https://user@course.example', null],
  ['*', null],
  ['/', null],
  ['null', null],
  ['', null],
  ['file://', null],
  ['data:text/html,x', null],
  ['javascript:alert(1)', null],
  ['blob:https://course.example/x', null],
])('%j names %j', (told, origin) => expect(hostOf(told)).toBe(origin))
