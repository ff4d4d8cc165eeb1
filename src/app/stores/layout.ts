// How the page looks for this person: theme, language, size and whether rows tell costs are remembered by the browser, panes by the session.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Language } from '../../wire/text.ts'
import { preferred, whenLoaded } from '../i18n/index.ts'

export type Theme = 'light' | 'dark'
export type Tab = 'lesson' | 'console' | 'script' | 'keys'
/** What the middle shows, where there is more than one pane. */
export type Stage = 'console' | 'script'
/** What stands over the whole page. */
export type View =
  | { readonly is: 'map' }
  /** A teacher's files, to be asked about. */
  | { readonly is: 'files'; readonly files: readonly File[] }
  /** The snippet for another page. */
  | { readonly is: 'embed' }
  /** A lesson on paper. */
  | { readonly is: 'print'; readonly lesson: string }
/** What came from elsewhere, to be looked at first: a link's fragment, or a file. */
export type Arrived = string | File
/** The dialog that shares; with a row, its moment is chosen. */
export type Sharing = { readonly upTo: number | null }
/** Sizes of a group's panes in percent, by the pane's id. */
export type Sizes = Readonly<Record<string, number>>

export interface LayoutState {
  /** Null follows the system. */
  readonly theme: Theme | null
  readonly language: Language
  readonly tab: Tab
  readonly stage: Stage
  readonly panes: Readonly<Record<string, Sizes>>
  /** Raised when panes come back from a notebook and are to be applied. */
  readonly applied: number
  /** Each row tells what its command cost. */
  readonly costs: boolean
  /** Type and all else is large, for those who sit at the back. */
  readonly projector: boolean
  readonly view: View | null
  /** The palette is open. */
  readonly palette: boolean
  /** The docs of the command being typed are a card, no line. */
  readonly docs: boolean
  readonly sharing: Sharing | null
  readonly arrived: Arrived | null

  readonly setTheme: (theme: Theme) => void
  readonly setLanguage: (language: Language) => void
  readonly showCosts: (costs: boolean) => void
  readonly show: (tab: Tab) => void
  readonly project: (projector: boolean) => void
  readonly look: (view: View | null) => void
  readonly openPalette: (open: boolean) => void
  readonly openDocs: (open: boolean) => void
  readonly openSharing: (sharing: Sharing | null) => void
  readonly receive: (arrived: Arrived | null) => void
  readonly resized: (group: string, sizes: Sizes) => void
  readonly restore: (panes: Readonly<Record<string, Sizes>> | null, stage?: Stage) => void
}

export type LayoutStore = StoreApi<LayoutState>

/** The little of a browser's storage that is used; it may throw. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>

export interface LayoutHost {
  readonly memory: Memory | null
  /** Languages the person reads, best first. */
  readonly languages: readonly string[]
  /** The page's address, for ?lang, ?theme and ?size. */
  readonly search: URLSearchParams
}

export function createLayoutStore({ memory, languages, search }: LayoutHost): LayoutStore {
  const recall = (name: string) => {
    try {
      return memory?.getItem(`rediscover.${name}`) ?? null
    } catch {
      return null
    }
  }
  const remember = (name: string, value: string) => {
    try {
      memory?.setItem(`rediscover.${name}`, value)
    } catch {
      // A browser may refuse; then the choice lasts as long as the page.
    }
  }
  const theme = search.get('theme') ?? recall('theme')
  const language = search.get('lang') ?? recall('language')

  return createStore<LayoutState>()((set, get) => ({
    theme: theme === 'light' || theme === 'dark' ? theme : null,
    language: language === 'en' || language === 'ko' ? language : preferred(languages),
    tab: 'console',
    stage: 'console',
    panes: {},
    applied: 0,
    costs: recall('costs') === 'yes',
    projector: (search.get('size') ?? recall('size')) === 'projector',
    view: null,
    palette: false,
    docs: false,
    sharing: null,
    arrived: null,
    setTheme(next) {
      remember('theme', next)
      set({ theme: next })
    },
    setLanguage(next) {
      whenLoaded(next, () => {
        remember('language', next)
        set({ language: next })
      })
    },
    showCosts(costs) {
      remember('costs', costs ? 'yes' : 'no')
      set({ costs })
    },
    project(projector) {
      remember('size', projector ? 'projector' : 'normal')
      set({ projector })
    },
    look: (view) => set({ view }),
    show: (tab) => set(tab === 'console' || tab === 'script' ? { tab, stage: tab } : { tab }),
    openPalette: (palette) => set({ palette }),
    openDocs: (docs) => set({ docs }),
    openSharing: (sharing) => set({ sharing }),
    receive: (arrived) => set({ arrived }),
    resized: (group, sizes) => set({ panes: { ...get().panes, [group]: sizes } }),
    restore(panes, stage) {
      set({ panes: panes ?? {}, applied: get().applied + 1 })
      // Who opened the script before the session was there, stays there.
      if (stage === 'script') get().show(stage)
    },
  }))
}
