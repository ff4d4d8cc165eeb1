// The engine that lessons are proven and played on: the same chance and the same instant each time.
import { Engine } from '../../engine/engine.ts'
import '../../engine/whole.ts'
import { benchOn } from '../../lesson/bench.ts'
import type { Bench, OpenBench, Replies } from '../../lesson/playing.ts'
import type { Bytes } from '../../wire/bytes.ts'

const instant = 1_700_000_000_000

export const openEngine: OpenBench = (clients, db) =>
  benchOn(new Engine({ seed: 7, at: instant }), clients, db, instant)

/** One thing that happened on a bench, and the replies that it brought out. */
export type Act =
  | { readonly act: 'send'; readonly client: string; readonly argv: readonly Bytes[]; readonly replies: Replies }
  | { readonly act: 'interrupt'; readonly client: string }
  | { readonly act: 'skip'; readonly ms: number; readonly replies: Replies }

/** A fresh engine, and somebody who is told of all that happens on it, with the bench as it is then. */
export function openWatched(tell: (act: Act, bench: Bench) => void): OpenBench {
  return (clients, db) => {
    const bench = openEngine(clients, db)
    return {
      ...bench,
      send(client, argv) {
        const replies = bench.send(client, argv)
        tell({ act: 'send', client, argv, replies }, bench)
        return replies
      },
      interrupt(client) {
        bench.interrupt(client)
        tell({ act: 'interrupt', client }, bench)
      },
      skip(ms) {
        const replies = bench.skip(ms)
        tell({ act: 'skip', ms, replies }, bench)
        return replies
      },
    }
  }
}
