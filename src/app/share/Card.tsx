import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'
import css from './share.module.css'

/** A small dialog over the page. */
export function Card({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const box = dialog.current
    box?.showModal()
    return () => box?.close()
  }, [])
  return (
    <dialog ref={dialog} className={`${css.dialog} ${css.card}`} aria-labelledby={id} onClose={close}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  )
}
