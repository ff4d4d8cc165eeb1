// Payloads, whole and damaged, compared: the real server, told to look into each (sanitize-dump-payload), and our engine take the same, or
// refuse the same, and what they take is the same. But three things differ: a score in a listpack that is no number the server
// takes for 0 or keeps as one that is none, and we refuse; a score of -0 there, which no server writes, we take for 0; a field
// whose time has come the server removes a little later than we.
import { readPayload } from '../../rdb/payload.ts'
import { FORM, type RdbValue } from '../../rdb/value.ts'
import { latin, type Bytes } from '../../wire/bytes.ts'
import { isError } from '../../wire/reply.ts'
import { show } from '../../wire/show.ts'
import { Chance } from '../chance.ts'
import { setParameters } from '../fresh.ts'
import type { Report } from '../report.ts'
import type { RealServer } from '../server.ts'
import { Corpus, damagedPayload } from './damage.ts'
import { fresh, OurSide, RealSide } from './sides.ts'

/** Forms that have scores as text. */
const textScores: ReadonlySet<number> = new Set([FORM.zset, FORM.zsetZiplist, FORM.zsetListpack])

/** Modules' values and streams, which we do not read. */
const unreadable: ReadonlySet<number> = new Set([6, 7, 15, 19, 21])

/** Fields whose time has come, and a score of -0 in a listpack. */
const isOdd = (value: RdbValue) =>
  (value.type === 'hash' && value.fields.some(([, , expireAt]) => expireAt !== null && expireAt < Date.now())) ||
  (value.type === 'zset' && value.members.some(([, score]) => Object.is(score, -0)))

export async function comparePayloads(server: RealServer, seed: number, count: number, report: Report): Promise<void> {
  const [real, ours] = [await RealSide.open(server), new OurSide(false)]
  const setting = (how: string) => ['CONFIG', 'SET', 'sanitize-dump-payload', how].map(latin)
  await fresh(real, setParameters)
  await real.pipeline([setting('yes')])
  const corpus = new Corpus(seed, 24)
  const chance = new Chance(seed)
  let accepted = 0
  let stricter = 0
  for (let i = 0; i < corpus.payloads.length + count; i++) {
    const payload = corpus.payloads[i] ?? damagedPayload(corpus, chance)
    await report.check(`a payload: seed ${seed}, number ${i}: ${JSON.stringify(payload)}`, async () => {
      const asked = [
        [latin('DEL'), latin('k')],
        [latin('RESTORE'), latin('k'), latin('0'), payload],
        ['DEBUG', 'DIGEST-VALUE', 'k'].map(latin),
        ['OBJECT', 'ENCODING', 'k'].map(latin),
      ] as const satisfies readonly (readonly Bytes[])[]
      const [theirs, mine] = [await real.pipeline(asked), await ours.pipeline(asked)]
      if (unreadable.has(payload.charCodeAt(0))) return
      const given = readPayload(payload)
      const [wanted, found] = [theirs, mine].map((replies) => replies.slice(1).map(show).join(' '))
      if (!isError(theirs[1]!)) accepted++
      if (wanted === found) return
      if (typeof given !== 'string' && isOdd(given) && !isError(mine[1]!) && !isError(theirs[1]!)) return
      if (textScores.has(payload.charCodeAt(0)) && isError(mine[1]!)) {
        stricter++
        return
      }
      throw new Error(`redis-server:\n${wanted}\nours:\n${found}`)
    })
  }
  await real.pipeline([setting('no')])
  real.close()
  console.log(
    `${count} damaged payloads: ${accepted} accepted by redis-server, ${stricter} of them refused by us for their scores`,
  )
}
