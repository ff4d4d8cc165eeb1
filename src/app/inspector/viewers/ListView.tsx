import { text } from '../../../wire/bytes.ts'
import { useMessages } from '../../context.tsx'
import css from '../inspector.module.css'
import type { PageOf } from './index.ts'
import { Before, quoted, spotsAt } from './spots.tsx'

/** Short lists are drawn as boxes between their two ends; longer ones as rows with an index. */
export function ListView({ page }: { page: PageOf<'list'> }) {
  const small = page.total <= 12 && page.items.every((item) => item.length <= 24)
  return small ? <Boxes page={page} /> : <Rows page={page} />
}

function Boxes({ page }: { page: PageOf<'list'> }) {
  const t = useMessages()
  const spots = spotsAt(page.spots, 'index')
  return (
    <ol className={css.boxes}>
      <li className={css.end} title={t.leftEnd} aria-hidden="true">
        L
      </li>
      {page.items.map((item, index) => {
        const spot = spots.find((each) => each.index === index && each.after !== null)
        return (
          <li key={index} className={spot && css.changed} title={`${index}`}>
            {spot && spot.before !== null && spot.before !== item && <Before value={text(spot.before)} />}
            {text(item)}
          </li>
        )
      })}
      <li className={css.end} title={t.rightEnd} aria-hidden="true">
        R
      </li>
      {spots
        .filter((spot) => spot.after === null)
        .map((spot) => (
          <li key={`gone ${spot.index}`} className={css.goneItem}>
            {spot.before && text(spot.before)}
          </li>
        ))}
    </ol>
  )
}

function Rows({ page }: { page: PageOf<'list'> }) {
  const t = useMessages()
  const spots = spotsAt(page.spots, 'index')
  return (
    <table className={css.table}>
      <thead className="sr-only">
        <tr>
          <th>{t.index}</th>
          <th>{t.value}</th>
        </tr>
      </thead>
      <tbody>
        {page.items.map((item, index) => {
          const spot = spots.find((each) => each.index === index && each.after !== null)
          return (
            <tr key={index} className={spot && css.changed}>
              <td className={css.number}>{index}</td>
              <td>
                {spot && spot.before !== item && <Before value={spot.before && quoted(spot.before)} />}
                {quoted(item)}
              </td>
            </tr>
          )
        })}
        {spots
          .filter((spot) => spot.after === null)
          .map((spot) => (
            <tr key={`gone ${spot.index}`} className={css.gone}>
              <td>−</td>
              <td>{spot.before && quoted(spot.before)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}
