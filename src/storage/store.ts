// What survives a reload, as the session's server needs it. Two homes: the browser's IndexedDB (generations.ts), and
// memory (memory.ts), where nothing can be stored.
import type { Mended, SessionId, SessionInfo } from '../session/protocol.ts'

/** A whole state. */
export interface Moment {
  /** Inputs of the log that it holds. */
  readonly index: number
  /** The seq of the newest of them. */
  readonly head: number
  readonly image: Uint8Array
}

/** A session as it is stored. */
export interface Stored {
  readonly info: SessionInfo
  /** The image where history begins; null where it is damaged, and then `latest` is whole. */
  readonly base: Uint8Array | null
  /** The log since then, as log.ts writes it. */
  readonly log: Uint8Array
  /** What was taken back, the last first: each a log of its own. */
  readonly undone: readonly Uint8Array[]
  readonly nextSeq: number
  readonly floor: number
  /** The newest whole image; null where there is none but the base. */
  readonly latest: Moment | null
  readonly notebook: string | null
  /** Which engine wrote the log last. */
  readonly build: string
  /** What was damaged, and so came from elsewhere. */
  readonly mended: Mended | null
}

/** What changed since the last save; what is absent did not. */
export interface Save {
  readonly info: SessionInfo
  /** Inputs to add at the log's end. */
  readonly append?: Uint8Array
  /** What was taken back can no longer be brought again. */
  readonly forgets?: boolean
  /** The whole log anew (after undo), with what was taken back. */
  readonly rewrite?: {
    readonly base: Uint8Array
    readonly log: Uint8Array
    readonly undone: readonly Uint8Array[]
    readonly floor: number
  }
  readonly nextSeq: number
  readonly latest?: Moment
  readonly notebook?: string
}

export interface Store {
  /** True where what is saved outlives the page. */
  readonly lasting: boolean
  list(): Promise<SessionInfo[]>
  /**
   * From here on this store alone writes the session: whoever did so before is refused. Returns the owner's number. With
   * `after` only where that is the last owner there is; else it rejects with the trouble 'taken'.
   */
  claim(id: SessionId, after?: number): Promise<number>
  load(id: SessionId): Promise<Stored | null>
  /** All of it or nothing; resolves when it is known to be there. Rejects with a StoreError. */
  save(id: SessionId, save: Save): Promise<void>
  /** False where another store has claimed the session since. */
  owns(id: SessionId): Promise<boolean>
  rename(id: SessionId, name: string): Promise<void>
  /** A session of its own with all that this one holds, under a name. */
  copy(id: SessionId, as: SessionId, name: string, now: number): Promise<void>
  /** Takes it out of the list; whoever writes it is refused. */
  remove(id: SessionId, now: number): Promise<void>
  /** Brings a removed one back. */
  restore(id: SessionId): Promise<void>
  /** Lets all go that was removed before this instant. */
  purge(before: number): Promise<void>
}

/** Parts of a log as one. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
