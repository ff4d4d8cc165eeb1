// A text area with numbers at its side; what is refused is underlined, on a sheet that lies below it and scrolls along.
import { useRef, useState } from 'react'
import type { ConfigLine } from '../../session/protocol.ts'
import { useLayout } from '../context.tsx'
import { configMessages } from '../i18n/config.ts'
import { effectOf, sentenceOf } from './config-lines.ts'
import css from './config.module.css'

/** Rows that are seen at least and at most. */
const ROWS = { least: 6, most: 18 }

export function ConfigEditor({
  value,
  lines,
  change,
}: {
  value: string
  lines: readonly ConfigLine[]
  change: (value: string) => void
}) {
  const language = useLayout((state) => state.language)
  const t = configMessages[language]
  const numbers = useRef<HTMLDivElement>(null)
  const sheet = useRef<HTMLPreElement>(null)
  const [at, setAt] = useState(0)
  const rows = value.split('\n')
  const line = lines[at]
  const counts = { works: 0, idle: 0, bad: 0 }
  for (const one of lines) if (one.is !== 'none') counts[effectOf(one)]++
  return (
    <>
      <div className={css.editor}>
        <div ref={numbers} className={css.numbers} aria-hidden="true">
          {rows.map((_, i) => (
            <div key={i} data-is={lines[i]?.is} data-current={i === at}>
              {i + 1}
            </div>
          ))}
        </div>
        <div className={css.page}>
          <pre ref={sheet} className={css.sheet} aria-hidden="true">
            {rows.map((row, i) => (
              <span key={i} data-is={lines[i]?.is}>{`${row}\n`}</span>
            ))}
          </pre>
          <textarea
            className={css.text}
            value={value}
            rows={Math.min(ROWS.most, Math.max(ROWS.least, rows.length))}
            wrap="off"
            spellCheck={false}
            autoCapitalize="off"
            autoCorrect="off"
            aria-label={t.label}
            aria-invalid={counts.bad > 0}
            aria-describedby="redis-conf-sum"
            onChange={(event) => change(event.target.value)}
            onSelect={({ currentTarget: { value: typed, selectionStart } }) =>
              setAt(typed.slice(0, selectionStart).split('\n').length - 1)
            }
            onScroll={({ currentTarget: { scrollTop, scrollLeft } }) => {
              numbers.current?.scrollTo({ top: scrollTop })
              sheet.current?.scrollTo({ top: scrollTop, left: scrollLeft })
            }}
          />
        </div>
      </div>
      <p id="redis-conf-sum" className={css.sum}>
        {lines.some(({ is }) => is !== 'none') && t.sum(counts.works, counts.idle, counts.bad)}
      </p>
      <output className="sr-only">
        {line &&
          line.is !== 'none' &&
          `${t.line(at + 1)}, ${t.effects[effectOf(line)]}. ${sentenceOf(line, rows[at] ?? '', language)}`}
      </output>
    </>
  )
}
