// Redis' own glob matcher, written as a bounded machine: `*` remembers one place to come back to, so that a pattern never
// takes more than pattern x string steps, whatever it is. No RegExp is ever made from a user's text.
import type { Bytes } from '../wire/bytes.ts'

/** Groups of `*` that the server follows before it gives up. */
const MOST_STARS = 1000

/**
 * Whether `string` matches `pattern` as the server's stringmatchlen has it: `?`, `*`, `[abc]`, `[^a]`, `[a-z]`, `\x`. Two
 * of its oddities are kept: an empty string matches nothing but an empty pattern, and bytes from 0x80 on stand before the
 * others in a range (C's char has a sign). `*` alone is everything, as KEYS and SCAN take it.
 */
export function globMatches(pattern: Bytes, string: Bytes): boolean {
  if (pattern === '*') return true
  if (string === '') return pattern === ''
  let p = 0
  let s = 0
  let starAt = -1
  let starTo = 0
  let stars = 0
  while (s < string.length) {
    if (pattern[p] === '*') {
      while (pattern[p + 1] === '*') p++
      if (p + 1 === pattern.length) return true
      if (++stars > MOST_STARS) return false
      starAt = p++
      starTo = s
      continue
    }
    const next = p < pattern.length ? matchOne(pattern, p, string.charCodeAt(s)) : -1
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
  const not = pattern[start] === '^'
  let p = not ? start + 1 : start
  let hit = false
  // An open class ends with the pattern.
  for (; p < pattern.length && pattern[p] !== ']'; p++) {
    if (pattern[p] === '\\' && p + 1 < pattern.length) p++
    else if (p + 2 < pattern.length && pattern[p + 1] === '-') {
      hit ||= within(pattern.charCodeAt(p), pattern.charCodeAt(p + 2), code)
      p += 2
      continue
    }
    hit ||= pattern.charCodeAt(p) === code
  }
  return hit !== not ? Math.min(p + 1, pattern.length) : -1
}

const signed = (code: number) => (code < 0x80 ? code : code - 0x100)

/** A range may be written either way round. */
function within(a: number, b: number, code: number): boolean {
  const [one, other, value] = [signed(a), signed(b), signed(code)]
  return one <= other ? value >= one && value <= other : value >= other && value <= one
}
