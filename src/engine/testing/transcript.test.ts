import { describe, expect, it } from 'vitest'
import type { Bytes } from '../../wire/bytes.ts'
import { latin } from '../../wire/bytes.ts'
import { OK, type Reply } from '../../wire/reply.ts'
import { parse, play, type Target } from './transcript.ts'

/** A server that knows three commands: SET answers OK, WAIT blocks, WAKE answers everybody who waits. */
class Toy implements Target {
  readonly #heard = new Map<string, Reply[]>()
  readonly #waiting = new Set<string>()
  time = 0

  connect(client: string): void {
    this.#heard.set(client, [])
  }
  send(client: string, argv: readonly Bytes[]): void {
    if (argv[0] === 'WAIT') this.#waiting.add(client)
    else this.#heard.get(client)!.push(argv[0] === 'SET' ? OK : [latin('b'), latin('a')])
    if (argv[0] === 'WAKE') for (const one of this.#waiting) this.#answer(one)
  }
  #answer(client: string): void {
    this.#waiting.delete(client)
    this.#heard.get(client)!.push([latin('x'), this.time])
  }
  advance(ms: number): void {
    this.time += ms
  }
  befall(): void {}
  take(client: string): Reply | undefined {
    return this.#heard.get(client)?.shift()
  }
  hear(client: string): Reply | undefined {
    return this.take(client)
  }
  unanswered(client: string): number {
    return this.#waiting.has(client) ? 1 : 0
  }
}

const run = async (source: string) => {
  for (const section of parse('toy.transcript', source)) await play(section, new Toy())
}

describe('a transcript', () => {
  it('is read into sections and steps', () => {
    const [first, second] = parse(
      'f',
      '# One\n> SET a 1\nOK\n# a remark\n~ 2m\n~ disk full\n\n# Two\n127.0.0.1:6379[3]> KEYS * (any order)\n1) "a"\n2) "b"\n',
    )
    expect(first).toMatchObject({ title: 'One', line: 1, db: 0, timed: true })
    expect(first!.steps).toMatchObject([
      { do: 'type', client: 'A', typed: 'SET a 1', reply: 'OK', line: 2 },
      { do: 'wait', ms: 120_000 },
      { do: 'befall', what: 'disk full' },
    ])
    expect(second).toMatchObject({ title: 'Two', db: 3, timed: false })
    expect(second!.steps).toMatchObject([{ typed: 'KEYS *', prompt: '[3]', anyOrder: true, reply: '1) "a"\n2) "b"' }])
  })

  it('plays clients, waiting and time', async () => {
    const whole = `# all of it
A> WAIT
A is blocked
> SET x "unbalanced
Invalid argument(s)
~ 5s
B> WAKE (any order)
1) "a"
2) "b"
A< 1) "x"
   2) (integer) 5000
B> WAKE
*
`
    await expect(run(whole)).resolves.toBeUndefined()
  })

  it.each([
    ['a wrong reply', '> SET a 1\nQUEUED', /toy.transcript:2 \(t\)\nwanted:\n {2}QUEUED\ngot:\n {2}OK/],
    ['another order', '> WAKE\n1) "a"\n2) "b"', /wanted/],
    ['a reply nobody expected', '> SET a 1', /nothing more for A/],
    ['no reply', '> WAIT\nOK', /no reply for A/],
    ['a client that is not blocked', '> SET a 1\nOK\nA is blocked', /A is not blocked/],
    ['a wrong prompt', '127.0.0.1:6379> SELECT 1\n*\n127.0.0.1:6379> SET a 1\nOK', /prompt/],
    ['what it cannot read', '~ 5 parsecs', /toy.transcript:2: not a step/],
  ])('fails at %s', async (_, steps, message) => {
    await expect((async () => run(`# t\n${steps}\n`))()).rejects.toThrow(message)
  })
})
