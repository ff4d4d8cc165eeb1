// Deflate without a head (RFC 1951), by the browser's own streams. Who unpacks is handed piece after piece and may stop at
// any, for a few bytes may hold gigabytes.

type Through = CompressionStream | DecompressionStream

/**
 * Bytes that go in at once, of as many as a link has, and of more. Chromium unpacks all that it is handed before it lets
 * anyone look at what comes out, and a byte may hold a thousand: handed 48 KB it would make 48 MB of them, whatever is
 * wanted. (What a file may hold is far more than what this lets through.)
 */
const gulpOf = (length: number) => (length <= 64 << 10 ? 512 : 16 << 10)

/** Hands on what comes out, until `take` wants no more. Throws where these bytes cannot go through. */
async function run(bytes: Uint8Array<ArrayBuffer>, through: Through, take: (piece: Uint8Array) => boolean) {
  const writer = through.writable.getWriter()
  const reader = through.readable.getReader()
  const gulp = gulpOf(bytes.length)
  let wanted = true
  const feed = async () => {
    for (let at = 0; at < bytes.length && wanted; at += gulp) {
      // Nothing more goes in until what came out has been read.
      await writer.ready
      await writer.write(bytes.subarray(at, at + gulp))
    }
    if (wanted) await writer.close()
  }
  // What goes wrong is told by the reading side; here it would only be told twice.
  feed().catch(() => undefined)
  while (wanted) {
    const { done, value } = (await reader.read()) as ReadableStreamReadResult<Uint8Array>
    if (done) return
    wanted = take(value)
  }
  void reader.cancel().catch(() => undefined)
}

/** Pieces as one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

export async function squeeze(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  await run(bytes, new CompressionStream('deflate-raw'), (piece) => pieces.push(piece) > 0)
  return joined(pieces)
}

/** Hands on what was squeezed, until `take` wants no more. False where these bytes are not what `squeeze` makes. */
export async function unsqueeze(
  bytes: Uint8Array<ArrayBuffer>,
  take: (piece: Uint8Array) => boolean,
): Promise<boolean> {
  try {
    await run(bytes, new DecompressionStream('deflate-raw'), take)
    return true
  } catch {
    return false
  }
}
