import { useLayout } from '../context.tsx'
import { addressMessages, type AddressMessages } from '../i18n/address.ts'
import { shareMessages, type ShareMessages } from '../i18n/share.ts'

export type { Broken, ShareMessages } from '../i18n/share.ts'

/** The sentences of sharing, in the language that is on. */
export const useShareMessages = (): ShareMessages => shareMessages[useLayout((state) => state.language)]

/** The sentences before a lesson from another site. */
export const useAddressMessages = (): AddressMessages => addressMessages[useLayout((state) => state.language)]
