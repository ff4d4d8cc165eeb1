import { Check, X } from 'lucide-react'
import { memo, useEffect, useRef } from 'react'
import { useMessages, useStores } from '../context.tsx'
import { readings, ReplyView } from '../console/ReplyView.tsx'
import { printed } from '../stores/cli.ts'
import type { Result } from './runner.ts'
import { cameOf } from './said.ts'
import { useScriptMessages } from './words.ts'
import css from './script.module.css'

/** Rows that a long script has at most, besides those that went wrong. */
const mostRows = 300

/** What came of the commands, whole, in the order of their lines. */
export function Results({ results, goTo }: { results: readonly Result[]; goTo: (line: number) => void }) {
  const t = useMessages()
  const s = useScriptMessages()
  const box = useRef<HTMLOListElement>(null)
  const newest = Math.max(0, ...results.map(({ id }) => id))
  useEffect(() => {
    const frame = requestAnimationFrame(() =>
      box.current?.querySelector(`[data-result="${newest}"]`)?.scrollIntoView({ block: 'nearest' }),
    )
    return () => cancelAnimationFrame(frame)
  }, [newest])
  if (results.length === 0) return null
  const shown = results.filter(
    ({ state, holds }, i) => i >= results.length - mostRows || state !== 'done' || holds === false,
  )
  return (
    <ol ref={box} className={css.results} aria-label={s.results} {...scrolls}>
      {shown.length < results.length && <li className={css.left}>{t.earlierGone(results.length - shown.length)}</li>}
      {shown.map((result) => (
        <Row key={result.id} result={result} goTo={goTo} />
      ))}
    </ol>
  )
}

/** A region that scrolls is reached by the keyboard. */
const scrolls = { tabIndex: 0 } as const

const Row = memo(function Row({ result, goTo }: { result: Result; goTo: (line: number) => void }) {
  const t = useMessages()
  const s = useScriptMessages()
  const { console: consoles } = useStores()
  const { id, line, client, text, state, row, holds, expected } = result
  const decoded = row?.reply === undefined || row.raw ? [] : readings(row.reply)
  return (
    <li data-result={id} data-state={state} data-client={client}>
      <div className={css.ran}>
        <button type="button" className={css.line} onClick={() => goTo(line)}>
          {s.line(line + 1)}
        </button>
        <b title={t.clientName(client)}>{client}</b>
        <code>{text}</code>
        {holds === true && (
          <span className={css.ok}>
            <Check size={14} aria-hidden="true" /> {s.holds}
          </span>
        )}
        {holds === false && (
          <span className={css.bad}>
            <X size={14} aria-hidden="true" /> {s.holdsNot}
          </span>
        )}
      </div>
      {state === 'waits' && (
        <div className={css.waits}>
          <i aria-hidden="true" />
          {t.waiting}
          <button type="button" onClick={() => consoles.getState().cancel(client)}>
            {s.free}
          </button>
        </div>
      )}
      {row?.reply !== undefined ? (
        <div className={css.reply}>
          <ReplyView reply={printed(text, row.reply, row.raw)} of={row.ran} />
        </div>
      ) : (
        cameOfNothing(result, cameOf(result, t))
      )}
      {decoded.length > 0 && (
        <div className={css.wanted}>
          {t.readsAs} <b>{decoded.join(' · ')}</b>
        </div>
      )}
      {holds === false && expected && (
        <div className={css.wanted}>
          {s.expected}
          <pre>{expected.join('\n')}</pre>
        </div>
      )}
    </li>
  )
})

const cameOfNothing = ({ state }: Result, words: string) =>
  words === '' ? null : <div className={state === 'failed' ? `${css.reply} ${css.bad}` : css.reply}>{words}</div>
