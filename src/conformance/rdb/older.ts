// Snapshots, exchanged with a server of before: redis-server 7.0 reads version 10. What has no form there is refused beforehand,
// each key with its reason; the rest it loads and has just what we have. What it saves, today's server and ours load alike.
import { readRdb, refusedBy, writeRdb } from '../../rdb/file.ts'
import { latin, type Bytes } from '../../wire/bytes.ts'
import { show } from '../../wire/show.ts'
import { setParameters } from '../fresh.ts'
import type { Report } from '../report.ts'
import { findServer, older, startServer, type RealServer } from '../server.ts'
import { dataset, type Dataset } from './dataset.ts'
import { ASKS, differ } from './exchange.ts'
import { digestOf, forgetSoon, fresh, keysOf, must, OurSide, pictureOf, RealSide, type Side } from './sides.ts'

const VERSION = 10

/** Resolves with false where there is no such server, so that nothing was compared. */
export async function checkOlder(server: RealServer, seed: number, count: number, report: Report): Promise<boolean> {
  const found = findServer(older)
  if (!found) return false
  const started = Date.now()
  const before = await startServer(found)
  const sides = { before: await RealSide.open(before), now: await RealSide.open(server) }
  let refused = 0
  let keys = 0
  try {
    for (let i = 0; i < count; i++)
      await report.check(`snapshots of ${found.version}: seed ${seed}, dataset ${i}`, async () => {
        await fresh(sides.before, known(setParameters.map(latin)))
        await fresh(sides.now, setParameters)
        const mine = dataset(seed * 7841 + 2 * i)
        const there = await new Older(before, sides, mine).give()
        refused += there.refused
        keys += there.keys + (await new Older(before, sides, dataset(seed * 7841 + 2 * i + 1)).take())
      })
    await report.check('some values have no form in version 10', () => {
      if (refused === 0) throw new Error('none was refused')
    })
  } finally {
    sides.before.close()
    sides.now.close()
    await before.stop()
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  console.log(
    `redis-server ${found.version}: ${count} datasets, each way: ${keys} keys, ${refused} refused, in ${seconds} s`,
  )
  return true
}

/** Parameters that came after 7.0 are not set there. */
const known = (words: readonly Bytes[]): Bytes[] => {
  const begin = words[0] === 'CONFIG' ? 2 : 0
  const isKnown = (i: number) => !words[i - ((i - begin) % 2)]!.startsWith('set-max-listpack')
  return words.filter((_, i) => i < begin || isKnown(i))
}

class Older {
  readonly #server: RealServer
  readonly #before: RealSide
  readonly #now: RealSide
  readonly #dataset: Dataset

  constructor(server: RealServer, sides: { before: RealSide; now: RealSide }, mine: Dataset) {
    this.#server = server
    this.#before = sides.before
    this.#now = sides.now
    this.#dataset = mine
  }

  get #set(): Bytes[] {
    return ['CONFIG', 'SET'].map(latin).concat(this.#dataset.parameters)
  }

  /** Our keys, as far as they have a form there, in a file that it loads. */
  async give(): Promise<{ keys: number; refused: number }> {
    const ours = new OurSide(false)
    await ours.pipeline([this.#set, ...this.#dataset.commands])
    await forgetSoon(ours, true)
    const { keys } = readRdb(await ours.save())
    const refused = refusedBy(VERSION, keys)
    if (refused.some(({ why }) => why === '')) throw new Error('a key is refused without a reason')
    for (const { key } of refused) await must(ours, ['SELECT', String(key.db)].map(latin), [latin('DEL'), key.key])
    const without = new Set(refused.map(({ key }) => key))
    const rest = keys.filter((key) => !without.has(key))
    await must(this.#before, known(this.#set))
    await this.#before.load(writeRdb(rest, { version: VERSION, facts: [['redis-ver', '7.0.15']] }))
    this.#server.approve(this.#before.path)
    await this.#alike('our', ours)
    return { keys: rest.length, refused: refused.length }
  }

  /** Its keys, in a file that today's server and ours load: by today's thresholds. */
  async take(): Promise<number> {
    await fresh(this.#before, known(this.#set))
    await this.#before.pipeline(this.#dataset.commands)
    await forgetSoon(this.#before, false)
    const file = await this.#before.save()
    const ours = new OurSide(false)
    await must(ours, this.#set)
    await must(this.#now, this.#set)
    await ours.load(file)
    await this.#now.load(file)
    const wanted = await pictureOf(this.#now, ASKS)
    differ('their', wanted, await pictureOf(ours, ASKS))
    await this.#alike('their', ours)
    return wanted.length
  }

  /**
   * Whether the server of before and our engine hold the same. It writes scores otherwise than today's does, in its digest
   * too: they are compared as numbers, and then the digest of all that has none.
   */
  async #alike(whose: string, ours: Side): Promise<void> {
    const [there, here] = [await contentsOf(this.#before), await contentsOf(ours)]
    differ(whose, there, here)
    const [wanted, found] = [await digestOf(this.#before), await digestOf(ours)]
    if (wanted !== found) throw new Error(`${whose} file: redis-server has ${wanted}, our engine ${found}`)
  }
}

/** Each key with its deadline, and its digest or its members with their scores. Then what has scores is gone. */
async function contentsOf(side: Side): Promise<string[]> {
  const drawn = await pictureOf(side, ['PEXPIRETIME', 'DEBUG DIGEST-VALUE'], false)
  const found = drawn.filter((line) => !/^\d+ .*: zset /s.test(line))
  for (const [db, keys] of (await keysOf(side)).entries())
    for (const key of keys) {
      await must(side, ['SELECT', String(db)].map(latin))
      const [type, until] = await must(side, [latin('TYPE'), key], [latin('PEXPIRETIME'), key])
      if (show(type!) !== 'zset') continue
      const [all] = await must(
        side,
        [latin('ZRANGE'), key, ...['0', '-1', 'WITHSCORES'].map(latin)],
        [latin('DEL'), key],
      )
      const words = (all as readonly Bytes[]).map((word, i) => (i % 2 === 0 ? word : number(word)))
      found.push(`${db} ${key} ${show(until!)} ${words.join(' ')}`)
    }
  return found
}

const number = (word: Bytes) => (/inf/.test(word) ? word : String(Number(word)))
