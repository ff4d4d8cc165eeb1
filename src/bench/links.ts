// What it costs to open a link, good or bad: CPU time and how far the process grows meanwhile, in Node; and the CPU time of
// the page's own thread in Chromium, whose streams of deflate are others than Node's.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { chromium } from 'playwright'
import { build } from 'vite'
import { readLink } from '../share/link.ts'
import { goldenLinks, linkBombs } from '../share/testing.ts'
import { systemChromium } from '../tools/chromium.mjs'
import { table } from './table.ts'

/** Times that each is opened, in a process of its own; the worst one counts. */
const ROUNDS = 3
const MOST_MS = 50
const MOST_MB = 16

interface Opened {
  readonly told: string
  readonly ms: number
  readonly mb: number
}

const links = (): ReadonlyMap<string, string> =>
  new Map([
    ...goldenLinks().map(({ file, link }) => [`golden ${file}`, link] as const),
    ...linkBombs().map(({ name, fragment }) => [name, fragment] as const),
  ])

/** The most bytes that this process has held in memory at once. */
const most = () => Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024

/** What a child process does: opens the link that it is handed, warm, and prints what that took. */
export async function openOne(): Promise<void> {
  const { gc } = globalThis
  if (!gc) throw new Error('node --expose-gc')
  const [golden] = goldenLinks()
  for (let i = 0; i < 200; i++) await readLink(golden!.link)
  const link = readFileSync(0, 'utf8')
  gc()
  gc()
  // From here on the kernel counts the most that the process holds anew.
  writeFileSync('/proc/self/clear_refs', '5')
  const held = most()
  const before = process.cpuUsage()
  const cargo = await readLink(link)
  const { user, system } = process.cpuUsage(before)
  const mb = (most() - held) / 1e6
  const opened: Opened = { told: typeof cargo === 'string' ? cargo : 'opened', ms: (user + system) / 1000, mb }
  console.log(JSON.stringify(opened))
}

type Opens = typeof globalThis & { readonly link: { readonly readLink: typeof readLink } }

/** The most CPU time, in ms, that the thread of a page in Chromium took to open each of the links. */
async function inChromium(all: Iterable<readonly [string, string]>): Promise<ReadonlyMap<string, number>> {
  // The project's folder is where this runs (tools/run.mjs).
  const entry = resolve('src/share/link.ts')
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2023', lib: { entry, formats: ['iife'], name: 'link' } },
  })
  const [bundle] = [built].flat() as { output: readonly { code?: string }[] }[]
  const executablePath = systemChromium()
  const browser = await chromium.launch(executablePath ? { executablePath } : {})
  const page = await browser.newPage()
  await page.addScriptTag({ content: bundle!.output[0]!.code! })
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000
  }
  const open = (link: string) =>
    page.evaluate(async (text) => {
      await (globalThis as Opens).link.readLink(text)
    }, link)
  const found = new Map<string, number>()
  const links = [...all]
  for (let i = 0; i < 200; i++) await open(links[0]![1])
  for (const [name, link] of links) {
    let most = 0
    for (let round = 0; round < ROUNDS; round++) {
      const before = await spent()
      await open(link)
      most = Math.max(most, (await spent()) - before)
    }
    found.set(name, most)
  }
  await browser.close()
  return found
}

/** Opens every golden link and every bomb, and prints the worst round of each. */
export async function weighLinks(): Promise<void> {
  console.log('\n## links\n')
  const pages = await inChromium(links())
  const rows = [...links()].map(([name, link]) => {
    const rounds = Array.from({ length: ROUNDS }, () => {
      const args = ['--expose-gc', process.argv[1]!, '--open']
      return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', input: link })) as Opened
    })
    const ms = Math.max(...rounds.map((round) => round.ms))
    const mb = Math.max(...rounds.map((round) => round.mb))
    const page = pages.get(name)!
    const fine = page <= MOST_MS && mb <= MOST_MB
    return [
      name,
      link.length.toLocaleString('en'),
      rounds[0]!.told,
      ms.toFixed(1),
      page.toFixed(1),
      mb.toFixed(1),
      fine ? '' : '**more**',
    ]
  })
  const heads = ['link', 'letters', 'told', 'Node: CPU, ms', 'Chromium: CPU, ms', 'grows by, MB']
  console.log(table([...heads, `${MOST_MS} ms in Chromium, ${MOST_MB} MB`], rows))
}
