import { expect, test } from 'vitest'
import type { Change, KeySummary, Spot } from '../../session/protocol.ts'
import { latin, utf8 } from '../../wire/bytes.ts'
import { messages } from '../i18n/all.ts'
import { changeLine, changesOf, duration } from './changes.ts'

const at = 1000
const of = (kind: KeySummary['kind'], size: number, more: Partial<KeySummary> = {}): KeySummary => ({
  kind,
  encoding: '',
  size,
  expireAt: null,
  ...more,
})
const string = (content: string, expireAt: number | null = null) =>
  of('string', utf8(content).length, { peek: utf8(content), expireAt })
const change = (key: string, was: KeySummary | null, now: KeySummary | null, spots: readonly Spot[] = []): Change => ({
  db: 0,
  key: utf8(key),
  event: '',
  was,
  now,
  spots,
})
const lines = (command: string, changes: readonly Change[], more = 0, db = 0) => {
  const told = changesOf({ seq: 1, client: 1, command, at, changes, more, databases: [] }, db)
  return told && [changeLine(messages.en, told), changeLine(messages.ko, told)]
}

test('a field that changed, with its time kept', () => {
  const hash = of('hash', 5, { expireAt: 9000 })
  const spot: Spot = { at: 'field', field: latin('quantity'), before: latin('1'), after: latin('0') }
  expect(lines('hincrby', [change('hat:1', hash, hash, [spot])])).toEqual([
    '~ hat:1 quantity 1 → 0, TTL kept',
    '~ hat:1 quantity 1 → 0, TTL 유지',
  ])
})

test('a new key says what it is; one that went only its name', () => {
  expect(lines('hset', [change('hat:4', null, of('hash', 2))])).toEqual([
    '+ hat:4 hash, 2 fields, no expiry',
    '+ hat:4 해시, 필드 2개, 만료 없음',
  ])
  expect(lines('setex', [change('runner', null, string('now you see me', at + 60_000))])).toEqual([
    '+ runner string "now you see me", TTL 1 min',
    '+ runner 문자열 "now you see me", TTL 1분',
  ])
  expect(lines('del', [change('runner', string('x'), null)])).toEqual(['− runner', '− runner'])
  expect(lines('get', [{ ...change('runner', string('x'), null), event: 'expired' }])).toEqual([
    '− runner expired',
    '− runner 만료됨',
  ])
})

test('a time to live that a command took away, set or moved', () => {
  expect(lines('set', [change('a', string('1', at + 57_000), string('2'))])).toEqual([
    '~ a 1 → 2, SET removed the TTL of 57 s',
    '~ a 1 → 2, SET 명령이 57초 남은 TTL을 지움',
  ])
  expect(lines('expire', [change('a', string('1'), string('1', at + 90_000))])?.[0]).toBe('~ a TTL 1 min 30 s')
  expect(lines('expire', [change('a', string('1', at + 500), string('1', at + 5000))])?.[0]).toBe(
    '~ a TTL 500 ms → 5 s',
  )
  expect(lines('set', [change('a', string('1'), string('1'))])?.[0]).toBe('~ a written again')
})

test('members, places and sizes', () => {
  const member = (name: string, before: number | null, after: number | null): Spot => ({
    at: 'member',
    member: utf8(name),
    before,
    after,
  })
  expect(
    lines('zadd', [change('z', of('zset', 1), of('zset', 2), [member('a', 1, 2), member('b', null, 3)])])?.[0],
  ).toBe('~ z a 1 → 2, +b 3')
  expect(lines('srem', [change('s', of('set', 2), of('set', 1), [member('a', 0, null)])])?.[0]).toBe('~ s −a')
  const pushed: Spot = { at: 'index', index: 2, before: null, after: latin('paint') }
  expect(lines('rpush', [change('l', of('list', 2), of('list', 3), [pushed])])).toEqual([
    '~ l +[2] "paint", 2 → 3 items',
    '~ l +[2] "paint", 2 → 항목 3개',
  ])
  expect(lines('ltrim', [change('l', of('list', 9), of('list', 3), [{ at: 'whole' }])])?.[0]).toBe('~ l 9 → 3 items')
  const five = [1, 2, 3, 4, 5].map((score) => member(`m${score}`, null, score))
  expect(lines('zadd', [change('z', of('zset', 1), of('zset', 6), five)])?.[0]).toBe(
    '~ z +m1 1, +m2 2, +m3 3, and 2 more members',
  )
})

test('several keys are summed up, and another database is named', () => {
  const many = ['a', 'b', 'c', 'd', 'e'].map((key) => change(key, string('1'), null))
  expect(lines('del', many, 1)).toEqual(['− a · − b · − c · and 3 more keys', '− a · − b · − c · 외 키 3개'])
  const filled = ['item:1', 'item:2', 'item:3'].map((key) => change(key, null, string('value')))
  expect(lines('debug', filled, 297)?.[0]).toBe('+ item:1 string "value", no expiry · and 299 more keys')
  expect(lines('move', [change('a', string('1'), null)], 0, 3)?.[0]).toBe('− [0] a')
})

test('nothing is said where nothing changed', () => {
  expect(lines('get', [])).toBeNull()
  expect(lines('rpush', [change('l', null, null)])).toBeNull()
})

test('a long value or name is cut', () => {
  const long = 'x'.repeat(60)
  expect(lines('set', [change(long, string('a'), string(long))])?.[0]).toBe(
    `~ ${'x'.repeat(39)}… "a" → "${'x'.repeat(39)}…"`,
  )
})

test('times in two units', () => {
  expect(duration(messages.en, 3_600_000)).toBe('1 h')
  expect(duration(messages.en, 3_725_000)).toBe('1 h 2 min')
  expect(duration(messages.ko, 90_061_000)).toBe('1일 1시간')
})
