import { expect, test } from 'vitest'
import { split } from '../../wire/line.ts'
import { show } from '../../wire/show.ts'
import { Engine } from '../engine.ts'

const at = Date.UTC(2026, 0, 1)

function started(...clients: number[]): Engine {
  const engine = new Engine({ seed: 1, at })
  for (const client of clients) engine.apply({ do: 'connect', at, client, name: `C${client}`, db: 0 })
  return engine
}

/** What everybody hears, in order: "client reply|push text". */
function say(engine: Engine, client: number, line: string): string[] {
  const outputs = engine.apply({ do: 'send', at, client, argv: split(line)! })
  return outputs.flatMap((one) => {
    if (one.on === 'reply') return `${one.client} reply ${show(one.reply).replaceAll('\n', ' ')}`
    if (one.on === 'push') return `${one.client} push ${show(one.message).replaceAll('\n', ' ')}`
    return one.on === 'cancelled' ? `${one.client} cancelled` : []
  })
}

test('a command with several channels has one reply, and its other answers follow at once', () => {
  const engine = started(1)
  expect(say(engine, 1, 'SUBSCRIBE a b')).toEqual([
    '1 reply 1) "subscribe" 2) "a" 3) (integer) 1',
    '1 push 1) "subscribe" 2) "b" 3) (integer) 2',
  ])
})

test('a message reaches others before its sender has the reply, and the sender itself after it', () => {
  const engine = started(1, 2)
  say(engine, 1, 'HELLO 3')
  say(engine, 1, 'SUBSCRIBE news')
  say(engine, 2, 'SUBSCRIBE news')
  expect(say(engine, 1, 'PUBLISH news hi')).toEqual([
    '2 push 1) "message" 2) "news" 3) "hi"',
    '1 reply (integer) 2',
    '1 push 1> "message" 2> "news" 3> "hi"',
  ])
})

test('each sent command is answered once, also where EXEC subscribes', () => {
  const engine = started(1)
  say(engine, 1, 'MULTI')
  say(engine, 1, 'SUBSCRIBE a b')
  say(engine, 1, 'PUBLISH a hi')
  const heard = say(engine, 1, 'EXEC')
  expect(heard.filter((line) => line.startsWith('1 reply'))).toHaveLength(1)
  expect(heard.slice(1)).toEqual(['1 push (integer) 1', '1 push 1) "message" 2) "a" 3) "hi"'])
})

test('a silenced connection hears pushes and no replies', () => {
  const engine = started(1)
  say(engine, 1, 'HELLO 3')
  say(engine, 1, 'CLIENT REPLY OFF')
  expect(say(engine, 1, 'SUBSCRIBE x y')).toEqual([
    '1 cancelled',
    '1 push 1> "subscribe" 2> "x" 3> (integer) 1',
    '1 push 1> "subscribe" 2> "y" 3> (integer) 2',
  ])
  expect(say(engine, 1, 'PUBLISH x hi')).toEqual(['1 cancelled', '1 push 1> "message" 2> "x" 3> "hi"'])
})

test('who waits and listens hears of it in the order of the server: reply, then message', () => {
  const engine = started(1, 2)
  say(engine, 1, 'HELLO 3')
  say(engine, 1, 'SUBSCRIBE news')
  say(engine, 1, 'BLPOP jobs 0')
  expect(say(engine, 2, 'PUBLISH news meanwhile')).toEqual([
    '1 push 1> "message" 2> "news" 3> "meanwhile"',
    '2 reply (integer) 1',
  ])
  expect(say(engine, 2, 'RPUSH jobs paint')).toEqual(['2 reply (integer) 1', '1 reply 1) "jobs" 2) "paint"'])
})

test('who is gone, was reset or left hears nothing more, and is counted no more', () => {
  const engine = started(1, 2, 3, 4)
  for (const client of [1, 2, 3]) {
    say(engine, client, 'SUBSCRIBE news')
    say(engine, client, 'PSUBSCRIBE n*')
    say(engine, client, 'SSUBSCRIBE news')
  }
  engine.apply({ do: 'disconnect', at, client: 1 })
  say(engine, 2, 'RESET')
  expect(say(engine, 3, 'UNSUBSCRIBE')).toEqual(['3 reply 1) "unsubscribe" 2) "news" 3) (integer) 1'])
  expect(say(engine, 4, 'PUBLISH news hi')).toEqual([
    '3 push 1) "pmessage" 2) "n*" 3) "news" 4) "hi"',
    '4 reply (integer) 1',
  ])
  expect(say(engine, 4, 'SPUBLISH news hi')).toEqual(['3 push 1) "smessage" 2) "news" 3) "hi"', '4 reply (integer) 1'])
  expect(say(engine, 4, 'PUBSUB NUMSUB news')).toEqual(['4 reply 1) "news" 2) (integer) 0'])
})

test('an image keeps who listens to what', () => {
  const engine = started(1, 2)
  say(engine, 1, 'SUBSCRIBE b a')
  say(engine, 1, 'PSUBSCRIBE x* *')
  say(engine, 1, 'SSUBSCRIBE s')
  const restored = Engine.restore(engine.image())
  for (const line of ['PUBLISH a 1', 'PUBLISH xa 2', 'SPUBLISH s 3', 'PUBSUB CHANNELS', 'PUBSUB NUMPAT'])
    expect(say(restored, 2, line)).toEqual(say(engine, 2, line))
  expect(say(restored, 1, 'UNSUBSCRIBE')).toEqual(say(engine, 1, 'UNSUBSCRIBE'))
  expect(restored.image()).toEqual(engine.image())
})
