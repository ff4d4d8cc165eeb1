import { useEffect } from 'react'
import type { Mode } from '../../embed/protocol.ts'
import { Announcer } from '../console/Announcer.tsx'
import { ClientConsole } from '../console/ClientConsole.tsx'
import { ConsolePane } from '../console/ConsolePane.tsx'
import { DocStrip } from '../console/DocStrip.tsx'
import {
  useConsole,
  useKeyspace,
  useLayout,
  useLesson,
  useMedia,
  useMessages,
  useSession,
  useStores,
} from '../context.tsx'
import { GoalStrip } from '../frame/GoalStrip.tsx'
import { useShortcuts } from '../frame/shortcuts.ts'
import { embedMessages } from '../i18n/embed.ts'
import { Inspector } from '../inspector/Inspector.tsx'
import { LessonPane } from '../lesson/LessonPane.tsx'
import { Showing } from '../frame/Showing.tsx'
import ShareDialog from '../share/ShareDialog.tsx'
import type { Tab } from '../stores/layout.ts'
import { Foot } from './Foot.tsx'
import css from './embedded.module.css'

type Part = Exclude<Tab, 'script'>

const partsOf: Readonly<Record<Mode, readonly Part[]>> = {
  full: ['lesson', 'console', 'keys'],
  lesson: ['lesson', 'console'],
  console: ['console'],
  'console+keys': ['console', 'keys'],
}

/** The frame in another page: what its mode shows, and one line below. `missing`: the lesson that was asked for. */
export function Frame({ mode, missing }: { mode: Mode; missing: string | null }) {
  const language = useLayout((state) => state.language)
  const failed = useSession((state) => state.phase === 'failed')
  const sharing = useLayout((state) => state.sharing)
  const narrow = useMedia(mode === 'console+keys' ? '(max-width: 519px)' : '(max-width: 639px)')
  const parts = partsOf[mode]
  const title = useDocument()
  useShortcuts(false)
  return (
    <div className={css.frame}>
      <main className={css.whole}>
        <h1 className="sr-only">{title}</h1>
        {missing !== null && <p className={css.missing}>{embedMessages[language].noLesson(missing)}</p>}
        {failed ? (
          <Failed />
        ) : narrow && parts.length > 1 ? (
          <OneAtATime parts={parts} />
        ) : (
          <div className={css.parts} data-mode={mode}>
            {parts.map((part) => (
              <div key={part} data-part-of={part}>
                {drawn[part]}
              </div>
            ))}
          </div>
        )}
      </main>
      <Foot hasLesson={parts.includes('lesson')} />
      <Showing />
      {sharing && <ShareDialog sharing={sharing} />}
    </div>
  )
}

const drawn = { lesson: <LessonPane />, console: <Consoles />, keys: <Inspector /> }

/** One console has no need of a bar that chooses among consoles. */
function Consoles() {
  const alone = useConsole(({ lanes }) => (lanes.length > 1 ? null : (lanes[0]?.name ?? 'A')))
  if (alone === null) return <ConsolePane />
  return (
    <div className={css.alone} data-pane="console">
      <ClientConsole key={alone} name={alone} first alone />
      <DocStrip />
      <Announcer />
    </div>
  )
}

/** In a narrow frame: tabs. */
function OneAtATime({ parts }: { parts: readonly Part[] }) {
  const t = useMessages()
  const { layout } = useStores()
  const tab = useLayout((state) => state.tab)
  const unseen = useKeyspace((state) => state.unseen)
  const free = useLesson((state) => state.free)
  const shown = parts.find((part) => part === tab) ?? parts[0]!
  const names: Readonly<Record<Part, string>> = {
    lesson: free ? t.playground : t.lesson,
    console: t.console,
    keys: t.keysTab,
  }
  return (
    <div className={css.one}>
      <div className={css.tabs} role="tablist">
        {parts.map((part) => (
          <button
            key={part}
            type="button"
            role="tab"
            aria-selected={part === shown}
            onClick={() => layout.getState().show(part)}
          >
            {names[part]}
            {part === 'keys' && unseen > 0 && (
              <>
                <b aria-hidden="true">{unseen > 99 ? '99+' : unseen}</b>
                <span className="sr-only">, {t.changesSince(unseen)}</span>
              </>
            )}
          </button>
        ))}
      </div>
      {shown === 'console' && parts.includes('lesson') ? <GoalStrip /> : <div />}
      <div className={css.only}>{drawn[shown]}</div>
    </div>
  )
}

function Failed() {
  const t = useMessages()
  const { open } = useStores()
  const notice = useSession((state) => state.notice)
  return (
    <div className={css.failed} role="alert">
      <h2>{t.failed}</h2>
      <p>{notice?.(t)}</p>
      <button type="button" onClick={() => void open(null)}>
        {t.retry}
      </button>
    </div>
  )
}

/** What the document itself shows: language, theme, title. Returns the title. */
function useDocument(): string {
  const t = useMessages()
  const language = useLayout((state) => state.language)
  const theme = useLayout((state) => state.theme)
  const title = useLesson((state) => state.lesson?.title ?? t.playground)
  useEffect(() => {
    document.documentElement.lang = language
    document.title = embedMessages[language].frame(title)
  }, [language, title])
  useEffect(() => {
    if (theme) document.documentElement.dataset['theme'] = theme
    else delete document.documentElement.dataset['theme']
  }, [theme])
  return embedMessages[language].frame(title)
}
