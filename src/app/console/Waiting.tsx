import { text } from '../../wire/bytes.ts'
import type { ClientState } from '../../session/protocol.ts'
import { useMessages, useNow, useStores } from '../context.tsx'
import { clock } from '../i18n/clock.ts'
import type { Messages } from '../i18n/index.ts'
import css from './console.module.css'

/** What it waits for, in words. */
export function reason(t: Messages, { cause, keys }: NonNullable<ClientState['blocked']>): string {
  if (cause === 'pause') return t.heldBack
  return cause === 'replicas' ? t.waitingForReplicas : t.waitingFor(keys.map(text).join(', '))
}

/** The live row of a blocked command: what it waits for, how long by now, how to stop. */
export function Waiting({ blocked, name }: { blocked: NonNullable<ClientState['blocked']>; name: string }) {
  const t = useMessages()
  const { console: consoles } = useStores()
  const now = useNow(1000)
  const seconds = Math.max(0, Math.floor((now - blocked.since) / 1000))
  return (
    <div data-part="note" className={css.wait}>
      <i className={css.pulse} aria-hidden="true" />
      <span>{reason(t, blocked)}</span>
      <span aria-hidden="true">{clock(seconds)}</span>
      {blocked.until !== null && <span>{t.upTo(Math.round((blocked.until - blocked.since) / 1000))}</span>}
      <button
        type="button"
        aria-label={`${t.stop} (${t.stopHint})`}
        title={t.stop}
        onClick={() => consoles.getState().cancel(name)}
      >
        {t.stopHint}
      </button>
    </div>
  )
}
