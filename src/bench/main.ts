// npm run bench: how fast the engine is, beside the real redis-server 8.0 and ioredis-mock, in one run, as ratios.
//   --quick       fewer and shorter rounds, a tenth of the large data: for a look, not for the record
//   --only NAME   only one part: operations, mock, large, memory; or only one operation: set, get …
import { cpus, release } from 'node:os'
import { parseArgs } from 'node:util'
import { Connection } from '../conformance/connection.ts'
import { findServer, startServer } from '../conformance/server.ts'
import { RealSide } from './sides.ts'
import { compareOperations } from './small.ts'

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
})

/** As many as redis-benchmark was run with for the figures that the targets come from. */
const CONNECTIONS = 10

async function main(): Promise<number> {
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
    console.log(`${cpus().length} × ${cpus()[0]!.model}, Linux ${release()}\n`)
    const effort = values.quick ? { rounds: 3, least: 30_000 } : { rounds: 9, least: 60_000 }
    await compareOperations(real, effort, values.only)
  } finally {
    real.close()
    own.close()
    await server.stop()
  }
  return 0
}

process.exitCode = await main()
