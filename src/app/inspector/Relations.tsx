import { useMemo, useState } from 'react'
import type { ClientState } from '../../session/protocol.ts'
import type { Bytes } from '../../wire/bytes.ts'
import { useConsole, useKeyspace, useMessages, useNow, useSession, useStores } from '../context.tsx'
import { calledName } from '../stores/session.ts'
import { touches, type Touch } from '../stores/touches.ts'
import css from './inspector.module.css'

const FEW = 5
const MANY = 50

/** Who else has to do with a key: who watches it, who waits for it and in which order, which commands named it. */
export default function Relations({ name }: { name: Bytes }) {
  const t = useMessages()
  const db = useKeyspace((state) => state.db)
  const clients = useSession((state) => state.clients)
  const isThis = (one: { db: number; key: Bytes } | undefined) => one?.db === db && one.key === name
  const watchers = clients.filter((client) => client.watching.some(isThis) || isThis(client.racedOn))
  const waiters = clients
    .filter((client) => client.db === db && client.blocked?.keys.includes(name))
    .sort((a, b) => a.blocked!.seq - b.blocked!.seq)
  return (
    <section className={css.relations} aria-label={t.relations}>
      {watchers.length > 0 && (
        <>
          <h3>{t.watchers}</h3>
          <ul>
            {watchers.map((client) => (
              <li key={client.client}>
                <b>{calledName(client.name)}</b> {client.raced ? t.watchedInVain : t.watches}
              </li>
            ))}
          </ul>
        </>
      )}
      {waiters.length > 0 && (
        <>
          <h3>{t.waiters}</h3>
          <ol>
            {waiters.map((client) => (
              <Waiter key={client.client} client={client} />
            ))}
          </ol>
        </>
      )}
      <Touches db={db} name={name} />
    </section>
  )
}

function Waiter({ client }: { client: ClientState }) {
  const t = useMessages()
  const waited = Math.max(0, useNow(1000) - client.blocked!.since)
  const time = waited < 60_000 ? t.seconds(Math.floor(waited / 1000)) : t.timeLeft(waited)
  return (
    <li>
      <b>{calledName(client.name)}</b> <code>{client.blocked!.command.toUpperCase()}</code> {t.waitsSince(time)}
    </li>
  )
}

function Touches({ db, name }: { db: number; name: Bytes }) {
  const t = useMessages()
  const lanes = useConsole((state) => state.lanes)
  const catalog = useSession((state) => state.catalog)
  const [all, setAll] = useState(false)
  const found = useMemo(() => touches(lanes, catalog, db, name), [lanes, catalog, db, name])
  const go = useGoToRow()
  if (found.length === 0) return null
  return (
    <>
      <h3>{t.touchedBy}</h3>
      <ul className={css.touches}>
        {found.slice(0, all ? MANY : FEW).map((touch) => (
          <li key={touch.seq}>
            <button type="button" title={t.goToRow} onClick={(event) => go(touch, event.currentTarget, name)}>
              <b>{touch.client}</b> {touch.line}
            </button>
          </li>
        ))}
      </ul>
      {!all && found.length > FEW && (
        <button type="button" className={css.link} onClick={() => setAll(true)}>
          {t.more(Math.min(MANY, found.length) - FEW)}
        </button>
      )}
    </>
  )
}

/** Leads to a row of a console, and from there with Escape back to the key. */
function useGoToRow() {
  const { console: consoles, keyspace, layout } = useStores()
  return ({ client, seq }: Touch, from: HTMLElement, name: Bytes) => {
    const { tab } = layout.getState()
    layout.getState().show('console')
    consoles.getState().use(client)
    const find = () => document.querySelector<HTMLElement>(`[data-entry="${seq}"]`)
    // The prompt takes the focus first, and another tab has to be drawn.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const row = find()
        if (!row) return
        row.tabIndex = -1
        row.setAttribute('data-found', '')
        row.scrollIntoView({ block: 'center' })
        row.focus({ preventScroll: true })
        const back = (event: KeyboardEvent) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          layout.getState().show(tab)
          keyspace.getState().reveal(name)
          if (from.isConnected) from.focus()
        }
        row.addEventListener('keydown', back)
        row.addEventListener(
          'blur',
          () => {
            row.removeAttribute('data-found')
            row.removeEventListener('keydown', back)
          },
          { once: true },
        )
      }),
    )
  }
}
