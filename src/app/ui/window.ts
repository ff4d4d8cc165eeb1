import { useEffect, useState, type RefObject } from 'react'

/** Which of many rows of one height are in view, first and last, with some to spare on each side. */
export function rowsInView(top: number, height: number, row: number, count: number, spare: number): [number, number] {
  const first = Math.floor(top / row) - spare
  const last = Math.ceil((top + height) / row) + spare
  return [Math.max(0, Math.min(first, count - 1)), Math.max(0, Math.min(last, count - 1))]
}

/** The rows in view of a box that scrolls. Drawn anew only when other rows come into view. */
export function useRowsInView(box: RefObject<HTMLElement | null>, row: number, count: number): [number, number] {
  const [view, setView] = useState({ top: 0, height: 600 })
  useEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => {
      const top = Math.floor(element.scrollTop / (row * 4)) * row * 4
      const height = element.clientHeight + row * 4
      setView((old) => (old.top === top && old.height === height ? old : { top, height }))
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [box, row])
  return rowsInView(view.top, view.height, row, count, 8)
}
