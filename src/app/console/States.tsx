import type { ReactNode } from 'react'
import { useConsole, useMessages, useNow } from '../context.tsx'
import { text } from '../../wire/bytes.ts'
import type { ClientState } from '../../session/protocol.ts'
import { promptOf } from '../stores/console.ts'
import { reason } from './Waiting.tsx'
import css from './console.module.css'

const mostNames = 3

/**
 * What the prompt does not say by itself, in small words above it: what is queued, watched, heard, waited for. The same
 * words, after the prompt's own, describe the box to a screen reader.
 */
export function States({ name, client }: { name: string; client: ClientState | undefined }) {
  const lost = useConsole((state) => state.lanes.find((lane) => lane.name === name)?.lost)
  const said = useStates(client)
  return (
    <div id={statesId(name)} className={said.length > 0 ? css.states : undefined}>
      <span className="sr-only">{promptOf(client, lost)}</span>
      {said}
    </div>
  )
}

/** The id of a client's states, for what they describe. */
export const statesId = (name: string) => `states-${name}`

function useStates(client: ClientState | undefined): ReactNode[] {
  const t = useMessages()
  const said: ReactNode[] = []
  if (!client) return said
  const say = (key: string, words: ReactNode, look = css.state, whole?: string) =>
    said.push(
      <span key={key} className={look} title={whole}>
        {words}
      </span>,
    )
  const some = (names: readonly string[]) => t.names(names.slice(0, mostNames).join(', '), names.length - mostNames)
  if (client.queued !== null) say('queued', t.queued(client.queued))
  if (client.refused) say('refused', t.willAbort, `${css.state} ${css.bad}`)
  const watched = client.watching.map(({ db, key }) => (db === client.db ? text(key) : `${text(key)} (db ${db})`))
  if (client.raced) say('raced', <output>{t.raced}</output>, `${css.state} ${css.bad}`, watched.join(', '))
  else if (watched.length > 0) say('watching', t.watching(some(watched)), css.state, watched.join(', '))
  const { channels, patterns, shards } = client.subscribed
  const heard = [...channels, ...patterns, ...shards].map(text)
  if (heard.length > 0) say('heard', t.subscribed(some(heard)), css.state, heard.join(', '))
  if (client.monitoring) say('monitoring', t.monitoring)
  if (client.blocked) say('blocked', <Blocked blocked={client.blocked} />)
  if (client.protocol === 3) say('resp3', 'RESP3', undefined)
  return said
}

/** What it waits for and how long by now; the seconds are not read out each time. */
function Blocked({ blocked }: { blocked: NonNullable<ClientState['blocked']> }) {
  const t = useMessages()
  const now = useNow(1000)
  const seconds = Math.max(0, Math.floor((now - blocked.since) / 1000))
  const end = blocked.until === null ? null : t.upTo(Math.round((blocked.until - blocked.since) / 1000))
  return (
    <>
      {reason(t, blocked)} · {t.seconds(seconds)}
      {end && ` · ${end}`}
    </>
  )
}
