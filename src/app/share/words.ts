import { useLayout } from '../context.tsx'
import { shareMessages, type ShareMessages } from '../i18n/share.ts'

export type { Broken, ShareMessages } from '../i18n/share.ts'

/** The sentences of sharing, in the language that is on. */
export const useShareMessages = (): ShareMessages => shareMessages[useLayout((state) => state.language)]
