// WAIT and WAITAOF. There are no replicas here, so whoever wants one waits until the time is up, or for ever.
import type { Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { int64, special } from '../args.ts'
import { Block, command, family, type Context } from '../command.ts'
import { errors } from '../errors.ts'
import { parseInt64, type Int } from '../values/numbers.ts'
import { timeoutMs } from './timeout.ts'

/** The instant at which the wait ends, once the command knows when it begins; 0 is no end. */
const timeout = special('timeout', 'integer', (word) => {
  return (now: number): number | null => {
    const until = timeoutMs(word, now)
    return until === now ? null : until
  }
})

const tips = ['request_policy:all_shards', 'response_policy:agg_min']

/** None or one. */
function local(word: Bytes): boolean {
  const count = parseInt64(word)
  if (count === null) throw errors.notInteger()
  if (count < 0 || count > 1) throw errors.between(0n, 1n)
  return count > 0
}

function replicas(word: Bytes): Int {
  const count = parseInt64(word)
  if (count === null || count < 0) throw errors.mustBePositive()
  return count
}

/** Asks replicas to acknowledge, which is itself told to replicas: so the offset grows, though nobody listens. */
function waitFor(context: Context, wanted: Int, until: number | null, so: Reply): Reply | Block {
  if (wanted <= 0) return so
  const answer = context.block({ keys: [], kind: 'replicas', until, otherwise: so })
  if (answer instanceof Block) context.server.replicationOffset++
  // Of the number wanted, the server keeps 32 bits while it waits.
  return BigInt.asIntN(32, BigInt(wanted)) <= 0n ? so : answer
}

export const wait = family('generic', [
  command({
    name: 'WAIT',
    summary: {
      en: 'Waits until so many replicas have this client’s writes; here there are none.',
      ko: '이 클라이언트가 쓴 것이 복제 서버 몇 대에 닿을 때까지 기다립니다. 여기에는 복제 서버가 없습니다.',
    },
    since: '3.0.0',
    complexity: 'O(1)',
    flags: ['blocking'],
    categories: ['@connection'],
    args: [int64('numreplicas'), timeout],
    tips,
    run: (context, { numreplicas, timeout: until }) => waitFor(context, numreplicas, until(context.now), 0),
  }),
  command({
    name: 'WAITAOF',
    summary: {
      en: 'Waits until this client’s writes are on disk, here and at so many replicas.',
      ko: '이 클라이언트가 쓴 것이 디스크에 적힐 때까지 기다립니다. 복제 서버 수도 정할 수 있습니다.',
    },
    since: '7.2.0',
    complexity: 'O(1)',
    flags: ['blocking'],
    categories: ['@connection'],
    args: [special('numlocal', 'integer', local), special('numreplicas', 'integer', replicas), timeout],
    tips,
    run(context, { numlocal, numreplicas, timeout: ends }) {
      const until = ends(context.now)
      const appending = context.server.config.get('appendonly') === 'yes'
      if (numlocal && !appending) throw errors.appendOnlyOff()
      return waitFor(context, numreplicas, until, [appending ? 1 : 0, 0])
    },
  }),
])
