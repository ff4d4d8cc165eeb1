/** What stands behind the numbers of what is left. */
interface Units {
  readonly d: string
  readonly h: string
  readonly m: string
  readonly s: string
  /** Behind seconds with tenths. */
  readonly tenths: string
}

/** What is left in two units at most; tenths below a minute. */
export function leftOf(ms: number, units: Units): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 60) return `${(Math.floor(seconds * 10) / 10).toFixed(1)}${units.tenths}`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}${units.m} ${Math.floor(seconds) % 60}${units.s}`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours}${units.h} ${minutes % 60}${units.m}`
  return `${Math.floor(hours / 24).toLocaleString('en')}${units.d} ${hours % 24}${units.h}`
}

/** A time that runs, as a clock has it: 00:04, 01:00:00. */
export const clock = (seconds: number): string =>
  [...(seconds >= 3600 ? [Math.floor(seconds / 3600)] : []), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')

/** A span of time in its largest unit, to one decimal. */
export function spanOf(ms: number, units: readonly [string, string, string, string], glue = ' '): string {
  const sizes = [1, 1000, 60_000, 3_600_000]
  const at = Math.max(
    0,
    sizes.findLastIndex((size) => ms >= size),
  )
  return `${(Math.round((ms / sizes[at]!) * 10) / 10).toLocaleString('en')}${glue}${units[at]}`
}
