// How two sides are measured against each other on a machine that is never quiet: CPU time, not the wall's; both sides in
// turn, many rounds; a ratio for each round, and of these the median. What disturbs one round disturbs both of its sides.

/** What one side did in one go: CPU time in microseconds. */
export interface Spent {
  readonly cpu: number
  readonly commands: number
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)

/** CPU time of this process while `work` runs, in microseconds. */
export function cpuOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

/** One side: plays so many messages. */
export type Play = (messages: number) => Spent | Promise<Spent>

export interface Compared {
  /** CPU nanoseconds a command: medians of all rounds. */
  readonly ours: number
  readonly theirs: number
  /** Their CPU time by ours, a command: above 1 we are faster. The median of the rounds, the worst and the best. */
  readonly ratio: number
  readonly least: number
  readonly most: number
}

export interface Effort {
  readonly rounds: number
  /** CPU time that each side takes in each round at least, in microseconds. */
  readonly least: number
}

const perCommand = ({ cpu, commands }: Spent) => (cpu * 1000) / commands

/** Rounds of both sides in turn; who begins changes from round to round. `prepare` is done before each go, untimed. */
export async function compare(
  ours: Play,
  theirs: Play,
  { rounds, least }: Effort,
  prepare: (messages: number) => Promise<void> = () => Promise.resolve(),
): Promise<Compared> {
  const sizes = await Promise.all([calibrate(ours, least, prepare), Promise.resolve(0)])
  sizes[1] = await calibrate(theirs, least, prepare)
  // Code is still being compiled in the first goes.
  for (let i = 0; i < 2; i++) await go(ours, sizes[0], prepare)
  const spent: [number, number][] = []
  for (let round = 0; round < rounds; round++) {
    const pair: [number, number] = [0, 0]
    for (const side of round % 2 === 0 ? [0, 1] : [1, 0])
      pair[side] = perCommand(await go(side === 0 ? ours : theirs, sizes[side]!, prepare))
    spent.push(pair)
  }
  const ratios = spent.map(([a, b]) => b / a)
  return {
    ours: median(spent.map(([a]) => a)),
    theirs: median(spent.map(([, b]) => b)),
    ratio: median(ratios),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
  }
}

async function go(play: Play, messages: number, prepare: (messages: number) => Promise<void>): Promise<Spent> {
  await prepare(messages)
  return play(messages)
}

/** How many messages take the wanted CPU time. */
async function calibrate(play: Play, least: number, prepare: (messages: number) => Promise<void>): Promise<number> {
  for (let messages = 4; ; messages *= 4) {
    const { cpu } = await go(play, messages, prepare)
    if (cpu >= least / 4) return Math.ceil((messages * least * 1.2) / cpu)
  }
}
