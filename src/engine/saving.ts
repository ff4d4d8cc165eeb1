// Memory to disk and back: what SAVE, BGSAVE and save points write, and what a server begins with that starts again. The file is
// a real RDB file, so that a real redis-server loads it (src/rdb). Part of the whole engine: see snapshots.ts.
import { toArray } from '../wire/bytes.ts'
import { BOUNDS } from '../rdb/bounds.ts'
import { readRdb, refusedBy, writeRdb, type Damage, type RdbKey } from '../rdb/file.ts'
import type { Reader } from './binary.ts'
import { lookup } from './catalog.ts'
import type { Client } from './client.ts'
import type { Command } from './command.ts'
import { compare } from './comparing.ts'
import type { Config } from './config.ts'
import { configFault, configure, readConfigLines } from './config-file.ts'
import type { RedisError } from './errors.ts'
import { fromRdb, toRdb } from './rdb.ts'
import { savingErrors } from './saving-errors.ts'
import { Server, VERSION } from './server.ts'
import { keepWith, type Keeper, type Snapshots } from './snapshots.ts'
import { goDown } from './unit.ts'

/** After so many saves in one leap of the clock the rest of the leap is as one. */
const MOST_AT_ONCE = 8

/** Where the snapshot lies. */
export function pathOf(config: Config): string {
  const [dir, name] = [config.get('dir')!, config.get('dbfilename')!]
  return dir === './' ? name : `${dir.replace(/\/$/, '')}/${name}`
}

// ---------------------------------------------------------------- writing

/** All keys as dump.rdb has them. */
export function encode(server: Server): Uint8Array<ArrayBuffer> {
  const { config, now, memory } = server
  const facts = { 'redis-ver': VERSION, 'redis-bits': 64, ctime: Math.floor(now / 1000), 'used-mem': memory }
  return writeRdb([...rdbKeys(server)], {
    compress: config.get('rdbcompression') === 'yes',
    checksum: config.get('rdbchecksum') === 'yes',
    facts: Object.entries({ ...facts, 'aof-base': 0 }).map(([name, value]) => [name, String(value)]),
  })
}

/** Those included whose time has come but that nobody has met yet. */
function* rdbKeys({ databases, config }: Server): Generator<RdbKey> {
  const countsIdle = config.get('maxmemory-policy')!.endsWith('-lru')
  for (const db of databases)
    for (const key of db.everyKey()) {
      const plain = { db: db.index, key, value: toRdb(db.lying(key)!), expireAt: db.exactExpireAt(key) }
      if (config.lfu) yield { ...plain, frequency: db.frequency(key, config.lfu) }
      else if (countsIdle) yield { ...plain, idle: db.idle(key) }
      else yield plain
    }
}

/** Writes the file at once. False, and nothing has changed, where that cannot be done. */
export function saveNow(server: Server): boolean {
  const { disk, snapshots, now } = server
  if (disk.full || !disk.put(pathOf(server.config), encode(server), now)) return false
  server.dirty = 0
  snapshots.lastSave = now
  snapshots.lastWentWell = true
  server.outputs.push({ on: 'disk', saved: true })
  return true
}

/** Begins a save in the background, of the keys as they are now. */
export function saveLater(server: Server, at = server.now): void {
  const { snapshots, dirty } = server
  snapshots.saving = { since: at, dirty, file: encode(server) }
  snapshots.lastTry = at
  snapshots.saves++
  snapshots.forks++
}

/** Begins a rewrite of the AOF in the background. */
export function rewriteLater({ snapshots, now }: Server): void {
  snapshots.rewriting = now
  snapshots.rewriteNext = false
  snapshots.rewrites++
  snapshots.forks++
}

// ---------------------------------------------------------------- time

/** Simulated ms that a background save, or a rewrite of the AOF, takes. */
const TASK_TAKES = 20
/** Whole seconds after a save that failed, before the next one is tried by itself. */
const RETRY_DELAY = 5

/** When a background task ends, or a scheduled one begins (then at once). Null: never. */
function taskDue({ saving, rewriting, saveNext, rewriteNext }: Snapshots): number | null {
  const since = saving?.since ?? rewriting
  if (since !== null) return since + TASK_TAKES
  return saveNext || rewriteNext ? 0 : null
}

const wholeSeconds = (ms: number) => Math.floor(ms / 1000)

/**
 * When a save point begins a save; null: none does. The server counts in whole seconds, each of which has to be over, and
 * after a save that failed waits some before it tries again (serverCron).
 */
function pointDue({ config, dirty, snapshots }: Server): number | null {
  if (dirty < config.leastToSave) return null
  const { lastSave, lastTry, lastWentWell } = snapshots
  const next = config.savePoints
    .filter(({ changes }) => dirty >= changes)
    .reduce((least, { seconds }) => Math.min(least, wholeSeconds(lastSave) + seconds + 1), Infinity)
  return (lastWentWell ? next : Math.max(next, wholeSeconds(lastTry) + RETRY_DELAY + 1)) * 1000
}

function pass(server: Server): void {
  const { snapshots, now } = server
  for (let round = 0; ; round++) {
    const ends = taskDue(snapshots)
    const due = ends ?? pointDue(server)
    if (due === null || due > now) return
    // Where the clock leaps, each thing is done at its time, though not before what is to be saved was there; but not any
    // number of times.
    const at = round < MOST_AT_ONCE ? Math.max(due, server.since) : now
    if (ends !== null && snapshots.busy) end(server, at)
    else {
      if (ends === null) saveLater(server, at)
      else next(server)
      server.outputs.push({ on: 'disk' })
    }
  }
}

/** The background task is done, well or not. */
function end(server: Server, at: number): void {
  const { snapshots, disk } = server
  if (snapshots.saving) {
    const { dirty, file } = snapshots.saving
    snapshots.lastWentWell = disk.put(pathOf(server.config), file, at)
    if (snapshots.lastWentWell) {
      server.dirty = Math.max(0, server.dirty - dirty)
      snapshots.lastSave = at
    }
    server.outputs.push(snapshots.lastWentWell ? { on: 'disk', saved: true } : { on: 'disk' })
    snapshots.lastTook = 0
    snapshots.saving = null
  } else {
    snapshots.lastRewriteTook = 0
    snapshots.rewriting = null
    server.outputs.push({ on: 'disk' })
  }
}

/** A task that was scheduled behind another begins. */
function next(server: Server): void {
  const { snapshots } = server
  if (snapshots.rewriteNext) rewriteLater(server)
  else {
    snapshots.saveNext = false
    saveLater(server)
  }
}

// ---------------------------------------------------------------- reading

/** What came of reading a file. */
export interface Loaded {
  readonly keys: number
  /** Keys that were left out, for their time had come. */
  readonly expired: number
  /** Kinds of values that we cannot read, with how many were left out. */
  readonly unread: ReadonlyMap<string, number>
  readonly damage: Damage | null
}

const nothing: Loaded = { keys: 0, expired: 0, unread: new Map(), damage: null }

const mostMemory = (config: Config) => Math.max(BOUNDS.unpacked, Number(config.get('maxmemory')) || Infinity)

/**
 * Puts the keys of the snapshot into databases, over what they hold. Nobody is told, and it is no change. Of a file that is damaged nothing is
 * taken, as a server takes nothing.
 */
export function load(server: Server): Loaded {
  const { databases, snapshots, config, now, dirty, journal } = server
  const file = server.disk.files.get(pathOf(config))
  if (!file) return nothing
  // What the server may hold it may also have written.
  const { keys, unread, damage } = readRdb(file.bytes, { unpacked: mostMemory(config) })
  if (damage) return { ...nothing, damage }
  const { observing } = journal
  journal.observing = false
  snapshots.loaded = snapshots.loadedExpired = 0
  for (const { db, key, value, expireAt, idle, frequency } of keys) {
    if (expireAt !== null && expireAt < now) snapshots.loadedExpired++
    else {
      databases[db]!.put(key, fromRdb(value, config.limits), null, expireAt)
      databases[db]!.setUse(key, idle, frequency)
      snapshots.loaded++
    }
  }
  journal.observing = observing
  server.dirty = dirty
  return { keys: snapshots.loaded, expired: snapshots.loadedExpired, unread, damage: null }
}

/** DEBUG RELOAD: memory becomes what the file has, `over` what is there or in its place. */
export function reload(server: Server, over: boolean): void {
  if (!over)
    for (const db of server.databases) {
      server.touchAll(db, null)
      db.clear()
    }
  load(server)
  server.outputs.push({ on: 'reloaded', report: null })
}

// ---------------------------------------------------------------- going down, and coming back

/** Whether the server may go down: what is to be written is written, unless that fails and nothing is forced. */
export function mayGo(server: Server, asked: ReadonlySet<string>): boolean {
  server.snapshots.saving = null
  const saves = asked.has('SAVE') || (server.config.savePoints.length > 0 && !asked.has('NOSAVE'))
  return !saves || saveNow(server) || asked.has('FORCE')
}

/**
 * The server after `old` has gone: nothing is left of it but its disk, and what our own books need to go on (chance, and that
 * no two clients ever have the same number). One whose configuration file is refused would not start; this one does so without
 * it, for else there would be nobody to ask what is wrong.
 */
function restart(old: Server, seed: number): Server {
  const server = new Server(seed, old.now)
  server.random.restore(old.random.state())
  server.runId = server.random.hex(20)
  server.lastClient = old.lastClient
  server.disk = old.disk
  server.outputs = old.outputs
  server.guard = old.guard
  server.journal.observing = old.journal.observing
  const config = configure(server.config, server.disk)
  const loaded = load(server)
  const report = server.observing ? { ...compare(old, server, loaded, pathOf(server.config)), config } : null
  server.outputs.push({ on: 'reloaded', report })
  return server
}

function befall(server: Server, input: Parameters<Keeper['befall']>[1]): void {
  if (input.do === 'disk') {
    server.disk.full = input.full
    server.outputs.push({ on: 'disk' })
  } else if (input.do === 'put') {
    server.disk.put(input.path, toArray(input.bytes), server.now)
    server.outputs.push({ on: 'disk' })
  } else if (input.do === 'crash' || (configFault(server.disk) === null && mayGo(server, new Set()))) {
    server.goingDown = input.do
    goDown(server)
  }
}

// ---------------------------------------------------------------- after a save that failed

function denied({ config }: Server, client: Client, found: Command): RedisError | null {
  const stops = config.savePoints.length > 0 && config.get('stop-writes-on-bgsave-error') === 'yes'
  return stops && mayWrite(client, found) ? savingErrors.denied() : null
}

/** Whether a command may write; PING counts too, for whoever asks whether the server is well. */
const mayWrite = ({ multi }: Client, { name, writes }: Command): boolean =>
  writes || name === 'PING' || (name === 'EXEC' && multi !== null && multi.queue.some((argv) => lookup(argv).writes))

function restoreOlder(snapshots: Snapshots, from: Reader): void {
  snapshots.lastSave = from.double()
  snapshots.saves = from.uint()
  snapshots.rewrites = from.uint()
  snapshots.forks = from.uint()
  snapshots.lastTook = from.double()
  snapshots.lastRewriteTook = from.double()
  snapshots.saveNext = from.flag()
  snapshots.rewriteNext = from.flag()
  snapshots.rewriting = from.maybe()
  // A save that was under way had no file. It began then, with so many changes.
  if (from.flag()) for (let i = 0; i < 2; i++) from.double()
}

keepWith({
  due: (server) => taskDue(server.snapshots) ?? pointDue(server),
  pass,
  restart,
  befall,
  restoreOlder,
  denied,
  files: { read: readRdb, write: writeRdb, refusedBy },
  config: { faultOn: configFault, read: readConfigLines },
})
