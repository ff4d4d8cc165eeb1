import { memo, useEffect, useLayoutEffect, useRef } from 'react'
import { useConsole, useMessages, useSession, useStores } from '../context.tsx'
import type { ClientState } from '../../session/protocol.ts'
import { text } from '../../wire/bytes.ts'
import type { Entry } from '../stores/console.ts'
import { CommandLine } from './CommandLine.tsx'
import { EntryRow } from './EntryRow.tsx'
import { PasteBar } from './PasteBar.tsx'
import { Prompt } from './Prompt.tsx'
import { Waiting } from './Waiting.tsx'
import css from './console.module.css'

const blockRows = 50
const nothing: readonly never[] = []

/** Rows in blocks that stay the same while rows are added at the end. */
export function inBlocks<T>(rows: readonly T[]): (readonly T[])[] {
  const blocks: (readonly T[])[] = []
  for (let i = 0; i < rows.length; i += blockRows) blocks.push(rows.slice(i, i + blockRows))
  return blocks
}

const Rows = memo(
  function Rows({
    rows,
    self,
    far,
    blocked,
  }: {
    rows: readonly Entry[]
    self: string
    /** Far from the end: the browser may leave it undrawn. */
    far: boolean
    blocked: ClientState['blocked']
  }) {
    return (
      <div className={far ? css.far : undefined}>
        {rows.map((entry) => (
          <EntryRow key={entry.id} entry={entry} self={self}>
            {blocked && blocked.seq === entry.seq ? <Waiting blocked={blocked} name={self} /> : null}
          </EntryRow>
        ))}
      </div>
    )
  },
  (a, b) =>
    a.self === b.self &&
    a.far === b.far &&
    a.blocked === b.blocked &&
    a.rows.length === b.rows.length &&
    a.rows.every((row, i) => row === b.rows[i]),
)

/** Up and Down, Home and End go from the button of one row to that of another; Tab reaches the one that was used last. */
function amongRows(event: KeyboardEvent): void {
  const target = event.target as HTMLElement
  if (!target.matches('[data-more]')) return
  const rows = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[data-more]')]
  const at = rows.indexOf(target)
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key]
  const next = to === undefined ? undefined : rows[to]
  if (!next) return
  event.preventDefault()
  target.tabIndex = -1
  next.tabIndex = 0
  next.focus()
}

/** One client's console: its state, its log, its prompt. */
export function ClientConsole({ name, color }: { name: string; color: number }) {
  const t = useMessages()
  const { console: consoles } = useStores()
  const lane = useConsole((state) => state.lanes.find((each) => each.name === name))
  const client = useSession((state) => state.clients.find((each) => each.client === lane?.client))
  const scroll = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const lastTop = useRef(0)
  const newest = useRef(0)
  const whole = useRef<HTMLElement>(null)
  const entries = lane?.entries ?? nothing
  const queue = lane?.queue ?? nothing
  const blocks = inBlocks(entries)

  useLayoutEffect(() => {
    const box = scroll.current
    // Who sends a line wants to see what comes of it; who reads further up while a pasted text runs, does not.
    const last = entries.at(-1)
    if (last && !last.pushed && last.id !== newest.current && !lane?.pasted) atEnd.current = true
    newest.current = last?.id ?? 0
    if (box && atEnd.current) box.scrollTop = box.scrollHeight
  }, [entries, queue, client?.blocked, lane?.pasted])
  useLayoutEffect(() => {
    const box = scroll.current
    if (!box) return
    box.addEventListener('keydown', amongRows)
    const observer = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTop = box.scrollHeight
    })
    observer.observe(box)
    return () => {
      box.removeEventListener('keydown', amongRows)
      observer.disconnect()
    }
  }, [])

  // Of all rows' buttons Tab reaches the newest.
  useLayoutEffect(() => {
    const rows = scroll.current?.querySelectorAll<HTMLElement>('[data-more]') ?? []
    for (const [i, row] of rows.entries()) row.tabIndex = i === rows.length - 1 ? 0 : -1
  }, [entries])

  // A press anywhere in the console leads to its prompt, unless it selected some text.
  useEffect(() => {
    const section = whole.current
    const press = (event: MouseEvent) => {
      const onControl = event.target instanceof Element && event.target.closest('button, textarea, input, a')
      if (!onControl && (getSelection()?.isCollapsed ?? true)) consoles.getState().use(name)
    }
    section?.addEventListener('click', press)
    return () => section?.removeEventListener('click', press)
  }, [consoles, name])

  return (
    <section ref={whole} className={css.client} aria-label={`Client ${name}`} data-color={color % 3}>
      <h2 className={css.who}>
        <b className={css.name}>
          <i className={css.mark} data-color={color % 3} />
          {t.clientName(name)}
        </b>
        {client && <States client={client} />}
        {lane?.lost && <span className={`${css.state} ${css.bad}`}>{t.notConnected}</span>}
      </h2>
      <div
        ref={scroll}
        className={css.scroll}
        role="log"
        aria-label={t.clientName(name)}
        tabIndex={-1}
        onScroll={(event) => {
          // Only going up leaves the end: a box that shrinks scrolls too, but nobody went anywhere.
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget
          const near = scrollHeight - scrollTop - clientHeight < 24
          if (near || scrollTop < lastTop.current) atEnd.current = near
          lastTop.current = scrollTop
        }}
      >
        {lane && entries.length === 0 && color === 0 && <p className={css.note}>{t.firstWords}</p>}
        {lane && lane.dropped > 0 && <p className={css.note}>{t.earlierGone(lane.dropped)}</p>}
        {blocks.map((block, i) => (
          <Rows
            key={block[0]!.id}
            rows={block}
            self={name}
            far={i < blocks.length - 2}
            blocked={client?.blocked && block.some(({ seq }) => seq === client.blocked?.seq) ? client.blocked : null}
          />
        ))}
        {queue.length > 0 && client?.blocked && (
          <div className={css.queue} data-part="note" title={t.sendsNext}>
            {queue.map(({ line }, i) => (
              <div key={i}>
                <Prompt prompt="> " />
                {line}
              </div>
            ))}
          </div>
        )}
      </div>
      {lane?.pasted && <PasteBar name={name} pasted={lane.pasted} />}
      <CommandLine name={name} empty={entries.length === 0 && color === 0} />
    </section>
  )
}

/** Small words on what state the client is in. */
function States({ client }: { client: ClientState }) {
  const t = useMessages()
  const { channels, patterns, shards } = client.subscribed
  const heard = [...channels, ...patterns, ...shards]
  return (
    <>
      <span>db {client.db}</span>
      {client.queued !== null && <span className={css.state}>{t.queued(client.queued)}</span>}
      {client.refused && <span className={`${css.state} ${css.bad}`}>{t.willAbort}</span>}
      {client.watching.length > 0 && !client.raced && (
        <span className={css.state}>{t.watching(client.watching.length)}</span>
      )}
      {client.raced && <span className={`${css.state} ${css.bad}`}>{t.raced}</span>}
      {heard.length > 0 && (
        <span className={css.state}>{t.subscribed(heard.slice(0, 2).map(text).join(', '), heard.length - 2)}</span>
      )}
      {client.monitoring && <span className={css.state}>{t.monitoring}</span>}
      {client.blocked && <span className={css.state}>{t.waiting}</span>}
    </>
  )
}
