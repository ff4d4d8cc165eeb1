import { describe, expect, it } from 'vitest'
import { latin, utf8, type Bytes } from '../wire/bytes.ts'
import { crc64 } from './crc64.ts'
import { readRdb, refusedBy, writeRdb, type RdbKey } from './file.ts'
import { In } from './in.ts'
import { readIntset, readListpack, readZiplist, readZipmap, writeIntset, writeListpack } from './listpack.ts'
import { lzfPack, lzfUnpack } from './lzf.ts'
import { readPayload, writePayload } from './payload.ts'
import { formOf, type RdbValue } from './value.ts'

const b = (...texts: string[]) => texts.map((each) => utf8(each))
const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (byte) => parseInt(byte, 16))
const many = Array.from({ length: 40 }, (_, i) => latin(`member:${i}`))

const values: Readonly<Record<string, RdbValue>> = {
  string: { type: 'string', value: utf8('안녕') },
  integer: { type: 'string', value: latin('-70000') },
  long: { type: 'string', value: latin('abc'.repeat(50)) },
  list: {
    type: 'list',
    nodes: [
      { items: b('a', '1', ''), plain: false },
      { items: [latin('x'.repeat(900))], plain: true },
    ],
  },
  intset: { type: 'set', packed: 'intset', members: b('-3', '1', '9007199254740993') },
  set: { type: 'set', packed: 'listpack', members: b('ann', '7') },
  table: { type: 'set', packed: null, members: many },
  zset: {
    type: 'zset',
    packed: true,
    members: [
      [latin('c'), -Infinity],
      [latin('a'), 1.5],
      [latin('b'), 3e200],
    ],
  },
  skiplist: { type: 'zset', packed: false, members: many.map((member, i) => [member, i / 7]) },
  hash: { type: 'hash', packed: true, fields: [[latin('f'), latin('v'), null]] },
  timed: {
    type: 'hash',
    packed: 'listpackex',
    fields: [
      [latin('f'), latin('v'), 4e12],
      [latin('g'), latin('w'), null],
    ],
  },
  dict: { type: 'hash', packed: false, fields: many.map((field, i) => [field, field, i % 2 ? 4e12 + i : null]) },
}
const keys: readonly RdbKey[] = Object.entries(values).map(([key, value], i) => ({
  db: i < 8 ? 0 : 3,
  key: latin(key),
  value,
  expireAt: i % 3 === 0 ? 5e12 + i : null,
  ...(i % 4 === 0 ? { idle: 70 } : i % 4 === 1 ? { frequency: 200 } : {}),
}))
const facts = [['redis-ver', '8.0.2']] as const

describe('a file', () => {
  it('brings back what was written', () => {
    const read = readRdb(writeRdb(keys, { facts }))
    expect(read.damage).toBeNull()
    expect(read.version).toBe(12)
    expect(read.facts.get('redis-ver')).toBe('8.0.2')
    expect(read.keys).toEqual(keys)
    expect(readRdb(writeRdb(keys, { facts, compress: false, checksum: false })).keys).toEqual(keys)
  })

  it('for an older server has older forms, or none', () => {
    expect(refusedBy(11, keys).map(({ key }) => key.key)).toEqual(['timed', 'dict'])
    expect(() => writeRdb(keys, { facts, version: 11 })).toThrow('fields with a time to live')
    const old = keys.filter(({ key }) => key !== 'timed' && key !== 'dict')
    const read = readRdb(writeRdb(old, { facts, version: 10 }))
    expect(read).toMatchObject({ version: 10, damage: null })
    expect(read.keys.find(({ key }) => key === 'set')!.value).toEqual({ ...values['set'], packed: null })
    expect(formOf(values['set']!, 11)).toBe(20)
  })

  it('that was cut anywhere gives the keys before the cut, and says what is wrong', () => {
    const whole = writeRdb(keys, { facts })
    let before = 0
    for (let length = 0; length < whole.length; length++) {
      const read = readRdb(whole.subarray(0, length))
      expect(read.damage?.kind).toBe(length < 9 ? 'not-rdb' : 'cut')
      expect(read.keys.length).toBeGreaterThanOrEqual(before)
      expect(read.keys).toEqual(keys.slice(0, read.keys.length))
      before = read.keys.length
    }
    expect(before).toBe(keys.length)
  })

  it('with a byte that was changed anywhere is told as damaged, and never throws', () => {
    const whole = writeRdb(keys, { facts, compress: true })
    for (let at = 0; at < whole.length; at++) {
      const changed = whole.slice()
      changed[at]! ^= 1 << (at % 8)
      expect(readRdb(changed).damage, `byte ${at}`).not.toBeNull()
    }
  })

  it('of something else, or of a newer server, is told as such', () => {
    expect(readRdb(new Uint8Array(0)).damage).toMatchObject({ offset: 0, key: null, kind: 'not-rdb' })
    expect(readRdb(new TextEncoder().encode('PK\u0003\u0004 and more')).damage!.reason).toContain('no RDB file')
    expect(readRdb(new TextEncoder().encode('REDIS0099 and more')).damage).toMatchObject({
      kind: 'newer',
      reason: expect.stringContaining('version 99') as string,
    })
  })

  it('with a stream and a function of the real server is read but for these', () => {
    const read = readRdb(Uint8Array.from(Buffer.from(withStream, 'base64')))
    expect(read.damage).toBeNull()
    expect(Object.fromEntries(read.unread)).toEqual({ stream: 1, function: 1 })
    expect(read.keys.map(({ key }) => key)).toEqual(['after'])
  })
})

describe('a payload', () => {
  it.each(Object.entries(values))('goes there and back: %s', (_, value) => {
    expect(readPayload(writePayload(value))).toEqual(value)
    expect(readPayload(writePayload(value, false))).toEqual(value)
  })

  it('that is not whole is broken; that holds nonsense is bad', () => {
    const payload = writePayload(values['hash']!)
    for (let i = 0; i < payload.length; i++) {
      expect(readPayload(payload.slice(0, i) as Bytes)).toBe('broken')
      const changed = payload.slice(0, i) + String.fromCharCode(payload.charCodeAt(i) ^ 1) + payload.slice(i + 1)
      expect(readPayload(changed as Bytes)).toBe('broken')
    }
    const nonsense = Uint8Array.from([99, 1, 2, 3, 12, 0])
    const sum = crc64(nonsense)
    expect(readPayload(latin(String.fromCharCode(...nonsense, ...sum)))).toBe('bad')
  })
})

describe('packed forms', () => {
  it('listpacks hold every size of integer and string', () => {
    const items = [
      ...b(
        '',
        'a',
        'x'.repeat(63),
        'x'.repeat(64),
        'x'.repeat(4095),
        'x'.repeat(4096),
        'x'.repeat(20_000),
        '007',
        '-0',
        '+1',
      ),
      ...[
        0, 127, 128, -1, 4095, -4096, 4096, 32767, -32768, 32768, 8388607, -8388608, 8388608, 2147483647, -2147483648,
        2147483648,
      ].map((n) => latin(String(n))),
      ...b('9223372036854775807', '-9223372036854775808', '9223372036854775808'),
    ]
    expect(readListpack(new In(writeListpack(items)))).toEqual(items)
  })

  it('intsets are as wide as their widest', () => {
    for (const [members, width] of [
      [b('-32768', '32767'), 2],
      [b('1', '32768'), 4],
      [b('1', '2147483648'), 8],
    ] as const) {
      expect(writeIntset(members)[0]).toBe(width)
      expect(readIntset(new In(writeIntset(members)))).toEqual(members)
    }
  })

  it('ziplists and zipmaps of old servers are read', () => {
    // From the documentation of the format in ziplist.c: "2" and "5", then "Hello World".
    expect(readZiplist(new In(hex('0f0000000c000000020000f302f6ff')))).toEqual(['2', '5'])
    expect(readZiplist(new In(hex('1c0000000e000000030000f302f6020b48656c6c6f20576f726c64ff')))).toEqual([
      '2',
      '5',
      'Hello World',
    ])
    // From zipmap.c: "foo" => "bar", "hello" => "world".
    expect(readZipmap(new In(hex('0203666f6f03006261720568656c6c6f0500776f726c64ff')))).toEqual(
      b('foo', 'bar', 'hello', 'world'),
    )
  })

  it('LZF goes there and back, overlapping copies too, and does not unpack lies', () => {
    const texts = [
      'a'.repeat(1000),
      'abcabcabcabcabcabcabcabcabcd',
      'no two alike: 0123456789',
      `${'x'.repeat(300)}${'y'.repeat(9000)}${'x'.repeat(300)}`,
    ]
    for (const each of texts) {
      const bytes = new TextEncoder().encode(each)
      const packed = lzfPack(bytes)
      expect(packed ? lzfUnpack(packed, bytes.length) : bytes).toEqual(bytes)
    }
    expect(lzfUnpack(hex('2000'), 3)).toBeNull()
    expect(lzfUnpack(hex('0041'), 2)).toBeNull()
    expect(lzfUnpack(hex('1f41'), 32)).toBeNull()
  })

  it('the checksum is that of Redis', () => {
    expect(Buffer.from(crc64(new TextEncoder().encode('123456789'))).readBigUInt64LE()).toBe(0xe9c6d914c4b8d9can)
  })
})

// What redis-server 8.0.2 saved: a function, a stream with a group, and a string behind it.
const withStream =
  'UkVESVMwMDEy+glyZWRpcy12ZXIFOC4wLjL6CnJlZGlzLWJpdHPAQPoFY3RpbWXCmFMDa/oIdXNlZC1tZW3CmA9RAPoIYW9mLWJhc2XAAPVAQiMhbHVhIG5hbWU9bApyZWRpcy5yZWdpc3Rlcl9mdW5jdGlvbignZicsIGZ1bmN0aW9uKCkgcmV0dXJuIDEgZW5kKf4A+wIAFQJzdAEQAAAAAAAAAAEAAAAAAAAAASgoAAAADwACAQABAQGBYQIAAQIBAAEAAYFiAgQBAgEBAQABgWMCBAH/AgIBAQEAAAIBAWcBAQEBAAAAAAAAAAEAAAAAAAAAAe2K/gSiAQAAAQECbWXtiv4EogEAAO2K/gSiAQAAAQAAAAAAAAABAAAAAAAAAAEABWFmdGVyAm9r/zR1OoYms+xO'
