import type { LucideIcon } from 'lucide-react'
import css from './ui.module.css'

/** A button that is only a picture; its name says what it does. */
export function IconButton({
  icon: Icon,
  label,
  tip,
  small = false,
  disabled = false,
  pressed,
  onClick,
}: {
  icon: LucideIcon
  label: string
  tip?: string
  small?: boolean
  disabled?: boolean
  pressed?: boolean
  onClick: () => void
}) {
  return (
    <button
      type="button"
      className={small ? `${css.icon} ${css.small}` : css.icon}
      aria-label={label}
      aria-pressed={pressed}
      title={tip ?? label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon size={small ? 14 : 16} strokeWidth={1.9} aria-hidden="true" />
    </button>
  )
}
