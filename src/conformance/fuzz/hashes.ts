import { family } from './template.ts'

export const hashes = family('hashes', [
  'HSET $key ($field $value)...',
  'HSET $key ($field $value)...',
  'HMSET $key ($field $value)...',
  'HSETNX $key $field $value',
  'HGET $key $field',
  'HMGET $key ($field)...',
  ['HGETALL $key', 'pairs-by-encoding'],
  ['HKEYS $key', 'by-encoding'],
  ['HVALS $key', 'by-encoding'],
  'HLEN $key',
  'HSTRLEN $key $field',
  'HEXISTS $key $field',
  'HDEL $key ($field)...',
  'HINCRBY $key $field $int',
  'HINCRBYFLOAT $key $field $float',
  ['HRANDFIELD $key', 'kind'],
])
