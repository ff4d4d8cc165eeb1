import { describe, expect, it } from 'vitest'
import { Engine } from '../engine/engine.ts'
import { split } from '../wire/line.ts'
import type { Reply } from '../wire/reply.ts'
import { benchOn } from './bench.ts'
import { parseLesson } from './format.ts'
import { createPlayer, type Place, type Stage } from './player.ts'
import type { Lesson } from './schema.ts'

const lessonOf = (...steps: string[]): Lesson => {
  const parsed = parseLesson(
    `---\nid: t\ntitle: T\nminutes: 1\nclients: [A, B]\nactors: [Mina]\n---\n${steps.join('\n')}`,
    { track: 'keys' },
  )
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.lesson
}
const stepOf = (id: string, ...checks: string[]): string =>
  [
    `## ${id}: Step\n\nDo it.\n`,
    ...checks.map((check) => `\`\`\`check${check.startsWith('GET') ? '' : ' latched'}\nsays\n${check}\n\`\`\`\n`),
    '```hint\none\n```\n\n```hint\ntwo\n```\n',
    '```redis solution\nSET k v\n```\n',
  ].join('\n')

const two = lessonOf(stepOf('one', 'GET k => "v"', 'replied: GET j => (nil)'), stepOf('two', 'GET k => "w"'))

const noActors = () => Promise.resolve()

/** A player on a real engine, and a way to type. */
function onEngine(lesson: Lesson, place: Place | null = null) {
  const bench = benchOn(new Engine({ seed: 1, at: 0 }), [...lesson.clients, ...lesson.actors], lesson.db, 0)
  const player = createPlayer(lesson, place, {
    peek: (db, argv) => Promise.resolve(bench.peek(db, argv)),
    client: (name) => bench.state(name),
    act(lines) {
      for (const deed of lines)
        if ('server' in deed) bench.befall(deed.server)
        else bench.send(deed.client, split(deed.line)!)
      return Promise.resolve()
    },
  })
  const type = async (client: string, line: string) => {
    const argv = split(line)!
    for (const { client: to, reply } of bench.send(client, argv)) player.replied(to, argv, reply)
    await player.look()
  }
  const holds = () => player.findings().map((finding) => finding?.holds ?? null)
  return { player, type, holds }
}

/** A world whose answers come when the test says so. */
function slowWorld() {
  const waiting: ((reply: Reply) => void)[] = []
  const world: Stage = {
    peek: () => new Promise((resolve) => waiting.push(resolve)),
    client: () => undefined,
    act: noActors,
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const answer = async (reply: Reply) => {
    waiting.shift()!(reply)
    await turn()
  }
  return { world, waiting, answer }
}

describe('a player', () => {
  it('knows nothing before the first look, then what is there instead', async () => {
    const { player, holds } = onEngine(two)
    expect(holds()).toEqual([null, null])
    await player.look()
    expect(player.findings()).toEqual([
      { holds: false, seen: '(nil)' },
      { holds: false, seen: '' },
    ])
  })

  it('sees what any client does, in any order, by any way', async () => {
    const { player, type, holds } = onEngine(two)
    await type('B', 'MSET k v')
    expect(holds()).toEqual([true, false])
    expect(player.place().done).toEqual([])
    await type('B', 'get j')
    expect(holds()).toEqual([true, true])
    expect(player.place()).toMatchObject({ done: ['one'], passed: { one: [false, true] }, step: 0 })
  })

  it('keeps a latched check and lets a live one go; a step that was done stays done', async () => {
    const { player, type, holds } = onEngine(two)
    await type('A', 'SET k v')
    await type('A', 'GET j')
    await type('A', 'SET j x')
    await type('A', 'GET j')
    expect(holds()).toEqual([true, true])
    await type('A', 'SET k other')
    expect(player.findings()[0]).toEqual({ holds: false, seen: '"other"' })
    expect(player.place().done).toEqual(['one'])
  })

  it('says what the newest answer was, where none held', async () => {
    const { player, type } = onEngine(two)
    await type('A', 'SET j x')
    await type('A', 'GET j')
    expect(player.findings()[1]).toEqual({ holds: false, seen: '"x"' })
  })

  it('with a live `replied`, asks that the newest answer holds', async () => {
    const live = lessonOf(
      '## one: One\n\nDo.\n',
      '```check live\ns\nreplied: GET j => (nil)\n```\n',
      '```redis solution\nGET j\n```\n',
    )
    const { type, holds } = onEngine(live)
    await type('A', 'GET j')
    expect(holds()).toEqual([true])
    await type('A', 'SET j x')
    await type('A', 'GET j')
    expect(holds()).toEqual([false])
  })

  it('does not count in one step what was answered in another', async () => {
    const { player, type, holds } = onEngine(two)
    player.go(1)
    await type('A', 'GET j')
    player.go(0)
    await player.look()
    expect(holds()).toEqual([false, false])
  })

  it('follows a client through WATCH and MULTI', async () => {
    const race = lessonOf(stepOf('race', 'A is watching k', 'A is in transaction', 'A replied: EXEC => (nil)'))
    const { player, type, holds } = onEngine(race)
    await type('A', 'WATCH k')
    expect(holds()).toEqual([true, false, false])
    await type('B', 'SET k b')
    await type('A', 'MULTI')
    await type('A', 'SET k a')
    expect(holds()).toEqual([true, true, false])
    await type('A', 'EXEC')
    expect(holds()).toEqual([true, true, true])
    expect(player.place().done).toEqual(['race'])
  })

  it('takes a step without checks as done when it is looked at', async () => {
    const { player } = onEngine(lessonOf('## read: Read\n\nJust read.\n'))
    await player.look()
    expect(player.place().done).toEqual(['read'])
  })
})

describe('a place', () => {
  it('is the same object until something changes, and listeners hear each change once', async () => {
    const { player, type } = onEngine(two)
    let heard = 0
    const stop = player.subscribe(() => heard++)
    await player.look()
    const [place, findings] = [player.place(), player.findings()]
    await player.look()
    expect(player.place()).toBe(place)
    expect(player.findings()).toBe(findings)
    expect(heard).toBe(1)
    await type('A', 'SET k v')
    expect(heard).toBe(2)
    stop()
    await type('A', 'SET k x')
    expect(heard).toBe(2)
  })

  it('opens hints one by one, and closes them in the next step', () => {
    const { player } = onEngine(two)
    for (const open of [1, 2, 2]) {
      player.hint()
      expect(player.place().hints).toBe(open)
    }
    player.go(1)
    expect(player.place()).toMatchObject({ step: 1, hints: 0 })
  })

  it('remembers what was shown, once', () => {
    const { player } = onEngine(two)
    player.show()
    player.show()
    expect(player.place().shown).toEqual(['one'])
  })

  it('tells a step that was seen from one that was earned, until it is played anew without being shown', async () => {
    const { player, type } = onEngine(lessonOf(stepOf('one', 'GET k => "v"'), stepOf('two', 'GET k => "w"')))
    player.show()
    player.guess(0, 'OK')
    await type('A', 'SET k v')
    expect(player.place()).toMatchObject({ done: ['one'], seen: ['one'] })
    player.go(1)
    player.go(0)
    await player.look()
    expect(player.place()).toMatchObject({ shown: ['one'], seen: ['one'], guesses: { 'one/0': 'OK' } })
    await type('A', 'DEL k')
    player.go(0)
    expect(player.place()).toMatchObject({ shown: [], guesses: {}, seen: ['one'] })
    await type('A', 'SET k v')
    expect(player.place()).toMatchObject({ done: ['one'], seen: [] })
  })

  it('an earned step stays earned when the solution is looked at later', async () => {
    const { player, type } = onEngine(lessonOf(stepOf('one', 'GET k => "v"'), stepOf('two', 'GET k => "w"')))
    await type('A', 'SET k v')
    player.show()
    await type('A', 'SET k v')
    expect(player.place()).toMatchObject({ done: ['one'], seen: [] })
  })

  it('stays inside the lesson', () => {
    const { player } = onEngine(two)
    player.go(9)
    expect(player.place().step).toBe(1)
    player.go(-1)
    expect(player.place().step).toBe(0)
  })

  it('is taken up again after JSON', async () => {
    const first = onEngine(two)
    await first.type('A', 'GET j')
    first.player.hint()
    const place = JSON.parse(JSON.stringify(first.player.place())) as Place
    const { player, holds } = onEngine(two, place)
    expect(player.place()).toEqual(first.player.place())
    await player.look()
    expect(holds()).toEqual([false, true])
  })

  it('begins a step again: its ticks go, and that it was done stays', async () => {
    const { player, type, holds } = onEngine(two)
    await type('A', 'SET k v')
    await type('A', 'GET j')
    player.go(0)
    await player.look()
    expect(holds()).toEqual([true, false])
    expect(player.place().done).toEqual(['one'])
  })

  it('of another lesson, or of an older one, is not trusted', () => {
    const old: Place = {
      lesson: 't',
      step: 7,
      passed: { one: [true], gone: [true] },
      shown: [],
      done: ['one'],
      hints: 9,
    }
    expect(onEngine(two, old).player.place()).toEqual({ ...old, step: 1, passed: {}, hints: 2 })
    expect(onEngine(two, { ...old, lesson: 'other' }).player.place()).toMatchObject({ lesson: 't', step: 0, done: [] })
  })

  it('is not confused by a step named as a part of every object', async () => {
    const { player, type } = onEngine(lessonOf(stepOf('constructor', 'replied: GET j')))
    await player.look()
    expect(player.place().done).toEqual([])
    await type('A', 'GET j')
    expect(player.place().done).toEqual(['constructor'])
  })

  it('holds in another language', async () => {
    const { player, type } = onEngine(two)
    await type('A', 'SET k v')
    const [place, findings] = [player.place(), player.findings()]
    player.translate({ ...two, language: 'ko', title: '제목' })
    expect(player.lesson.title).toBe('제목')
    expect([player.place(), player.findings()]).toEqual([place, findings])
    expect(() => player.translate({ ...two, id: 'other' })).toThrow('"other" is not "t"')
  })
})

describe('looks', () => {
  const one = lessonOf(stepOf('one', 'GET k => "v"'), stepOf('two', 'GET k => "v"'))

  it('that are asked for during a look become one more after it', async () => {
    const { world, waiting, answer } = slowWorld()
    const player = createPlayer(one, null, world)
    let done = false
    void player.look()
    void player.look()
    void player.look().then(() => (done = true))
    expect(waiting).toHaveLength(1)
    await answer(null)
    expect([waiting.length, done]).toEqual([1, false])
    await answer('v' as Reply)
    expect([waiting.length, done]).toEqual([0, true])
    expect(player.findings()).toEqual([{ holds: true, seen: '"v"' }])
    void player.look()
    expect(waiting).toHaveLength(1)
  })

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
    'that are asked for %i turns after another see what is new',
    async (turns) => {
      let value: Reply = null
      const player = createPlayer(one, null, {
        peek: () => Promise.resolve(value),
        client: () => undefined,
        act: noActors,
      })
      void player.look()
      for (let i = 0; i < turns; i++) await Promise.resolve()
      value = 'v' as Reply
      await player.look()
      expect(player.findings()).toEqual([{ holds: true, seen: '"v"' }])
    },
  )

  it('that began in another step are dropped', async () => {
    const { world, waiting, answer } = slowWorld()
    const player = createPlayer(one, null, world)
    void player.look()
    player.go(1)
    await answer('v' as Reply)
    expect(player.findings()).toEqual([null])
    expect(player.place().done).toEqual([])
    expect(waiting).toHaveLength(1)
    await answer('v' as Reply)
    expect(player.place().done).toEqual(['two'])
  })

  it('do not throw where a peek fails, and go on after it', async () => {
    let fails = true
    const world: Stage = {
      peek: () => (fails ? Promise.reject(new Error('no answer')) : Promise.resolve('v' as Reply)),
      client: () => undefined,
      act: noActors,
    }
    const player = createPlayer(one, null, world)
    await player.look()
    expect(player.findings()).toEqual([{ holds: false, seen: 'no answer' }])
    fails = false
    await player.look()
    expect(player.place().done).toEqual(['one'])
  })
})

const fenced = (info: string, ...rows: string[]) => ['```' + info, ...rows, '```', ''].join('\n')
const raceStep = [
  '## race: Race\n\nWatch it.\n',
  fenced('redis cue', 'Mina> SET stock 1'),
  fenced('redis cue', 'when: A is watching stock', 'Mina> DECR stock'),
  fenced('hint when', 'typed: GET stok', 'A letter is missing.'),
  fenced('check', 'lost', 'A replied: EXEC => (nil)'),
  fenced('hint', 'one'),
  fenced('redis solution', 'A> WATCH stock', 'A> MULTI', 'A> DECR stock', 'A> EXEC'),
].join('\n')

describe('others', () => {
  const race = lessonOf(raceStep, stepOf('two', 'GET k => "v"'))

  it('act when the step begins and when their cue comes, each once', async () => {
    const { player, type, holds } = onEngine(race)
    await player.look()
    expect(player.place().cued).toEqual([0])
    await type('A', 'WATCH stock')
    expect(player.place().cued).toEqual([0, 1])
    for (const line of ['UNWATCH', 'WATCH stock', 'MULTI', 'GET stock']) await type('A', line)
    await type('A', 'EXEC')
    expect(holds()).toEqual([false])
  })

  it('spoil a transaction that began before their cue', async () => {
    const { player, type, holds } = onEngine(race)
    await player.look()
    for (const line of ['WATCH stock', 'MULTI', 'DECR stock', 'EXEC']) await type('A', line)
    expect(holds()).toEqual([true])
  })

  it('do nothing in a step that is done and only looked at again, and all of it where it is played anew', async () => {
    const { player, type } = onEngine(race)
    await player.look()
    for (const line of ['WATCH stock', 'MULTI', 'DECR stock', 'EXEC']) await type('A', line)
    player.go(1)
    player.go(0)
    await player.look()
    expect(player.place().cued).toEqual([])
    player.go(0)
    await player.look()
    expect(player.place().cued).toEqual([0])
  })
})

describe('advice', () => {
  const race = lessonOf(raceStep, stepOf('two', 'GET k => "v"'))

  it("is the step's own where its test holds, about the line typed last only", async () => {
    const { player, type } = onEngine(race)
    await type('A', 'GET stok')
    expect(player.advice()).toEqual({ kind: 'reaction', index: 0 })
    await type('A', 'GET stock')
    expect(player.advice()).toBeNull()
  })

  it('is what can be seen from what was typed', async () => {
    const { player, type } = onEngine(race)
    const seen = async (client: string, line: string) => {
      await type(client, line)
      return player.advice()
    }
    expect(await seen('B', 'DECR stock')).toEqual({ kind: 'wrong-client', client: 'B', wanted: 'A' })
    expect(await seen('A', 'decr STOCK')).toEqual({ kind: 'wrong-key', command: 'DECR', key: 'STOCK', onlyCase: true })
    expect(await seen('A', 'DECR shop')).toEqual({ kind: 'wrong-key', command: 'DECR', key: 'shop', onlyCase: false })
    expect(await seen('A', 'LPUSH stock 1')).toEqual({ kind: 'wrong-type', command: 'LPUSH', key: 'stock' })
    expect(await seen('A', 'EXPIRE hat 60')).toEqual({ kind: 'no-key', command: 'EXPIRE', key: 'hat' })
    expect(await seen('A', 'DECR stock')).toBeNull()
    player.go(1)
    expect(await seen('A', 'SET v k')).toEqual({ kind: 'swapped', command: 'SET' })
    expect(await seen('A', 'SET k v')).toBeNull()
  })
})

it('the first guess stays', () => {
  const { player } = onEngine(two)
  player.guess(0, 'OK')
  player.guess(0, '(nil)')
  expect(player.place().guesses).toEqual({ 'one/0': 'OK' })
})
