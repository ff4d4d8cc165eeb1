// What becomes of members with their scores: they are told (RESP3 pairs them, RESP2 puts them one after the other) or stored.
import type { Bytes } from '../../wire/bytes.ts'
import { double, type Reply } from '../../wire/reply.ts'
import type { Client } from '../client.ts'
import type { Database } from '../database.ts'
import type { Ranked, ZSetValue } from '../values/zset.ts'

/** Members with their scores, as ZRANGE … WITHSCORES tells them. */
export function withScores({ protocol }: Client, ranked: readonly Ranked[]): Reply[] {
  if (protocol === 3) return ranked.map(pair)
  return ranked.flatMap(({ member, score }) => [member, double(score)])
}

export const pair = ({ member, score }: Ranked): [Bytes, Reply] => [member, double(score)]

/** Members, with their scores where these were asked for. */
export const told = (client: Client, ranked: readonly Ranked[], scores: boolean): Reply[] =>
  scores ? withScores(client, ranked) : ranked.map(({ member }) => member)

/** Puts a sorted set under a key, whatever was there; an empty one removes the key. Returns its size. */
export function store(db: Database, name: Bytes, zset: ZSetValue, event: string): number {
  if (zset.size === 0) db.drop(name)
  else db.put(name, zset, event)
  return zset.size
}
