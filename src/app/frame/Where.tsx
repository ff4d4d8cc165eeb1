import { useLesson, useMessages } from '../context.tsx'
import css from './frame.module.css'

/** Over a narrow page: which lesson this is, and how far it has come. */
export function Where() {
  const t = useMessages()
  const lesson = useLesson((state) => state.lesson)
  const place = useLesson((state) => state.place)
  if (!lesson || !place) return <div />
  return (
    <div className={css.where}>
      <b>{lesson.title}</b>
      <span aria-hidden="true">
        {place.step + 1} / {lesson.steps.length}
      </span>
      <span className="sr-only">{t.step(place.step + 1, lesson.steps.length)}</span>
    </div>
  )
}
