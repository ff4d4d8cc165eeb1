import { ExternalLink, RotateCcw, Undo2 } from 'lucide-react'
import { useEffect, useRef, useState, type MouseEvent } from 'react'
import { useLayout, useLesson, useMessages, useSession, useStores } from '../context.tsx'
import { Saving } from '../frame/StatusBar.tsx'
import { embedMessages } from '../i18n/embed.ts'
import { checkHolds, stepDone, stepOf } from '../stores/lesson.ts'
import type { Notice } from '../stores/session.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { linkTo } from './desk.ts'
import { isComplete } from './report.ts'
import css from './embedded.module.css'

/** The line below: what is open, how far it is, what can be done with it, and the way to the whole page. */
export function Foot({ hasLesson }: { hasLesson: boolean }) {
  const t = useMessages()
  const notice = useSession((state) => state.notice)
  const memory = useSession((state) => state.saving?.state === 'memory' || state.saving?.state === 'failed')
  const title = useLesson((state) => state.lesson?.title)
  return (
    <footer className={css.foot}>
      {title !== undefined && (
        <b className={css.title} title={title}>
          {title}
        </b>
      )}
      <Progress hasLesson={hasLesson} />
      <Moves />
      {memory && <Saving />}
      <output className={css.say}>{notice?.(t)}</output>
      <OpenWhole />
    </footer>
  )
}

/** The goals of the step; without the lesson in view, also the way to the next one. */
function Progress({ hasLesson }: { hasLesson: boolean }) {
  const e = embedMessages[useLayout((state) => state.language)]
  const t = useMessages()
  const { lesson: store } = useStores()
  const of = useLesson((state) => stepOf(state)?.checks.length ?? 0)
  const done = useLesson((state) => stepOf(state)?.checks.filter((_, i) => checkHolds(state, i)).length ?? 0)
  const place = useLesson((state) => state.place)
  const steps = useLesson((state) => state.lesson?.steps.length ?? 0)
  const isOver = useLesson(isComplete)
  const isDone = useLesson(stepDone)
  if (!place) return null
  if (isOver) return <span className={css.done}>✓ {e.complete}</span>
  if (hasLesson) return <span>{t.step(place.step + 1, steps)}</span>
  return (
    <>
      <span className={isDone ? css.done : undefined}>{e.goals(done, of)}</span>
      {isDone && place.step + 1 < steps && (
        <button type="button" className={css.next} onClick={() => store.getState().go(place.step + 1)}>
          {e.next}
        </button>
      )}
    </>
  )
}

function Moves() {
  const t = useMessages()
  const e = embedMessages[useLayout((state) => state.language)]
  const { session, lesson } = useStores()
  const canUndo = useSession((state) => state.canUndo)
  const inLesson = useLesson((state) => state.lesson !== null)
  const { undo, reset, say } = session.getState()
  const run = (work: () => Promise<Notice>) => () => {
    work().then(say, (error: unknown) => say(() => (error instanceof Error ? error.message : String(error))))
  }
  return (
    <span className={css.moves}>
      <IconButton small icon={Undo2} label={t.undo} tip={t.undoTip} disabled={!canUndo} onClick={run(undo)} />
      <IconButton
        small
        icon={RotateCcw}
        label={inLesson ? e.anew : t.reset}
        tip={inLesson ? e.anew : t.resetTip}
        onClick={run(inLesson ? lesson.getState().anew : reset)}
      />
    </span>
  )
}

/** The whole page, for who wants to go on there: this work goes along in the link. */
function OpenWhole() {
  const e = embedMessages[useLayout((state) => state.language)]
  const stores = useStores()
  const language = useLayout((state) => state.language)
  const lesson = useLesson((state) => state.lesson?.id)
  const bare = new URL('./', location.href)
  bare.searchParams.set('lang', language)
  if (lesson !== undefined) bare.searchParams.set('lesson', lesson)
  const [link, setLink] = useState<string | null>(null)
  const [toCopy, setToCopy] = useState<string | null>(null)
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => box.current?.select(), [toCopy])

  /** The link of now; without the work, where that is too large. */
  const pack = async (): Promise<string> => {
    const found = await linkTo(stores).catch(() => null)
    if (found === null) stores.session.getState().say(() => e.tooLarge)
    const whole = found ?? bare.href
    setLink(whole)
    return whole
  }
  const press = (event: MouseEvent) => {
    event.preventDefault()
    void pack().then((whole) => {
      // A bare sandbox opens no window.
      if (self.origin === 'null') setToCopy(whole)
      else window.open(whole, '_blank', 'noopener')
    })
  }
  return (
    <>
      <a
        className={css.open}
        href={link ?? bare.href}
        target="_blank"
        rel="noopener"
        title={e.openTip}
        // So that the link is the right one for who copies it, or opens it by another button of the mouse.
        onPointerEnter={() => void pack()}
        onFocus={() => void pack()}
        onClick={press}
      >
        {e.open}
        <ExternalLink size={13} aria-hidden="true" />
      </a>
      {toCopy !== null && (
        <dialog open className={css.copy} aria-label={e.open}>
          <label>
            {e.copyThis}
            <input ref={box} readOnly value={toCopy} />
          </label>
          <button type="button" onClick={() => setToCopy(null)}>
            {e.close}
          </button>
        </dialog>
      )}
    </>
  )
}
