// Which tab has a session. A Web Lock says it: who holds the lock has it, and a tab that dies lets go by itself. Who
// wants it is asked to let go first, and saves what it has; one that does not answer in time is frozen, and its lock is
// stolen. When it wakes it finds that out here, and whatever it tries to write is refused by the store.
import type { SessionId } from './protocol.ts'

/** What the browser gives; each may be missing. */
export interface Tabs {
  readonly locks: Pick<LockManager, 'request' | 'query'> | undefined
  /** Reaches all tabs of this site, but not its own. */
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'onmessage'> | undefined
  /** A signal that aborts after so many ms. */
  timeout(ms: number): AbortSignal
}

/** A page that was just left may hold its lock a moment longer; after this many ms another tab has it. */
const LOCK_WAITS = 700
/** How long a tab that is asked may take to save and let go, in ms. */
const LETS_GO_IN = 2000

const named = (id: SessionId) => `rediscover:${id}`

export class Ownership {
  readonly #tabs: Tabs
  /** Another tab wants the session: saves what there is; when it is done, the lock goes. */
  readonly #yield: (id: SessionId) => Promise<void>
  readonly #lost: (id: SessionId) => void
  #held: { readonly id: SessionId; readonly release: () => void } | null = null

  constructor(tabs: Tabs, yieldIt: (id: SessionId) => Promise<void>, lost: (id: SessionId) => void) {
    this.#tabs = tabs
    this.#yield = yieldIt
    this.#lost = lost
    if (tabs.channel) tabs.channel.onmessage = ({ data }: MessageEvent) => void this.#asked(data)
  }

  async #asked(wanted: unknown): Promise<void> {
    const held = this.#held
    if (!held || wanted !== held.id) return
    await this.#yield(held.id)
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
    if (how === 'take') {
      this.#tabs.channel?.postMessage(id)
      return (await this.#request(id, { signal: this.#tabs.timeout(LETS_GO_IN) })) || this.#request(id, { steal: true })
    }
    return this.#request(id, { signal: this.#tabs.timeout(LOCK_WAITS) })
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
      locks.request(named(id), options, hold).catch((error: unknown) => {
        // A lock that was held is gone: stolen. Refused in time: another tab has it. Refused at all (a sandbox without an
        // origin): there is nobody to share with.
        if (has) this.#stolen(id)
        else resolve(!(error instanceof DOMException && error.name === 'TimeoutError'))
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
