// The engine that lessons are proven and played on: the same chance and the same instant each time.
import { Engine } from '../engine/engine.ts'
import '../engine/whole.ts'
import { benchOn } from '../lesson/bench.ts'
import type { Bench, OpenBench, Replies } from '../lesson/playing.ts'
import type { Befall, Befell } from '../lesson/schema.ts'
import type { Bytes } from '../wire/bytes.ts'

const instant = 1_700_000_000_000

export const openEngine: OpenBench = (clients, db) =>
  benchOn(new Engine({ seed: 7, at: instant }), clients, db, instant)

/** One thing that happened on a bench, the replies that it brought out, and what the server went through. */
export type Act = (
  | { readonly act: 'send'; readonly client: string; readonly argv: readonly Bytes[]; readonly replies: Replies }
  | { readonly act: 'interrupt'; readonly client: string }
  | { readonly act: 'skip'; readonly ms: number; readonly replies: Replies }
  | { readonly act: 'befall'; readonly what: Befall['server'] }
) & { readonly befell: readonly Befell['what'][] }

/** A fresh engine, and somebody who is told of all that happens on it, with the bench as it is then. */
export function openWatched(tell: (act: Act, bench: Bench) => void): OpenBench {
  return (clients, db) => {
    const bench = openEngine(clients, db)
    const untold: Befell['what'][] = []
    const happened = () => {
      const befell = bench.befell()
      untold.push(...befell)
      return befell
    }
    return {
      ...bench,
      send(client, argv) {
        const replies = bench.send(client, argv)
        tell({ act: 'send', client, argv, replies, befell: happened() }, bench)
        return replies
      },
      interrupt(client) {
        bench.interrupt(client)
        tell({ act: 'interrupt', client, befell: happened() }, bench)
      },
      skip(ms) {
        const replies = bench.skip(ms)
        tell({ act: 'skip', ms, replies, befell: happened() }, bench)
        return replies
      },
      befall(what) {
        bench.befall(what)
        tell({ act: 'befall', what, befell: happened() }, bench)
      },
      befell: () => untold.splice(0),
    }
  }
}
