// The server's books about its snapshots: when one succeeded last, which one is under way, what waits behind it. They go with
// the server; what was written lies on the disk (disk.ts). A background save has the keys as they were when it began, and
// takes simulated time, so that LASTSAVE and INFO behave as they do on a real server. One background task at a time, as
// the server has one child process at a time; another may be scheduled behind it.
//
// What writes and reads the files comes with the whole engine (saving.ts): no snapshot is taken before a command of
// a late family has asked for one.
import type { readRdb, refusedBy, writeRdb } from '../rdb/file.ts'
import type { Reader, Writer } from './binary.ts'
import type { Input } from '../session/protocol.ts'
import type { Client } from './client.ts'
import type { configFault, readConfigLines } from './config-file.ts'
import type { Command } from './command.ts'
import type { RedisError } from './errors.ts'
import type { Server } from './server.ts'

export interface SavePoint {
  readonly seconds: number
  readonly changes: number
}

/** What the whole engine does for its first part. */
export interface Keeper {
  /** When `pass` has something to do, ms since 1970; null: never by itself. */
  due(server: Server): number | null
  /** Ends the background task whose time has come, and begins a save where a save point says so. */
  pass(server: Server): void
  /** The server that starts again after `old`, with what its disk has; `seed` decides its chance. */
  restart(old: Server, seed: number): Server
  /** What is done to the server from outside. One that cannot save what it should goes on, instead of being restarted. */
  befall(server: Server, input: Extract<Input, { do: 'crash' | 'restart' | 'disk' | 'put' }>): void
  /** Reads the books as images of version 6 have them: no file was written then. */
  restoreOlder(snapshots: Snapshots, from: Reader): void
  /** After a save that failed: why this command may not run; null: it may. */
  denied(server: Server, client: Client, found: Command): RedisError | null
  /** RDB files, for whoever has one that is not the server's: only so is what reads and writes them loaded once, with all this. */
  readonly files: {
    readonly read: typeof readRdb
    readonly write: typeof writeRdb
    readonly refusedBy: typeof refusedBy
  }
  /** The configuration file: why a server would not start with the disk's, and what each line of one is. */
  readonly config: {
    readonly faultOn: typeof configFault
    readonly read: typeof readConfigLines
  }
}

let known: Keeper | null = null

/** The whole engine is there. */
export function keepWith(keeper: Keeper): void {
  known = keeper
}

/** Null where only the first part of the engine is there. */
export const keeper = (): Keeper | null => known

export class Snapshots {
  /** When the last save succeeded (at first: when the server began), ms since 1970. */
  lastSave: number
  /** When the last background save was begun. */
  lastTry = 0
  /** Whether the last background save succeeded; another save that does makes it good. */
  lastWentWell = true
  /** The background save under way: the file that it is going to write, and the changes that are in it. */
  saving: { readonly since: number; readonly dirty: number; readonly file: Uint8Array } | null = null
  /** Since when the AOF is being rewritten. */
  rewriting: number | null = null
  /** Asked for while the other task ran. */
  saveNext = false
  rewriteNext = false
  saves = 0
  rewrites = 0
  /** Background tasks that were begun, each of which is a fork on a real server. */
  forks = 0
  /** Seconds that the last background save took; -1: there was none. */
  lastTook = -1
  lastRewriteTook = -1
  /** Keys of the file that was read last: those that are there now, and those whose time had come. */
  loaded = 0
  loadedExpired = 0

  constructor(now: number) {
    this.lastSave = now
  }

  /** CONFIG RESETSTAT. */
  resetCounts(): void {
    this.saves = this.rewrites = this.forks = 0
  }

  /** A background task is under way. */
  get busy(): boolean {
    return this.saving !== null || this.rewriting !== null
  }

  write(to: Writer): void {
    for (const name of numbers) to.double(this[name])
    for (const name of flags) to.flag(this[name])
    to.maybe(this.rewriting)
    to.flag(this.saving !== null)
    if (!this.saving) return
    to.double(this.saving.since)
    to.double(this.saving.dirty)
    to.array(this.saving.file)
  }

  restore(from: Reader): void {
    for (const name of numbers) this[name] = from.double()
    for (const name of flags) this[name] = from.flag()
    this.rewriting = from.maybe()
    this.saving = from.flag() ? { since: from.double(), dirty: from.double(), file: from.array() } : null
  }
}

/** What an image has of them, in its order. */
const numbers = [
  'lastSave',
  'lastTry',
  'lastTook',
  'lastRewriteTook',
  'saves',
  'rewrites',
  'forks',
  'loaded',
  'loadedExpired',
] as const
const flags = ['lastWentWell', 'saveNext', 'rewriteNext'] as const
