import type { ReactNode } from 'react'
import type { Block, Inline } from '../../lesson/schema.ts'
import { Python } from './Python.tsx'

/** What can be run, which each place shows in a way of its own. */
export type Acting = Extract<Block, { kind: 'run' | 'predict' }>

interface ProseProps {
  readonly blocks: readonly Block[]
  /** What a heading inside a step is, where this stands. */
  readonly heading: 'h3' | 'h4'
  /** Shows a block that can be run; `number` is its place among those of its kind. */
  readonly acting: (block: Acting, number: number) => ReactNode
}

/** Prose of a lesson as elements; there is no HTML in it. */
export function Prose({ blocks, heading: Heading, acting }: ProseProps) {
  const still = (inner: readonly Block[]) => <Prose blocks={inner} heading={Heading} acting={acting} />
  return blocks.map((block, i) => {
    switch (block.kind) {
      case 'paragraph':
        return (
          <p key={i}>
            <Inlines parts={block.text} />
          </p>
        )
      case 'heading':
        return (
          <Heading key={i}>
            <Inlines parts={block.text} />
          </Heading>
        )
      case 'list': {
        const items = block.items.map((item, j) => <li key={j}>{still(item)}</li>)
        return block.ordered ? <ol key={i}>{items}</ol> : <ul key={i}>{items}</ul>
      }
      case 'quote':
        return <blockquote key={i}>{still(block.blocks)}</blockquote>
      case 'code':
        return (
          <pre key={i}>
            <code>{block.code}</code>
          </pre>
        )
      case 'python':
        return <Python key={i} code={block.code} />
      default:
        return acting(block, blocks.slice(0, i).filter(({ kind }) => kind === block.kind).length)
    }
  })
}

/** Words in a line of prose. */
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
