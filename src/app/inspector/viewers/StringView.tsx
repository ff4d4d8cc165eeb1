import { text } from '../../../wire/bytes.ts'
import css from '../inspector.module.css'
import type { PageOf } from './index.ts'

export function StringView({ page }: { page: PageOf<'string'> }) {
  // A value that was put in the place of another marks no spots: then what stood there before tells, where it is whole.
  const before = page.before?.kind === 'string' && page.before.size <= 64 ? page.before.peek : undefined
  const changed = page.spots.length > 0 || (before !== undefined && before !== page.bytes)
  const whole = page.bytes.length === page.total
  return (
    <div className={changed ? `${css.string} ${css.changed}` : css.string}>
      {changed && before !== undefined && before !== page.bytes && <s>&quot;{text(before)}&quot;</s>}
      &quot;{text(page.bytes)}
      {whole ? '"' : <i>…</i>}
    </div>
  )
}
