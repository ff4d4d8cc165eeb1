import { lazy, Suspense, useEffect, useRef } from 'react'
import type { Place } from '../../lesson/player.ts'
import type { Lesson } from '../../lesson/schema.ts'
import { mapMessages } from '../i18n/map.ts'
import { useHand, useLayout, useLesson, useMessages, useStores } from '../context.tsx'
import { isSeen, stepDone } from '../stores/lesson.ts'
import { Advice } from './Advice.tsx'
import { Blocks } from './Blocks.tsx'
import { Goals } from './Goals.tsx'
import { Others } from './Others.tsx'
import { RunLine } from './RunLine.tsx'
import { Tick } from './Tick.tsx'
import css from './lesson.module.css'

const Playground = lazy(() => import('../sandbox/Playground.tsx'))

/** F6 leads to the text, which the arrows then scroll. */
const lands = { 'data-lands': '', tabIndex: -1 } as const

/** The lesson beside the consoles: prose, lines to run, goals that check themselves. */
export function LessonPane() {
  const t = useMessages()
  const phase = useLesson((state) => state.phase)
  const lesson = useLesson((state) => state.lesson)
  const place = useLesson((state) => state.place)
  const closed = useLesson((state) => state.closed)
  const free = useLesson((state) => state.free)
  if (free)
    return (
      <section className={css.pane} aria-label={t.playground} data-pane="lesson">
        <Suspense>
          <Playground />
        </Suspense>
      </section>
    )
  return (
    <section className={css.pane} aria-label="Lesson" lang={lesson?.language} data-pane="lesson">
      {lesson && place ? (
        closed ? (
          <Closing lesson={lesson} place={place} />
        ) : (
          <StepPage lesson={lesson} place={place} />
        )
      ) : (
        <div className={css.body} {...lands}>
          {phase === 'failed' && <p className={css.prose}>{t.lessonFailed}</p>}
          {phase === 'none' && <p className={css.prose}>{t.noLesson}</p>}
        </div>
      )}
    </section>
  )
}

function StepPage({ lesson, place }: { lesson: Lesson; place: Place }) {
  const t = useMessages()
  const body = useRef<HTMLDivElement>(null)
  const step = lesson.steps[place.step]!
  useEffect(() => {
    if (body.current) body.current.scrollTop = 0
  }, [place.step])
  return (
    <>
      <div ref={body} className={css.body} {...lands}>
        <div className={css.eyebrow}>{t.step(place.step + 1, lesson.steps.length)}</div>
        <h2>{step.title}</h2>
        <div className={css.prose}>
          <Blocks blocks={step.body} />
        </div>
        <Others />
        <Goals step={step} />
        <Advice step={step} />
        {step.hints.slice(0, place.hints).map((hint, i) => (
          <aside key={i} className={css.aside}>
            <h3>{t.hintNumber(i + 1, step.hints.length)}</h3>
            <div className={css.prose}>
              <Blocks blocks={hint} />
            </div>
          </aside>
        ))}
        {place.shown.includes(step.id) && (
          <aside className={css.aside}>
            <h3>{t.oneWay}</h3>
            <div className={css.runs}>
              {step.solution.map((line, i) => (
                <RunLine key={i} line={line} />
              ))}
            </div>
          </aside>
        )}
      </div>
      <Foot
        lesson={lesson}
        place={place}
        toEnd={() => {
          if (body.current) body.current.scrollTop = body.current.scrollHeight
        }}
      />
    </>
  )
}

function Foot({ lesson, place, toEnd }: { lesson: Lesson; place: Place; toEnd: () => void }) {
  const t = useMessages()
  const { lesson: store, hand } = useStores()
  const done = useLesson(stepDone)
  const shows = useHand((state) => state.shows)
  const step = lesson.steps[place.step]!
  const last = place.step === lesson.steps.length - 1
  const { go, close, hint } = store.getState()
  const reveal = (what: () => void) => () => {
    what()
    requestAnimationFrame(toEnd)
  }
  return (
    <div className={css.foot}>
      <button type="button" className={css.quiet} disabled={place.step === 0} onClick={() => go(place.step - 1)}>
        {t.back}
      </button>
      {step.hints.length > 0 && (
        <button type="button" className={css.quiet} disabled={place.hints >= step.hints.length} onClick={reveal(hint)}>
          {t.hint}
        </button>
      )}
      {step.solution.length > 0 && (
        <button
          type="button"
          className={css.quiet}
          data-hand=""
          disabled={!shows && done && place.shown.includes(step.id)}
          onClick={shows ? hand.getState().stop : reveal(() => void hand.getState().show())}
        >
          {shows ? t.stopShowing : t.showMe}
        </button>
      )}
      <button
        type="button"
        className={css.next}
        data-primary={done}
        onClick={() => (last ? close() : go(place.step + 1))}
      >
        {last ? t.finish : t.next}
      </button>
      <output className="sr-only">{done && step.checks.length > 0 ? t.stepDone : ''}</output>
    </div>
  )
}

function Closing({ lesson, place }: { lesson: Lesson; place: Place }) {
  const t = useMessages()
  const { lesson: store, again, learn, layout, lessons, isEmbed } = useStores()
  const language = useLayout((state) => state.language)
  const words = mapMessages[language]
  const at = lessons.library.findIndex(({ id }) => id === lesson.id)
  const next = at < 0 || isEmbed ? undefined : lessons.library[at + 1]
  const { go } = store.getState()
  const open = lesson.steps.filter(({ id }) => !place.done.includes(id)).length
  const shown = lesson.steps.filter(({ id }) => isSeen(place, id)).length
  return (
    <>
      <div className={css.body} {...lands}>
        <div className={css.eyebrow}>{open === 0 ? t.lessonDone : t.lessonSeen(open)}</div>
        <h2>{lesson.title}</h2>
        <div className={css.prose}>
          <h3>{open === 0 ? t.learnt : t.steps}</h3>
        </div>
        <ul className={css.recap}>
          {lesson.steps.map((step) => (
            <li key={step.id}>
              <Tick holds={place.done.includes(step.id)} seen={isSeen(place, step.id)} />
              {step.title}
            </li>
          ))}
        </ul>
        {shown > 0 && <p className={css.prose}>{t.lessonsShown(shown)}</p>}
        {next && <p className={css.prose}>{words.comesNext(next.title[language])}</p>}
        <p className={css.prose}>{t.goOn}</p>
      </div>
      <div className={css.foot}>
        <button type="button" className={css.quiet} onClick={() => go(lesson.steps.length - 1)}>
          {t.back}
        </button>
        <button type="button" className={css.quiet} onClick={() => void again()}>
          {t.again}
        </button>
        {!isEmbed && (
          <button type="button" className={css.quiet} onClick={() => layout.getState().look({ is: 'map' })}>
            {t.courseMap}
          </button>
        )}
        {next && (
          <button
            type="button"
            className={css.next}
            data-primary="true"
            title={next.title[language]}
            onClick={() => void learn(next.id)}
          >
            {words.nextLesson}
          </button>
        )}
      </div>
    </>
  )
}
