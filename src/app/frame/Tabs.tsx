import { useKeyspace, useLayout, useLesson, useMessages, useStores } from '../context.tsx'
import type { Tab } from '../stores/layout.ts'
import css from './frame.module.css'

/** On a narrow page: one pane at a time. */
export function Tabs() {
  const t = useMessages()
  const { layout } = useStores()
  const shown = useLayout((state) => state.tab)
  const unseen = useKeyspace((state) => state.unseen)
  const free = useLesson((state) => state.free)
  const names: readonly (readonly [Tab, string])[] = [
    ['lesson', free ? t.playground : t.lesson],
    ['console', t.console],
    ['script', t.script],
    ['keys', t.keysTab],
  ]
  return (
    <div className={css.tabs} role="tablist">
      {names.map(([tab, name]) => (
        <button
          key={tab}
          type="button"
          role="tab"
          aria-selected={tab === shown}
          onClick={() => layout.getState().show(tab)}
        >
          {name}
          {tab === 'keys' && unseen > 0 && (
            <>
              <b aria-hidden="true">{unseen > 99 ? '99+' : unseen}</b>
              <span className="sr-only">, {t.changesSince(unseen)}</span>
            </>
          )}
        </button>
      ))}
    </div>
  )
}
