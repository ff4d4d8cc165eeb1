import { Check, Circle } from 'lucide-react'
import { useKeyspace, useLayout, useLesson, useMessages, useStores } from '../context.tsx'
import type { Tab } from '../stores/layout.ts'
import { checkHolds, stepDone } from '../stores/lesson.ts'
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

/** Above a narrow console: the goal that is still open, or that the step is done. A press leads back to the lesson. */
export function GoalStrip() {
  const t = useMessages()
  const { layout } = useStores()
  const step = useLesson((state) => (state.place && !state.closed ? state.lesson?.steps[state.place.step] : undefined))
  const done = useLesson(stepDone)
  const open = useLesson((state) => step?.checks.findIndex((_, i) => !checkHolds(state, i)) ?? -1)
  if (!step || step.checks.length === 0) return <div />
  const finished = done || open < 0
  return (
    <button type="button" className={css.goal} data-done={finished} onClick={() => layout.getState().show('lesson')}>
      {finished ? <Check size={15} aria-hidden="true" /> : <Circle size={13} aria-hidden="true" />}
      <span>{finished ? step.checks.at(-1)!.says : step.checks[open]!.says}</span>
      <em>{finished ? t.next : t.lesson}</em>
    </button>
  )
}
