// The keys that hold for the whole page: Ctrl+Alt+1 is client A; F6 goes round the page's parts, Shift+F6 the other way.
import { useEffect } from 'react'
import { useStores } from '../context.tsx'
import { letters } from '../stores/console.ts'
import type { Stores } from '../stores/index.ts'
import type { Tab } from '../stores/layout.ts'

interface Part {
  /** What its element says of itself in data-pane; the value stands inside the keys. */
  readonly pane: 'header' | 'lesson' | 'console' | 'keys' | 'value'
  /** Where a narrow page has it. */
  readonly tab?: Tab
  /** What takes the focus there: the first of these that is found. */
  readonly lands: readonly string[]
}

const parts: readonly Part[] = [
  { pane: 'header', lands: ['button'] },
  { pane: 'lesson', tab: 'lesson', lands: ['[data-lands]'] },
  { pane: 'console', tab: 'console', lands: [] },
  { pane: 'keys', tab: 'keys', lands: ['[role="treeitem"][tabindex="0"]', 'input'] },
  { pane: 'value', tab: 'keys', lands: [] },
]

/** In a frame F6 is the browser's: it leads out again. */
export function useShortcuts(hasParts = true): void {
  const stores = useStores()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog:modal')) return
      if (toClient(event, stores) || (hasParts && toPart(event, stores))) event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [stores, hasParts])
}

/** Where Ctrl+Alt and a digit write a character, they are left alone. */
function toClient(event: KeyboardEvent, { console: consoles, layout }: Stores): boolean {
  const place = /^Digit([1-6])$/.exec(event.code)?.[1]
  if (place === undefined || !event.ctrlKey || !event.altKey || event.metaKey || event.shiftKey) return false
  const name = letters[Number(place) - 1]!
  if (event.getModifierState('AltGraph') || !consoles.getState().lanes.some((lane) => lane.name === name)) return false
  layout.getState().show('console')
  consoles.getState().use(name)
  return true
}

function toPart(event: KeyboardEvent, stores: Stores): boolean {
  if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return false
  const there = parts.filter(({ pane }) => pane !== 'value' || stores.keyspace.getState().selected !== null)
  const here = heading?.pane ?? document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane']
  const at = there.findIndex(({ pane }) => pane === here)
  const next = there[(Math.max(at, event.shiftKey ? 0 : -1) + (event.shiftKey ? -1 : 1) + there.length) % there.length]!
  if (next.tab) stores.layout.getState().show(next.tab)
  heading = next.pane === 'console' ? null : next
  if (next.pane === 'console') stores.console.getState().use(stores.console.getState().active)
  // A narrow page draws the part first, and may have to load it.
  else requestAnimationFrame(() => land(next, FRAMES))
  return true
}

/** How many frames a part may take to be there. */
const FRAMES = 120
/** Where the focus will be in a moment: from there the next press goes on. */
let heading: Part | null = null

function land(part: Part, frames: number): void {
  if (heading !== part) return
  const { pane, lands } = part
  const box = document.querySelector<HTMLElement>(`[data-pane="${pane}"]`)
  if (!box && frames > 0) {
    requestAnimationFrame(() => land(part, frames - 1))
    return
  }
  heading = null
  const found = lands.map((each) => box?.querySelector<HTMLElement>(each)).find(Boolean)
  ;(found ?? box)?.focus()
}
