import { useCallback, useEffect, useState } from 'react'
import type { Befall } from '../../lesson/schema.ts'
import { useLayout, useStores } from '../context.tsx'
import frame from '../frame/frame.module.css'
import { serverMessages } from '../i18n/server.ts'
import Deed from './Deed.tsx'
import { said } from './said.ts'

/** Does something to the server, and says in the bar at the foot what came of it. */
export function useBefall() {
  const { session, layout } = useStores()
  const t = serverMessages[useLayout((state) => state.language)]
  return useCallback(
    (what: Befall['server']) => {
      const { befall, say } = session.getState()
      layout.getState().show('console')
      befall(what).then(
        (report) => say(() => said(t, what, report)),
        (error: unknown) => say(() => (error instanceof Error ? error.message : String(error))),
      )
    },
    [session, layout, t],
  )
}

/** What can be done to the server itself, and by no client. */
export default function Machine({ close }: { close: () => void }) {
  const { disk } = useStores().session.getState()
  const t = serverMessages[useLayout((state) => state.language)]
  const befall = useBefall()
  const [full, setFull] = useState(false)
  useEffect(() => {
    disk().then(
      (state) => setFull(state.full),
      () => undefined,
    )
  }, [disk])
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
      <p className={frame.hint}>{t.hint}</p>
    </section>
  )
}
