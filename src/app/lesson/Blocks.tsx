import type { Block, Inline } from '../../lesson/schema.ts'
import { Predict } from './Predict.tsx'
import { Python } from './Python.tsx'
import { RunLine } from './RunLine.tsx'
import css from './lesson.module.css'

/** Prose of a lesson as elements; there is no HTML in it. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, i) =>
    block.kind === 'predict' ? (
      <Predict key={i} block={block} number={blocks.slice(0, i).filter(({ kind }) => kind === 'predict').length} />
    ) : (
      <One key={i} block={block} />
    ),
  )
}

function One({ block }: { block: Exclude<Block, { kind: 'predict' }> }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Inlines parts={block.text} />
        </p>
      )
    case 'heading':
      return (
        <h3>
          <Inlines parts={block.text} />
        </h3>
      )
    case 'list': {
      const items = block.items.map((item, i) => (
        <li key={i}>
          <Blocks blocks={item} />
        </li>
      ))
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.blocks} />
        </blockquote>
      )
    case 'code':
      return (
        <pre>
          <code>{block.code}</code>
        </pre>
      )
    case 'run':
      return (
        <div className={css.runs}>
          {block.lines.map((line, i) => (
            <RunLine key={i} line={line} interrupts={block.interrupts ?? false} />
          ))}
        </div>
      )
    case 'python':
      return <Python code={block.code} />
  }
}

function Inlines({ parts }: { parts: readonly Inline[] }) {
  return parts.map((part, i) => {
    switch (part.kind) {
      case 'text':
        return part.text
      case 'code':
        return <code key={i}>{part.text}</code>
      case 'strong':
        return (
          <strong key={i}>
            <Inlines parts={part.text} />
          </strong>
        )
      case 'emphasis':
        return (
          <em key={i}>
            <Inlines parts={part.text} />
          </em>
        )
      case 'link':
        return (
          <a key={i} href={part.href} target="_blank" rel="noreferrer">
            <Inlines parts={part.text} />
          </a>
        )
    }
  })
}
