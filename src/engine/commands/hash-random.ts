import type { Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { key, type Arg, type Cursor } from '../args.ts'
import { command } from '../command.ts'
import { errors } from '../errors.ts'
import { INT64_MAX, parseInt64 } from '../values/numbers.ts'
import { pickDistinct, pickFreely, readPickCount, type Pool } from './picks.ts'

/** [count [WITHVALUES]]: with values the server halves the range of counts, for it writes two words a field. */
const picked: Arg<{ count?: number; withvalues?: true }> = {
  docs: [
    {
      name: 'options',
      type: 'block',
      optional: true,
      arguments: [
        { name: 'count', type: 'integer' },
        { name: 'withvalues', type: 'pure-token', token: 'WITHVALUES', optional: true },
      ],
    },
  ],
  min: 0,
  max: Infinity,
  read(cursor: Cursor, out) {
    if (cursor.left === 0) return
    const word = cursor.take()
    out['count'] = readPickCount(word)
    if (cursor.left === 0) return
    if (cursor.left > 1 || cursor.take().toUpperCase() !== 'WITHVALUES') throw errors.syntax()
    const exact = BigInt(parseInt64(word)!)
    if (exact < -INT64_MAX / 2n || exact > INT64_MAX / 2n) throw errors.outOfRange()
    out['withvalues'] = true
  },
}

export const hashRandom = command({
  name: 'HRANDFIELD',
  summary: {
    en: 'One field by chance, or several; a negative count may give the same one again.',
    ko: '필드를 무작위로 고릅니다. 개수가 음수이면 같은 필드가 또 나올 수 있습니다.',
  },
  since: '6.2.0',
  complexity: 'O(N) where N is the number of fields returned',
  flags: ['readonly'],
  args: [key('key', 'RO access'), picked],
  tips: ['nondeterministic_output'],
  run({ db, random, client }, { key: name, count, withvalues }): Reply {
    const held = db.read(name, 'hash')
    if (count === undefined) return held ? held.random(random)[0] : null
    if (!held || count === 0) return []
    const draw = () => held.random(random)
    const pool: Pool<readonly [Bytes, Bytes]> = {
      size: held.size,
      all: () => held.entries(),
      draw,
      name: ([field]) => field,
    }
    const chosen = count < 0 ? pickFreely(-count, draw) : pickDistinct(pool, count, random)
    if (!withvalues) return chosen.map(([field]) => field)
    return client.protocol === 3 ? chosen : chosen.flatMap((pair) => pair)
  },
})
