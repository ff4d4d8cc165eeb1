// Why a value changed the form in which the server keeps it.
import type { ValuePage } from '../../session/protocol.ts'

export type EncodingWhy =
  | { readonly why: 'entries' | 'bytes' | 'integers'; readonly most: number }
  | { readonly why: 'no-integer' | 'not-only-integers' | 'in-place' | 'node' | 'small' | 'field-times' }

/** Why the encoding became what it is, or null where it did not change, or nothing simple can be said. */
export function encodingWhy(page: ValuePage): EncodingWhy | null {
  const { before, summary, limit } = page
  if (!before || before.kind !== summary.kind || before.encoding === summary.encoding) return null
  const to = summary.encoding
  if (before.encoding === 'intset') {
    if (limit?.integers !== undefined && summary.size > limit.integers) return { why: 'integers', most: limit.integers }
    return { why: 'not-only-integers' }
  }
  if (to === 'listpackex') return { why: 'field-times' }
  if (summary.kind === 'string') {
    if (to === 'int') return null
    if (before.encoding === 'int') return { why: 'no-integer' }
    return to === 'raw' ? { why: 'in-place' } : null
  }
  if (summary.kind === 'list') return { why: to === 'quicklist' ? 'node' : 'small' }
  if (limit && (to === 'hashtable' || to === 'skiplist'))
    return summary.size > limit.entries ? { why: 'entries', most: limit.entries } : { why: 'bytes', most: limit.bytes }
  return null
}
