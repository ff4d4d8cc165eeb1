// A lesson proves itself: it is played by its own solutions on a real engine, with the same player that a learner
// has. When a step begins its checks fail; after its solution they hold; every reply is the one that the lesson
// states. It is played twice: as somebody who runs every line that the prose offers, and as somebody who runs none of
// them.
import { isError, type Reply } from '../wire/reply.ts'
import type { Text } from '../wire/text.ts'
import { judge } from './check.ts'
import { Playing, type OpenBench } from './playing.ts'
import type { Block, Lesson, Line, Step, Typed } from './schema.ts'
import { asShown } from './shown.ts'

export type { Bench, OpenBench } from './playing.ts'

/** Plays a lesson; returns what does not hold, in sentences. Nothing: it is proven. */
export async function prove(lesson: Lesson, open: OpenBench): Promise<readonly Text[]> {
  const withLines = await new Proof(lesson, open, true).play()
  const without = await new Proof(lesson, open, false).play()
  return [
    ...withLines,
    ...without.map(({ en, ko }) => ({
      en: `without the lines of the prose: ${en}`,
      ko: `본문의 줄을 실행하지 않으면: ${ko}`,
    })),
  ]
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
  readonly #problems: Text[] = []
  #where = 'setup'

  constructor(lesson: Lesson, open: OpenBench, runsLines: boolean) {
    this.#lesson = lesson
    this.#runsLines = runsLines
    this.#playing = new Playing(lesson, open, (typed, reply) => this.#hear(typed, reply))
  }

  async play(): Promise<readonly Text[]> {
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
      if (expect !== undefined)
        this.#problems.push({
          en: `"${line}" of ${client} was never answered`,
          ko: `${client}의 "${line}" 명령에 끝내 응답이 없었어요`,
        })
    return this.#problems
  }

  #beforeSolution(step: Step): void {
    for (const [i, finding] of this.#playing.player.findings().entries())
      if (finding?.holds)
        this.#problems.push({
          en: `${step.id}: "${step.checks[i]!.says}" holds before anything was done`,
          ko: `${step.id}: 아무것도 하기 전에 "${step.checks[i]!.says}" 검사가 이미 맞아요`,
        })
  }

  async #afterSolution(step: Step): Promise<void> {
    const { player } = this.#playing
    await player.look()
    for (const [i, finding] of player.findings().entries())
      if (!finding?.holds)
        this.#problems.push({
          en: `${step.id}: "${step.checks[i]!.says}" does not hold after the solution; seen: ${finding?.seen || 'nothing'}`,
          ko: `${step.id}: 풀이를 다 해도 "${step.checks[i]!.says}" 검사가 맞지 않아요. 실제 결과: ${finding?.seen || '없음'}`,
        })
    const missed = step.cues.findIndex((_, i) => !player.place().cued?.includes(i))
    if (missed >= 0)
      this.#problems.push({
        en: `${step.id}: the cue number ${missed + 1} never came`,
        ko: `${step.id}: ${missed + 1}번째 cue가 끝내 실행되지 않았어요`,
      })
  }

  #hear({ line, expect }: Typed, reply: Reply): void {
    const { seen } = judge(reply, { op: 'any' })
    if (expect === undefined) {
      if (isError(reply))
        this.#problems.push({
          en: `${this.#where}: "${line}" answers ${seen}; if that is meant, state it`,
          ko: `${this.#where}: "${line}" 명령이 오류로 답해요: ${seen}; 일부러 그런 것이면 그 응답을 적어 두세요`,
        })
    } else if (this.#runsLines && !judge(reply, { op: 'is', shown: asShown(expect) }).holds)
      this.#problems.push({
        en: `${this.#where}: "${line}" should answer ${expect} and answers ${seen}`,
        ko: `${this.#where}: "${line}" 명령에 적힌 응답은 ${expect}, 실제 응답은 ${seen}`,
      })
  }
}
