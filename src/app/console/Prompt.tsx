import css from './console.module.css'

/** redis-cli's prompt; the sign of an open transaction stands out. */
export function Prompt({ prompt }: { prompt: string }) {
  const at = prompt.indexOf('(TX)')
  if (at < 0) return <span className={css.prompt}>{prompt}</span>
  return (
    <span className={css.prompt}>
      {prompt.slice(0, at)}
      <span className={css.tx}>(TX)</span>
      {prompt.slice(at + 4)}
    </span>
  )
}
