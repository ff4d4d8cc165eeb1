import { pane } from './lesson-pane.ts'
import { expect, test } from './playground.ts'

test('the first visit has the prompt in view, ready to type', async ({ page, playground }) => {
  await playground.visit()
  await expect(playground.prompt('A')).toBeInViewport({ ratio: 1 })
  await expect(playground.prompt('A')).toBeFocused()
  await page.keyboard.type('PING')
  await page.keyboard.press('Enter')
  await playground.ends('A', '127.0.0.1:6379> PING PONG')
  await expect(pane(playground, 'en').ticks).toHaveCount(1)
  await page.keyboard.type('SET Croatia Zagreb')
  await page.keyboard.press('Enter')
  await playground.ends('A', '127.0.0.1:6379> SET Croatia Zagreb OK')
  await expect(playground.key('Croatia')).toBeVisible()
  await expect(playground.value).toContainText('"Zagreb"')
  await expect(page).toHaveTitle(/^Rediscover/)
})

test('the four parts of the page are there by name', async ({ playground }) => {
  await playground.visit()
  for (const part of [playground.client('A'), playground.client('B'), playground.keys, playground.lesson])
    await expect(part).toHaveCount(1)
  await expect(playground.log('A')).toHaveCount(1)
  await expect(playground.log('B')).toHaveCount(1)
  await playground.run('B', 'SET a 1', 'OK')
  await expect(playground.value).toHaveCount(1)
})

for (const { locale, language, undo, title } of [
  { locale: 'en-US', language: 'en', undo: 'Undo', title: 'Knock on the door' },
  { locale: 'ko-KR', language: 'ko', undo: '되돌리기', title: '문 두드리기' },
  { locale: 'fr-FR', language: 'en', undo: 'Undo', title: 'Knock on the door' },
] as const)
  test.describe(`a browser in ${locale}`, () => {
    test.use({ locale })

    test(`begins in ${language}`, async ({ page, playground }) => {
      await playground.visit()
      await expect(page.getByLabel('Language', { exact: true })).toHaveValue(language)
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      await expect(playground.button(undo)).toBeVisible()
      await expect(playground.lesson.getByRole('heading', { name: title })).toBeVisible()
    })
  })

test('the language changes at once and is kept; replies stay as they are', async ({ page, playground }) => {
  await playground.visit()
  await playground.run('A', 'SET a 1', 'OK')
  const language = page.getByRole('combobox', { name: 'Language' })
  await language.selectOption('ko')
  await expect(playground.button('되돌리기')).toBeVisible()
  await expect(playground.lesson.getByRole('heading', { name: '문 두드리기' })).toBeVisible()
  await playground.ends('A', '> SET a 1 OK')
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko')
  await playground.reload()
  await expect(playground.button('되돌리기')).toBeVisible()
  await language.selectOption('en')
  await expect(playground.button('Undo')).toBeVisible()
})

/** How light the page's ground is, from 0 to 255. */
const ground = (colour: string) => Math.max(...(colour.match(/\d+/g) ?? []).slice(0, 3).map(Number))

for (const scheme of ['light', 'dark'] as const)
  test.describe(`a system that is ${scheme}`, () => {
    test.use({ colorScheme: scheme })

    test(`shows a ${scheme} page, and Theme turns it`, async ({ page, playground }) => {
      await playground.visit()
      const light = () =>
        page.evaluate(() => getComputedStyle(document.body).backgroundColor).then((is) => ground(is) > 128)
      expect(await light()).toBe(scheme === 'light')
      await playground.button('Theme').click()
      await expect.poll(light).toBe(scheme === 'dark')
      await playground.reload()
      expect(await light()).toBe(scheme === 'dark')
    })

    test(`gives way to ?theme where it is ${scheme}`, async ({ page, playground }) => {
      const other = scheme === 'light' ? 'dark' : 'light'
      await playground.visit(`?theme=${other}`)
      const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      expect(ground(colour) > 128).toBe(other === 'light')
    })
  })

test('the page follows the system while it is open', async ({ page, playground }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await playground.visit()
  const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor).then(ground)
  expect(await colour()).toBeGreaterThan(128)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(colour).toBeLessThan(128)
})

test('?lang chooses the language', async ({ playground }) => {
  await playground.visit('?lang=ko')
  await expect(playground.button('되돌리기')).toBeVisible()
})

test('?run is typed into the prompt of A, and not run', async ({ playground }) => {
  await playground.visit('?run=SET+a+1')
  await expect(playground.prompt('A')).toHaveValue('SET a 1')
  await expect(playground.prompt('A')).toBeFocused()
  await expect(playground.keys.getByRole('treeitem')).toHaveCount(0)
  await expect(playground.log('A')).not.toContainText('SET a 1')
  await playground.prompt('A').press('Enter')
  await playground.ends('A', '> SET a 1 OK')
  await expect(playground.key('a')).toBeVisible()
})

test('?lesson opens that lesson', async ({ playground }) => {
  await playground.visit('?lesson=keys-and-values')
  await expect(playground.lesson.getByRole('heading', { name: 'Give a value a name' })).toBeVisible()
})

test('where ?lesson was left for the playground, a reload does not lead back to it', async ({ page, playground }) => {
  await playground.visit('?lesson=keys-and-values')
  await playground.button('Lessons').click()
  await page
    .getByRole('dialog', { name: 'Lessons' })
    .getByRole('button', { name: /^Playground/ })
    .click()
  const free = page.getByRole('region', { name: 'Playground', exact: true })
  await expect(free).toBeVisible()
  await playground.saved()
  await playground.reload()
  await expect(free).toBeVisible()
})
