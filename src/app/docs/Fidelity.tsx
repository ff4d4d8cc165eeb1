import { useLayout, useMessages } from '../context.tsx'
import type { Text } from '../../wire/text.ts'
import told from './fidelity.json'

const compared: Readonly<Record<string, readonly number[]>> = told.compared
const differs: Readonly<Record<string, Text>> = told.differs

/** Whether a command is the same as on the real server, how often that was looked at, and what is otherwise on purpose. A
 * chunk of its own, for its numbers are many. */
export default function Fidelity({ name }: { name: string }) {
  const t = useMessages()
  const language = useLayout((state) => state.language)
  const times = (compared[name] ?? []).reduce((sum, each) => sum + each, 0)
  const other = differs[name]?.[language] ?? null
  return <span title={t.fidelityWhen(told.date)}>{t.fidelity(told.server, times, other)}</span>
}
