// What goes when there is no more room. Before each command, while the server holds more than maxmemory, one key after the
// other is evicted: of some keys drawn by chance (maxmemory-samples from each database) the one that the policy misses
// least. Redis also remembers good candidates of earlier draws; we draw anew each time, so that there is nothing more to
// keep in an image.
import type { Bytes } from '../wire/bytes.ts'
import type { Database } from './database.ts'
import type { Server } from './server.ts'

interface Candidate {
  readonly db: Database
  readonly key: Bytes
  /** The higher, the sooner it goes. */
  readonly score: number
}

type Score = (server: Server, db: Database, key: Bytes) => number

const scores: Readonly<Record<string, Score>> = {
  lru: ({ now }, db, key) => now - db.usedAt(key),
  lfu: ({ config }, db, key) => 255 - db.frequency(key, config.lfuSettings),
  ttl: (_, db, key) => -db.expireAt(key)!,
  random: () => 0,
}

/** Makes room by the policy. Returns whether commands may go on: not where the server still holds more than maxmemory. */
export function makeRoom(server: Server): boolean {
  const { config } = server
  if (config.maxMemory === 0 || server.pause !== null) return true
  while (server.memory > config.maxMemory) {
    const policy = config.get('maxmemory-policy')!
    const candidate = policy === 'noeviction' ? null : choose(server, policy)
    if (!candidate) return false
    candidate.db.evict(candidate.key)
  }
  return true
}

function choose(server: Server, policy: string): Candidate | null {
  const expiring = policy.startsWith('volatile-')
  const by = policy.slice(policy.indexOf('-') + 1)
  const score = scores[by]!
  const samples = by === 'random' ? 1 : Number(server.config.get('maxmemory-samples'))
  const filled = server.databases.filter((db) => (expiring ? db.expires : db.size) > 0)
  if (filled.length === 0) return null
  const databases = by === 'random' ? [filled[server.random.below(filled.length)]!] : filled
  let best: Candidate | null = null
  for (const db of databases)
    for (const key of draw(server, db, expiring, samples)) {
      const one: Candidate = { db, key, score: score(server, db, key) }
      if (!best || one.score > best.score) best = one
    }
  return best
}

/** So many keys by chance, or all where there are no more. */
function draw({ random }: Server, db: Database, expiring: boolean, samples: number): Bytes[] {
  if (!expiring && db.size <= samples) return [...db.everyKey()]
  return Array.from({ length: samples }, () => db.sample(random, expiring)!)
}
