// What is generated is run: by node-redis and by redis-py, against our own port; afterwards the server holds just what it
// holds when the lines are typed.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createClient } from 'redis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { docs } from '../../engine/catalog.ts'
import { Engine } from '../../engine/engine.ts'
import { serve, type Listening } from '../../hosts/tcp/server.ts'
import { latin } from '../../wire/bytes.ts'
import { failure, OK, type Reply } from '../../wire/reply.ts'
import { argvOf } from '../stores/cli.ts'
import type { Entry } from '../stores/console.ts'
import type { Peek } from '../typing/looking.ts'
import { copyText, type Format } from './copy.ts'

const engine = new Engine({ seed: 1, at: 0 })
const peek: Peek = (...argv) =>
  Promise.resolve(
    engine.peek(
      0,
      0,
      argv.map((each) => latin(each)),
    ),
  )
const row = (line: string, reply: Reply = OK, more: Partial<Entry> = {}): Entry => ({
  id: 1,
  seq: 1,
  prompt: '127.0.0.1:6379> ',
  line,
  reply,
  ...more,
})
const copy = (format: Format, rows: readonly Entry[]) => copyText(format, rows, docs(), peek)

/** Commands of every family, with options and without, and with bytes of every kind. */
const lines = String.raw`SET a 1
SET greeting "안녕 \"you\" \\ \n" EX 1000 NX
SET bytes "\xff\x00\x01"
GET a
APPEND a 23
INCR a
INCRBY a 10
DECRBY a 3
INCRBYFLOAT f 1.5
SETEX e 1000 x
PSETEX pe 1000000 x
SETNX n 1
GETSET n 2
GETRANGE greeting 0 3
SETRANGE n 3 x
STRLEN n
MSET m1 1 m2 2
MGET m1 m2 none
GETDEL m2
GETEX m1 PERSIST
LCS m1 n LEN
RPUSH l a b c d e
LPUSH l z y
LPUSHX l x
LRANGE l 0 -1
LINDEX l 0
LSET l 0 first
LINSERT l BEFORE b bb
LREM l 1 c
LTRIM l 0 5
LPOS l b
LMOVE l l2 LEFT RIGHT
RPOPLPUSH l l2
LPOP l
RPOP l 2
LMPOP 2 none l LEFT COUNT 1
BLPOP l2 1
LLEN l
SADD s a b c 1 2 3
SADD s2 b c d
SREM s 1 2
SISMEMBER s a
SMISMEMBER s a q
SMOVE s s2 a
SDIFFSTORE sd s s2
SINTERSTORE si s s2
SUNIONSTORE su s s2
SINTERCARD 2 s s2 LIMIT 1
SCARD su
SMEMBERS su
HSET h color black price 49.99
HMSET h style fitted
HSETNX h n 1
HINCRBY h n 2
HINCRBYFLOAT h price 0.01
HGET h color
HMGET h color none
HDEL h style none
HGETALL h
HEXPIRE h 1000 FIELDS 1 color
HPERSIST h FIELDS 1 color
HSTRLEN h color
ZADD z 1 a 2 b 3.5 c
ZADD z GT CH 5 a
ZINCRBY z 1.5 b
ZRANGE z 0 -1 WITHSCORES
ZRANGEBYSCORE z (1 +inf LIMIT 0 1
ZSCORE z a
ZRANK z a
ZCOUNT z 1 3
ZREM z c
ZPOPMIN z
ZUNIONSTORE zu 1 z WEIGHTS 2
ZREMRANGEBYRANK zu 0 0
ZADD zl 0 a 0 b
ZREMRANGEBYLEX zl [a [a
EXPIRE a 1000
EXPIRE a 900 LT
TTL a
PERSIST a
RENAME n renamed
COPY l2 l3 REPLACE
EXISTS a l none
TOUCH a
TYPE a
OBJECT ENCODING a
DEL m1 none
UNLINK sd
SORT s2 ALPHA STORE sorted
SCAN 0 MATCH a* COUNT 10
DBSIZE
PUBLISH news hello
CONFIG GET maxmemory
COMMAND COUNT`.split('\n')

const transaction = [
  row('MULTI'),
  row('SET t 1', OK, { outcome: 'ran' }),
  row('INCR t', OK, { outcome: 'ran' }),
  row('EXEC', [OK, 2], { ran: ['SET t 1', 'INCR t'] }),
]
const rows = [
  ...lines.map((line) => row(line)),
  row('INCR greeting', failure('ERR value is not an integer')),
  ...transaction,
]

let server: Listening
let folder: string
let typed: string
beforeAll(async () => {
  server = await serve('127.0.0.1', 0)
  folder = await mkdtemp(join(tmpdir(), 'rows-'))
  typed = await digestAfter(async (send) => {
    for (const line of [...lines, 'SET t 1', 'INCR t'])
      await send(argvOf(line).map((word) => Buffer.from(word, 'latin1')))
  })
})
beforeEach(() => digestAfter((send) => send(['FLUSHALL'])))
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

type Send = (words: (string | Buffer)[]) => Promise<unknown>

/** What the server holds after some work, as DEBUG DIGEST has it. */
async function digestAfter(work: (send: Send) => Promise<unknown>): Promise<string> {
  const client = await createClient({ url: `redis://127.0.0.1:${server.port}` }).connect()
  await work((words) => client.sendCommand(words))
  const digest = await client.sendCommand(['DEBUG', 'DIGEST'])
  client.destroy()
  return JSON.stringify(digest)
}

test('what is generated for node-redis runs, and leaves what the lines leave', async () => {
  const code = await copy('node', rows)
  const redis = import.meta.resolve('redis')
  const file = join(folder, 'rows.mjs')
  await writeFile(
    file,
    code
      .replace("'redis'", JSON.stringify(redis))
      .replace('createClient()', `createClient({ url: 'redis://127.0.0.1:${server.port}' })`),
  )
  const started = await promisify(execFile)(process.execPath, [file])
  expect(started.stderr).toBe('')
  expect(await digestAfter(() => Promise.resolve())).toBe(typed)
})

test('what is generated for redis-py runs, and leaves what the lines leave', async () => {
  const run = promisify(execFile)
  const has = async (python: string) => (await run(python, ['-c', 'import redis']).catch(() => null)) !== null
  const pythons = ['/usr/bin/python3', 'python3']
  const found = await Promise.all(pythons.map(has))
  const python = pythons.find((_, i) => found[i])
  if (!python && !process.env['CI']) {
    console.warn('the code for redis-py was not run: there is no python3-redis here')
    return
  }
  expect(python, 'python3 with redis-py (python3-redis)').toBeDefined()
  const file = join(folder, 'rows.py')
  await writeFile(file, (await copy('python', rows)).replace('redis.Redis(', `redis.Redis(port=${server.port}, `))
  await run(python!, [file])
  expect(await digestAfter(() => Promise.resolve())).toBe(typed)
})

test('a call is written as people write it', async () => {
  const some = [row('SET a 1'), row('GET a'), row('LRANGE l 0 -1'), row('SADD s a b'), row('DEL a b'), ...transaction]
  expect(await copy('python', some)).toBe(`import redis

r = redis.Redis(decode_responses=True, single_connection_client=True)

r.set("a", "1")
r.get("a")
r.lrange("l", 0, -1)
r.sadd("s", "a", "b")
r.delete("a", "b")
with r.pipeline(transaction=True) as pipe:
    pipe.execute_command("SET", "t", "1")
    pipe.execute_command("INCR", "t")
    pipe.execute(raise_on_error=False)
`)
  expect(await copy('node', some)).toBe(`import { createClient } from 'redis'

const client = await createClient().connect()

await client.SET("a", "1")
await client.GET("a")
await client.LRANGE("l", 0, -1)
await client.SADD("s", ["a", "b"])
await client.DEL(["a", "b"])
await client
  .multi()
  .addCommand(["SET", "t", "1"])
  .addCommand(["INCR", "t"])
  .exec()

client.destroy()
`)
})

test('errors stay remarks; what was taken back, or came by itself, is no part of it', async () => {
  const some = [
    row('SET a "\\xff"'),
    row('INCR a', failure('ERR value is not an integer or out of range')),
    row('GET b', null, { fate: 'taken' }),
    row('', 1, { pushed: true, prompt: '' }),
    row('undo', OK, { seq: null }),
  ]
  expect((await copy('python', some)).split('\n').slice(2)).toEqual([
    'r = redis.Redis(single_connection_client=True)',
    '',
    String.raw`r.set("a", b"\xff")`,
    '# r.incr("a")  # ERR value is not an integer or out of range',
    '',
  ])
  expect(await copy('redis', some)).toBe('SET a "\\xff"\nINCR a\n')
  expect(await copy('markdown', some)).toBe(
    '```text\n127.0.0.1:6379> SET a "\\xff"\nOK\n127.0.0.1:6379> INCR a\n(error) ERR value is not an integer or out of range\n```\n',
  )
})
