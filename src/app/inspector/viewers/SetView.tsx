import { latin, text } from '../../../wire/bytes.ts'
import { useMessages } from '../../context.tsx'
import css from '../inspector.module.css'
import { RowEdits } from '../EditBar.tsx'
import type { ViewOf } from './index.ts'
import { spotsAt } from './spots.tsx'

/** Members as chips, in no order on purpose. */
export function SetView({ page, editor }: ViewOf<'set'>) {
  const t = useMessages()
  const spots = spotsAt(page.spots, 'member')
  return (
    <>
      <ul className={css.chips} aria-label={t.unordered}>
        {page.items.map((item) => (
          <li key={item} className={spots.some((spot) => spot.member === item) ? css.changed : undefined}>
            {text(item)}
            <RowEdits editor={editor} takeOut={[latin('SREM'), page.key, item]} />
          </li>
        ))}
        {spots
          .filter((spot) => spot.after === null && !page.items.includes(spot.member))
          .map((spot) => (
            <li key={`gone ${spot.member}`} className={css.goneItem}>
              {text(spot.member)}
            </li>
          ))}
      </ul>
      <p className={css.under}>{t.unordered}</p>
    </>
  )
}
