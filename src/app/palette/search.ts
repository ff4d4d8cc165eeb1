// What the palette finds for a few letters: they must stand in a name in their order; the closer together and the nearer
// to the beginning of a word, the better.

/** How well a name fits what is sought; null where its letters are not in it. */
export function fits(query: string, name: string): number | null {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, '')
  const text = name.toLowerCase()
  if (wanted === '') return 0
  const whole = text.indexOf(query.trim().toLowerCase())
  if (whole >= 0) return 1000 - whole - name.length / 100 + (whole === 0 || beginsWord(text, whole) ? 500 : 0)
  let score = 0
  let at = -1
  for (const letter of wanted) {
    const next = text.indexOf(letter, at + 1)
    if (next < 0) return null
    score += next === at + 1 ? 8 : beginsWord(text, next) ? 6 : -Math.min(4, next - at)
    at = next
  }
  // Letters picked out here and there are no find.
  return score < wanted.length * 2 ? null : score - name.length / 100
}

const beginsWord = (text: string, at: number) => at === 0 || /[\s:_.\-@]/.test(text[at - 1]!)

/** How well the best of something's names fits. What is told of it counts less, and only as it stands. */
export function scoreOf(query: string, [name = '', ...told]: readonly string[]): number {
  const part = query.trim().toLowerCase()
  const says = (each: string) => beginsWord(each, each.indexOf(part)) && each.includes(part)
  if (part !== '' && told.some((each) => says(each.toLowerCase()))) return Math.max(fits(query, name) ?? -Infinity, 400)
  return fits(query, name) ?? -Infinity
}

/** The best of a list for what is sought, each by the best of its names. */
export function best<T>(query: string, list: readonly T[], names: (each: T) => readonly string[], most: number): T[] {
  const found: { each: T; score: number }[] = []
  for (const each of list) {
    const score = scoreOf(query, names(each))
    if (score > -Infinity) found.push({ each, score })
  }
  return found
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ each }) => each)
}
