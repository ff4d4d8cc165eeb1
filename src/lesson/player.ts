// placeholder for the interface; see below
import type { Reply } from '../wire/reply.ts'
import type { Bytes } from '../wire/bytes.ts'
import type { Finding, Lesson } from './schema.ts'
import type { ClientState } from '../session/protocol.ts'

/** What the player may see of the session. */
export interface World {
  /** A read-only command outside log and clients. */
  peek(db: number, argv: readonly Bytes[]): Promise<Reply>
  /** The state of the client of that name, or undefined. */
  client(name: string): ClientState | undefined
}

/** Where a learner is in a lesson; plain data, kept in the notebook. */
export interface Place {
  readonly lesson: string
  readonly step: number
  /** Per step id: which checks were latched true. */
  readonly passed: Readonly<Record<string, readonly boolean[]>>
  /** Step ids whose solution was shown. */
  readonly shown: readonly string[]
  /** Step ids that were completed once. */
  readonly done: readonly string[]
  /** How many hints are open in the present step. */
  readonly hints: number
}

export interface Player {
  readonly lesson: Lesson
  place(): Place
  /** What each check of the present step found last; null before the first look. */
  findings(): readonly (Finding | null)[]
  /** A command of `client` was answered (for `replied` checks). */
  replied(client: string, argv: readonly Bytes[], reply: Reply): void
  /** Looks at all checks of the present step again; resolves when all are known. Call after every unit. */
  look(): Promise<void>
  go(step: number): void
  hint(): void
  show(): void
  /** The same place, in another language's text. */
  translate(lesson: Lesson): void
  subscribe(listener: () => void): () => void
}
