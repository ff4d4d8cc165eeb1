// What a row tells on demand, and what can be copied from it. A chunk of its own: it is fetched when it is first opened.
import { useEffect, useRef, useState } from 'react'
import { isTagged, type Reply } from '../../wire/reply.ts'
import { latin, type Bytes } from '../../wire/bytes.ts'
import { useLayout, useMessages, useStores } from '../context.tsx'
import { clipped } from '../rows/changes.ts'
import { copyText, type Format } from '../rows/copy.ts'
import { costParts, docOf } from '../rows/cost.ts'
import { argvOf } from '../stores/cli.ts'
import type { Entry } from '../stores/console.ts'
import type { Stores } from '../stores/index.ts'
import { keysIn, type Peek } from '../typing/looking.ts'
import type { KeySummary } from '../../session/protocol.ts'
import css from './console.module.css'

const formats: readonly (readonly [Format, string])[] = [
  ['markdown', 'Markdown'],
  ['redis', '.redis'],
  ['python', 'redis-py'],
  ['node', 'node-redis'],
]

/** Elements of a reply, where it is made of some. */
function elements(reply: Reply | undefined): number | null {
  if (Array.isArray(reply)) return reply.length
  if (typeof reply !== 'object' || reply === null || !isTagged(reply)) return null
  if (reply.kind === 'set' || reply.kind === 'push') return reply.items.length
  return reply.kind === 'map' ? reply.pairs.length : null
}

const peekOf =
  ({ session, peek }: Stores, name: string): Peek =>
  (...argv) =>
    peek(
      session.getState().clients.find((each) => each.name === name)?.db ?? 0,
      argv.map((each) => latin(each)),
    )

export default function RowMenu({ entry, name }: { entry: Entry; name: string }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [])
  return (
    <div ref={box} className={css.menu} data-part="note">
      {entry.seq !== null && <Facts entry={entry} name={name} />}
      {entry.seq !== null && <Everywhere />}
      <Copy entry={entry} name={name} />
      {entry.seq !== null && entry.fate === undefined && <ShareMoment upTo={entry.seq} />}
    </div>
  )
}

/** What the command works with, as it is now. */
interface Held {
  readonly key: Bytes
  readonly summary: KeySummary
}

/** Time, order of growth, and the numbers that stand for its letters here. */
function Facts({ entry, name }: { entry: Entry; name: string }) {
  const t = useMessages()
  const stores = useStores()
  const [held, setHeld] = useState<readonly Held[]>([])
  const doc = docOf(stores.session.getState().catalog, argvOf(entry.line))

  useEffect(() => {
    let goes = true
    const { line } = entry
    if (!doc) return
    const db = stores.session.getState().clients.find((each) => each.name === name)?.db ?? 0
    const look = async () => {
      const uses = await keysIn(peekOf(stores, name), doc, argvOf(line))
      const found = await Promise.all(uses.slice(0, 8).map(({ key }) => stores.inspect(db, key)))
      if (goes) setHeld(found.flatMap((page) => (page ? [{ key: page.key, summary: page.summary }] : [])))
    }
    look().catch(() => undefined)
    return () => {
      goes = false
    }
  }, [doc, entry, name, stores])

  const count = elements(entry.reply)
  const touched = [
    ...(entry.cost ? costParts(t, doc?.complexity, entry.cost, undefined) : []),
    ...(count === null ? [] : [t.inReply(count)]),
    ...(entry.changes ? [t.keysChanged(entry.changes.keys.length + entry.changes.more)] : []),
    ...held.map(({ key, summary }) => t.holdsNow(clipped(key), t.size(summary.kind, summary.size))),
  ]
  return (
    <dl>
      {entry.took !== undefined && (
        <>
          <dt>{t.tookLabel}</dt>
          <dd>{t.tookTime(entry.took)}</dd>
        </>
      )}
      {doc && (
        <>
          <dt>{t.costLabel}</dt>
          <dd lang="en">{doc.complexity}</dd>
        </>
      )}
      {touched.length > 0 && (
        <>
          <dt>{t.hereLabel}</dt>
          <dd>{touched.join(' · ')}</dd>
        </>
      )}
    </dl>
  )
}

/** The same facts under every row. */
function Everywhere() {
  const t = useMessages()
  const { layout } = useStores()
  const costs = useLayout((state) => state.costs)
  return (
    <label>
      <input type="checkbox" checked={costs} onChange={(event) => layout.getState().showCosts(event.target.checked)} />{' '}
      {t.costsAlways}
    </label>
  )
}

function ShareMoment({ upTo }: { upTo: number }) {
  const t = useMessages()
  const { layout } = useStores()
  return (
    <button type="button" onClick={() => layout.getState().openSharing({ upTo })}>
      {t.shareMoment}
    </button>
  )
}

function Copy({ entry, name }: { entry: Entry; name: string }) {
  const t = useMessages()
  const stores = useStores()
  const [said, say] = useState('')
  const copy = async (format: Format, all: boolean) => {
    const lane = stores.console.getState().lanes.find((each) => each.name === name)
    const entries = all ? (lane?.entries ?? []) : [entry]
    const { catalog } = stores.session.getState()
    await navigator.clipboard.writeText(await copyText(format, entries, catalog, peekOf(stores, name)))
    say(t.copied)
  }
  const row = (label: string, all: boolean) => (
    <fieldset aria-label={label}>
      <span aria-hidden="true">{label}</span>
      {formats.map(([format, shown]) => (
        <button key={format} type="button" onClick={() => void copy(format, all).catch(() => say(t.notCopied))}>
          {shown}
        </button>
      ))}
    </fieldset>
  )
  return (
    <>
      {row(t.copyRow, false)}
      {row(t.copyAll, true)}
      <output>{said}</output>
    </>
  )
}
