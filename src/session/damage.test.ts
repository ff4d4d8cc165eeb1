// A stored session in which something is damaged, or which another version of the engine wrote: what is whole makes up for
// it, what is damaged is kept, and it is told.
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, expect, test } from 'vitest'
import { IndexedStore } from '../storage/generations.ts'
import { split } from '../wire/line.ts'
import { createSession, type Session } from './client.ts'
import type { Opened } from './protocol.ts'
import { InlineRunner, ManualTime } from './testing.ts'

let factory: IDBFactory

beforeEach(() => {
  globalThis.IDBKeyRange = IDBKeyRange as unknown as typeof globalThis.IDBKeyRange
  factory = new IDBFactory()
})

async function settle(): Promise<void> {
  for (let i = 0; i < 150; i++) await new Promise((resolve) => setImmediate(resolve))
}

function tab(build = 'test'): Session {
  const time = new ManualTime()
  return createSession(() => {
    const host = { factory: factory as unknown as globalThis.IDBFactory, later: () => undefined }
    return new InlineRunner(time, new IndexedStore(host, build), 7, build)
  })
}

const open = (session: Session, id: string | null = null) =>
  session.ask({ do: 'open', session: id, clients: ['A'] }) as Promise<Opened>
const get = (session: Session, key: string) => session.ask({ do: 'peek', db: 0, argv: split(`GET ${key}`)! })

/** A session with an image after `a`, one after `b`, and `c` in the log alone. */
async function stored(build = 'test'): Promise<string> {
  const session = tab(build)
  const { session: info } = await open(session)
  for (const key of ['a', 'b', 'c']) {
    session.send(1, [split(`SET ${key} 1`)!], () => undefined)
    await session.ask(key === 'c' ? { do: 'sessions' } : { do: 'flush', whole: true })
    await settle()
  }
  return info.id
}

type Change = (value: Record<string, unknown>) => unknown

/** Changes a record behind the store's back. Returns the keys of the object store. */
async function change(store: string, which: (key: IDBValidKey) => boolean, how: Change | null): Promise<IDBValidKey[]> {
  const request = factory.open('rediscover')
  await new Promise((done) => (request.onsuccess = done))
  const at = request.result.transaction(store, 'readwrite').objectStore(store)
  const [keys, values] = [at.getAllKeys(), at.getAll()]
  await new Promise((done) => (values.onsuccess = done))
  const found = keys.result as IDBValidKey[]
  for (const [i, key] of found.entries())
    if (which(key)) {
      if (how) at.put(how(values.result[i] as Record<string, unknown>), key)
      else at.delete(key)
    }
  await settle()
  request.result.close()
  return found
}

const named = (name: string) => (key: IDBValidKey) => (key as unknown[])[1] === name
const rot: Change = (image) => ({ ...image, blob: new Blob(['rot']) })

test('there are two images, written in turn', async () => {
  await stored()
  const keys = await change('images', () => false, rot)
  expect(keys.map((key) => (key as unknown[])[1])).toEqual(['0', '1', 'base'])
})

test.each([
  ['0', 'image'],
  ['1', 'image'],
  ['base', 'image'],
] as const)('image %s is damaged: all is there, it is told, and the damaged one is kept', async (slot, what) => {
  const id = await stored()
  await change('images', named(slot), rot)
  const session = tab()
  expect((await open(session, id)).mended).toEqual({ what })
  for (const key of ['a', 'b', 'c']) expect(await get(session, key)).toBe('1')
  const keys = await change('images', () => false, rot)
  expect(keys.some(named('damaged'))).toBe(true)
  await session.ask({ do: 'flush', whole: true })
  await settle()
  expect((await open(tab(), id)).mended).toBeNull()
})

test('both images are damaged: the log alone brings all back', async () => {
  const id = await stored()
  await change('images', (key) => named('0')(key) || named('1')(key), rot)
  const session = tab()
  expect((await open(session, id)).mended).toEqual({ what: 'image' })
  for (const key of ['a', 'b', 'c']) expect(await get(session, key)).toBe('1')
})

test('the log is damaged: it ends at the last whole image, and that is told', async () => {
  const id = await stored()
  await change(
    'logs',
    () => true,
    (part) => ({ ...part, bytes: new Uint8Array([1, 2, 3]) }),
  )
  const session = tab()
  expect((await open(session, id)).mended).toEqual({ what: 'log' })
  for (const key of ['a', 'b']) expect(await get(session, key)).toBe('1')
  expect(await get(session, 'c')).toBeNull()
})

test('nothing is whole: the session is not opened as an empty one, and stays where it is', async () => {
  const id = await stored()
  await change('images', () => true, rot)
  await expect(open(tab(), id)).rejects.toThrow(/damaged/)
  const keys = await change('images', () => false, rot)
  expect(keys.some(named('base'))).toBe(true)
})

test('the log of another version of the engine is not played in silence; after an image nothing is', async () => {
  const id = await stored('old')
  const session = tab('new')
  const opened = await open(session, id)
  expect(opened).toMatchObject({ replayed: 1, mended: null, canUndo: true })
  expect(await get(session, 'c')).toBe('1')
  await session.ask({ do: 'flush', whole: true })
  await settle()
  expect((await open(tab('newer'), id)).replayed).toBe(0)
})

test('where another version plays history differently, the image is the truth and history begins there', async () => {
  const id = await stored('old')
  // As if this version answered the same log with another state.
  const other = await stored('other')
  const request = factory.open('rediscover')
  await new Promise((done) => (request.onsuccess = done))
  const at = request.result.transaction('images', 'readwrite').objectStore('images')
  const found = at.get([other, 'base'])
  found.onsuccess = () => at.put({ ...(found.result as object) }, [id, 'base'])
  await settle()
  request.result.close()
  const session = tab('new')
  const opened = await open(session, id)
  expect(opened.replayed).toBe(1)
  for (const key of ['a', 'b', 'c']) expect(await get(session, key)).toBe('1')
})

test('what was removed is not in the list and cannot be written; it comes back whole', async () => {
  const session = tab()
  const { session: first } = await open(session)
  session.send(1, [split('SET a 1')!], () => undefined)
  await session.ask({ do: 'open', session: null, fresh: true, clients: ['A'] })
  await session.ask({ do: 'duplicate', session: first.id, name: 'twin' })
  await session.ask({ do: 'rename', session: first.id, name: 'one' })
  const list = async () => (await session.ask({ do: 'sessions' })).map(({ name, keys }) => `${name} ${keys}`).toSorted()
  expect(await list()).toEqual([' 0', 'one 1', 'twin 1'])
  await session.ask({ do: 'remove', session: first.id })
  expect(await list()).toEqual([' 0', 'twin 1'])
  await session.ask({ do: 'restore', session: first.id })
  expect(await list()).toEqual([' 0', 'one 1', 'twin 1'])
  await open(session, first.id)
  expect(await get(session, 'a')).toBe('1')
})

test('a session goes out as a file and comes back whole: keys, history, what was taken back, the notebook', async () => {
  const session = tab()
  await open(session)
  for (const line of ['SET a 1', 'SET b 2', 'SET c 3']) session.send(1, [split(line)!], () => undefined)
  await session.ask({ do: 'undo' })
  await session.ask({ do: 'keep', notebook: '{"version":1}' })
  const file = await session.ask({ do: 'export' })
  const from = { kind: 'file', file } as const
  const brought = await session.ask({ do: 'import', from, names: ['A'], keep: { name: 'again' } })
  expect(brought).toMatchObject({ keys: 2, differs: false, build: 'test', notebook: '{"version":1}' })
  const opened = await open(session, (brought as { session: string }).session)
  expect(opened).toMatchObject({ canUndo: true, canRedo: true, session: { name: 'again' } })
  expect(await session.ask({ do: 'redo' })).toMatchObject({ what: { argv: ['SET', 'c', '3'] } })
  for (let at = 0; at < file.length; at += 7) {
    const broken = Uint8Array.from(file)
    broken[at] = broken[at]! ^ 1
    const found = await session.ask({ do: 'import', from: { kind: 'file', file: broken }, names: ['A'], keep: null })
    expect(['damaged', 'newer', 'older']).toContain(found)
  }
})
