// ioredis-mock beside our engine, both behind the same small promise client, 100 commands in flight. It copies whole
// collections at each write, so that it gets small ones: 1,000 elements where the real server has 100,000.
import Mock from 'ioredis-mock'
import { Chance } from '../conformance/chance.ts'
import { latin, type Bytes } from '../wire/bytes.ts'
import { compare, type Compared, type Effort, type Spent } from './measure.ts'
import { OurSide } from './sides.ts'
import { comparison } from './table.ts'

const IN_FLIGHT = 100
const FEW = 1000

type Ask = (words: readonly string[]) => Promise<unknown>

const key = (chance: Chance) => `key:${String(chance.below(FEW)).padStart(12, '0')}`
const value = 'v'.repeat(32)

const operations: Readonly<Record<string, (chance: Chance) => readonly string[]>> = {
  SET: (chance) => ['set', key(chance), value],
  GET: (chance) => ['get', key(chance)],
  INCR: (chance) => ['incr', `cnt:${chance.below(FEW)}`],
  LPUSH: () => ['lpush', 'list', value],
  RPOP: () => ['rpop', 'list'],
  HSET: (chance) => ['hset', 'hash', key(chance), value],
  HGET: (chance) => ['hget', 'hash', key(chance)],
  SADD: (chance) => ['sadd', 'set', key(chance)],
  ZADD: (chance) => ['zadd', 'zset', String(chance.below(FEW)), key(chance)],
  'ZRANGE 10': (chance) => {
    const from = chance.below(FEW - 10)
    return ['zrange', 'zset', String(from), String(from + 9)]
  },
  'MSET 10': (chance) => ['mset', ...Array.from({ length: 10 }, () => [key(chance), value]).flat()],
  EXPIRE: (chance) => ['expire', key(chance), '1000'],
}

function ourClient(): Ask {
  const { engine } = new OurSide()
  return (words) =>
    new Promise((resolve) => {
      for (const output of engine.send(Date.now(), 1, words.map(latin)))
        if (output.on === 'reply') resolve(output.reply)
    })
}

function mockClient(): Ask {
  // It knows commands as methods only.
  const mock = new Mock() as unknown as Readonly<Record<string, (...rest: string[]) => Promise<unknown>>>
  return ([command, ...rest]) => mock[command!]!(...rest)
}

async function playing(ask: Ask, next: (chance: Chance) => readonly string[], messages: number): Promise<Spent> {
  const chance = new Chance(messages)
  const before = process.cpuUsage()
  for (let i = 0; i < messages; i++) await Promise.all(Array.from({ length: IN_FLIGHT }, () => ask(next(chance))))
  const { user, system } = process.cpuUsage(before)
  return { cpu: user + system, commands: messages * IN_FLIGHT }
}

/** What is there at first: so much of everything. */
async function furnish(ask: Ask): Promise<void> {
  for (let n = 0; n < FEW; n++) {
    const name = `key:${String(n).padStart(12, '0')}` as Bytes
    await ask(['set', name, value])
    await ask(['hset', 'hash', name, value])
    await ask(['zadd', 'zset', String(n), name])
  }
}

export async function compareMock(effort: Effort): Promise<void> {
  const rows: [string, Compared][] = []
  for (const [name, next] of Object.entries(operations)) {
    const [ours, mock] = [ourClient(), mockClient()]
    await furnish(ours)
    await furnish(mock)
    // A list as long on both sides, however fast they are: neither grows without end, nor is emptied.
    const prepare = async () => {
      if (name !== 'LPUSH' && name !== 'RPOP') return
      for (const ask of [ours, mock]) {
        await ask(['del', 'list'])
        if (name === 'RPOP') await ask(['rpush', 'list', ...Array.from<string>({ length: FEW }).fill(value)])
      }
    }
    const found = await compare(
      (count) => playing(ours, next, count),
      (count) => playing(mock, next, count),
      effort,
      prepare,
    )
    await mock(['flushall'])
    rows.push([name, found])
  }
  console.log(comparison('ioredis-mock', rows))
}
