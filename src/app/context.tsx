import { createContext, useContext, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { messagesIn, type Messages } from './i18n/index.ts'
import type { ActorsState } from './stores/actors.ts'
import type { ConsoleState } from './stores/console.ts'
import type { HandState } from './stores/hand.ts'
import type { Stores } from './stores/index.ts'
import type { KeyspaceState } from './stores/keyspace.ts'
import type { LayoutState } from './stores/layout.ts'
import type { LessonState } from './stores/lesson.ts'
import type { SessionState } from './stores/session.ts'
import type { TypingState } from './stores/typing.ts'

const Context = createContext<Stores | null>(null)

/** Gives the stores of one playground to all that is drawn inside. */
export const StoresProvider = Context.Provider

/** The stores themselves, for event handlers. */
export function useStores(): Stores {
  const stores = useContext(Context)
  if (!stores) throw new Error('no stores here')
  return stores
}

export const useSession = <T,>(select: (state: SessionState) => T): T => useStore(useStores().session, select)
export const useConsole = <T,>(select: (state: ConsoleState) => T): T => useStore(useStores().console, select)
export const useTyping = <T,>(select: (state: TypingState) => T): T => useStore(useStores().typing, select)
export const useKeyspace = <T,>(select: (state: KeyspaceState) => T): T => useStore(useStores().keyspace, select)
export const useLesson = <T,>(select: (state: LessonState) => T): T => useStore(useStores().lesson, select)
export const useActors = <T,>(select: (state: ActorsState) => T): T => useStore(useStores().actors, select)
export const useHand = <T,>(select: (state: HandState) => T): T => useStore(useStores().hand, select)
export const useLayout = <T,>(select: (state: LayoutState) => T): T => useStore(useStores().layout, select)

/** The sentences in the language that is on. */
export const useMessages = (): Messages => messagesIn(useLayout((state) => state.language))

/** Engine time, drawn anew every `step` ms. */
export function useNow(step: number): number {
  const { session } = useStores()
  const [now, set] = useState(() => session.getState().now())
  useEffect(() => {
    const timer = setInterval(() => set(session.getState().now()), step)
    return () => clearInterval(timer)
  }, [session, step])
  return now
}

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  const [holds, set] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const hear = () => set(media.matches)
    hear()
    media.addEventListener('change', hear)
    return () => media.removeEventListener('change', hear)
  }, [query])
  return holds
}
