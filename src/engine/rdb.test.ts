// What RESTORE makes of payloads that no server of today writes: of old servers, larger than any, or packed before a parameter
// changed. The encodings are those of redis-server 8.0.2.
import { expect, test } from 'vitest'
import { oldPayloads } from '../conformance/rdb/old-forms.ts'
import { Machine } from '../conformance/rdb/machine.ts'
import { writePayload } from '../rdb/payload.ts'
import { latin, type Bytes } from '../wire/bytes.ts'

const items = (count: number, length: number) =>
  Array.from({ length: count }, (_, i) => latin(String(i).padEnd(length, '.')))

test('old forms become values of today', () => {
  const machine = new Machine()
  const [list, listZiplist, listQuicklist, zset, zsetZiplist, hashZiplist, hashZipmap, set, hash] = oldPayloads
  const made = (payload: Bytes, ...ask: string[]) => {
    expect(machine.shown('RESTORE', 'k', '0', payload, 'REPLACE')).toBe('OK')
    machine.check()
    return [machine.shown('OBJECT', 'ENCODING', 'k'), machine.ask(ask[0]!, 'k', ...ask.slice(1))]
  }
  expect(made(list!, 'LRANGE', '0', '-1')).toEqual(['"listpack"', ['a', '70000', 'long'.repeat(20)]])
  expect(made(listZiplist!, 'LRANGE', '0', '-1')).toEqual(['"quicklist"', ['one', '2', 'three', '12']])
  expect(made(listQuicklist!, 'LRANGE', '0', '-1')).toEqual(['"quicklist"', ['one', '2', 'three']])
  expect(made(zset!, 'ZRANGE', '0', '-1', 'WITHSCORES')).toEqual([
    '"listpack"',
    ['b', '-inf', 'c', '1.2', 'd', '1.3', 'a', 'inf'],
  ])
  expect(made(zsetZiplist!, 'ZRANGE', '0', '-1')).toEqual(['"listpack"', ['a', 'b', 'c']])
  expect(made(hashZiplist!, 'HGETALL')).toEqual(['"listpack"', ['f', 'v', 'g', '7']])
  expect(made(hashZipmap!, 'HGETALL')).toEqual(['"listpack"', ['foo', 'bar', 'hello', 'world']])
  expect(made(set!, 'SCARD')).toEqual(['"listpack"', 3])
  expect(made(hash!, 'HGETALL')).toEqual(['"listpack"', ['f', 'v', 'g', 'w']])
})

test('a list with a node larger than any server has keeps all its elements', () => {
  const machine = new Machine()
  const many = items(45_000, 200)
  const payload = writePayload({ type: 'list', nodes: [{ items: many }] }, false)
  expect(machine.shown('RESTORE', 'k', '0', payload)).toBe('OK')
  expect(machine.ask('LLEN', 'k')).toBe(many.length)
  for (const i of [0, 1, 20_000, 44_999]) expect(machine.ask('LINDEX', 'k', String(i))).toBe(many[i])
})

test('what was packed stays so while its number allows, however long its elements are', () => {
  const machine = new Machine()
  const long = items(5, 100)
  machine.ask('CONFIG', 'SET', 'hash-max-listpack-value', '1000', 'set-max-listpack-value', '1000')
  machine.ask('CONFIG', 'SET', 'zset-max-listpack-value', '1000')
  machine.ask('HSET', 'h', ...long.flatMap((item) => [item, item]))
  machine.ask('SADD', 's', ...long)
  machine.ask('ZADD', 'z', ...long.flatMap((item, i) => [String(-i), item]))
  machine.ask('SADD', 'ints', '1', 'x')
  machine.ask('SREM', 'ints', 'x')
  const encodings = () => ['h', 's', 'z', 'ints'].map((key) => machine.shown('OBJECT', 'ENCODING', key))
  const file = machine.save()
  // It begins again with the parameters of a beginning.
  machine.begin(latin(String.fromCharCode(...file)))
  expect(encodings()).toEqual(['"listpack"', '"listpack"', '"listpack"', '"listpack"'])
  machine.check()
  for (const kind of ['hash', 'set', 'zset']) machine.ask('CONFIG', 'SET', `${kind}-max-listpack-entries`, '4')
  machine.reload(latin(String.fromCharCode(...file)))
  expect(encodings()).toEqual(['"hashtable"', '"hashtable"', '"skiplist"', '"listpack"'])
  machine.check()
})
