import { useMessages } from '../context.tsx'
import { rowsOf, type Row } from './python.ts'
import css from './lesson.module.css'

/** The same in redis-py. Prompts are drawn and not selected, so that what is copied is code. */
export function Python({ code }: { code: string }) {
  const t = useMessages()
  const rows = rowsOf(code)
  return (
    <figure className={css.python}>
      <figcaption>{t.inPython}</figcaption>
      <pre>
        <code>
          {rows.map((row, i) => (
            <PythonRow key={i} row={row} isLast={i === rows.length - 1} />
          ))}
        </code>
      </pre>
    </figure>
  )
}

function PythonRow({ row: { prompt, tokens }, isLast }: { row: Row; isLast: boolean }) {
  return (
    <>
      {prompt !== null && <span className={css.ps1} data-prompt={prompt} aria-hidden="true" />}
      <span data-printed={prompt === null}>
        {tokens.map(({ kind, text }, i) =>
          kind === 'plain' ? (
            text
          ) : (
            <span key={i} data-kind={kind}>
              {text}
            </span>
          ),
        )}
      </span>
      {isLast ? '' : '\n'}
    </>
  )
}
