// What befalls the server itself, and what lies on its disk. Loaded when first needed.
import type { Engine, Output } from '../engine/engine.ts'
import type { Answers, Input, Request } from './protocol.ts'

/** Does it at the instant `at`; `give` gives the engine an input. */
export function befall(
  ask: Extract<Request, { do: 'crash' | 'disk' }>,
  at: number,
  engine: Engine,
  give: (input: Input) => readonly Output[],
): Answers['crash' | 'disk'] {
  if (ask.do === 'crash') return give({ do: ask.how, at }).find((output) => output.on === 'reloaded')?.report ?? null
  const { full } = ask
  if (full !== undefined && full !== engine.disk.full) give({ do: 'disk', at, full })
  const files = Array.from(engine.disk.files, ([path, file]) => ({ path, size: file.bytes.length, at: file.at }))
  return { files, full: engine.disk.full }
}
