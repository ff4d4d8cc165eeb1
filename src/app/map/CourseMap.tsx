import { Check } from 'lucide-react'
import { useCallback, useState } from 'react'
import { loadSteps } from '../../lesson/library.ts'
import { useLayout, useMessages, useProgress, useStores } from '../context.tsx'
import type { Listed } from '../stores/lesson.ts'
import { markOf, nextOf, trailOf } from './course.ts'
import type { ListedStep } from './find.ts'
import { Look } from './Look.tsx'
import { useLoaded, type Loaded } from './loaded.ts'
import { Page, useClose, useMapMessages } from './Page.tsx'
import { Reader } from './Reader.tsx'
import { Teachers, YourProgress } from './Tools.tsx'
import css from './map.module.css'

export type Steps = Readonly<Record<string, readonly ListedStep[]>>

/** A step that is looked at. */
export interface Place {
  readonly lesson: string
  readonly step: number
}

/** The whole course on one page: where one is, what is done, and everything to be looked up. */
export function CourseMap() {
  const t = useMapMessages()
  const { courseMap } = useMessages()
  const [query, setQuery] = useState('')
  const [place, setPlace] = useState<Place | null>(null)
  const steps = useLoaded<Steps>(loadSteps)
  return (
    <Page label={courseMap}>
      {place ? (
        <Reader place={place} back={() => setPlace(null)} />
      ) : (
        <>
          <h2>{t.title}</h2>
          <p className={css.under}>{t.about}</p>
          <Continue steps={steps} />
          <Look query={query} setQuery={setQuery} steps={steps} open={setPlace} />
          {query.trim() === '' && <Tracks steps={steps} />}
          <footer className={css.foot}>
            <YourProgress />
            <Teachers />
          </footer>
        </>
      )}
    </Page>
  )
}

/** Opens a lesson where it was left, and puts the map away. */
export function useOpenLesson(): (id: string) => Promise<void> {
  const { learn, layout, lesson } = useStores()
  const close = useClose()
  return useCallback(
    async (id: string) => {
      close()
      layout.getState().show('lesson')
      if (lesson.getState().lesson?.id !== id) await learn(id)
    },
    [close, layout, learn, lesson],
  )
}

function Continue({ steps }: { steps: Loaded<Steps> }) {
  const t = useMapMessages()
  const { lessons } = useStores()
  const language = useLayout((state) => state.language)
  const progress = useProgress((state) => state.progress)
  const open = useOpenLesson()
  const next = nextOf(lessons.library, progress)
  if (!next)
    return (
      <section className={css.card} aria-label={t.continueTitle}>
        <div>
          <b>{t.allDone}</b>
          <span>{t.allDoneHint}</span>
        </div>
      </section>
    )
  const trail = trailOf(progress, next.id)
  const isNew = Object.keys(progress.lessons).length === 0
  const track = lessons.tracks.find(({ id }) => id === next.track)?.title[language] ?? ''
  const all = steps.is === 'there' ? steps.what[next.id] : undefined
  const at = Math.max(0, all?.findIndex(({ id }) => id === trail?.step) ?? 0)
  return (
    <section className={css.card} aria-label={t.continueTitle}>
      <div>
        <b>{isNew ? t.startWith(next.title[language]) : next.title[language]}</b>
        <span>{all && !isNew ? t.place(track, at + 1, all.length) : `${track} · ${t.minutes(next.minutes)}`}</span>
      </div>
      <button type="button" className={css.main} data-first="" onClick={() => void open(next.id)}>
        {trail ? t.goOn : t.start}
      </button>
    </section>
  )
}

function Tracks({ steps }: { steps: Loaded<Steps> }) {
  const t = useMapMessages()
  const { lessons } = useStores()
  const language = useLayout((state) => state.language)
  const done = useProgress(
    ({ progress }) => lessons.library.filter(({ id }) => (trailOf(progress, id)?.finished ?? null) !== null).length,
  )
  return (
    <>
      {done > 0 && <p className={css.tally}>{t.tally(done, lessons.library.length)}</p>}
      <div className={css.tracks}>
        {lessons.tracks.map((track) => (
          <section key={track.id} aria-labelledby={`track-${track.id}`}>
            <h3 id={`track-${track.id}`}>{track.title[language]}</h3>
            <p>{track.about[language]}</p>
            <ol>
              {lessons.library
                .filter((each) => each.track === track.id)
                .map((each) => (
                  <LessonRow
                    key={each.id}
                    lesson={each}
                    count={steps.is === 'there' ? steps.what[each.id]?.length : 0}
                  />
                ))}
            </ol>
          </section>
        ))}
      </div>
    </>
  )
}

function LessonRow({ lesson, count = 0 }: { lesson: Listed; count: number | undefined }) {
  const t = useMapMessages()
  const { lessons } = useStores()
  const language = useLayout((state) => state.language)
  const progress = useProgress((state) => state.progress)
  const open = useOpenLesson()
  const mark = markOf(progress, lesson, nextOf(lessons.library, progress))
  const trail = trailOf(progress, lesson.id)
  const told =
    trail && trail.finished !== null
      ? t.finishedOn(new Date(trail.finished).toLocaleDateString(language))
      : trail && count > 0
        ? t.doneOf(trail.done.length, count)
        : undefined
  return (
    <li>
      <button
        type="button"
        data-mark={mark}
        aria-current={mark === 'now' ? 'step' : undefined}
        title={told}
        onClick={() => void open(lesson.id)}
      >
        <i aria-hidden="true">{mark === 'done' && <Check size={11} strokeWidth={3.4} />}</i>
        <span>
          {lesson.title[language]}
          <span className="sr-only">, {t.stateWords[mark]}, </span>
        </span>
        <small>{t.minutes(lesson.minutes)}</small>
      </button>
    </li>
  )
}
