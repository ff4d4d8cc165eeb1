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
  'DBSIZE',
  'TOUCH ($key)...',
  'OBJECT ENCODING $key',
  'OBJECT REFCOUNT',
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
