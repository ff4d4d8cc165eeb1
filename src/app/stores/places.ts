// Which session is for what: the browser remembers in which session each lesson was last played, and which one is the
// playground; the tab alone remembers its own. Where nothing can be remembered each is a new one.
import type { Session } from '../../session/client.ts'
import type { SessionId } from '../../session/protocol.ts'
import type { Memory } from './layout.ts'

export type Purpose = 'playground' | `lesson.${string}`

export interface Places {
  /** The session of this tab. */
  readonly ofTab: () => SessionId | null
  readonly keepTab: (id: SessionId) => void
  readonly has: (purpose: Purpose) => boolean
  readonly keep: (purpose: Purpose, id: SessionId) => void
  /** The session that is for this, where there still is one. */
  readonly find: (purpose: Purpose) => Promise<SessionId | null>
}

const named = (purpose: string) => `rediscover.${purpose}`

export function createPlaces(session: Session, browser: Memory | null, tab: Memory | null | undefined): Places {
  const recall = (from: Memory | null | undefined, name: string): SessionId | null => {
    try {
      return from?.getItem(name) ?? null
    } catch {
      return null
    }
  }
  const remember = (into: Memory | null | undefined, name: string, id: SessionId) => {
    try {
      into?.setItem(name, id)
    } catch {
      // As said above.
    }
  }
  return {
    ofTab: () => recall(tab, named('session')),
    keepTab: (id) => remember(tab, named('session'), id),
    has: (purpose) => recall(browser, named(purpose)) !== null,
    keep: (purpose, id) => remember(browser, named(purpose), id),
    async find(purpose) {
      const id = recall(browser, named(purpose))
      const all = id === null ? [] : await session.ask({ do: 'sessions' })
      return all.some((each) => each.id === id) ? id : null
    },
  }
}
