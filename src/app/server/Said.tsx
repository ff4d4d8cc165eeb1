import type { Befall } from '../../lesson/schema.ts'
import type { ConfigFault, Restarted } from '../../session/protocol.ts'
import { useLayout, useStores } from '../context.tsx'
import { serverMessages } from '../i18n/server.ts'
import { said } from './said.ts'
import css from './server.module.css'

/** What became of something that was done to the server, for the bar at the foot; of a restart, with a way to all of it. */
export function Said({ what, report }: { what: Befall['server']; report: Restarted | ConfigFault | null }) {
  const { layout } = useStores()
  const language = useLayout((state) => state.language)
  const sentence = said(language, what, report)
  if (!report) return sentence
  return (
    <span className={css.said}>
      <span>{sentence}</span>
      <button type="button" onClick={() => layout.getState().look({ is: 'lab' })}>
        {serverMessages[language].details}
      </button>
    </span>
  )
}
