// MEMORY: where the memory is, by the model of memory.ts.
import { latin, type Bytes } from '../../wire/bytes.ts'
import { OK, double, map, type Reply } from '../../wire/reply.ts'
import { eagerOptions, key, option, special } from '../args.ts'
import { command, family } from '../command.ts'
import { errors } from '../errors.ts'
import { BUCKET, DEADLINE, ENTRY, KEY_SHARE, STARTUP } from '../memory.ts'
import type { Server } from '../server.ts'
import { parseInt64 } from '../values/numbers.ts'
import { help } from './help.ts'

/** How many parts of a value are looked at, where nothing else is asked. */
const SAMPLES = 5
/** Below so many bytes the doctor finds nothing worth a word. */
const LITTLE = 5 * 1024 * 1024

const EMPTY_REPORT =
  "Hi Sam, this instance is empty or is using very little memory, my issues detector can't be used in these conditions. Please, leave for your mission on Earth and fill it with some data. The new Sam and I will be back to our programming as soon as I finished rebooting.\n"
const FINE_REPORT =
  "Hi Sam, I can't find any memory issue in your instance. I can only account for what occurs on this base.\n"

const allShards = ['request_policy:all_shards', 'response_policy:all_succeeded']
const onShards = ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special']

/** A number of samples; 0 means all of them. */
const samples = special('count', 'integer', (word) => {
  const count = parseInt64(word)
  if (count === null) throw errors.notInteger()
  if (count < 0) throw errors.syntax()
  return count === 0 ? Infinity : Number(count)
})

/** What holds the keys, beside names and values: tables, entries, deadlines, and the server itself. */
export function overhead(server: Server): number {
  let bytes = STARTUP
  for (const db of server.databases) bytes += db.size * (ENTRY + KEY_SHARE) + db.expires * DEADLINE
  return bytes
}

function stats(server: Server): Reply {
  const { memory } = server
  const held = overhead(server)
  const keys = server.databases.reduce((sum, { size }) => sum + size, 0)
  const net = memory - STARTUP
  const number = (name: string, value: number): [Bytes, Reply] => [latin(name), value]
  const tables = server.databases
    .filter(({ size }) => size > 0)
    .map(({ index, size, expires }): [Bytes, Reply] => [
      latin(`db.${index}`),
      map([
        number('overhead.hashtable.main', size * (ENTRY + KEY_SHARE)),
        number('overhead.hashtable.expires', expires * DEADLINE),
      ]),
    ])
  const peak = Math.max(server.stats.peak, memory)
  return map([
    number('peak.allocated', peak),
    number('total.allocated', memory),
    number('startup.allocated', STARTUP),
    ...['replication.backlog', 'replica.fullsync.buffer', 'clients.slaves', 'clients.normal'].map((name) =>
      number(name, 0),
    ),
    ...['cluster.links', 'aof.buffer', 'lua.caches', 'functions.caches', 'script.VMs'].map((name) => number(name, 0)),
    ...tables,
    number('overhead.db.hashtable.lut', Math.floor((keys * KEY_SHARE) / BUCKET) * BUCKET),
    number('overhead.db.hashtable.rehashing', 0),
    number('overhead.total', held),
    number('db.dict.rehashing.count', 0),
    number('keys.count', keys),
    number('keys.bytes-per-key', keys === 0 ? 0 : Math.floor(net / keys)),
    number('dataset.bytes', memory - held),
    [latin('dataset.percentage'), double(net === 0 ? 0 : ((memory - held) * 100) / net)],
    [latin('peak.percentage'), double((memory * 100) / peak)],
  ])
}

export const memory = family('server', [
  command({
    name: 'MEMORY USAGE',
    summary: {
      en: 'Tells how many bytes a key and its value take.',
      ko: '키와 값이 메모리를 몇 바이트 쓰는지 알려 줍니다.',
    },
    since: '4.0.0',
    complexity: 'O(N) where N is the number of samples.',
    flags: ['readonly'],
    args: [key('key', 'RO'), eagerOptions([option('SAMPLES', samples)])],
    run: ({ db }, { key: name, samples: count }) => db.memoryOf(name, count ?? SAMPLES),
  }),
  command({
    name: 'MEMORY STATS',
    summary: { en: 'Tells what the memory is used for.', ko: '메모리가 어디에 쓰이는지 자세히 알려 줍니다.' },
    since: '4.0.0',
    complexity: 'O(1)',
    flags: [],
    args: [],
    tips: onShards,
    run: ({ server }) => stats(server),
  }),
  command({
    name: 'MEMORY DOCTOR',
    summary: { en: 'Looks for trouble with the memory.', ko: '메모리에 문제가 없는지 진단합니다.' },
    since: '4.0.0',
    complexity: 'O(1)',
    flags: [],
    args: [],
    tips: onShards,
    run: ({ server }) => ({
      kind: 'verbatim',
      format: 'txt',
      text: latin(server.memory < LITTLE ? EMPTY_REPORT : FINE_REPORT),
    }),
  }),
  command({
    name: 'MEMORY MALLOC-STATS',
    summary: {
      en: 'Shows the allocator’s own figures; there is no allocator here.',
      ko: '메모리 할당기의 통계를 보여 줍니다. 여기에는 할당기가 없습니다.',
    },
    since: '4.0.0',
    complexity: 'Depends on how much memory is allocated, could be slow',
    flags: [],
    args: [],
    tips: onShards,
    run: () => latin('Stats not supported for the current allocator'),
  }),
  command({
    name: 'MEMORY PURGE',
    summary: {
      en: 'Asks the allocator to give back what is free; there is nothing to give back here.',
      ko: '쓰지 않는 메모리를 운영체제에 돌려주게 합니다. 여기에는 돌려줄 것이 없습니다.',
    },
    since: '4.0.0',
    complexity: 'Depends on how much memory is allocated, could be slow',
    flags: [],
    args: [],
    tips: allShards,
    run: () => OK,
  }),
  help('MEMORY', '4.0.0', [
    ['DOCTOR', 'Return memory problems reports.'],
    ['MALLOC-STATS', 'Return internal statistics report from the memory allocator.'],
    ['PURGE', 'Attempt to purge dirty pages for reclamation by the allocator.'],
    ['STATS', 'Return information about the memory usage of the server.'],
    [
      'USAGE <key> [SAMPLES <count>]',
      'Return memory in bytes used by <key> and its value. Nested values are',
      'sampled up to <count> times (default: 5, 0 means sample all).',
    ],
  ]),
])
