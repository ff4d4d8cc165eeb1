import { describe, expect, it } from 'vitest'
import { latin } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { difference } from './compare.ts'
import { talks } from './groups.ts'
import { write } from './script.ts'
import type { Talk } from './stage.ts'

const list = (...items: (string | number)[]): Reply =>
  items.map((item) => (typeof item === 'string' ? latin(item) : item))
const talk = (...replies: Reply[]): Talk => ({
  heard: { A: replies.map((reply, turn) => ({ turn, reply, answers: null })), B: [], C: [] },
  waits: [],
  end: [],
  broken: null,
})

describe('a talk', () => {
  it('is the same for the same seed', () => {
    for (const group of talks) expect(write(group, 3, 100)).toEqual(write(group, 3, 100))
  })
})

describe('two servers', () => {
  it('say the same where only names of clients differ', () => {
    const [ours, real] = ['id=3 addr=a:1 name=ann db=1', 'id=9 addr=b:2 name=ann db=1'].map(latin)
    expect(difference(talk(ours!), talk(real!))).toBeNull()
    expect(difference(talk(ours!), talk(latin('id=9 addr=b:2 name=ann db=0')))).not.toBeNull()
  })

  it('may send what several patterns match in any order, and nothing else', () => {
    const messages = [list('pmessage', 'a*', 'ab', 'x'), list('pmessage', '*b', 'ab', 'x')] as const
    expect(difference(talk(...messages), talk(...messages.toReversed()))).toBeNull()
    const others = [list('message', 'a', 'x'), list('message', 'b', 'x')] as const
    expect(difference(talk(...others), talk(...others.toReversed()))).toMatchObject({ turn: 0, client: 'A' })
  })

  it('differ where one has heard less, or waits', () => {
    expect(difference(talk(1), talk(1, 2))).toMatchObject({ turn: 1, ours: 'nothing' })
    expect(difference(talk(), { ...talk(), waits: [{ turn: 4, client: 'B', what: 'waits' }] })).toMatchObject({
      turn: 4,
      ours: 'nobody waits',
    })
  })
})
