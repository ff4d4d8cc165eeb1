import { expect, test } from 'vitest'
import { Engine } from '../engine/engine.ts'
import { latin, utf8, type Bytes } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import { KeyView } from './keys.ts'
import type { BrowsePage, BrowseQuery, KeyRow } from './protocol.ts'

/** An engine, what is seen of it, and lines to type. */
function bench() {
  const engine = new Engine({ seed: 1, at: 1000 })
  const view = new KeyView(() => engine)
  let seq = 0
  const type = (line: string, at = 1000) => {
    seq++
    for (const output of engine.apply({ do: 'send', at, client: 1, argv: split(line)! }))
      if (output.on === 'unit') view.note({ ...output, seq, at, databases: [] })
  }
  engine.apply({ do: 'connect', at: 1000, client: 1, name: 'A', db: 0 })
  let asks = 0
  const browse = (more: Partial<BrowseQuery> = {}): BrowsePage => {
    const query = { db: 0, filter: latin('*'), open: [], from: 0, count: 200, ...more }
    for (;;) {
      asks++
      const page = view.browse(query)
      if (!page.busy) return page
    }
  }
  return { engine, view, type, browse, asks: () => asks }
}

const drawn = (row: KeyRow) =>
  `${' '.repeat(row.depth)}${row.label}${row.row === 'folder' ? ` (${row.keys})${row.open ? '' : ' +'}` : ''}`
const draw = (page: BrowsePage) => page.rows.map(drawn)
const open = (...prefixes: string[]) => prefixes.map(utf8)

test('folders have counts, a single key none, a folder alone in a folder is one with it', () => {
  const { type, browse } = bench()
  type('MSET user:10:name a user:9:name b user:9:age c app:v1:log:1 d app:v1:log:2 e plain f solo:x:y g user: h')
  expect(draw(browse())).toEqual(['app:v1:log: (2) +', 'plain', 'solo:x:y', 'user: (4) +'])
  expect(draw(browse({ open: open('user:', 'user:9:', 'app:v1:log:') }))).toEqual([
    'app:v1:log: (2)',
    ' 1',
    ' 2',
    'plain',
    'solo:x:y',
    'user: (4)',
    ' 9: (2)',
    '  age',
    '  name',
    ' 10:name',
    ' ',
  ])
})

test('a page is the same as that part of the whole, wherever it begins', () => {
  const { type, browse } = bench()
  for (let i = 0; i < 30; i++) type(`MSET a:${i}:x 1 a:${i}:y 2 b${i} 3 c:d:${i} 4`)
  const query = { open: open('a:', 'a:3:', 'a:17:', 'c:d:', 'nowhere:') }
  const whole = browse(query)
  expect(whole.rows).toHaveLength(whole.total)
  expect(whole.total).toBe(1 + 30 + 4 + 30 + 1 + 30)
  for (let from = 0; from < whole.total; from++)
    expect(browse({ ...query, from, count: 7 }).rows).toEqual(whole.rows.slice(from, from + 7))
})

test('what comes and goes stands where it would stand in a tree made anew', () => {
  const { engine, type, browse } = bench()
  type('MSET k:1 a k:2 b')
  let chance = 1
  const next = (below: number) => (chance = (chance * 48_271) % 2_147_483_647) % below
  const query = { open: open('k:', 'k:3:', 'l:', 'm:n:') }
  browse(query)
  for (let i = 0; i < 400; i++) {
    const name = ['k:', 'k:3:', 'l:', 'm:n:', ''][next(5)]! + String(next(40))
    type(next(3) > 0 ? `SET ${name} 1` : `DEL ${name}`)
    if (i % 10 > 0) continue
    type('PING')
    const fresh = new KeyView(() => engine)
    const plain = (page: BrowsePage) => ({ keys: page.keys, drawn: draw(page) })
    expect(plain(browse(query))).toEqual(
      plain(fresh.browse({ db: 0, filter: latin('*'), from: 0, count: 200, ...query })),
    )
  }
})

test('the delimiter is what one says, or none', () => {
  const { type, browse } = bench()
  type('MSET a/b/1 x a/b/2 y a:1 z')
  expect(draw(browse({ delimiter: latin('/') }))).toEqual(['a/b/ (2) +', 'a:1'])
  expect(draw(browse({ delimiter: latin('') }))).toEqual(['a/b/1', 'a/b/2', 'a:1'])
})

test('by type, and by pattern, kept up while keys change their kind', () => {
  const { type, browse } = bench()
  type('MSET a:1 x a:2 y b z')
  type('HSET a:3 f v')
  expect(draw(browse({ type: 'hash' }))).toEqual(['a:3'])
  type('DEL b')
  type('HSET b f v')
  expect(draw(browse({ type: 'hash' }))).toEqual(['a:3', 'b'])
  type('SET a:3 now-a-string')
  expect(draw(browse({ type: 'hash' }))).toEqual(['b'])
  expect(draw(browse({ filter: latin('a:[12]'), open: open('a:') }))).toEqual(['a: (2)', ' 1', ' 2'])
})

test('by last change and by time to live: what it is about first, the others by name', () => {
  const { type, browse } = bench()
  type('MSET a 1 b 2 c 3 d 4')
  type('SET c 5')
  type('SET a 5')
  expect(draw(browse({ sort: 'changed' }))).toEqual(['a', 'c', 'd', 'b'])
  type('EXPIRE d 10')
  type('EXPIRE b 20')
  expect(draw(browse({ sort: 'ttl' }))).toEqual(['d', 'b', 'a', 'c'])
  type('EXPIRE b 5')
  expect(draw(browse({ sort: 'ttl' }))).toEqual(['b', 'd', 'a', 'c'])
  expect(browse({ sort: 'ttl', reveal: latin('c') }).revealed).toEqual({ at: 3, opened: [] })
  expect(draw(browse({ sort: 'ttl', from: 1, count: 2 }))).toEqual(['d', 'a'])
})

test('a key is revealed: its folders are opened, and its row is told', () => {
  const { type, browse } = bench()
  type('MSET a 1 u:1:x 2 u:1:y 3 u:2:x 4 u:2:y 5 z 6')
  const page = browse({ reveal: latin('u:2:y') })
  expect(page.revealed).toEqual({ at: 5, opened: ['u:', 'u:2:'] })
  expect(page.rows[5]).toMatchObject({ key: 'u:2:y' })
  expect(browse({ reveal: latin('nobody') }).revealed).toBeUndefined()
})

test('a key whose time has come is seen as long as it lies in memory', () => {
  const { engine, type, browse } = bench()
  type('DEBUG SET-ACTIVE-EXPIRE 0')
  type('SET k v PX 5')
  type('PING', 2000)
  expect(browse().rows).toMatchObject([{ key: 'k', summary: { kind: 'string', expireAt: 1005 } }])
  expect(engine.inspect(2000, 0, latin('k'), 0, 10)).toMatchObject({ ghost: true, bytes: 'v' })
  type('GET k', 2001)
  expect(browse().rows).toMatchObject([{ key: 'k', summary: null, mark: 'expired' }])
  expect(engine.inspect(2001, 0, latin('k'), 0, 10)).toBeNull()
  type('PING', 2002)
  expect(browse().rows).toEqual([])
})

test('a great many keys are put in order in strides; commands in between are heeded', () => {
  const { view, type, browse, asks } = bench()
  type('DEBUG POPULATE 200000 n')
  type('MSET x:b 1 x:a 2')
  const query = { db: 0, filter: latin('*'), open: open('n:', 'x:'), from: 0, count: 3 }
  expect(view.browse(query)).toMatchObject({ busy: true, rows: [] })
  type('SET n:zzz 1')
  type('DEL n:5 n:100000')
  type('PING')
  const page = browse(query)
  expect(asks()).toBeGreaterThan(2)
  expect(page).toMatchObject({ total: 200_003, keys: 200_001 })
  expect(draw(page)).toEqual(['n: (199999)', ' 0', ' 1'])
  expect(draw(browse({ ...query, from: 5, count: 3 }))).toEqual([' 4', ' 6', ' 7'])
  expect(draw(browse({ ...query, from: 199_998, count: 9 }))).toEqual([' 199999', ' zzz', 'x: (2)', ' a', ' b'])
  type('DEL n:4')
  type('SET n:5 1')
  type('PING')
  expect(draw(browse({ ...query, from: 4, count: 3 }))).toEqual([' 3', ' 5', ' 6'])
})

test('bytes that are no text are names too', () => {
  const { type, browse } = bench()
  type(String.raw`MSET "\xff:1" a "\xff:2" b`)
  expect(browse().rows).toMatchObject([{ row: 'folder', prefix: '\xff:' as Bytes, keys: 2 }])
})
