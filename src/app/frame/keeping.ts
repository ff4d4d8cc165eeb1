import { useLayout } from '../context.tsx'
import { sessionMessages, type SessionMessages } from '../i18n/session.ts'

/** The sentences of sessions, in the language that is on. */
export const useSessionMessages = (): SessionMessages => sessionMessages[useLayout((state) => state.language)]
