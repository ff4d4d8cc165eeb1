// The house stands on this: the log of a session, replayed on a fresh engine, gives the same replies and the same image,
// byte for byte. Here are 500 random sessions of three clients, with time that passes, waits that end, are cancelled or
// ended by others, transactions that are watched, messages and MONITOR in both protocols, clients that come, go and are
// killed, crashes with and without a snapshot, a disk that is full, and resets; each is replayed from its start, and once more from an image in its middle.
import { isDeepStrictEqual } from 'node:util'
import { assert, expect, test } from 'vitest'
import { Chance } from '../conformance/chance.ts'
import { families } from '../conformance/fuzz/index.ts'
import { expand } from '../conformance/fuzz/template.ts'
import { talks } from '../conformance/talks/groups.ts'
import { Engine, type Output } from '../engine/engine.ts'
import { utf8, type Bytes } from '../wire/bytes.ts'
import { decodeLog } from './log-reading.ts'
import { encodeLog } from './log.ts'
import type { Input, LoggedInput } from './protocol.ts'
import { Timeline } from './timeline.ts'

const SESSIONS = 500
const INPUTS = 150
const START = 1_700_000_000_000
const CLIENTS = 3

/** Commands that wait, that take chance and that expire: what the families' everyday lines have little of. */
const special = [
  'BLPOP k1 k2 0.05',
  'BLPOP k3 0',
  'BRPOP k1 0.2',
  'SPOP k1',
  'SRANDMEMBER k1 -3',
  'RANDOMKEY',
  'HRANDFIELD k2 2',
  'SET k1 v PX 20',
  'PEXPIRE k2 35',
  'EXPIRE k3 1',
  'SELECT 1',
  'SELECT 0',
  'CONFIG SET save "1 1"',
  'BGSAVE',
  'SAVE',
  'DEBUG RELOAD',
  'INFO everything',
  'WATCH k1 k2',
  'SUBSCRIBE news k1',
  'PSUBSCRIBE __key* n*',
  'UNSUBSCRIBE',
  'PUNSUBSCRIBE',
  'SSUBSCRIBE news',
  'PUBLISH news hi',
  'SPUBLISH news hi',
  'PUBSUB CHANNELS',
  'CONFIG SET notify-keyspace-events KEAnm',
  'MONITOR',
  'HELLO 3',
  'RESET',
  'CLIENT PAUSE 60 WRITE',
  'CLIENT PAUSE 40',
  'CLIENT UNPAUSE',
  'WAIT 1 50',
  'WAITAOF 0 2 0',
  'CONFIG SET slowlog-log-slower-than 0',
  'SLOWLOG GET',
  'CONFIG SET requirepass word',
  'AUTH word',
  'CLIENT UNBLOCK 1',
  'CLIENT UNBLOCK 2 ERROR',
  'CLIENT UNBLOCK 3',
  'CLIENT LIST',
  'CLIENT REPLY SKIP',
]

const killing = ['CLIENT KILL ID 1', 'CLIENT KILL ID 2 SKIPME no', 'CLIENT KILL TYPE pubsub']

/** `client` and `at` chosen by chance; commands from the fuzzer's families. Who is gone comes back. */
function randomInput(chance: Chance, at: number, comings: boolean, isHere: (client: number) => boolean): Input {
  const client = 1 + chance.below(CLIENTS)
  if (!isHere(client)) return { do: 'connect', at, client, name: `C${client}`, db: 0 }
  const kind = chance.below(100)
  if (kind < 8) return { do: 'tick', at }
  if (kind < 11) return { do: 'cancel', at, client }
  if (kind === 11 && comings) return { do: 'disconnect', at, client }
  if (kind < 14 && comings) return { do: 'connect', at, client, name: `C${client}`, db: 0 }
  if (kind === 14 && chance.once(10)) return { do: 'reset', at }
  if (kind === 16 && comings && chance.once(10)) return { do: 'send', at, client, argv: [utf8('SHUTDOWN')] }
  if (kind === 17 && comings && chance.once(3)) return { do: chance.one(['crash', 'restart']), at }
  if (kind === 18 && comings && chance.once(2)) return { do: 'disk', at, full: chance.once(2) }
  if (kind === 15 && comings) return { do: 'send', at, client, argv: chance.one(killing).split(' ').map(utf8) }
  const argv = kind < 35 ? chance.one(special).split(' ').map(utf8) : randomCommand(chance)
  return { do: 'send', at, client, argv }
}

/** One command of values, or of what clients do to each other: there a word like @B is the number of a client. */
function randomCommand(chance: Chance): Bytes[] {
  const family = chance.one(chance.once(3) ? talks : families)
  const argv = chance.one(expand(chance.one(family.templates), family, chance))
  return argv.map((word) => (/^@[A-C]$/.test(word) ? utf8(String(' ABC'.indexOf(word[1]!))) : word))
}

/** `comings`: clients come and go in the middle. */
function play(seed: number, comings = true) {
  const chance = new Chance(seed)
  const timeline = Timeline.begin(seed, START)
  const logged: { entry: LoggedInput; outputs: readonly Output[] }[] = []
  let at = START
  let half: Uint8Array | null = null
  let middle = 0
  const give = (input: Input) => {
    const { logged: entry, outputs } = timeline.apply(input)
    if (entry) logged.push({ entry, outputs })
  }
  for (let client = 1; client <= CLIENTS; client++) give({ do: 'connect', at, client, name: `C${client}`, db: 0 })
  for (let i = 0; i < INPUTS; i++) {
    at += chance.below(30)
    give(randomInput(chance, at, comings, (client) => timeline.engine.state(client) !== undefined))
    if (i !== INPUTS / 2) continue
    half = timeline.engine.image()
    middle = logged.length
  }
  return { timeline, logged, half: half!, middle }
}

/** What tells of a difference is made only where there is one: it would cost more than the sessions. */
function expectSame(found: unknown, wanted: unknown, what: () => string): void {
  if (!isDeepStrictEqual(found, wanted)) assert.deepStrictEqual(found, wanted, what())
}

test(`${SESSIONS} random sessions replay to the same replies and the same image`, () => {
  const kinds = new Set<string>()
  let replies = 0
  for (let seed = 1; seed <= SESSIONS; seed++) {
    const { timeline, logged, half, middle } = play(seed)
    const image = timeline.engine.image()
    const log = decodeLog(encodeLog(logged.map(({ entry }) => entry)))
    const told = (where: string) => (i: number, input: unknown) => () =>
      `seed ${seed}, ${where}, input ${i}: ${JSON.stringify(input)}`
    const [fromStart, fromMiddle] = [told('from the start'), told('from the middle')]
    const fresh = new Engine({ seed, at: START })
    for (const [i, { input }] of log.entries()) {
      const outputs = fresh.apply(input)
      expectSame(outputs, logged[i]!.outputs, fromStart(i, input))
      for (const output of outputs) kinds.add(output.on)
      replies += outputs.filter(({ on }) => on === 'reply').length
    }
    expectSame(fresh.image(), image, () => `seed ${seed}: the image after a replay from the start`)

    const later = Engine.restore(half)
    for (const [i, { input }] of log.slice(middle).entries())
      expectSame(later.apply(input), logged[middle + i]!.outputs, fromMiddle(i, input))
    expectSame(later.image(), image, () => `seed ${seed}: the image after a replay from the middle`)
  }
  // A run in which nothing waited, expired, was told to others or was cancelled would prove little.
  expect([...kinds]).toEqual(
    expect.arrayContaining(['reply', 'unit', 'client', 'cancelled', 'disk', 'push', 'pause', 'gone', 'reloaded']),
  )
  expect(replies).toBeGreaterThan(SESSIONS * INPUTS * 0.5)
}, 120_000)

// Clients that come and go are no part of what undo takes back, so that here they stay.
test('undo and redo of everything lead back to the same image', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { timeline } = play(seed, false)
    const image = timeline.engine.image()
    let steps = 0
    while (timeline.undo()) steps++
    expect(steps).toBeGreaterThan(50)
    while (timeline.redo()) steps--
    expect(steps).toBe(0)
    expect(timeline.engine.image()).toEqual(image)
  }
}, 120_000)
