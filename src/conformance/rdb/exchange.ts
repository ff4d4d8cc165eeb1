// Snapshots, exchanged: random keys fill our engine, and others the real server. Each saves; each file is loaded by both, and
// then both have what was saved, each key in the same encoding and with the same deadline.
import { latin } from '../../wire/bytes.ts'
import type { Report } from '../report.ts'
import type { RealServer } from '../server.ts'
import { dataset, type Dataset } from './dataset.ts'
import { setParameters } from '../fresh.ts'
import { digestOf, forgetSoon, fresh, OurSide, pictureOf, RealSide, type Side } from './sides.ts'

export const ASKS = ['OBJECT ENCODING', 'PEXPIRETIME', 'DEBUG DIGEST-VALUE'] as const
/** Bytes of the checksum at a file's end. */
const SUM = 8

export async function checkExchange(server: RealServer, seed: number, count: number, report: Report): Promise<void> {
  const started = Date.now()
  const real = await RealSide.open(server)
  let keys = 0
  let bytes = 0
  for (let i = 0; i < count; i++)
    await report.check(`snapshots: seed ${seed}, dataset ${i}`, async () => {
      const done = await new Exchange(server, real, seed * 7907 + 2 * i, i).play()
      keys += done.keys
      bytes += done.bytes
    })
  real.close()
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  console.log(`${count} datasets, each way: ${keys} keys in ${bytes} bytes of snapshots, in ${seconds} s`)
}

class Exchange {
  readonly #server: RealServer
  readonly #real: RealSide
  readonly #ours: OurSide
  readonly #mine: Dataset
  readonly #theirs: Dataset
  /** Without a checksum, as rdbchecksum no writes it. */
  readonly #unsummed: boolean
  readonly #asks: readonly string[]

  constructor(server: RealServer, real: RealSide, seed: number, number: number) {
    this.#server = server
    this.#real = real
    // One that begins anew has the parameters of a beginning.
    const plain = number % 3 === 0
    this.#ours = new OurSide(plain)
    this.#mine = dataset(seed, { plain })
    this.#theirs = { ...dataset(seed + 1, { plain }), parameters: this.#mine.parameters }
    this.#unsummed = number % 5 === 0
    const counts = this.#mine.parameters.some((word) => word.endsWith('lfu')) && !plain
    this.#asks = counts ? [...ASKS, 'OBJECT FREQ'] : ASKS
  }

  async play(): Promise<{ keys: number; bytes: number }> {
    await fresh(this.#real, setParameters)
    const first = await this.#snapshot(this.#ours, this.#mine)
    const second = await this.#snapshot(this.#real, this.#theirs)
    const keys = (await this.#load('our', first)) + (await this.#load('their', second))
    return { keys, bytes: first.file.length + second.file.length }
  }

  async #snapshot(side: Side, { parameters, commands }: Dataset) {
    await side.pipeline([['CONFIG', 'SET'].map(latin).concat(parameters), ...commands])
    await forgetSoon(side, true)
    return { digest: await digestOf(side), file: await side.save() }
  }

  async #load(whose: string, { digest, file }: { digest: string; file: Uint8Array }): Promise<number> {
    const given = file.slice()
    if (this.#unsummed) given.fill(0, -SUM)
    await this.#real.load(given)
    await this.#ours.load(given)
    if (whose === 'our') this.#server.approve(this.#real.path)
    const [there, here] = [await digestOf(this.#real), await digestOf(this.#ours)]
    const [wanted, found] = [await pictureOf(this.#real, this.#asks), await pictureOf(this.#ours, this.#asks)]
    differ(whose, wanted, found)
    if (there !== digest || here !== digest)
      throw new Error(`${whose} file holds ${digest}; redis-server has ${there}, our engine ${here}`)
    return wanted.length
  }
}

export function differ(whose: string, wanted: readonly string[], found: readonly string[]): void {
  const missing = wanted.filter((line) => !found.includes(line))
  const more = found.filter((line) => !wanted.includes(line))
  if (missing.length > 0 || more.length > 0)
    throw new Error(
      `${whose} file: redis-server has\n${missing.slice(0, 3).join('\n')}\nour engine\n${more.slice(0, 3).join('\n')}`,
    )
}
