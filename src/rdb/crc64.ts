// CRC-64 as Redis has it (Jones' polynomial, reflected, from 0): at the end of every RDB file and DUMP payload. Two halves
// of 32 bits, for a number of JavaScript holds no 64.
const HIGH = 0x95ac9329
const LOW = 0xac4bc9b5

const highs = new Int32Array(256)
const lows = new Int32Array(256)
for (let byte = 0; byte < 256; byte++) {
  let high = 0
  let low = byte
  for (let bit = 0; bit < 8; bit++) {
    const odd = low & 1
    low = (low >>> 1) | (high << 31)
    high >>>= 1
    if (odd) {
      low ^= LOW
      high ^= HIGH
    }
  }
  highs[byte] = high
  lows[byte] = low
}

/** The checksum of `bytes` from `from` to before `to`, as 8 bytes, the lowest first. */
export function crc64(bytes: Uint8Array, from = 0, to = bytes.length): Uint8Array<ArrayBuffer> {
  let high = 0
  let low = 0
  for (let i = from; i < to; i++) {
    const index = (low ^ bytes[i]!) & 0xff
    low = ((low >>> 8) | (high << 24)) ^ lows[index]!
    high = (high >>> 8) ^ highs[index]!
  }
  const sum = new Uint8Array(8)
  const view = new DataView(sum.buffer)
  view.setInt32(0, low, true)
  view.setInt32(4, high, true)
  return sum
}
