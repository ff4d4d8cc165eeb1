/** Keeps the page above a phone's keyboard where the browser does not shrink it by itself. */
export function fitKeyboard(): void {
  const view = window.visualViewport
  if (!view) return
  const fit = () => {
    const covered = innerHeight - view.height
    const root = document.documentElement
    if (covered > 100 && view.scale === 1) {
      root.style.setProperty('--app-height', `${view.height}px`)
      window.scrollTo(0, 0)
    } else root.style.removeProperty('--app-height')
  }
  view.addEventListener('resize', fit)
}
