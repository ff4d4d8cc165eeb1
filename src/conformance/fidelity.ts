// What the page says of each command's faithfulness: how often it was compared with the real server, and what it does
// otherwise on purpose. It is data that is checked in, so that the page needs no engine to tell it.
//   npm run test:oracle -- --count    counts anew, where all is the same
//   npm run fuzz -- --count           counts the fuzzers' part anew
//   npm run docs                      takes over new commands (never compared yet) and the tables of differences
import { readFileSync, writeFileSync } from 'node:fs'
import { catalog } from '../engine/catalog.ts'
import { departures, differences } from '../engine/config-parameters.ts'
import { split } from '../wire/line.ts'
import type { Text } from '../wire/text.ts'
import type { Section } from '../engine/testing/transcript.ts'
import type { Compared } from './compared.ts'

export interface Fidelity {
  /** The version that was compared with. */
  readonly server: string
  /** When, and with which seed. */
  readonly date: string
  readonly seed: number
  /** By command: replies of transcripts and of fuzzers that were the same. */
  readonly compared: Readonly<Record<string, readonly [number, number]>>
  /** What is not the same, on purpose. */
  readonly differs: Readonly<Record<string, Text>>
}

const path = 'src/app/docs/fidelity.json'

export const readFidelity = (): Fidelity => JSON.parse(readFileSync(path, 'utf8')) as Fidelity

/** What commands do otherwise here. */
export function differing(): Readonly<Record<string, Text>> {
  const names = Object.keys(differences).join(', ')
  const defaults = {
    en: `These begin with other values here: ${names}.`,
    ko: `이 설정들은 기본값이 달라요: ${names}.`,
  }
  return { ...departures, 'CONFIG GET': defaults }
}

/** Replies that these sections ask of a real server. */
export function noteSections(sections: readonly Section[], compared: Compared): void {
  for (const { timed, steps } of sections)
    for (const step of timed ? [] : steps) {
      if (step.do !== 'type' || step.reply === null || step.reply === '*' || step.reply === 'QUEUED') continue
      const argv = split(step.typed)
      if (argv) compared.note(argv)
    }
}

/** Writes down what was counted; of what was not, the numbers stay. */
export function writeFidelity(
  counted: { readonly transcripts?: Compared; readonly fuzz?: Compared },
  run?: { readonly server: string; readonly seed: number },
): void {
  const old = readFidelity()
  const compared = Object.fromEntries(
    catalog.map(({ name }): [string, [number, number]] => {
      const [transcripts, fuzz] = old.compared[name] ?? [0, 0]
      return [name, [counted.transcripts?.of(name) ?? transcripts, counted.fuzz?.of(name) ?? fuzz]]
    }),
  )
  const when = run && { ...run, date: new Date().toISOString().slice(0, 10) }
  writeFileSync(path, told({ ...old, ...when, compared, differs: differing() }))
  console.log(path)
}

/** A line for each command, so that a change is easy to read. */
const told = (fidelity: Fidelity) =>
  `${JSON.stringify(fidelity, null, 2).replaceAll(/\[\s+(\d+),\s+(\d+)\s+\]/g, '[$1, $2]')}\n`
