import { text } from '../../../wire/bytes.ts'
import css from '../inspector.module.css'
import type { PageOf } from './index.ts'

export function StringView({ page }: { page: PageOf<'string'> }) {
  const changed = page.spots.length > 0
  const before = page.before?.kind === 'string' ? page.before.peek : undefined
  const whole = page.bytes.length === page.total
  return (
    <div className={changed ? `${css.string} ${css.changed}` : css.string}>
      {changed && before !== undefined && before !== page.bytes && page.before!.size <= 64 && (
        <s>&quot;{text(before)}&quot;</s>
      )}
      &quot;{text(page.bytes)}
      {whole ? '"' : <i>…</i>}
    </div>
  )
}
