import { lazy, Suspense } from 'react'
import { useConsole, useLayout, useMessages, useSession } from '../context.tsx'
import type { SessionState } from '../stores/session.ts'
import css from './frame.module.css'

/** Its sentences come later: nobody hears them at a first visit. */
export const loadKeeping = () => import('./Keeping.tsx')
const Keeping = lazy(loadKeeping)

/** The bar at the bottom: how much is there, whether it is kept, what just happened. */
export function StatusBar() {
  const t = useMessages()
  const keys = useSession((state) => state.databases.reduce((sum, each) => sum + each.keys, 0))
  const isTold = useSession(isToTell)
  const notice = useSession((state) => state.notice)
  const active = useConsole((state) => state.active)
  const protocol = useSession((state) => state.clients.find((client) => client.name === active)?.protocol ?? 2)
  return (
    <footer className={css.foot}>
      {isTold && (
        <Suspense>
          <Keeping />
        </Suspense>
      )}
      <div className={css.status}>
        <span>{t.keysCount(keys)}</span>
        <span>RESP{protocol}</span>
        <Saving />
        <output className={css.say}>{notice?.(t)}</output>
        <span className={css.space} />
        <span className={css.engine}>{t.engine}</span>
      </div>
    </footer>
  )
}

/** Whether all is kept. */
export function Saving() {
  const t = useMessages()
  const saving = useSession((state) => state.saving)
  const language = useLayout((state) => state.language)
  if (!saving) return null
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium' })
  const { state } = saving
  const isFine = state === 'saved' || state === 'saving'
  return (
    <span className={css.saving} data-state={state} title={isFine ? t.savedTip : undefined}>
      {state === 'saved' ? t.savedAt(time.format(saving.at)) : state === 'saving' ? t.saving : t.notSaved}
    </span>
  )
}

/** There is more to say of how the session is kept than the bar does. */
function isToTell({ saving, how, replaying }: SessionState): boolean {
  const isFine = saving === null || saving.state === 'saved' || saving.state === 'saving'
  const isPlain = !how || (how.copyOf === null && !how.mended && how.replayed === 0 && !how.missing)
  return !isFine || !isPlain || replaying !== null
}
