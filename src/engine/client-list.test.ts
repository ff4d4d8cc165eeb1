// What CLIENT INFO and CLIENT LIST tell of a client's state. All of it was seen on the real server, whose lines hold too
// much of its own (ports, buffers) for a transcript.
import { expect, it } from 'vitest'
import { text, type Bytes } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import type { Reply } from '../wire/reply.ts'
import { EngineTarget } from './testing/engine-target.ts'

/** A server with two clients; `tell` is what B's CLIENT LIST says of A. */
function stage() {
  const engine = new EngineTarget({ seed: 1, at: 1000 })
  for (const client of ['A', 'B']) engine.connect(client, 0)
  const say = (client: 'A' | 'B', line: string): Reply => {
    engine.send(client, split(line)!)
    return engine.take(client)!
  }
  const a = (line: string) => say('A', line)
  const b = (line: string) => say('B', line)
  const tell = (...names: string[]) => fieldsOf(say('B', 'CLIENT LIST'), names)
  return { a, b, tell }
}

function fieldsOf(listed: Reply, names: readonly string[]): string {
  const [first] = text(listed as Bytes).split('\n')
  const fields = first!.split(' ').filter((field) => names.includes(field.split('=', 1)[0]!))
  return fields.join(' ')
}

it('names the last command, though it was refused', () => {
  const { a, tell } = stage()
  a('GET')
  expect(tell('cmd')).toBe('cmd=get')
  a('CLIENT GETNAME x')
  expect(tell('cmd')).toBe('cmd=client|getname')
  a('CONFIG')
  expect(tell('cmd')).toBe('cmd=config')
  a('NOSUCH')
  expect(tell('cmd')).toBe('cmd=NULL')
  a('CONFIG NOSUCH x')
  expect(tell('cmd')).toBe('cmd=NULL')
  a('SUBSCRIBE c')
  a('SET k v')
  expect(tell('cmd')).toBe('cmd=set')
})

it('tells of a transaction while it runs', () => {
  const { a, tell } = stage()
  for (const line of ['WATCH k', 'MULTI', 'PING', 'CLIENT INFO']) a(line)
  const [, info] = a('EXEC') as readonly Reply[]
  expect(fieldsOf(info!, ['flags', 'multi', 'watch'])).toBe('flags=x multi=2 watch=0')
  expect(tell('flags', 'multi')).toBe('flags=N multi=-1')
})

it('counts no keys that a lost transaction watches no more', () => {
  const { a, b, tell } = stage()
  a('WATCH k l')
  expect(tell('flags', 'watch')).toBe('flags=N watch=2')
  b('SET k 1')
  expect(tell('flags', 'watch')).toBe('flags=d watch=0')
  a('WATCH m')
  expect(tell('watch')).toBe('watch=0')
  a('UNWATCH')
  a('WATCH k')
  expect(tell('flags', 'watch')).toBe('flags=N watch=1')
  // Of a whole database that goes, the server does not take the trouble.
  b('FLUSHALL')
  expect(tell('flags', 'watch')).toBe('flags=d watch=1')
})

it('counts no commands of a transaction that will never run', () => {
  const { a, b, tell } = stage()
  for (const line of ['MULTI', 'PING', 'NOSUCH', 'PING']) a(line)
  expect(tell('multi')).toBe('multi=1')
  a('DISCARD')
  for (const line of ['WATCH k', 'MULTI', 'PING']) a(line)
  b('SET k 1')
  a('PING')
  expect(tell('flags', 'multi')).toBe('flags=xd multi=1')
})
