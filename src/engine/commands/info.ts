import { latin, type Bytes } from '../../wire/bytes.ts'
import { bytes, many } from '../args.ts'
import { command, family } from '../command.ts'
import type { Server } from '../server.ts'

type Field = readonly [name: string, value: string | number]

const seconds = (ms: number) => Math.floor(ms / 1000)

const sections: Readonly<Record<string, (server: Server) => readonly Field[]>> = {
  Server: (server) => [
    ['redis_version', '8.0.2'],
    ['redis_mode', 'standalone'],
    ['os', 'browser'],
    ['arch_bits', 64],
    ['run_id', server.runId],
    ['tcp_port', 6379],
    ['server_time_usec', Math.floor(server.now * 1000)],
    ['uptime_in_seconds', seconds(server.now - server.startedAt)],
    ['uptime_in_days', Math.floor((server.now - server.startedAt) / 86400000)],
  ],
  Clients: (server) => [
    ['connected_clients', server.clients.size],
    ['blocked_clients', server.blocked.length],
  ],
  Persistence: ({ dirty, disk }) => [
    ['rdb_changes_since_last_save', dirty],
    ['rdb_bgsave_in_progress', disk.saving ? 1 : 0],
    ['rdb_last_save_time', seconds(disk.lastSave)],
    ['rdb_saves', disk.saves],
  ],
  Stats: ({ stats }) => [
    ['total_connections_received', stats.connections],
    ['total_commands_processed', stats.commands],
    ['expired_subkeys', stats.expiredFields],
    ['expired_keys', stats.expired],
    ['keyspace_hits', stats.hits],
    ['keyspace_misses', stats.misses],
  ],
  Replication: () => [
    ['role', 'master'],
    ['connected_slaves', 0],
  ],
  Keyspace: ({ databases }) =>
    databases
      .filter(({ size }) => size > 0)
      .map(({ index, size, expires, expiresFields }) => [
        `db${index}`,
        `keys=${size},expires=${expires},avg_ttl=0,subexpiry=${expiresFields}`,
      ]),
}

/** INFO's text: the sections that were asked for, in the server's order. */
function infoText(server: Server, asked: readonly Bytes[]): Bytes {
  const wanted = new Set(asked.map((word) => word.toLowerCase()))
  const all = wanted.size === 0 || ['default', 'all', 'everything'].some((word) => wanted.has(word))
  const parts = Object.entries(sections)
    .filter(([name]) => all || wanted.has(name.toLowerCase()))
    .map(([name, fields]) => {
      const lines = fields(server).map(([field, value]) => `${field}:${value}\r\n`)
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
