// The whole round by keyboard alone: lesson, console, keys, value, palette, clients, playground, undo. Nothing is clicked
// and nothing is given the focus from outside; wherever it comes to, it is in view and can be seen.
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './playground.ts'
import { Stage } from './states.ts'

/** How the focused element is marked, or its box; empty where nobody could see it. */
const ring = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement
    if (!focused?.matches(':focus-visible')) return 'not visible'
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused)
    if (boxShadow !== 'none') return 'line'
    if (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) return 'outline'
    // A prompt's line is drawn through, and dashed elsewhere.
    const box = focused.parentElement!
    return focused.tagName === 'TEXTAREA' && getComputedStyle(box).borderTopStyle === 'solid' ? 'line' : 'none'
  })

async function standsOn(target: Locator): Promise<void> {
  await expect(target).toBeFocused()
  await expect(target).toBeInViewport()
  expect(await ring(target.page())).toMatch(/^(outline|line)$/)
}

/** Tab, until it stands on this. */
async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let i = 0; i < 40; i++) {
    await target.page().keyboard.press(key)
    if (await target.evaluate((element) => element === document.activeElement)) break
  }
  await standsOn(target)
}

for (const language of ['en', 'ko'] as const) {
  test(`lesson, console, keys and value by keyboard: ${language}`, async ({ page }) => {
    const stage = new Stage(page, language)
    const { keyboard } = page
    const { t, lesson, value } = stage
    const line = async (typed: string) => {
      await keyboard.type(typed)
      await keyboard.press('Enter')
    }
    await stage.open(`?lang=${language}`)
    await standsOn(stage.prompt('A'))

    await line('SET Croatia zagreb')
    await stage.ends('A', '> SET Croatia zagreb OK')
    await expect(lesson).toContainText(t.now)
    await keyboard.press('Shift+F6')
    await standsOn(lesson.locator('[data-lands]'))
    await tabTo(lesson.getByRole('button', { name: t.hint }))
    await keyboard.press('Enter')
    await expect(lesson.getByRole('heading', { name: t.hintNumber(1, 3) })).toBeInViewport()
    await keyboard.press('F6')
    await standsOn(stage.prompt('A'))
    await line('SET Croatia Zagreb')
    await expect(lesson.locator('[data-check="0"]')).toHaveAttribute('data-holds', 'true')
    await keyboard.press('Shift+F6')
    await tabTo(lesson.getByRole('button', { name: t.next }))
    await keyboard.press('Enter')
    await expect(lesson).toContainText(t.step(2, 5))
    await keyboard.press('F6')
    await line('MSET user:1:name Ann user:2:name Ben')
    await stage.ends('A', '> MSET user:1:name Ann user:2:name Ben OK')

    await keyboard.press('F6')
    await standsOn(stage.key('Croatia'))
    await keyboard.press('ArrowDown')
    const folder = stage.key('user:, ').first()
    await standsOn(folder)
    await keyboard.press('ArrowLeft')
    await expect(folder).toHaveAttribute('aria-expanded', 'false')
    await keyboard.press('ArrowRight')
    await expect(folder).toHaveAttribute('aria-expanded', 'true')
    await keyboard.press('ArrowDown')
    await standsOn(stage.key('user:1:name'))
    await keyboard.press('Enter')
    await expect(value).toContainText('"Ann"')

    await keyboard.press('F6')
    await standsOn(page.locator('[data-pane="value"]'))
    await tabTo(value.getByRole('button', { name: 'SET', exact: true }))
    await keyboard.press('Enter')
    await standsOn(value.getByRole('textbox', { name: t.words.value }))
    await line('Anna')
    await stage.ends('A', '> SET user:1:name Anna OK')
    await expect(value).toContainText('"Anna"')
    // From the form it goes back to where it came from.
    await standsOn(value.getByRole('button', { name: 'SET', exact: true }))
    await tabTo(value.getByRole('button', { name: t.writeTip('GET user:1:name') }), 'Shift+Tab')
    await keyboard.press('Enter')
    await standsOn(stage.prompt('A'))
    await expect(stage.prompt('A')).toHaveValue('GET user:1:name')
    await keyboard.press('Enter')
    await stage.ends('A', '> GET user:1:name "Anna"')
  })

  test(`palette, clients, header and playground by keyboard: ${language}`, async ({ page }) => {
    const stage = new Stage(page, language)
    const { keyboard } = page
    const { t } = stage
    const palette = page.getByRole('dialog', { name: t.palette })
    const find = async (words: string) => {
      await keyboard.press('Control+k')
      await standsOn(palette.getByRole('combobox'))
      await keyboard.type(words)
      await expect(palette.getByRole('option').first()).toContainText(words)
      await keyboard.press('Enter')
    }
    await stage.open(`?lang=${language}`)
    await keyboard.type('SET capital Oslo')
    await keyboard.press('Enter')
    await stage.ends('A', '> SET capital Oslo OK')
    await find(t.clientName('B'))
    await standsOn(stage.prompt('B'))
    await keyboard.type('SET capital Bergen')
    await keyboard.press('Enter')
    await stage.ends('B', '> SET capital Bergen OK')
    await keyboard.press('Control+Alt+1')
    await standsOn(stage.prompt('A'))

    // Round the other way the header comes after the lesson, and the value after the header. Two presses in one frame are two.
    await page.evaluate(() => {
      const press = { key: 'F6', shiftKey: true, bubbles: true }
      for (let i = 0; i < 2; i++) document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', press))
    })
    await standsOn(page.getByRole('banner').getByRole('button').first())
    await tabTo(stage.button(t.undo))
    await keyboard.press('Enter')
    await expect(stage.bar).toContainText(t.undid('SET capital Bergen'))
    await standsOn(stage.button(t.undo))
    await tabTo(stage.button(t.clockTip), 'Shift+Tab')
    await keyboard.press('Enter')
    const menu = page.getByRole('dialog', { name: t.clockTip })
    await tabTo(menu.getByRole('button', { name: t.clockRate(0) }))
    await keyboard.press('Enter')
    await expect(stage.bar).toContainText(t.clockPaused)
    await keyboard.press('Escape')
    await standsOn(stage.button(t.clockTip))
    await keyboard.press('Shift+F6')
    await standsOn(page.locator('[data-pane="value"]'))
    await keyboard.press('F6')
    await standsOn(page.getByRole('banner').getByRole('button').first())

    await find(t.playground)
    const playground = page.getByRole('region', { name: t.playground, exact: true })
    await expect(playground.getByRole('button').first()).toBeVisible()
    await standsOn(stage.prompt('A'))
    await keyboard.press('Shift+F6')
    await standsOn(playground.locator('[data-lands]'))
    await tabTo(playground.getByRole('button').first())
    await keyboard.press('Enter')
    await stage.ends('A', '> SET Atlantis unknown EX 600 OK')
    await standsOn(stage.prompt('A'))
  })
}

test.describe('at 390 px', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('F6 goes from tab to tab, and Ctrl+Alt+2 to client B from each', async ({ page }) => {
    const stage = new Stage(page, 'en')
    const { keyboard } = page
    await stage.open()
    await keyboard.type('SET capital Oslo')
    await keyboard.press('Enter')
    await stage.ends('A', '> SET capital Oslo OK')
    await keyboard.press('F6')
    await standsOn(stage.key('capital'))
    await keyboard.press('F6')
    await standsOn(page.locator('[data-pane="value"]'))
    await keyboard.press('F6')
    await standsOn(page.getByRole('banner').getByRole('button').first())
    await keyboard.press('F6')
    await standsOn(stage.lesson.locator('[data-lands]'))
    await keyboard.press('Control+Alt+2')
    await standsOn(stage.prompt('B'))
    await keyboard.type('GET capital')
    await keyboard.press('Enter')
    await stage.ends('B', '> GET capital "Oslo"')
  })
})

test('a menu opened while the page still starts keeps the focus', async ({ page }) => {
  const stage = new Stage(page, 'en')
  let start = () => {}
  const held = new Promise<void>((go) => {
    start = go
  })
  await page.route(/\/worker-[^/]*\.js$/, async (route) => {
    await held
    await route.continue()
  })
  await page.goto('./')
  const menu = await stage.menu(stage.t.clockTip)
  start()
  await expect(stage.prompt('A')).toBeEditable()
  await expect(menu).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(stage.button(stage.t.clockTip)).toBeFocused()
})

test('the console says each reply once, in few words', async ({ page }) => {
  const stage = new Stage(page, 'en')
  await stage.open()
  const said = page.locator('[data-part="said"][aria-live="polite"]')
  await expect(stage.log('A')).toHaveAttribute('aria-live', 'off')
  await expect(said).toHaveText('')
  await stage.say('A', 'SET capital Oslo')
  await expect(said).toHaveText('OK')
  await stage.say('A', 'LPUSH capital x')
  await expect(said).toHaveText(/^\(error\) WRONGTYPE [^\n]*\ncapital holds a string; this command works on a list\.$/)
  const items = Array.from({ length: 700 }, (_, i) => `item:${i}`)
  await stage.say('A', `RPUSH long ${items.join(' ')}`, 'LRANGE long 0 -1')
  await expect(said).toHaveText('1) "item:0" 2) "item:1" 3) "item:2" and 697 more lines')
  await stage.say('B', 'SUBSCRIBE news')
  await stage.say('A', 'PUBLISH news hello')
  await expect(said).toContainText('"message"')
  // Another session's rows are no news.
  await stage.play()
  await stage.menu(stage.t.sessions)
  await page.getByRole('button', { name: /^Keys and values/ }).click()
  await stage.shows('A', '> PUBLISH news hello')
  await expect(said).toContainText('"message"')
})
