// Bytes that lie about how much there is. Whoever believed them would ask for memory that no page has, or go round for hours.
import { expect, test } from 'vitest'
import { latin } from '../wire/bytes.ts'
import { crc64 } from './crc64.ts'
import { readRdb, writeRdb, type RdbKey } from './file.ts'
import { Out } from './out.ts'
import { readPayload } from './payload.ts'
import { payloadOf } from './testing.ts'
import { FORM } from './value.ts'

const MB = 1024 * 1024

/** A payload: the form, then what `write` writes. */
const payload = (form: number, write: (out: Out) => void) => payloadOf(form, 12, write)

/** A file of what `write` writes, with a whole key before it. */
function file(write: (out: Out) => void): Uint8Array {
  const before: RdbKey = { db: 0, key: latin('before'), value: { type: 'string', value: latin('1') }, expireAt: null }
  const out = new Out(false)
  out.raw(writeRdb([before], { facts: [] }).subarray(0, -9))
  write(out)
  out.u8(0xff)
  out.raw(crc64(out.bytes()))
  return out.bytes()
}

/** A string that LZF would make of next to nothing: one byte, then copies of it, three bytes for each 264. */
function packedRun(out: Out, byte: number, length: number): void {
  const copies = Math.ceil((length - 1) / 264)
  const packed = new Uint8Array(2 + copies * 3)
  packed.set([0, byte])
  for (let i = 0, left = length - 1; i < copies; i++, left -= 264)
    packed.set([0xe0, Math.max(0, Math.min(left, 264) - 9), 0], 2 + i * 3)
  out.u8(0xc3)
  out.size(packed.length)
  out.size(length)
  out.raw(packed)
}

const huge = [2 ** 32 - 1, 2n ** 53n, 2n ** 61n, 2n ** 64n - 1n]
const counted = [FORM.list, FORM.set, FORM.zset, FORM.hash, FORM.zset2, FORM.listQuicklist, FORM.listQuicklist2]

test.each(counted)('a value of form %i with more elements than there are bytes is none', (form) => {
  for (const count of huge) expect(readPayload(payload(form, (out) => out.size(count)))).toBe('bad')
})

test('where a file has no room for so many, it ends, and nothing was begun', () => {
  for (const form of counted)
    for (const count of [200, 2 ** 32 - 1]) {
      const bytes = file((out) => {
        out.u8(form)
        out.string(latin('k'))
        out.size(count)
      })
      const { damage, keys } = readRdb(bytes)
      expect(keys).toHaveLength(1)
      expect(damage).toMatchObject({
        kind: 'cut',
        key: 'k',
        reason: 'more elements are announced than there is room for',
      })
    }
})

test('a string that is longer than all there is, is none', () => {
  for (const length of huge) expect(readPayload(payload(FORM.string, (out) => out.size(length)))).toBe('bad')
})

test('a packed string is as long as its bytes can make it, and never longer than a value may be', () => {
  const claim = (packed: number, length: number | bigint) =>
    payload(FORM.string, (out) => {
      out.u8(0xc3)
      out.size(packed)
      out.size(length)
      out.raw(new Uint8Array(packed))
    })
  for (const length of [89, 64 * MB, ...huge]) expect(readPayload(claim(1, length))).toBe('bad')
  const run = (length: number) => readPayload(payload(FORM.string, (out) => packedRun(out, 97, length)))
  expect(run(10_000)).toEqual({ type: 'string', value: 'a'.repeat(10_000) })
  expect(run(64 * MB + 1)).toBe('bad')
})

test('many packed strings are taken until all is as much as a page can hold', () => {
  const bytes = file((out) => {
    for (let i = 0; i < 9; i++) {
      out.u8(FORM.string)
      out.string(latin(`k${i}`))
      packedRun(out, 97, 1 * MB)
    }
  })
  expect(readRdb(bytes).keys).toHaveLength(10)
  const read = readRdb(bytes, { unpacked: 5 * MB })
  expect(read.keys).toHaveLength(6)
  expect(read.damage).toMatchObject({ kind: 'limits', key: 'k5' })
})

test('a file has no more keys, elements or bytes in a string than are asked for', () => {
  const bytes = file((out) => {
    for (let i = 0; i < 9; i++) {
      out.u8(FORM.set)
      out.string(latin(`k${i}`))
      out.size(3)
      for (const member of ['a', 'b', 'longer than the others']) out.string(latin(member))
    }
  })
  expect(readRdb(bytes, { keys: 4 })).toMatchObject({ damage: { kind: 'limits', key: 'k3' } })
  expect(readRdb(bytes, { keys: 4 }).keys).toHaveLength(4)
  expect(readRdb(bytes, { elements: 8 })).toMatchObject({ damage: { kind: 'limits', key: 'k2' } })
  expect(readRdb(bytes, { longest: 20 })).toMatchObject({ damage: { kind: 'limits', key: 'k0' } })
})

test('a listpack of next to nothing, unpacked, ends at the bound on elements', () => {
  // Entries of the integer 1 with their way back, [1, 1, 1, …]: every two bytes an element.
  const bytes = file((out) => {
    out.u8(FORM.setListpack)
    out.string(latin('bomb'))
    const listpack = new Uint8Array(7 + 100_000).fill(1)
    const view = new DataView(listpack.buffer)
    view.setUint32(0, listpack.length, true)
    view.setUint16(4, 0xffff, true)
    listpack[listpack.length - 1] = 0xff
    out.blob(listpack)
  })
  expect(readRdb(bytes)).toMatchObject({ damage: { kind: 'contents', key: 'bomb' } })
  expect(readRdb(bytes, { elements: 1000 })).toMatchObject({ damage: { kind: 'limits', key: 'bomb' } })
})

test('streams and modules of which the counts lie end with the file', () => {
  for (const count of [2 ** 32 - 1, 2n ** 53n - 1n])
    for (const form of [15, 19, 21, 7]) {
      const bytes = file((out) => {
        out.u8(form)
        out.string(latin('s'))
        for (let i = 0; i < 20; i++) out.size(i === 0 && form !== 7 ? count : 1)
      })
      const { keys, damage } = readRdb(bytes)
      expect(keys).toHaveLength(1)
      expect(damage).toMatchObject({ key: 's' })
      expect(damage!.offset).toBeLessThanOrEqual(bytes.length)
    }
})

test('what is wrong inside something packed is told where that begins in the file', () => {
  const bytes = file((out) => {
    out.u8(FORM.hashListpack)
    out.string(latin('h'))
    out.blob(new Uint8Array(40))
  })
  const { damage, keys } = readRdb(bytes)
  expect(keys.map(({ key }) => key)).toEqual(['before'])
  // Behind the head, the first key and this one's own form and name stands the length of what is packed.
  expect(damage).toMatchObject({ kind: 'contents', key: 'h' })
  expect(bytes[damage!.offset]).toBe(40)
})

test('a value of a form that nobody knows ends the reading', () => {
  const bytes = file((out) => {
    out.u8(99)
    out.string(latin('new'))
    out.u8(1)
  })
  expect(readRdb(bytes)).toMatchObject({ damage: { kind: 'form', key: 'new' } })
  expect(readRdb(bytes).keys).toHaveLength(1)
})
