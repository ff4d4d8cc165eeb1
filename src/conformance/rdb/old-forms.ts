// Payloads as servers before 7.0 made them, which ours and today's read but never write: ziplists, a zipmap, lists without
// nodes, scores as text. Put together by hand.
import { Out } from '../../rdb/out.ts'
import { payloadOf } from '../../rdb/testing.ts'
import { FORM } from '../../rdb/value.ts'
import { latin, type Bytes } from '../../wire/bytes.ts'

/** A payload of version 6: the form, then what `write` writes. */
const payload = (form: number, write: (out: Out) => void) => payloadOf(form, 6, write)

const small = (text: string) => /^\d+$/.test(text) && Number(text) <= 12

/** A ziplist of short strings, and integers up to 12. */
export function ziplist(items: readonly string[]): Uint8Array {
  const out = new Out(false)
  let before = 0
  let last = 10
  for (const item of items) {
    last = 10 + out.length
    const from = out.length
    out.u8(before)
    if (small(item)) out.u8(0xf1 + Number(item))
    else {
      out.u8(item.length)
      out.latin(latin(item))
    }
    before = out.length - from
  }
  const body = out.bytes()
  const whole = new Out(false)
  whole.i32le(11 + body.length)
  whole.i32le(last)
  whole.u16le(items.length)
  whole.raw(body)
  whole.u8(0xff)
  return whole.bytes()
}

function zipmap(pairs: readonly (readonly [string, string])[]): Uint8Array {
  const out = new Out(false)
  out.u8(pairs.length)
  for (const [field, value] of pairs) {
    out.u8(field.length)
    out.latin(latin(field))
    out.u8(value.length)
    out.u8(0)
    out.latin(latin(value))
  }
  out.u8(0xff)
  return out.bytes()
}

const strings = (out: Out, items: readonly string[]) => {
  for (const item of items) out.string(latin(item))
}

export const oldPayloads: readonly Bytes[] = [
  payload(FORM.list, (out) => {
    out.size(3)
    strings(out, ['a', '70000', 'long'.repeat(20)])
  }),
  payload(FORM.listZiplist, (out) => out.blob(ziplist(['one', '2', 'three', '12']))),
  payload(FORM.listQuicklist, (out) => {
    out.size(2)
    out.blob(ziplist(['one', '2']))
    out.blob(ziplist(['three']))
  }),
  payload(FORM.zset, (out) => {
    out.size(4)
    for (const [member, score] of ['a', 'b', 'c', 'd'].map((name, i) => [name, i] as const)) {
      out.string(latin(member))
      if (score < 2) out.u8([254, 255][score]!)
      else {
        out.u8(3)
        out.latin(latin(`1.${score}`))
      }
    }
  }),
  payload(FORM.zsetZiplist, (out) => out.blob(ziplist(['a', '1', 'b', '2.5', 'c', 'inf']))),
  payload(FORM.hashZiplist, (out) => out.blob(ziplist(['f', 'v', 'g', '7']))),
  payload(FORM.hashZipmap, (out) =>
    out.blob(
      zipmap([
        ['foo', 'bar'],
        ['hello', 'world'],
      ]),
    ),
  ),
  payload(FORM.set, (out) => {
    out.size(3)
    strings(out, ['x', '12', 'y'])
  }),
  payload(FORM.hash, (out) => {
    out.size(2)
    strings(out, ['f', 'v', 'g', 'w'])
  }),
]
