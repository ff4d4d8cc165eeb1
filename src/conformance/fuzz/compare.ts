// Whether two replies say the same, as far as the command promises anything.
import { latin, type Bytes } from '../../wire/bytes.ts'
import { isTagged, type Reply } from '../../wire/reply.ts'
import { encode } from '../../wire/resp.ts'
import type { Compare } from './template.ts'

/** Both replies as a client of RESP2 knows them. `encoding` is what the real server said of the first key, if asked. */
export function same(ours: Reply, real: Reply, compare: Compare, encoding: Bytes | null): boolean {
  if (encode(ours, 2) === encode(real, 2)) return true
  switch (compare) {
    case 'exact':
      return false
    case 'sorted':
      return sorted(ours, 1) === sorted(real, 1)
    case 'pairs':
      return sorted(ours, 2) === sorted(real, 2)
    case 'by-encoding':
      return encoding === 'hashtable' && sorted(ours, 1) === sorted(real, 1)
    case 'pairs-by-encoding':
      return encoding === 'hashtable' && sorted(ours, 2) === sorted(real, 2)
    case 'scan-by-encoding':
      return encoding === 'hashtable' && scan(ours, real)
    case 'near':
      return near(ours, real)
    case 'scan':
      return scan(ours, real)
    case 'kind':
      return kind(ours) === kind(real)
  }
}

/** EXEC: each reply in it by what its own command promises. Encodings cannot be asked inside a transaction. */
export function sameExec(ours: Reply, real: Reply, queued: readonly Compare[]): boolean {
  if (!Array.isArray(ours) || !Array.isArray(real)) return encode(ours, 2) === encode(real, 2)
  const hashtable = latin('hashtable')
  return (
    ours.length === real.length &&
    ours.every((one: Reply, i) => same(one, real[i] as Reply, queued[i] ?? 'exact', hashtable))
  )
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

function sorted(reply: Reply, step: 1 | 2): string {
  if (!Array.isArray(reply)) return encode(reply, 2)
  const items = reply.map((item: Reply) => encode(item, 2))
  if (step === 1) return items.toSorted().join('')
  const pairs: string[] = []
  for (let i = 0; i < items.length; i += 2) pairs.push(`${items[i]}${items[i + 1] ?? ''}`)
  return pairs.toSorted().join('')
}

function kind(reply: Reply): string {
  if (reply === null) return 'nil'
  if (Array.isArray(reply)) return `array of ${reply.length}`
  return isTagged(reply) ? (reply.kind === 'error' ? reply.text : reply.kind) : typeof reply
}
