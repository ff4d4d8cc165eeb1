import css from './console.module.css'

/** redis-cli's prompt; the sign of an open transaction, or of a subscription, stands out. */
export function Prompt({ prompt }: { prompt: string }) {
  const [sign] = /\(.*\)/.exec(prompt) ?? []
  if (sign === undefined) return <span className={css.prompt}>{prompt}</span>
  const at = prompt.indexOf(sign)
  return (
    <span className={css.prompt}>
      {prompt.slice(0, at)}
      <span className={css.tx}>{sign}</span>
      {prompt.slice(at + sign.length)}
    </span>
  )
}
