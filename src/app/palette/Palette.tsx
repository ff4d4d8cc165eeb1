import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { text, type Bytes } from '../../wire/bytes.ts'
import { embedMessages } from '../i18n/embed.ts'
import { mapMessages } from '../i18n/map.ts'
import { paletteMessages } from '../i18n/palette.ts'
import { serverMessages } from '../i18n/server.ts'
import { useBefall } from '../server/Machine.tsx'
import { useConsole, useLayout, useLesson, useMedia, useMessages, useSession, useStores } from '../context.tsx'
import type { Notice } from '../stores/session.ts'
import { listbox, option, useOptions } from '../ui/listbox.ts'
import { best, scoreOf } from './search.ts'
import css from './palette.module.css'

/** One thing that can be found and done. */
interface Item {
  readonly id: string
  readonly name: string
  readonly told: string
  readonly isCode: boolean
  readonly run: () => void
}

interface Group {
  readonly title: string
  readonly items: readonly Item[]
}

const most = 8

const usePaletteMessages = () => paletteMessages[useLayout((state) => state.language)]

/** Everything by its name: commands, keys, lessons, and what the buttons do. */
export default function Palette() {
  const t = useMessages()
  const p = usePaletteMessages()
  const { layout } = useStores()
  const dialog = useRef<HTMLDialogElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const groups = useGroups(query)
  const items = groups.flatMap((group) => group.items)
  const at = Math.min(chosen, items.length - 1)

  // Closed before it leaves the page, so that the focus goes back to where it was.
  useLayoutEffect(() => {
    const box = dialog.current
    const before = document.activeElement
    const typed = before instanceof HTMLTextAreaElement ? before : null
    const place = typed && ([typed.selectionStart, typed.selectionEnd] as const)
    box?.showModal()
    return () => {
      box?.close()
      if (place && document.activeElement === typed) typed?.setSelectionRange(...place)
    }
  }, [])
  const close = useCallback(() => layout.getState().openPalette(false), [layout])
  const run = (index: number) => {
    const item = items[index]
    if (!item) return
    // First the dialog gives the focus back, then the deed may take it.
    dialog.current?.close()
    close()
    item.run()
  }
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useOptions(
    list,
    at,
    useCallback((index: number) => latest.current(index), []),
  )

  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: most, PageUp: -most }[event.key]
    if (step !== undefined && items.length > 0)
      setChosen(
        Math.abs(step) === 1
          ? (at + step + items.length) % items.length
          : Math.min(items.length - 1, Math.max(0, at + step)),
      )
    else if (event.key === 'Enter') run(at)
    else return
    event.preventDefault()
  }

  let number = 0
  return (
    <dialog ref={dialog} className={css.palette} aria-label={t.palette} onCancel={close} onClose={close}>
      <input
        role="combobox"
        aria-label={p.hint}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `palette-${at}` : undefined}
        placeholder={p.hint}
        value={query}
        autoCapitalize="off"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setQuery(event.target.value)
          setChosen(0)
        }}
        onKeyDown={press}
      />
      <div ref={list} id="palette-list" {...listbox} aria-label={t.palette} className={css.list}>
        {groups.map(({ title, items: found }) => (
          <div key={title} {...{ role: 'group' }} aria-label={title}>
            <h3 aria-hidden="true">{title}</h3>
            {found.map((item) => {
              const i = number++
              return (
                <div
                  key={item.id}
                  id={`palette-${i}`}
                  {...option}
                  data-at={i}
                  data-code={item.isCode}
                  aria-selected={i === at}
                >
                  <b>{item.name}</b>
                  <small>{item.told}</small>
                </div>
              )
            })}
          </div>
        ))}
      </div>
      <output className={items.length === 0 ? css.none : 'sr-only'}>
        {items.length === 0 ? p.none : p.count(items.length)}
      </output>
    </dialog>
  )
}

function useGroups(query: string): readonly Group[] {
  const t = useMessages()
  const p = usePaletteMessages()
  const commands = useCommands()
  const lessons = useLessonItems()
  const actions = useActions()
  const keys = useKeys(query)
  return useMemo(() => {
    const names = ({ name, told }: Item) => [name, told]
    const pick = (title: string, items: readonly Item[]) => ({ title, items: best(query, items, names, most) })
    const groups =
      query.trim() === ''
        ? [
            { title: p.actions, items: actions },
            { title: t.lessons, items: lessons },
          ]
        : [
            pick(p.commands, commands),
            { title: t.keysTab, items: keys },
            pick(t.lessons, lessons),
            pick(p.actions, actions),
          ]
    // What fits best comes first, with its kin.
    const score = ({ items: [first] }: Group) => (first ? scoreOf(query, names(first)) : 0)
    const filled = groups.filter(({ items }) => items.length > 0)
    return query.trim() === '' ? filled : filled.toSorted((a, b) => score(b) - score(a))
  }, [t, p, query, commands, keys, lessons, actions])
}

function useCommands(): readonly Item[] {
  const { console: consoles, layout } = useStores()
  const language = useLayout((state) => state.language)
  const catalog = useSession((state) => state.catalog)
  return useMemo(
    () =>
      catalog.map((doc) => ({
        id: doc.name,
        name: doc.name,
        told: doc.summary[language],
        isCode: true,
        run() {
          layout.getState().show('console')
          consoles.getState().write(consoles.getState().active, doc.usage === '' ? doc.name : `${doc.name} `)
        },
      })),
    [catalog, language, consoles, layout],
  )
}

/** Keys come from the server, by pages; an answer to older letters is thrown away. */
function useKeys(query: string): readonly Item[] {
  const p = usePaletteMessages()
  const { keyspace, layout, findKeys } = useStores()
  const [found, setFound] = useState<readonly Bytes[]>([])
  const wanted = query.trim()
  useEffect(() => {
    let alive = true
    if (wanted !== '')
      void findKeys(wanted, () => alive).then(
        (keys) => alive && setFound(keys.slice(0, most)),
        () => undefined,
      )
    return () => {
      alive = false
    }
  }, [findKeys, wanted])
  return useMemo(
    () =>
      found.map((key) => ({
        id: key,
        name: text(key),
        told: p.show,
        isCode: true,
        run() {
          layout.getState().show('keys')
          keyspace.getState().select(key)
        },
      })),
    [found, p, keyspace, layout],
  )
}

function useLessonItems(): readonly Item[] {
  const { lessons, lesson, layout, learn } = useStores()
  const language = useLayout((state) => state.language)
  return useMemo(
    () =>
      lessons.library.map((each) => ({
        id: each.id,
        name: each.title[language],
        told: lessons.tracks.find(({ id }) => id === each.track)?.title[language] ?? '',
        isCode: false,
        run() {
          layout.getState().show('lesson')
          if (each.id !== lesson.getState().lesson?.id) void learn(each.id)
        },
      })),
    [lessons, lesson, layout, language, learn],
  )
}

function useActions(): readonly Item[] {
  const t = useMessages()
  const { session, console: consoles, layout, lesson, open, play } = useStores()
  const system = useMedia('(prefers-color-scheme: dark)')
  const isDark = useLayout((state) => (state.theme === null ? system : state.theme === 'dark'))
  const language = useLayout((state) => state.language)
  const costs = useLayout((state) => state.costs)
  const projector = useLayout((state) => state.projector)
  const printed = useLesson((state) => state.lesson?.id)
  const befall = useBefall()
  const words = mapMessages[language]
  const p = paletteMessages[language]
  const lanes = useConsole((state) => state.lanes.map(({ name }) => name).join('\n'))
  return useMemo(() => {
    const { undo, redo, reset, say } = session.getState()
    const tell = (work: () => Promise<Notice>) => () => {
      work().then(say, (error: unknown) => say(() => (error instanceof Error ? error.message : String(error))))
    }
    const item = (id: string, name: string, told: string, run: () => void): Item => ({
      id,
      name,
      told,
      isCode: false,
      run,
    })
    return [
      item('undo', t.undo, t.undoTip, tell(undo)),
      item('redo', t.redo, t.redoTip, tell(redo)),
      item('reset', t.reset, t.resetTip, tell(reset)),
      ...(['crash', 'restart'] as const).map((what) =>
        item(what, serverMessages[language].deeds[what], '', () => befall(what)),
      ),
      item('lab', serverMessages[language].lab, '', () => layout.getState().look({ is: 'lab' })),
      item('hint', t.hint, '', () => {
        layout.getState().show('lesson')
        lesson.getState().hint()
      }),
      item('map', t.courseMap, '', () => layout.getState().look({ is: 'map' })),
      ...(printed === undefined
        ? []
        : [item('print', t.printLesson, '', () => layout.getState().look({ is: 'print', lesson: printed }))]),
      item('size', words.projector, projector ? words.projectorOff : words.projectorTip, () =>
        layout.getState().project(!projector),
      ),
      item('playground', t.playground, t.playgroundShort, () => {
        layout.getState().show('lesson')
        void play()
      }),
      item('script', t.script, '', () => layout.getState().show('script')),
      item('add client', t.addClient, '', () => {
        layout.getState().show('console')
        consoles.getState().add()
      }),
      ...lanes.split('\n').map((name) =>
        item(`client ${name}`, t.clientName(name), p.type, () => {
          layout.getState().show('console')
          consoles.getState().use(name)
        }),
      ),
      item('share', t.shareOrExport, p.shareTold, () => layout.getState().openSharing({ upTo: null })),
      item('embed', t.embed, embedMessages[language].embedTip, () => layout.getState().look({ is: 'embed' })),
      item('session', t.newSession, '', () => void open(null, true)),
      item('costs', costs ? p.costsHide : p.costsShow, p.costsTold, () => layout.getState().showCosts(!costs)),
      item('theme', isDark ? t.toLight : t.toDark, '', () => layout.getState().setTheme(isDark ? 'light' : 'dark')),
      item('language', language === 'en' ? '한국어' : 'English', '', () =>
        layout.getState().setLanguage(language === 'en' ? 'ko' : 'en'),
      ),
    ]
  }, [
    t,
    session,
    consoles,
    layout,
    lesson,
    open,
    play,
    isDark,
    language,
    costs,
    projector,
    printed,
    words,
    p,
    lanes,
    befall,
  ])
}
