// A value by itself, as DUMP gives it and RESTORE takes it: the byte of its form, the value, the version of the format, and
// a checksum over all of it.
import { fromArray, toArray, type Bytes } from '../wire/bytes.ts'
import { crc64 } from './crc64.ts'
import { In, RdbError } from './in.ts'
import { Out } from './out.ts'
import { readValue } from './reading.ts'
import { formOf, RDB_VERSION, writeValue, type RdbValue } from './value.ts'

const FOOT = 10

/** The payload of a value. */
export function writePayload(value: RdbValue, compress = true): Bytes {
  const out = new Out(compress)
  out.u8(formOf(value))
  writeValue(out, value)
  out.u16le(RDB_VERSION)
  out.raw(crc64(out.bytes()))
  return fromArray(out.bytes())
}

/** The value of a payload; 'broken' where version or checksum are wrong, 'bad' where what is in between is no value. */
export function readPayload(payload: Bytes): RdbValue | 'broken' | 'bad' {
  const bytes = toArray(payload)
  if (bytes.length < FOOT) return 'broken'
  const end = bytes.length - FOOT
  const version = bytes[end]! | (bytes[end + 1]! << 8)
  const sum = bytes.subarray(end + 2)
  if (version > RDB_VERSION) return 'broken'
  if (crc64(bytes, 0, end + 2).some((byte, i) => byte !== sum[i])) return 'broken'
  try {
    // Where the value ends the server does not ask: behind the checksum at the latest.
    const from = new In(bytes)
    return readValue(from, from.u8()) ?? 'bad'
  } catch (error) {
    if (error instanceof RdbError) return 'bad'
    throw error
  }
}
