import { deflateRawSync } from 'node:zlib'
import { afterEach, expect, it, vi } from 'vitest'
import { joined, squeeze, unsqueeze } from './squeeze.ts'

afterEach(() => vi.unstubAllGlobals())

/** Counts what goes into the stream that unpacks. */
function counted() {
  const went = { most: 0 }
  const Real = DecompressionStream
  vi.stubGlobal(
    'DecompressionStream',
    class {
      readonly readable: ReadableStream
      readonly writable: WritableStream
      constructor(format: CompressionFormat) {
        const real = new Real(format)
        const gate = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
          transform(piece, to) {
            went.most = Math.max(went.most, piece.length)
            to.enqueue(piece)
          },
        })
        gate.readable.pipeTo(real.writable).catch(() => undefined)
        this.readable = real.readable
        this.writable = gate.writable
      }
    },
  )
  return went
}

it('brings back what was squeezed, of any size', async () => {
  for (const length of [0, 1, 511, 513, 70_000, 3_000_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * i) >> 3)
    const pieces: Uint8Array[] = []
    expect(await unsqueeze(await squeeze(bytes), (piece) => pieces.push(piece) > 0)).toBe(true)
    expect(Buffer.compare(joined(pieces), bytes)).toBe(0)
  }
})

it('says where bytes are not squeezed, or not all', async () => {
  const whole = await squeeze(new Uint8Array(5000))
  const all = () => true
  expect(await unsqueeze(whole.slice(0, -1), all)).toBe(false)
  expect(await unsqueeze(new Uint8Array([1, 2, 3]), all)).toBe(false)
  expect(await unsqueeze(new Uint8Array(0), all)).toBe(false)
})

// A browser unpacks at once whatever it is handed: only what it is not handed it does not unpack (e2e/share.spec.ts).
it('hands a stream little at a time, and stops when nothing more is wanted', async () => {
  const went = counted()
  const bomb = new Uint8Array(deflateRawSync(new Uint8Array(48 << 20), { level: 9 }))
  expect(bomb.length).toBeGreaterThan(40_000)
  let came = 0
  await unsqueeze(bomb, (piece) => (came += piece.length) <= 1 << 20)
  expect(went.most).toBeLessThanOrEqual(512)
  expect(came).toBeLessThan(2 << 20)
})
