// A list of choices that belongs to a text being typed: the text keeps the focus and says which one is chosen. A <select>
// or a <datalist> cannot do that, so the roles are said here.
import { useEffect, type RefObject } from 'react'

export const listbox = { role: 'listbox' } as const
export const option = { role: 'option' } as const

/** Hears presses on options, which carry their number in data-at; and keeps the chosen one in view. */
export function useOptions(list: RefObject<HTMLElement | null>, chosen: number, take: (index: number) => void): void {
  useEffect(() => {
    const box = list.current
    const press = (event: MouseEvent) => {
      const at = event.target instanceof Element && event.target.closest<HTMLElement>('[data-at]')?.dataset['at']
      if (!at) return
      event.stopPropagation()
      take(Number(at))
    }
    // The text keeps the focus.
    const hold = (event: Event) => event.preventDefault()
    box?.addEventListener('click', press)
    box?.addEventListener('mousedown', hold)
    return () => {
      box?.removeEventListener('click', press)
      box?.removeEventListener('mousedown', hold)
    }
  }, [list, take])
  useEffect(() => {
    if (chosen >= 0) list.current?.querySelector(`[data-at="${chosen}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [list, chosen])
}
