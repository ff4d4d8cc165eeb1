// How high a frame would like to be: as high as what it shows, between two bounds, so that a course page does not jump with
// every line. It only grows; a page that shrinks under the reader's eyes is worse than a little room.
import type { Mode } from '../../embed/protocol.ts'

/** In px; public/embed.js begins with the least of them. */
export const bounds: Readonly<Record<Mode, { readonly least: number; readonly most: number }>> = {
  full: { least: 480, most: 640 },
  lesson: { least: 440, most: 640 },
  console: { least: 240, most: 440 },
  'console+keys': { least: 280, most: 440 },
}

/** What scrolls inside, wherever it stands. */
const scrollers = '[role="log"], [data-lands], [role="tree"]'

/** Tells the height that is wished, whenever it grows. */
export function fit(mode: Mode, tell: (height: number) => void): void {
  const { least, most } = bounds[mode]
  let told = 0
  let asked = false
  const look = () => {
    asked = false
    // What is not laid out (a tab that is not shown, a frame that nobody sees) has no height and asks for none.
    const over = Array.from(document.querySelectorAll(scrollers), (box) =>
      box.clientHeight === 0 ? 0 : box.scrollHeight - box.clientHeight,
    )
    const wished = Math.min(most, Math.max(least, innerHeight + Math.max(0, ...over)))
    if (wished <= told) return
    told = wished
    tell(wished)
  }
  const soon = () => {
    if (!asked) requestAnimationFrame(look)
    asked = true
  }
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true, characterData: true })
  addEventListener('resize', soon)
  soon()
}
