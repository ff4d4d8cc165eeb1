import { useMessages } from '../../context.tsx'
import css from '../inspector.module.css'

/** Streams come later; until then the page says so. */
export function StreamView() {
  const t = useMessages()
  return <p className={css.quiet}>{t.noViewer}</p>
}
