// What commands cost: the numbers behind the letters, and the touches that values count. Where both sides can be known
// beforehand they are; a small value is a listpack, a large one is not, and both must count alike.
import { describe, expect, it, test } from 'vitest'
import type { Cost } from '../session/protocol.ts'
import { split } from '../wire/line.ts'
import { isError } from '../wire/reply.ts'
import { catalog } from './catalog.ts'
import { lettered } from './cost.ts'
import { Engine, type Output } from './engine.ts'

function machine(observe = true) {
  const engine = new Engine({ seed: 1, at: 0, observe })
  for (const client of [1, 2]) engine.apply({ do: 'connect', at: 0, client, name: 'A', db: 0 })
  const send = (line: string, client = 1): Extract<Output, { on: 'reply' }>[] =>
    engine
      .apply({ do: 'send', at: 0, client, argv: split(line)! })
      .filter((output): output is Extract<Output, { on: 'reply' }> => output.on === 'reply')
  const cost = (line: string): Cost | undefined => {
    const [output] = send(line)
    if (output && isError(output.reply)) throw new Error(`${line}: ${JSON.stringify(output.reply)}`)
    return output?.cost
  }
  const fill = (command: string, count: number, element: (i: number) => string) =>
    send(`${command} ${Array.from({ length: count }, (_, i) => element(i)).join(' ')}`)
  return { send, cost, fill }
}

/** Values of so many elements: l, h, s, i (of integers), z. */
function filled(count: number) {
  const at = machine()
  at.fill('RPUSH l', count, (i) => `e${i}`)
  at.fill('HSET h', count, (i) => `f${i} ${i}`)
  at.fill('SADD s', count, (i) => `m${i}`)
  at.fill('SADD i', count, (i) => `${i}`)
  at.fill('ZADD z', count, (i) => `${i} m${i}`)
  return at
}

describe.each([50, 5000])('of %i elements', (n) => {
  test.each<[string, Cost['letters'], number]>([
    ['LRANGE l 0 -1', { S: 0, N: n }, n],
    ['LRANGE l -3 -1', { S: 2, N: 3 }, 3],
    ['LRANGE l 10 19', { S: 10, N: 10 }, 10],
    ['LINDEX l 7', { N: 7 }, 1],
    ['LINDEX l -8', { N: 7 }, 1],
    ['LINDEX l 9999', {}, 0],
    ['LPOS l e4', { N: n }, 5],
    ['LSET l 5 x', { N: n }, 1],
    ['LINSERT l BEFORE e9 x', { N: 9 }, 11],
    ['LREM l 0 e9', { N: n, M: 1 }, n + 10],
    ['LTRIM l 5 -1', { N: 5 }, 5],
    ['LPOP l 3', { N: 3 }, 3],
    ['RPOP l', { N: 1 }, 1],
    ['RPUSH l a b c', { N: 3 }, 3],
    ['LMPOP 2 none l LEFT COUNT 4', { N: 2, M: 4 }, 4],
    ['LLEN l', {}, 0],
    ['HGETALL h', { N: n }, n],
    ['HKEYS h', { N: n }, n],
    ['HVALS h', { N: n }, n],
    ['HGET h f1', {}, 1],
    ['HSET h f1 x f2 y new z', { N: 3 }, 3],
    ['HDEL h f1 f2 none', { N: 3 }, 3],
    ['HMGET h f1 none', { N: 2 }, 2],
    ['HINCRBY h f1 5', {}, 1],
    ['HEXISTS h f1', {}, 1],
    ['HEXPIRE h 100 FIELDS 2 f1 f2', { N: 2 }, 2],
    ['HRANDFIELD h', { N: 1 }, 1],
    ['SDIFF s i', { N: 2 * n }, 2 * n],
    ['SUNIONSTORE to s i', { N: 2 * n }, 2 * n],
    ['SORT i STORE to', { N: n, M: n }, n],
    ['SMEMBERS s', { N: n }, n],
    ['SMEMBERS i', { N: n }, n],
    ['SADD s m1 new', { N: 2 }, 2],
    ['SREM s m1 none', { N: 2 }, 2],
    ['SISMEMBER s m1', {}, 1],
    ['SMISMEMBER s m1 none', { N: 2 }, 2],
    ['SUNION s i', { N: 2 * n }, 2 * n],
    ['SRANDMEMBER s', {}, 1],
    ['ZRANGE z 0 -1', { N: n, M: n }, n],
    ['ZRANGE z 0 -1 WITHSCORES', { N: n, M: n }, n],
    ['ZRANGE z 10 20 BYSCORE', { N: n, M: 11 }, 11],
    ['ZREVRANGEBYSCORE z 20 10 LIMIT 2 3', { N: n, M: 3 }, 3],
    ['ZRANGESTORE to z 0 4', { N: n, M: 5 }, 5],
    ['ZSCORE z m1', {}, 1],
    ['ZRANK z m1', { N: n }, 1],
    ['ZCOUNT z 0 9', { N: n }, 0],
    ['ZADD z 5 m1', { N: n }, 1],
    ['ZINCRBY z 5 m1', { N: n }, 1],
    ['ZREM z m1 none', { N: n, M: 2 }, 2],
    ['ZPOPMIN z 2', { N: n, M: 2 }, 2],
    ['ZREMRANGEBYRANK z 0 4', { N: n, M: 5 }, 5],
    ['ZMPOP 2 none z MAX COUNT 3', { K: 2, N: n, M: 3 }, 3],
    ['SORT i', { N: n, M: n }, n],
    ['SORT i LIMIT 0 5', { N: n, M: 5 }, n],
    ['COPY h h2', { N: n }, n],
    ['KEYS *', { N: 5 }, 5],
    ['DEL l h none', { N: 3 }, 0],
    ['FLUSHDB', { N: 5 }, 0],
  ])('%s', (line, letters, touched) => {
    expect(filled(n).cost(line)).toEqual({ letters, touched })
  })
})

test('set algebra asks the other sets of each member of the smallest', () => {
  const at = machine()
  at.fill('SADD big', 1000, (i) => `m${i}`)
  at.send('SADD few m1 m2 none')
  // Three are walked; big is asked of each.
  expect(at.cost('SINTER big few')).toEqual({ letters: { N: 3, M: 2 }, touched: 6 })
  expect(at.cost('SINTERCARD 2 big few LIMIT 1')).toEqual({ letters: { N: 3, M: 2 }, touched: 2 })
  at.fill('ZADD zbig', 1000, (i) => `${i} m${i}`)
  at.send('ZADD zfew 1 m1 2 m2 3 none')
  expect(at.cost('ZINTER 2 zbig zfew')?.letters).toEqual({ N: 3, K: 2, M: 2 })
  expect(at.cost('ZUNION 2 zbig zfew WITHSCORES')?.letters).toEqual({ N: 1003, M: 1001 })
  expect(at.cost('ZDIFF 2 zfew zbig')?.letters).toEqual({ L: 1003, N: 3, K: 1 })
})

test('a value that outgrows its encoding is touched as a whole', () => {
  const at = machine()
  at.fill('HSET h', 512, (i) => `f${i} v`)
  expect(at.cost('HSET h f512 v')).toEqual({ letters: { N: 1 }, touched: 514 })
  expect(at.cost('HSET h f513 v')).toEqual({ letters: { N: 1 }, touched: 1 })
})

test('a transaction touches what its commands touch', () => {
  const at = filled(50)
  at.send('MULTI')
  expect(at.send('SMEMBERS s')[0]!.cost).toBeUndefined()
  at.send('HGET h f1')
  expect(at.cost('EXEC')).toEqual({ letters: {}, touched: 51 })
})

test('one that waited is told what it cost when it was served', () => {
  const at = machine()
  expect(at.send('BLMPOP 0 2 jobs other LEFT COUNT 2')).toEqual([])
  const replies = at.send('RPUSH jobs a b c', 2)
  expect(replies.map(({ client, cost }) => [client, cost])).toEqual([
    [2, { letters: { N: 3 }, touched: 3 }],
    [1, { letters: { N: 2, M: 2 }, touched: 2 }],
  ])
})

test('an error has no cost, and nothing of it stays for the next reply', () => {
  const at = filled(50)
  expect(at.send('HGETALL l')[0]!.cost).toBeUndefined()
  expect(at.send('SINTERCARD x l')[0]!.cost).toBeUndefined()
  expect(at.cost('PING')).toEqual({ letters: {}, touched: 0 })
})

test('nobody watches: nothing is counted', () => {
  const at = machine(false)
  at.send('RPUSH l a b c')
  expect(at.cost('LRANGE l 0 -1')).toBeUndefined()
})

it('every letter of the docs is told, but those that nobody can know here', () => {
  const known = new Set(lettered)
  const unknown = [
    // A complete walk; one call is O(1).
    'HSCAN',
    'SSCAN',
    'ZSCAN',
    'SCAN',
    // What the machine does otherwise than the server: it frees nothing by pieces, copies no bytes, has one password.
    'UNLINK',
    'DUMP',
    'RESTORE',
    'SETRANGE',
    'AUTH',
    'SWAPDB',
    'SHUTDOWN',
    'MEMORY USAGE',
    'COMMAND',
    'COMMAND LIST',
  ]
  const wanting = catalog.filter(({ complexity }) => /O\(.*\b[SNMKL]\b.*\)/.test(complexity)).map(({ name }) => name)
  expect(wanting.filter((name) => !known.has(name))).toEqual(wanting.filter((name) => unknown.includes(name)))
  expect([...known].filter((name) => !catalog.some((command) => command.name === name))).toEqual([])
})
