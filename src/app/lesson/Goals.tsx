import { Check as CheckIcon } from 'lucide-react'
import type { Step } from '../../lesson/schema.ts'
import { useLesson, useMessages } from '../context.tsx'
import { checkHolds } from '../stores/lesson.ts'
import css from './lesson.module.css'

/** What is to be done in a step; each line ticks by itself as soon as it holds. */
export function Goals({ step }: { step: Step }) {
  const t = useMessages()
  const holds = useLesson((state) => step.checks.map((_, i) => (checkHolds(state, i) ? '1' : '0')).join(''))
  const findings = useLesson((state) => state.findings)
  const before = useLesson((state) => state.place?.done.includes(step.id) ?? false)
  const tried = useLesson((state) => state.tried)
  if (step.checks.length === 0) return null
  return (
    <section className={css.task} aria-label={t.yourTurn}>
      <h3>{t.yourTurn}</h3>
      <ul>
        {step.checks.map((check, i) => {
          const done = holds[i] === '1'
          const seen = findings[i]?.seen
          return (
            <li key={i} data-check={i} data-holds={done}>
              <i className={css.check} data-holds={done} data-before={before}>
                {(done || before) && <CheckIcon size={12} strokeWidth={3.2} aria-hidden="true" />}
                {(done || before) && <span className="sr-only">{done ? t.done : t.doneBefore}</span>}
              </i>
              <span>
                {check.says}
                {!done && !before && tried && seen !== undefined && seen !== '' && (
                  <span className={css.seen}>
                    {t.now} <code>{seen}</code>
                  </span>
                )}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
