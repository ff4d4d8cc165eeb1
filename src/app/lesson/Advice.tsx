import type { Step } from '../../lesson/schema.ts'
import { useLesson, useMessages } from '../context.tsx'
import { stepDone } from '../stores/lesson.ts'
import { Blocks } from './Blocks.tsx'
import css from './lesson.module.css'

/** What there is to say about the line that was typed last; it goes with the next one, and when the step is done. */
export function Advice({ step }: { step: Step }) {
  const t = useMessages()
  const advice = useLesson((state) => state.advice)
  const done = useLesson(stepDone)
  const reaction = advice?.kind === 'reaction' ? step.reactions[advice.index] : undefined
  return (
    <output className={css.advice}>
      {advice && !done && (
        <div className={css.prose}>
          {advice.kind === 'reaction' ? <Blocks blocks={reaction?.says ?? []} /> : <p>{t.advice(advice)}</p>}
        </div>
      )}
    </output>
  )
}
