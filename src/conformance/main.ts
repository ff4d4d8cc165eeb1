// npm run test:oracle: everything that can be compared with the real redis-server, and with what redis-cli prints.
// Its fuzzer is that of `npm run fuzz`, through our TCP host.
//   --sequences N  how many sequences of 400 commands the fuzzer plays (260)
//   --datasets N   how many datasets are saved and loaded by both (60)
//   --seed S       another seed, other commands (1)
//   --count        writes down how often each command was compared, for the page's docs
import { parseArgs } from 'node:util'
import { checkDrawing } from './cli.ts'
import { checkCrashes } from './crash.ts'
import { checkConfigFiles } from './config-files.ts'
import { checkEvents } from './events.ts'
import { writeFidelity } from './fidelity.ts'
import { TcpSide } from './fuzz/play.ts'
import { fuzz, percent, type FuzzResult } from './fuzz/run.ts'
import { serve } from '../hosts/tcp/server.ts'
import { playLessons } from './lessons.ts'
import { checkMemory } from './memory.ts'
import { closeLanes, openLanes, speak } from './protocol/run.ts'
import { checkExchange } from './rdb/exchange.ts'
import { checkOlder } from './rdb/older.ts'
import { comparePayloads } from './rdb/payloads.ts'
import { checkRdb } from './rdb/values.ts'
import { Report } from './report.ts'
import { findServer, startServer, type RealServer } from './server.ts'
import { closeStages, openStages, talk } from './talks/run.ts'
import { playAll } from './transcripts.ts'

const { values } = parseArgs({
  options: {
    sequences: { type: 'string', default: '260' },
    datasets: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    count: { type: 'boolean', default: false },
  },
})

async function compare(server: RealServer, path: string, report: Report): Promise<void> {
  console.log(`redis-server ${server.version} on port ${server.port}`)
  report.heading('Transcripts, on the server and on our engine')
  await playAll(server, report)
  report.heading('Lessons, on the server')
  console.log(`${await playLessons(server, report)} stated replies compared`)
  report.heading('What redis-cli prints')
  if (server.cli) await checkDrawing(server.port, server.cli, report)
  else await report.check('redis-cli', () => Promise.reject(new Error('no redis-cli 8.0 was found')))
  report.heading('MEMORY USAGE')
  await checkMemory(server.port, report)
  report.heading('Keyspace events')
  await checkEvents(server.port, Number(values.seed), report)
  report.heading('RDB files and payloads')
  await checkRdb(server.port, Number(values.seed), report)
  await compareSnapshots(server, report)
  report.heading('Crashes')
  await checkCrashes(server, Number(values.seed), report)
  report.heading('Configuration files')
  await checkConfigFiles(path, Number(values.seed), report)
  report.heading(`Fuzz, seed ${values.seed}`)
  await compareRandom(server, report)
}

/** How many commands talks have, and how many connections the fuzzer of the protocol opens: together 50,000 commands. */
const TALKS = { sequences: 140, length: 300 }
const CONNECTIONS = 2400

/** Damaged payloads that both are given. */
const PAYLOADS = 1000

async function compareSnapshots(server: RealServer, report: Report): Promise<void> {
  const [seed, datasets] = [Number(values.seed), Number(values.datasets)]
  await comparePayloads(server, seed, PAYLOADS, report)
  await checkExchange(server, seed, datasets, report)
  report.heading('Snapshots of redis-server 7.0')
  if (await checkOlder(server, seed, datasets, report)) return
  console.log('NOTHING WAS COMPARED: THERE IS NO REDIS-SERVER 7.0 HERE.')
  console.log(
    'Put one on the PATH, name it by REDIS_SERVER_7, or unpack it: src/conformance/oracle/redis-7.sh .cache/oracle-7',
  )
}

/** Our engine behind a port of its own, beside the real server. */
async function compareRandom(server: RealServer, report: Report): Promise<void> {
  const host = await serve('127.0.0.1', 0)
  const seed = Number(values.seed)
  const sides = { ours: await TcpSide.open(host.port), real: await TcpSide.open(server.port) }
  await timed('values', () =>
    fuzz(sides, { seed, sequences: Number(values.sequences), length: 400, groups: [] }, report),
  )
  sides.ours.close()
  sides.real.close()
  const stages = await openStages(host.port, server.port)
  await timed('three clients', () => talk(stages, { seed, ...TALKS, groups: [] }, report))
  closeStages(stages)
  const lanes = await openLanes(host.port, server.port)
  await timed('bytes', () => speak(lanes, { seed, sequences: CONNECTIONS, length: 0, groups: [] }, report))
  closeLanes(lanes)
  await host.close()
}

async function timed(what: string, run: () => Promise<FuzzResult>): Promise<void> {
  const started = Date.now()
  const { commands, share } = await run()
  const seconds = (Date.now() - started) / 1000
  const well = what === 'bytes' ? 'of the connections go on' : 'of the replies no errors'
  console.log(`${what}: ${commands} commands compared in ${seconds.toFixed(1)} s, ${percent(share)} ${well}`)
}

async function main(): Promise<number> {
  const found = findServer()
  if (!found) {
    console.log('NOTHING WAS COMPARED: THERE IS NO REDIS-SERVER 8.0 HERE.')
    console.log(
      'Put one on the PATH, name it by REDIS_SERVER, or unpack it: src/conformance/oracle/redis-8.sh .cache/oracle',
    )
    console.log(`\n0 passed, ${process.env['CI'] ? 1 : 0} failed`)
    return process.env['CI'] ? 1 : 0
  }
  const report = new Report()
  const server = await startServer(found)
  try {
    await compare(server, found.path, report)
  } finally {
    await server.stop()
  }
  console.log(`\n${report.passed} passed, ${report.failed} failed`)
  if (values.count && report.failed === 0) writeFidelity(report, { server: server.version, seed: Number(values.seed) })
  return report.failed === 0 ? 0 : 1
}

process.exitCode = await main()
