import { useLayout } from '../context.tsx'
import { scriptMessages, type ScriptMessages } from '../i18n/script.ts'

export type { ScriptMessages } from '../i18n/script.ts'

/** The script's own sentences, in the language that is on. */
export const useScriptMessages = (): ScriptMessages => scriptMessages[useLayout((state) => state.language)]
