// A difference between two servers, cut down and told as a transcript with the real server's replies.
import { text } from '../../wire/bytes.ts'
import { join } from '../../wire/line.ts'
import { show } from '../../wire/show.ts'
import { cutDown } from '../fuzz/cut.ts'
import { difference, masked, type Difference } from './compare.ts'
import { clients, type Turn } from './script.ts'
import type { Stage, Talk } from './stage.ts'

export interface Stages {
  readonly ours: Stage
  readonly real: Stage
}

export interface Compared {
  readonly turns: readonly Turn[]
  readonly real: Talk
  readonly found: Difference | null
}

/** Plays the turns on both. */
export async function playBoth(turns: readonly Turn[], stages: Stages, careful = false): Promise<Compared> {
  const [ours, real] = await Promise.all([stages.ours.play(turns, careful), stages.real.play(turns, careful)])
  return { turns, real, found: difference(ours, real) }
}

/** Leaves out turns, and then commands of turns, as long as there is a difference of that look. */
export async function shrink(compared: Compared, stages: Stages): Promise<Compared> {
  const look = lookOf(compared.found!)
  let least = compared
  const retry = async (turns: readonly Turn[]) => {
    const again = await playBoth(turns, stages, true)
    if (!again.found || lookOf(again.found) !== look) return null
    least = again
    return turns
  }
  await cutDown(compared.turns.slice(0, compared.found!.turn + 1), retry)
  await cutDown(apart(least.turns), retry)
  return least
}

/** What a difference looks like, without what is written in it. */
const lookOf = ({ ours, real }: Difference) => [ours, real].map((told) => told.replace(/"[^"]*"|\d+/g, '')).join(' | ')

/** One command a turn. */
const apart = (turns: readonly Turn[]): Turn[] =>
  turns.flatMap((turn) =>
    turn.says.some(([word]) => word === '@PASS') ? [turn] : turn.says.map((argv) => ({ ...turn, says: [argv] })),
  )

/** The section of a transcript: what each said, heard and whether it waits, with the replies of the real server. */
export function explain({ turns, real, found }: Compared, title: string): string {
  const lines = turns.flatMap((turn, i) => told(turn, i, real))
  const { client, ours, real: judge } = found!
  return `# ${title}\n${lines.join('\n')}\n\n${client ?? 'the end'}, redis-server:\n${judge}\n\nours:\n${ours}`
}

function told({ client, says }: Turn, i: number, real: Talk): string[] {
  const waits = real.waits.filter(({ turn }) => turn === i)
  const silent = waits.some(({ what }) => !what.startsWith('waits'))
  const heard = real.heard[client].filter(({ turn }) => turn === i)
  const lines: string[] = []
  if (!silent) for (const argv of says) lines.push(`${client}> ${join(argv, text)}`, ...answerTo(heard, says.length))
  const later = (who: string, reply: string) => `${who}< ${reply.replaceAll('\n', '\n   ')}`
  const own = silent || says.length > 1 ? heard : heard.slice(1)
  for (const { reply } of own) lines.push(later(client, show(masked(reply))))
  for (const { what } of waits) lines.push(what === 'still waits' ? `${client} is blocked` : `# ${client} ${what}`)
  for (const who of clients)
    if (who !== client)
      for (const { turn, reply } of real.heard[who]) if (turn === i) lines.push(later(who, show(masked(reply))))
  return lines
}

/** The reply stands under the command where a turn has only one. */
const answerTo = (heard: Talk['heard']['A'], commands: number): string[] =>
  commands === 1 && heard[0] ? [show(masked(heard[0].reply))] : []
