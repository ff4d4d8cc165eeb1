import { ChevronRight, Ghost } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { KeyRow, RowMark } from '../../session/protocol.ts'
import { text, type Bytes } from '../../wire/bytes.ts'
import type { Messages } from '../i18n/index.ts'
import { useKeyspace, useMedia, useMessages, useStores } from '../context.tsx'
import { pageSize, rowAt } from '../stores/keyspace.ts'
import { useRowsInView } from '../ui/window.ts'
import { expiry, TtlBar, useIsDue } from './Ttl.tsx'
import css from './inspector.module.css'

const signs: Record<RowMark, string> = { added: '+', changed: '~', removed: '−', expired: '−' }

/** The keys of a database, grouped by a delimiter. Only rows in view are drawn; the worker knows the rest. */
export function KeyTree() {
  const t = useMessages()
  const { keyspace, session } = useStores()
  const total = useKeyspace((state) => state.total)
  const pages = useKeyspace((state) => state.pages)
  const selected = useKeyspace((state) => state.selected)
  const revealed = useKeyspace((state) => state.revealed)
  const busy = useKeyspace((state) => state.busy)
  const height = useMedia('(max-width: 720px)') ? 36 : 29
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const wantsFocus = useRef(false)
  const typing = useRef({ at: -Infinity, word: '' })
  const current = Math.min(at, Math.max(0, total - 1))

  const [first, last] = useRowsInView(box, height, total)
  const shown: number[] = []
  for (let i = first; i <= last && i < total; i++) shown.push(i)
  // The row that holds the focus stays, wherever one scrolls.
  if (total > 0 && current < first) shown.unshift(current)
  if (total > 0 && current > last) shown.push(current)

  useEffect(() => {
    keyspace.getState().look(first, last)
  }, [first, last, keyspace])
  useEffect(() => {
    if (!wantsFocus.current) return
    // A row far away is there only when its page has come; till then the wish stands, unless the focus went elsewhere.
    const row = box.current?.querySelector<HTMLElement>(`[data-row="${current}"]`)
    if (!row) return
    wantsFocus.current = false
    const { activeElement } = document
    if (activeElement === document.body || box.current?.contains(activeElement)) row.focus()
  })

  useEffect(() => {
    if (!revealed || !box.current) return
    // Where somebody stands in the tree, only the view moves.
    if (!box.current.contains(document.activeElement)) setAt(revealed.at)
    scrollTo(box.current, revealed.at, height)
  }, [revealed, height])

  const goTo = (index: number) => {
    const next = Math.max(0, Math.min(total - 1, index))
    wantsFocus.current = true
    setAt(next)
    if (box.current) scrollTo(box.current, next, height)
  }
  const act = (row: KeyRow) =>
    row.row === 'folder' ? keyspace.getState().toggle(row.prefix, !row.open) : keyspace.getState().select(row.key)

  const press = (event: KeyboardEvent) => {
    const row = rowAt(pages, current)
    const folder = row?.row === 'folder' ? row : null
    const keys: Record<string, () => void> = {
      ArrowDown: () => goTo(current + 1),
      ArrowUp: () => goTo(current - 1),
      Home: () => goTo(0),
      End: () => goTo(total - 1),
      PageDown: () => goTo(current + 10),
      PageUp: () => goTo(current - 10),
      ArrowRight: () => (folder && !folder.open ? act(folder) : folder && goTo(current + 1)),
      ArrowLeft: () => (folder?.open ? act(folder) : goTo(parentOf(pages, current))),
      Enter: () => row && act(row),
      ' ': () => row && act(row),
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const does = Object.hasOwn(keys, event.key) ? keys[event.key] : typed(event.key)
    if (!does) return
    event.preventDefault()
    if (Object.hasOwn(keys, event.key) || event.key === '*') typing.current.at = -Infinity
    does()
  }
  /** `*` opens all folders beside this one; other characters lead to the next row whose name goes on so. */
  const typed = (key: string): (() => void) | undefined => {
    if (key === '*') return () => keyspace.getState().toggleAll(foldersBeside(pages, current))
    if (!/^.$/u.test(key)) return undefined
    return () => {
      const now = performance.now()
      const word = now - typing.current.at < 700 ? typing.current.word + key : key
      typing.current = { at: now, word }
      const found = rowThatBegins(pages, word.toLowerCase(), current, word.length > 1 ? 0 : 1)
      if (found !== null) goTo(found)
    }
  }

  return (
    <div ref={box} className={css.treeBox}>
      {busy && <progress className={css.busy} aria-label={t.ordering} />}
      <div
        role="tree"
        aria-label="Keys"
        aria-busy={busy}
        className={css.tree}
        style={{ height: total * height }}
        tabIndex={-1}
      >
        {shown.map((index) => {
          const row = rowAt(pages, index)
          if (!row) return null
          const isKey = row.row === 'key'
          return (
            <div
              key={isKey ? `k${row.key}` : `f${row.prefix}`}
              role="treeitem"
              data-row={index}
              data-mark={shownMark(row)}
              className={css.row}
              style={{ transform: `translateY(${index * height}px)`, paddingLeft: 8 + row.depth * 16 }}
              tabIndex={index === current ? 0 : -1}
              aria-level={row.depth + 1}
              aria-setsize={row.of}
              aria-posinset={row.nth}
              aria-expanded={isKey ? undefined : row.open}
              aria-selected={isKey && row.key === selected}
              aria-label={nameOf(t, row)}
              title={titleOf(t, row, session.getState().now())}
              onKeyDown={press}
              onFocus={() => setAt(index)}
              onClick={(event) => {
                event.currentTarget.focus()
                act(row)
              }}
            >
              <Cells row={row} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Brings a row into view, with one more to spare below. */
function scrollTo(box: HTMLElement, row: number, height: number): void {
  const top = row * height
  if (top < box.scrollTop) box.scrollTop = top
  else if (top + height * 2 > box.scrollTop + box.clientHeight) box.scrollTop = top + height * 2 - box.clientHeight
}

type Pages = Parameters<typeof rowAt>[0]

/** The closed folders in the same folder as a row. */
function foldersBeside(pages: Pages, index: number): Bytes[] {
  const depth = rowAt(pages, index)?.depth ?? 0
  const found: Bytes[] = []
  for (const step of [-1, 1])
    for (let i = step < 0 ? index : index + 1; ; i += step) {
      const row = rowAt(pages, i)
      if (!row || row.depth < depth) break
      if (row.depth === depth && row.row === 'folder' && !row.open) found.push(row.prefix)
    }
  return found
}

/** The next row whose name begins with a word, from a row on and around. Only among rows that are here. */
function rowThatBegins(pages: Pages, word: string, from: number, skip: number): number | null {
  const here = [...pages].flatMap(([page, rows]) => rows.map((row, i) => ({ row, index: page * pageSize + i })))
  const fits = here.filter(({ row }) => text(row.label).toLowerCase().startsWith(word))
  return (fits.find(({ index }) => index >= from + skip) ?? fits[0])?.index ?? null
}

/** An open folder leaves the mark to the row inside it. */
const shownMark = (row: KeyRow) => (row.row === 'folder' && row.open ? undefined : row.mark)

function Cells({ row }: { row: KeyRow }) {
  const t = useMessages()
  const delimiter = useKeyspace((state) => state.delimiter)
  const isDue = useIsDue(row.row === 'key' ? (row.summary?.expireAt ?? null) : null)
  const mark = shownMark(row)
  const sign = mark ? signs[mark] : ''
  if (row.row === 'folder')
    return (
      <>
        <ChevronRight size={13} className={css.chevron} data-open={row.open} aria-hidden="true" />
        <span className={css.label}>
          {text(row.label).slice(0, -delimiter.length || undefined)}
          <i>
            {delimiter} {t.keysCount(row.keys)}
          </i>
        </span>
        <span className={css.sign}>{sign}</span>
        <span />
      </>
    )
  const { summary } = row
  return (
    <>
      <span className={css.sign}>{sign}</span>
      <span className={css.label}>
        {row.label !== '' && <i className={css.within}>{text(row.key.slice(0, -row.label.length) as Bytes)}</i>}
        {text(row.label || row.key)}
      </span>
      {summary ? <span className={`${css.type} ${css[`kind-${summary.kind}`]}`}>{summary.kind}</span> : <span />}
      {!summary ? (
        <span className={css.size}>{row.mark === 'expired' ? t.expired : t.removed}</span>
      ) : summary.expireAt === null ? (
        <span className={css.size}>{t.size(summary.kind, summary.size)}</span>
      ) : isDue ? (
        <span className={css.ghost} title={t.ghostTip}>
          <Ghost size={12} aria-hidden="true" />
          {t.ghost}
        </span>
      ) : (
        <TtlBar key={`${row.ttlFrom}-${summary.expireAt}`} from={row.ttlFrom} expireAt={summary.expireAt} />
      )}
    </>
  )
}

function nameOf(t: Messages, row: KeyRow): string {
  const marked = shownMark(row)
  const mark = marked ? [t[marked]] : []
  if (row.row === 'folder') return [text(row.prefix), t.keysCount(row.keys), ...mark].join(', ')
  if (!row.summary) return [text(row.key), ...mark].join(', ')
  return [text(row.key), row.summary.kind, t.size(row.summary.kind, row.summary.size), ...mark].join(', ')
}

/** Said after the name: the whole name for eyes, the time left for all. */
function titleOf(t: Messages, row: KeyRow, now: number): string {
  if (row.row === 'folder') return text(row.prefix)
  const expireAt = row.summary?.expireAt ?? null
  if (expireAt === null) return text(row.key)
  return `${text(row.key)}, ${expireAt <= now ? t.ghostTip : expiry(t, expireAt, now)}`
}

/** The row of the folder that a row stands in. */
function parentOf(pages: Pages, index: number): number {
  const depth = rowAt(pages, index)?.depth ?? 0
  for (let i = index - 1; i >= 0; i--) {
    const row = rowAt(pages, i)
    if (row && row.depth < depth) return i
  }
  return index
}
