import { family } from './template.ts'

/** Always in a run: small limits, so that values change their encodings often. */
export const settings = family('settings', [
  'CONFIG SET hash-max-listpack-entries <0|1|3|8|512>',
  'CONFIG SET hash-max-listpack-value <0|3|10|64>',
  'CONFIG SET list-max-listpack-size <1|2|5|-1|-2>',
  'CONFIG SET set-max-intset-entries <0|1|3|8|512>',
  'CONFIG SET set-max-listpack-entries <0|1|3|8|128>',
  'CONFIG SET set-max-listpack-value <0|3|10|64>',
  'CONFIG SET zset-max-listpack-entries <0|1|3|8|128>',
  'CONFIG SET zset-max-listpack-value <0|3|10|64>',
  ['CONFIG GET *-max-*', 'pairs'],
  'PING',
  'ECHO $value',
  'DBSIZE',
  'DEBUG DIGEST',
  'DEBUG DIGEST-VALUE ($key)...',
  'OBJECT ENCODING $key',
  'OBJECT ENCODING $key',
  'TYPE $key',
  'DEL $key',
  'EXISTS ($key)...',
  ['PEXPIRETIME $key', 'near'],
])
