import type { Bytes } from '../../wire/bytes.ts'

/** Puts a long text into an array by Node's own means. */
export function latin1Into(text: Bytes, to: Uint8Array<ArrayBuffer>, at: number): void {
  Buffer.from(to.buffer, to.byteOffset + at, text.length).write(text, 'latin1')
}
