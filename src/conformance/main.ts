// npm run test:oracle: everything that can be compared with the real redis-server, and with what redis-cli prints.
//   --commands N   how many commands the fuzzer sends (20000)
//   --seed S       another seed, other commands (1)
//   --only FAMILY  the fuzzer alone, with that family (and keys, to have them come and go)
import { parseArgs } from 'node:util'
import { checkDrawing } from './cli.ts'
import { checkEvents } from './events.ts'
import { families } from './fuzz/index.ts'
import { fuzz } from './fuzz/run.ts'
import { checkMemory } from './memory.ts'
import { Report } from './report.ts'
import { findServer, startServer, type RealServer } from './server.ts'
import { playAll } from './transcripts.ts'

const { values } = parseArgs({
  options: {
    commands: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
})

async function compare(server: RealServer, report: Report): Promise<void> {
  console.log(`redis-server ${server.version} on port ${server.port}`)
  if (!values.only) {
    report.heading('Transcripts, on the server and on our engine')
    await playAll(server.port, report)
    report.heading('What redis-cli prints')
    if (server.cli) await checkDrawing(server.port, server.cli, report)
    else await report.check('redis-cli', () => Promise.reject(new Error('no redis-cli 8.0 was found')))
    report.heading('Keyspace events')
    await checkEvents(server.port, Number(values.seed), report)
    report.heading('MEMORY USAGE')
    await checkMemory(server.port, report)
  }
  const chosen = families.filter(({ name }) => !values.only || name === values.only || name === 'keys')
  if (values.only && chosen.every(({ name }) => name !== values.only))
    throw new Error(`no family ${values.only}; there are ${families.map(({ name }) => name).join(', ')}`)
  report.heading(`Fuzz, seed ${values.seed}: ${chosen.map(({ name }) => name).join(', ')}`)
  const started = Date.now()
  const options = { commands: Number(values.commands), seed: Number(values.seed) }
  const compared = await fuzz(chosen, server.port, options, report)
  console.log(`${compared} commands compared in ${((Date.now() - started) / 1000).toFixed(1)} s`)
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
    await compare(server, report)
  } finally {
    await server.stop()
  }
  console.log(`\n${report.passed} passed, ${report.failed} failed`)
  return report.failed === 0 ? 0 : 1
}

process.exitCode = await main()
