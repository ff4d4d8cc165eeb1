// Each line of redis.conf with what it means here.
import type { ConfigLine } from '../../session/protocol.ts'
import { text } from '../../wire/bytes.ts'
import { useLayout } from '../context.tsx'
import { configMessages } from '../i18n/config.ts'
import { effectOf, hintFor, sentenceOf, type Said } from './config-lines.ts'
import css from './config.module.css'

export function ConfigLines({ text: written, lines }: { text: string; lines: readonly ConfigLine[] }) {
  const t = configMessages[useLayout((state) => state.language)]
  const rows = written.split('\n')
  const told = lines.flatMap((line, i) => (line.is === 'none' ? [] : [{ line, row: rows[i] ?? '', number: i + 1 }]))
  if (told.length === 0) return null
  return (
    <>
      <h4 id="redis-conf-lines" className={css.title}>
        {t.lines}
      </h4>
      <ol className={css.lines} aria-labelledby="redis-conf-lines">
        {told.map((one) => (
          <Line key={one.number} {...one} />
        ))}
      </ol>
    </>
  )
}

function Line({ line, row, number }: { line: Said; row: string; number: number }) {
  const language = useLayout((state) => state.language)
  const t = configMessages[language]
  const effect = effectOf(line)
  return (
    <li data-effect={effect}>
      <p className={css.head}>
        <span className={css.number}>
          <span aria-hidden="true">{number}</span>
          <span className="sr-only">{t.line(number)}</span>
        </span>
        <code>{row.trim().replaceAll(/\s+/g, ' ')}</code>
        <b>{t.effects[effect]}</b>
      </p>
      {line.is === 'bad' ? (
        <p>
          {t.refused} <code lang="en">{text(line.why)}</code> {hintFor(row, language)}
        </p>
      ) : (
        <p>{sentenceOf(line, row, language)}</p>
      )}
    </li>
  )
}
