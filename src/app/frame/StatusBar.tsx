import { useConsole, useLayout, useMessages, useSession } from '../context.tsx'
import css from './frame.module.css'

/** The bar at the bottom: how much is there, whether it is kept, what just happened. */
export function StatusBar() {
  const t = useMessages()
  const keys = useSession((state) => state.databases.reduce((sum, each) => sum + each.keys, 0))
  const notice = useSession((state) => state.notice)
  const active = useConsole((state) => state.active)
  const protocol = useSession((state) => state.clients.find((client) => client.name === active)?.protocol ?? 2)
  return (
    <footer className={css.status}>
      <span>{t.keysCount(keys)}</span>
      <span>RESP{protocol}</span>
      <Saving />
      <output className={css.say}>{notice?.(t)}</output>
      <span className={css.space} />
      <span className={css.engine}>{t.engine}</span>
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
  const says = {
    saving: () => [t.saving, ''] as const,
    saved: (at: number) => [t.savedAt(time.format(at)), t.savedTip] as const,
    failed: (reason: string) => [t.notSaved(reason), reason] as const,
    memory: (reason: string) => [t.memoryOnly, t.memoryTip(reason)] as const,
  }
  const [shown, tip] =
    saving.state === 'saving'
      ? says.saving()
      : saving.state === 'saved'
        ? says.saved(saving.at)
        : says[saving.state](saving.reason)
  return (
    <span className={css.saving} data-state={saving.state} title={tip}>
      {shown}
    </span>
  )
}
