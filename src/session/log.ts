// The log: every input in order, with its instant. With the image that it starts from, it IS the session. Here it becomes
// bytes, for the store and for files; log-reading.ts reads them. Logs may be laid end to end: each begins with a mark, and tells its
// times from there.
import { toArray, utf8, type Bytes } from '../wire/bytes.ts'
import type { Input, LoggedInput } from './protocol.ts'

/** The number of each kind is its place; logs are stored, so that a new kind goes to the end. `begin` begins a log: times are
 *  told from zero again. `join` is a send that joins the one before it, `close` a disconnect that is an act, `fill` and `free`
 *  are what becomes of the disk. */
export const codes = [
  ...(['connect', 'disconnect', 'send', 'cancel', 'tick', 'reset', 'begin', 'join', 'close'] as const),
  ...(['crash', 'restart', 'fill', 'free'] as const),
] as const
export const BEGIN = codes.indexOf('begin')

function codeOf(input: Input): number {
  if (input.do === 'send' && input.joins) return codes.indexOf('join')
  if (input.do === 'disconnect' && input.act) return codes.indexOf('close')
  if (input.do === 'disk') return codes.indexOf(input.full ? 'fill' : 'free')
  return codes.indexOf(input.do)
}

/** Inputs as bytes. */
export function encodeLog(inputs: readonly LoggedInput[]): Uint8Array<ArrayBuffer> {
  const parts: string[] = []
  const uint = (value: number) => {
    let rest = value
    let out = ''
    for (; rest >= 0x80; rest = Math.floor(rest / 128)) out += String.fromCharCode((rest % 128) | 0x80)
    parts.push(out + String.fromCharCode(rest))
  }
  const bytes = (value: Bytes) => {
    uint(value.length)
    parts.push(value)
  }
  let at = 0
  if (inputs.length > 0) uint(BEGIN)
  for (const { seq, input } of inputs) {
    uint(codeOf(input))
    uint(seq)
    // Times are told as steps forward; the engine's time never goes back.
    uint(Math.max(0, input.at - at))
    at = Math.max(at, input.at)
    if (!('client' in input)) continue
    uint(input.client)
    if (input.do === 'connect') {
      bytes(utf8(input.name))
      uint(input.db)
    } else if (input.do === 'send') {
      uint(input.argv.length)
      for (const word of input.argv) bytes(word)
    }
  }
  return toArray(parts.join('') as Bytes)
}
