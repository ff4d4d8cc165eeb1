import { latin, text } from '../../../wire/bytes.ts'
import { useMessages } from '../../context.tsx'
import css from '../inspector.module.css'
import { RowEdits } from '../EditBar.tsx'
import { rowEdits } from '../edits.ts'
import { Drain, TimeLeft } from '../Ttl.tsx'
import type { ViewOf } from './index.ts'
import { Before, quoted, spotsAt } from './spots.tsx'

/** Fields and their values, each with the time it has left, where it has one. */
export function HashView({ page, editor }: ViewOf<'hash'>) {
  const t = useMessages()
  const spots = spotsAt(page.spots, 'field')
  const gone = spots.filter((spot) => spot.after === null)
  return (
    <table className={css.table}>
      <thead className="sr-only">
        <tr>
          <th>{t.field}</th>
          <th>{t.value}</th>
          <th>{t.edit}</th>
        </tr>
      </thead>
      <tbody>
        {page.items.map(({ field, value, expireAt }) => {
          const spot = spots.find((each) => each.field === field && each.after !== null)
          return (
            <tr key={field} className={spot && css.changed}>
              <td className={css.key}>{text(field)}</td>
              <td>
                {spot && spot.before !== value && <Before value={spot.before && quoted(spot.before)} />}
                {quoted(value)}
                {expireAt !== null && (
                  <span className={css.fieldTime} title={t.fieldTtl}>
                    <TimeLeft expireAt={expireAt} />
                    <Drain key={expireAt} from={null} expireAt={expireAt} />
                  </span>
                )}
              </td>
              <td className={css.act}>
                <RowEdits
                  editor={editor}
                  change={{ edit: rowEdits.HSET, words: [field, value] }}
                  takeOut={[latin('HDEL'), page.key, field]}
                />
              </td>
            </tr>
          )
        })}
        {gone.map((spot) => (
          <tr key={`gone ${spot.field}`} className={css.gone}>
            <td>{text(spot.field)}</td>
            <td colSpan={2}>{spot.before && quoted(spot.before)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
