// A lesson proves itself: it is played by its own solutions on a real engine, with the same player that a learner
// has. When a step begins its checks fail; after its solution they hold; every reply is the one that the lesson
// states. It is played twice: as somebody who runs every line that the prose offers, and as somebody who runs none of
// them.
import type { Bytes } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import { isError, type Reply } from '../wire/reply.ts'
import type { ClientState } from '../session/protocol.ts'
import { judge } from './check.ts'
import { createPlayer, type Player } from './player.ts'
import type { Lesson, Step, Typed } from './schema.ts'
import { asShown } from './shown.ts'

/** An engine with named clients, to play a lesson on. */
export interface Bench {
  /** Sends a command. Returns every reply that it brought out, also those of clients that had been waiting. */
  send(client: string, argv: readonly Bytes[]): readonly { readonly client: string; readonly reply: Reply }[]
  peek(db: number, argv: readonly Bytes[]): Reply
  state(client: string): ClientState | undefined
}

/** Makes a fresh engine with these clients connected to this database. */
export type OpenBench = (clients: readonly string[], db: number) => Bench

/** Plays a lesson; returns what does not hold, in sentences. Nothing: it is proven. */
export async function prove(lesson: Lesson, open: OpenBench): Promise<readonly string[]> {
  const withLines = await new Proof(lesson, open(lesson.clients, lesson.db), true).play()
  const without = await new Proof(lesson, open(lesson.clients, lesson.db), false).play()
  return [...withLines, ...without.map((problem) => `without the lines of the prose: ${problem}`)]
}

class Proof {
  readonly #lesson: Lesson
  readonly #bench: Bench
  readonly #player: Player
  /** True where the lines that the prose offers are run too; only then are all replies as the lesson states them. */
  readonly #runsLines: boolean
  readonly #problems: string[] = []
  /** Lines that have no reply yet, oldest first, by client. */
  readonly #open = new Map<string, { typed: Typed; argv: readonly Bytes[] }[]>()

  constructor(lesson: Lesson, bench: Bench, runsLines: boolean) {
    this.#lesson = lesson
    this.#bench = bench
    this.#runsLines = runsLines
    this.#player = createPlayer(lesson, null, {
      peek: (db, argv) => Promise.resolve(bench.peek(db, argv)),
      client: (name) => bench.state(name),
    })
  }

  async play(): Promise<readonly string[]> {
    await this.#run('setup', this.#lesson.setup)
    for (const [i, step] of this.#lesson.steps.entries()) {
      this.#player.go(i)
      await this.#beforeSolution(step)
      if (this.#runsLines)
        for (const block of step.body) if (block.kind === 'run') await this.#run(step.id, block.lines)
      await this.#run(step.id, step.solution)
      await this.#afterSolution(step)
    }
    for (const { typed } of [...this.#open.values()].flat())
      if (typed.expect !== undefined) this.#problems.push(`"${typed.line}" of ${typed.client} was never answered`)
    return this.#problems
  }

  async #beforeSolution(step: Step): Promise<void> {
    await this.#player.look()
    for (const [i, finding] of this.#player.findings().entries())
      if (finding?.holds) this.#problems.push(`${step.id}: "${step.checks[i]!.says}" holds before anything was done`)
  }

  async #afterSolution(step: Step): Promise<void> {
    await this.#player.look()
    for (const [i, finding] of this.#player.findings().entries())
      if (!finding?.holds)
        this.#problems.push(
          `${step.id}: "${step.checks[i]!.says}" does not hold after the solution; seen: ${finding?.seen || 'nothing'}`,
        )
  }

  async #run(where: string, lines: readonly Typed[]): Promise<void> {
    for (const typed of lines) {
      const argv = split(typed.line)!
      this.#open.set(typed.client, [...(this.#open.get(typed.client) ?? []), { typed, argv }])
      for (const { client, reply } of this.#bench.send(typed.client, argv)) this.#hear(where, client, reply)
      await this.#player.look()
    }
  }

  #hear(where: string, client: string, reply: Reply): void {
    const asked = this.#open.get(client)?.shift()
    if (!asked) return
    const { typed, argv } = asked
    this.#player.replied(client, argv, reply)
    const { seen } = judge(reply, { op: 'any' })
    if (typed.expect === undefined) {
      if (isError(reply)) this.#problems.push(`${where}: "${typed.line}" answers ${seen}; if that is meant, state it`)
    } else if (this.#runsLines && !judge(reply, { op: 'is', shown: asShown(typed.expect) }).holds)
      this.#problems.push(`${where}: "${typed.line}" should answer ${typed.expect} and answers ${seen}`)
  }
}
