// What befalls the server itself, and what lies on its disk. Loaded when first needed.
import type { Engine, Output } from '../engine/engine.ts'
import type { Answers, Input, Request } from './protocol.ts'

type Kinds = 'crash' | 'disk' | 'disk-file'

/** Does it at the instant `at`; `give` gives the engine an input. */
export async function befall(
  ask: Extract<Request, { do: Kinds }>,
  at: number,
  engine: Engine,
  give: (input: Input) => readonly Output[],
): Promise<Answers[Kinds]> {
  if (ask.do === 'crash') {
    const fault = ask.how === 'restart' ? (await whole()).configFault(engine.disk) : null
    return fault ?? give({ do: ask.how, at }).find((output) => output.on === 'reloaded')?.report ?? null
  }
  // A copy, for bytes may be a part of a larger array, which would cross the border whole.
  if (ask.do === 'disk-file') return engine.disk.files.get(ask.path)?.bytes.slice() ?? null
  const { full, put, read } = ask
  if (full !== undefined && full !== engine.disk.full) give({ do: 'disk', at, full })
  if (put && !engine.disk.full) give({ do: 'put', at, ...put })
  const files = Array.from(engine.disk.files, ([path, file]) => ({ path, size: file.bytes.length, at: file.at }))
  const state = { files, full: engine.disk.full }
  return read === undefined ? state : { ...state, lines: (await whole()).readConfigLines(read) }
}

/** The late part of the engine, which is there: nothing of it may come a second time, as a part of this file. */
const whole = () => import('../engine/whole.ts')
