import { Check, Circle } from 'lucide-react'
import { useLesson, useMessages, useStores } from '../context.tsx'
import { Advice } from '../lesson/Advice.tsx'
import { Others } from '../lesson/Others.tsx'
import { checkHolds, stepDone, stepOf } from '../stores/lesson.ts'
import css from './frame.module.css'

/**
 * Above a narrow console: the goal that was ticked just now, and the one that is still open, or that the step is done; what
 * others did and what there is to say, as the lesson is not in view. A press leads back to it.
 */
export function GoalStrip() {
  const t = useMessages()
  const { layout } = useStores()
  const step = useLesson(stepOf)
  const done = useLesson(stepDone)
  const open = useLesson((state) => step?.checks.findIndex((_, i) => !checkHolds(state, i)) ?? -1)
  const ticked = useLesson((state) => state.ticked)
  if (!step || step.checks.length === 0) return <div />
  const finished = done || open < 0
  const newest = ticked === null ? undefined : step.checks[ticked]?.says
  const says = finished ? (newest ?? step.checks.at(-1)!.says) : step.checks[open]!.says
  return (
    <div className={css.goals}>
      {newest !== undefined && !finished && (
        <p className={css.ticked}>
          <Check size={15} aria-hidden="true" />
          <span>{newest}</span>
        </p>
      )}
      <button type="button" className={css.goal} data-done={finished} onClick={() => layout.getState().show('lesson')}>
        {finished ? <Check size={15} aria-hidden="true" /> : <Circle size={13} aria-hidden="true" />}
        <span>{says}</span>
        <em>{finished ? t.next : t.lesson}</em>
      </button>
      <output className="sr-only">{newest === undefined ? '' : `${t.done}: ${newest}`}</output>
      <Others newest />
      <Advice step={step} />
    </div>
  )
}
