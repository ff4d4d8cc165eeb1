import { useEffect, useState } from 'react'
import { useLayout, useStores } from '../context.tsx'
import { useSessionMessages } from '../frame/keeping.ts'
import css from './console.module.css'

/** Nobody looks for a way to stop what is over sooner, ms. */
const soon = 1000

/** The live row of a command that takes long: how long by now, and how to stop it. */
export default function Running() {
  const s = useSessionMessages()
  const { stop } = useStores()
  const language = useLayout((state) => state.language)
  const [ms, setMs] = useState(0)
  useEffect(() => {
    const began = performance.now()
    const timer = setInterval(() => setMs(performance.now() - began), 200)
    return () => clearInterval(timer)
  }, [])
  if (ms < soon) return null
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  return (
    <div data-part="note" className={css.wait}>
      <i className={css.pulse} aria-hidden="true" />
      <span>{s.running(number.format(ms / 1000))}</span>
      <button type="button" onClick={stop}>
        {s.stop}
      </button>
    </div>
  )
}
