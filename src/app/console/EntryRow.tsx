import { lazy, memo, Suspense, useState, type ReactNode } from 'react'
import { join } from '../../wire/line.ts'
import { text } from '../../wire/bytes.ts'
import { isError } from '../../wire/reply.ts'
import { useLayout, useMessages } from '../context.tsx'
import type { Messages } from '../i18n/index.ts'
import { aroundToken, reasonLine } from '../rows/reason.ts'
import { argvOf, printed } from '../stores/cli.ts'
import { changeLine, type Changes } from '../rows/changes.ts'
import { isRunning, type Entry } from '../stores/console.ts'
import { DidYouMean } from './DidYouMean.tsx'
import { Prompt } from './Prompt.tsx'
import { readings, ReplyView } from './ReplyView.tsx'
import css from './console.module.css'

const CostLine = lazy(() => import('./CostLine.tsx'))
const RowMenu = lazy(() => import('./RowMenu.tsx'))
const Running = lazy(() => import('./Running.tsx'))
const HelpTopic = lazy(() => import('./HelpTopic.tsx'))

/** One typed line and what came of it. */
export const EntryRow = memo(function EntryRow({
  entry,
  self,
  children,
}: {
  entry: Entry
  /** The client's name. */
  self: string
  /** The row that says what a blocked command waits for. */
  children?: ReactNode
}) {
  const t = useMessages()
  const costs = useLayout((state) => state.costs)
  const [open, setOpen] = useState(false)
  const inside = entry.prompt.includes('(TX)') && !/^\s*(?:exec|discard)\b/i.test(entry.line)
  const classes = [
    css.entry,
    entry.pushed && css.pushed,
    inside && css.inside,
    entry.outcome === 'dropped' && css.dropped,
    entry.fate && css.taken,
  ]
    .filter(Boolean)
    .join(' ')
  const waits = children !== undefined && children !== null
  const decoded = entry.reply === undefined || entry.raw ? [] : readings(entry.reply)
  return (
    <div className={classes} data-entry={entry.seq ?? `local-${entry.id}`} data-fate={entry.fate}>
      {entry.prompt !== '' && (
        <div className={css.typed}>
          <button
            type="button"
            className={css.more}
            tabIndex={-1}
            data-more=""
            aria-label={t.rowDetails(entry.line.slice(0, 80))}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          />
          <span data-part="prompt">
            <Prompt prompt={entry.prompt} />
          </span>
          <span data-part="line" className={css.line}>
            <Typed entry={entry} />
          </span>
        </div>
      )}
      {!waits && entry.reply !== undefined && (
        <ReplyView reply={printed(entry.line, entry.reply, entry.raw)} of={entry.ran} />
      )}
      {entry.unseen !== undefined && (
        <div data-part="note" className={css.note}>
          {t.unseenPushes(entry.unseen)}
        </div>
      )}
      {entry.outcome === 'dropped' && (
        <div data-part="note" className={css.note}>
          <span aria-hidden="true">↳ </span>
          {t.notRun}
        </div>
      )}
      {entry.local !== undefined && (
        <div data-part="reply" className={css.reply}>
          {entry.local}
        </div>
      )}
      {children}
      {decoded.length > 0 && (
        <div data-part="note" className={css.note}>
          {t.readsAs} <b>{decoded.join(' · ')}</b>
        </div>
      )}
      {costs && !waits && entry.cost && (
        <Suspense fallback={null}>
          <CostLine entry={entry} />
        </Suspense>
      )}
      {entry.changes && <ChangeLine changes={entry.changes} />}
      {!waits && entry.why && <Why entry={entry} self={self} />}
      {!waits && entry.reason && !offered(entry) && (
        <div data-part="note" className={css.note}>
          <span aria-hidden="true">↳ </span>
          {reasonLine(t, entry.reason, self)}
        </div>
      )}
      {entry.reply !== undefined && isError(entry.reply) && <DidYouMean entry={entry} client={self} />}
      {!waits && <Remark entry={entry} />}
      {isRunning(entry) && (
        <Suspense>
          <Running />
        </Suspense>
      )}
      {open && (
        <Suspense>
          <RowMenu entry={entry} name={self} />
        </Suspense>
      )}
    </div>
  )
})

/** A name that was meant, perhaps, is offered by DidYouMean. */
const offered = ({ reason }: Entry) => reason?.kind === 'unknown' && reason.near !== null

/** What changed, in one line; in full where the row is looked at. */
function ChangeLine({ changes }: { changes: Changes }) {
  const line = changeLine(useMessages(), changes)
  return (
    <div data-part="change" className={css.change} title={line}>
      {line}
    </div>
  )
}

/** The line as it was typed; the word that a refusal is about is underlined. */
function Typed({ entry: { line, reason, why } }: { entry: Entry }) {
  const token = why?.kind === 'wrong-type' ? argvOf(line).indexOf(why.key) : reason?.token
  const parts = token === undefined ? null : aroundToken(line, token)
  if (!parts) return line
  const [before, word, after] = parts
  return (
    <>
      {before}
      <span className={css.token}>{word}</span>
      {after}
    </>
  )
}

function Why({ entry, self }: { entry: Entry; self: string }) {
  const t = useMessages()
  const sentence = explain(t, entry, self)
  return (
    <div data-part="note" className={entry.why?.kind === 'raced' ? css.why : css.note}>
      {entry.why?.kind !== 'raced' && <span aria-hidden="true">↳ </span>}
      {sentence}
    </div>
  )
}

/** One sentence on what a bare reply does not say. */
export function explain(t: Messages, { why, by }: Entry, self: string): string {
  switch (why?.kind) {
    case 'raced': {
      const key = text(why.key)
      const command = why.command.toUpperCase()
      if (why.by === null) return t.racedByTime(key, self)
      return by === self ? t.racedBySelf(key, command) : t.racedBy(key, by ?? '?', self, command)
    }
    case 'wrong-type':
      return t.wrongType(text(why.key), why.held, why.wanted)
    case 'aborted':
      return t.aborted(join(why.refused, text))
    default:
      return ''
  }
}

function Remark({ entry }: { entry: Entry }) {
  const t = useMessages()
  const said: string[] = []
  if (entry.cancelled) said.push(t.cancelled)
  const ends = entry.remark === 'closed' || entry.remark === 'left' || entry.remark === 'down'
  if (entry.fate === 'taken') said.push(ends && entry.line === '' ? t.cameBack : t.takenBack)
  if (entry.fate === 'lost') said.push(t.notKept)
  if (entry.remark === 'stopped') said.push(t.stoppedRun)
  if (entry.remark === 'unanswered') said.push(t.unanswered)
  if (entry.remark === 'too-long') said.push(t.tooLong)
  if (entry.remark === 'raw') said.push(t.drawnRaw)
  if (entry.remark === 'no-raw') said.push(t.drawnAgain)
  if (entry.remark === 'as-lines') said.push(t.asLines)
  if (ends && entry.fate === 'taken' && entry.line === '') return <Note said={said} />
  if (entry.remark === 'closed') said.push(t.connectionClosed)
  if (entry.remark === 'left') said.push(t.clientClosed)
  if (entry.remark === 'down') said.push(t.serverDown)
  if (typeof entry.remark === 'function') said.push(entry.remark(t))
  if (typeof entry.remark === 'object')
    return (
      <Suspense fallback={null}>
        <HelpTopic topic={entry.remark.help} />
      </Suspense>
    )
  if (entry.remark === 'help')
    return (
      <div data-part="note" className={css.note}>
        <dl className={css.help}>
          {t.help.flatMap(([word, does]) => [<dt key={word}>{word}</dt>, <dd key={does}>{does}</dd>])}
        </dl>
        <p>{t.helpEnd}</p>
        <dl className={css.help}>
          {t.helpKeys.flatMap(([keys, does]) => [<dt key={keys}>{keys}</dt>, <dd key={does}>{does}</dd>])}
        </dl>
      </div>
    )
  return <Note said={said} />
}

function Note({ said }: { said: readonly string[] }) {
  return said.length === 0 ? null : (
    <div data-part="note" className={css.note}>
      {said.join('. ')}
    </div>
  )
}
