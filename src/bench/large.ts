// What is large: a sorted set of a million, a SCAN of everything, a million keys that expire, and what a million keys take.
import { execFileSync } from 'node:child_process'
import type { Engine } from '../engine/engine.ts'
import { latin, type Bytes } from '../wire/bytes.ts'
import { encodeRequest, ReplyDecoder } from '../wire/resp.ts'
import { compare, cpuOf, median, type Effort } from './measure.ts'
import { keyAt, loadSortedSet, mapped, messagesOf, onSortedSet, timed } from './operations.ts'
import { OurSide, type RealSide } from './sides.ts'
import { nanoseconds, table, times } from './table.ts'

const fill = async (ours: OurSide, real: RealSide, requests: () => Iterable<readonly (string | number)[]>) => {
  await real.ask('FLUSHALL', 'SYNC')
  const load = messagesOf(requests())
  ours.play(load, load.bytes.length)
  await real.send(load, load.bytes.length)
}

// ---------------------------------------------------------------- a sorted set

/** Whole commands by CPU, and what of them the server itself counts as the command (INFO commandstats, wall time). */
export async function compareSortedSets(real: RealSide, effort: Effort, size: number): Promise<void> {
  const rows: string[][] = []
  const small = new Map<string, number>()
  for (const members of [10_000, size]) {
    const ours = new OurSide()
    await fill(ours, real, () => loadSortedSet(members))
    for (const operation of onSortedSet(members)) {
      const messages = timed(operation, members)
      await real.ask('CONFIG', 'RESETSTAT')
      const found = await compare(
        (count) => ours.play(messages, count),
        (count) => real.play(messages, count),
        effort,
      )
      const { cpu, commands } = await real.commandTime(operation.name.split(' ', 1)[0]!.toLowerCase())
      const alone = (cpu * 1000) / commands
      const before = small.get(operation.name)
      small.set(operation.name, found.ours)
      rows.push([
        `${operation.name}, ${members.toLocaleString('en')} members`,
        nanoseconds(found.ours),
        nanoseconds(found.theirs),
        times(found.ratio),
        nanoseconds(alone),
        times(alone / found.ours),
        before === undefined ? '' : times(found.ours / before),
      ])
    }
  }
  console.log(
    table(
      ['sorted set', 'ours', 'redis-server', 'ratio', 'its command alone', 'by ours whole', 'ours by 10,000'].map(
        String,
      ),
      rows,
    ),
  )
}

// ---------------------------------------------------------------- SCAN

const scanRequest = (cursor: string) =>
  Buffer.from(`*4\r\n$4\r\nSCAN\r\n$${cursor.length}\r\n${cursor}\r\n$5\r\nCOUNT\r\n$2\r\n10\r\n`, 'latin1')

/**
 * One full SCAN COUNT 10, call after call, on ours: CPU in microseconds, and the keys that were met. The requests are made
 * beforehand, in a scan that is not timed: what a client does with the cursor costs neither side.
 */
function scanOurs(ours: OurSide): { cpu: number; keys: Set<string> } {
  const keys = new Set<string>()
  const requests: Buffer[] = []
  let cursor = '0'
  do {
    const request = scanRequest(cursor)
    requests.push(request)
    cursor = take(ours.answer(request), keys)
  } while (cursor !== '0')
  const cpu = cpuOf(() => {
    for (const request of requests) ours.answer(request)
  })
  return { cpu, keys }
}

async function scanTheirs(real: RealSide): Promise<{ cpu: number; keys: Set<string> }> {
  const keys = new Set<string>()
  const before = await real.cpu()
  let cursor = '0'
  do {
    cursor = take(await real.answer(scanRequest(cursor), 1), keys)
  } while (cursor !== '0')
  return { cpu: (await real.cpu()) - before, keys }
}

/** The keys of SCAN's answer; returns the next cursor. */
function take(answer: Uint8Array, keys: Set<string>): string {
  const decoder = new ReplyDecoder()
  decoder.push(latin(Buffer.from(answer).toString('latin1')))
  const [cursor, found] = decoder.next() as readonly [Bytes, readonly Bytes[]]
  for (const key of found) keys.add(key)
  return cursor
}

export async function compareScans(real: RealSide, rounds: number, size: number): Promise<void> {
  const rows: string[][] = []
  for (const count of [10_000, 100_000, size]) {
    const ours = new OurSide()
    await fill(ours, real, () => mapped(count, (n) => ['SET', keyAt(n), 'v']))
    scanOurs(ours)
    const pairs: [number, number][] = []
    for (let round = 0; round < (count > 100_000 ? 1 : rounds); round++) {
      const mine = scanOurs(ours)
      const theirs = await scanTheirs(real)
      if (mine.keys.size !== count || theirs.keys.size !== count) throw new Error('a SCAN missed keys')
      pairs.push([(mine.cpu * 1000) / count, (theirs.cpu * 1000) / count])
    }
    const ratio = median(pairs.map(([a, b]) => b / a))
    rows.push([
      `${count.toLocaleString('en')} keys`,
      nanoseconds(median(pairs.map(([a]) => a))),
      nanoseconds(median(pairs.map(([, b]) => b))),
      times(ratio),
    ])
  }
  console.log(table(['full SCAN COUNT 10', 'ours, CPU ns a key', 'redis-server, CPU ns a key', 'ratio'], rows))
}

// ---------------------------------------------------------------- expiry

/** A million keys, all of them due: CPU until they are gone, and the longest slice of ours in ms. */
export async function compareExpiry(real: RealSide, rounds: number, size: number): Promise<void> {
  const at = Date.now()
  const found: Readonly<Record<'ours' | 'spread' | 'slice' | 'spreadSlice' | 'theirs', number>>[] = []
  for (let round = 0; round < rounds; round++) {
    found.push({
      ours: expireOurs(at, size, 1),
      spread: expireOurs(at, size, 60_000),
      slice: longestSlice(at, size, 1),
      spreadSlice: longestSlice(at, size, 60_000),
      theirs: await expireTheirs(real, size),
    })
  }
  const of = (pick: (one: (typeof found)[number]) => number) => median(found.map(pick))
  const row = (name: string, pick: (one: (typeof found)[number]) => number, slice: number) => [
    name,
    nanoseconds(of(pick)),
    nanoseconds(of((one) => one.theirs)),
    times(of((one) => one.theirs / pick(one))),
    slice.toFixed(1),
  ]
  console.log(
    table(
      [
        `${size.toLocaleString('en')} keys expire`,
        'ours, CPU ns a key',
        'redis-server, CPU ns a key',
        'ratio',
        'longest slice, ms',
      ],
      [
        row(
          'all due at once',
          (one) => one.ours,
          of((one) => one.slice),
        ),
        row(
          'over 60 s (there: all due at once)',
          (one) => one.spread,
          of((one) => one.spreadSlice),
        ),
      ],
    ),
  )
}

/** An engine with so many keys, which are due within so many ms after a second. */
function expiring(at: number, size: number, spread: number): Engine {
  const ours = new OurSide(at)
  const load = messagesOf(mapped(size, (n) => ['SET', keyAt(n), 'v', 'PX', 1000 + ((n * 7919) % spread)]))
  for (const message of load.bytes) ours.answer(message, at)
  return ours.engine
}

/** Lets them expire. The host would wait for what nextWake says; here time goes straight there. */
function letExpire(engine: Engine, at: number, slice: (now: number) => void): void {
  for (let now = at + 1000, wake = engine.nextWake(); wake !== null; wake = engine.nextWake()) {
    now = Math.max(now, Math.ceil(wake))
    slice(now)
  }
  if (engine.sizes().length > 0) throw new Error('keys are left')
}

/** CPU ns a key. */
function expireOurs(at: number, size: number, spread: number): number {
  const engine = expiring(at, size, spread)
  return (cpuOf(() => letExpire(engine, at, (now) => engine.apply({ do: 'tick', at: now }))) * 1000) / size
}

/** The longest go by the clock, in ms: apart from the one above, since to look at the clock costs more than a key. */
function longestSlice(at: number, size: number, spread: number): number {
  const engine = expiring(at, size, spread)
  let longest = 0
  letExpire(engine, at, (now) => {
    const began = performance.now()
    engine.apply({ do: 'tick', at: now })
    longest = Math.max(longest, performance.now() - began)
  })
  return longest
}

async function expireTheirs(real: RealSide, size: number): Promise<number> {
  await real.ask('FLUSHALL', 'SYNC')
  await real.ask('DEBUG', 'SET-ACTIVE-EXPIRE', '0')
  const load = messagesOf(mapped(size, (n) => ['SET', keyAt(n), 'v', 'PX', 1]))
  await real.send(load, load.bytes.length)
  const before = await real.cpu()
  await real.ask('DEBUG', 'SET-ACTIVE-EXPIRE', '1')
  while ((await real.ask('DBSIZE')) !== 0) await new Promise((done) => setTimeout(done, 100))
  return (((await real.cpu()) - before) * 1000) / size
}

// ---------------------------------------------------------------- memory

const holdings = {
  'strings of 32 bytes': (size: number) => mapped(size, (n) => ['SET', keyAt(n), 'v'.repeat(32)]),
  'the same, each with a time to live': (size: number) =>
    mapped(size, (n) => ['SET', keyAt(n), 'v'.repeat(32), 'EX', 1000 + n]),
  'members of one sorted set': loadSortedSet,
} as const

type Holding = keyof typeof holdings

/** What the child process does: fills an engine, and prints how much the heap has grown. */
export function weigh(what: string, size: number): void {
  const { gc } = globalThis
  if (!gc) throw new Error('node --expose-gc')
  const held = () => {
    gc()
    gc()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const ours = new OurSide()
  const before = held()
  for (const request of holdings[what as Holding](size)) {
    // By way of bytes, so that every string is its own, as it is when it comes from a client.
    ours.answer(Buffer.from(encodeRequest(request.map((word) => latin(String(word)))), 'latin1'))
  }
  console.log(held() - before)
  if (ours.engine.sizes().length === 0) throw new Error('nothing was held')
}

export async function compareMemory(real: RealSide, size: number): Promise<void> {
  const rows: string[][] = []
  for (const [what, requests] of Object.entries(holdings)) {
    const args = ['--expose-gc', process.argv[1]!, '--weigh', what, '--size', String(size)]
    const ours = Number(execFileSync(process.execPath, args, { encoding: 'utf8' })) / size
    await real.ask('FLUSHALL', 'SYNC')
    const before = await real.used()
    const load = messagesOf(requests(size))
    await real.send(load, load.bytes.length)
    const theirs = ((await real.used()) - before) / size
    rows.push([what, ours.toFixed(0), theirs.toFixed(0), times(ours / theirs)])
  }
  console.log(
    table(
      [`memory of ${size.toLocaleString('en')}`, 'ours, bytes each', 'redis-server, bytes each', 'ours by its'],
      rows,
    ),
  )
}
