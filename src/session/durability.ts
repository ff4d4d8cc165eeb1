// What befalls the server itself, and what lies on its disk. Loaded when first needed.
import { configFault, readConfigLines } from '../engine/config-file.ts'
import type { Engine, Output } from '../engine/engine.ts'
import type { Answers, Input, Request } from './protocol.ts'

type Kinds = 'crash' | 'disk' | 'disk-file'

/** Does it at the instant `at`; `give` gives the engine an input. */
export function befall(
  ask: Extract<Request, { do: Kinds }>,
  at: number,
  engine: Engine,
  give: (input: Input) => readonly Output[],
): Answers[Kinds] {
  const fault = ask.do === 'crash' && ask.how === 'restart' ? configFault(engine.disk) : null
  if (fault) return fault
  if (ask.do === 'crash') return give({ do: ask.how, at }).find((output) => output.on === 'reloaded')?.report ?? null
  // A copy, for bytes may be a part of a larger array, which would cross the border whole.
  if (ask.do === 'disk-file') return engine.disk.files.get(ask.path)?.bytes.slice() ?? null
  const { full, put } = ask
  if (full !== undefined && full !== engine.disk.full) give({ do: 'disk', at, full })
  if (put && !engine.disk.full) give({ do: 'put', at, ...put })
  const files = Array.from(engine.disk.files, ([path, file]) => ({ path, size: file.bytes.length, at: file.at }))
  return { files, full: engine.disk.full, ...(ask.read === undefined ? {} : { lines: readConfigLines(ask.read) }) }
}
