// What a server that started again had before and has now, key by key.
import type { KeyFate, KeySummary, Restarted } from '../../session/protocol.ts'
import { text } from '../../wire/bytes.ts'
import { join } from '../../wire/line.ts'
import { useLayout, useSession } from '../context.tsx'
import { labMessages } from '../i18n/lab.ts'
import { said } from './said.ts'
import css from './server.module.css'

export function Fates() {
  const lab = labMessages[useLayout((state) => state.language)]
  const report = useSession((state) => state.restarted)
  return (
    <section aria-labelledby="lab-last">
      <h3 id="lab-last">{lab.last}</h3>
      {report ? <Report report={report} /> : <p className={css.quiet}>{lab.never}</p>}
    </section>
  )
}

function Report({ report }: { report: Restarted }) {
  const language = useLayout((state) => state.language)
  const lab = labMessages[language]
  const rest = report.lost + report.older + report.back - report.keys.length
  return (
    <>
      <p>
        {said(language, 'restart', report)} {report.expired > 0 && lab.expired(report.expired)}
      </p>
      {report.damage && (
        <p className={css.reason} lang="en">
          <code>{report.damage.reason}</code>
        </p>
      )}
      {report.keys.length === 0 ? (
        <p className={css.same}>{lab.same}</p>
      ) : (
        <table className={css.fates} aria-labelledby="lab-last">
          <thead>
            <tr>
              {[lab.key, lab.fate, lab.before, lab.after].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.keys.map((fate) => (
              <Row key={`${fate.db} ${fate.key}`} fate={fate} />
            ))}
          </tbody>
        </table>
      )}
      {rest > 0 && <p className={css.quiet}>{lab.more(rest.toLocaleString(language))}</p>}
    </>
  )
}

function Row({ fate: { fate, db, key, was, now } }: { fate: KeyFate }) {
  const lab = labMessages[useLayout((state) => state.language)]
  return (
    <tr data-fate={fate}>
      <th scope="row">
        <code>{text(key)}</code>
        {db > 0 && <small> {lab.db(db)}</small>}
      </th>
      <td data-title={lab.fate}>
        <b>{lab.fates[fate]}</b>
      </td>
      <td data-title={lab.before}>
        <Summary of={was} />
      </td>
      <td data-title={lab.after}>
        <Summary of={now} />
      </td>
    </tr>
  )
}

/** What a key holds, in a few words. */
function Summary({ of }: { of: KeySummary | null }) {
  const language = useLayout((state) => state.language)
  const lab = labMessages[language]
  if (!of) return <span aria-label="nil">–</span>
  const { kind, size, peek, expireAt } = of
  const time = (at: number) => new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(at)
  const count = size.toLocaleString(language)
  const cut = peek !== undefined && peek.length < size
  return (
    <>
      <span className={css.kind} data-kind={kind}>
        {kind}
      </span>{' '}
      {peek === undefined ? lab.elements(count) : <code>{`${join([peek], text)}${cut ? '…' : ''}`}</code>}
      {expireAt !== null && <small> {lab.until(time(expireAt))}</small>}
    </>
  )
}
