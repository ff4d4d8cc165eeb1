// A session goes to another browser by a link or a file, and nothing that is there is touched.
import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Locator, Page } from '@playwright/test'
import { messages } from '../src/app/i18n/all.ts'
import { paletteMessages } from '../src/app/i18n/palette.ts'
import { scriptMessages } from '../src/app/i18n/script.ts'
import { shareMessages } from '../src/app/i18n/share.ts'
import type { Input } from '../src/session/protocol.ts'
import { writeLink } from '../src/share/link.ts'
import { linkBombs } from '../src/share/testing.ts'
import { split } from '../src/wire/line.ts'
import { expect, Playground, test } from './playground.ts'

const s = shareMessages.en

const card = (page: Page, words = s) =>
  page.getByRole('dialog', { name: new RegExp(`${words.arrived}|${words.cannot}`) })
const dialog = (page: Page) => page.getByRole('dialog', { name: s.share })

async function share(playground: Playground): Promise<Locator> {
  const list = await playground.sessions()
  await list.getByRole('button', { name: messages.en.shareOrExport }).click()
  await expect(dialog(playground.page)).toBeVisible()
  return dialog(playground.page)
}

const linkIn = async (box: Locator) => {
  const field = box.getByRole('textbox', { name: s.link })
  await expect(field).toHaveValue(/#1\./)
  return field.inputValue()
}

/** Another person's browser, at that link. */
async function elsewhere(browser: Browser, link: string, size = { width: 1440, height: 900 }) {
  const context = await browser.newContext({ viewport: size })
  const page = await context.newPage()
  await page.goto(link)
  return { page, playground: new Playground(page) }
}

const axe = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)

/** All that is stored, but when it was used last. */
const stored = (page: Page, but: readonly string[] = []) =>
  page.evaluate(async (but) => {
    const told: string[] = []
    for (const { name, version } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((done, failed) => {
        const asked = indexedDB.open(name!, version)
        asked.onsuccess = () => done(asked.result)
        asked.onerror = () => failed(new Error('no database'))
      })
      for (const table of db.objectStoreNames) {
        const all = db.transaction(table).objectStore(table)
        const [keys, values] = await Promise.all(
          [all.getAllKeys(), all.getAll()].map(
            (asked) => new Promise<unknown[]>((done) => (asked.onsuccess = () => done(asked.result as unknown[]))),
          ),
        )
        const plain = (_: string, value: unknown) => (value instanceof Uint8Array ? [...value].join() : value)
        for (const [i, key] of keys!.entries())
          told.push(`${table} ${JSON.stringify(key)} ${JSON.stringify(values![i], plain)}`)
      }
      db.close()
    }
    return told.filter((row) => !but.some((id) => row.includes(id))).toSorted()
  }, but)

test('a session goes to another browser by its link, with rows, keys, lesson and undo', async ({
  playground,
  page,
  browser,
}) => {
  await playground.open()
  await playground.run('A', 'SET hats 3', 'OK')
  await playground.run('B', 'INCR hats', '(integer) 4')
  await playground.run('B', 'MULTI', 'OK')
  await playground.run('B', 'INCR hats', 'QUEUED')
  const box = await share(playground)
  const link = await linkIn(box)
  await expect(box.getByRole('list', { name: s.fitsIn })).toContainText(`${s.chat} ${s.fits}`)
  expect(await axe(page)).toEqual([])
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await box.getByRole('button', { name: s.copyLink }).click()
  await expect(box.getByText(messages.en.copied)).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
  const other = await elsewhere(browser, link)
  await expect(card(other.page)).toContainText('Keys and values · 4 commands · 1 key')
  expect(await axe(other.page)).toEqual([])
  await card(other.page).getByRole('button', { name: s.openIt }).click()
  await expect(card(other.page)).toHaveCount(0)
  await expect.poll(() => new URL(other.page.url()).hash).toBe('')
  await other.playground.shows('A', '> SET hats 3 OK')
  await other.playground.shows('B', '> INCR hats (integer) 4')
  await other.playground.run('B', 'EXEC', '1) (integer) 5')
  await other.playground.button('Undo').click()
  await other.playground.run('A', 'GET hats', '"4"')
  await expect(other.playground.lesson).toBeVisible()
  await other.playground.saved()
  await other.playground.reload()
  await other.playground.shows('A', '> SET hats 3 OK')
})

test('opening leaves all other sessions as they are, byte for byte', async ({ playground, page }) => {
  await playground.open()
  await playground.run('A', 'SET mine 1', 'OK')
  const link = await linkIn(await share(playground))
  await dialog(page).getByRole('button', { name: s.close }).click()
  await playground.run('A', 'SET mine 2', 'OK')
  await playground.saved()
  const list = await playground.sessions()
  await list.getByRole('button', { name: 'New session' }).click()
  await expect(playground.bar).toContainText('0 keys')
  await playground.run('A', 'SET third 1', 'OK')
  await playground.saved()
  const before = await stored(page)
  expect(before.length).toBeGreaterThan(3)
  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash)
  await card(page).getByRole('button', { name: s.notNow }).click()
  await expect(card(page)).toHaveCount(0)
  await expect.poll(() => new URL(page.url()).hash).toBe('')
  expect(await stored(page)).toEqual(before)
  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash)
  await card(page).getByRole('button', { name: s.openIt }).click()
  await playground.ends('A', '> SET mine 1 OK')
  await playground.saved()
  const after = await stored(page)
  expect(before.filter((row) => !after.includes(row))).toEqual([])
  const again = await playground.sessions()
  await expect(again.getByRole('button', { name: /this one|\d+ keys?/ })).toHaveCount(3)
})

test('a moment is what was there then', async ({ playground, page, browser }) => {
  await playground.open()
  await playground.run('A', 'SET hats 3', 'OK')
  await playground.run('A', 'DEL hats', '(integer) 1')
  const box = await share(playground)
  await box.getByRole('radio', { name: s.moment }).check()
  await box.getByRole('combobox', { name: s.momentOf }).selectOption('A> SET hats 3')
  await box.getByRole('radio', { name: s.image }).check()
  const link = await linkIn(box)
  const other = await elsewhere(browser, link)
  await expect(card(other.page)).toContainText('Keys and values · 1 key')
  await card(other.page).getByRole('button', { name: s.openIt }).click()
  await expect(card(other.page)).toHaveCount(0)
  await other.playground.run('A', 'GET hats', '"3"')
  expect(await axe(page)).toEqual([])
})

test('where a password was typed, the way there is not offered', async ({ playground }) => {
  await playground.open()
  await playground.run('A', 'CONFIG SET requirepass secret', 'OK')
  const box = await share(playground)
  await expect(box.getByRole('radio', { name: s.log })).toBeDisabled()
  await expect(box).toContainText(s.noLogSecret)
  await expect(box.getByRole('radio', { name: s.image })).toBeChecked()
})

test('a lesson at its step, and a script', async ({ playground, page, browser }) => {
  await playground.open('?lesson=last-hat')
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Step 2/ })
    .click()
  const box = await share(playground)
  await box.getByRole('radio', { name: /^The lesson .* at step 2/ }).check()
  const other = await elsewhere(browser, await linkIn(box))
  await card(other.page).getByRole('button', { name: s.openIt }).click()
  const second = other.page.getByRole('navigation').getByRole('button', { name: /^Step 2/ })
  await expect(second).toHaveAttribute('aria-current', 'step')
  await box.getByRole('button', { name: s.close }).click()
  await page.getByRole('tab', { name: messages.en.script }).click()
  await page.getByRole('button', { name: scriptMessages.en.takeExample }).click()
  const again = await share(playground)
  await again.getByRole('radio', { name: s.script, exact: true }).check()
  const third = await elsewhere(browser, await linkIn(again))
  await expect(card(third.page).getByRole('textbox')).toHaveValue(scriptMessages.en.example)
  await card(third.page).getByRole('button', { name: s.openIt }).click()
  await expect(third.page.getByRole('tab', { name: messages.en.script, selected: true })).toBeVisible()
  await expect(third.page.getByRole('tabpanel', { name: messages.en.script })).toContainText('capital:bahamas')
})

const made = async (line: string, digest = '0'.repeat(40)) => {
  const inputs: Input[] = [
    { do: 'connect', at: 1, client: 1, name: 'A', db: 0 },
    { do: 'send', at: 1, client: 1, argv: split(line)! },
  ]
  const link = await writeLink({ kind: 'log', build: 'another', name: '', seed: 1, began: 1, inputs, digest })
  return `./#${link}`
}

test('a replay that ends elsewhere says so, and can be opened all the same', async ({ playground, page }) => {
  await page.goto(await made('SET hats 3'))
  await expect(card(page).getByRole('alert')).toHaveText(`${s.differs} ${s.otherBuild}`)
  await expect(card(page)).toContainText('A session · 1 command · 1 key')
  await card(page).getByRole('button', { name: s.openIt }).click()
  await playground.ends('A', '> SET hats 3 OK')
})

test('a link that would fill the page with keys is refused', async ({ page }) => {
  await page.goto(await made('DEBUG POPULATE 60000'))
  await expect(card(page)).toContainText(s.broken['too-many-keys'])
})

test('what does not fit goes as a file', async ({ playground, page, browser }, info) => {
  await playground.open()
  await playground.run('A', 'DEBUG POPULATE 20000', 'OK')
  const box = await share(playground)
  await box.getByRole('radio', { name: s.image }).check()
  await expect(box).toContainText(s.tooLong)
  const coming = page.waitForEvent('download')
  await box.getByRole('button', { name: s.saveFile }).click()
  const file = info.outputPath('session.rediscover')
  await (await coming).saveAs(file)
  const other = await elsewhere(browser, page.url())
  await other.playground.ready()
  const list = await other.playground.sessions()
  await list.getByLabel(messages.en.openFile).setInputFiles(file)
  await expect(card(other.page)).toContainText('20,000 keys')
  await card(other.page).getByRole('button', { name: s.openIt }).click()
  // Twenty thousand keys are tried and stored first.
  await expect(card(other.page)).toHaveCount(0, { timeout: 30_000 })
  await other.playground.run('A', 'DBSIZE', '(integer) 20000')
  const again = await other.playground.sessions()
  await again
    .getByLabel(messages.en.openFile)
    .setInputFiles({ name: 'x.rediscover', mimeType: 'text/plain', buffer: Buffer.from('hello') })
  await expect(card(other.page)).toContainText(s.broken['no-file'])
})

test('the consoles as Markdown and as a script', async ({ playground, page }) => {
  await playground.open()
  await playground.run('A', 'SET hats 3', 'OK')
  await playground.run('B', 'INCR hats', '(integer) 4')
  const box = await share(playground)
  const written = async (name: string) => {
    const coming = page.waitForEvent('download')
    await box.getByRole('button', { name, exact: true }).click()
    return readFile(await (await coming).path(), 'utf8')
  }
  expect(await written(s.redis)).toBe('A> SET hats 3\nB> INCR hats\n')
  expect(await written(s.markdown)).toBe(
    [
      'A',
      '```text',
      '127.0.0.1:6379> SET hats 3',
      'OK',
      '```',
      'B',
      '```text',
      '127.0.0.1:6379> INCR hats',
      '(integer) 4',
      '```',
    ]
      .join('\n')
      .replaceAll(/^([AB])$/gm, '## $1\n')
      .replace('```\n## B', '```\n\n## B') + '\n',
  )
})

for (const [what, change, says] of [
  ['cut off', (hash: string) => hash.slice(0, -9), 'damaged'],
  [
    'changed',
    (hash: string) => hash.replace(/(.{20})(.)/, (_, head: string, one: string) => head + (one === 'A' ? 'B' : 'A')),
    'damaged',
  ],
  ['newer', (hash: string) => hash.replace('#1.', '#2.'), 'newer'],
  ['oversized', () => `#1.${'A'.repeat(70_000)}`, 'too-large'],
] as const)
  test(`a link that is ${what} is told in words, in both languages`, async ({ playground, page }) => {
    await playground.open()
    await playground.run('A', 'SET hats 3', 'OK')
    const link = await linkIn(await share(playground))
    const hash = change(new URL(link).hash)
    for (const language of ['en', 'ko'] as const) {
      await page.goto('about:blank')
      await page.goto(`./?lang=${language}${hash}`)
      const words = shareMessages[language]
      await expect(card(page, words)).toContainText(words.broken[says])
      await expect(card(page, words).getByRole('button', { name: words.openIt })).toHaveCount(0)
      await card(page, words).getByRole('button', { name: messages[language].dismiss }).click()
      await expect(card(page, words)).toHaveCount(0)
      await expect.poll(() => new URL(page.url()).hash).toBe('')
    }
  })

test('at 390 px, in Korean, by keys', async ({ page, playground, browser }) => {
  const ko = shareMessages.ko
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('./?lang=ko')
  await page.getByRole('textbox', { name: /A/ }).first().waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: paletteMessages.ko.hint }).fill('공유')
  await expect(page.getByRole('option', { name: messages.ko.shareOrExport })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  const box = page.getByRole('dialog', { name: ko.share })
  await expect(box.getByRole('textbox', { name: ko.link })).toHaveValue(/#1\./)
  const wide = await box.evaluate((element) => element.scrollWidth - element.clientWidth)
  expect(wide).toBeLessThanOrEqual(0)
  expect(await axe(page)).toEqual([])
  const link = await box.getByRole('textbox', { name: ko.link }).inputValue()
  await page.keyboard.press('Escape')
  await expect(box).toHaveCount(0)
  const other = await elsewhere(browser, link.replace('#', '?lang=ko#'), { width: 390, height: 844 })
  await expect(card(other.page, ko)).toContainText(ko.untouched)
  expect(await axe(other.page)).toEqual([])
  await other.page.keyboard.press('Enter')
  await expect(card(other.page, ko)).toHaveCount(0)
  expect(playground.page).toBe(page)
})

test('of a bomb a browser is handed no more than what shows that it is one', async ({ page }) => {
  const { fragment } = linkBombs().find(({ name }) => name === 'an image of 48 MB')!
  await page.addInitScript(() => {
    const { prototype } = WritableStreamDefaultWriter
    const real = Object.getOwnPropertyDescriptor(prototype, 'write')!.value as (chunk: Uint8Array) => Promise<void>
    prototype.write = function (this: WritableStreamDefaultWriter, chunk: Uint8Array) {
      document.documentElement.dataset['handed'] = String(
        Number(document.documentElement.dataset['handed'] ?? 0) + chunk.length,
      )
      return real.call(this, chunk)
    }
  })
  await page.goto(`./#${fragment}`)
  await expect(card(page)).toContainText(s.broken['too-large'])
  const handed = Number(await page.locator('html').getAttribute('data-handed'))
  expect(handed).toBeGreaterThan(4000)
  // The link's 48 kB would come to 48 MB.
  expect(handed).toBeLessThan(8000)
})
