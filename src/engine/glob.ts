// Redis' own glob matcher, written as a bounded machine: `*` remembers one place to come back to, so that a pattern never
// takes more than pattern x string steps, whatever it is. No RegExp is ever made from a user's text.
import type { Bytes } from '../wire/bytes.ts'

/**
 * Whether `string` matches `pattern` as the server's stringmatchlen has it: `?`, `*`, `[abc]`, `[^a]`, `[a-z]`, `\x`.
 */
export function globMatches(pattern: Bytes, string: Bytes): boolean {
  let p = 0
  let s = 0
  let starAt = -1
  let starTo = 0
  while (s < string.length) {
    const char = pattern[p]
    if (char === '*') {
      starAt = p++
      starTo = s
      continue
    }
    const next = char === undefined ? -1 : matchOne(pattern, p, string.charCodeAt(s))
    if (next >= 0) {
      p = next
      s++
    } else if (starAt >= 0) {
      p = starAt + 1
      s = ++starTo
    } else return false
  }
  while (pattern[p] === '*') p++
  return p >= pattern.length
}

/** Where the pattern goes on if its item at `p` takes the byte `code`, or -1. */
function matchOne(pattern: Bytes, p: number, code: number): number {
  const char = pattern[p]!
  if (char === '?') return p + 1
  if (char === '[') return matchClass(pattern, p + 1, code)
  const literal = char === '\\' && p + 1 < pattern.length ? p + 1 : p
  return pattern.charCodeAt(literal) === code ? literal + 1 : -1
}

function matchClass(pattern: Bytes, start: number, code: number): number {
  let p = start
  const not = pattern[p] === '^'
  if (not) p++
  let hit = false
  for (; ; p++) {
    if (p >= pattern.length) {
      // An open class ends with the pattern; the last character was its last member.
      p = pattern.length - 1
      break
    }
    if (pattern[p] === '\\' && p + 1 < pattern.length) {
      p++
      if (pattern.charCodeAt(p) === code) hit = true
    } else if (pattern[p] === ']') break
    else if (p + 2 < pattern.length && pattern[p + 1] === '-') {
      const [low, high] = [pattern.charCodeAt(p), pattern.charCodeAt(p + 2)].sort((a, b) => a - b)
      if (code >= low! && code <= high!) hit = true
      p += 2
    } else if (pattern.charCodeAt(p) === code) hit = true
  }
  return hit !== not ? p + 1 : -1
}
