import type { SessionId, SessionInfo } from '../session/protocol.ts'
import { joined, type Save, type Store, type Stored } from './store.ts'

/** A store that forgets with the page. */
export class MemoryStore implements Store {
  readonly lasting: boolean = false
  readonly #sessions = new Map<SessionId, Stored>()
  readonly #removed = new Map<SessionId, Stored>()

  list(): Promise<SessionInfo[]> {
    return Promise.resolve(Array.from(this.#sessions.values(), ({ info }) => info))
  }

  claim(): Promise<number> {
    return Promise.resolve(1)
  }

  owns(): Promise<boolean> {
    return Promise.resolve(true)
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
      build: '',
      mended: null,
    })
    return Promise.resolve()
  }

  rename(id: SessionId, name: string): Promise<void> {
    const held = this.#sessions.get(id)
    if (held) this.#sessions.set(id, { ...held, info: { ...held.info, name } })
    return Promise.resolve()
  }

  copy(id: SessionId, as: SessionId, name: string, now: number): Promise<void> {
    const held = this.#sessions.get(id)
    if (held) this.#sessions.set(as, { ...held, info: { ...held.info, id: as, name, createdAt: now, usedAt: now } })
    return Promise.resolve()
  }

  remove(id: SessionId): Promise<void> {
    return this.#move(id, this.#sessions, this.#removed)
  }

  restore(id: SessionId): Promise<void> {
    return this.#move(id, this.#removed, this.#sessions)
  }

  #move(id: SessionId, from: Map<SessionId, Stored>, to: Map<SessionId, Stored>): Promise<void> {
    const held = from.get(id)
    from.delete(id)
    if (held) to.set(id, held)
    return Promise.resolve()
  }

  purge(): Promise<void> {
    this.#removed.clear()
    return Promise.resolve()
  }
}
