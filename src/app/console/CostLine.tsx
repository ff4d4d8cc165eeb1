import { useMessages, useSession } from '../context.tsx'
import { costParts, docOf } from '../rows/cost.ts'
import { argvOf } from '../stores/cli.ts'
import type { Entry } from '../stores/console.ts'
import css from './console.module.css'

/** What a command cost, under its reply. A chunk of its own: it is fetched by those who want to see it. */
export default function CostLine({ entry: { line, cost, took } }: { entry: Entry }) {
  const t = useMessages()
  const doc = useSession(({ catalog }) => docOf(catalog, argvOf(line)))
  if (!cost) return null
  const parts = costParts(t, doc?.complexity, cost, took)
  return parts.length === 0 ? null : (
    <div data-part="cost" className={css.cost} title={doc?.complexity}>
      {parts.join(' · ')}
    </div>
  )
}
