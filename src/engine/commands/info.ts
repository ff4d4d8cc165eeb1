import { latin, type Bytes } from '../../wire/bytes.ts'
import { bytes, many } from '../args.ts'
import { command, errorName, family } from '../command.ts'
import { listens } from '../channels.ts'
import type { Database } from '../database.ts'
import { STARTUP, human } from '../memory.ts'
import { VERSION, type Server } from '../server.ts'
import { overhead } from './memory.ts'

type Value = string | number
type Section = (server: Server) => Readonly<Record<string, Value>>

const seconds = (ms: number) => Math.floor(ms / 1000)
const none = (...names: string[]): Readonly<Record<string, Value>> => Object.fromEntries(names.map((name) => [name, 0]))

const serverSection: Section = ({ runId, now, startedAt, config }) => ({
  redis_version: VERSION,
  redis_git_sha1: '00000000',
  redis_git_dirty: 0,
  redis_build_id: '0000000000000000',
  redis_mode: 'standalone',
  os: 'browser',
  arch_bits: 64,
  monotonic_clock: 'handed in',
  multiplexing_api: 'messages',
  atomicvar_api: 'none',
  gcc_version: '0.0.0',
  process_id: 1,
  process_supervised: 'no',
  run_id: runId,
  tcp_port: 6379,
  server_time_usec: Math.floor(now * 1000),
  uptime_in_seconds: seconds(now - startedAt),
  uptime_in_days: Math.floor((now - startedAt) / 86400000),
  hz: config.get('hz')!,
  configured_hz: config.get('hz')!,
  lru_clock: seconds(now) % 16777216,
  executable: 'rediscover',
  config_file: '',
  io_threads_active: 0,
  listener0: 'name=tcp,bind=127.0.0.1,port=6379',
})

const clients: Section = (server) => {
  const all = [...server.clients.values()]
  const { blocked } = server
  const watching = all.filter((client) => client.watching.length > 0)
  const keys = (lists: readonly (readonly string[])[]) => new Set(lists.flat()).size
  return {
    connected_clients: all.length,
    cluster_connections: 0,
    maxclients: server.config.get('maxclients')!,
    ...none('client_recent_max_input_buffer', 'client_recent_max_output_buffer'),
    blocked_clients: blocked.length,
    tracking_clients: 0,
    pubsub_clients: all.filter(listens).length,
    watching_clients: watching.length,
    clients_in_timeout_table: blocked.filter(({ wait }) => wait!.until !== null).length,
    total_watched_keys: keys(watching.map((client) => client.watching.map(({ db, key }) => `${db}:${key}`))),
    total_blocking_keys: keys(blocked.map(({ wait }) => wait!.keys.map((key) => `${wait!.db}:${key}`))),
    total_blocking_keys_on_nokey: 0,
  }
}

const percent = (part: number, whole: number) => `${(whole === 0 ? 0 : (part * 100) / whole).toFixed(2)}%`

/** By the model of memory.ts; the memory of the machine is the browser's to know. */
const memory: Section = (server) => ({
  used_memory: server.memory,
  used_memory_human: human(server.memory),
  ...peak(server),
  used_memory_overhead: overhead(server),
  used_memory_startup: STARTUP,
  used_memory_dataset: server.memory - overhead(server),
  used_memory_dataset_perc: percent(server.memory - overhead(server), server.memory - STARTUP),
  ...limits(server),
  mem_not_counted_for_evict: 0,
  mem_allocator: 'javascript',
  active_defrag_running: 0,
  lazyfree_pending_objects: 0,
  lazyfreed_objects: 0,
})

const peak: Section = ({ memory: held, stats: { peak: most } }) => ({
  used_memory_peak: Math.max(most, held),
  used_memory_peak_human: human(Math.max(most, held)),
  used_memory_peak_perc: percent(held, Math.max(most, held)),
})

const limits: Section = ({ config }) => ({
  maxmemory: config.maxMemory,
  maxmemory_human: human(config.maxMemory),
  maxmemory_policy: config.get('maxmemory-policy')!,
})

const persistence: Section = ({ dirty, disk, now }) => ({
  loading: 0,
  async_loading: 0,
  ...none('current_cow_peak', 'current_cow_size', 'current_cow_size_age'),
  current_fork_perc: '0.00',
  ...none('current_save_keys_processed', 'current_save_keys_total'),
  rdb_changes_since_last_save: dirty,
  rdb_bgsave_in_progress: disk.saving ? 1 : 0,
  rdb_last_save_time: seconds(disk.lastSave),
  rdb_last_bgsave_status: 'ok',
  rdb_last_bgsave_time_sec: disk.lastTook,
  rdb_current_bgsave_time_sec: disk.saving ? seconds(now - disk.saving.since) : -1,
  rdb_saves: disk.saves,
  ...none('rdb_last_cow_size', 'rdb_last_load_keys_expired', 'rdb_last_load_keys_loaded', 'aof_enabled'),
  aof_rewrite_in_progress: disk.rewriting === null ? 0 : 1,
  aof_rewrite_scheduled: disk.rewriteNext ? 1 : 0,
  aof_last_rewrite_time_sec: disk.lastRewriteTook,
  aof_current_rewrite_time_sec: disk.rewriting === null ? -1 : seconds(now - disk.rewriting),
  aof_last_bgrewrite_status: 'ok',
  aof_rewrites: disk.rewrites,
  aof_rewrites_consecutive_failures: 0,
  aof_last_write_status: 'ok',
  ...none('aof_last_cow_size', 'module_fork_in_progress', 'module_fork_last_cow_size'),
})

const stats: Section = ({ stats: counted, disk, channels }) => ({
  total_connections_received: counted.connections,
  total_commands_processed: counted.commands,
  instantaneous_ops_per_sec: 0,
  rejected_connections: 0,
  expired_subkeys: counted.expiredFields,
  expired_keys: counted.expired,
  expired_stale_perc: '0.00',
  ...none('expired_time_cap_reached_count'),
  evicted_keys: counted.evicted,
  ...none('evicted_clients', 'evicted_scripts'),
  keyspace_hits: counted.hits,
  keyspace_misses: counted.misses,
  pubsub_channels: channels.size('channels'),
  pubsub_patterns: channels.size('patterns'),
  pubsubshard_channels: channels.size('shards'),
  latest_fork_usec: 0,
  total_forks: disk.saves + disk.rewrites,
  ...none('tracking_total_keys', 'tracking_total_items', 'tracking_total_prefixes'),
  unexpected_error_replies: 0,
  total_error_replies: counted.errors,
  ...none('acl_access_denied_auth', 'acl_access_denied_cmd', 'acl_access_denied_key', 'acl_access_denied_channel'),
})

const replication: Section = ({ runId }) => ({
  role: 'master',
  connected_slaves: 0,
  master_failover_state: 'no-failover',
  master_replid: runId,
  master_replid2: '0'.repeat(40),
  master_repl_offset: 0,
  second_repl_offset: -1,
  repl_backlog_active: 0,
  repl_backlog_size: 1048576,
  repl_backlog_first_byte_offset: 0,
  repl_backlog_histlen: 0,
})

const errorstats: Section = ({ errorCounts }) =>
  Object.fromEntries([...errorCounts].map(([code, count]) => [`errorstat_${code}`, `count=${count}`]))

const commandstats: Section = ({ calls }) =>
  Object.fromEntries(
    [...calls].map(([name, { count, rejected, failed }]) => [
      `cmdstat_${errorName(name)}`,
      `calls=${count},usec=0,usec_per_call=0.00,rejected_calls=${rejected},failed_calls=${failed}`,
    ]),
  )

function keyspaceLine(db: Database): string {
  return `keys=${db.size},expires=${db.expires},avg_ttl=${db.averageTtl()},subexpiry=${db.expiresFields}`
}

const keyspace: Section = ({ databases }) =>
  Object.fromEntries(databases.filter(({ size }) => size > 0).map((db) => [`db${db.index}`, keyspaceLine(db)]))

/** In the server's order; `everything` marks those that INFO shows only when asked for all. */
const sections: readonly { readonly name: string; readonly fields: Section; readonly everything?: true }[] = [
  { name: 'Server', fields: serverSection },
  { name: 'Clients', fields: clients },
  { name: 'Memory', fields: memory },
  { name: 'Persistence', fields: persistence },
  { name: 'Stats', fields: stats },
  { name: 'Replication', fields: replication },
  { name: 'Modules', fields: () => ({}) },
  { name: 'Commandstats', fields: commandstats, everything: true },
  { name: 'Errorstats', fields: errorstats },
  { name: 'Cluster', fields: () => ({ cluster_enabled: 0 }) },
  { name: 'Keyspace', fields: keyspace },
]

/** INFO's text: the sections that were asked for, in the server's order. */
function infoText(server: Server, asked: readonly Bytes[]): Bytes {
  const wanted = new Set(asked.map((word) => word.toLowerCase()))
  const all = wanted.has('all') || wanted.has('everything')
  const usual = all || wanted.size === 0 || wanted.has('default')
  const parts = sections
    .filter(({ name, everything }) => wanted.has(name.toLowerCase()) || (everything ? all : usual))
    .map(({ name, fields }) => {
      const lines = Object.entries(fields(server)).map(([field, value]) => `${field}:${value}\r\n`)
      return `# ${name}\r\n${lines.join('')}`
    })
  return latin(parts.join('\r\n'))
}

export const info = family('server', [
  command({
    name: 'INFO',
    summary: {
      en: 'Tells how the server is: its clients, its memory, its saves, its keys.',
      ko: '서버의 상태를 알려 줍니다. 클라이언트, 메모리, 저장, 키의 사정이 나옵니다.',
    },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['loading', 'stale'],
    categories: ['@dangerous'],
    args: [many(bytes('section'), 0)],
    tips: ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special'],
    run: ({ server }, { section }) => ({ kind: 'verbatim', format: 'txt', text: infoText(server, section) }),
  }),
])
