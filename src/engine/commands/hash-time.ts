// Time in hashes: the family of all commands that look at when fields end, or set it.
import { family } from '../command.ts'
import {
  hexpire,
  hexpireat,
  hexpiretime,
  hpersist,
  hpexpire,
  hpexpireat,
  hpexpiretime,
  hpttl,
  httl,
} from './hash-expire.ts'
import { hgetdel, hgetex, hsetex } from './hash-volatile.ts'

export const hashTime = family('hash', [
  hexpire,
  hexpireat,
  hexpiretime,
  hgetdel,
  hgetex,
  hpersist,
  hpexpire,
  hpexpireat,
  hpexpiretime,
  hpttl,
  hsetex,
  httl,
])
