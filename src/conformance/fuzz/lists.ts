import { family } from './template.ts'

export const lists = family('lists', [
  'LPUSH $key ($value)...',
  'RPUSH $key ($value)...',
  'RPUSH $key ($member)...',
  'LPUSHX $key ($value)...',
  'RPUSHX $key ($value)...',
  'LPOP $key [$count]',
  'RPOP $key [$count]',
  'LLEN $key',
  'LRANGE $key $index $index',
  'LRANGE $key 0 -1',
  'LINDEX $key $index',
  'LSET $key $index $value',
  'LINSERT $key <BEFORE|AFTER|before|BESIDE> $member $value',
  'LREM $key $count $member',
  'LTRIM $key $index $index',
  'LPOS $key $member [RANK $index] [COUNT $count] [MAXLEN $count]',
  'LMOVE $key $key <LEFT|RIGHT|UP> <LEFT|RIGHT|left>',
  'RPOPLPUSH $key $key',
  'LMPOP $count ($key)... <LEFT|RIGHT> [COUNT $count]',
])
