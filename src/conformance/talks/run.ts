// The differential fuzzer of what clients do to each other: three of them on our host and on the real server, in sequences
// that begin on an empty server. Each client must hear the same on both, in the same order, and the same must remain.
import { Coverage } from '../fuzz/coverage.ts'
import { isEnough, Divergence, type FuzzOptions, type FuzzResult } from '../fuzz/run.ts'
import type { Family } from '../fuzz/template.ts'
import type { Report } from '../report.ts'
import { explain, playBoth, shrink, type Stages } from './explain.ts'
import { talks } from './groups.ts'
import { clients, write } from './script.ts'
import { Stage, type Talk } from './stage.ts'

/** Commands that were answered, each once. What is asked at the end is no part of them. */
function answered({ heard }: Talk, turns: number) {
  const all = clients.flatMap((who) => heard[who]).filter(({ turn, answers }) => turn < turns && answers !== null)
  return { all, commands: new Set(all.map(({ answers }) => answers)).size }
}

/** The groups of these names; empty: all of them. */
const chosen = (groups: readonly string[]): Family[] =>
  talks.filter(({ name }) => groups.length === 0 || groups.includes(name))

export async function openStages(ourPort: number, realPort: number): Promise<Stages> {
  return { ours: await Stage.open(ourPort), real: await Stage.open(realPort) }
}

export function closeStages({ ours, real }: Stages): void {
  ours.close()
  real.close()
}

/** True where any of these groups is one of talks. */
export const speaksOfTalks = (groups: readonly string[]): boolean => chosen(groups).length > 0

/** Runs one seed, the groups in turn: a check a sequence, and one for what the whole run has reached. */
export async function talk(stages: Stages, options: FuzzOptions, report: Report): Promise<FuzzResult> {
  const groups = chosen(options.groups)
  const coverage = new Coverage(groups.map(({ name }) => name))
  let commands = 0
  let fine = true
  for (let sequence = 0; sequence < options.sequences && (fine || options.all); sequence++) {
    const group = groups[sequence % groups.length]!
    const title = `${group.name}: seed ${options.seed}, sequence ${sequence}`
    const turns = write(group, options.seed * 1_000_003 + sequence, options.length)
    const passed = await report.check(title, async () => {
      const compared = await playBoth(turns, stages)
      if (compared.found) throw new Divergence(explain(await shrink(compared, stages), title))
      const found = answered(compared.real, turns.length)
      commands += found.commands
      for (const { answers, reply } of found.all) {
        coverage.heard(answers!, reply)
        report.fuzz.note(answers!, reply)
      }
    })
    fine = fine && passed
  }
  if (fine) fine = await report.check(`talks: what seed ${options.seed} has reached`, () => isEnough(coverage))
  return { commands, fine, share: coverage.fine }
}
