// Why a reply is an error, or nil where a value was hoped for: a fact that is kept with the row (plain JSON), and the one
// sentence made of it in the language that is on. `reasons.ts` finds the fact; it comes later than the page.
import type { Kind } from '../../session/protocol.ts'
import { text, utf8, type Bytes } from '../../wire/bytes.ts'
import { words } from '../../wire/line.ts'
import type { Messages } from '../i18n/index.ts'
import { startOf } from '../stores/cli.ts'
import { clipped, duration, value } from './changes.ts'

/** Refusals whose whole reason is what the error says, in more words. */
export type Plain =
  | 'noauth'
  | 'wrongpass'
  | 'oom'
  | 'noproto'
  | 'unblocked'
  | 'nested'
  | 'no-multi'
  | 'watch-in-multi'
  | 'not-in-multi'
  | 'subscribed'
  | 'databases'
  | 'expire-time'
  | 'lex-range'

export type Fact =
  | { readonly kind: 'unknown'; readonly word: string; readonly near: string | null; readonly of: string | null }
  | { readonly kind: 'arity'; readonly usage: string }
  | { readonly kind: 'no-place'; readonly word: string }
  | { readonly kind: 'twice'; readonly word: string }
  | { readonly kind: 'unfinished'; readonly rest: string }
  | { readonly kind: 'not-number'; readonly word: string; readonly whole: boolean }
  | {
      readonly kind: 'holds'
      readonly key: Bytes
      readonly field: Bytes | null
      readonly value: Bytes
      readonly whole: boolean
    }
  | { readonly kind: 'overflow'; readonly key: Bytes; readonly field: Bytes | null; readonly value: Bytes }
  | { readonly kind: 'index'; readonly key: Bytes; readonly size: number }
  | { readonly kind: 'no-key'; readonly key: Bytes; readonly near: string | null }
  | {
      readonly kind: 'gone'
      readonly key: Bytes
      /** Null: its time had come. */
      readonly command: string | null
      readonly by: string | null
      /** How long before, in ms. */
      readonly since: number
    }
  | { readonly kind: 'no-field'; readonly key: Bytes; readonly field: Bytes; readonly near: string | null }
  | { readonly kind: 'no-member'; readonly key: Bytes; readonly member: Bytes; readonly held: Kind }
  | { readonly kind: 'exists'; readonly key: Bytes }
  | { readonly kind: 'absent'; readonly key: Bytes }
  | { readonly kind: 'waited'; readonly keys: readonly Bytes[] }
  | { readonly kind: 'partly'; readonly failed: number; readonly of: number }
  | { readonly kind: Plain }

/** A fact, and the word of the line that it is about, by number. */
export type Reason = Fact & { readonly token?: number }

/** The sentence. `self` is the client whose row it is. */
export function reasonLine(t: Messages, reason: Reason, self: string): string {
  const { why } = t
  switch (reason.kind) {
    case 'unknown':
      return why.unknown(reason.word, reason.near, reason.of)
    case 'arity':
      return why.arity(reason.usage)
    case 'no-place':
      return why.noPlace(reason.word)
    case 'twice':
      return why.twice(reason.word)
    case 'unfinished':
      return why.unfinished(reason.rest)
    case 'not-number':
      return why.notNumber(reason.word, reason.whole)
    case 'holds':
      return why.holds(place(reason), value(reason.value), reason.whole)
    case 'overflow':
      return why.overflow(place(reason), value(reason.value))
    case 'index':
      return why.index(clipped(reason.key), reason.size)
    case 'no-key':
      return why.noKey(clipped(reason.key), reason.near)
    case 'gone':
      return gone(t, reason, self)
    case 'no-field':
      return why.noField(clipped(reason.key), clipped(reason.field), reason.near)
    case 'no-member':
      return why.noMember(clipped(reason.key), clipped(reason.member))
    case 'exists':
      return why.exists(clipped(reason.key))
    case 'absent':
      return why.absent(clipped(reason.key))
    case 'waited':
      return why.waited(reason.keys.map(clipped).join(', '))
    case 'partly':
      return why.partly(reason.failed, reason.of)
    default:
      return why.plain[reason.kind]
  }
}

const place = ({ key, field }: { readonly key: Bytes; readonly field: Bytes | null }) =>
  field === null ? clipped(key) : `${clipped(key)} ${clipped(field)}`

function gone(t: Messages, { key, command, by, since }: Extract<Reason, { kind: 'gone' }>, self: string): string {
  const ago = duration(t, since)
  if (command === null) return t.why.expired(clipped(key), ago)
  return t.why.removed(clipped(key), command, by === self ? null : by, ago)
}

/** A line in three parts, the middle one being its word of that number, as it was typed. Numbers count from the command. */
export function aroundToken(line: string, token: number): readonly [string, string, string] | null {
  const start = startOf(line)
  const bytes = utf8(line.slice(start))
  const word = words(bytes)?.[token]
  if (!word) return null
  const before = line.slice(0, start) + text(bytes.slice(0, word.start) as Bytes)
  const within = text(bytes.slice(word.start, word.end) as Bytes)
  return [before, within, line.slice(before.length + within.length)]
}
