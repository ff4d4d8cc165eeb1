// Deflate without a head (RFC 1951), by the browser's own streams. Unpacking stops at a cap, for a few bytes may hold
// gigabytes.

async function run(bytes: Uint8Array<ArrayBuffer>, through: CompressionStream | DecompressionStream, most: number) {
  const writer = through.writable.getWriter()
  // What goes wrong is told by the reading side; here it would only be told twice.
  writer.write(bytes).catch(() => undefined)
  writer.close().catch(() => undefined)
  const reader = through.readable.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = (await reader.read()) as ReadableStreamReadResult<Uint8Array>
    if (done) break
    length += value.length
    if (length > most) {
      void reader.cancel().catch(() => undefined)
      return 'too-large' as const
    }
    chunks.push(value)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

export async function squeeze(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const squeezed = await run(bytes, new CompressionStream('deflate-raw'), Infinity)
  if (squeezed === 'too-large') throw new Error('no bytes are too many here')
  return squeezed
}

/** The bytes that were squeezed, at most so many; null where these are not what `squeeze` makes. */
export async function unsqueeze(
  bytes: Uint8Array<ArrayBuffer>,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | 'too-large' | null> {
  try {
    return await run(bytes, new DecompressionStream('deflate-raw'), most)
  } catch {
    return null
  }
}
