// The tutorial's console examples, typed into the page. What the page then shows is the file, to the byte. Sections that
// stand on what an earlier one left are played after it in one page; each other section has a page of its own.
import { readFileSync } from 'node:fs'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { parse, type Section } from '../src/engine/testing/transcript.ts'

const file = 'src/conformance/tutorial.transcript'
const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')

/** Not played here: its commands are not there yet. */
const notYet = ['Where the notes point next']
const standsOnEarlier = [
  'Many keys at once',
  'Is it there',
  'A hash, field by field',
  'A hash in one go',
  'The wrong type',
  'Clear a database',
  'All or nothing',
  'Watch, undisturbed',
]

const groups: Section[][] = []
for (const section of parse(file, source).filter(({ title }) => !notYet.includes(title))) {
  if (standsOnEarlier.includes(section.title)) groups.at(-1)!.push(section)
  else groups.push([section])
}

/** The section's lines of the file, without its title. */
function wanted(section: Section): string {
  const lines = source.split('\n').slice(section.line)
  const end = lines.indexOf('')
  return lines.slice(0, end < 0 ? undefined : end).join('\n')
}

test('the file has the sections that this test names', () => {
  const titles = parse(file, source).map(({ title }) => title)
  expect(titles).toEqual(expect.arrayContaining([...notYet, ...standsOnEarlier]))
  expect(groups.flat()).toHaveLength(titles.length - notYet.length)
})

for (const group of groups)
  test(group.map(({ title }) => title).join(', '), async ({ page }) => {
    await page.goto('./')
    await stopClock(page)
    const client = page.getByRole('region', { name: 'Client A' })
    await type(client, 'CONFIG SET save ""')
    let db = 0
    for (const section of group) {
      if (section.db !== db) await type(client, `SELECT ${section.db}`)
      db = section.db
      const before = await entries(client).count()
      for (const step of section.steps) if (step.do === 'type') await type(client, step.typed)
      expect(await shown(page, client, before)).toBe(wanted(section))
    }
  })

/** The file tells of seconds that had not begun to pass; on a busy machine they would. The engine's clock stands still. */
async function stopClock(page: Page): Promise<void> {
  const worker = page.workers()[0] ?? (await page.waitForEvent('worker'))
  await worker.evaluate(() => {
    const now = Date.now()
    Date.now = () => now
  })
}

const entries = (client: Locator) => client.locator('[data-entry]')

/** Types a line, presses Enter and waits for what is printed. */
async function type(client: Locator, line: string): Promise<void> {
  const before = await entries(client).count()
  const box = client.getByRole('textbox', { name: 'Command for client A' })
  await box.fill(line)
  await box.press('Enter')
  await expect(entries(client).nth(before).locator('[data-part="reply"]')).toBeVisible()
}

/** What the console shows from that entry on: prompts, lines and replies, without the page's own remarks. */
async function shown(page: Page, client: Locator, from: number): Promise<string> {
  const log = await entries(client).evaluateAll((rows) =>
    rows.map((row) => {
      const part = (name: string) => row.querySelector(`[data-part="${name}"]`)?.textContent ?? ''
      return `${part('prompt')}${part('line')}\n${part('reply')}`
    }),
  )
  expect(page.isClosed()).toBe(false)
  return log.slice(from).join('\n')
}
