// Results stay with their lines while the script is edited: those before and behind the change move with the text, those
// of lines that were changed go.

/** What stands on lines of a script. */
interface Placed {
  readonly line: number
  readonly end: number
}

export function carried<T extends Placed>(results: readonly T[], before: string, after: string): readonly T[] {
  if (results.length === 0 || before === after) return results
  const [old, now] = [before.split('\n'), after.split('\n')]
  const most = Math.min(old.length, now.length)
  let head = 0
  while (head < most && old[head] === now[head]) head++
  let tail = 0
  while (tail < most - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++
  const by = now.length - old.length
  return results.flatMap((result) => {
    if (result.end < head) return [result]
    if (result.line < old.length - tail) return []
    return [{ ...result, line: result.line + by, end: result.end + by }]
  })
}
