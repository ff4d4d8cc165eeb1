import { ChevronDown, Layers } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { SessionInfo } from '../../session/protocol.ts'
import { useLayout, useLesson, useMessages, useSession, useStores } from '../context.tsx'
import { Popover } from '../ui/Popover.tsx'
import css from './frame.module.css'

const SessionList = lazy(() => import('./SessionList.tsx'))

/** All sessions kept in this browser. A new one leaves the old where it is. */
export function SessionsMenu() {
  const t = useMessages()
  const { session, lessons } = useStores()
  const info = useSession((state) => state.info)
  const lesson = useLesson((state) => state.lesson?.id)
  const title = useTitle()
  // A lesson's own session is named as the lesson, and that stands in the bar already.
  const titles = Object.values(lessons.library.find(({ id }) => id === lesson)?.title ?? {})
  const hasOwnName = info !== null && info.name !== '' && !titles.includes(info.name)
  const refresh = () =>
    session
      .getState()
      .list()
      .catch(() => undefined)
  return (
    <Popover
      label={t.sessions}
      className={css.menu}
      onOpen={() => void refresh()}
      button={
        <>
          <Layers size={15} strokeWidth={1.9} aria-hidden="true" />
          <span>{hasOwnName ? title(info) : t.sessions}</span>
          <ChevronDown size={13} aria-hidden="true" />
        </>
      }
    >
      {(close) => (
        <Suspense>
          <SessionList close={close} />
        </Suspense>
      )}
    </Popover>
  )
}

export function useTitle() {
  const t = useMessages()
  const language = useLayout((state) => state.language)
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  return (info: SessionInfo) => (info.name === '' ? t.untitled(dates.format(info.createdAt)) : info.name)
}
