import { Printer } from 'lucide-react'
import { useCallback } from 'react'
import type { Lesson } from '../../lesson/schema.ts'
import { useLayout, useStores } from '../context.tsx'
import { Page, useMapMessages } from './Page.tsx'
import { Reading } from './Reading.tsx'
import { useLoaded } from './loaded.ts'
import css from './map.module.css'

/** A whole lesson on paper: its steps with prose and lines, no consoles. First it is shown as it will be. */
export function Print({ lesson: id }: { lesson: string }) {
  const t = useMapMessages()
  const { find } = useStores()
  const language = useLayout((state) => state.language)
  const loaded = useLoaded(
    useCallback(
      () => find(id)?.load(language) ?? Promise.reject(new Error(`there is no lesson "${id}"`)),
      [find, id, language],
    ),
  )
  return (
    <Page
      label={t.print}
      tools={
        loaded.is === 'there' && (
          <>
            <span className={css.hint}>{t.printHint}</span>
            <button type="button" className={css.main} data-first="" onClick={() => print()}>
              <Printer size={15} aria-hidden="true" /> {t.print}
            </button>
          </>
        )
      }
    >
      {loaded.is === 'there' ? (
        <Sheet lesson={loaded.what} />
      ) : (
        <p>{loaded.is === 'failed' ? t.notLoaded : t.loading}</p>
      )}
    </Page>
  )
}

function Sheet({ lesson }: { lesson: Lesson }) {
  const t = useMapMessages()
  return (
    <article className={css.sheet} lang={lesson.language}>
      <h2>{lesson.title}</h2>
      <p className={css.under}>Rediscover · {t.fileOf(lesson.steps.length, lesson.minutes)}</p>
      {lesson.steps.map((step, i) => (
        <section key={step.id} className={css.reading}>
          <h3>
            {i + 1}. {step.title}
          </h3>
          <Reading step={step} solved />
        </section>
      ))}
    </article>
  )
}
