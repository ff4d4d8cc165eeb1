// Every main state of the page (states.ts), wide in English and narrow in Korean: nothing sticks out to the side, with
// reduced motion nothing moves, and axe has nothing to say in either theme; narrow only about those that are most seen.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './playground.ts'
import { reach, states } from './states.ts'

/** What axe finds. In one go and of violations only: the rest of what it could tell takes most of its time. */
async function axe(page: Page, ...rules: readonly string[]): Promise<string[]> {
  // A frame inside (the preview of one) is a page of its own, with states of its own.
  const builder = new AxeBuilder({ page })
    .exclude('iframe')
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
  const { violations } = await (rules.length > 0 ? builder.withRules([...rules]) : builder).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

/** What moves now: animations and transitions that run or wait to run. */
const moving = (page: Page) =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ playState }) => playState === 'running')
      .map(({ effect }) => (effect instanceof KeyframeEffect ? (effect.target?.className ?? '') : 'unknown')),
  )

/** How far the page sticks out of the window to the side. */
const sticksOut = (page: Page) =>
  page.evaluate(() => {
    const widest = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)
    return widest - document.documentElement.clientWidth
  })

for (const { language, width, height } of [
  { language: 'en', width: 1440, height: 900 },
  { language: 'ko', width: 390, height: 844 },
] as const)
  test.describe(`${width} px, ${language}`, () => {
    test.use({ viewport: { width, height }, contextOptions: { reducedMotion: 'reduce' } })

    for (const state of states)
      test(`nothing moves, sticks out or is at fault: ${state.name}, ${width} px, ${language}`, async ({ page }) => {
        await page.emulateMedia({ colorScheme: 'light' })
        await reach(page, './', language, state)
        expect(await moving(page)).toEqual([])
        expect(await sticksOut(page)).toBeLessThanOrEqual(0)
        if (width < 720 && !state.main) return
        expect(await axe(page), 'light').toEqual([])
        // Only colours are another theme's.
        await page.emulateMedia({ colorScheme: 'dark' })
        expect(await axe(page, 'color-contrast'), 'dark').toEqual([])
      })
  })
