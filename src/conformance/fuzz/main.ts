// npm run fuzz -- --seed 7 --sequences 500 --groups strings,hashes: random commands to our TCP host and to the real
// redis-server, every reply compared.
//   --seed S        the first seed (1); the same seed gives the same commands
//   --seeds N       how many seeds, one after the other (1)
//   --sequences N   sequences of a seed (250); of the protocol: connections
//   --length N      commands of a sequence (400); a connection of the protocol has a length of its own
//   --groups A,B    strings, lists, hashes, sets, zsets, keys, server: two clients, values; transactions, watch, blocking,
//                   pubsub, resp3: three clients and what they do to each other; protocol: bytes (all)
//   --all           goes on after a divergence
//   --count         writes down how often each command was compared, for the page's docs
//   --direct        our engine without the TCP host, to see what it throws
import { parseArgs } from 'node:util'
import { serve } from '../../hosts/tcp/server.ts'
import { writeFidelity } from '../fidelity.ts'
import { Report } from '../report.ts'
import { findServer, startServer } from '../server.ts'
import { EngineSide, TcpSide, type Side } from './play.ts'
import { fuzz, percent, speaksOfValues, type FuzzOptions, type FuzzResult } from './run.ts'
import { closeLanes, openLanes, speak, speaksOfBytes } from '../protocol/run.ts'
import { closeStages, openStages, speaksOfTalks, talk } from '../talks/run.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    sequences: { type: 'string', default: '250' },
    length: { type: 'string', default: '400' },
    groups: { type: 'string', default: '' },
    all: { type: 'boolean', default: false },
    direct: { type: 'boolean', default: false },
    count: { type: 'boolean', default: false },
  },
})

function count(name: 'seed' | 'seeds' | 'sequences' | 'length'): number {
  const number = Number(values[name])
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} wants a number, not ${values[name]}`)
  return number
}

const groups = values.groups.split(',').filter((name) => name !== '')
const known = (group: string) => [speaksOfValues, speaksOfTalks, speaksOfBytes].some((asks) => asks([group]))
for (const group of groups) if (!known(group)) throw new Error(`there is no group ${group}`)

/** A way to fuzz, its two sides at hand. */
type Run = (options: FuzzOptions, report: Report) => Promise<FuzzResult>

/** Plays all seeds; false at the first that fails. */
async function run(what: string, fuzzed: Run, report: Report): Promise<boolean> {
  const started = Date.now()
  let commands = 0
  let fine = true
  for (let seed = count('seed'); seed < count('seed') + count('seeds') && fine; seed++) {
    const options = { seed, sequences: count('sequences'), length: count('length'), groups, all: values.all }
    const result = await fuzzed(options, report)
    commands += result.commands
    fine = result.fine
    console.log(`${what}, seed ${seed}: ${result.commands} commands, ${percent(result.share)} ${shareOf(what)}`)
  }
  console.log(
    `${what}: ${commands} commands in ${((Date.now() - started) / 1000).toFixed(1)} s, ${report.failed} failed`,
  )
  return fine
}

const shareOf = (what: string) => (what === 'protocol' ? 'of the connections go on' : 'of the replies no errors')

/** Two clients and values, on our host or on the bare engine. */
async function runValues(ourPort: number, realPort: number, report: Report): Promise<boolean> {
  const real = await TcpSide.open(realPort)
  const ours: Side = values.direct ? new EngineSide() : await TcpSide.open(ourPort)
  const fine = await run('values', (options) => fuzz({ ours, real }, options, report), report)
  real.close()
  ours.close()
  return fine
}

async function runTalks(ourPort: number, realPort: number, report: Report): Promise<boolean> {
  const stages = await openStages(ourPort, realPort)
  const fine = await run('talks', (options) => talk(stages, options, report), report)
  closeStages(stages)
  return fine
}

async function runBytes(ourPort: number, realPort: number, report: Report): Promise<boolean> {
  const lanes = await openLanes(ourPort, realPort)
  const fine = await run('protocol', (options) => speak(lanes, options, report), report)
  closeLanes(lanes)
  return fine
}

async function main(): Promise<number> {
  const found = findServer()
  if (!found) throw new Error('there is no redis-server 8.0 here: src/conformance/oracle/redis-8.sh .cache/oracle')
  const server = await startServer(found)
  const host = await serve('127.0.0.1', 0)
  try {
    const report = new Report()
    const ports = [host.port, server.port] as const
    let fine = true
    if (speaksOfValues(groups)) fine = await runValues(...ports, report)
    if (fine && speaksOfTalks(groups)) fine = await runTalks(...ports, report)
    if (fine && speaksOfBytes(groups)) fine = await runBytes(...ports, report)
    if (values.count && fine) writeFidelity({ fuzz: report.fuzz }, { server: server.version, seed: count('seed') })
    return fine ? 0 : 1
  } finally {
    await host.close()
    await server.stop()
  }
}

process.exitCode = await main()
