// Times to wait, as commands take them.
import type { Bytes } from '../../wire/bytes.ts'
import { errors } from '../errors.ts'
import { parseInt64 } from '../values/numbers.ts'

/** Whole milliseconds from now on: the instant at which they have passed. */
export function timeoutMs(word: Bytes, now: number): number {
  const ms = parseInt64(word)
  if (ms === null) throw errors.timeoutNotInteger()
  if (ms < 0) throw errors.timeoutNegative()
  if (ms > 2 ** 63 - now) throw errors.timeoutOutOfRange()
  return now + Number(ms)
}
