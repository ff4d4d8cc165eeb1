// Times to live as the commands give them: seconds or milliseconds, from now or since 1970, all 64 bits wide.
import { errors } from '../errors.ts'
import { INT64_MAX, INT64_MIN, narrow, type Int } from '../values/numbers.ts'

/** Milliseconds in a command's unit. */
export type Unit = 1 | 1000

/**
 * The instant that lies `value` units after `base`, in ms since 1970; null where 64 bits do not hold it.
 * `base` is now, or 0 for a time that counts from 1970.
 */
export function instant(value: Int, unit: Unit, base: number): Int | null {
  if (typeof value === 'number') {
    const at = value * unit + base
    if (Number.isSafeInteger(at)) return at
  }
  const ms = BigInt(value) * BigInt(unit)
  return ms > INT64_MAX || ms < INT64_MIN ? null : narrow(ms + BigInt(base))
}

/** The same for SET and its kin, which refuse what is not above zero. `command` is named in the error. */
export function deadline(value: Int, unit: Unit, base: number, command: string): Int {
  const at = value > 0 ? instant(value, unit, base) : null
  if (at === null) throw errors.invalidExpire(command)
  return at
}
