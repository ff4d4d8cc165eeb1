// A server that started again beside the one before it: what was lost with it, what is an older value again, what is back though
// it had been removed.
import type { Bytes } from '../wire/bytes.ts'
import type { DatabaseSize, KeyFate, Restarted } from '../session/protocol.ts'
import type { Database } from './database.ts'
import { digestOfValue } from './digest.ts'
import type { DiskFile } from './disk.ts'
import type { Loaded } from './saving.ts'
import type { Server } from './server.ts'

/** Keys that a report names at most. */
const MOST_NAMED = 256

/** What was there before, what is there now, and what became of each key. */
export function compare(old: Server, server: Server, loaded: Loaded, path: string): Omit<Restarted, 'config'> {
  const fates: KeyFate[] = []
  const counts = { lost: 0, older: 0, back: 0 }
  old.peeking = server.peeking = true
  for (const [i, after] of server.databases.entries())
    for (const { fate, key } of differences(old.databases[i]!, after)) {
      if (++counts[fate] > MOST_NAMED) continue
      fates.push({ fate, db: i, key, was: old.databases[i]!.summary(key), now: after.summary(key) })
    }
  old.peeking = server.peeking = false
  const order = ['lost', 'older', 'back']
  fates.sort((a, b) => order.indexOf(a.fate) - order.indexOf(b.fate))
  return {
    how: old.goingDown!,
    before: holding(old),
    after: holding(server),
    ...counts,
    keys: fates.slice(0, MOST_NAMED),
    file: describe(path, server.disk.files.get(path)),
    expired: loaded.expired,
    unread: [...loaded.unread],
    damage: loaded.damage,
  }
}

const holding = ({ databases }: Server): readonly DatabaseSize[] =>
  databases.filter(({ size }) => size > 0).map(({ index, size }) => ({ db: index, keys: size }))

const describe = (path: string, file: DiskFile | undefined) =>
  file ? { path, size: file.bytes.length, at: file.at } : null

/** Keys that are not the same before and after. */
function* differences(before: Database, after: Database): Generator<{ fate: KeyFate['fate']; key: Bytes }> {
  for (const key of before.keys())
    if (!after.has(key, false)) yield { fate: 'lost', key }
    else if (!isSame(before, after, key)) yield { fate: 'older', key }
  for (const key of after.keys()) if (!before.has(key, false)) yield { fate: 'back', key }
}

function isSame(before: Database, after: Database, key: Bytes): boolean {
  if (before.exactExpireAt(key) !== after.exactExpireAt(key)) return false
  if (before.lying(key) === after.lying(key)) return true
  const digest = digestOfValue(after, key)
  return digestOfValue(before, key).every((byte, i) => byte === digest[i])
}
