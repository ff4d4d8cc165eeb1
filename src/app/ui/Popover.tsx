import { useEffect, useRef, useState, type ReactNode } from 'react'
import css from './ui.module.css'

/** A button with a panel below it. Escape and a press elsewhere close it. */
export function Popover({
  label,
  button,
  className,
  side = 'right',
  onOpen,
  children,
}: {
  label: string
  button: ReactNode
  className?: string | undefined
  /** The edge of the button that the panel keeps to. */
  side?: 'left' | 'right'
  onOpen?: () => void
  children: (close: () => void) => ReactNode
}) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    if (!open) return
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      setOpen(false)
      opener.current?.focus()
    }
    document.addEventListener('keydown', escape)
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    return () => {
      document.removeEventListener('keydown', escape)
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
    }
  }, [open])

  return (
    <div ref={box} className={css.popover}>
      <button
        ref={opener}
        type="button"
        className={className}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={label}
        title={label}
        onClick={() => {
          if (!open) onOpen?.()
          setOpen(!open)
        }}
      >
        {button}
      </button>
      {open && (
        <dialog open className={css.panel} data-side={side} aria-label={label}>
          {children(() => setOpen(false))}
        </dialog>
      )}
    </div>
  )
}
