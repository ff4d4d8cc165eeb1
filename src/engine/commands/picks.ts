// Elements by chance, for HRANDFIELD, SRANDMEMBER and SPOP.
import type { Bytes } from '../../wire/bytes.ts'
import { optional, type Arg, type Word } from '../args.ts'
import { errors } from '../errors.ts'
import type { Random } from '../random.ts'
import { INT64_MAX, INT64_MIN, parseInt64 } from '../values/numbers.ts'

/** Elements that one answer may repeat. The server knows no bound and runs out of memory; we refuse. */
const MOST_REPEATED = 10_000_000

/** A count that may be negative; the lowest integer has no positive counterpart and is refused. */
export function readPickCount(word: Bytes): number {
  const count = parseInt64(word)
  if (count === null) throw errors.notInteger()
  if (count === INT64_MIN) throw errors.between(-INT64_MAX, INT64_MAX)
  return Number(count)
}

/** A word that may follow, and nothing after it: words too many are told before a wrong one. */
export const lastWord = <N extends string, T>(inner: Word<N, T>): Arg<Partial<Record<N, T>>> => ({
  ...optional(inner),
  max: Infinity,
  read(cursor, out) {
    if (cursor.left > 1) throw errors.syntax()
    if (cursor.left === 1) inner.read(cursor, out)
  },
})

/** `count` elements, each drawn from all. */
export function pickFreely<T>(count: number, draw: () => T): T[] {
  if (count > MOST_REPEATED) throw errors.outOfRange()
  return Array.from({ length: count }, draw)
}

/** What can be drawn from. */
export interface Pool<T> {
  readonly size: number
  all(): Iterable<T>
  draw(): T
  name(element: T): Bytes
}

/**
 * `count` different elements, or all. Few of many are drawn until enough differ; else one walk over all takes each with
 * the chance that is left for it, which keeps their order, as the server does in a listpack.
 */
export function pickDistinct<T>(pool: Pool<T>, count: number, random: Random): T[] {
  if (pool.size > 1000 && count * 3 < pool.size) return drawDistinct(pool, count)
  const chosen: T[] = []
  let left = pool.size
  for (const element of pool.all()) {
    const wanted = count - chosen.length
    if (wanted <= 0) break
    if (wanted >= left || random.below(left) < wanted) chosen.push(element)
    left--
  }
  return chosen
}

function drawDistinct<T>(pool: Pool<T>, count: number): T[] {
  const chosen = new Map<Bytes, T>()
  while (chosen.size < count) {
    const element = pool.draw()
    chosen.set(pool.name(element), element)
  }
  return [...chosen.values()]
}
