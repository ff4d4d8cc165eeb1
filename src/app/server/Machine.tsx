import { FlaskConical } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { Befall } from '../../lesson/schema.ts'
import { useLayout, useStores } from '../context.tsx'
import frame from '../frame/frame.module.css'
import { serverMessages } from '../i18n/server.ts'
import Deed from './Deed.tsx'
import { Said } from './Said.tsx'

/** Does something to the server, and says in the bar at the foot what came of it. */
export function useBefall() {
  const { session, layout } = useStores()
  return useCallback(
    (what: Befall['server']) => {
      const { befall, say } = session.getState()
      layout.getState().show('console')
      befall(what).then(
        (report) => say(() => <Said what={what} report={report} />),
        (error: unknown) => say(() => (error instanceof Error ? error.message : String(error))),
      )
    },
    [session, layout],
  )
}

/** What can be done to the server itself, and by no client. */
export default function Machine({ close }: { close: () => void }) {
  const { session, layout } = useStores()
  const { ask } = session.getState()
  const t = serverMessages[useLayout((state) => state.language)]
  const befall = useBefall()
  const [full, setFull] = useState(false)
  useEffect(() => {
    ask({ do: 'disk' }).then(
      (state) => setFull(state.full),
      () => undefined,
    )
  }, [ask])
  return (
    <section aria-label={t.title}>
      <p className={frame.date}>{t.title}</p>
      {(['crash', 'restart', full ? 'free' : 'full'] as const).map((what) => (
        <button
          key={what}
          type="button"
          className={frame.fresh}
          onClick={() => {
            close()
            befall(what)
          }}
        >
          <Deed what={what} />
        </button>
      ))}
      <button
        type="button"
        className={frame.fresh}
        onClick={() => {
          close()
          layout.getState().look({ is: 'lab' })
        }}
      >
        <FlaskConical size={14} aria-hidden="true" /> {t.lab}
      </button>
      <p className={frame.hint}>{t.hint}</p>
    </section>
  )
}
