import { latin, text } from '../../../wire/bytes.ts'
import { showDouble } from '../../../wire/show.ts'
import { useMessages } from '../../context.tsx'
import css from '../inspector.module.css'
import { RowEdits } from '../EditBar.tsx'
import { rowEdits } from '../edits.ts'
import type { ViewOf } from './index.ts'
import { Before, spotsAt } from './spots.tsx'

/** Members by rank, each with a bar as long as its score says. */
export function ZsetView({ page, editor }: ViewOf<'zset'>) {
  const t = useMessages()
  const spots = spotsAt(page.spots, 'member')
  const most = Math.max(...page.items.map(({ score }) => (Number.isFinite(score) ? Math.abs(score) : 0)), 0)
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th>{t.rank}</th>
          <th>{t.member}</th>
          <th className={css.score}>{t.score}</th>
          <th>
            <span className="sr-only">{t.edit}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {page.items.map(({ member, score }, i) => {
          const spot = spots.find((each) => each.member === member && each.after !== null)
          const share = most > 0 ? (Math.min(Math.abs(score), most) / most) * 100 : 0
          return (
            <tr key={member} className={spot && css.changed}>
              <td className={css.number}>{page.from + i}</td>
              <td>
                {text(member)}
                <span className={css.bar} style={{ width: `${share}%` }} aria-hidden="true" />
              </td>
              <td className={css.score}>
                {spot && spot.before !== score && (
                  <Before value={spot.before === null ? null : showDouble(spot.before)} />
                )}
                {showDouble(score)}
              </td>
              <td className={css.act}>
                <RowEdits
                  editor={editor}
                  change={{ edit: rowEdits.ZADD, words: [latin(showDouble(score)), member] }}
                  takeOut={[latin('ZREM'), page.key, member]}
                />
              </td>
            </tr>
          )
        })}
        {spots
          .filter((spot) => spot.after === null)
          .map((spot) => (
            <tr key={`gone ${spot.member}`} className={css.gone}>
              <td>−</td>
              <td>{text(spot.member)}</td>
              <td className={css.score} colSpan={2}>
                {spot.before !== null && showDouble(spot.before)}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}
