// A Bench on an engine. The engine is handed in by its shape: lessons know nothing of its insides.
import type { ClientId, ClientState, Input } from '../session/protocol.ts'
import type { Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import type { Bench } from './prove.ts'

/** As much of an engine as a lesson is played on. */
export interface Machine {
  apply(
    input: Input,
  ): readonly (
    | { readonly on: 'reply'; readonly client: ClientId; readonly reply: Reply }
    | { readonly on: 'cancelled' | 'push' | 'client' | 'gone' | 'unit' | 'disk' | 'pause' }
  )[]
  peek(at: number, db: number, argv: readonly Bytes[]): Reply
  state(client: ClientId): MachineClient | undefined
}

/** The engine does not know the log's place of a command that waits. */
type MachineClient = Omit<ClientState, 'blocked'> & {
  readonly blocked: Omit<NonNullable<ClientState['blocked']>, 'seq'> | null
}

/** Connects clients of these names, from 1 on, to a fresh engine whose time stands still at `at`. */
export function benchOn(engine: Machine, clients: readonly string[], db: number, at: number): Bench {
  const idOf = (name: string): ClientId => clients.indexOf(name) + 1
  for (const name of clients) engine.apply({ do: 'connect', at, client: idOf(name), name, db })
  return {
    send: (client, argv) =>
      engine
        .apply({ do: 'send', at, client: idOf(client), argv })
        .filter((output) => output.on === 'reply')
        .map(({ client: id, reply }) => ({ client: clients[id - 1]!, reply })),
    peek: (database, argv) => engine.peek(at, database, argv),
    state: (client) => {
      const state = engine.state(idOf(client))
      return state && { ...state, blocked: state.blocked && { ...state.blocked, seq: 0 } }
    },
  }
}
