// What INFO tells, section by section, under the server's own names and in its order. What a page cannot know, or what has no
// meaning in one, is a constant: no network, no allocator, no processor, no replicas.
import type { Kind } from '../../session/protocol.ts'
import { listens } from '../channels.ts'
import { errorName } from '../command.ts'
import type { Database } from '../database.ts'
import { STARTUP, human } from '../memory.ts'
import { VERSION, type Server } from '../server.ts'
import { kindOf, sizeOf } from '../values/index.ts'
import { overhead } from './memory.ts'

type Value = string | number
export type Section = (server: Server) => Readonly<Record<string, Value>>

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
  tcp_port: config.get('port')!,
  server_time_usec: Math.floor(now * 1000),
  uptime_in_seconds: seconds(now - startedAt),
  uptime_in_days: Math.floor((now - startedAt) / 86400000),
  hz: config.get('hz')!,
  configured_hz: config.get('hz')!,
  lru_clock: seconds(now) % 16777216,
  executable: 'rediscover',
  config_file: config.file,
  io_threads_active: 0,
  listener0: `name=tcp,bind=127.0.0.1,port=${config.get('port')}`,
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
  used_memory_rss: server.memory,
  used_memory_rss_human: human(server.memory),
  ...peak(server),
  used_memory_overhead: overhead(server),
  used_memory_startup: STARTUP,
  used_memory_dataset: server.memory - overhead(server),
  used_memory_dataset_perc: percent(server.memory - overhead(server), server.memory - STARTUP),
  ...allocator(server),
  ...scripts,
  ...limits(server),
  ...fragmentation,
  ...none('mem_not_counted_for_evict', 'mem_replication_backlog', 'mem_total_replication_buffers'),
  ...none('mem_replica_full_sync_buffer', 'mem_clients_slaves', 'mem_clients_normal', 'mem_cluster_links'),
  mem_aof_buffer: 0,
  mem_allocator: 'javascript',
  mem_overhead_db_hashtable_rehashing: 0,
  active_defrag_running: 0,
  lazyfree_pending_objects: 0,
  lazyfreed_objects: 0,
})

const peak: Section = ({ memory: held, stats: { peak: most } }) => ({
  used_memory_peak: Math.max(most, held),
  used_memory_peak_human: human(Math.max(most, held)),
  used_memory_peak_perc: percent(held, Math.max(most, held)),
})

/** The model knows what values take, and nothing of an allocator around them. */
const allocator: Section = ({ memory: held }) => ({
  allocator_allocated: held,
  allocator_active: held,
  allocator_resident: held,
  allocator_muzzy: 0,
  total_system_memory: 0,
  total_system_memory_human: human(0),
})

const scripts: Readonly<Record<string, Value>> = {
  ...none('used_memory_lua', 'used_memory_vm_eval'),
  used_memory_lua_human: human(0),
  ...none('used_memory_scripts_eval', 'number_of_cached_scripts', 'number_of_functions', 'number_of_libraries'),
  ...none('used_memory_vm_functions', 'used_memory_vm_total'),
  used_memory_vm_total_human: human(0),
  ...none('used_memory_functions', 'used_memory_scripts'),
  used_memory_scripts_human: human(0),
}

const fragmentation: Readonly<Record<string, Value>> = Object.fromEntries(
  ['allocator_frag', 'allocator_rss', 'rss_overhead', 'mem_fragmentation'].flatMap((name) => [
    [`${name}_ratio`, '1.00'],
    [`${name}_bytes`, 0],
  ]),
)

const limits: Section = ({ config }) => ({
  maxmemory: config.maxMemory,
  maxmemory_human: human(config.maxMemory),
  maxmemory_policy: config.get('maxmemory-policy')!,
})

const persistence: Section = ({ dirty, snapshots, now }) => ({
  loading: 0,
  async_loading: 0,
  ...none('current_cow_peak', 'current_cow_size', 'current_cow_size_age'),
  current_fork_perc: '0.00',
  ...none('current_save_keys_processed', 'current_save_keys_total'),
  rdb_changes_since_last_save: dirty,
  rdb_bgsave_in_progress: snapshots.saving ? 1 : 0,
  rdb_last_save_time: seconds(snapshots.lastSave),
  rdb_last_bgsave_status: snapshots.lastWentWell ? 'ok' : 'err',
  rdb_last_bgsave_time_sec: snapshots.lastTook,
  rdb_current_bgsave_time_sec: snapshots.saving ? seconds(now - snapshots.saving.since) : -1,
  rdb_saves: snapshots.saves,
  rdb_last_cow_size: 0,
  rdb_last_load_keys_expired: snapshots.loadedExpired,
  rdb_last_load_keys_loaded: snapshots.loaded,
  aof_enabled: 0,
  aof_rewrite_in_progress: snapshots.rewriting === null ? 0 : 1,
  aof_rewrite_scheduled: snapshots.rewriteNext ? 1 : 0,
  aof_last_rewrite_time_sec: snapshots.lastRewriteTook,
  aof_current_rewrite_time_sec: snapshots.rewriting === null ? -1 : seconds(now - snapshots.rewriting),
  aof_last_bgrewrite_status: 'ok',
  aof_rewrites: snapshots.rewrites,
  aof_rewrites_consecutive_failures: 0,
  aof_last_write_status: 'ok',
  ...none('aof_last_cow_size', 'module_fork_in_progress', 'module_fork_last_cow_size'),
})

/** One thread does all; what is read and written is one message each. */
const threads: Section = ({ clients, stats: { commands } }) => ({
  io_thread_0: `clients=${clients.size},reads=${commands},writes=${commands}`,
})

const stats: Section = ({ stats: counted, snapshots, channels }) => ({
  total_connections_received: counted.connections,
  total_commands_processed: counted.commands,
  ...none('instantaneous_ops_per_sec', 'total_net_input_bytes', 'total_net_output_bytes'),
  ...none('total_net_repl_input_bytes', 'total_net_repl_output_bytes'),
  ...noRates,
  ...none('rejected_connections', 'sync_full', 'sync_partial_ok', 'sync_partial_err'),
  expired_subkeys: counted.expiredFields,
  expired_keys: counted.expired,
  expired_stale_perc: '0.00',
  ...none('expired_time_cap_reached_count', 'expire_cycle_cpu_milliseconds'),
  evicted_keys: counted.evicted,
  ...none('evicted_clients', 'evicted_scripts', 'total_eviction_exceeded_time', 'current_eviction_exceeded_time'),
  keyspace_hits: counted.hits,
  keyspace_misses: counted.misses,
  pubsub_channels: channels.size('channels'),
  pubsub_patterns: channels.size('patterns'),
  pubsubshard_channels: channels.size('shards'),
  latest_fork_usec: 0,
  total_forks: snapshots.forks,
  ...none('migrate_cached_sockets', 'slave_expires_tracked_keys'),
  ...none('active_defrag_hits', 'active_defrag_misses', 'active_defrag_key_hits', 'active_defrag_key_misses'),
  ...none('total_active_defrag_time', 'current_active_defrag_time'),
  ...none('tracking_total_keys', 'tracking_total_items', 'tracking_total_prefixes'),
  unexpected_error_replies: 0,
  total_error_replies: counted.errors,
  dump_payload_sanitizations: 0,
  total_reads_processed: counted.commands,
  total_writes_processed: counted.commands,
  ...none('io_threaded_reads_processed', 'io_threaded_writes_processed'),
  ...none('client_query_buffer_limit_disconnections', 'client_output_buffer_limit_disconnections'),
  ...none('reply_buffer_shrinks', 'reply_buffer_expands'),
  ...none('eventloop_cycles', 'eventloop_duration_sum', 'eventloop_duration_cmd_sum'),
  ...none('instantaneous_eventloop_cycles_per_sec', 'instantaneous_eventloop_duration_usec'),
  acl_access_denied_auth: counted.denied,
  ...none('acl_access_denied_cmd', 'acl_access_denied_key', 'acl_access_denied_channel'),
})

const noRates: Readonly<Record<string, Value>> = Object.fromEntries(
  ['input', 'output', 'input_repl', 'output_repl'].map((name) => [`instantaneous_${name}_kbps`, '0.00']),
)

const replication: Section = ({ runId, replicationOffset }) => ({
  role: 'master',
  connected_slaves: 0,
  master_failover_state: 'no-failover',
  master_replid: runId,
  master_replid2: '0'.repeat(40),
  master_repl_offset: replicationOffset,
  second_repl_offset: -1,
  repl_backlog_active: 0,
  repl_backlog_size: 1048576,
  repl_backlog_first_byte_offset: 0,
  repl_backlog_histlen: 0,
})

/** The processor is the page's to know. */
const cpu: Section = () =>
  Object.fromEntries(
    ['', '_children', '_main_thread'].flatMap((name) => [
      [`used_cpu_sys${name}`, '0.000000'],
      [`used_cpu_user${name}`, '0.000000'],
    ]),
  )

const errorstats: Section = ({ errorCounts }) =>
  Object.fromEntries(
    [...errorCounts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, count]) => [`errorstat_${code}`, `count=${count}`]),
  )

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

/** No command takes any time, so that every percentile is nothing. */
const latencystats: Section = ({ calls, config }) => {
  if (config.get('latency-tracking') === 'no') return {}
  const percentiles = config.get('latency-tracking-info-percentiles')!.split(' ')
  const told = percentiles.flatMap((one) => (one === '' ? [] : `p${one}=0.000`)).join(',')
  const ran = [...calls].filter(([, { count }]) => count > 0)
  return Object.fromEntries(ran.map(([name]) => [`latency_percentiles_usec_${errorName(name)}`, told]))
}

const distributions: readonly (readonly [Kind, string])[] = [
  ['string', 'strings_sizes'],
  ['list', 'lists_items'],
  ['set', 'sets_items'],
  ['zset', 'zsets_items'],
  ['hash', 'hashes_items'],
]

/** Of a whole number above 0, rounded down. */
const log2 = (size: number) => 31 - Math.clz32(size)

/** The largest power of two that is no larger, in a unit: 0, 1, 2 … 512, 1K, 2K … */
function powerOf(size: number): string {
  if (size === 0) return '0'
  const power = log2(size)
  return `${2 ** (power % 10)}${['', 'K', 'M', 'G'][Math.floor(power / 10)]!}`
}

/** How many values of a kind are of which size, by powers of two. */
function sizesOf(db: Database): Map<string, Map<number, number>> {
  const found = new Map<string, Map<number, number>>()
  for (const value of db.values()) {
    const kind = kindOf(value)
    const size = sizeOf(value)
    const bin = size === 0 ? 0 : 2 ** log2(size)
    const bins = found.get(kind) ?? new Map<number, number>()
    found.set(kind, bins.set(bin, (bins.get(bin) ?? 0) + 1))
  }
  return found
}

const keysizes: Section = ({ databases }) => {
  const fields: Record<string, string> = {}
  for (const db of databases) {
    const found = db.size > 0 ? sizesOf(db) : new Map<string, Map<number, number>>()
    for (const [kind, name] of distributions) {
      const bins = [...(found.get(kind) ?? [])].toSorted(([a], [b]) => a - b)
      if (bins.length > 0)
        fields[`db${db.index}_distrib_${name}`] = bins.map(([bin, count]) => `${powerOf(bin)}=${count}`).join(',')
    }
  }
  return fields
}

/** In the server's order; `everything` marks those that INFO shows only when asked for all. */
export const sections: readonly { readonly name: string; readonly fields: Section; readonly everything?: true }[] = [
  { name: 'Server', fields: serverSection },
  { name: 'Clients', fields: clients },
  { name: 'Memory', fields: memory },
  { name: 'Persistence', fields: persistence },
  { name: 'Threads', fields: threads },
  { name: 'Stats', fields: stats },
  { name: 'Replication', fields: replication },
  { name: 'CPU', fields: cpu },
  { name: 'Modules', fields: () => ({}) },
  { name: 'Commandstats', fields: commandstats, everything: true },
  { name: 'Errorstats', fields: errorstats },
  { name: 'Latencystats', fields: latencystats, everything: true },
  { name: 'Cluster', fields: () => ({ cluster_enabled: 0 }) },
  { name: 'Keyspace', fields: keyspace },
  { name: 'Keysizes', fields: keysizes },
]
