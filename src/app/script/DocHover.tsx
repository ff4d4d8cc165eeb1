import type { CommandDoc } from '../../session/protocol.ts'
import { useLayout } from '../context.tsx'
import css from './script.module.css'

/** What a command does, beside the mouse. */
export function DocHover({ doc }: { doc: CommandDoc }) {
  const language = useLayout((state) => state.language)
  return (
    <div className={css.hover} role="tooltip">
      <code>
        <b>{doc.name}</b> {doc.usage}
      </code>
      <p>{doc.summary[language]}</p>
      <small>{doc.complexity}</small>
    </div>
  )
}
