import { memo, startTransition, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Minus, Pencil, Trash2, X } from 'lucide-react'
import { useConsole, useLesson, useMessages, useSession, useStores } from '../context.tsx'
import type { ClientState } from '../../session/protocol.ts'
import type { Entry, Lane } from '../stores/console.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { CommandLine } from './CommandLine.tsx'
import { EntryRow } from './EntryRow.tsx'
import { PasteBar } from './PasteBar.tsx'
import { Prompt } from './Prompt.tsx'
import { States } from './States.tsx'
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
    // Of a session that is opened the newest rows come at once, the others without holding anything up.
    const [drawn, setDrawn] = useState(!far)
    useEffect(() => startTransition(() => setDrawn(true)), [])
    return (
      <div className={far ? css.far : undefined}>
        {drawn &&
          rows.map((entry) => (
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
export function ClientConsole({
  name,
  first,
  alone,
}: {
  name: string
  /** The first of those in view: it greets. */
  first: boolean
  /** No other is in view. */
  alone: boolean
}) {
  const t = useMessages()
  const { console: consoles, isEmbed } = useStores()
  const lane = useConsole((state) => state.lanes.find((each) => each.name === name))
  const client = useSession((state) => state.clients.find((each) => each.client === lane?.client))
  const scroll = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const lastTop = useRef(0)
  const newest = useRef(0)
  const whole = useRef<HTMLElement>(null)
  const free = useLesson((state) => state.free)
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
    <section ref={whole} className={css.client} aria-label={`Client ${name}`} data-client={name}>
      <div className={css.who}>
        <Name name={name} title={lane?.title ?? ''} />
        {client && <span>db {client.db}</span>}
        {lane?.lost && lane.lost !== 'new' && <span className={`${css.state} ${css.bad}`}>{t.notConnected}</span>}
        {lane && <Acts lane={lane} alone={alone} />}
      </div>
      <div
        ref={scroll}
        className={css.scroll}
        role="log"
        // What is new is said by the Announcer.
        aria-live="off"
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
        {lane && entries.length === 0 && first && !isEmbed && (
          <p className={css.note}>{free ? t.firstWordsFree : t.firstWords}</p>
        )}
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
      <States name={name} client={client} />
      {lane?.pasted && <PasteBar name={name} pasted={lane.pasted} />}
      <CommandLine name={name} empty={entries.length === 0 && first} />
    </section>
  )
}

/** Whose console it is: its letter in its colour, and the name that the person gave. */
function Name({ name, title }: { name: string; title: string }) {
  const t = useMessages()
  return (
    <h2 className={css.name}>
      <i className={css.mark} />
      {title === '' ? (
        t.clientName(name)
      ) : (
        <>
          <span className={css.lead}>{name}</span>
          <span className={css.given} title={title}>
            {title}
          </span>
        </>
      )}
    </h2>
  )
}

/** What can be done with a client: give it a name, put it out of view, close it, forget it. */
function Acts({ lane, alone }: { lane: Lane; alone: boolean }) {
  const t = useMessages()
  const { console: consoles } = useStores()
  const only = useConsole((state) => state.lanes.length === 1)
  const [naming, setNaming] = useState(false)
  const { name, lost } = lane
  const { rename, hide, close, remove, use } = consoles.getState()
  const who = t.clientName(name)
  if (naming) {
    const end = (title: string | null) => {
      if (title !== null) rename(name, title)
      setNaming(false)
      use(name)
    }
    return (
      <input
        className={css.rename}
        // It was asked for by a press just now.
        ref={(box) => box?.focus()}
        defaultValue={lane.title}
        aria-label={t.nameOfClient(name)}
        placeholder={who}
        maxLength={24}
        onClick={(event) => event.stopPropagation()}
        onBlur={(event) => {
          rename(name, event.target.value)
          setNaming(false)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') end(event.currentTarget.value)
          if (event.key === 'Escape') end(null)
        }}
      />
    )
  }
  const act = (icon: typeof X, label: string, work: () => void) => (
    <IconButton small icon={icon} label={`${label}: ${who}`} tip={label} onClick={work} />
  )
  return (
    <div className={css.acts}>
      {act(Pencil, t.rename, () => setNaming(true))}
      {!alone && act(Minus, t.hideClient, () => hide(name))}
      {lost === null && act(X, t.closeClient, () => close(name))}
      {lost !== null && !only && act(Trash2, t.removeClient, () => remove(name))}
    </div>
  )
}
