// Rediscover in other pages: each mode in each of the four places where a frame may stand; the element, driven by the
// script of a page of another site; and who is not heard.
import { readFileSync } from 'node:fs'
import { chromium, type Browser, type Frame, type Page } from '@playwright/test'
import markdown from 'markdown-it'
import { embedMessages } from '../src/app/i18n/embed.ts'
import { sessionMessages } from '../src/app/i18n/session.ts'
import type { Answers, Receipt } from '../src/embed/protocol.ts'
import { isTyped } from '../src/lesson/schema.ts'
import { systemChromium } from '../src/tools/chromium.mjs'
import { readCourse } from '../src/tools/lessons.ts'
import { launchOptions } from './chromium.ts'
import { openHost, type Host } from './host.ts'
import { expect, listen, Playground, test as base } from './playground.ts'
import { vectors } from './vectors.ts'
import { watch } from './watch.ts'

const e = embedMessages.en
/** Whatever the reason is. */
const notKept = sessionMessages.en.memory('')
const modes = ['full', 'lesson', 'console', 'console+keys'] as const

const test = base.extend<{ readonly host: Host; readonly site: string }>({
  host: async ({ baseURL }, use) => {
    const host = await openHost(`${baseURL}favicon.svg`)
    await use(host)
    host.close()
  },
  site: async ({ baseURL }, use) => use(baseURL!),
})

// Four frames in one page are four pages.
test.describe.configure({ timeout: 180_000 })

/** A frame has a page's locators; what else a page has is not used. */
const inside = (frame: Frame) => new Playground(frame as unknown as Page)

/** The frames of a page, in their order, each when it takes commands. */
async function framesOf(page: Page, count: number): Promise<Playground[]> {
  await expect.poll(() => page.frames().length).toBe(count + 1)
  const frames = await Promise.all(
    (await page.locator('iframe, rediscover-playground >> iframe').all()).map(async (each) =>
      (await each.elementHandle())!.contentFrame(),
    ),
  )
  const found = frames.map((frame) => inside(frame!))
  // Several pages start at once, each with an engine.
  for (const each of found) await each.page.locator('textarea:not([readonly])').first().waitFor({ timeout: 60_000 })
  return found
}

const foot = (frame: Playground) => frame.page.getByRole('contentinfo')

/** A page with each mode in a frame. */
const allModes = (site: string, attributes = '') =>
  modes
    .map((mode, i) => {
      const lesson = i < 2 ? '&lesson=keys-and-values' : ''
      const src = `${site}embed.html?lang=en&mode=${encodeURIComponent(mode)}${lesson}#name=${i}`
      return `<iframe title="${mode}" ${attributes} width="700" height="460" src="${src}"></iframe>`
    })
    .join('')

/** In each frame a command runs, and each shows what its mode says. */
async function allWork(page: Page, isKept: boolean): Promise<void> {
  const frames = await framesOf(page, modes.length)
  for (const [i, frame] of frames.entries()) {
    await frame.run('A', `SET mine ${modes[i]}`, 'OK')
    await expect(frame.lesson).toHaveCount(i < 2 ? 1 : 0)
    await expect(frame.keys).toHaveCount(i % 3 === 0 ? 1 : 0)
    await (isKept ? expect(foot(frame)).not.toContainText(notKept) : expect(foot(frame)).toContainText(notKept))
  }
}

const seenAgain = async (page: Page) => {
  for (const [i, frame] of (await framesOf(page, modes.length)).entries()) {
    await frame.shows('A', `> SET mine ${modes[i]} OK`)
    await frame.run('A', 'GET mine', `"${modes[i]}"`)
  }
}

test('first party: each mode works, keeps its work, and the page itself knows nothing of it', async ({
  page,
  playground,
  site,
}) => {
  await page.route('**/course.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<link rel="icon" href="data:,">${allModes(site)}` }),
  )
  await page.goto('./course.html')
  await allWork(page, true)
  await page.evaluate(() => dispatchEvent(new Event('pagehide')))
  await page.reload()
  await seenAgain(page)
  expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => !name.startsWith('embed ')))).toEqual([])
  await playground.open()
  await playground.run('A', 'EXISTS mine', '(integer) 0')
  await expect((await playground.sessions()).getByRole('listitem')).toHaveCount(1)
})

test('another site, its storage parted: each mode works and keeps its work', async ({ host, site }) => {
  await elsewhere(['--disable-features=Translate'], async (page) => {
    await page.goto(host.page('/', allModes(site)))
    await allWork(page, true)
    await page.reload()
    await seenAgain(page)
  })
})

test('another site, all storage blocked: each mode works and says that nothing is kept', async ({ host, site }) => {
  await elsewhere(['--disable-features=ThirdPartyStoragePartitioning'], async (page) => {
    await page.goto(host.page('/', allModes(site)))
    // What the test stands on: without the parting, a frame of another site has no storage at all.
    expect(
      await page.frames()[1]!.evaluate(() => {
        try {
          return localStorage.length
        } catch {
          return 'none'
        }
      }),
    ).toBe('none')
    await allWork(page, false)
  })
})

test('a bare sandbox: each mode works and says that nothing is kept; the link to the whole page can be copied', async ({
  page,
  host,
  site,
  context,
}) => {
  await page.goto(host.page('/', allModes(site, 'sandbox="allow-scripts"')))
  expect(await page.frames()[1]!.evaluate(() => self.origin)).toBe('null')
  await allWork(page, false)
  const last = inside(page.frames().at(-1)!)
  await last.page.getByRole('link', { name: e.open }).click()
  const link = await last.page.getByRole('textbox', { name: e.copyThis }).inputValue()
  expect(link).toContain(`${site}#1.`)
  expect(context.pages()).toHaveLength(1)
})

/**
 * A whole Chromium of its own: the shell keeps a frame's storage whatever is said. Of several flags for the same the last
 * one counts, so that what Playwright switches off, the parting of storage, is on, or off alone.
 */
async function elsewhere(
  args: readonly string[],
  work: (page: Page, browser: Browser) => Promise<void>,
): Promise<void> {
  const whole = systemChromium()
  const browser = await chromium.launch({
    ...(whole ? { executablePath: whole } : { channel: 'chromium' }),
    args: [...launchOptions.args, ...args],
  })
  try {
    const context = await browser.newContext({ locale: 'en-US' })
    const faults = listen(context)
    await work(await context.newPage(), browser)
    expect(faults).toEqual([])
  } finally {
    await browser.close()
  }
}

const docs = readFileSync('docs/embed.md', 'utf8')
const snippets = [...docs.matchAll(/```html\n([\s\S]*?)```/g)].map(([, html]) => html!)
const at = (site: string, html: string) => html.replaceAll('https://rediscover.example/', site)

/** Runs in the page around: what its own script does with its playground. */
const ask = <R>(page: Page, what: string, fields: unknown = {}) =>
  page
    .locator('rediscover-playground')
    .evaluate(
      (element, [what, fields]) =>
        (element as unknown as Record<string, (fields: unknown) => Promise<R>>)[what as string]!(fields),
      [what, fields] as const,
    )

test('the element, as the docs have it, is driven by the script of a page of another site', async ({
  page,
  host,
  site,
}) => {
  const script = `<script>
    const said = (window.said = [])
    const playground = document.querySelector('rediscover-playground')
    for (const on of ['ready', 'command', 'reply', 'change', 'step', 'completed', 'error', 'resize'])
      playground.addEventListener(on, ({ detail }) => said.push({ on, ...detail }))
  </script>`
  const said = (on: string) =>
    page.evaluate((on) => (window as unknown as { said: { on: string }[] }).said.filter((each) => each.on === on), on)
  await page.goto(host.page('/course/1', at(site, snippets[0]!) + script))
  const [frame] = await framesOf(page, 1)
  await expect.poll(() => said('ready')).toHaveLength(1)
  await expect.poll(() => said('resize')).not.toHaveLength(0)

  const [set, wrong, left] = await ask<Answers['run']>(page, 'run', { lines: ['SET city Oslo', 'INCR city', 'PING'] })
  expect(set).toEqual({ client: 'A', line: 'SET city Oslo', reply: 'OK', isError: false })
  expect(wrong).toMatchObject({ line: 'INCR city', isError: true })
  expect(left).toBeUndefined()
  expect(await said('command')).toMatchObject([{ line: 'SET city Oslo' }, { line: 'INCR city' }])
  expect(await said('reply')).toMatchObject([{ reply: 'OK' }, { reply: expect.stringContaining('not an integer') }])
  const changed = { key: 'city', event: 'set', type: 'string', db: 1 }
  expect(await said('change')).toContainEqual({ on: 'change', keys: [changed], more: 0 })
  // What the reader types is told as well.
  await frame!.run('A', 'GET city', '"Oslo"')
  await expect.poll(() => said('reply')).toHaveLength(3)

  await page.locator('rediscover-playground').evaluate((element) => element.setAttribute('lang', 'ko'))
  await expect(frame!.page.getByRole('link', { name: embedMessages.ko.open })).toBeVisible()
  expect(await ask(page, 'setTheme', { theme: 'dark' })).toMatchObject({ theme: 'dark' })
  expect(await page.frames()[1]!.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
  expect(await ask(page, 'setLanguage', { language: 'en' })).toMatchObject({ language: 'en' })
  await expect(frame!.page.getByRole('link', { name: e.open })).toBeVisible()

  // The link holds the work; opened in the frame again it is a session of its own.
  const link = await ask<string>(page, 'link')
  expect(link).toContain(`${site}#1.`)
  const before = await ask<Answers['getState']>(page, 'getState')
  expect(before.lesson).toMatchObject({ lesson: 'last-hat', number: 1 })
  const emptied = await ask<Answers['reset']>(page, 'reset')
  expect(emptied.keys).toBe(before.keys - 1)
  expect(await ask(page, 'load', { link })).toMatchObject({ keys: before.keys })
  await frame!.run('A', 'GET city', '"Oslo"')
  await expect(ask(page, 'load', { lesson: 'nowhere' })).rejects.toThrow('there is no lesson "nowhere"')

  // A whole lesson, by its own solutions.
  const lesson = readCourse('lessons', 'en').find(({ id }) => id === 'first-contact')!
  expect(await ask(page, 'load', { lesson: lesson.id })).toMatchObject({ lesson: { lesson: lesson.id, done: [] } })
  for (const step of lesson.steps) {
    await ask(page, 'load', { lesson: lesson.id, step: step.id })
    for (const { client, line } of step.solution.filter(isTyped)) await ask(page, 'run', { client, lines: [line] })
    await expect.poll(async () => (await ask<Answers['getState']>(page, 'getState')).lesson?.done).toContain(step.id)
  }
  const [completed] = (await said('completed')) as unknown as { receipt: Receipt }[]
  const { receipt } = completed!
  expect(receipt).toMatchObject({ lesson: lesson.id, attempts: 6, commands: 6 })
  expect(receipt.steps.map(({ id }) => id)).toEqual(lesson.steps.map(({ id }) => id))
  expect(receipt.log[0]).toEqual({ client: 'A', line: 'PING', reply: 'PONG', isError: false })
  expect(receipt.duration).toBeGreaterThan(0)
  expect(await said('error')).toEqual([])
})

test('in a bare sandbox the element speaks through a port', async ({ page, host, site }) => {
  const html = '<rediscover-playground sandbox mode="console+keys" load="eager"></rediscover-playground>'
  await page.goto(host.page('/', `<script src="${site}embed.js"></script>${html}`))
  await framesOf(page, 1)
  expect(await ask(page, 'run', { lines: ['SET a 1'] })).toMatchObject([{ reply: 'OK' }])
  expect(await ask(page, 'getState')).toMatchObject({ isKept: false, keys: 1, mode: 'console+keys' })
})

test('who is not the named parent is not heard, and hears nothing', async ({ page, host, site, faults }) => {
  const address = (origin: string) =>
    `${site}embed.html?mode=console&lang=en#${new URLSearchParams({ host: origin }).toString()}`
  const other = host.page(
    '/sibling',
    '<script>addEventListener("message", ({ data }) => parent.frames[0].postMessage(data, "*"))</script>',
  )
  await page.goto(
    host.page(
      '/',
      `<script>said = []; addEventListener("message", ({ data, origin }) => said.push({ ...data, origin }))</script>
       <iframe title="named" src="${address(host.origin)}"></iframe>
       <iframe title="misnamed" src="${address('https://course.example')}"></iframe>
       <iframe title="unnamed" src="${site}embed.html?mode=console&lang=en"></iframe>
       <iframe title="sibling" src="${other}"></iframe>`,
    ),
  )
  for (const each of page.frames().slice(1, 4)) await inside(each).ready()
  const run = (line: string) => ({ rediscover: 1, id: 1, do: 'run', lines: [line] })
  await page.evaluate(
    ([ours, sibling, ...asks]) => {
      const frames = [...document.querySelectorAll('iframe')].map((each) => each.contentWindow!)
      // By a sibling of the same origin as the parent; to frames that name somebody else, or nobody.
      frames[3]!.postMessage(sibling, '*')
      for (const frame of frames.slice(1, 3)) frame.postMessage(sibling, '*')
      for (const each of asks) frames[0]!.postMessage(each, '*')
      frames[0]!.postMessage(ours, '*')
    },
    [
      run('SET mine 1'),
      run('SET theirs 1'),
      { ...run('SET theirs 2'), rediscover: 2 },
      { ...run('SET theirs 3'), client: 'Z' },
      { ...run('SET theirs 4'), lines: 'SET theirs 4' },
      { rediscover: 1, id: 1, do: 'toString' },
      null,
    ] as const,
  )
  const [named, misnamed, unnamed] = page.frames().slice(1, 4).map(inside)
  await named!.shows('A', '> SET mine 1 OK')
  for (const frame of [named, misnamed, unnamed]) await frame!.run('A', 'EXISTS theirs', '(integer) 0')
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { said: unknown[] }).said))
    .toContainEqual(expect.objectContaining({ on: 'answer', id: 1 }))
  const said = await page.evaluate(() => (window as unknown as { said: { on: string }[] }).said)
  expect(said.filter(({ on }) => on === 'ready')).toHaveLength(1)
  expect(said.filter(({ on }) => on === 'answer' || on === 'refusal')).toHaveLength(1)
  // The browser says of each message to another origin that it was not delivered.
  expect(faults).not.toEqual([])
  faults.splice(
    0,
    faults.length,
    ...faults.filter((each) => !each.includes("'https://course.example') does not match")),
  )
})

test('a course in Markdown, and the keyboard’s way into a frame and out again', async ({ page, host, site }) => {
  const course = markdown({ html: true }).render(readFileSync('public/examples/course.md', 'utf8'))
  await page.goto(host.page('/', `<a href="#">before</a>${at(site, course)}<a href="#">after</a>`))
  const element = page.locator('rediscover-playground')
  const framed = page.frameLocator('rediscover-playground >> iframe')
  await expect(
    framed.getByRole('heading', { name: '마지막 모자' }).or(framed.getByRole('heading').first()),
  ).toBeVisible()
  await expect(element.locator('p, :scope')).toHaveCount(1)
  // The page around keeps the focus, and its place.
  expect(await page.evaluate(() => [document.activeElement?.tagName, scrollY])).toEqual(['BODY', 0])
  await page.getByText('before').focus()
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('REDISCOVER-PLAYGROUND')
  for (
    let i = 0;
    i < 60 && (await page.evaluate(() => document.activeElement?.tagName)) === 'REDISCOVER-PLAYGROUND';
    i++
  )
    await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('REDISCOVER-PLAYGROUND')
  await page.keyboard.press('Shift+Tab')
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('REDISCOVER-PLAYGROUND')
  await expect(framed.getByRole('link', { name: embedMessages.ko.open })).toBeFocused()
})

test('the page of examples: each of its playgrounds does what the page says', async ({ page, context }) => {
  await page.goto('./examples/index.html')
  await page.getByRole('button', { name: 'Put three hats there' }).click()
  await expect(page.getByLabel('What the page has heard')).toContainText('3 of 3 lines went well')
  await page.getByRole('button', { name: 'What do they cost?' }).click()
  await expect(page.getByLabel('What the page has heard')).toContainText('they cost "49.99", "99.99", "59.99"')

  // Nothing is loaded before it is asked for; then the line stands in the prompt.
  const later = page.locator('#later')
  await expect(later.getByRole('button')).toBeVisible()
  await expect(later.locator('iframe')).toHaveCount(0)
  await later.getByRole('button').click()
  await expect(page.frameLocator('#later >> iframe').getByRole('textbox')).toHaveValue('SET capital Oslo EX 60')

  // What was done goes along to the whole page.
  const shop = page.frameLocator('#shop >> iframe')
  const opened = context.waitForEvent('page')
  await shop.getByRole('link', { name: e.open }).click()
  const whole = new Playground(await opened)
  await whole.page.getByRole('button', { name: 'Open as a new session' }).click()
  await whole.run('A', 'HGET hat:2 color', '"green"')
})

test(`${vectors.length} vectors through the messages: none runs, none loads`, async ({ page, host, site }) => {
  const told = await watch(page, new URL(site).host)
  const address = `${site}embed.html?mode=full&lang=en#${new URLSearchParams({ host: host.origin }).toString()}`
  await page.goto(
    host.page(
      '/',
      `<script>
         addEventListener('message', ({ data }) => answers.push(data))
         answers = []
         ask = (fields) => frames[0].postMessage({ rediscover: 1, ...fields }, '*')
       </script>
       <iframe title="playground" width="1200" height="800" src="${address}"></iframe>`,
    ),
  )
  const frame = page.frames()[1]!
  await inside(frame).ready()
  const came = (on: string) =>
    page.evaluate(
      (on) => (window as unknown as { answers: { on: string; id: unknown }[] }).answers.filter((one) => one.on === on),
      on,
    )
  await page.evaluate((vectors) => {
    const { ask } = window as unknown as { ask: (fields: unknown) => void }
    for (const [i, vector] of vectors.entries()) {
      ask({ id: `run ${i}`, do: 'run', lines: [vector] })
      ask({ id: `load ${i}`, do: 'load', lesson: vector, step: vector })
      ask({ id: `link ${i}`, do: 'load', link: vector })
      // What has not the shape is not heard.
      ask({ id: i, do: vector })
      ask({ id: i, do: 'setTheme', theme: vector })
      ask({ id: i, do: 'setLanguage', language: vector })
      ask({ id: i, do: 'reset', what: vector })
      ask({ id: i, do: 'run', lines: ['PING'], client: vector })
      ask({ id: i, do: 'run', lines: [{ toString: vector }] })
    }
    ask({ id: 'last', do: 'run', lines: ['SET ended yes'] })
  }, vectors)
  await expect
    .poll(async () => [...(await came('answer')), ...(await came('refusal'))].map(({ id }) => id), { timeout: 60_000 })
    .toContain('last')
  await expect(inside(frame).log('A')).toContainText('tripped')
  expect(await told(frame)).toEqual([])
  const own = [expect.stringMatching(/^an element <script>/), expect.stringMatching(/^an element <iframe title="pl/)]
  expect(await told()).toEqual(own)
  // What has the shape is answered or refused; a vector that is too long for a lesson's name has not.
  const ids = [...(await came('answer')), ...(await came('refusal'))].map(({ id }) => String(id))
  for (const [what, least] of [
    ['run', vectors.length],
    ['load', 200],
    ['link', 200],
  ] as const)
    expect(ids.filter((id) => id.startsWith(what)).length, what).toBeGreaterThanOrEqual(least)
})
