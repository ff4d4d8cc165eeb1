// A lesson from another site, by its address: asked about first, fetched as data only, played as a teacher's own file.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { messages } from '../src/app/i18n/all.ts'
import { addressMessages } from '../src/app/i18n/address.ts'
import { otherSite, type Answer } from './other-site.ts'
import { expect, test } from './playground.ts'

test.use({ ignoreHTTPSErrors: true })

const s = addressMessages.en
const lesson = (title: string) => `---
id: from-afar
title: ${title}
minutes: 4
---

## one: Say hello

Type it.

\`\`\`check
There is a hello.
GET hello => "world"
\`\`\`

\`\`\`redis solution
SET hello world
\`\`\`
`
const free = { 'access-control-allow-origin': '*' }
const gives =
  (body: string, type = 'text/markdown; charset=utf-8'): Answer =>
  (response) =>
    void response.writeHead(200, { ...free, 'content-type': type }).end(body)
const sendsTo =
  (location: string): Answer =>
  (response) =>
    void response.writeHead(302, { ...free, location }).end()

const card = (page: Page, words = s) =>
  page.getByRole('dialog', {
    name: new RegExp(`^(?:${[words.title, words.openTitle, words.cannot].join('|').replaceAll('?', '\\?')})$`),
  })
const axe = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)

test('is asked about, fetched, asked about once more, and stays with its session', async ({ playground, page }) => {
  const site = await otherSite({ '/hats.md': gives(lesson('Hats from afar')) })
  try {
    await page.goto(`./#lesson=${site.origin}/hats.md`)
    await expect(card(page)).toContainText(new URL(site.origin).host)
    await expect(card(page).getByRole('button', { name: s.load })).toBeVisible()
    expect(site.asked).toEqual([])
    expect(await axe(page)).toEqual([])
    await card(page).getByRole('button', { name: s.load }).click()
    await expect(card(page)).toContainText('Hats from afar')
    await expect(card(page)).toContainText(s.holds(1, 4))
    expect(await axe(page)).toEqual([])
    const [{ headers } = { headers: {} }] = site.asked
    expect(headers).toMatchObject({ 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' })
    for (const name of ['cookie', 'referer', 'authorization']) expect(headers).not.toHaveProperty(name)
    await card(page).getByRole('button', { name: s.start }).click()
    await expect(card(page)).toHaveCount(0)
    await expect(playground.lesson).toContainText('Say hello')
    await expect.poll(() => new URL(page.url()).hash).toBe('')
    await playground.run('A', 'SET hello world', 'OK')
    await expect(playground.lesson.locator('[data-check][data-holds="true"]')).toHaveCount(1)
    await playground.saved()
    site.close()
    await playground.reload()
    await expect(playground.lesson).toContainText('Say hello')
    expect(site.asked).toHaveLength(1)
  } finally {
    site.close()
  }
})

test('says in both languages why it cannot be opened, and asks no site that it need not', async ({ page, faults }) => {
  const plain = await otherSite({ '/hats.md': gives(lesson('In the clear')) }, true)
  const second = await otherSite({ '/hats.md': gives(lesson('From the second')) })
  const site = await otherSite({
    '/shut.md': (response) => void response.writeHead(200, { 'content-type': 'text/markdown' }).end(lesson('Shut')),
    '/large.md': gives(`${lesson('Large')}${'x'.repeat(256 * 1024)}`),
    // It never ends, and does not say how long it is.
    '/endless.md': (response) => {
      response.writeHead(200, { ...free, 'content-type': 'text/plain' })
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      }
      response.on('drain', more)
      more()
    },
    '/page.html': gives('<!doctype html><script>fetch("/stolen")</script>', 'text/html'),
    '/picture.md': gives('\x89PNG\0', 'image/png'),
    '/bytes.md': gives('\0\0\0'),
    '/wrong.md': gives('# Hello\n'),
    '/down.md': sendsTo(`${plain.origin}/hats.md`),
    '/on.md': sendsTo(`${second.origin}/hats.md`),
  })
  const begin = { en: 'Begin the file with a line ---', ko: '파일을 --- 줄로 시작하고' }
  try {
    for (const language of ['en', 'ko'] as const) {
      const words = addressMessages[language]
      await page.goto(`./?lang=${language}#lesson=`)
      const told = async (fragment: string, says: string, loads: boolean) => {
        await page.evaluate((hash) => (location.hash = hash), `lesson=${fragment}`)
        if (loads) await card(page, words).getByRole('button', { name: words.load, exact: true }).click()
        await expect(card(page, words)).toContainText(says)
        await expect(card(page, words).getByRole('button', { name: words.start })).toHaveCount(0)
        await card(page, words).getByRole('button', { name: messages[language].dismiss }).click()
        await expect(card(page, words)).toHaveCount(0)
      }
      await expect(card(page, words)).toContainText(words.why['no-address'])
      await card(page, words).getByRole('button', { name: messages[language].dismiss }).click()
      await expect(card(page, words)).toHaveCount(0)
      await told(`${plain.origin}/hats.md`, words.why['not-https'], false)
      await told('javascript:alert(1)', words.why['not-https'], false)
      await told('data:text/plain,hello', words.why['not-https'], false)
      await told('https://me:secret@example.org/x.md', words.why['no-address'], false)
      await told(`${site.origin}/shut.md`, words.why.unreachable, true)
      await told(`${site.origin}/down.md`, words.why.unreachable, true)
      await told(`${site.origin}/large.md`, words.why['too-large'], true)
      await told(`${site.origin}/endless.md`, words.why['too-large'], true)
      await told(`${site.origin}/page.html`, words.why['not-text'], true)
      await told(`${site.origin}/picture.md`, words.why['not-text'], true)
      await told(`${site.origin}/bytes.md`, words.why['not-text'], true)
      await told(`${site.origin}/none.md`, words.status(404), true)
      await told(encodeURIComponent(`${site.origin}/wrong.md`), `${words.line(1)} ${begin[language]}`, true)
      // Sent on to another site over TLS: it is that one which is named.
      await page.evaluate((hash) => (location.hash = hash), `lesson=${site.origin}/on.md`)
      await card(page, words).getByRole('button', { name: words.load, exact: true }).click()
      await expect(card(page, words)).toContainText('From the second')
      await expect(card(page, words)).toContainText(new URL(second.origin).host)
      await card(page, words).getByRole('button', { name: words.notNow }).click()
    }
    expect(plain.asked).toEqual([])
    expect(site.asked.filter(({ path }) => path === '/stolen')).toEqual([])
    // The browser says aloud what it held back.
    expect(
      faults.filter(
        (each) => !/CORS policy|Content Security Policy|Failed to load resource|Fetch API cannot load/.test(each),
      ),
    ).toEqual([])
    faults.length = 0
  } finally {
    for (const each of [plain, second, site]) each.close()
  }
})
