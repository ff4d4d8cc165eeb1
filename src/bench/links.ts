// What it costs to open a link, good or bad: CPU time, and how far the process grows meanwhile.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { readLink } from '../share/link.ts'
import { goldenLinks, linkBombs } from '../share/testing.ts'
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

/** Opens every golden link and every bomb, and prints the worst round of each. */
export function weighLinks(): void {
  console.log('\n## links\n')
  const rows = [...links()].map(([name, link]) => {
    const rounds = Array.from({ length: ROUNDS }, () => {
      const args = ['--expose-gc', process.argv[1]!, '--open']
      return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', input: link })) as Opened
    })
    const ms = Math.max(...rounds.map((round) => round.ms))
    const mb = Math.max(...rounds.map((round) => round.mb))
    const fine = ms <= MOST_MS && mb <= MOST_MB
    return [
      name,
      link.length.toLocaleString('en'),
      rounds[0]!.told,
      ms.toFixed(1),
      mb.toFixed(1),
      fine ? '' : '**more**',
    ]
  })
  console.log(table(['link', 'letters', 'told', 'CPU, ms', 'grows by, MB', `${MOST_MS} ms, ${MOST_MB} MB`], rows))
}
