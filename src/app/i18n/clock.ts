/** A time that runs, as a clock has it: 00:04, 01:00:00. */
export const clock = (seconds: number): string =>
  [...(seconds >= 3600 ? [Math.floor(seconds / 3600)] : []), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
