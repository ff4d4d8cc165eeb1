import { text } from '../../../wire/bytes.ts'
import { useMessages } from '../../context.tsx'
import css from '../inspector.module.css'
import { TimeLeft } from '../Ttl.tsx'
import type { PageOf } from './index.ts'
import { Before, quoted, spotsAt } from './spots.tsx'

export function HashView({ page }: { page: PageOf<'hash'> }) {
  const t = useMessages()
  const spots = spotsAt(page.spots, 'field')
  const gone = spots.filter((spot) => spot.after === null)
  return (
    <table className={css.table}>
      <thead className="sr-only">
        <tr>
          <th>{t.field}</th>
          <th>{t.value}</th>
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
                  <span className={css.size}>
                    {' '}
                    <TimeLeft expireAt={expireAt} />
                  </span>
                )}
              </td>
            </tr>
          )
        })}
        {gone.map((spot) => (
          <tr key={`gone ${spot.field}`} className={css.gone}>
            <td>{text(spot.field)}</td>
            <td>{spot.before && quoted(spot.before)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
