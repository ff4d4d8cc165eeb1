import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useLayout, useLesson, useMessages, useStores } from '../context.tsx'
import { Popover } from '../ui/Popover.tsx'
import css from './frame.module.css'

/** All lessons by track, behind the title of the one that is open. */
export function LessonsMenu({ button }: { button: ReactNode }) {
  const t = useMessages()
  const { lessons, learn, play, again } = useStores()
  const free = useLesson((state) => state.free)
  const language = useLayout((state) => state.language)
  const open = useLesson((state) => state.lesson?.id)
  return (
    <Popover
      label={t.lessons}
      className={css.title}
      side="left"
      button={
        <>
          {button}
          <ChevronDown size={13} aria-hidden="true" />
        </>
      }
    >
      {(close) => (
        <>
          {lessons.tracks.map((track) => (
            <section key={track.id} className={css.track}>
              <h2>{track.title[language]}</h2>
              {lessons.library
                .filter((each) => each.track === track.id)
                .map((each) => (
                  <button
                    key={each.id}
                    type="button"
                    className={css.lesson}
                    aria-current={each.id === open ? 'true' : undefined}
                    onClick={() => {
                      close()
                      if (each.id !== open) void learn(each.id)
                    }}
                  >
                    {each.title[language]}
                    <small>{t.minutes(each.minutes)}</small>
                  </button>
                ))}
            </section>
          ))}
          <div className={css.newBox}>
            {!free && (
              <button
                type="button"
                className={css.lesson}
                onClick={() => {
                  close()
                  void again()
                }}
              >
                {t.again}
                <small>{t.againShort}</small>
              </button>
            )}
            <button
              type="button"
              className={css.lesson}
              aria-current={free ? 'true' : undefined}
              onClick={() => {
                close()
                void play()
              }}
            >
              {t.playground}
              <small>{t.playgroundShort}</small>
            </button>
          </div>
        </>
      )}
    </Popover>
  )
}
