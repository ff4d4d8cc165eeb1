// The page's side of the border. One ordered channel to whatever runs the engine (a worker; in tests a MessageChannel):
// requests out, turns of events in.
import type { Bytes } from '../wire/bytes.ts'
import type { Answers, ClientId, Event, Request } from './protocol.ts'

/** What the page may ask and hear. `createSession` makes the real one. */
export interface Session {
  /** Resolves with the request's answer; rejects with an Error whose message is for people. */
  ask<R extends Request>(request: R): Promise<Answers[R['do']]>
  /**
   * Sends commands of one client. `accepted` is called with their seqs, in order, before any of their replies is heard
   * (a promise would resolve too late for that).
   */
  send(client: ClientId, commands: readonly (readonly Bytes[])[], accepted: (seqs: readonly number[]) => void): void
  /** Hears every event but answers and refusals. Returns how to stop. */
  listen(listener: (event: Event) => void): () => void
  /** Hears the end of each turn: the moment to draw. */
  settled(listener: () => void): () => void
}
