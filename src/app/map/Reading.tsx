import { Fragment } from 'react'
import { isTyped, type Line, type Step } from '../../lesson/schema.ts'
import { useLayout, useMessages } from '../context.tsx'
import { serverMessages } from '../i18n/server.ts'
import { Prose } from '../lesson/Prose.tsx'
import { useMapMessages } from './Page.tsx'
import css from './map.module.css'

/** A step to be read: its prose, its lines with what they answer, and one way to do it. Nothing in it can be pressed. */
export function Reading({ step, solved }: { step: Step; solved: boolean }) {
  const t = useMapMessages()
  return (
    <>
      <Prose
        blocks={step.body}
        heading="h4"
        acting={(block, number) => (
          <Lines key={`${block.kind} ${number}`} lines={block.kind === 'run' ? block.lines : [block.typed]} />
        )}
      />
      {step.checks.length > 0 && (
        <>
          <h4>{t.goals}</h4>
          <ul className={css.goals}>
            {step.checks.map(({ says }, i) => (
              <li key={i}>{says}</li>
            ))}
          </ul>
        </>
      )}
      {solved && step.solution.length > 0 && (
        <>
          <h4>{t.solution}</h4>
          <Lines lines={step.solution} />
        </>
      )}
    </>
  )
}

/** Lines behind their clients' letters, with what redis-cli prints where the lesson states it. */
function Lines({ lines }: { lines: readonly Line[] }) {
  const t = useMapMessages()
  const { span } = useMessages()
  const language = useLayout((state) => state.language)
  return (
    <pre className={css.lines}>
      {lines.map((line, i) => (
        <Fragment key={i}>
          {isTyped(line) ? (
            <>
              <span data-client={line.client}>{line.client}&gt; </span>
              <b>{line.line}</b>
              {line.expect !== undefined && `\n${line.expect}`}
            </>
          ) : (
            <i>
              {'skip' in line
                ? t.clockAhead(span(line.skip))
                : 'server' in line
                  ? serverMessages[language].deeds[line.server]
                  : t.ctrlC(line.interrupt)}
            </i>
          )}
          {'\n'}
        </Fragment>
      ))}
    </pre>
  )
}
