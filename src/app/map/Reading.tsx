import { Fragment } from 'react'
import { isTyped, type Block, type Line, type Step } from '../../lesson/schema.ts'
import { useMessages } from '../context.tsx'
import { Inlines } from '../lesson/Blocks.tsx'
import { Python } from '../lesson/Python.tsx'
import { useMapMessages } from './Page.tsx'
import css from './map.module.css'

/** A step to be read: its prose, its lines with what they answer, and one way to do it. Nothing in it can be pressed. */
export function Reading({ step, solved }: { step: Step; solved: boolean }) {
  const t = useMapMessages()
  return (
    <>
      <Still blocks={step.body} />
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

function Still({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, i) => <One key={i} block={block} />)
}

function One({ block }: { block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Inlines parts={block.text} />
        </p>
      )
    case 'heading':
      return (
        <h4>
          <Inlines parts={block.text} />
        </h4>
      )
    case 'list': {
      const items = block.items.map((item, i) => (
        <li key={i}>
          <Still blocks={item} />
        </li>
      ))
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    case 'quote':
      return (
        <blockquote>
          <Still blocks={block.blocks} />
        </blockquote>
      )
    case 'code':
      return (
        <pre>
          <code>{block.code}</code>
        </pre>
      )
    case 'run':
      return <Lines lines={block.lines} />
    case 'predict':
      return <Lines lines={[block.typed]} />
    case 'python':
      return <Python code={block.code} />
  }
}

/** Lines behind their clients' letters, with what redis-cli prints where the lesson states it. */
function Lines({ lines }: { lines: readonly Line[] }) {
  const t = useMapMessages()
  const { span } = useMessages()
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
            <i>{'skip' in line ? t.clockAhead(span(line.skip)) : t.ctrlC(line.interrupt)}</i>
          )}
          {'\n'}
        </Fragment>
      ))}
    </pre>
  )
}
