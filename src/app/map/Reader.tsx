import { ArrowLeft, Printer } from 'lucide-react'
import { useCallback, useEffect, useRef } from 'react'
import { useLayout, useMessages, useProgress, useStores } from '../context.tsx'
import { useOpenLesson, type Place } from './CourseMap.tsx'
import { trailOf } from './course.ts'
import { useLoaded } from './loaded.ts'
import { useMapMessages } from './Page.tsx'
import { Reading } from './Reading.tsx'
import css from './map.module.css'

/** A step of the course to be looked up: it is only read, so nothing of a lesson's place or session is touched. */
export function Reader({ place: { lesson: id, step: at }, back }: { place: Place; back: () => void }) {
  const t = useMapMessages()
  const { step: stepOf, printLesson } = useMessages()
  const { find, layout, lesson: store } = useStores()
  const language = useLayout((state) => state.language)
  const open = useOpenLesson()
  const title = useRef<HTMLHeadingElement>(null)
  const loaded = useLoaded(
    useCallback(
      () => find(id)?.load(language) ?? Promise.reject(new Error(`there is no lesson "${id}"`)),
      [find, id, language],
    ),
  )
  useEffect(() => {
    if (loaded.is === 'there') title.current?.focus()
  }, [loaded.is])
  const trail = useProgress((state) => trailOf(state.progress, id))
  const step = loaded.is === 'there' ? loaded.what.steps[at] : undefined
  // Who has not done it yet is not shown how.
  const solved = step !== undefined && trail !== undefined && (trail.finished !== null || trail.done.includes(step.id))
  return (
    <>
      <button type="button" className={css.backTo} onClick={back}>
        <ArrowLeft size={15} aria-hidden="true" /> {t.back}
      </button>
      {loaded.is === 'there' && step ? (
        <article className={css.reading} lang={loaded.what.language}>
          <h2 className={css.under}>
            {loaded.what.title} · {stepOf(at + 1, loaded.what.steps.length)}
          </h2>
          <h3 ref={title} tabIndex={-1}>
            {step.title}
          </h3>
          <p className={css.note}>{t.reference}</p>
          <Reading step={step} solved={solved} />
        </article>
      ) : (
        <output className={css.status}>{loaded.is === 'failed' ? t.notLoaded : t.loading}</output>
      )}
      <div className={css.buttons}>
        <button type="button" className={css.do} onClick={() => void open(id).then(() => store.getState().go(at))}>
          {t.openStep}
        </button>
        <button type="button" className={css.do} onClick={() => layout.getState().look({ is: 'print', lesson: id })}>
          <Printer size={15} aria-hidden="true" /> {printLesson}
        </button>
      </div>
    </>
  )
}
