import { lazy, Suspense, useState, type KeyboardEvent } from 'react'
import { ConsolePane } from '../console/ConsolePane.tsx'
import { useLayout, useMessages, useStores } from '../context.tsx'
import type { Stage as Shown } from '../stores/layout.ts'
import css from './frame.module.css'

const ScriptPane = lazy(() => import('../script/ScriptPane.tsx'))

/** The script, which comes when it is first opened. */
export const Script = () => (
  <Suspense fallback={null}>
    <ScriptPane />
  </Suspense>
)

const order: readonly Shown[] = ['console', 'script']

/** The middle of a wide page: the consoles or the script. What was opened stays as it was left. */
export function Stage() {
  const shown = useLayout((state) => state.stage)
  const [opened, setOpened] = useState(false)
  if (shown === 'script' && !opened) setOpened(true)
  return (
    <div className={css.stage}>
      <Tabs shown={shown} />
      <div
        id="stage-console"
        role="tabpanel"
        aria-labelledby="tab-console"
        className={css.on}
        hidden={shown !== 'console'}
      >
        <ConsolePane />
      </div>
      {opened && (
        <div
          id="stage-script"
          role="tabpanel"
          aria-labelledby="tab-script"
          className={css.on}
          hidden={shown !== 'script'}
        >
          <Script />
        </div>
      )}
    </div>
  )
}

function Tabs({ shown }: { shown: Shown }) {
  const t = useMessages()
  const { layout } = useStores()
  const names: Readonly<Record<Shown, string>> = { console: t.console, script: t.script }
  /** Of the tabs, Tab reaches the one that is on; arrows lead to the others. */
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (by === undefined) return
    const next = order[(order.indexOf(shown) + by + order.length) % order.length]!
    layout.getState().show(next)
    event.currentTarget.querySelector<HTMLElement>(`#tab-${next}`)?.focus()
    event.preventDefault()
  }
  return (
    // Arrow keys belong to the list of tabs, the focus to its tabs.
    <div className={css.stages} role="tablist" tabIndex={-1} aria-label={t.stages} onKeyDown={press}>
      {order.map((each) => (
        <button
          key={each}
          id={`tab-${each}`}
          type="button"
          role="tab"
          aria-selected={each === shown}
          aria-controls={each === shown ? `stage-${each}` : undefined}
          tabIndex={each === shown ? 0 : -1}
          onClick={() => layout.getState().show(each)}
        >
          {names[each]}
        </button>
      ))}
    </div>
  )
}
