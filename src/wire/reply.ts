// A reply is plain data in the shape of RESP3, safe for postMessage. RESP2 is an encoding of it (resp.ts), what
// redis-cli prints is a drawing of it (show.ts).
import { latin, type Bytes } from './bytes.ts'

export type Reply =
  | number
  | bigint
  | boolean
  | Bytes
  | null
  | readonly Reply[]
  | { readonly kind: 'status'; readonly text: Bytes }
  | { readonly kind: 'error'; readonly code: string; readonly text: Bytes }
  /** *-1 in RESP2: EXEC that lost its race, BLPOP that timed out. */
  | { readonly kind: 'nil-array' }
  | { readonly kind: 'double'; readonly value: number }
  | { readonly kind: 'big'; readonly digits: string }
  | { readonly kind: 'map'; readonly pairs: readonly (readonly [Reply, Reply])[] }
  | { readonly kind: 'set'; readonly items: readonly Reply[] }
  | { readonly kind: 'push'; readonly items: readonly Reply[] }
  | { readonly kind: 'verbatim'; readonly format: 'txt' | 'mkd'; readonly text: Bytes }
  | { readonly kind: 'attribute'; readonly pairs: readonly (readonly [Reply, Reply])[]; readonly reply: Reply }

/** A reply of one of the tagged kinds. */
export type Tagged = Extract<Reply, { kind: string }>

/** `+text` on the wire. */
export const status = (text: string): Reply => ({ kind: 'status', text: latin(text) })

/** `-CODE text` on the wire; `text` holds the whole line, its code included. */
export const failure = (text: string): Reply => ({
  kind: 'error',
  code: text.split(' ', 1)[0]!,
  text: latin(text),
})

export const OK: Reply = status('OK')
export const QUEUED: Reply = status('QUEUED')
export const NIL_ARRAY: Reply = { kind: 'nil-array' }

/** Pairs; a flat array in RESP2. */
export const map = (pairs: readonly (readonly [Reply, Reply])[]): Reply => ({ kind: 'map', pairs })

/** Members in no order; an array in RESP2. */
export const setOf = (items: readonly Reply[]): Reply => ({ kind: 'set', items })

/** A floating-point number; a bulk string in RESP2. */
export const double = (value: number): Reply => ({ kind: 'double', value })

/** True for a reply that carries a `kind`. */
export const isTagged = (reply: Reply): reply is Tagged =>
  typeof reply === 'object' && reply !== null && !Array.isArray(reply)

/** True for an error reply. */
export const isError = (reply: Reply): reply is Extract<Reply, { kind: 'error' }> =>
  isTagged(reply) && reply.kind === 'error'
