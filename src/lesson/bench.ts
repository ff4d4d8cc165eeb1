// A Bench on an engine. The engine is handed in by its shape: lessons know nothing of its insides.
import type { ClientId, ClientState, Input } from '../session/protocol.ts'
import type { Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import type { Bench } from './playing.ts'

/** As much of an engine as a lesson is played on. */
export interface Machine {
  apply(
    input: Input,
  ): readonly (
    | { readonly on: 'reply'; readonly client: ClientId; readonly reply: Reply }
    | { readonly on: 'cancelled' | 'push' | 'client' | 'gone' | 'unit' | 'disk' | 'reloaded' | 'pause' }
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
  const idOf = (name: string): ClientId => names.indexOf(name) + 1
  const apply = (input: Input) =>
    engine
      .apply(input)
      .filter((output) => output.on === 'reply')
      .map(({ client: id, reply }) => ({ client: names[id - 1]!, reply }))
  for (const name of names) apply({ do: 'connect', at, client: idOf(name), name, db })
  return {
    send: (client, argv) => apply({ do: 'send', at: now, client: idOf(client), argv }),
    interrupt: (client) => void apply({ do: 'cancel', at: now, client: idOf(client) }),
    skip(ms) {
      now += ms
      return apply({ do: 'tick', at: now })
    },
    peek: (database, argv) => engine.peek(now, database, argv),
    state: (client) => {
      const state = engine.state(idOf(client))
      return state && { ...state, blocked: state.blocked && { ...state.blocked, seq: 0 } }
    },
  }
}
