// npm run shots: pictures of the built page in both themes, both languages and three widths, into docs/shots/. The
// README's picture, docs/playground.png, is one of them.
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { systemChromium } from './chromium.mjs'
import { buildSite } from './ground.mjs'
import { serveFolder } from './static.mjs'

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]
const folder = 'docs/shots'

/** What is seen in the consoles: values of every kind, an error, a transaction, a lost race. */
const script: readonly (readonly [client: string, line: string])[] = [
  ['A', 'MSET Lebanon Beirut Norway Oslo France Paris'],
  ['A', 'HMSET hat:1326692461 color black price 49.99 style fitted quantity 1000 npurchased 0'],
  ['A', 'RPUSH queue:mail welcome receipt reminder'],
  ['A', 'SADD visitors:2019-03-10 dan jon alex'],
  ['A', 'SETEX session:runner 60 "now you see me"'],
  ['A', 'MGET Lebanon Japan'],
  ['A', 'LPUSH Norway x'],
  ['A', 'WATCH hat:1326692461'],
  ['B', 'HINCRBY hat:1326692461 quantity -1'],
  ['A', 'MULTI'],
  ['A', 'HINCRBY hat:1326692461 npurchased 1'],
  ['A', 'EXEC'],
]

async function type(page: Page, client: string, line: string): Promise<void> {
  const region = page.getByRole('region', { name: `Client ${client}` })
  const replies = region.locator('[data-entry] [data-part="reply"]')
  const before = await replies.count()
  const box = region.getByRole('textbox', { name: `Command for client ${client}` })
  await box.fill(line)
  await box.press('Enter')
  await replies.nth(before).waitFor()
}

/** On a narrow screen the panes are tabs; a client's tab is chosen first, where there is one. */
async function show(page: Page, pane: RegExp): Promise<boolean> {
  const tab = page.getByRole('tab', { name: pane }).first()
  if (!(await tab.isVisible())) return false
  await tab.click()
  return true
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
  console.log(`${folder}/${name}.png`)
}

async function picture(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('textbox', { name: 'Command for client A' }).or(page.getByRole('tablist')).first().waitFor()
  await show(page, /console|client|콘솔|클라이언트/i)
  for (const [client, line] of script) {
    if (!(await page.getByRole('region', { name: `Client ${client}` }).isVisible()))
      await show(page, new RegExp(`${client}$`))
    await type(page, client, line)
  }
  const tree = page.getByRole('tree', { name: 'Keys' })
  if (!(await tree.isVisible())) {
    await shoot(page, name)
    if (!(await show(page, /keys|키/i))) return
    await shoot(page, `${name}-keys`)
    if (await show(page, /lesson|레슨|강의|수업/i)) await shoot(page, `${name}-lesson`)
    return
  }
  await page.getByRole('treeitem', { name: /hat/ }).first().click()
  await shoot(page, name)
}

if (!buildSite()) process.exit(1)
mkdirSync(folder, { recursive: true })
const server = await serveFolder('dist', { port: 0 })
const path = systemChromium()
const browser = await chromium.launch(path ? { executablePath: path } : {})
for (const { width, height } of sizes)
  for (const theme of ['light', 'dark'] as const)
    for (const language of ['en', 'ko'] as const) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        deviceScaleFactor: 1,
      })
      const page = await context.newPage()
      const url = `http://127.0.0.1:${server.port}/?lang=${language}&theme=${theme}`
      await picture(page, url, `${width}-${theme}-${language}`)
      await context.close()
    }
await browser.close()
server.close()
copyFileSync(join(folder, '1440-light-en.png'), 'docs/playground.png')
