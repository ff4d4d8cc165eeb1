// DUMP and RESTORE: a value as the bytes that it has in an RDB file.
import { OK } from '../../wire/reply.ts'
import { readPayload, writePayload } from '../../rdb/payload.ts'
import { bytes, eagerOptions, flag, key, lateWord, option, special } from '../args.ts'
import { command, family } from '../command.ts'
import { errors } from '../errors.ts'
import { fromRdb, toRdb } from '../rdb.ts'
import { parseInt64, type Int } from '../values/numbers.ts'

/** An integer of at least 0, and at most `most`; the server says which option is wrong. */
const bounded = <N extends string>(name: N, says: string, most = Infinity) =>
  special(name, 'integer', (word): Int => {
    const value = parseInt64(word)
    if (value === null) throw errors.notInteger()
    if (value < 0 || value > most) throw errors.custom(says)
    return value
  })

const [idle, frequency] = [
  option('IDLETIME', bounded('seconds', 'ERR Invalid IDLETIME value, must be >= 0')),
  option('FREQ', bounded('frequency', 'ERR Invalid FREQ value, must be >= 0 and <= 255', 255)),
]
const exclusive = eagerOptions([flag('REPLACE')], [flag('ABSTTL')], [idle, frequency])
/** IDLETIME and FREQ exclude each other, which the server's own docs do not tell. */
const restoreOptions: typeof exclusive = {
  ...exclusive,
  docs: eagerOptions([flag('REPLACE')], [flag('ABSTTL')], [idle], [frequency]).docs,
}

export const dump = family('generic', [
  command({
    name: 'DUMP',
    summary: {
      en: 'Gives the value of a key as bytes that RESTORE takes on any server.',
      ko: '키의 값을 바이트로 내줍니다. 어느 서버에서든 RESTORE가 받아들입니다.',
    },
    since: '2.6.0',
    complexity:
      'O(1) to access the key and additional O(N*M) to serialize it, where N is the number of Redis objects composing the value and M their average size. For small string values the time complexity is thus O(1)+O(1*M) where M is small, so simply O(1).',
    flags: ['readonly'],
    args: [key('key', 'RO access')],
    tips: ['nondeterministic_output'],
    run({ db, server }, { key: name }) {
      const value = db.find(name)
      return value === undefined ? null : writePayload(toRdb(value), server.config.get('rdbcompression') === 'yes')
    },
  }),
  command({
    name: 'RESTORE',
    summary: {
      en: 'Makes a key of the bytes that DUMP gave.',
      ko: 'DUMP가 내준 바이트로 키를 만듭니다.',
    },
    since: '2.6.0',
    complexity:
      'O(1) to create the new key and additional O(N*M) to reconstruct the serialized value, where N is the number of Redis objects composing the value and M their average size. For small string values the time complexity is thus O(1)+O(1*M) where M is small, so simply O(1). However for sorted set values the complexity is O(N*M*log(N)) because inserting values into sorted sets is O(log(N)).',
    flags: ['write', 'denyoom'],
    args: [
      key('key', 'OW update'),
      lateWord(bounded('ttl', 'ERR Invalid TTL value, must be >= 0')),
      bytes('serialized-value'),
      restoreOptions,
    ],
    categories: ['@dangerous'],
    run(context, { key: name, ttl, 'serialized-value': payload, ...given }) {
      const { db, server, now, argv } = context
      if (!given.replace && db.has(name)) throw errors.custom('BUSYKEY Target key name already exists.')
      const after = ttl()
      const value = readPayload(payload)
      if (value === 'broken') throw errors.custom('ERR DUMP payload version or checksum are wrong')
      if (value === 'bad') throw errors.custom('ERR Bad data format')
      const at = after === 0 ? null : given.absttl ? after : later(now, after)
      if (at !== null && at <= now) {
        if (db.drop(name)) context.propagate(['DEL', name])
        return OK
      }
      db.put(name, fromRdb(value, server.config.limits), 'restore', at)
      db.setUse(name, given.idletime, given.freq)
      // Elsewhere it is to end at the same instant.
      if (at !== null && !given.absttl) context.propagate([...argv.slice(0, 2), at, ...argv.slice(3), 'ABSTTL'])
      return OK
    },
  }),
])

const later = (now: number, ms: Int): Int => {
  const at = BigInt(Math.floor(now)) + BigInt(ms)
  return at <= Number.MAX_SAFE_INTEGER ? Number(at) : at
}
