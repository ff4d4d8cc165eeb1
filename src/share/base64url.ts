// base64url (RFC 4648, section 5) without padding: what may stand in a fragment as it is.
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const values = new Int8Array(128).fill(-1)
for (let i = 0; i < 64; i++) values[alphabet.charCodeAt(i)] = i

export function toBase64url(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const word = (bytes[i]! << 16) | ((left > 1 ? bytes[i + 1]! : 0) << 8) | (left > 2 ? bytes[i + 2]! : 0)
    let four = ''
    for (let j = 0; j <= Math.min(left, 3); j++) four += alphabet[(word >>> (18 - 6 * j)) & 63]
    parts.push(four)
  }
  return parts.join('')
}

/** The bytes, or null where the text is none: a character of another alphabet, or a length or rest that nothing is written with. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  const rest = text.length % 4
  if (rest === 1) return null
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let at = 0
  for (let i = 0; i < text.length; i += 4) {
    let word = 0
    for (let j = 0; j < 4; j++) {
      const value = i + j < text.length ? (values[text.charCodeAt(i + j)] ?? -1) : 0
      if (value < 0) return null
      word = (word << 6) | value
    }
    for (let j = 2; j >= 0; j--) {
      const byte = (word >>> (8 * j)) & 0xff
      if (at < bytes.length) bytes[at++] = byte
      else if (byte !== 0) return null
    }
  }
  return bytes
}
