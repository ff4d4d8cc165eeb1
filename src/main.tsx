// The page's entry: the only file that knows all parts. The worker starts first, so that the engine is ready by the time
// the page is drawn.
import { createSession } from './session/client.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { StoresProvider } from './app/context.tsx'
import './app/fonts.ts'
import './app/theme.css'
import { loadMessages } from './app/i18n/index.ts'
import { createStores } from './app/stores/index.ts'
import { fitKeyboard } from './app/ui/keyboard.ts'
import { library, tracks } from './lesson/library.ts'
import { createPlayer } from './lesson/player.ts'
import { trusted } from './session/trusted.ts'
import workerUrl from './session/worker.ts?worker&url'

const session = createSession(() => new Worker(trusted(workerUrl), { type: 'module', name: 'rediscover' }))

function storage(kind: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return globalThis[kind]
  } catch {
    return null
  }
}

const stores = createStores(session, {
  memory: storage('localStorage'),
  tab: storage('sessionStorage'),
  languages: navigator.languages,
  search: new URLSearchParams(location.search),
  clock: () => performance.timeOrigin + performance.now(),
  later(work, ms) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
  still: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
  lessons: {
    library,
    tracks,
    createPlayer,
    readGuest: async (files) => (await import('./lesson/guest.ts')).readGuest(files),
  },
})

// What the address asked for has been done; a reload is to bring back what the person did since.
const forget = (...names: readonly string[]) => {
  const url = new URL(location.href)
  for (const name of names) url.searchParams.delete(name)
  if (url.href !== location.href) history.replaceState(null, '', url)
}
void stores.open(null).then(() => forget('run'))

// What stands behind the # came with a link. It stays in the address until the person has decided, so that a reload asks again.
const receive = () => {
  if (location.hash.length > 1) stores.layout.getState().receive(location.hash.slice(1))
}
receive()
addEventListener('hashchange', receive)
stores.layout.subscribe((now, before) => {
  if (now.language !== before.language) forget('lang')
  if (now.theme !== before.theme) forget('theme')
  if (now.projector !== before.projector) forget('size')
  if (before.arrived !== null && now.arrived === null) {
    const { pathname, search } = location
    history.replaceState(null, '', pathname + search)
  }
})
stores.lesson.subscribe(({ free, lesson }) => {
  const asked = new URL(location.href).searchParams.get('lesson')
  if (asked !== null && (free || (lesson !== null && lesson.id !== asked))) forget('lesson')
})
// From another session on the address asks for nothing any more, however soon the page is loaded again.
stores.session.subscribe((now, before) => {
  if (before.info && now.info && now.info.id !== before.info.id) forget('lesson')
})
addEventListener('storage', stores.progress.getState().look)
addEventListener('pagehide', stores.leave)
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') stores.leave()
})
fitKeyboard()

const draw = () =>
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <StoresProvider value={stores}>
        <App />
      </StoresProvider>
    </StrictMode>,
  )
void loadMessages(stores.layout.getState().language).then(draw)
