// What a command cost is told to who watches. How it is reckoned comes with the whole engine (cost.ts): a page's first reply
// needs none of it.
import type { Reply } from '../wire/reply.ts'
import type { Cost } from '../session/protocol.ts'
import type { Block, Command, Context } from './command.ts'

/** Runs a command and reckons what it cost. */
export type Reckon = (
  found: Command,
  context: Context,
  run: () => Reply | Block,
) => { readonly result: Reply | Block; readonly cost?: Cost }

/** Before the whole engine is there, nothing is known of it. */
export let reckoned: Reckon = (_, __, run) => ({ result: run() })

export function reckonWith(reckon: Reckon): void {
  reckoned = reckon
}
