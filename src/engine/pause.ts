// CLIENT PAUSE. Until an instant, the commands of all clients (or those that write) are held back: they wait where they are
// and run when it is over. Meanwhile no data changes: nothing expires by itself and nothing is evicted; a key whose time has
// come is not there for those who read, but it stays.
import { lookup } from './catalog.ts'
import type { Client } from './client.ts'
import type { Command } from './command.ts'
import type { Server } from './server.ts'

export interface Pause {
  /** Ms since 1970. */
  readonly until: number
  /** Everything is held back, not only what writes. */
  readonly all: boolean
}

/** What goes to replicas though it changes no key, or may write in the end. */
const mayReplicate: ReadonlySet<string> = new Set(['PUBLISH', 'SPUBLISH', 'PFCOUNT', 'EVAL', 'EVALSHA', 'FCALL'])

const replicates = ({ writes, name }: Command) => writes || mayReplicate.has(name)

/** Whether a command has to wait for the end of the pause. */
export function isHeldBack({ all }: Pause, client: Client, found: Command): boolean {
  if (all || replicates(found)) return true
  return found.name === 'EXEC' && (client.multi?.queue.some((argv) => replicates(lookup(argv))) ?? false)
}

/** Begins a pause. One that is under way is only ever made longer and stricter. */
export function begin(server: Server, until: number, all: boolean): void {
  const { pause } = server
  server.pause = { until: Math.max(until, pause?.until ?? 0), all: all || (pause?.all ?? false) }
}
