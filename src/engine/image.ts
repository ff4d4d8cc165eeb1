// The whole state of the machine as a private, versioned binary, and back. It is not RDB: it also holds what RDB has no
// place for (clients with their open MULTI and waits, chance, counters, keys that expired but were not reaped).
import { latin, text, utf8, type Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import { Reader, Writer } from './binary.ts'
import { Client, type Awaited, type Wait } from './client.ts'
import { Server } from './server.ts'
import { keeper } from './snapshots.ts'

const MAGIC = latin('REDISCOVER')
/** Raised whenever the layout changes; the one before is read too (by saving.ts), any other is refused. */
export const IMAGE_VERSION = 7

export function writeImage(server: Server, seed: number): Uint8Array<ArrayBuffer> {
  const to = new Writer()
  to.bytes(MAGIC)
  to.uint(IMAGE_VERSION)
  to.double(seed)
  to.double(server.startedAt)
  to.double(server.now)
  to.list(server.random.state(), (word) => to.double(word))
  to.bytes(server.runId)
  to.double(server.dirty)
  to.uint(server.waits)
  to.uint(server.lastClient)
  to.double(server.replicationOffset)
  to.flag(server.activeExpire)
  for (const count of Object.values(server.stats)) to.double(count)
  to.list([...server.calls], ([name, calls]) => {
    to.bytes(name)
    for (const count of [calls.count, calls.rejected, calls.failed]) to.double(count)
  })
  to.list([...server.errorCounts], ([code, count]) => {
    to.bytes(code)
    to.double(count)
  })
  server.config.write(to)
  server.disk.write(to)
  server.snapshots.write(to)
  server.slowlog.write(to)
  to.maybe(server.pause?.until ?? null)
  to.flag(server.pause?.all ?? false)
  for (const db of server.databases) db.write(to)
  to.list([...server.clients.values()], (client) => writeClient(to, client))
  return to.done()
}

export function readImage(image: Uint8Array): { server: Server; seed: number } {
  const from = new Reader(image)
  if (from.bytes() !== MAGIC) throw new RangeError('this is no image of a session')
  const version = from.uint()
  if (version !== IMAGE_VERSION && version !== IMAGE_VERSION - 1)
    throw new RangeError(`the image has version ${version}, this build reads ${IMAGE_VERSION}`)
  const seed = from.double()
  const server = new Server(seed, from.double())
  server.now = from.double()
  server.random.restore(from.list(() => from.double()))
  server.runId = from.bytes()
  server.dirty = from.double()
  server.waits = from.uint()
  server.lastClient = from.uint()
  server.replicationOffset = from.double()
  server.activeExpire = from.flag()
  for (const name of Object.keys(server.stats) as (keyof typeof server.stats)[]) server.stats[name] = from.double()
  for (const [name, ...counts] of from.list(() => [from.bytes(), from.double(), from.double(), from.double()] as const))
    server.calls.set(name, { count: counts[0], rejected: counts[1], failed: counts[2] })
  for (const [code, count] of from.list(() => [from.bytes(), from.double()] as const))
    server.errorCounts.set(code, count)
  server.config.restore(from)
  if (version === IMAGE_VERSION) {
    server.disk.restore(from)
    server.snapshots.restore(from)
  } else keeper()!.restoreOlder(server.snapshots, from)
  server.slowlog.restore(from)
  const [until, all] = [from.maybe(), from.flag()]
  server.pause = until === null ? null : { until, all }
  for (const db of server.databases) db.restore(from)
  for (const client of from.list(() => readClient(from))) server.clients.set(client.id, client)
  link(server)
  return { server, seed }
}

/** Watches and waits stand with their clients; the server's indexes over them are made anew. */
function link(server: Server): void {
  for (const client of server.clients.values()) {
    const watching = client.watching
    for (const { db } of [client, client.wait ?? client, ...watching]) oneOf(server.databases, db)
    client.watching = []
    for (const watch of watching) server.addWatch(client, watch)
    if (client.monitoring) server.monitors.add(client)
    for (const kind of kindsOfListening)
      for (const name of client.listening[kind]) server.channels.subscribe(client, kind, name)
  }
  const waiting = server.blocked.sort((a, b) => a.wait!.order - b.wait!.order)
  for (const client of waiting) server.enqueue(client)
}

/** What has this number; an image may hold any number. */
function oneOf<T>(all: readonly T[], number: number): T {
  const found = all[number]
  if (found === undefined) throw new RangeError('the image names what is not there')
  return found
}

const kindsOfListening = ['channels', 'patterns', 'shards'] as const
const quiets = ['no', 'off', 'next', 'now'] as const
const words = (to: Writer, argv: readonly Bytes[]) => to.list(argv, (word) => to.bytes(word))
const readWords = (from: Reader) => from.list(() => from.bytes())

function writeClient(to: Writer, client: Client): void {
  to.uint(client.id)
  to.bytes(utf8(client.name))
  to.uint(client.db)
  to.double(client.createdAt)
  to.uint(client.protocol)
  to.double(client.lastAt)
  to.bytes(client.lastCommand)
  for (const text of [client.title, client.libName, client.libVersion]) to.bytes(text)
  to.flag(client.authenticated)
  to.flag(client.noEvict)
  to.flag(client.noTouch)
  to.byte(quiets.indexOf(client.quiet))
  to.flag(client.multi !== null)
  if (client.multi) {
    to.list(client.multi.queue, (argv) => words(to, argv))
    to.flag(client.multi.refused !== null)
    if (client.multi.refused) {
      words(to, client.multi.refused.argv)
      to.bytes(client.multi.refused.text)
    }
  }
  to.list(client.watching, (watch) => {
    to.uint(watch.db)
    to.bytes(watch.key)
    to.flag(watch.expired)
  })
  to.flag(client.monitoring)
  for (const kind of kindsOfListening) words(to, [...client.listening[kind]])
  to.flag(client.raced !== null)
  if (client.raced) {
    to.uint(client.raced.db)
    to.bytes(client.raced.key)
    to.maybe(client.raced.by)
    to.bytes(client.raced.command)
  }
  to.flag(client.wait !== null)
  if (client.wait) writeWait(to, client.wait)
  to.list(client.backlog, (argv) => words(to, argv))
}

function readClient(from: Reader): Client {
  const id = from.uint()
  const name = text(from.bytes())
  const client = new Client(id, name, from.uint(), from.double())
  client.protocol = from.uint() === 3 ? 3 : 2
  client.lastAt = from.double()
  client.lastCommand = from.bytes()
  client.title = from.bytes()
  client.libName = from.bytes()
  client.libVersion = from.bytes()
  client.authenticated = from.flag()
  client.noEvict = from.flag()
  client.noTouch = from.flag()
  client.quiet = oneOf(quiets, from.byte())
  if (from.flag()) {
    const queue = from.list(() => readWords(from))
    client.multi = { queue, refused: from.flag() ? { argv: readWords(from), text: from.bytes() } : null }
  }
  client.watching = from.list(() => ({ db: from.uint(), key: from.bytes(), expired: from.flag() }))
  client.monitoring = from.flag()
  for (const kind of kindsOfListening) for (const name of readWords(from)) client.listening[kind].add(name)
  if (from.flag()) client.raced = { db: from.uint(), key: from.bytes(), by: from.maybe(), command: from.bytes() }
  if (from.flag()) client.wait = readWait(from)
  client.backlog = from.list(() => readWords(from))
  return client
}

const awaited: readonly Awaited[] = ['string', 'list', 'set', 'zset', 'hash', 'stream', 'replicas', 'unpause']
/** What a wait gives up with: nil or a nil array in those for keys, how many acknowledged in WAIT and WAITAOF. */
const outcomes: readonly Reply[] = [{ kind: 'nil-array' }, null, 0, [0, 0], [1, 0]]
const outcomeOf = (reply: Reply) => outcomes.findIndex((one) => JSON.stringify(one) === JSON.stringify(reply))

function writeWait(to: Writer, wait: Wait): void {
  words(to, wait.argv)
  to.uint(wait.db)
  words(to, wait.keys)
  to.byte(awaited.indexOf(wait.kind))
  to.double(wait.since)
  to.maybe(wait.until)
  to.byte(outcomeOf(wait.otherwise))
  to.uint(wait.order)
}

function readWait(from: Reader): Wait {
  return {
    argv: readWords(from),
    db: from.uint(),
    keys: readWords(from),
    kind: oneOf(awaited, from.byte()),
    since: from.double(),
    until: from.maybe(),
    otherwise: oneOf(outcomes, from.byte()),
    order: from.uint(),
  }
}
