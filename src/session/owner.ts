// Which tab has a session. A Web Lock says it: who holds the lock has it, and a tab that dies lets go by itself. Who
// wants it is asked to let go first, and saves what it has; one that does not answer in time is frozen, and its lock is
// stolen. When it wakes it finds that out here, and whatever it tries to write is refused by the store.
import type { SessionId } from './protocol.ts'

/** What the browser gives; each may be missing. */
export interface Tabs {
  readonly locks: Pick<LockManager, 'request' | 'query'> | undefined
  /** Reaches all tabs of this site, but not its own. */
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'onmessage'> | undefined
  /** Calls back once, after so many ms. */
  later(afterMs: number, work: () => void): void
}

/** A page that was just left may hold its lock a moment longer, and a tab that lives says so: ms for either. */
const HERE_WAITS = 700
const GONE_WAITS = 5000
/** How long a tab that is asked may take to save and let go, in ms. */
const LETS_GO_IN = 2000

const named = (id: SessionId) => `rediscover:${id}`

/** Among tabs: who has this session? I have. Let go of it. */
type Word = readonly ['who' | 'here' | 'go', SessionId]

export class Ownership {
  readonly #tabs: Tabs
  /** Another tab wants the session: saves what there is; when it is done, the lock goes. */
  readonly #yield: (id: SessionId) => Promise<void>
  readonly #lost: (id: SessionId) => void
  #held: { readonly id: SessionId; readonly release: () => void } | null = null
  #heardOf: (id: SessionId) => void = () => undefined

  constructor(tabs: Tabs, yieldIt: (id: SessionId) => Promise<void>, lost: (id: SessionId) => void) {
    this.#tabs = tabs
    this.#yield = yieldIt
    this.#lost = lost
    if (tabs.channel) tabs.channel.onmessage = ({ data }: MessageEvent) => void this.#hear(data as Word)
  }

  #say(word: Word): void {
    this.#tabs.channel?.postMessage(word)
  }

  async #hear([what, id]: Word): Promise<void> {
    if (what === 'here') return this.#heardOf(id)
    const held = this.#held
    if (held?.id !== id) return
    if (what === 'who') return this.#say(['here', id])
    await this.#yield(id)
    held.release()
  }

  /**
   * Takes the session for this tab alone. False where another tab has it. `take`: that one is asked for it, and gets no
   * choice. `anyway`: it is ours, and only a worker that died may hold it a moment longer.
   */
  async acquire(id: SessionId, how: 'ask' | 'take' | 'anyway' = 'ask'): Promise<boolean> {
    this.#held?.release()
    this.#held = null
    if (how === 'anyway') {
      void this.#request(id, {})
      return true
    }
    const stop = new AbortController()
    const patience = (ms: number) => this.#tabs.later(ms, () => stop.abort())
    const { signal } = stop
    if (how === 'take') {
      this.#say(['go', id])
      patience(LETS_GO_IN)
      return (await this.#request(id, { signal })) || this.#request(id, { steal: true })
    }
    this.#heardOf = (other) => {
      if (other === id) patience(HERE_WAITS)
    }
    this.#say(['who', id])
    patience(GONE_WAITS)
    return this.#request(id, { signal })
  }

  #request(id: SessionId, options: LockOptions): Promise<boolean> {
    const { locks } = this.#tabs
    if (!locks) return Promise.resolve(true)
    return new Promise((resolve) => {
      let has = false
      const hold = () =>
        new Promise<void>((release) => {
          has = true
          this.#held = { id, release }
          resolve(true)
        })
      locks.request(named(id), options, hold).catch(() => {
        // A lock that was held is gone: stolen. Refused in time: another tab has it. Refused at all (a sandbox without an
        // origin): there is nobody to share with.
        if (has) this.#stolen(id)
        else resolve(!options.signal?.aborted)
      })
    })
  }

  #stolen(id: SessionId): void {
    if (this.#held?.id !== id) return
    this.#held = null
    this.#lost(id)
  }

  /** True where some tab has it open. */
  async isOpen(id: SessionId): Promise<boolean> {
    const held = (await this.#tabs.locks?.query().catch(() => null))?.held
    return held?.some(({ name }) => name === named(id)) ?? false
  }
}
