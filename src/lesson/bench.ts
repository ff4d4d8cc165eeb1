// A Bench on an engine. The engine is handed in by its shape: lessons know nothing of its insides.
import type { ClientId, ClientState, Input } from '../session/protocol.ts'
import type { Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import { befellBy, type Happened } from './befell.ts'
import type { Bench } from './playing.ts'
import type { Befell } from './schema.ts'

/** As much of an engine as a lesson is played on. */
export interface Machine {
  apply(
    input: Input,
  ): readonly (
    | { readonly on: 'reply'; readonly client: ClientId; readonly reply: Reply }
    | Happened
    | { readonly on: 'cancelled' | 'push' | 'client' | 'gone' | 'unit' | 'pause' }
  )[]
  peek(at: number, db: number, argv: readonly Bytes[]): Reply
  state(client: ClientId): MachineClient | undefined
}

/** The engine does not know the log's place of a command that waits. */
type MachineClient = Omit<ClientState, 'blocked'> & {
  readonly blocked: Omit<NonNullable<ClientState['blocked']>, 'seq'> | null
}

/** Connects clients of these names, from 1 on, to a fresh engine whose time stands still from `at` on. */
export function benchOn(engine: Machine, names: readonly string[], db: number, at: number): Bench {
  let now = at
  let happened: Befell['what'][] = []
  /** The database that each was on last: one that comes again goes there, as redis-cli does. */
  const bases = new Map<string, number>()
  const idOf = (name: string): ClientId => names.indexOf(name) + 1
  const apply = (input: Input) => {
    const outputs = engine.apply(input)
    for (const output of outputs)
      if (output.on === 'disk' || output.on === 'reloaded') happened.push(...befellBy(output))
    for (const name of names) bases.set(name, engine.state(idOf(name))?.db ?? bases.get(name) ?? db)
    return outputs
      .filter((output) => output.on === 'reply')
      .map(({ client: id, reply }) => ({ client: names[id - 1]!, reply }))
  }
  const connect = (name: string) =>
    apply({ do: 'connect', at: now, client: idOf(name), name, db: bases.get(name) ?? db })
  for (const name of names) connect(name)
  return {
    send(client, argv) {
      if (!engine.state(idOf(client))) connect(client)
      return apply({ do: 'send', at: now, client: idOf(client), argv })
    },
    interrupt: (client) => void apply({ do: 'cancel', at: now, client: idOf(client) }),
    skip(ms) {
      now += ms
      return apply({ do: 'tick', at: now })
    },
    befall: (what) =>
      void apply(
        what === 'crash' || what === 'restart' ? { do: what, at: now } : { do: 'disk', at: now, full: what === 'full' },
      ),
    befell() {
      const all = happened
      happened = []
      return all
    },
    peek: (database, argv) => engine.peek(now, database, argv),
    state: (client) => {
      const state = engine.state(idOf(client))
      return state && { ...state, blocked: state.blocked && { ...state.blocked, seq: 0 } }
    },
  }
}
