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
  'LMPOP 1 $key <LEFT|RIGHT|UP> [COUNT $count|COUNT 1 COUNT 1|BOGUS]',
  'LMPOP 2 $key $key <LEFT|RIGHT>',
  'LPOS $key $member [COUNT 0|RANK 0|BOGUS] [RANK -1|RANK 2]',
  // Few elements make a quicklist of many nodes then, and -1 makes large elements stand alone.
  'CONFIG SET list-max-listpack-size <-2|-1|3|1>',
  // Never such that they would wait: what a wait answers is in the transcripts.
  'BLPOP ($key)... <x|-1|inf|nan>',
  'BRPOP $key <x|-1|1e4933>',
  'BLMOVE $key $key <LEFT|RIGHT> <LEFT|RIGHT|UP> <x|-1>',
  'BRPOPLPUSH $key $key <x|-1>',
  'BLMPOP <x|-1> <1|0> $key <LEFT|UP> [COUNT $count]',
])
