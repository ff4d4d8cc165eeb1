// Crashes, compared: random commands fill our engine and the real server, each saves in one of its ways, goes on, is killed and
// starts again. What is there then is what was there when it saved. Then each gets the other's dump.rdb, is killed once
// more, and has what the other had.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { EngineTarget } from '../engine/testing/engine-target.ts'
import { show } from '../wire/show.ts'
import { latin, text, type Bytes } from '../wire/bytes.ts'
import { freshEngine } from './fresh.ts'
import { generate } from './fuzz/generate.ts'
import { families } from './fuzz/index.ts'
import type { Report } from './report.ts'
import type { RealServer } from './server.ts'
import { TcpTarget } from './tcp-target.ts'

const COMMANDS = 300
const ways = ['SAVE', 'BGSAVE', 'a save point', 'SHUTDOWN SAVE', 'SAVE', 'BGSAVE'] as const
/** What ends a server or a client, or lets it wait, or is chance's. */
const left =
  /^(?:config|debug|shutdown|client|hello|reset|save|bgsave|bgrewriteaof|multi|exec|watch|monitor|b[lrz].*|spop|randomkey|[hsz]randfield|[sz]randmember)$/i
/** A clock that stands still has no such deadlines. */
const SOON = 100_000

export async function checkCrashes(server: RealServer, seed: number, report: Report): Promise<void> {
  for (const [episode, way] of ways.entries())
    await report.check(`a crash after ${way}: seed ${seed}, episode ${episode}`, async () => {
      const real = await TcpTarget.fresh(server.port, server)
      const ours = freshEngine()
      try {
        await new Pair(real, ours, server).play(way, seed * 7907 + episode)
      } finally {
        real.close()
      }
    })
}

class Pair {
  readonly #real: TcpTarget
  readonly #ours: EngineTarget
  readonly #server: RealServer

  constructor(real: TcpTarget, ours: EngineTarget, server: RealServer) {
    this.#real = real
    this.#ours = ours
    this.#server = server
  }

  async play(way: (typeof ways)[number], seed: number): Promise<void> {
    await this.#real.connect('A', 0)
    this.#ours.connect('A', 0)
    const commands = generate(families, seed, COMMANDS * 2).filter(({ argv }) => !left.test(argv[0] ?? ''))
    await this.#fill(commands.slice(0, COMMANDS))
    await this.#forgetSoon()
    const before = await this.#digests()
    await this.#save(way)
    await this.#fill(commands.slice(COMMANDS))
    await this.#crash()
    const after = await this.#digests()
    if (after.join() !== before.join()) throw new Error(`before ${before.join(' ')}, after ${after.join(' ')}`)
    const [theirs, mine] = before
    await this.#exchange()
    await this.#crash()
    const [there, here] = await this.#digests()
    if (there !== mine) throw new Error(`redis-server makes ${there} of our file, which holds ${mine}`)
    if (here !== theirs) throw new Error(`our engine makes ${here} of their file, which holds ${theirs}`)
  }

  async #fill(commands: readonly { readonly argv: readonly Bytes[] }[]): Promise<void> {
    for (const { argv } of commands) await this.#both(...argv)
  }

  async #both(...argv: readonly Bytes[]): Promise<readonly [string, string]> {
    await this.#real.send('A', argv)
    this.#ours.send('A', argv)
    const [theirs, mine] = [await this.#real.hear('A'), this.#ours.take('A')]
    return [show(theirs ?? null), show(mine ?? null)]
  }

  /** Keys that would end in the middle of this have no deadline; a field that has one goes with its hash. */
  async #forgetSoon(): Promise<void> {
    for (let db = 0; db < 16; db++) {
      await this.#both(latin('SELECT'), latin(String(db)))
      for (const target of [this.#real, this.#ours] as const) {
        const ask = async (...argv: Bytes[]) => {
          await target.send('A', argv)
          return target.hear('A')
        }
        for (const key of (await ask(latin('KEYS'), latin('*'))) as readonly Bytes[]) {
          const ttl = await ask(latin('PTTL'), key)
          if (Number(ttl) >= 0 && Number(ttl) < SOON) await ask(latin('PERSIST'), key)
          const deadlines = show((await ask(latin('OBJECT'), latin('ENCODING'), key)) ?? null)
          if (deadlines === '"listpackex"' || deadlines === '"hashtable"') await this.#dropTimed(ask, key)
        }
      }
    }
  }

  async #dropTimed(ask: (...argv: Bytes[]) => Promise<unknown>, key: Bytes): Promise<void> {
    const fields = await ask(latin('HKEYS'), key)
    if (!Array.isArray(fields)) return
    const names = fields as readonly Bytes[]
    const ends = await ask(latin('HPTTL'), key, latin('FIELDS'), latin(String(names.length)), ...names)
    if (Array.isArray(ends) && ends.some((end) => Number(end) >= 0)) await ask(latin('DEL'), key)
  }

  async #digests(): Promise<readonly [string, string]> {
    return this.#both(latin('DEBUG'), latin('DIGEST'))
  }

  async #save(way: (typeof ways)[number]): Promise<void> {
    if (way === 'SHUTDOWN SAVE') {
      await this.#both(...'CONFIG SET save'.split(' ').map(latin), latin('9000 1'))
      await this.#real.befall('restart')
      this.#ours.befall('restart')
      return
    }
    if (way !== 'a save point') {
      await this.#both(latin(way))
      await this.#real.befall('saved')
      this.#ours.befall('saved')
      return
    }
    const [since] = await this.#both(latin('LASTSAVE'))
    await this.#both(...'CONFIG SET save'.split(' ').map(latin), latin('1 1'))
    this.#ours.advance(3000)
    // LASTSAVE is there once the file is: the clock of a real server is waited for.
    for (let now = since; now === since; [now] = await this.#both(latin('LASTSAVE'))) await setTimeout(50)
    await this.#both(...'CONFIG SET save'.split(' ').map(latin), latin(''))
    await this.#real.befall('saved')
  }

  async #crash(): Promise<void> {
    await this.#real.befall('crash')
    this.#ours.befall('crash')
  }

  async #exchange(): Promise<void> {
    await this.#real.send('A', ['CONFIG', 'GET', 'dir'].map(latin))
    const [, dir] = (await this.#real.hear('A')) as readonly Bytes[]
    const path = join(text(dir!), 'dump.rdb')
    const theirs = new Uint8Array(readFileSync(path))
    const { files } = this.#ours.engine.disk
    const mine = files.get('dump.rdb')!
    files.set('dump.rdb', { ...mine, bytes: theirs })
    writeFileSync(path, mine.bytes)
    this.#server.approve(path)
  }
}
