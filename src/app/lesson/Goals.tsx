import { RotateCcw } from 'lucide-react'
import type { Step } from '../../lesson/schema.ts'
import { useLesson, useMessages, useStores } from '../context.tsx'
import { checkHolds, isSeen } from '../stores/lesson.ts'
import { Tick } from './Tick.tsx'
import css from './lesson.module.css'

/** What is to be done in a step; each line ticks by itself as soon as it holds. */
export function Goals({ step }: { step: Step }) {
  const t = useMessages()
  const holds = useLesson((state) => step.checks.map((_, i) => (checkHolds(state, i) ? '1' : '0')).join(''))
  const findings = useLesson((state) => state.findings)
  const before = useLesson((state) => state.place?.done.includes(step.id) ?? false)
  const seenOnly = useLesson(
    (state) => state.place?.shown.includes(step.id) === true || (state.place !== null && isSeen(state.place, step.id)),
  )
  const tried = useLesson((state) => state.tried)
  if (step.checks.length === 0) return null
  return (
    <section className={css.task} aria-label={t.yourTurn}>
      <div className={css.head}>
        <h3>{t.yourTurn}</h3>
        <Anew />
      </div>
      <ul>
        {step.checks.map((check, i) => {
          const done = holds[i] === '1'
          const seen = findings[i]?.seen
          return (
            <li key={i} data-check={i} data-holds={done}>
              <Tick holds={done} before={before} seen={seenOnly} />
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

/** Back to where this step began. */
function Anew() {
  const t = useMessages()
  const { lesson, session } = useStores()
  const { say } = session.getState()
  const fail = (error: unknown) => say(() => (error instanceof Error ? error.message : String(error)))
  return (
    <button
      type="button"
      className={css.anew}
      title={t.startOverTip}
      onClick={() => {
        lesson.getState().anew().then(say, fail)
      }}
    >
      <RotateCcw size={13} strokeWidth={1.9} aria-hidden="true" />
      {t.startOver}
    </button>
  )
}
