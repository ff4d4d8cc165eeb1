import { useEffect, useState } from 'react'
import { useMessages, useStores } from '../context.tsx'
import type { Messages } from '../i18n/index.ts'
import { brief } from '../rows/brief.ts'
import { reasonLine } from '../rows/reason.ts'
import { printed } from '../stores/cli.ts'
import type { Entry, Lane } from '../stores/console.ts'
import { explain } from './EntryRow.tsx'

/** Says each reply to a screen reader in few words. The log itself keeps quiet: its rows hold more than one wants to hear
 * each time, and may be hundreds of lines. */
export function Announcer() {
  const t = useMessages()
  const { console: consoles, session } = useStores()
  const [{ said, turn }, say] = useState({ said: '', turn: 0 })
  useEffect(() => {
    const sessionId = () => session.getState().info?.id
    let heard = sessionId()
    return consoles.subscribe(({ lanes, active }, before) => {
      // The rows of a session that was just opened are no news.
      const isNew = heard !== sessionId()
      heard = sessionId()
      if (isNew) return
      for (const lane of lanes) {
        const old = before.lanes.find(({ name }) => name === lane.name)
        const news = old && lane.entries !== old.entries ? newsOf(t, lane, old) : ''
        if (news === '') continue
        const whole = lane.name === active ? news : `${t.clientName(lane.name)}: ${news}`
        say((last) => ({ said: whole, turn: last.turn + 1 }))
      }
    })
  }, [consoles, session, t])
  // Each time another element, so that the same words are said again.
  return (
    <div className="sr-only" aria-live="polite" data-part="said">
      <p key={turn}>{said}</p>
    </div>
  )
}

/** What is new in a client's newest row: its reply, or the reason that was found for it since. */
function newsOf(t: Messages, { name, entries }: Lane, before: Lane): string {
  const last = entries.at(-1)
  const old = before.entries.at(-1)
  if (!last || last === old || !isAnswered(last)) return ''
  const reason = reasonOf(t, last, name)
  if (old?.id !== last.id || !isAnswered(old)) return [replyOf(t, last), reason].join('\n').trim()
  return reason === reasonOf(t, old, name) ? '' : reason
}

const isAnswered = ({ reply, local }: Entry) => reply !== undefined || local !== undefined

const replyOf = (t: Messages, { line, reply, raw, local }: Entry) =>
  reply === undefined ? (local ?? '') : brief(t, printed(line, reply, raw))

function reasonOf(t: Messages, entry: Entry, self: string): string {
  if (entry.why) return explain(t, entry, self)
  return entry.reason ? reasonLine(t, entry.reason, self) : ''
}
