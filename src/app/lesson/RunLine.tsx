import type { Typed } from '../../lesson/schema.ts'
import { useMessages, useStores } from '../context.tsx'
import css from './lesson.module.css'

/** A line of the lesson that runs with a click, in its client's console. */
export function RunLine({ typed }: { typed: Typed }) {
  const t = useMessages()
  const { console: consoles, layout } = useStores()
  const [, command, rest] = /^(\s*\S+)(.*)$/s.exec(typed.line) ?? ['', typed.line, '']
  return (
    <button
      type="button"
      className={css.run}
      data-client={typed.client}
      aria-label={typed.line}
      title={t.runIn(typed.client)}
      onClick={() => {
        layout.getState().show('console')
        consoles.getState().submit(typed.client, typed.line)
      }}
    >
      <span>
        <em>{command}</em>
        {rest}
      </span>
      <small>{t.runIn(typed.client)}</small>
    </button>
  )
}
