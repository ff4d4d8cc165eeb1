import { useDeferredValue, useEffect, useId, useState } from 'react'
import type { Lesson } from '../../lesson/schema.ts'
import { useLayout, useStores } from '../context.tsx'
import type { Place, Steps } from './CourseMap.tsx'
import { findSteps, proseOf, type Prose } from './find.ts'
import type { Loaded } from './loaded.ts'
import { useMapMessages } from './Page.tsx'
import css from './map.module.css'

const most = 40
const mostCommands = 6

/** The search, and what it found: steps to be read again. */
export function Look({
  query,
  setQuery,
  steps,
  open,
}: {
  query: string
  setQuery: (query: string) => void
  steps: Loaded<Steps>
  open: (place: Place) => void
}) {
  const t = useMapMessages()
  const id = useId()
  const wanted = useDeferredValue(query.trim())
  return (
    <div className={css.look}>
      <label htmlFor={id}>{t.search}</label>
      <input
        id={id}
        type="search"
        placeholder={t.searchHint}
        value={query}
        autoCapitalize="off"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setQuery(event.target.value)}
      />
      {wanted !== '' && (
        <>
          {steps.is === 'there' ? (
            <Found query={wanted} steps={steps.what} open={open} />
          ) : (
            <output className={css.status}>{steps.is === 'failed' ? t.notLoaded : t.loading}</output>
          )}
        </>
      )}
    </div>
  )
}

function Found({ query, steps, open }: { query: string; steps: Steps; open: (place: Place) => void }) {
  const t = useMapMessages()
  const { lessons } = useStores()
  const language = useLayout((state) => state.language)
  const prose = useProse()
  const listed = lessons.library.flatMap(({ id }) => (steps[id] ? [[id, steps[id]] as const] : []))
  const hits = findSteps(query, listed, prose, language)
  return (
    <>
      <output className={css.tally}>
        {hits.length > most ? t.foundSome(most, hits.length) : t.found(hits.length)}
      </output>
      <ul className={css.hits}>
        {hits.slice(0, most).map(({ lesson, step, title, commands }) => (
          <li key={`${lesson} ${step}`}>
            <button type="button" onClick={() => open({ lesson, step })}>
              <b>{title}</b>
              <span>{lessons.library.find((each) => each.id === lesson)?.title[language]}</span>
              {commands.length > 0 && (
                <small>
                  <span className="sr-only">{t.uses('')}</span>
                  {commands.slice(0, mostCommands).join(' ')}
                </small>
              )}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The prose of all lessons, as it comes in. */
function useProse(): Prose {
  const { lessons } = useStores()
  const language = useLayout((state) => state.language)
  const [prose, setProse] = useState<Prose>(new Map())
  useEffect(() => {
    let alive = true
    const add = (lesson: Lesson) => {
      if (alive) setProse((known) => new Map(known).set(lesson.id, proseOf(lesson)))
    }
    // What does not come is not looked into.
    for (const each of lessons.library) each.load(language).then(add, () => undefined)
    return () => {
      alive = false
    }
  }, [lessons, language])
  return prose
}
