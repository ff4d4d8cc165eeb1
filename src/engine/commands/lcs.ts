import type { Bytes } from '../../wire/bytes.ts'
import { map, type Reply } from '../../wire/reply.ts'
import { eagerOptions, flag, int64, key, later, option } from '../args.ts'
import { command, family } from '../command.ts'
import type { Database } from '../database.ts'
import { errors } from '../errors.ts'
import { MAX_CELLS, lcs as longest, lcsLength } from '../values/lcs.ts'
import type { Int } from '../values/numbers.ts'
import { stringBytes } from '../values/string.ts'
import { Collection } from '../values/value.ts'

export const lcs = family('string', [
  command({
    name: 'LCS',
    summary: {
      en: 'Finds the longest row of bytes that two strings share, gaps allowed.',
      ko: '두 문자열에 같은 순서로 들어 있는 가장 긴 부분을 찾습니다. 중간에 틈이 있어도 됩니다.',
    },
    since: '7.0.0',
    complexity: 'O(N*M) where N and M are the lengths of s1 and s2, respectively',
    flags: ['readonly'],
    args: [
      key('key1', 'RO access'),
      key('key2', 'RO access'),
      later(
        'options',
        eagerOptions(
          [flag('LEN')],
          [flag('IDX')],
          [option('MINMATCHLEN', int64('min-match-len'))],
          [flag('WITHMATCHLEN')],
        ),
      ),
    ],
    run({ db }, { key1, key2, options: read }) {
      const [a, b] = [comparable(db, key1), comparable(db, key2)]
      const { len, idx, minmatchlen = 0, withmatchlen } = read()
      if (len && idx) throw errors.lcsLenAndIdx()
      if ((a.length + 1) * (b.length + 1) > MAX_CELLS) throw errors.lcsTooLarge()
      if (len) return lcsLength(a, b)
      return idx ? matches(a, b, minmatchlen, withmatchlen ?? false) : longest(a, b).text
    },
  }),
])

function comparable(db: Database, name: Bytes): Bytes {
  const value = db.find(name)
  if (value === undefined) return '' as Bytes
  if (value instanceof Collection) throw errors.lcsNotStrings()
  return stringBytes(value)
}

function matches(a: Bytes, b: Bytes, least: Int, withLength: boolean): Reply {
  const { text, matches: found } = longest(a, b)
  const long = found.filter((match) => match.a[1] - match.a[0] + 1 >= least)
  const shown = long.map((match) => [match.a, match.b, ...(withLength ? [match.a[1] - match.a[0] + 1] : [])])
  return map([
    ['matches' as Bytes, shown],
    ['len' as Bytes, text.length],
  ])
}
