// The bounds of a range of a sorted set, by score and by name: how the server reads them, and what lies outside of them.
import { latin, type Bytes } from '../../wire/bytes.ts'
import { errors } from '../errors.ts'
import { parseDecimal } from '../values/numbers.ts'
import type { Bounds } from '../values/zset.ts'

/** A bound of scores. It ends at a zero byte, none at all is 0, and what is too large is infinite. */
function scoreBound(word: Bytes): { value: number; open: boolean } {
  const text = word.split('\0', 1)[0]!
  const open = text.startsWith('(')
  const digits = latin(open ? text.slice(1) : text)
  const value = digits === '' ? 0 : parseDecimal(digits)
  if (value === null) throw errors.minMaxNotFloat()
  return { value, open }
}

export function scoreBounds(lowest: Bytes, highest: Bytes): Bounds {
  const min = scoreBound(lowest)
  const max = scoreBound(highest)
  return {
    byName: false,
    below: (score) => (min.open ? score <= min.value : score < min.value),
    above: (score) => (max.open ? score >= max.value : score > max.value),
  }
}

/** A bound of names: `-` before all, `+` after all, `[name` with it, `(name` without it. */
function nameBound(word: Bytes): { name: Bytes; open: boolean; end: -1 | 0 | 1 } {
  const first = word[0]
  if ((first === '-' || first === '+') && (word.length === 1 || word[1] === '\0'))
    return { name: word, open: true, end: first === '-' ? -1 : 1 }
  if (first !== '[' && first !== '(') throw errors.minMaxNotLex()
  return { name: word.slice(1) as Bytes, open: first === '(', end: 0 }
}

export function nameBounds(lowest: Bytes, highest: Bytes): Bounds {
  const min = nameBound(lowest)
  const max = nameBound(highest)
  return {
    byName: true,
    below: (_, member) => (min.end === 0 ? (min.open ? member <= min.name : member < min.name) : min.end > 0),
    above: (_, member) => (max.end === 0 ? (max.open ? member >= max.name : member > max.name) : max.end < 0),
  }
}
