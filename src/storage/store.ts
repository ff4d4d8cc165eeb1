// What survives a reload, as the session's server needs it. Two homes: the browser's IndexedDB (generations.ts), and
// memory, where nothing can be stored.
import type { SessionId, SessionInfo } from '../session/protocol.ts'

/** A session as it is stored. */
export interface Stored {
  readonly info: SessionInfo
  /** The image where history begins. */
  readonly base: Uint8Array
  /** The log since then, as log.ts writes it. */
  readonly log: Uint8Array
  /** What was taken back, the last first: each a log of its own. */
  readonly undone: readonly Uint8Array[]
  readonly nextSeq: number
  readonly floor: number
  /** The newest whole image, and how many inputs of the log it holds; null where there is none but the base. */
  readonly latest: { readonly index: number; readonly image: Uint8Array } | null
  readonly notebook: string | null
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
  readonly latest?: { readonly index: number; readonly image: Uint8Array }
  readonly notebook?: string
}

export interface Store {
  /** True where what is saved outlives the page. */
  readonly lasting: boolean
  list(): Promise<SessionInfo[]>
  load(id: SessionId): Promise<Stored | null>
  /** All of it or nothing. Rejects with an Error whose message is for people. */
  save(id: SessionId, save: Save): Promise<void>
  rename(id: SessionId, name: string): Promise<void>
  remove(id: SessionId): Promise<void>
}

/** A store that forgets with the page. */
export class MemoryStore implements Store {
  readonly lasting: boolean = false
  readonly #sessions = new Map<SessionId, Stored>()

  list(): Promise<SessionInfo[]> {
    return Promise.resolve(Array.from(this.#sessions.values(), ({ info }) => info))
  }

  load(id: SessionId): Promise<Stored | null> {
    return Promise.resolve(this.#sessions.get(id) ?? null)
  }

  save(id: SessionId, save: Save): Promise<void> {
    const held = this.#sessions.get(id)
    const whole = save.rewrite ?? held
    if (!whole) return Promise.reject(new Error('a session begins with its whole log'))
    this.#sessions.set(id, {
      info: save.info,
      base: whole.base,
      log: save.append ? joined([whole.log, save.append]) : whole.log,
      undone: save.forgets ? [] : whole.undone,
      floor: whole.floor,
      nextSeq: save.nextSeq,
      latest: save.latest ?? (save.rewrite ? null : (held?.latest ?? null)),
      notebook: save.notebook ?? held?.notebook ?? null,
    })
    return Promise.resolve()
  }

  rename(id: SessionId, name: string): Promise<void> {
    const held = this.#sessions.get(id)
    if (held) this.#sessions.set(id, { ...held, info: { ...held.info, name } })
    return Promise.resolve()
  }

  remove(id: SessionId): Promise<void> {
    this.#sessions.delete(id)
    return Promise.resolve()
  }
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
