import type { Block } from '../../lesson/schema.ts'
import { Predict } from './Predict.tsx'
import { Prose } from './Prose.tsx'
import { RunLine } from './RunLine.tsx'
import css from './lesson.module.css'

/** Prose of a lesson, with lines that run with a click and replies to be foretold. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return (
    <Prose
      blocks={blocks}
      heading="h3"
      acting={(block, number) =>
        block.kind === 'predict' ? (
          <Predict key={`predict ${number}`} block={block} number={number} />
        ) : (
          <div key={`run ${number}`} className={css.runs}>
            {block.lines.map((line, i) => (
              <RunLine key={i} line={line} interrupts={block.interrupts ?? false} />
            ))}
          </div>
        )
      }
    />
  )
}
