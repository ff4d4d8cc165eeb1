// The course map: what is done shows there and goes on from there, in either language; a teacher's file; paper.
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { messages } from '../src/app/i18n/all.ts'
import { mapMessages } from '../src/app/i18n/map.ts'
import { languages, type Language } from '../src/wire/text.ts'
import { expect, test, type Playground } from './playground.ts'

const titles = {
  en: { first: 'First contact', second: 'Keys and values' },
  ko: { first: '첫 만남', second: '키와 값' },
}

async function openMap({ page }: Playground, language: Language): Promise<Locator> {
  const t = messages[language]
  await page.getByRole('button', { name: t.lessons, exact: true }).click()
  await page.getByRole('dialog', { name: t.lessons }).getByRole('button', { name: t.courseMap }).click()
  return mapIn(page, language)
}

const mapIn = (page: Page, language: Language) => page.getByRole('dialog', { name: messages[language].courseMap })

const own = `---
id: my-hats
title: Hats of mine
minutes: 3
---

## one: Put a hat

Type what you read.

\`\`\`redis run
SET hat red
\`\`\`

\`\`\`check
The hat is red.
GET hat => "red"
\`\`\`

\`\`\`redis solution
SET hat red
\`\`\`

## two: Look at it

That was all.
`
const asFile = (text: string, name = 'hats.md') => ({ name, mimeType: 'text/markdown', buffer: Buffer.from(text) })

/** Plays the lesson "keys-and-values" to its end. */
async function playThrough(playground: Playground, language: Language): Promise<void> {
  const { lesson } = playground
  const t = messages[language]
  for (const line of [
    'SET Croatia Zagreb',
    'GET Japan',
    'SET Bahamas Nassau',
    'EXISTS Croatia Sweden Bahamas',
    'DEL Bahamas',
  ]) {
    await playground.send('A', line)
    await expect(lesson.locator('[data-check][data-holds="false"]')).toHaveCount(0)
    await lesson.getByRole('button', { name: new RegExp(`^(${t.next}|${t.finish})$`) }).click()
  }
  await expect(lesson).toContainText(t.lessonDone)
}

for (const language of languages)
  test(`a lesson that is finished is ticked on the map, leads to the next, and can be forgotten: ${language}`, async ({
    playground,
    page,
  }) => {
    const t = mapMessages[language]
    await playground.open(`?lang=${language}`)
    let map = await openMap(playground, language)
    await expect(map.getByRole('button', { name: t.start, exact: true })).toBeFocused()
    await expect(map.getByRole('listitem').filter({ hasText: t.stateWords.done })).toHaveCount(0)
    await page.keyboard.press('Escape')
    await expect(map).toHaveCount(0)

    await playThrough(playground, language)
    await expect(playground.lesson.getByRole('button', { name: t.nextLesson })).toBeVisible()
    await playground.lesson.getByRole('button', { name: messages[language].courseMap }).click()
    map = mapIn(page, language)
    const done = map.getByRole('button', { name: t.stateWords.done })
    await expect(done).toHaveCount(1)

    await playground.reload()
    await openMap(playground, language)
    await expect(done).toHaveCount(1)
    await map.getByRole('button', { name: t.reset }).click()
    await expect(done).toHaveCount(0)
    await expect(map).toContainText(t.resetDone)
    await map.getByRole('button', { name: t.undoReset }).click()
    await expect(done).toHaveCount(1)

    await page.keyboard.press('Escape')
    await playground.lesson.getByRole('button', { name: t.nextLesson }).click()
    await expect(playground.lesson).not.toContainText(messages[language].lessonDone)
  })

test('progress goes into a file and comes back in another browser; another file is refused in words', async ({
  playground,
  page,
  browser,
}) => {
  const t = mapMessages.en
  await playground.open()
  await playThrough(playground, 'en')
  let map = await openMap(playground, 'en')
  const saved = page.waitForEvent('download')
  await map.getByRole('button', { name: t.exportIt }).click()
  const file = await (await saved).path()

  const other = await browser.newContext()
  try {
    const there = await other.newPage()
    await there.goto(page.url())
    await there.getByRole('button', { name: 'Lessons', exact: true }).click()
    await there.getByRole('button', { name: 'Course map' }).click()
    map = mapIn(there, 'en')
    const input = map.locator('input[accept*="json"]')
    await input.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') })
    await expect(map).toContainText(t.notImported)
    await input.setInputFiles(file)
    await expect(map).toContainText(t.imported)
    await expect(map.getByRole('button', { name: t.stateWords.done })).toHaveCount(1)
  } finally {
    await other.close()
  }
})

test('two tabs add to one progress', async ({ playground, page, context }) => {
  await playground.open()
  const other = await context.newPage()
  await other.goto('./?lesson=first-contact')
  await expect(other.getByRole('textbox', { name: 'Command for client A' })).toBeEditable()
  await other.getByRole('region', { name: 'Lesson' }).getByRole('button', { name: 'Next' }).click()
  await playThrough(playground, 'en')
  const kept = await page.evaluate(() => localStorage.getItem('rediscover.progress'))
  expect(Object.keys((JSON.parse(kept!) as { lessons: object }).lessons)).toEqual(['first-contact', 'keys-and-values'])
  await other.getByRole('button', { name: 'Lessons', exact: true }).click()
  await other.getByRole('button', { name: 'Course map' }).click()
  await expect(mapIn(other, 'en').getByRole('button', { name: 'finished' })).toHaveCount(1)
})

for (const [language, word] of [
  ['en', 'capital'],
  ['ko', '수도'],
] as const)
  test(`what was learnt is looked up without touching the lesson: ${language}`, async ({ playground, page }) => {
    const t = mapMessages[language]
    await playground.open(`?lang=${language}`)
    await playThrough(playground, language)
    const map = await openMap(playground, language)
    await map.getByRole('searchbox').fill('HGETALL')
    await expect(map.getByRole('listitem').first()).toContainText('HGETALL')
    await map.getByRole('searchbox').fill(word)
    const hit = map.getByRole('listitem').getByRole('button', { name: titles[language].second }).first()
    await hit.press('Enter')
    await expect(map).toContainText(t.reference)
    await expect(map.getByRole('heading', { level: 3 }).first()).toBeFocused()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations).toEqual([])
    await page.keyboard.press('Escape')
    await expect(map).toHaveCount(0)
    await expect(playground.lesson).toContainText(messages[language].lessonDone)
    await playground.run('A', 'GET Croatia', '"Zagreb"')
  })

test('a step that was looked up opens in its lesson, where all stays done', async ({ playground }) => {
  await playground.open()
  await playThrough(playground, 'en')
  const map = await openMap(playground, 'en')
  await map.getByRole('searchbox').fill('EXISTS')
  await map.getByRole('listitem').getByRole('button', { name: titles.en.second }).first().click()
  await map.getByRole('button', { name: mapMessages.en.openStep }).click()
  await expect(map).toHaveCount(0)
  await expect(
    playground.lesson
      .getByRole('listitem')
      .filter({ hasText: /^(was )?done/ })
      .first(),
  ).toBeVisible()
})

test("a teacher's file is asked about, runs in a session of its own, and is there after a reload", async ({
  playground,
  page,
}) => {
  const t = mapMessages.en
  await playground.open()
  await playground.run('A', 'SET mine 1', 'OK')
  const map = await openMap(playground, 'en')
  await map.locator('input[accept*="md"]').setInputFiles(asFile(own))
  const ask = page.getByRole('dialog', { name: t.fileTitle })
  await expect(ask).toContainText('Hats of mine')
  await expect(ask).toContainText('2 steps, 3 minutes')
  await expect(ask).toContainText(t.fileSafe)
  await page.getByRole('button', { name: t.fileStart }).click()
  await expect(playground.lesson).toContainText('Put a hat')
  await playground.run('A', 'GET mine', '(nil)')
  await playground.run('A', 'SET hat red', 'OK')
  await expect(playground.lesson.getByRole('listitem').filter({ hasText: /^done/ })).toHaveCount(1)
  await playground.saved()
  await playground.reload()
  await expect(playground.lesson).toContainText('Put a hat')
  await expect(playground.lesson.getByRole('listitem').filter({ hasText: 'done' })).toHaveCount(1)
})

test('a dropped file with mistakes tells them with their lines, in either language', async ({ playground, page }) => {
  const says = { en: 'This step has a check but no', ko: '이 단계에는 ```check만 있고' }
  for (const language of ['en', 'ko'] as const) {
    const t = mapMessages[language]
    await playground.open(`?lang=${language}`)
    await page.evaluate(
      (text) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([text], 'wrong.md'))
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
      },
      own.replace(/```redis solution[^`]*```/, ''),
    )
    const told = page.getByRole('dialog', { name: t.fileBad })
    await expect(told.getByRole('listitem')).toHaveCount(1)
    await expect(told).toContainText(t.problemAt('wrong.md', 7))
    await expect(told).toContainText(says[language])
  }
})

test('on paper there is the whole lesson and nothing else', async ({ playground, page }) => {
  await playground.open('?theme=dark')
  await page.getByRole('button', { name: 'Lessons', exact: true }).click()
  await page.getByRole('button', { name: messages.en.printLesson }).click()
  const sheet = page.getByRole('article')
  await expect(sheet.getByRole('heading', { level: 3 })).toHaveCount(5)
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  await page.getByRole('button', { name: mapMessages.en.print, exact: true }).click()
  await expect(page.locator('body')).toHaveAttribute('data-printed', '')
  await page.emulateMedia({ media: 'print' })
  await expect(sheet).toBeVisible()
  for (const hidden of [playground.prompt('A'), page.getByRole('button', { name: mapMessages.en.print })])
    await expect(hidden).toBeHidden()
  const height = await sheet.evaluate((box) => box.getBoundingClientRect().height)
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(height)
})

test('the projector size is remembered, and the address can ask for it', async ({ playground, page }) => {
  const size = () => playground.prompt('A').evaluate((box) => box.getBoundingClientRect().height)
  const sticksOut = () =>
    page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight)
  await playground.open()
  const normal = await size()
  await playground.open('?size=projector')
  expect(await size()).toBeGreaterThan(normal * 1.3)
  expect(await sticksOut()).toBeLessThanOrEqual(0)
  await playground.open()
  expect(await size()).toBe(normal)
  const map = await openMap(playground, 'en')
  await map.getByRole('button', { name: mapMessages.en.projector }).click()
  await page.keyboard.press('Escape')
  await playground.reload()
  expect(await size()).toBeGreaterThan(normal * 1.3)
})

test('the map works on a phone, by keyboard alone', async ({ playground, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await playground.open('?lang=ko')
  const map = await openMap(playground, 'ko')
  const start = map.getByRole('button', { name: mapMessages.ko.start, exact: true })
  await expect(start).toBeFocused()
  expect(await map.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0)
  await page.keyboard.press('Tab')
  await expect(map.getByRole('searchbox')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(map.getByRole('listitem').getByRole('button').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(map).toHaveCount(0)
  await expect(page.getByRole('main')).toContainText(titles.ko.first)
})
