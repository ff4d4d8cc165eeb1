// Plays a sequence on both sides and finds the first reply that differs; cuts the sequence down to what is needed for it.
import { text } from '../../wire/bytes.ts'
import { join } from '../../wire/line.ts'
import { isTagged, type Reply } from '../../wire/reply.ts'
import { show } from '../../wire/show.ts'
import { same, sameExec, sameProbes } from './compare.ts'
import { cutDown } from './cut.ts'
import { nameOf, type Item, type Who } from './generate.ts'
import { withProbes, type Answer, type Side } from './play.ts'
import type { Compare } from './template.ts'

export interface Sides {
  readonly ours: Side
  readonly real: Side
}

export interface Played {
  readonly items: readonly Item[]
  readonly real: readonly Answer[]
  readonly ours: readonly Answer[]
  /** The place of the first command whose replies differ, or null. */
  readonly at: number | null
}

/** Plays the commands on both sides. */
export async function playBoth(items: readonly Item[], { ours, real }: Sides): Promise<Played> {
  const questions = withProbes(items)
  const [mine, judge] = await Promise.all([ours.play(questions), real.play(questions)])
  return { items, ours: mine, real: judge, at: firstDifference(items, mine, judge) }
}

function firstDifference(items: readonly Item[], ours: readonly Answer[], real: readonly Answer[]): number | null {
  const queued: Record<Who, Compare[]> = { A: [], B: [] }
  for (const [at, item] of items.entries()) {
    const queue = queued[item.client]
    const name = nameOf(item)
    const [mine, judge] = [ours[at]!, real[at]!]
    const fine =
      name === 'EXEC'
        ? sameExec(mine.reply, judge.reply, queue)
        : same(mine.reply, judge.reply, item.compare, judge.probed) &&
          sameProbes(mine.probed, judge.probed, item.compare)
    if (!fine) return at
    if (isQueued(judge.reply)) queue.push(item.compare)
    else if (name === 'EXEC' || name === 'DISCARD') queue.length = 0
  }
  return null
}

const isQueued = (reply: Reply) => isTagged(reply) && reply.kind === 'status' && reply.text === 'QUEUED'

/** Leaves out what is not needed, as long as what remains still diverges at a command of that name. */
export async function shrink(played: Played, sides: Sides): Promise<Played> {
  const name = nameOf(played.items[played.at!]!)
  let least = played
  await cutDown(together(played.items.slice(0, played.at! + 1)), async (parts) => {
    const found = await playBoth(parts.flat(), sides)
    if (found.at === null || nameOf(found.items[found.at]!) !== name) return null
    least = found
    return together(found.items.slice(0, found.at + 1))
  })
  return least
}

/** Commands that belong together stay so. */
function together(items: readonly Item[]): Item[][] {
  const parts: Item[][] = []
  for (const item of items) {
    if (item.follows && parts.length > 0) parts.at(-1)!.push(item)
    else parts.push([item])
  }
  return parts
}

const MOST_LINES = 40

/** A section of a transcript with the real server's replies, ready to be put into a file; and what we answered. */
export function explain({ items, ours, real, at }: Played, title: string): string {
  const steps = items
    .slice(0, at! + 1)
    .map(({ client, argv, compare }, i) => `${client}> ${join(argv, text)}${printed(compare, real[i]!)}`)
  const [mine, judge] = [ours[at!]!, real[at!]!]
  const probed = [...mine.probed, ...judge.probed].map(show).join(' ')
  return `# ${title}\n${steps.join('\n')}\n\nours:\n${head(show(mine.reply))}${probed ? `\n(encodings: ${probed})` : ''}`
}

function printed(compare: Compare, { reply }: Answer): string {
  if (compare === 'kind' || compare === 'near') return '\n*'
  return `${compare === 'exact' ? '' : ' (any order)'}\n${head(show(reply))}`
}

function head(shown: string): string {
  const lines = shown.split('\n')
  return lines.length > MOST_LINES ? `${lines.slice(0, MOST_LINES).join('\n')}\n… ${lines.length} lines` : shown
}
