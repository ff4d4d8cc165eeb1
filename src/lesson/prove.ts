// A lesson proves itself: it is played by its own solutions on a real engine, with the same player that a learner
// has. When a step begins its checks fail; after its solution they hold; every reply is the one that the lesson
// states. It is played twice: as somebody who runs every line that the prose offers, and as somebody who runs none of
// them.
import { isError, type Reply } from '../wire/reply.ts'
import { judge } from './check.ts'
import { Playing, type OpenBench } from './playing.ts'
import type { Block, Lesson, Line, Step, Typed } from './schema.ts'
import { asShown } from './shown.ts'

export type { Bench, OpenBench } from './playing.ts'

/** Plays a lesson; returns what does not hold, in sentences. Nothing: it is proven. */
export async function prove(lesson: Lesson, open: OpenBench): Promise<readonly string[]> {
  const withLines = await new Proof(lesson, open, true).play()
  const without = await new Proof(lesson, open, false).play()
  return [...withLines, ...without.map((problem) => `without the lines of the prose: ${problem}`)]
}

/** The lines that a block offers to run. */
export function offered(block: Block): readonly Line[] {
  return block.kind === 'run' ? block.lines : block.kind === 'predict' ? [block.typed] : []
}

class Proof {
  readonly #lesson: Lesson
  readonly #playing: Playing
  /** True where the lines that the prose offers are run too; only then are all replies as the lesson states them. */
  readonly #runsLines: boolean
  readonly #problems: string[] = []
  #where = 'setup'

  constructor(lesson: Lesson, open: OpenBench, runsLines: boolean) {
    this.#lesson = lesson
    this.#runsLines = runsLines
    this.#playing = new Playing(lesson, open, (typed, reply) => this.#hear(typed, reply))
  }

  async play(): Promise<readonly string[]> {
    this.#playing.setUp()
    for (const [i, step] of this.#lesson.steps.entries()) {
      this.#where = step.id
      await this.#playing.begin(i)
      this.#beforeSolution(step)
      if (this.#runsLines) for (const block of step.body) await this.#playing.run(offered(block))
      await this.#playing.run(step.solution)
      await this.#afterSolution(step)
    }
    for (const { client, line, expect } of this.#playing.unanswered)
      if (expect !== undefined) this.#problems.push(`"${line}" of ${client} was never answered`)
    return this.#problems
  }

  #beforeSolution(step: Step): void {
    for (const [i, finding] of this.#playing.player.findings().entries())
      if (finding?.holds) this.#problems.push(`${step.id}: "${step.checks[i]!.says}" holds before anything was done`)
  }

  async #afterSolution(step: Step): Promise<void> {
    const { player } = this.#playing
    await player.look()
    for (const [i, finding] of player.findings().entries())
      if (!finding?.holds)
        this.#problems.push(
          `${step.id}: "${step.checks[i]!.says}" does not hold after the solution; seen: ${finding?.seen || 'nothing'}`,
        )
    const missed = step.cues.findIndex((_, i) => !player.place().cued?.includes(i))
    if (missed >= 0) this.#problems.push(`${step.id}: the cue number ${missed + 1} never came`)
  }

  #hear({ line, expect }: Typed, reply: Reply): void {
    const { seen } = judge(reply, { op: 'any' })
    if (expect === undefined) {
      if (isError(reply)) this.#problems.push(`${this.#where}: "${line}" answers ${seen}; if that is meant, state it`)
    } else if (this.#runsLines && !judge(reply, { op: 'is', shown: asShown(expect) }).holds)
      this.#problems.push(`${this.#where}: "${line}" should answer ${expect} and answers ${seen}`)
  }
}
