import { describe, expect, it } from 'vitest'
import { latin, utf8 } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import { double, failure, map, NIL_ARRAY, OK, setOf, type Reply } from '../wire/reply.ts'
import { judge, probe, replied, state } from './check.ts'
import type { ClientState } from '../session/protocol.ts'
import { readTest } from './fences.ts'
import type { World } from './player.ts'
import { Problems } from './problems.ts'
import type { Probe, Replied, State, Test } from './schema.ts'

const test = (line: string): Test => readTest(line, 1, { clients: ['A', 'B'], db: 0 }, new Problems())!
const wantsOf = (line: string) => (test(`GET k ${line}`) as Probe).wants

describe('an answer', () => {
  it.each<[string, Reply, boolean, string]>([
    ['=> "v"', utf8('v'), true, '"v"'],
    ['=> "v"', utf8('V'), false, '"V"'],
    ['=> "v"', null, false, '(nil)'],
    ['=> (nil)', utf8(''), false, '""'],
    ['=> (nil)', NIL_ARRAY, true, '(nil)'],
    ['=> "안녕"', utf8('안녕'), true, '"\\xec\\x95\\x88\\xeb\\x85\\x95"'],
    ['=> (integer) 1', 1, true, '(integer) 1'],
    ['=> "1"', 1, false, '(integer) 1'],
    ['=> OK', OK, true, 'OK'],
    ['=> (error) ERR no', failure('ERR no'), true, '(error) ERR no'],
    ['=> 1) "a"\n2) "1"', map([[utf8('a'), utf8('1')]]), true, '1) "a"\n2) "1"'],
    ['=> 1) "a"', setOf([utf8('a')]), true, '1) "a"'],
    ['=> "0.5"', double(0.5), true, '"0.5"'],
    ['is not (nil)', utf8('v'), true, '"v"'],
    ['is not (nil)', null, false, '(nil)'],
    ['is not (nil)', failure('WRONGTYPE x'), false, '(error) WRONGTYPE x'],
    ['has "a"', [utf8('b'), utf8('a')], true, '1) "b"\n2) "a"'],
    ['has "a"', [utf8('aa'), [utf8('a')]], false, '1) "aa"\n2) 1) "a"'],
    ['has "a"', utf8('a'), false, '"a"'],
    ['has (nil)', [null], true, '1) (nil)'],
    ['between 50 and 60', 50, true, '(integer) 50'],
    ['between 50 and 60', 61, false, '(integer) 61'],
    ['between 50 and 60', utf8('55'), true, '"55"'],
    ['between -2 and 60', utf8('soon'), false, '"soon"'],
    ['between -2 and 60', null, false, '(nil)'],
    ['at least 3', 3, true, '(integer) 3'],
    ['at least 3', 2, false, '(integer) 2'],
  ])('that is wanted %s: %j', (line, reply, holds, seen) => {
    expect(judge(reply, wantsOf(line))).toEqual({ holds, seen })
  })

  it('is not kept whole where it is long', () => {
    const { holds, seen } = judge(utf8('x'.repeat(5000)), wantsOf(`=> "${'x'.repeat(5000)}"`))
    expect(holds).toBe(true)
    expect(seen.length).toBeLessThan(500)
  })
})

describe('a probe', () => {
  it('asks its database', async () => {
    const asked: unknown[] = []
    const world: World = { peek: (...what) => Promise.resolve(asked.push(what)), client: () => undefined }
    expect(await probe(test('[3] GET k => (integer) 1') as Probe, world)).toEqual({ holds: true, seen: '(integer) 1' })
    expect(asked).toEqual([[3, ['GET', 'k']]])
  })

  it('that fails has seen the failure', async () => {
    const rejects: World = { peek: () => Promise.reject(new Error('the worker is gone')), client: () => undefined }
    const throws: World = {
      peek: () => {
        throw new Error('no session')
      },
      client: () => undefined,
    }
    const any = test('GET k is not (nil)') as Probe
    expect(await probe(any, rejects)).toEqual({ holds: false, seen: 'the worker is gone' })
    expect(await probe(any, throws)).toEqual({ holds: false, seen: 'no session' })
  })
})

describe('what was replied', () => {
  const hears = (line: string, client: string, typed: string, reply: Reply = OK) =>
    replied(test(line) as Replied, client, split(typed)!, reply)?.holds ?? null

  it.each<[string, string, string, Reply, boolean | null]>([
    ['replied: GET', 'B', 'get k', null, true],
    ['A replied: GET', 'B', 'get k', null, null],
    ['A replied: GET k', 'A', 'GET k', null, true],
    ['A replied: GET k', 'A', 'GET K', null, null],
    ['A replied: GET', 'A', 'GETEX k', null, null],
    ['replied: GET', 'A', 'GET', failure('ERR wrong number'), false],
    ['replied: CONFIG GET save', 'A', 'config get save', [], true],
    ['replied: CONFIG GET', 'A', 'config set save x', OK, null],
    ['replied: EXISTS k k at least 2', 'A', 'EXISTS k j k', 3, true],
    ['replied: EXISTS k k at least 2', 'A', 'EXISTS k j', 2, null],
    ['replied: EXEC => (nil)', 'A', 'exec', NIL_ARRAY, true],
    ['replied: EXEC => (nil)', 'A', 'exec', [OK], false],
  ])('%s: %s> %s', (line, client, typed, reply, holds) => expect(hears(line, client, typed, reply)).toBe(holds))
})

describe('a state', () => {
  const ready: ClientState = {
    client: 1,
    name: 'A',
    db: 0,
    protocol: 2,
    queued: null,
    refused: false,
    watching: [],
    raced: false,
    subscribed: { channels: [], patterns: [], shards: [] },
    monitoring: false,
    blocked: null,
  }
  const waiting = { seq: 1, command: 'blpop', cause: 'keys' as const, keys: [latin('q')], since: 0, until: null }
  const look = (line: string, some: Partial<ClientState>) =>
    state(test(line) as State, {
      peek: () => Promise.resolve(null),
      client: (name) => (name === 'A' ? { ...ready, ...some } : undefined),
    })

  it.each<[string, Partial<ClientState>, boolean, string]>([
    ['A is in transaction', {}, false, 'A is ready'],
    ['A is in transaction', { queued: 0 }, true, 'A is in transaction'],
    ['A is blocked', {}, false, 'A is ready'],
    ['A is blocked', { blocked: waiting }, true, 'A is blocked on q'],
    ['A is blocked on q', { blocked: waiting }, true, 'A is blocked on q'],
    ['A is blocked on r', { blocked: waiting }, false, 'A is blocked on q'],
    ['A is watching', {}, false, 'A is ready'],
    [
      'A is watching k',
      { watching: [{ db: 0, key: latin('k') }], queued: 1 },
      true,
      'A is in transaction, A is watching k',
    ],
    ['A is watching k', { watching: [{ db: 0, key: latin('j') }] }, false, 'A is watching j'],
    ['B is blocked', {}, false, 'B: not connected'],
  ])('%s %j', (line, some, holds, seen) => expect(look(line, some)).toEqual({ holds, seen }))
})
