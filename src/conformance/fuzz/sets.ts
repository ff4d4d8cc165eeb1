import { family } from './template.ts'

export const sets = family('sets', [
  'SADD $key ($member)...',
  'SADD $key ($int)...',
  'SADD $key ($member)...',
  'SREM $key ($member)...',
  'SCARD $key',
  'SISMEMBER $key $member',
  'SMISMEMBER $key ($member)...',
  ['SMEMBERS $key', 'by-encoding'],
  'SMOVE $key $key $member',
  ['SPOP $key 1000', 'sorted'],
  ['SRANDMEMBER $key', 'kind'],
  ['SINTER ($key)...', 'sorted'],
  ['SUNION ($key)...', 'sorted'],
  ['SDIFF ($key)...', 'sorted'],
  'SINTERSTORE $key ($key)...',
  'SUNIONSTORE $key ($key)...',
  'SDIFFSTORE $key ($key)...',
  'SINTERCARD $count ($key)... [LIMIT $count]',
])
