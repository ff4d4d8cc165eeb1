import { Check, Eye } from 'lucide-react'
import { useMessages } from '../context.tsx'
import css from './lesson.module.css'

/** Whether something is done: it holds now, was done before, or was only seen. */
export function Tick({ holds, before = false, seen = false }: { holds: boolean; before?: boolean; seen?: boolean }) {
  const t = useMessages()
  const done = holds || before
  const Icon = seen ? Eye : Check
  return (
    <i className={css.check} data-holds={holds} data-before={before} data-seen={done && seen}>
      {done && <Icon size={12} strokeWidth={seen ? 2.4 : 3.2} aria-hidden="true" />}
      {done && <span className="sr-only">{seen ? t.seenOnly : holds ? t.done : t.doneBefore}</span>}
    </i>
  )
}
