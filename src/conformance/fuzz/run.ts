// The differential fuzzer: the same random commands to our engine and to the real server, reply by reply. It works in
// sequences that begin on an empty server, so that a divergence can be had again from a few hundred commands at most; the
// first one is cut down to a transcript by leaving out all that is not needed.
import '../../engine/whole.ts'
import type { Report } from '../report.ts'
import { catalog } from '../../engine/catalog.ts'
import { Coverage } from './coverage.ts'
import { explain, playBoth, shrink, type Sides } from './diverge.ts'
import { commandsOf, generate } from './generate.ts'
import { families, settings } from './index.ts'
import type { Family } from './template.ts'

/** How many of the replies must be no errors. */
const LEAST_FINE = 0.6

export interface FuzzOptions {
  readonly seed: number
  readonly sequences: number
  /** Commands of one sequence. */
  readonly length: number
  /** Names of families; empty: all of them. */
  readonly groups: readonly string[]
  /** Goes on after a divergence. */
  readonly all?: boolean
}

export interface FuzzResult {
  readonly commands: number
  readonly fine: boolean
  /** The share of replies that are no errors. */
  readonly share: number
}

/** Runs one seed: a check a sequence, and one for what the whole run has reached. */
export async function fuzz(sides: Sides, options: FuzzOptions, report: Report): Promise<FuzzResult> {
  const chosen = choose(options.groups)
  const coverage = new Coverage(new Set(chosen.map(({ name }) => name)))
  let commands = 0
  let fine = true
  for (let sequence = 0; sequence < options.sequences && (fine || options.all); sequence++) {
    const title = `fuzz: seed ${options.seed}, sequence ${sequence}`
    const items = generate(chosen, options.seed * 1_000_003 + sequence, options.length)
    const passed = await report.check(title, async () => {
      const played = await playBoth(items, sides)
      if (played.at !== null) throw new Divergence(explain(await shrink(played, sides), title))
      for (const [i, { argv, counted, compare }] of items.entries()) {
        if (!counted) continue
        commands++
        if (compare !== 'kind') report.fuzz.note(argv, played.real[i]!.reply)
        coverage.heard(argv, played.real[i]!.reply)
      }
    })
    fine = fine && passed
  }
  if (fine) fine = await report.check(`fuzz: what seed ${options.seed} has reached`, () => isEnough(coverage))
  return { commands, fine, share: coverage.fine }
}

/** What a run has found; where in our code it was thrown tells nothing. */
export class Divergence extends Error {
  constructor(message: string) {
    super(message)
    this.stack = message
  }
}

/** True where any of these groups is a family of values; no group: all are. */
export const speaksOfValues = (groups: readonly string[]): boolean =>
  groups.length === 0 || families.some(({ name }) => groups.includes(name))

/** The families of these names, each with the settings that make encodings change. */
function choose(groups: readonly string[]): Family[] {
  const chosen = families.filter(({ name }) => groups.length === 0 || groups.includes(name))
  return [...(groups.length > 0 && groups.length < 3 ? [...chosen, ...chosen] : chosen), settings].map(known)
}

const names = new Set(catalog.map(({ name }) => name.split(' ', 1)[0]!))

/** A family without the templates of commands that our engine does not have. NOSUCH is meant to be unknown. */
const known = (one: Family): Family => ({
  ...one,
  templates: one.templates.filter((template) =>
    commandsOf(template).every((name) => name === 'NOSUCH' || names.has(name)),
  ),
})

export function isEnough(coverage: Coverage): void {
  const missed = coverage.missed()
  if (missed.length > 0) throw new Divergence(`never answered without an error:\n  ${missed.join('\n  ')}`)
  if (coverage.fine < LEAST_FINE)
    throw new Divergence(`only ${percent(coverage.fine)} of ${coverage.replies} replies are no errors`)
}

export const percent = (share: number) => `${(share * 100).toFixed(1)} %`
