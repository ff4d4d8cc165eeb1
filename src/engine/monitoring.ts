// What others see of a command. Clients in MONITOR mode see the instant, database and address, and its words as redis-cli would
// take them; the slow log keeps what took long. Neither ever holds a password.
import { latin, type Bytes } from '../wire/bytes.ts'
import { repr } from '../wire/line.ts'
import { status } from '../wire/reply.ts'
import type { Client } from './client.ts'
import { addressOf } from './client-list.ts'
import type { Command } from './command.ts'
import type { Server } from './server.ts'

/** Shows a command that has run to those who monitor. What administers the server is too dangerous to be shown. */
export function show(server: Server, client: Client, found: Command, argv: readonly Bytes[]): void {
  if (server.monitors.size === 0 || found.flags.has('admin') || found.flags.has('skip_monitor')) return
  const { now } = server
  const seconds = Math.floor(now / 1000)
  const micros = String(Math.floor((now - seconds * 1000) * 1000)).padStart(6, '0')
  const words = redacted(found.name, argv).map(repr).join(' ')
  const line = status(`${seconds}.${micros} [${client.db} ${addressOf(client)}] ${words}`)
  // By number: an image does not keep who came first.
  for (const monitor of Array.from(server.monitors).sort((a, b) => a.id - b.id))
    if (monitor === server.speaker) server.follow(line)
    else if (monitor.quiet === 'no') server.pushNow(monitor, line)
}

/** Notes a command that has run in the slow log, if it took long enough for that. */
export function noteSlow(server: Server, client: Client, found: Command, argv: readonly Bytes[]): void {
  const micros = Math.round(server.slept * 1000)
  server.slept = 0
  if (micros < server.config.slowerThan || found.flags.has('skip_slowlog')) return
  const words = redacted(found.name, argv)
  const most = Number(server.config.get('slowlog-max-len'))
  const at = Math.floor(server.now / 1000)
  server.slowlog.push({ at, micros, argv: words, address: latin(addressOf(client)), client: client.title }, most)
}

const REDACTED = latin('(redacted)')

/** Parameters whose values are nobody's business. */
const secrets: ReadonlySet<string> = new Set([
  'requirepass',
  'masterauth',
  'masteruser',
  'tls-key-file-pass',
  'tls-client-key-file-pass',
])

/** The words without names and passwords. */
function redacted(name: string, argv: readonly Bytes[]): readonly Bytes[] {
  if (name === 'AUTH') return argv.map((word, i) => (i === 0 ? word : REDACTED))
  if (name === 'CONFIG SET')
    return argv.map((word, i) => (i > 2 && i % 2 === 1 && secrets.has(argv[i - 1]!.toLowerCase()) ? REDACTED : word))
  if (name !== 'HELLO') return argv
  const auth = argv.findIndex((word, i) => i >= 2 && word.toUpperCase() === 'AUTH')
  return auth < 0 ? argv : argv.map((word, i) => (i > auth && i <= auth + 2 ? REDACTED : word))
}
