// npm run bench: how fast the engine is, beside the real redis-server 8.0 and ioredis-mock, in one run, as ratios.
//   --quick      fewer and shorter rounds, a tenth of the large data: for a look, not for the record
//   --only PART  one part: links, operations, mock, zset, scan, expiry, growth, memory; or operations that begin so: set, get …
import { cpus, release } from 'node:os'
import { parseArgs } from 'node:util'
import { Connection } from '../conformance/connection.ts'
import { findServer, startServer } from '../conformance/server.ts'
import { compareGrowth } from './growth.ts'
import { openOne, weighLinks } from './links.ts'
import { compareExpiry, compareMemory, compareScans, compareSortedSets, weigh } from './large.ts'
import type { Effort } from './measure.ts'
import { compareMock } from './mock.ts'
import { RealSide } from './sides.ts'
import { compareOperations } from './small.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    // For the processes that this one starts: what to hold, and how many.
    weigh: { type: 'string' },
    open: { type: 'boolean', default: false },
    size: { type: 'string', default: '0' },
  },
})

/** As many as redis-benchmark was run with for the figures that the targets come from. */
const CONNECTIONS = 10

const parts: Readonly<Record<string, (real: RealSide, effort: Effort, size: number) => Promise<void>>> = {
  operations: (real, effort) => compareOperations(real, effort),
  mock: (_, effort) => compareMock(effort),
  zset: compareSortedSets,
  scan: (real, { rounds }, size) => compareScans(real, rounds, size),
  expiry: (real, { rounds }, size) => compareExpiry(real, Math.min(rounds, 3), size),
  growth: (_, { rounds }, size) => Promise.resolve(compareGrowth(rounds, size)),
  memory: (real, _, size) => compareMemory(real, size),
}

async function comparing(real: RealSide): Promise<void> {
  const effort = values.quick ? { rounds: 3, least: 30_000 } : { rounds: 9, least: 60_000 }
  const { only } = values
  if (only && !parts[only]) await compareOperations(real, effort, only)
  else
    for (const [name, part] of Object.entries(parts)) {
      if (only && only !== name) continue
      console.log(`\n## ${name}\n`)
      await part(real, effort, values.quick ? 100_000 : 1_000_000)
    }
}

async function main(): Promise<number> {
  // The only part that needs no server.
  if (!values.only || values.only === 'links') await weighLinks()
  if (values.only === 'links') return 0
  const found = findServer()
  if (!found) {
    console.log('There is no redis-server 8.0 here: put one on the PATH, or name it by REDIS_SERVER.')
    return 1
  }
  const server = await startServer(found)
  const own = await Connection.open(server.port)
  const real = await RealSide.open(server.port, own, CONNECTIONS)
  try {
    console.log(
      `${new Date().toISOString().slice(0, 10)}: redis-server ${server.version}, Node ${process.versions.node}`,
    )
    console.log(`${cpus().length} × ${cpus()[0]!.model}, Linux ${release()}`)
    await comparing(real)
  } finally {
    real.close()
    own.close()
    await server.stop()
  }
  return 0
}

if (values.weigh) weigh(values.weigh, Number(values.size))
else if (values.open) await openOne()
else process.exitCode = await main()
