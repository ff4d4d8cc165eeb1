// Every page keeps its policy, by itself; and the policy holds back what breaks it, in the page as it is built.
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { messages } from '../src/app/i18n/all.ts'
import { paletteMessages } from '../src/app/i18n/palette.ts'
import { scriptMessages } from '../src/app/i18n/script.ts'
import { shareMessages } from '../src/app/i18n/share.ts'
import { policyOf, sitePages } from '../src/tools/policy.ts'
import { serveFolder } from '../src/tools/static.mjs'
import { foreignHost, plantAll } from './plants.ts'
import { expect, Playground, test } from './playground.ts'

const t = messages.en

/** What the page reports to itself, from its first moment on. */
async function violationsOf(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const told: string[] = []
    Object.assign(globalThis, { violations: told })
    document.addEventListener('securitypolicyviolation', (event) =>
      told.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`),
    )
  })
  return () => page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations)
}

/** A few states of the page: all that comes later comes now. In a frame there is a console and no more. */
async function walk(page: Page, file = 'index.html'): Promise<void> {
  test.slow()
  const playground = new Playground(page)
  await playground.ready()
  await playground.send('A', 'SET hats 3')
  await playground.shows('A', '> SET hats 3 OK')
  if (file === 'embed.html') return
  await page.getByRole('tab', { name: t.script }).click()
  await page.getByRole('button', { name: scriptMessages.en.takeExample }).click()
  await expect(page.locator('.view-lines')).toContainText('capital:bahamas', { timeout: 60_000 })
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('combobox', { name: paletteMessages.en.hint })
  await palette.fill(t.shareOrExport)
  await page.keyboard.press('Enter')
  const share = page.getByRole('dialog', { name: shareMessages.en.share })
  await expect(share.getByRole('textbox', { name: shareMessages.en.link })).toHaveValue(/#1\./)
  await share.getByRole('button', { name: shareMessages.en.close }).click()
}

for (const { file } of sitePages)
  test(`${file} keeps its policy, from the lesson to the script editor`, async ({ page }) => {
    const violations = await violationsOf(page)
    await page.goto(`./${file}?lesson=keys-and-values`)
    const policy = page.locator('head > meta[http-equiv="Content-Security-Policy"]')
    expect(await policy.getAttribute('content')).toBe(policyOf(sitePages.find((each) => each.file === file)!))
    // Nothing stands before it: what came earlier would not be bound by it.
    expect(await page.evaluate(() => document.head.firstElementChild?.getAttribute('http-equiv'))).toBe(
      'Content-Security-Policy',
    )
    await walk(page, file)
    expect(await violations()).toEqual([])
  })

/** What dist/_headers says of a path, as the hosts read it. */
function headersIn(file: string): (path: string) => Record<string, string> {
  const rules = file.split(/\n(?=\/)/).map((rule) => {
    const [path = '', ...lines] = rule.trim().split('\n')
    return {
      path,
      headers: Object.fromEntries(lines.map((line) => line.trim().split(/: (.*)/s, 2) as [string, string])),
    }
  })
  const fits = (rule: string, path: string) => (rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : path === rule)
  return (path) =>
    Object.assign({}, ...rules.filter((rule) => fits(rule.path, path)).map((rule) => rule.headers)) as never
}

test('works with the headers that the build writes for hosts, its worker too', async ({ page }) => {
  const dist = fileURLToPath(new URL('../dist/', import.meta.url))
  const site = await serveFolder(dist, { port: 0, headers: headersIn(readFileSync(join(dist, '_headers'), 'utf8')) })
  try {
    const said: Record<string, string> = {}
    page.on('response', (response) => {
      const { pathname } = new URL(response.url())
      said[/worker/.test(pathname) ? 'worker' : pathname] = response.headers()['content-security-policy'] ?? 'none'
    })
    const violations = await violationsOf(page)
    await page.goto(`http://127.0.0.1:${site.port}/?lesson=keys-and-values`)
    await walk(page)
    expect(await violations()).toEqual([])
    expect(said['/']).toContain("frame-ancestors 'self'")
    expect(said['worker']).toBe(policyOf(sitePages[0]!))
  } finally {
    site.close()
  }
})

/** The built page with its policy taken out, served beside the real one. */
function withoutPolicy(file: string, folder: string) {
  const dist = fileURLToPath(new URL('../dist/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(dist)) symlinkSync(join(dist, name), join(folder, name))
  rmSync(join(folder, file))
  const html = readFileSync(join(dist, file), 'utf8')
  const bare = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
  expect(bare.length).toBeLessThan(html.length)
  writeFileSync(join(folder, file), bare)
  return serveFolder(folder, { port: 0 })
}

for (const { file } of sitePages)
  test(`${file} holds back what breaks its policy; without it, all would get through`, async ({
    page,
    faults,
  }, info) => {
    const foreign = await foreignHost()
    try {
      await page.goto(`./${file}?lesson=keys-and-values`)
      await new Playground(page).ready()
      const told = await page.evaluate(plantAll, foreign.origin)
      expect(Object.keys(told).length).toBeGreaterThan(12)
      expect(Object.entries(told).filter(([, by]) => by === 'through')).toEqual([])
      expect(foreign.asked).toEqual([])

      // The same plants in the same page without its policy: they can do harm.
      const site = await withoutPolicy(file, info.outputPath('bare'))
      await page.goto(`http://127.0.0.1:${site.port}/${file}?lesson=keys-and-values`)
      await new Playground(page).ready()
      const bare = await page.evaluate(plantAll, foreign.origin)
      site.close()
      expect(Object.entries(bare).filter(([, by]) => by !== 'through')).toEqual([])
      expect(foreign.asked.length).toBeGreaterThan(10)
      faults.length = 0
    } finally {
      foreign.close()
    }
  })
