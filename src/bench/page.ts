// npm run bench:page: how the page feels with a million keys, in a real Chromium on the built site. Times are the page's
// own; tasks come from the browser's trace of its main thread, so that those under 50 ms are seen too, each with the CPU
// time that it took: on a machine that others use, a task also lasts while it waits for a core. [--runs N].
import { readFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type Page } from 'playwright'
import { systemChromium } from '../tools/chromium.mjs'
import { buildSite } from '../tools/ground.mjs'
import { serveFolder } from '../tools/static.mjs'
import { table } from './table.ts'

const KEYS = 1_000_000
const MOST_TASK = 50
/** Bytes: an image of all these keys is larger, that of an empty session is not. */
const LARGE_IMAGE = 1_000_000

interface Measured {
  readonly what: string
  readonly ms: number
  /** Of a task: the CPU time of the one that took most. */
  readonly cpu?: number
  /** What it may be at most; absent where it is only told. */
  readonly most?: number
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds: by the clock, and of CPU. */
  readonly dur?: number
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/** The longest task of the page's main thread in a trace, by the clock and by CPU time, in ms. */
function longestTask(trace: string): { readonly ms: number; readonly cpu: number } {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: readonly TraceEvent[] }
  const thread = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`
  const mains = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(thread),
  )
  const tasks = traceEvents.filter((event) => event.name === 'RunTask' && mains.has(thread(event)))
  if (tasks.length === 0) throw new Error('the trace holds no task of the page')
  const most = (times: readonly number[]) => Math.max(...times) / 1000
  return { ms: most(tasks.map(({ dur = 0 }) => dur)), cpu: most(tasks.map(({ tdur = 0 }) => tdur)) }
}

/** Runs in the page: resolves, with the page's time, when the selected text is there. Asked for in each frame. */
const whenShown = (page: Page, selector: string, pattern: RegExp): Promise<number> =>
  page.evaluate(
    ({ selector: where, source }) =>
      new Promise<number>((resolve) => {
        const wanted = new RegExp(source)
        const look = () => {
          const shown = [...document.querySelectorAll<HTMLElement>(where)]
          if (shown.some((element) => wanted.test(element.textContent ?? ''))) resolve(performance.now())
          else requestAnimationFrame(look)
        }
        look()
      }),
    { selector, source: pattern.source },
  )

class Visit {
  readonly #browser: Browser
  readonly #page: Page
  readonly #found: Measured[] = []

  constructor(browser: Browser, page: Page) {
    this.#browser = browser
    this.#page = page
  }

  async all(url: string): Promise<readonly Measured[]> {
    await this.#open(url)
    await this.#populate()
    await this.#tree()
    await this.#filters()
    await this.#prompt()
    await this.#bigReply()
    await this.#stop()
    const bytes = await this.#saving()
    await this.#loading()
    await this.#bare(bytes)
    return this.#found
  }

  get #box() {
    return this.#page.getByRole('textbox', { name: 'Command for client A' })
  }

  /** Does something and notes the longest task meanwhile. Ends when the page has nothing more to do for a moment. */
  async #task(what: string, work: () => Promise<unknown>): Promise<void> {
    const path = join(tmpdir(), `bench-page-${process.pid}.json`)
    await this.#browser.startTracing(this.#page, {
      path,
      categories: ['-*', 'disabled-by-default-devtools.timeline', '__metadata'],
    })
    await work()
    await this.#ordered()
    await this.#browser.stopTracing()
    this.#found.push({ what: `${what}: longest task`, ...longestTask(readFileSync(path, 'utf8')), most: MOST_TASK })
  }

  /** The tree is in order. */
  async #ordered(): Promise<void> {
    await this.#page.waitForTimeout(300)
    await this.#page.getByRole('tree', { name: 'Keys' }).and(this.#page.locator('[aria-busy=false]')).waitFor()
  }

  async #open(url: string): Promise<void> {
    await this.#page.goto(url)
    await this.#box.and(this.#page.locator(':enabled')).waitFor()
    this.#found.push({ what: 'first prompt after navigation', ms: await this.#page.evaluate(() => performance.now()) })
  }

  async #populate(): Promise<void> {
    const before = await this.#page.evaluate(() => performance.now())
    const reply = whenShown(this.#page, '[role=log] [data-part=reply]', /OK/)
    const count = whenShown(this.#page, '[data-part=keys]', /1,000,000/)
    await this.#box.fill(`DEBUG POPULATE ${KEYS}`)
    await this.#box.press('Enter')
    const [replied, counted] = await Promise.all([reply, count])
    this.#found.push({ what: `DEBUG POPULATE ${KEYS}: its reply after Enter`, ms: replied - before })
    this.#found.push({ what: 'the tree with the true count, after the reply', ms: counted - replied, most: 1000 })
  }

  async #tree(): Promise<void> {
    const folder = this.#page.getByRole('treeitem', { name: /^key:, / })
    const before = await this.#page.evaluate(() => performance.now())
    await this.#task('opening the folder of a million', async () => {
      await folder.click()
      const shown = await whenShown(this.#page, '[role=treeitem]', /key:0/)
      this.#found.push({ what: 'opening the folder of a million: its rows after the click', ms: shown - before })
    })
    await this.#task('scrolling the tree from end to end', () =>
      this.#page.evaluate(async () => {
        const box = document.querySelector('[role=tree]')!.parentElement!
        for (const direction of [1, -1])
          for (let step = 0; step <= 150; step++) {
            const way = (direction === 1 ? step : 150 - step) / 150
            box.scrollTop = way * (box.scrollHeight - box.clientHeight)
            await new Promise(requestAnimationFrame)
          }
      }),
    )
    await this.#task('closing the folder and opening it again', async () => {
      await folder.click()
      await this.#ordered()
      await folder.click()
    })
  }

  async #filters(): Promise<void> {
    const filter = this.#page.getByRole('textbox', { name: /filter/i })
    await this.#task('typing a glob filter', async () => {
      await filter.pressSequentially('key:12*', { delay: 60 })
      await whenShown(this.#page, '[data-part=keys]', /11,111/)
    })
    await this.#task('taking the filter away', () => filter.fill(''))
    await this.#page.getByRole('button', { name: 'Which keys, and in which order' }).click()
    const [kind, order] = [
      this.#page.getByRole('combobox', { name: 'Type' }),
      this.#page.getByRole('combobox', { name: 'Sort by' }),
    ]
    await this.#task('only strings', () => kind.selectOption('string'))
    await this.#task('all types again', () => kind.selectOption(''))
    for (const sort of ['changed', 'ttl', 'name'])
      await this.#task(`in order of ${sort}`, () => order.selectOption(sort))
    await this.#page.keyboard.press('Escape')
  }

  /** From a key's event to the frame that shows its letter. */
  async #prompt(): Promise<void> {
    await this.#page.evaluate(() => {
      const latencies: number[] = []
      Object.assign(globalThis, { latencies })
      addEventListener('keydown', ({ timeStamp }) => {
        requestAnimationFrame(() => setTimeout(() => latencies.push(performance.now() - timeStamp)))
      })
    })
    await this.#task('typing 60 characters', () =>
      this.#box.pressSequentially('SET key:123456 "a value of some length that nobody will read"'.padEnd(60, '.'), {
        delay: 40,
      }),
    )
    const latencies = await this.#page.evaluate(() => (globalThis as unknown as { latencies: number[] }).latencies)
    this.#found.push({ what: 'typing 60 characters: key to frame, median', ms: median(latencies) })
    this.#found.push({ what: 'typing 60 characters: key to frame, worst', ms: Math.max(...latencies) })
    await this.#box.fill('')
  }

  async #bigReply(): Promise<void> {
    await this.#task('a reply of 100,000 elements', async () => {
      const before = await this.#page.evaluate(() => performance.now())
      const shown = whenShown(this.#page, '[role=log]', /"key:9\d{5}"/)
      await this.#box.fill('KEYS key:9?????')
      await this.#box.press('Enter')
      this.#found.push({ what: 'a reply of 100,000 elements: shown after Enter', ms: (await shown) - before })
    })
  }

  /** The person stops a command that takes long: the engine is made anew, from what the store has. */
  async #stop(): Promise<void> {
    // One goes over a million keys in less time than a press takes.
    await this.#paste(`MULTI\n${'KEYS *no*such*name*\n'.repeat(100)}`)
    await this.#page
      .getByText(/^\(TX\)|TX.*100/)
      .first()
      .waitFor()
    await this.#task('a stop: the engine is ended and has its million keys again', async () => {
      await this.#box.fill('EXEC')
      await this.#box.press('Enter')
      const stop = this.#page.getByRole('button', { name: 'Stop', exact: true })
      await stop.waitFor()
      const before = await this.#page.evaluate(() => performance.now())
      await stop.click()
      await whenShown(this.#page, '[role=log]', /stopped; the data is as it was before/)
      // The transaction is open again.
      for (const line of ['DISCARD', 'DBSIZE']) {
        await this.#box.fill(line)
        await this.#box.press('Enter')
      }
      const there = await whenShown(this.#page, '[role=log]', /\(integer\) 1000000/)
      this.#found.push({ what: 'a stop: a command is answered again after the press', ms: there - before })
    })
  }

  /** Runs until the store has an image of all keys; returns its bytes. */
  async #saving(): Promise<number> {
    let bytes = 0
    await this.#task('an image of the session is made and saved, behind 540 commands', async () => {
      // So many that an image is due, whatever came before.
      await this.#paste('PING\n'.repeat(540))
      for (let tries = 0; bytes < LARGE_IMAGE && tries < 600; tries++) {
        await this.#page.waitForTimeout(200)
        bytes = await this.#imageBytes()
      }
    })
    if (bytes < LARGE_IMAGE) throw new Error('no image of a million keys was saved')
    return bytes
  }

  async #paste(text: string): Promise<void> {
    await this.#box.evaluate((box, pasted) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', pasted)
      box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, text)
  }

  /** Bytes of the largest image that the store has. */
  #imageBytes(): Promise<number> {
    return this.#page.evaluate(async () => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error as Error)
        })
      let most = 0
      for (const { name } of await indexedDB.databases()) {
        const db = await done(indexedDB.open(name!))
        if (db.objectStoreNames.contains('images'))
          for (const { blob } of await done(
            db.transaction('images').objectStore('images').getAll() as IDBRequest<{ blob: Blob }[]>,
          ))
            most = Math.max(most, blob.size)
        db.close()
      }
      return most
    })
  }

  /** From another session of the same page, so that the page's own start is no part of it. */
  async #loading(): Promise<void> {
    const sessions = async () => {
      await this.#page.getByRole('button', { name: 'Sessions', exact: true }).click()
      return this.#page.getByRole('dialog', { name: 'Sessions' })
    }
    // Rows of the console are no keys.
    await this.#box.fill('clear')
    await this.#box.press('Enter')
    await (await sessions()).getByRole('button', { name: 'New session' }).click()
    await whenShown(this.#page, '[role=tree], [data-part=keys], main', /no keys|0 keys/i)
    const list = await sessions()
    await this.#task('a session of a million keys is opened', async () => {
      const before = await this.#page.evaluate(() => performance.now())
      await list
        .getByRole('button', { name: /1,000,000/ })
        .first()
        .click()
      const there = await whenShown(this.#page, '[data-part=keys]', /1,000,000/)
      this.#found.push({ what: 'a session of a million keys: all there after the press', ms: there - before })
    })
  }

  /** The same bytes as a bare Blob: what the browser's storage takes for itself. */
  async #bare(bytes: number): Promise<void> {
    const { put, get } = await this.#page.evaluate(async (size) => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error as Error)
        })
      const opening = indexedDB.open('bare')
      opening.onupgradeneeded = () => opening.result.createObjectStore('blobs')
      const db = await done(opening)
      const blob = new Blob([new Uint8Array(size).map((_, i) => (i * i) >> 3)])
      const before = performance.now()
      const writing = db.transaction('blobs', 'readwrite', { durability: 'strict' })
      writing.objectStore('blobs').put(blob, 0)
      await new Promise((end) => (writing.oncomplete = end))
      const between = performance.now()
      const found = await done(db.transaction('blobs').objectStore('blobs').get(0) as IDBRequest<Blob>)
      await found.arrayBuffer()
      const end = performance.now()
      db.close()
      return { put: between - before, get: end - between }
    }, bytes)
    const size = `${(bytes / 1e6).toFixed(1)} MB`
    this.#found.push({ what: `a bare Blob of the same ${size}: put, strict`, ms: put })
    this.#found.push({ what: `a bare Blob of the same ${size}: get, and its bytes`, ms: get })
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}

function verdictOf(byClock: number, byCpu: number, most: number): string {
  if (byClock <= most) return 'reached'
  return byCpu <= most ? 'by CPU time only' : '**not reached**'
}

const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } })
if (!buildSite()) process.exit(1)
const server = await serveFolder('dist', { port: 0 })
const path = systemChromium()
const browser = await chromium.launch(path ? { executablePath: path } : {})
const runs: (readonly Measured[])[] = []
for (let run = 0; run < Number(values.runs); run++) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' })
  const page = await context.newPage()
  runs.push(await new Visit(browser, page).all(`http://127.0.0.1:${server.port}/`))
  await context.close()
}
const load = loadavg()[0]!.toFixed(1)
const where = `load ${load} on ${cpus().length} cores`
console.log(`Chromium ${browser.version()}; ${runs.length} runs, each in a fresh profile; ${where}\n`)
await browser.close()
server.close()

const ms = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1))
const rows = runs[0]!.map(({ what, most }, i) => {
  const all = runs.map((run) => run[i]!.ms)
  const cpu = runs.flatMap((run) => run[i]!.cpu ?? [])
  const verdict = most === undefined ? '' : verdictOf(median(all), cpu.length > 0 ? median(cpu) : Infinity, most)
  const shown = [median(all), Math.max(...all), cpu.length > 0 ? median(cpu) : undefined, most]
  return [what, ...shown.map((value) => (value === undefined ? '' : ms(value))), verdict]
})
console.log(table(['what', 'median, ms', 'worst run, ms', 'CPU, ms', 'target, ms', ''], rows))
