import type { Kind } from '../../session/protocol.ts'

/** The command that reads a value whole, for the name of its key as it is typed. */
export const reads: { readonly [K in Kind]: (key: string) => string } = {
  string: (key) => `GET ${key}`,
  list: (key) => `LRANGE ${key} 0 -1`,
  set: (key) => `SMEMBERS ${key}`,
  zset: (key) => `ZRANGE ${key} 0 -1 WITHSCORES`,
  hash: (key) => `HGETALL ${key}`,
  stream: (key) => `XRANGE ${key} - +`,
}
