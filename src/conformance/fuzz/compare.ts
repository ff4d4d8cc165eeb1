// Whether two replies say the same, as far as the command promises anything.
import { latin } from '../../wire/bytes.ts'
import { isTagged, type Reply } from '../../wire/reply.ts'
import { asResp2, encode } from '../../wire/resp.ts'
import type { Compare } from './template.ts'

/** Both replies as their clients have heard them. `probed` is what the real server said of the keys (see play.ts). */
export function same(ours: Reply, real: Reply, compare: Compare, probed: readonly Reply[]): boolean {
  if (encode(ours, 3) === encode(real, 3) && encode(ours, 2) === encode(real, 2)) return true
  switch (compare) {
    case 'exact':
      return false
    case 'sorted':
      return sorted(ours, 1) === sorted(real, 1)
    case 'pairs':
      return sorted(ours, 2) === sorted(real, 2)
    case 'by-encoding':
      return isLoose(probed) && sorted(ours, 1) === sorted(real, 1)
    case 'by-encodings':
    case 'by-scratch':
      return isLoose(probed) && sorted(ours, 1) === sorted(real, 1)
    case 'by-intsets':
      return isNoIntset(real, probed) && sorted(ours, 1) === sorted(real, 1)
    case 'pairs-by-encoding':
      return isLoose(probed) && sorted(ours, 2) === sorted(real, 2)
    case 'scan-by-encoding':
      return (isLoose(probed) || probed.includes(latin('skiplist'))) && scan(ours, real)
    case 'near':
      return near(ours, real)
    case 'scan':
      return scan(ours, real)
    case 'kind':
      return kind(ours) === kind(real)
  }
}

/** What was asked after it must be the same too; but the encoding of what a hashtable gives is chance. */
export const sameProbes = (ours: readonly Reply[], real: readonly Reply[], compare: Compare): boolean =>
  (compare === 'by-scratch' && isLoose(real)) || ours.every((one, i) => same(one, real[i]!, 'exact', []))

/** EXEC: each reply in it by what its own command promises. Encodings cannot be asked inside a transaction. */
export function sameExec(ours: Reply, real: Reply, queued: readonly Compare[]): boolean {
  if (!Array.isArray(ours) || !Array.isArray(real)) return encode(ours, 2) === encode(real, 2)
  const unknown = [latin('hashtable')]
  return (
    ours.length === real.length &&
    ours.every((one: Reply, i) => same(one, real[i] as Reply, queued[i] ?? 'exact', unknown))
  )
}

const isLoose = (probed: readonly Reply[]) => probed.includes(latin('hashtable'))

/** Whether sets were gathered in a hashtable: the limit of intsets is the first thing that was asked. */
function isNoIntset(real: Reply, [limit, ...encodings]: readonly Reply[]): boolean {
  const found = flat(real)
  if (!found || encodings.includes(latin('listpack')) || isLoose(encodings)) return true
  return found.length > Number(flat(limit ?? null)?.[1] ?? 0)
}

const isInteger = (reply: Reply) => typeof reply === 'number' || typeof reply === 'bigint'

function near(ours: Reply, real: Reply): boolean {
  if (!isInteger(ours) || !isInteger(real)) return false
  return ours >= 0 === real >= 0 && Math.abs(Number(ours) - Number(real)) < 2000
}

function scan(ours: Reply, real: Reply): boolean {
  if (!Array.isArray(ours) || !Array.isArray(real)) return false
  const [[next, found], [realNext, realFound]] = [ours as readonly Reply[], real as readonly Reply[]]
  const whole = next === '0' && realNext === '0'
  return whole ? sorted(found ?? null, 1) === sorted(realFound ?? null, 1) : kind(ours) === kind(real)
}

/** The items of a reply, pairs one after the other; undefined where it is no aggregate. */
function flat(reply: Reply): readonly Reply[] | undefined {
  const plain = isTagged(reply) && reply.kind !== 'error' ? asResp2(reply) : reply
  return Array.isArray(plain) ? (plain as readonly Reply[]) : undefined
}

function sorted(reply: Reply, step: 1 | 2): string {
  const found = flat(reply)
  if (!found) return encode(reply, 3)
  const items = found.map((item) => encode(item, 3))
  const mark = isTagged(reply) ? reply.kind : 'array'
  // In RESP3 a pair may be an array of its own.
  if (step === 1 || Array.isArray(found[0])) return mark + items.toSorted().join('')
  const pairs: string[] = []
  for (let i = 0; i < items.length; i += 2) pairs.push(`${items[i]}${items[i + 1] ?? ''}`)
  return mark + pairs.toSorted().join('')
}

function kind(reply: Reply): string {
  if (reply === null) return 'nil'
  if (Array.isArray(reply)) return `array of ${reply.length}`
  return isTagged(reply) ? (reply.kind === 'error' ? reply.text : reply.kind) : typeof reply
}
