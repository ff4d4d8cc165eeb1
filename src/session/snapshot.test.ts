import { expect, test } from 'vitest'
import '../engine/whole.ts'
import { readRdb, writeRdb, type RdbKey } from '../rdb/file.ts'
import { MemoryStore } from '../storage/memory.ts'
import { fromArray, latin, utf8 } from '../wire/bytes.ts'
import { show } from '../wire/show.ts'
import { split } from '../wire/line.ts'
import type { DiskFile, Imported } from './protocol.ts'
import { bring } from './sharing.ts'
import { idle, LastingStore, ManualTime, testSession } from './testing.ts'

const time = new ManualTime()
const START = time.now
const facts = [
  ['redis-ver', '7.2.6'],
  ['ctime', String(START / 1000 - 60)],
] as const

const key = (name: string, more: Partial<RdbKey> = {}): RdbKey => ({
  db: 0,
  key: utf8(name),
  value: { type: 'string', value: latin('v') },
  expireAt: null,
  ...more,
})
const several = [
  key('a'),
  key('한', { expireAt: START + 60_000 }),
  key('late', { expireAt: START - 1 }),
  key('list', { db: 3, value: { type: 'list', nodes: [{ items: [latin('x')] }] } }),
]
const file = (keys: readonly RdbKey[] = several) => writeRdb(keys, { facts })

/** A set of so many integers, as the server packs it: two bytes for each. */
function integers(name: string, count: number): Uint8Array {
  const head = [11, name.length, ...Buffer.from(name), 0x80, 0, 0, 0, 0]
  const bytes = new DataView(new ArrayBuffer(head.length + 8 + 2 * count))
  head.forEach((byte, i) => bytes.setUint8(i, byte))
  bytes.setUint32(head.length - 4, 8 + 2 * count)
  bytes.setUint32(head.length, 2, true)
  bytes.setUint32(head.length + 4, count, true)
  for (let i = 0; i < count; i++) bytes.setInt16(head.length + 8 + 2 * i, i - 32_768, true)
  return new Uint8Array(bytes.buffer)
}

const look = (bytes: Uint8Array) =>
  bring(
    { do: 'import', from: { kind: 'rdb', file: bytes }, names: ['A'], keep: null },
    { now: () => START, measured: () => 0, newId: () => 'new', seed: () => 1, store: new MemoryStore() },
  )

test('a snapshot says who wrote it and when, and what it holds', async () => {
  expect(await look(file())).toMatchObject({
    session: null,
    keys: 3,
    snapshot: {
      version: 12,
      server: '7.2.6',
      made: START - 60_000,
      kinds: [
        ['string', 3],
        ['list', 1],
      ],
      databases: [
        { db: 0, keys: 3 },
        { db: 3, keys: 1 },
      ],
      withTtl: 2,
      expired: 1,
      unread: [],
      damage: null,
    },
  })
  expect(await look(writeRdb([], { facts: [['ctime', '1e99']] }))).toMatchObject({
    keys: 0,
    snapshot: { server: null, made: null, kinds: [], withTtl: 0 },
  })
})

test('what is damaged says where, and only what stands before it can be opened', async () => {
  const whole = file()
  const cut = await look(whole.subarray(0, whole.length - 12))
  expect(cut).toMatchObject({ keys: 2, snapshot: { damage: { kind: 'cut', key: 'list' }, expired: 1 } })
  const changed = whole.slice()
  changed[whole.length - 1]! ^= 1
  expect(await look(changed)).toMatchObject({ keys: 3, snapshot: { damage: { kind: 'checksum', key: null } } })
  for (const [bytes, kind] of [
    [utf8('REDIS0099'), 'newer'],
    [utf8('PK'), 'not-rdb'],
    [utf8(''), 'not-rdb'],
  ] as const) {
    const array = Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))
    expect(await look(array)).toMatchObject({ session: null, keys: 0, snapshot: { damage: { kind } } })
  }
  for (let length = 0; length < whole.length; length++) {
    const { keys } = (await look(whole.subarray(0, length))) as Imported
    expect(keys).toBeLessThanOrEqual(3)
  }
})

test('more than a page bears is refused', async () => {
  const many = Array.from({ length: 1_000_001 }, (_, i) => key(`k${i}`))
  expect(await look(file(many))).toBe('too-many-keys')
  expect(await look(file(many.slice(1)))).toMatchObject({ keys: 1_000_000 })
  // A few MB that say that they are millions of elements: what comes before is offered.
  const sets = Array.from({ length: 34 }, (_, i) => integers(`k${i}`, 60_000))
  const bomb = new Uint8Array(Buffer.concat([Buffer.from('REDIS0012'), ...sets]))
  expect(await look(bomb)).toMatchObject({ keys: 33, snapshot: { damage: { kind: 'limits', key: 'k33' } } })
})

/** Brings it over the border as a session of its own, and opens that. */
async function opened(bytes: Uint8Array) {
  const found = testSession(new LastingStore(), new ManualTime())
  const { session } = found
  const { session: mine } = await session.ask({ do: 'open', session: null, clients: ['A'] })
  await session.ask({ do: 'flush' })
  const from = { kind: 'rdb', file: bytes } as const
  const kept = (await session.ask({ do: 'import', from, names: ['A'], keep: { name: 'dump.rdb' } })) as Imported
  expect((await session.ask({ do: 'sessions' })).map(({ id }) => id).toSorted()).toEqual(
    [mine.id, kept.session!].toSorted(),
  )
  const now = await session.ask({ do: 'open', session: kept.session, clients: ['A', 'B'] })
  const ask = async (line: string) => show(await session.ask({ do: 'peek', db: 0, argv: split(line)! }))
  return { ...found, opened: now, ask }
}

test('it becomes a session whose server has started from it, and whose history begins there', async () => {
  const bytes = file()
  const { session, opened: now, ask } = await opened(bytes)
  expect(now).toMatchObject({
    session: { name: 'dump.rdb', keys: 3 },
    canUndo: false,
    databases: [
      { db: 0, keys: 2 },
      { db: 3, keys: 1 },
    ],
  })
  expect(now.clients.map(({ name }) => name)).toEqual(['A', 'B'])
  expect(await ask('PTTL 한')).toBe('(integer) 60000')
  expect(await ask('EXISTS late')).toBe('(integer) 0')
  const lying = (await session.ask({ do: 'disk-file', path: 'dump.rdb' })) as DiskFile
  expect(lying.bytes).toEqual(bytes)
  expect(await session.ask({ do: 'undo' })).toBeNull()
  session.send(now.clients[0]!.client, [split('SET new 1')!], () => undefined)
  await idle()
  expect(await session.ask({ do: 'undo' })).toMatchObject({ what: { kind: 'command' } })
  expect(await session.ask({ do: 'undo' })).toBeNull()
  expect(await session.ask({ do: 'crash', how: 'crash' })).toMatchObject({ lost: 0, back: 0, expired: 1, damage: null })
})

test('of a damaged one the disk has a whole file of the keys before the damage', async () => {
  const { session, ask } = await opened(file().subarray(0, -12))
  const { bytes } = (await session.ask({ do: 'disk-file', path: 'dump.rdb' })) as DiskFile
  expect(readRdb(bytes)).toMatchObject({ keys: several.slice(0, 3), damage: null })
  expect(readRdb(bytes).facts.get('redis-ver')).toBe('7.2.6')
  expect(await ask('GET a')).toBe('"v"')
  expect(await session.ask({ do: 'crash', how: 'restart' })).toMatchObject({ lost: 0, damage: null })
})

test('an older version is written from what lies on the disk; what has no form there is named', async () => {
  const { session } = await opened(
    file([
      key('a', { expireAt: START + 60_000 }),
      ...Array.from({ length: 12 }, (_, i) =>
        key(`h${i}`, { value: { type: 'hash', packed: true, fields: [[latin('f'), latin('v'), START + 60_000]] } }),
      ),
      key('b', { db: 2 }),
    ]),
  )
  const older = (await session.ask({ do: 'disk-file', path: 'dump.rdb', version: 10 })) as DiskFile
  expect(readRdb(older.bytes)).toMatchObject({ version: 10, keys: [{ key: 'a' }, { key: 'b', db: 2 }], damage: null })
  expect(older).toMatchObject({ more: 2, unread: [] })
  expect(older.without).toHaveLength(10)
  expect(older.without[0]).toEqual({ db: 0, key: 'h0', why: expect.stringContaining('7.4') as string })
  expect(await session.ask({ do: 'disk-file', path: 'dump.rdb', version: 12 })).toMatchObject({ without: [], more: 0 })
  await session.ask({ do: 'disk', put: { path: latin('dump.rdb'), bytes: fromArray(file().subarray(0, 30)) } })
  expect(await session.ask({ do: 'disk-file', path: 'dump.rdb', version: 11 })).toMatchObject({ kind: 'cut' })
  expect(await session.ask({ do: 'crash', how: 'restart' })).toMatchObject({ after: [], damage: { kind: 'cut' } })
})
