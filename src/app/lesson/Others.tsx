import { useMessages, useActors } from '../context.tsx'
import css from './lesson.module.css'

/** What actors did in this step: nobody's console shows it. */
export function Others({ newest = false }: { newest?: boolean }) {
  const t = useMessages()
  const acts = useActors((state) => state.acts)
  const told = acts.filter(({ taken }) => !taken)
  return (
    <div role="log" aria-label={t.othersDid} className={css.others}>
      {(newest ? told.slice(-1) : told).map(({ id, name, line, shown }) => (
        <p key={id}>
          <b>{name}</b> <code>{line}</code> <span aria-hidden="true">→</span>{' '}
          {shown === null ? <em>{t.actorWaits}</em> : <code>{shown}</code>}
        </p>
      ))}
    </div>
  )
}
