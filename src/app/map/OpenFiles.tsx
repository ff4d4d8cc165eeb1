import { useCallback } from 'react'
import { useLayout, useStores } from '../context.tsx'
import type { Source } from '../../lesson/guest.ts'
import type { Guest } from '../stores/index.ts'
import { Page, useClose, useMapMessages } from './Page.tsx'
import { useLoaded } from './loaded.ts'
import css from './map.module.css'

/** A teacher's file: what is in it, and whether to begin; or what is wrong with it. */
export function OpenFiles({ files }: { files: readonly File[] }) {
  const t = useMapMessages()
  const { lessons } = useStores()
  const language = useLayout((state) => state.language)
  const loaded = useLoaded(
    useCallback(async () => {
      const sources: Source[] = await Promise.all(
        files.map(async (file) => ({ name: file.name, text: await file.text() })),
      )
      return { sources, read: await lessons.readGuest(sources) }
    }, [files, lessons]),
  )
  if (files.length > 2) return <Trouble title={t.fileBad} says={t.tooMany} />
  if (loaded.is !== 'there')
    return <Trouble title={t.fileTitle} says={loaded.is === 'failed' ? t.notLoaded : t.loading} />
  const { sources, read } = loaded.what
  if (read.ok) return <Ask guest={{ files: sources, lessons: read.lessons }} />
  return (
    <Page label={t.fileBad}>
      <h2 tabIndex={-1} data-first="">
        {t.fileBad}
      </h2>
      <p>{t.problems(read.problems.length)}</p>
      <ul className={css.problems}>
        {read.problems.map(({ file, line, says }, i) => (
          <li key={i}>
            <b>{t.problemAt(file, line)}</b>
            <span>{says[language]}</span>
          </li>
        ))}
      </ul>
    </Page>
  )
}

function Trouble({ title, says }: { title: string; says: string }) {
  return (
    <Page label={title}>
      <h2>{title}</h2>
      <output className={css.status}>{says}</output>
    </Page>
  )
}

function Ask({ guest }: { guest: Guest }) {
  const t = useMapMessages()
  const { teach, layout } = useStores()
  const close = useClose()
  const [lesson] = guest.lessons
  return (
    <Page label={t.fileTitle}>
      <h2 tabIndex={-1}>{t.fileTitle}</h2>
      <div className={css.card}>
        <div>
          <b lang={lesson.language}>{guest.lessons.map(({ title }) => title).join(' / ')}</b>
          <span>
            {t.fileOf(lesson.steps.length, lesson.minutes)}
            {guest.lessons.length > 1 && ` · ${t.both}`}
          </span>
        </div>
      </div>
      <p>{t.fileSafe}</p>
      <div className={css.buttons}>
        <button
          type="button"
          className={css.main}
          data-first=""
          onClick={() => {
            close()
            layout.getState().show('lesson')
            void teach(guest)
          }}
        >
          {t.fileStart}
        </button>
        <button type="button" className={css.do} onClick={close}>
          {t.cancel}
        </button>
      </div>
    </Page>
  )
}
