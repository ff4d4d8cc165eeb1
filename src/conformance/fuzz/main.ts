// npm run fuzz -- --seed 7 --sequences 500 --groups strings,hashes: random commands to our TCP host and to the real
// redis-server, every reply compared.
//   --seed S        the first seed (1); the same seed gives the same commands
//   --seeds N       how many seeds, one after the other (1)
//   --sequences N   sequences of a seed (250)
//   --length N      commands of a sequence (400)
//   --groups A,B    strings, lists, hashes, sets, zsets, keys, transactions, server (all)
//   --all           goes on after a divergence
//   --direct       our engine without the TCP host, to see what it throws
import { parseArgs } from 'node:util'
import { serve } from '../../hosts/tcp/server.ts'
import { Report } from '../report.ts'
import { findServer, startServer } from '../server.ts'
import { EngineSide, TcpSide, type Side } from './play.ts'
import { fuzz, percent } from './run.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    sequences: { type: 'string', default: '250' },
    length: { type: 'string', default: '400' },
    groups: { type: 'string', default: '' },
    all: { type: 'boolean', default: false },
    direct: { type: 'boolean', default: false },
  },
})

function count(name: 'seed' | 'seeds' | 'sequences' | 'length'): number {
  const number = Number(values[name])
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} wants a number, not ${values[name]}`)
  return number
}

/** Plays all seeds; false at the first that fails. */
async function run(ours: Side, real: Side, report: Report): Promise<boolean> {
  const groups = values.groups.split(',').filter((name) => name !== '')
  const started = Date.now()
  let commands = 0
  let fine = true
  for (let seed = count('seed'); seed < count('seed') + count('seeds') && fine; seed++) {
    const options = { seed, sequences: count('sequences'), length: count('length'), groups, all: values.all }
    const result = await fuzz({ ours, real }, options, report)
    commands += result.commands
    fine = result.fine
    console.log(`seed ${seed}: ${result.commands} commands, ${percent(result.share)} of the replies no errors`)
  }
  console.log(`${commands} commands in ${((Date.now() - started) / 1000).toFixed(1)} s, ${report.failed} failed`)
  return fine
}

async function main(): Promise<number> {
  const found = findServer()
  if (!found) throw new Error('there is no redis-server 8.0 here: src/conformance/oracle/redis-8.sh .cache/oracle')
  const server = await startServer(found)
  const host = await serve('127.0.0.1', 0)
  try {
    const real = await TcpSide.open(server.port)
    const ours = values.direct ? new EngineSide() : await TcpSide.open(host.port)
    const fine = await run(ours, real, new Report())
    real.close()
    ours.close()
    return fine ? 0 : 1
  } finally {
    await host.close()
    await server.stop()
  }
}

process.exitCode = await main()
