// Whatever the inspector changes, it changes by a command in a console, where anybody can see it.
import { text, utf8, type Bytes } from '../../wire/bytes.ts'
import { join } from '../../wire/line.ts'
import type { ConsoleStore } from './console.ts'
import type { SessionStore } from './session.ts'

/**
 * Runs a command for a key of a database: in the console that was used last, or, where that one waits or is in another
 * database, in one that is free for it; else that one selects the database first. Returns the client's name.
 */
export function runCommand(consoles: ConsoleStore, session: SessionStore, db: number, argv: readonly Bytes[]): string {
  const { lanes, active, submit } = consoles.getState()
  const { clients } = session.getState()
  const names = [active, ...lanes.map((lane) => lane.name).filter((name) => name !== active)]
  const stateOf = (name: string) => clients.find((client) => client.name === name)
  const isFree = (name: string) => {
    const state = stateOf(name)
    if (!state || state.blocked) return false
    const { channels, patterns, shards } = state.subscribed
    return state.protocol === 3 || channels.length + patterns.length + shards.length === 0
  }
  const name = names.find((each) => isFree(each) && stateOf(each)!.db === db) ?? names.find(isFree) ?? active
  if ((stateOf(name)?.db ?? db) !== db) submit(name, join(['SELECT', String(db)].map(utf8), text))
  submit(name, join(argv, text))
  return name
}
