// The entry of the page in another page's frame: the only file that knows all its parts. Whatever page is around, the
// sessions here are the frame's own: another database and other names than those of the whole page, and of other frames.
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { StoresProvider } from './app/context.tsx'
import { readAddress, within } from './app/embedded/address.ts'
import { chooseTheme, createDesk, stateOf } from './app/embedded/desk.ts'
import { fit } from './app/embedded/fit.ts'
import { Frame } from './app/embedded/Frame.tsx'
import { createTally, report } from './app/embedded/report.ts'
import './app/fonts.ts'
import './app/theme.css'
import { loadMessages } from './app/i18n/index.ts'
import { createStores } from './app/stores/index.ts'
import { startEngine } from './embed/engine.ts'
import { createGuest, hostOf } from './embed/guest.ts'
import { library, tracks } from './lesson/library.ts'
import { createPlayer } from './lesson/player.ts'
import { createSession } from './session/client.ts'

const wanted = readAddress(location, document.referrer)
const { mode, theme, place } = wanted
const isOpaque = self.origin === 'null'
if (isOpaque) document.documentElement.dataset['fonts'] = 'system'

const session = createSession(() => startEngine('rediscover-embed'))
const guest = createGuest(window, hostOf(wanted.host), isOpaque)

function storage(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}

const clock = () => performance.timeOrigin + performance.now()
const memory = within(storage(), place)

const stores = createStores(session, {
  memory,
  languages: navigator.languages,
  search: new URLSearchParams(location.search),
  clock,
  later(work, ms) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
  still: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
  lessons: {
    library,
    tracks,
    createPlayer,
    // A teacher's own file is opened in the whole page; none comes to be kept here.
    readGuest: () => Promise.resolve({ ok: false, problems: [] }),
  },
  isEmbed: true,
})
chooseTheme(stores, theme)

// The page around has the focus until somebody comes in: what the consoles wish before that is no reason to take it.
stores.console.subscribe(({ focus }) => {
  if (focus > 0 && !document.hasFocus()) stores.console.setState({ focus: 0 })
})

const tally = createTally(memory, clock)
report(stores, session, tally, guest.say)
stores.session.subscribe(({ phase, saving }, before) => {
  if (saving?.state === 'failed' && before.saving?.state !== 'failed')
    guest.say({ on: 'error', message: saving.reason })
  if (phase === 'failed' && before.phase !== 'failed')
    guest.say({ on: 'error', message: 'the session could not be opened' })
})

addEventListener('pagehide', stores.leave)
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') stores.leave()
})

const lesson = library.find(({ id }) => id === wanted.lesson)
const missing = lesson ? null : wanted.lesson

async function begin(): Promise<void> {
  await loadMessages(stores.layout.getState().language)
  if (lesson && mode !== 'console') stores.layout.setState({ tab: mode === 'console+keys' ? 'console' : 'lesson' })
  const opened = lesson ? stores.learn(lesson.id) : stores.play()
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <StoresProvider value={stores}>
        <Frame mode={mode} missing={missing} />
      </StoresProvider>
    </StrictMode>,
  )
  await opened
  guest.begin({ on: 'ready', state: stateOf(stores, mode) }, createDesk(stores, mode))
  if (missing !== null) guest.say({ on: 'error', message: `there is no lesson "${missing}"` })
  fit(mode, (height) => guest.say({ on: 'resize', height }))
}
void begin()
