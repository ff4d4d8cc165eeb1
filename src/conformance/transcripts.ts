// Every *.transcript of src, and how it is played: the sections of the tutorial follow each other on one server, as they
// were recorded; every other section begins on an empty one.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EngineTarget } from '../engine/testing/engine-target.ts'
import { parse, play, type Section } from '../engine/testing/transcript.ts'
import type { Report } from './report.ts'
import { noteSections } from './fidelity.ts'
import { freshEngine } from './fresh.ts'
import type { RealServer } from './server.ts'
import { TcpTarget } from './tcp-target.ts'

const tutorial = 'src/conformance/tutorial.transcript'

/** Sections of the tutorial that use commands which the engine does not know yet. */
export const notYet: readonly string[] = ['Where the notes point next']

/** The sections of every transcript file under `folder`, by file. */
export function allSections(folder = 'src'): Map<string, Section[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.transcript'))
    .map((name) => join(folder, name))
    .toSorted()
  return new Map(files.map((file) => [file, parse(file, readFileSync(file, 'utf8'))]))
}

/** Plays all that needs no moved clock on the server, and everything on the engine. */
export async function playAll(server: RealServer, report: Report): Promise<void> {
  for (const [file, sections] of allSections()) {
    const chained = file === tutorial
    await playFile(
      `${file} on the server`,
      sections.filter((section) => !section.timed),
      chained,
      report,
      () => TcpTarget.fresh(server.port, server),
    )
    const known = chained ? sections.filter(({ title }) => !notYet.includes(title)) : sections
    await playFile(`${file} on our engine`, known, chained, report, () => freshEngine())
  }
}

async function playFile<T extends EngineTarget | TcpTarget>(
  name: string,
  sections: readonly Section[],
  chained: boolean,
  report: Report,
  fresh: () => T | Promise<T>,
): Promise<void> {
  let target: T | undefined
  for (const section of sections) {
    if (!chained || !target) {
      if (target instanceof TcpTarget) target.close()
      target = await fresh()
    }
    const stage = target
    const passed = await report.check(`${name}: ${section.title}`, () => play(section, stage))
    if (passed && stage instanceof TcpTarget) noteSections([section], report.transcripts)
  }
  if (target instanceof TcpTarget) target.close()
}
