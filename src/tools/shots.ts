// npm run shots: pictures of the built page in its main states, into docs/shots/. The most seen ones in both themes, both
// languages and at three widths, the others wide in English on light and narrow in Korean on dark. One state alone, or
// those whose names hold a word: npm run shots -- --only lesson. The README's picture, docs/playground.png, is one of them.
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright'
import { reach, states, type State } from '../../e2e/states.ts'
import type { Language } from '../wire/text.ts'
import { systemChromium } from './chromium.mjs'
import { buildSite } from './ground.mjs'
import { serveFolder } from './static.mjs'

type Theme = 'light' | 'dark'

/** One way to reach a state; its pictures in several themes are taken without going there again. */
interface View {
  readonly state: State
  readonly width: number
  readonly height: number
  readonly language: Language
  readonly themes: readonly Theme[]
}

const folder = 'docs/shots'
const readme = 'race-lost-1440-light-en.png'
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]
const [wide, , narrow] = sizes

const everywhere = sizes.flatMap((size) =>
  (['en', 'ko'] as const).map((language) => ({ ...size, language, themes: ['light', 'dark'] as const })),
)
const twice = [
  { ...wide!, language: 'en', themes: ['light'] },
  { ...narrow!, language: 'ko', themes: ['dark'] },
] as const

const viewsOf = (state: State): View[] => (state.main ? everywhere : twice).map((view) => ({ state, ...view }))

async function shoot(browser: Browser, url: string, view: View): Promise<void> {
  const { state, width, height, language, themes } = view
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: 1 })
  try {
    const page = await context.newPage()
    await page.emulateMedia({ colorScheme: themes[0]! })
    await reach(page, url, language, state)
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme })
      await page.evaluate(() => document.fonts.ready)
      const name = `${state.name}-${width}-${theme}-${language}.png`
      await page.screenshot({ path: join(folder, name), animations: 'disabled' })
    }
  } finally {
    await context.close()
  }
}

/** Takes views from a list until it is empty. One that failed, on a busy machine perhaps, has another go at the end. */
async function work(browser: Browser, url: string, views: View[], failed: Map<View, string>): Promise<void> {
  for (let view = views.shift(); view; view = views.shift())
    try {
      await shoot(browser, url, view)
      failed.delete(view)
      console.log(nameOf(view))
    } catch (error) {
      if (!failed.has(view)) views.push(view)
      failed.set(view, String(error))
    }
}

const nameOf = ({ state, width, language }: View) => `${state.name} ${width} ${language}`

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : ''
const views = states.filter(({ name }) => name.includes(only ?? '')).flatMap(viewsOf)
if (views.length === 0) throw new Error(`no such state; there are ${states.map(({ name }) => name).join(', ')}`)
if (!buildSite()) process.exit(1)
mkdirSync(folder, { recursive: true })
const server = await serveFolder('dist', { port: 0 })
const path = systemChromium()
const browser = await chromium.launch(path ? { executablePath: path } : {})
const failed = new Map<View, string>()
const url = `http://127.0.0.1:${server.port}/`
await Promise.all([1, 2].map(() => work(browser, url, views, failed)))
await browser.close()
server.close()
if (only === '') copyFileSync(join(folder, readme), 'docs/playground.png')
for (const [view, error] of failed) console.error(`${nameOf(view)}: ${error}`)
process.exitCode = failed.size > 0 ? 1 : 0
