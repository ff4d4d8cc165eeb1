import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { fromArray, latin } from '../wire/bytes.ts'
import { hex, sha1, sha1OfArray } from './sha1.ts'

test('equals Node’s SHA-1 at every length around a block', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 255)
    const wanted = createHash('sha1').update(bytes).digest('hex')
    expect(hex(sha1OfArray(bytes))).toBe(wanted)
    expect(hex(sha1(fromArray(bytes)))).toBe(wanted)
  }
})

test('takes a long message', () => {
  expect(hex(sha1(latin('a'.repeat(1_000_000))))).toBe('34aa973cd4c4daa4f61eeb2bdbad27316534016f')
})
