// For tests.
import { fromArray, type Bytes } from '../wire/bytes.ts'
import { crc64 } from './crc64.ts'
import { Out } from './out.ts'

/** A payload put together by hand: the form, what `write` writes, the version and the checksum. */
export function payloadOf(form: number, version: number, write: (out: Out) => void): Bytes {
  const out = new Out(false)
  out.u8(form)
  write(out)
  out.u16le(version)
  out.raw(crc64(out.bytes()))
  return fromArray(out.bytes())
}
