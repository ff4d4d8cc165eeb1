// The runner on the real consoles and the real engine, with time moved by hand.
import { expect, test } from 'vitest'
import { idle, InlineRunner, ManualTime } from '../../session/testing.ts'
import { createSession } from '../../session/client.ts'
import { MemoryStore } from '../../storage/memory.ts'
import { scriptMessages } from '../i18n/script.ts'
import { createStores } from '../stores/index.ts'
import { createRunner } from './runner.ts'
import { commandsOf } from './split.ts'
import { readNothing } from '../testing/fake.ts'

async function stage(script: string) {
  const time = new ManualTime()
  const store = new MemoryStore()
  const stores = createStores(
    createSession(() => new InlineRunner(time, store)),
    {
      memory: null,
      languages: ['en'],
      search: new URLSearchParams(),
      clock: () => time.now,
      later: () => () => undefined,
      lessons: {
        library: [],
        tracks: [],
        readGuest: readNothing,
        createPlayer: () => {
          throw new Error('no lessons here')
        },
      },
    },
  )
  await stores.open(null)
  const runner = createRunner(stores)
  stores.script.getState().write(script)
  const results = () =>
    runner.store.getState().results.map(({ line, client, state, holds }) => [line + 1, client, state, holds])
  const all = async (client = 'A') => {
    runner.run(commandsOf(stores.script.getState().text), client)
    await settle()
  }
  /** Each command is a journey to the engine and back. */
  const settle = async () => {
    for (let i = 0; i < 12; i++) await idle()
  }
  const typed = (name: string) =>
    stores.console
      .getState()
      .lanes.find((lane) => lane.name === name)!
      .entries.map(({ line }) => line)
  return { stores, runner, results, all, settle, typed, state: () => runner.store.getState() }
}

test('runs line by line in the chosen client, checks what is expected, and leaves rows in the console', async () => {
  const at = await stage('# notes\nSET n 5 # => OK\nINCR n\n# => (integer) 6\nINCR n # => 8\nGET n')
  await at.all('B')
  expect(at.results()).toEqual([
    [2, 'B', 'done', true],
    [3, 'B', 'done', true],
    [5, 'B', 'done', false],
    [6, 'B', 'done', null],
  ])
  expect(at.typed('B')).toEqual(['SET n 5', 'INCR n', 'INCR n', 'GET n'])
  expect(at.state()).toMatchObject({ todo: [], stopped: null, total: 4, sent: 4 })
})

test('an error stops it, and the rest can be run', async () => {
  const at = await stage('SET s x\nLPUSH s y\nGET s # => "x"\nPING')
  await at.all()
  expect(at.results()).toEqual([
    [1, 'A', 'done', null],
    [2, 'A', 'failed', null],
  ])
  expect(at.state().stopped).toMatchObject({ failed: { line: 1 }, rest: [{ text: 'GET s' }, { text: 'PING' }] })
  at.runner.goOn('A')
  await at.settle()
  expect(at.results().slice(2)).toEqual([
    [3, 'A', 'done', true],
    [4, 'A', 'done', null],
  ])
  expect(at.state().stopped).toBeNull()
})

test('an error that was expected does not stop it; another one does', async () => {
  const at = await stage('SET s x\nLPUSH s y # => (error) WRONGTYPE…\nINCR s # => (error) WRONGTYPE…\nPING')
  await at.all()
  expect(at.results()).toEqual([
    [1, 'A', 'done', null],
    [2, 'A', 'done', true],
    [3, 'A', 'failed', false],
  ])
})

test('what redis-cli refuses itself stops it too', async () => {
  const at = await stage('GET "x\nPING')
  await at.all()
  expect(at.results()).toEqual([[1, 'A', 'failed', null]])
})

test('a client that waits lets others go on, and its reply is checked when it comes', async () => {
  const at = await stage('A> BLPOP jobs 0\n# => 1) "jobs"\n# => 2) "paint"\nPING\nB> RPUSH jobs paint # => 1')
  await at.all('B')
  expect(at.results()).toEqual([
    [1, 'A', 'done', true],
    [4, 'B', 'done', null],
    [5, 'B', 'done', true],
  ])
  expect(at.typed('A')).toEqual(['BLPOP jobs 0'])
})

test('a line for a client that waits holds it up; a line run meanwhile goes first and may free it', async () => {
  const at = await stage('A> BLPOP jobs 0\nA> PING # => PONG\nB> RPUSH jobs x')
  at.runner.run(commandsOf('A> BLPOP jobs 0\nA> PING # => PONG'), 'A')
  await at.settle()
  expect(at.results()).toEqual([[1, 'A', 'waits', null]])
  expect(at.state()).toMatchObject({ held: 'A', total: 2, sent: 1 })
  at.runner.run(
    commandsOf(at.stores.script.getState().text).filter(({ client }) => client === 'B'),
    'A',
  )
  await at.settle()
  expect(at.results()).toEqual([
    [1, 'A', 'done', null],
    [2, 'A', 'done', true],
    [3, 'B', 'done', null],
  ])
  expect(at.state()).toMatchObject({ held: null, total: 3, sent: 3 })
})

test('Stop frees who waits, and says what was left', async () => {
  const at = await stage('BLPOP jobs 0\nPING\nPING')
  await at.all()
  at.runner.stop()
  await at.settle()
  expect(at.results()).toEqual([[1, 'A', 'failed', null]])
  expect(at.state().stopped?.rest).toHaveLength(2)
  expect(at.stores.console.getState().busy('A')).toBe(false)
  at.runner.goOn('A')
  await at.settle()
  expect(at.typed('A')).toEqual(['BLPOP jobs 0', 'PING', 'PING'])
})

test('a repeated command and a call of redis-cli are one command each, told by their last reply', async () => {
  const at = await stage('3 INCR n # => (integer) 3\nredis-cli -n 1 GET n # => (nil)\nGET n # => "3"')
  await at.all()
  expect(at.results()).toEqual([
    [1, 'A', 'done', true],
    [2, 'A', 'done', true],
    [3, 'A', 'done', true],
  ])
})

test("the page's own words run too: reset begins afresh", async () => {
  const at = await stage('SET k v\nreset\nDBSIZE # => 0\nclear\nPING')
  await at.all()
  expect(at.results()).toEqual([
    [1, 'A', 'done', null],
    [2, 'A', 'done', null],
    [3, 'A', 'done', true],
    [4, 'A', 'done', null],
    [5, 'A', 'done', null],
  ])
})

test('undo takes back what was run, and ends what waits', async () => {
  const at = await stage('SET k v\nBLPOP jobs 0\nPING')
  await at.all()
  expect(at.results().at(-1)).toEqual([2, 'A', 'waits', null])
  await at.stores.session.getState().undo()
  await at.settle()
  expect(at.results().at(-1)).toEqual([2, 'A', 'failed', null])
  expect(at.state().stopped?.rest).toHaveLength(1)
})

test('a client whose connection closes under it stops the run', async () => {
  const at = await stage('A> BLPOP jobs 0\nB> CLIENT KILL TYPE normal SKIPME yes\nB> PING')
  await at.all()
  expect(at.results()[0]).toEqual([1, 'A', 'failed', null])
})

test('results move with their lines while the script is edited, and so does what is left', async () => {
  const at = await stage('PING\nGET a b\nPING')
  await at.all()
  at.stores.script.getState().write('# new\nPING\nGET a b\nPING')
  at.stores.script.getState().write('# new\nPING\nGET a\nPING')
  expect(at.results()).toEqual([[2, 'A', 'done', null]])
  expect(at.state().stopped?.rest.map(({ line }) => line)).toEqual([3])
})

test('a run of one line keeps the results of the others', async () => {
  const at = await stage('PING\nPING')
  await at.all()
  at.runner.run(commandsOf('PING').slice(0, 1), 'B')
  await at.settle()
  expect(at.results()).toEqual([
    [1, 'B', 'done', null],
    [2, 'A', 'done', null],
  ])
})

test('another session has no results, and its own script', async () => {
  const at = await stage('PING')
  await at.all()
  await at.stores.open(null, true)
  expect(at.results()).toEqual([])
  expect(at.stores.script.getState().text).toBe('')
})

test('a transaction runs through, queued line by line', async () => {
  const at = await stage('MULTI # => OK\nINCR n # => QUEUED\nEXEC\n# => 1) (integer) 1')
  await at.all()
  expect(at.results().map(([, , , held]) => held)).toEqual([true, true, true])
})

test.each(['en', 'ko'] as const)('the example holds, twice over: %s', async (language) => {
  const at = await stage(scriptMessages[language].example)
  for (const _ of [1, 2]) {
    await at.all()
    expect(at.state()).toMatchObject({ todo: [], stopped: null })
    expect(at.results().filter(([, , , held]) => held !== null)).toHaveLength(8)
    expect(at.results().filter(([, , state, held]) => state !== 'done' || held === false)).toEqual([])
  }
})
