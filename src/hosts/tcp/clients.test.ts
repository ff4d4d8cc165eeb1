// The clients that people use, each against our port: pipelines, transactions won and lost, waits, messages.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Redis } from 'ioredis'
import { createClient, WatchError } from 'redis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serve, type Listening } from './server.ts'

let server: Listening
beforeAll(async () => {
  server = await serve('127.0.0.1', 0)
})
afterAll(() => server.close())

/** What comes first of what is told to a listener. */
const told = <T extends readonly unknown[]>(listen: (tell: (...words: T) => void) => unknown) =>
  new Promise<T>((done) => void listen((...words: T) => done(words)))

describe('ioredis', () => {
  let one: Redis
  let other: Redis
  beforeAll(() => {
    one = new Redis(server.port)
    other = new Redis(server.port)
  })
  afterAll(() => {
    one.disconnect()
    other.disconnect()
  })

  it('pipelines', async () => {
    const answers = await one
      .pipeline()
      .set('io:n', 1)
      .incr('io:n')
      .lpush('io:l', 'a', 'b')
      .lrange('io:l', 0, -1)
      .exec()
    expect(answers).toEqual([
      [null, 'OK'],
      [null, 2],
      [null, 2],
      [null, ['b', 'a']],
    ])
  })

  it('wins and loses transactions', async () => {
    await one.watch('io:t')
    expect(await one.multi().set('io:t', 1).incr('io:t').exec()).toEqual([
      [null, 'OK'],
      [null, 2],
    ])
    await one.watch('io:t')
    await other.set('io:t', 9)
    expect(await one.multi().set('io:t', 0).exec()).toBeNull()
    expect(await one.get('io:t')).toBe('9')
  })

  it('waits', async () => {
    const job = other.blpop('io:none', 'io:jobs', 0)
    expect(await one.rpush('io:jobs', 'paint')).toBe(1)
    expect(await job).toEqual(['io:jobs', 'paint'])
    expect(await one.blpop('io:none', 0.01)).toBeNull()
    await one.zadd('io:z', 1.5, 'a', 2, 'b')
    expect(await one.bzpopmin('io:z', 0)).toEqual(['io:z', 'a', '1.5'])
  })

  it('hears messages', async () => {
    const message = told<[string, string]>((tell) => other.on('message', tell))
    const matching = told<[string, string, string]>((tell) => other.on('pmessage', tell))
    await other.subscribe('io:news')
    await other.psubscribe('io:n*')
    expect(await one.publish('io:news', 'hello')).toBe(2)
    expect(await message).toEqual(['io:news', 'hello'])
    expect(await matching).toEqual(['io:n*', 'io:news', 'hello'])
    expect(await other.unsubscribe('io:news')).toBe(1)
    expect(await other.punsubscribe('io:n*')).toBe(0)
    expect(await one.publish('io:news', 'nobody')).toBe(0)
    expect(await other.get('io:none')).toBeNull()
  })
})

describe.each([2, 3] as const)('node-redis with RESP%i', (RESP) => {
  const connect = () => createClient({ socket: { host: '127.0.0.1', port: server.port }, RESP })
  type Client = ReturnType<typeof connect>
  let one: Client
  let other: Client
  const key = (name: string) => `node${RESP}:${name}`
  beforeAll(async () => {
    one = connect()
    other = connect()
    await Promise.all([one.connect(), other.connect()])
  })
  afterAll(() => {
    one.destroy()
    other.destroy()
  })

  it('pipelines, and reads each kind of answer', async () => {
    const hash = { a: '1', b: '2' }
    const answers = await Promise.all([
      one.set(key('n'), 1),
      one.incr(key('n')),
      one.hSet(key('h'), hash),
      one.hGetAll(key('h')),
      one.zAdd(key('z'), [
        { value: 'a', score: 1.5 },
        { value: 'b', score: 2 },
      ]),
      one.zRangeWithScores(key('z'), 0, -1),
      one.get(key('none')),
    ])
    const ranked = [
      { value: 'a', score: 1.5 },
      { value: 'b', score: 2 },
    ]
    expect(answers).toEqual(['OK', 2, 2, expect.objectContaining(hash), 2, ranked, null])
    expect(await one.sendCommand(['CLIENT', 'INFO'])).toContain(` resp=${RESP} `)
  })

  it('wins and loses transactions', async () => {
    await one.watch(key('t'))
    expect(await one.multi().set(key('t'), 1).incr(key('t')).exec()).toEqual(['OK', 2])
    await one.watch(key('t'))
    await other.set(key('t'), 9)
    await expect(one.multi().set(key('t'), 0).exec()).rejects.toThrow(WatchError)
    expect(await one.get(key('t'))).toBe('9')
  })

  it('waits', async () => {
    const job = other.blPop([key('none'), key('jobs')], 0)
    expect(await one.rPush(key('jobs'), 'paint')).toBe(1)
    expect(await job).toEqual({ key: key('jobs'), element: 'paint' })
    expect(await one.blPop(key('none'), 0.01)).toBeNull()
    expect(await one.bzPopMin(key('z'), 0)).toEqual({ key: key('z'), value: 'a', score: 1.5 })
  })

  it('hears messages', async () => {
    const listener = other.duplicate()
    await listener.connect()
    let subscribed: Promise<unknown> = Promise.resolve()
    const message = told<[string, string]>((tell) => (subscribed = listener.subscribe(key('news'), tell)))
    await subscribed
    const matching = told<[string, string]>((tell) => (subscribed = listener.pSubscribe(key('n*'), tell)))
    await subscribed
    expect(await one.publish(key('news'), 'hello')).toBe(2)
    expect(await message).toEqual(['hello', key('news')])
    expect(await matching).toEqual(['hello', key('news')])
    await listener.unsubscribe()
    await listener.pUnsubscribe()
    expect(await one.publish(key('news'), 'nobody')).toBe(0)
    listener.destroy()
  })
})

describe('redis-py', async () => {
  const run = promisify(execFile)
  const has = async (python: string) => (await run(python, ['-c', 'import redis']).catch(() => null)) !== null
  const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
  const pythons = ['/usr/bin/python3', 'python3']
  const found = await Promise.all(pythons.map(has))
  const python = pythons.find((_, i) => found[i])
  if (!python) console.warn('redis-py was not tried: there is no python3-redis here')
  /** CI must have it. */
  const isHere = python !== undefined || process.env['CI'] !== undefined
  /** What a program of Python's prints, given the port. */
  const printed = async (...program: string[]) =>
    (await run(python ?? 'python3', [...program, String(server.port)])).stdout

  it.runIf(isHere)('does all of that', async () => {
    expect(await printed(here('clients.py'))).toContain('is served')
  })

  it.runIf(isHere)('prints in front of us what the lessons say that it prints', async () => {
    expect(await printed(here('session.py'), here('../../../lessons/python.txt'))).toMatch(
      /^[1-9]\d+ tried, 0 failed$/m,
    )
  })
})
