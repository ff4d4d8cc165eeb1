import { useId } from 'react'
import css from './share.module.css'

/** One of several, with a word of explanation. */
export function Choice({
  name,
  label,
  told,
  isOn,
  disabled = false,
  choose,
}: {
  name: string
  label: string
  told?: string
  isOn: boolean
  disabled?: boolean
  choose: () => void
}) {
  const id = useId()
  return (
    <div className={css.choice}>
      <input
        id={id}
        type="radio"
        name={name}
        checked={isOn}
        disabled={disabled}
        aria-describedby={told === undefined ? undefined : `${id}-told`}
        onChange={choose}
      />
      <label htmlFor={id}>{label}</label>
      {told !== undefined && <small id={`${id}-told`}>{told}</small>}
    </div>
  )
}
