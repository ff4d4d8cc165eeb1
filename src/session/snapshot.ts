// A server's dump.rdb that a person brings. What stands in it is told first; then it is laid on the disk of a fresh server
// that starts from it, within bounds, as any server starts from its disk. Of a damaged file there is another one laid there,
// of the keys before the damage: what the real server does not offer, for it does not start then. Comes with sharing.ts.
import { keeper } from '../engine/snapshots.ts'
import type { RdbFile } from '../rdb/file.ts'
import { fromArray, utf8 } from '../wire/bytes.ts'
import { Bounds, LAST_INSTANT, refusalIn, SNAPSHOT } from './bounds.ts'
import type { DatabaseSize, ImportRefusal, Kind, Snapshot } from './protocol.ts'
import { Timeline } from './timeline.ts'

interface Host {
  now(): number
  measured(): number
  seed(): number
}

/** What is read at most, so that a small file which says much does not fill the machine: bytes that were packed, elements, keys. */
const MOST = { unpacked: 128 << 20, elements: 2_000_000, keys: SNAPSHOT.keys + 1 }

interface Tried {
  /** Null: there is nothing to open, or that was only looked at. */
  readonly timeline: Timeline | null
  /** How many keys there are to open. */
  readonly keys: number
  readonly snapshot: Snapshot
}

/**
 * Starts a server from the file, now. Its history begins when all is loaded. What is only looked at (`keep` is false) is tried
 * too, but not where another file would have to be written first.
 */
export function trySnapshot(file: Uint8Array, keep: boolean, host: Host): Tried | ImportRefusal {
  const now = host.now()
  const rdb = keeper()!.files.read(file, MOST)
  const snapshot = describe(rdb, now)
  const { damage } = rdb
  if (rdb.keys.length > SNAPSHOT.keys) return 'too-many-keys'
  const keys = rdb.keys.length - snapshot.expired
  if (damage && (keys === 0 || !keep)) return { timeline: null, keys, snapshot }
  try {
    return { timeline: start(damage ? withoutDamage(rdb) : file, now, host), keys, snapshot }
  } catch (error) {
    const refusal = refusalIn(error)
    if (refusal) return refusal
    throw error
  }
}

function start(file: Uint8Array, at: number, host: Host): Timeline {
  const timeline = Timeline.begin(host.seed(), at)
  const { engine } = timeline
  const bounds = new Bounds(engine, host, SNAPSHOT)
  timeline.apply({ do: 'put', at, path: utf8('dump.rdb'), bytes: fromArray(file) })
  // Killed, for one that ends in order might save over the file.
  const outputs = bounds.input(() => timeline.apply({ do: 'crash', at }).outputs)
  engine.guard = null
  for (const output of outputs)
    if (output.on === 'reloaded' && output.report?.damage) throw new Error(output.report.damage.reason)
  timeline.cut()
  return timeline
}

/** A whole file of what could be read, by database as a file has it. */
function withoutDamage({ keys, facts }: RdbFile): Uint8Array {
  return keeper()!.files.write(
    keys.toSorted((a, b) => a.db - b.db),
    { facts: [...facts] },
  )
}

/** Characters that a server's word about itself may have. */
const LONGEST = 40

function describe({ version, facts, keys, unread, damage }: RdbFile, now: number): Snapshot {
  const kinds = new Map<Kind, number>()
  const sizes = new Map<number, number>()
  for (const { db, value } of keys) {
    kinds.set(value.type, (kinds.get(value.type) ?? 0) + 1)
    sizes.set(db, (sizes.get(db) ?? 0) + 1)
  }
  const made = Number(facts.get('ctime')) * 1000
  const databases = Array.from(sizes, ([db, count]): DatabaseSize => ({ db, keys: count }))
  return {
    version,
    server: facts.get('redis-ver')?.slice(0, LONGEST) ?? null,
    made: made > 0 && made <= LAST_INSTANT ? made : null,
    kinds: [...kinds].toSorted(([, a], [, b]) => b - a),
    databases: databases.toSorted((a, b) => a.db - b.db),
    withTtl: keys.filter(({ expireAt }) => expireAt !== null).length,
    expired: keys.filter(({ expireAt }) => expireAt !== null && expireAt < now).length,
    unread: [...unread],
    damage,
  }
}
