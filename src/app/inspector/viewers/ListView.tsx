import { latin, text } from '../../../wire/bytes.ts'
import { useMessages } from '../../context.tsx'
import css from '../inspector.module.css'
import { RowEdits } from '../EditBar.tsx'
import { rowEdits } from '../edits.ts'
import type { ViewOf } from './index.ts'
import { Before, quoted, spotsAt } from './spots.tsx'

/** Short lists are drawn as boxes between their two ends; longer ones as rows with an index. */
export function ListView(view: ViewOf<'list'>) {
  const { page } = view
  const small = page.total <= 12 && page.items.every((item) => item.length <= 24)
  return small ? <Boxes {...view} /> : <Rows {...view} />
}

function Boxes({ page, editor }: ViewOf<'list'>) {
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
          <li key={index} className={spot && css.changed} data-index={`${index} · ${index - page.total}`}>
            <button
              type="button"
              title={t.opensForm(`LSET ${index}`)}
              onClick={() => editor.open(rowEdits.LSET, latin(String(index)), item)}
            >
              {spot && spot.before !== null && spot.before !== item && <Before value={text(spot.before)} />}
              {text(item)}
            </button>
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

function Rows({ page, editor }: ViewOf<'list'>) {
  const t = useMessages()
  const spots = spotsAt(page.spots, 'index')
  return (
    <table className={css.table}>
      <thead className="sr-only">
        <tr>
          <th>{t.index}</th>
          <th>{t.value}</th>
          <th>{t.edit}</th>
        </tr>
      </thead>
      <tbody>
        {page.items.map((item, i) => {
          const index = page.from + i
          const spot = spots.find((each) => each.index === index && each.after !== null)
          return (
            <tr key={index} className={spot && css.changed}>
              <td className={css.number}>
                {index} <i>{index - page.total}</i>
              </td>
              <td>
                {spot && spot.before !== item && <Before value={spot.before && quoted(spot.before)} />}
                {quoted(item)}
              </td>
              <td className={css.act}>
                <RowEdits editor={editor} change={{ edit: rowEdits.LSET, words: [latin(String(index)), item] }} />
              </td>
            </tr>
          )
        })}
        {spots
          .filter((spot) => spot.after === null)
          .map((spot) => (
            <tr key={`gone ${spot.index}`} className={css.gone}>
              <td>−</td>
              <td colSpan={2}>{spot.before && quoted(spot.before)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}
