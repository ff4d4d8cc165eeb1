import { lazy, Suspense, useEffect, type ReactNode } from 'react'
import { Panel } from 'react-resizable-panels'
import { ConsolePane } from './console/ConsolePane.tsx'
import { useLayout, useMedia, useMessages, useSession, useStores } from './context.tsx'
import { Header } from './frame/Header.tsx'
import { Script, Stage } from './frame/Stage.tsx'
import { useShortcuts } from './frame/shortcuts.ts'
import { loadKeeping, StatusBar } from './frame/StatusBar.tsx'
import { Tabs } from './frame/Tabs.tsx'
import { Where } from './frame/Where.tsx'
import css from './frame/frame.module.css'
import type { Arrived } from './stores/layout.ts'
import { Showing } from './frame/Showing.tsx'
import { Panes, Splitter } from './ui/Panes.tsx'

const loadPalette = () => import('./palette/Palette.tsx')
const Palette = lazy(loadPalette)
const ShareDialog = lazy(() => import('./share/ShareDialog.tsx'))
const Arrival = lazy(() => import('./share/Arrival.tsx'))

// The panes beside the console come right after it: the first command needs neither.
const Views = lazy(() => import('./map/Views.tsx'))

const loadInspector = () => import('./inspector/Inspector.tsx').then(({ Inspector }) => ({ default: Inspector }))
const loadLesson = () => import('./lesson/LessonPane.tsx').then(({ LessonPane }) => ({ default: LessonPane }))
const loadGoalStrip = () => import('./frame/GoalStrip.tsx').then(({ GoalStrip }) => ({ default: GoalStrip }))
const TheInspector = lazy(loadInspector)
const TheGoalStrip = lazy(loadGoalStrip)
const TheLesson = lazy(loadLesson)
const Inspector = () => (
  <Suspense>
    <TheInspector />
  </Suspense>
)
const LessonPane = () => (
  <Suspense>
    <TheLesson />
  </Suspense>
)

const GoalStrip = () => (
  <Suspense fallback={<div />}>
    <TheGoalStrip />
  </Suspense>
)

/** How much larger all is on a projector; theme.css draws it, where the page is wide. */
const projectorScale = 1.4

/** The frame and its panes: three columns, two, or one at a time. */
export function App() {
  const scale = useLayout((state) => (state.projector ? projectorScale : 1))
  const narrow = useMedia('(max-width: 720px)')
  const medium = useMedia(`(max-width: ${1100 * scale}px)`)
  useDocument()
  useShortcuts()
  // A narrow page shows one part and has the others at hand.
  useEffect(() => void Promise.allSettled([loadLesson(), loadInspector(), loadKeeping(), loadGoalStrip()]), [])
  return (
    <div className={narrow ? `${css.app} ${css.narrow}` : css.app}>
      <Header />
      <Ready>{narrow ? <OneColumn /> : <main>{medium ? <TwoColumns /> : <ThreeColumns />}</main>}</Ready>
      <StatusBar />
      <Showing />
      <PaletteWhenOpen />
      <ViewWhenOpen />
      <Sharing />
    </div>
  )
}

/** Ctrl+K (⌘K) opens the palette, wherever the key has no other work. */
function PaletteWhenOpen() {
  const { layout } = useStores()
  const open = useLayout((state) => state.palette)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // On its way while the finger is still on Ctrl.
      if (event.key === 'Control' || event.key === 'Meta') void loadPalette()
      if (event.defaultPrevented || event.isComposing || event.altKey || event.shiftKey) return
      if (!(event.ctrlKey || event.metaKey) || (event.key.toLowerCase() !== 'k' && event.code !== 'KeyK')) return
      event.preventDefault()
      layout.getState().openPalette(!layout.getState().palette)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [layout])
  return (
    open && (
      <Suspense fallback={null}>
        <Palette />
      </Suspense>
    )
  )
}

/** What stands over the page. Files that are dropped on it are asked about: lessons there, one of anything else as what came. */
function ViewWhenOpen() {
  const { layout } = useStores()
  const open = useLayout((state) => state.view !== null)
  useEffect(() => {
    const { look, receive } = layout.getState()
    // Only what is dropped can be seen: until then there are no files.
    const drag = (event: DragEvent) => {
      const { dataTransfer: dragged } = event
      if (event.defaultPrevented || !dragged?.types.includes('Files')) return
      event.preventDefault()
      const files = [...dragged.files].filter(({ name }) => /\.md$/i.test(name))
      if (files[0]) look({ is: 'files', files })
      else if (dragged.files[0]) receive(dragged.files[0])
    }
    addEventListener('dragover', drag)
    addEventListener('drop', drag)
    return () => {
      removeEventListener('dragover', drag)
      removeEventListener('drop', drag)
    }
  }, [layout])
  return (
    open && (
      <Suspense fallback={null}>
        <Views />
      </Suspense>
    )
  )
}

const nameOf = (arrived: Arrived) => (typeof arrived === 'string' ? arrived : `${arrived.name} ${arrived.lastModified}`)

/** What goes out, and what has come in. */
function Sharing() {
  const sharing = useLayout((state) => state.sharing)
  const arrived = useLayout((state) => state.arrived)
  // Once there is a session: what comes in is tried in its worker. The card stays while the new one opens.
  const isReady = useSession((state) => state.info !== null)
  return (
    <Suspense fallback={null}>
      {sharing && <ShareDialog sharing={sharing} />}
      {arrived !== null && isReady && <Arrival key={nameOf(arrived)} arrived={arrived} />}
    </Suspense>
  )
}

function ThreeColumns() {
  return (
    <Panes id="three" orientation="horizontal">
      <Panel id="lesson" defaultSize="25.8%" minSize="240px">
        <LessonPane />
      </Panel>
      <Splitter />
      <Panel id="console" minSize="360px">
        <Stage />
      </Panel>
      <Splitter />
      <Panel id="keys" defaultSize="28.3%" minSize="260px">
        <Inspector />
      </Panel>
    </Panes>
  )
}

function TwoColumns() {
  return (
    <Panes id="two" orientation="horizontal">
      <Panel id="lesson" defaultSize="34%" minSize="240px">
        <LessonPane />
      </Panel>
      <Splitter />
      <Panel id="stage" minSize="340px">
        <Panes id="stage" orientation="vertical">
          <Panel id="console" defaultSize="55%" minSize="160px">
            <Stage />
          </Panel>
          <Splitter />
          <Panel id="keys" minSize="140px">
            <Inspector />
          </Panel>
        </Panes>
      </Panel>
    </Panes>
  )
}

function OneColumn() {
  const tab = useLayout((state) => state.tab)
  return (
    <main className={css.one}>
      <Where />
      <Tabs />
      {tab === 'console' ? <GoalStrip /> : <div />}
      <div className={css.only}>
        {tab === 'lesson' && <LessonPane />}
        {tab === 'console' && <ConsolePane />}
        {tab === 'script' && <Script />}
        {tab === 'keys' && <Inspector />}
      </div>
    </main>
  )
}

function Ready({ children }: { children: ReactNode }) {
  const t = useMessages()
  const { open } = useStores()
  const failed = useSession((state) => state.phase === 'failed')
  const notice = useSession((state) => state.notice)
  if (!failed) return children
  return (
    <main className={css.failed} role="alert">
      <h1>{t.failed}</h1>
      <p>{notice?.(t)}</p>
      <button type="button" className={css.do} onClick={() => void open(null)}>
        {t.retry}
      </button>
    </main>
  )
}

/** What the document itself shows of the layout: language, theme, title. */
function useDocument() {
  const t = useMessages()
  const language = useLayout((state) => state.language)
  const theme = useLayout((state) => state.theme)
  const projector = useLayout((state) => state.projector)
  useEffect(() => {
    document.documentElement.dataset.size = projector ? 'projector' : 'normal'
  }, [projector])
  useEffect(() => {
    document.documentElement.lang = language
    document.title = `Rediscover: ${t.tagline}`
  }, [language, t])
  useEffect(() => {
    if (theme) document.documentElement.dataset.theme = theme
    else delete document.documentElement.dataset.theme
  }, [theme])
}
