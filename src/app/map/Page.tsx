import { X } from 'lucide-react'
import { useLayoutEffect, useRef, type ReactNode, type SyntheticEvent } from 'react'
import { useLayout, useStores } from '../context.tsx'
import { mapMessages, type MapMessages } from '../i18n/map.ts'
import { IconButton } from '../ui/IconButton.tsx'
import css from './map.module.css'

export const useMapMessages = (): MapMessages => mapMessages[useLayout((state) => state.language)]

/** Puts away what stands over the page. */
export function useClose(): () => void {
  const { layout } = useStores()
  return () => layout.getState().look(null)
}

/** A dialog as large as the page. `data-first` takes the focus. */
export function Page({ label, tools, children }: { label: string; tools?: ReactNode; children: ReactNode }) {
  const t = useMapMessages()
  const close = useClose()
  const dialog = useRef<HTMLDialogElement>(null)
  // Closed before it leaves the page, so that the focus goes back to where it was.
  useLayoutEffect(() => {
    const box = dialog.current
    box?.showModal()
    box?.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => box?.close()
  }, [])
  // Also told of a dialog that is already gone, or open again.
  const closed = ({ currentTarget: { isConnected, open } }: SyntheticEvent<HTMLDialogElement>) => {
    if (isConnected && !open) close()
  }
  return (
    <dialog ref={dialog} className={css.page} aria-label={label} onCancel={close} onClose={closed}>
      <div className={css.tools}>
        {tools}
        <IconButton icon={X} label={t.close} onClick={close} />
      </div>
      <div className={css.inside}>{children}</div>
    </dialog>
  )
}
