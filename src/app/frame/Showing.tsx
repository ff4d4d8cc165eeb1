import { useEffect } from 'react'
import { useHand, useMessages, useStores } from '../context.tsx'
import css from './frame.module.css'

const modifiers = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'])

/** While a solution is typed: says so, and any key ends it. */
export function Showing() {
  const t = useMessages()
  const { hand } = useStores()
  const shows = useHand((state) => state.shows)
  useEffect(() => {
    if (!shows) return undefined
    const press = (event: KeyboardEvent) => {
      if (modifiers.has(event.key)) return
      // Escape means only this; with another key the learner goes on, and it does what it always does.
      if (event.key === 'Escape') {
        event.preventDefault()
        event.stopPropagation()
      }
      hand.getState().stop()
    }
    window.addEventListener('keydown', press, true)
    return () => window.removeEventListener('keydown', press, true)
  }, [shows, hand])
  return <output className={css.showing}>{shows && t.showing}</output>
}
