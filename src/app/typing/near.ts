// Did you mean: the name that is nearest to one that is not there, if any is near enough to be a slip of the fingers.

/** Letters put in, left out, changed or swapped with their neighbour, between two names; `limit` + 1 where it is more. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
      least = Math.min(least, cost)
    }
    if (least > limit) return limit + 1
    before = last
    last = row
  }
  return last[b.length]!
}

const digitless = (name: string) => name.replaceAll(/\d+/g, '0')

/** The nearest of the names, or null. Names that differ in their numbers alone (hat:1, hat:2) are no slips. */
export function nearest(name: string, names: Iterable<string>): string | null {
  const wanted = name.toLowerCase()
  const limit = name.length < 3 ? 1 : name.length < 8 ? 2 : 3
  let found: string | null = null
  let best = limit + 1
  for (const each of names) {
    if (each === name || (each.length === name.length && /\d/.test(each) && digitless(each) === digitless(name)))
      continue
    const far = distance(wanted, each.toLowerCase(), Math.min(limit, Math.ceil(best)))
    // Two names as near: the one that begins alike.
    const cost = far + (each[0]?.toLowerCase() === wanted[0] ? 0 : 0.5)
    if (far < name.length && cost < best) {
      best = cost
      found = each
    }
  }
  return best <= limit ? found : null
}
