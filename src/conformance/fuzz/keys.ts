import { family } from './template.ts'

export const keysFamily = family('keys', [
  'DEL ($key)...',
  'UNLINK ($key)...',
  'EXISTS ($key)...',
  'TYPE $key',
  ['KEYS $pattern', 'sorted'],
  ['RANDOMKEY', 'kind'],
  'RENAME $key $key',
  'RENAMENX $key $key',
  'COPY $key $key [REPLACE] [DB $db]',
  'MOVE $key $db',
  // The real server counts keys whose time has come until it meets them.
  ['DBSIZE', 'kind'],
  'TOUCH ($key)...',
  'OBJECT ENCODING $key',
  // A copied integer is not shared in the real server, and ours does not tell it apart: so no REFCOUNT of a number.
  'OBJECT <REFCOUNT|FREQ|HELP|NOSUCH>',
  ['OBJECT IDLETIME $key', 'kind'],
  'OBJECT FREQ $key',
  ['SCAN 0 COUNT 1000 [MATCH $pattern] [TYPE <string|LIST|hash|set|zset|nothing>]', 'scan'],
  ['SCAN <0|0|x|-1> <MATCH nothing|COUNT x|COUNT 0|TYPE|NOVALUES|BOGUS|COUNT 1000 TYPE stream>', 'scan'],
  // Which of equals stands first is chance where a hashtable is sorted. Numbers are left to the transcripts: SORT of the
  // real server trips over an errno that an earlier command left.
  ['SORT $key ALPHA [DESC]', 'sorted'],
  ['SORT_RO $key ALPHA [ASC|DESC|STORE b]', 'sorted'],
  ['SORT $key BY user:* ALPHA [DESC|GET #|GET user:* GET #]', 'sorted'],
  ['SORT $key BY user:*->f1 ALPHA GET # GET user:*->f2', 'sorted'],
  ['SORT $key BY nosort [DESC|GET user:*|GET #]', 'by-encoding'],
  'SORT $key ALPHA [DESC] STORE $key',
  'SORT $key BY nosort GET user:* ALPHA <LIMIT 0 0|LIMIT 9 1> [STORE $key]',
  'SORT $key <BOGUS|LIMIT 1|LIMIT a 1|LIMIT 1 x|BY|GET|STORE>',
  'SELECT $db',
  'SWAPDB $db $db',
  'ECHO $value',
  'PING [$value]',
  'FLUSHDB [ASYNC|SYNC|NOW]',
  'NOSUCH $value $key',
  'CONFIG NOSUCH',
])

export const expiry = family('expiry', [
  'EXPIREAT $key $second [NX|XX|GT|LT|NX XX|GT LT|BOGUS]',
  'PEXPIREAT $key $milli [NX|XX|GT|LT]',
  'EXPIRE $key <0|-1|9223372036854775807|x|9223372036854775> [NX|XX|GT|LT]',
  'PEXPIRE $key <0|-1|x|9223372036854775807>',
  'PERSIST $key',
  ['EXPIRETIME $key', 'near'],
  ['PEXPIRETIME $key', 'near'],
  ['TTL $key', 'near'],
  ['PTTL $key', 'near'],
])

export const catalog = family('catalog', [
  'COMMAND GETKEYS <GET|COPY|SINTERSTORE|DEL|PING|NOSUCH> ($value)...',
  'COMMAND INFO NOSUCH',
  'OBJECT FREQ $key',
])
