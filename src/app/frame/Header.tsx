import { Languages, Moon, Redo2, RotateCcw, Search, Sun, Undo2 } from 'lucide-react'
import { languages, type Language } from '../../wire/text.ts'
import { useLayout, useLesson, useMedia, useMessages, useSession, useStores } from '../context.tsx'
import { isSeen } from '../stores/lesson.ts'
import type { Notice } from '../stores/session.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Clock } from './Clock.tsx'
import { LessonsMenu } from './LessonsMenu.tsx'
import { Logo } from './Logo.tsx'
import { SessionsMenu } from './SessionsMenu.tsx'
import css from './frame.module.css'

const languageNames: Record<Language, string> = { en: 'English', ko: '한국어' }

/** The bar at the top: where one is, and what holds for the whole session. */
export function Header() {
  return (
    <header className={css.header} data-pane="header">
      <h1 className={css.logo}>
        <Logo />
        Rediscover
      </h1>
      <Crumb />
      <div className={css.space} />
      <Clock />
      <PaletteButton />
      <TimeButtons />
      <i className={css.rule} />
      <SessionsMenu />
      <LanguageChoice />
      <ThemeButton />
    </header>
  )
}

function Crumb() {
  const t = useMessages()
  const { lessons } = useStores()
  const language = useLayout((state) => state.language)
  const lesson = useLesson((state) => state.lesson)
  const free = useLesson((state) => state.free)
  if (free)
    return (
      <nav className={css.crumb} aria-label={t.lesson}>
        <LessonsMenu button={<b>{t.playground}</b>} />
      </nav>
    )
  if (!lesson) return null
  const track = lessons.tracks.find((each) => each.id === lesson.track)
  const name = <b title={lesson.title}>{lesson.title}</b>
  return (
    <nav className={css.crumb} aria-label={t.lesson}>
      {track && <span>{track.title[language]}</span>}
      {track && <i>/</i>}
      <LessonsMenu button={name} />
      <StepDots />
    </nav>
  )
}

function StepDots() {
  const t = useMessages()
  const { lesson: store } = useStores()
  const lesson = useLesson((state) => state.lesson)
  const place = useLesson((state) => state.place)
  const closed = useLesson((state) => state.closed)
  if (!lesson || !place) return null
  return (
    <div className={css.dots}>
      {lesson.steps.map((step, i) => (
        <button
          key={step.id}
          type="button"
          data-done={place.done.includes(step.id)}
          data-seen={isSeen(place, step.id)}
          aria-current={i === place.step && !closed ? 'step' : undefined}
          aria-label={`${t.step(i + 1, lesson.steps.length)}: ${step.title}`}
          title={step.title}
          onClick={() => store.getState().go(i)}
        >
          <i />
        </button>
      ))}
    </div>
  )
}

function PaletteButton() {
  const t = useMessages()
  const { layout } = useStores()
  const open = () => layout.getState().openPalette(true)
  return <IconButton icon={Search} label={t.palette} tip={t.paletteTip} onClick={open} />
}

function TimeButtons() {
  const t = useMessages()
  const { session } = useStores()
  const canUndo = useSession((state) => state.canUndo)
  const canRedo = useSession((state) => state.canRedo)
  const { undo, redo, reset, say } = session.getState()
  const run = (work: () => Promise<Notice>) => () => {
    work().then(say, (error: unknown) => say(() => String(error instanceof Error ? error.message : error)))
  }
  return (
    <>
      <IconButton icon={Undo2} label={t.undo} tip={t.undoTip} disabled={!canUndo} onClick={run(undo)} />
      <IconButton icon={Redo2} label={t.redo} tip={t.redoTip} disabled={!canRedo} onClick={run(redo)} />
      <IconButton icon={RotateCcw} label={t.reset} tip={t.resetTip} onClick={run(reset)} />
    </>
  )
}

function LanguageChoice() {
  const { layout } = useStores()
  const language = useLayout((state) => state.language)
  return (
    <div className={css.languages}>
      <Languages size={16} strokeWidth={1.9} aria-hidden="true" />
      <select
        className={css.language}
        aria-label="Language"
        value={language}
        onChange={(event) => layout.getState().setLanguage(event.target.value as Language)}
      >
        {languages.map((each) => (
          <option key={each} value={each} lang={each}>
            {languageNames[each]}
          </option>
        ))}
      </select>
    </div>
  )
}

function ThemeButton() {
  const t = useMessages()
  const { layout } = useStores()
  const system = useMedia('(prefers-color-scheme: dark)')
  const chosen = useLayout((state) => state.theme)
  const dark = chosen === null ? system : chosen === 'dark'
  return (
    <IconButton
      icon={dark ? Sun : Moon}
      label="Theme"
      tip={dark ? t.toLight : t.toDark}
      onClick={() => layout.getState().setTheme(dark ? 'light' : 'dark')}
    />
  )
}
