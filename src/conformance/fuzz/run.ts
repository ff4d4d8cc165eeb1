// The differential fuzzer: the same random commands to our engine and to the real server, reply by reply. It works in
// episodes that begin on an empty server, so that a divergence can be had again from a few hundred commands at most; the
// first one is cut down to a reproducer by leaving out all that is not needed.
import { EngineTarget } from '../../engine/testing/engine-target.ts'
import { latin, text, type Bytes } from '../../wire/bytes.ts'
import { join } from '../../wire/line.ts'
import { isError, isTagged, type Reply } from '../../wire/reply.ts'
import { show } from '../../wire/show.ts'
import { Connection } from '../connection.ts'
import { freshen, freshEngine } from '../fresh.ts'
import type { Report } from '../report.ts'
import { same, sameExec } from './compare.ts'
import { commandOf, generate, inspection, type Item, type Who } from './generate.ts'
import type { Compare, Family } from './template.ts'

const EPISODE = 500
const MOST_TRIES = 500

export interface Divergence {
  /** The place of the command whose replies differ. */
  readonly at: number
  readonly ours: string
  readonly real: string
}

export interface FuzzOptions {
  readonly commands: number
  readonly seed: number
}

/** Runs the fuzzer; one check an episode. Returns how many commands were compared. */
export async function fuzz(
  families: readonly Family[],
  port: number,
  options: FuzzOptions,
  report: Report,
): Promise<number> {
  const real = await Real.open(port)
  const missing = findMissing(families)
  let compared = 0
  for (let episode = 0; compared < options.commands; episode++) {
    const seed = options.seed * 1_000_003 + episode
    const items = generate(families, seed, Math.min(EPISODE, options.commands - compared)).filter(
      ({ argv }) => !missing.has(argv[0]!),
    )
    const fine = await report.check(`fuzz: seed ${options.seed}, episode ${episode}`, async () => {
      const found = await diverges(items, real)
      if (found) throw new Error(await explain(items, found, real))
    })
    compared += items.length
    if (!fine) break
  }
  real.close()
  return compared
}

/** The commands that are used and that our engine does not have; says so. NOSUCH is meant to be unknown. */
function findMissing(families: readonly Family[]): Set<string> {
  const used = [
    ...families.flatMap(({ templates }) => templates.map(commandOf)),
    ...inspection().map(({ argv }) => argv[0]!),
  ]
  const missing = new Set(used.filter((name) => name !== 'NOSUCH' && !isKnown(name)))
  if (missing.size > 0) console.log(`not in our engine, so not compared: ${[...missing].join(' ')}`)
  return missing
}

function isKnown(name: string): boolean {
  const engine = new EngineTarget({ seed: 1, at: 0 })
  engine.connect('A', 0)
  engine.send('A', [latin(name)])
  const reply = engine.take('A')
  return reply === undefined || !isError(reply) || !reply.text.startsWith('ERR unknown command')
}

/** Plays the commands on both; the first difference, or null. */
async function diverges(items: readonly Item[], real: Real): Promise<Divergence | null> {
  const answers = await real.play(items)
  const engine = freshEngine()
  engine.connect('A', 0)
  engine.connect('B', 0)
  const queued: Record<Who, Compare[]> = { A: [], B: [] }
  for (const [at, item] of items.entries()) {
    const { reply, encoding } = answers[at]!
    const ours = ask(engine, item)
    if (typeof ours === 'object' && ours !== null && 'threw' in ours)
      return { at, ours: `the engine threw ${ours.threw}`, real: show(reply) }
    if (ours === undefined) return { at, ours: '(no reply)', real: show(reply) }
    const queue = queued[item.client]
    const fine = isExec(item) ? sameExec(ours, reply, queue) : same(ours, reply, item.compare, encoding)
    if (!fine) return { at, ours: show(ours), real: show(reply) + (encoding ? ` (${encoding})` : '') }
    if (isTagged(reply) && reply.kind === 'status' && reply.text === 'QUEUED') queue.push(item.compare)
    else if (isExec(item) || item.argv[0] === 'DISCARD') queue.length = 0
  }
  return null
}

const isExec = ({ argv }: Item) => argv[0] === 'EXEC'

function ask(engine: EngineTarget, { client, argv }: Item): Reply | undefined | { readonly threw: string } {
  try {
    engine.send(client, argv)
    return engine.take(client)
  } catch (error) {
    return { threw: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

async function explain(items: readonly Item[], found: Divergence, real: Real): Promise<string> {
  const least = await shrink(items.slice(0, found.at + 1), items[found.at]!.argv[0]!, real)
  const again = (await diverges(least, real)) ?? found
  const lines = least.slice(0, again.at + 1).map(({ client, argv }) => `${client}> ${join(argv, text)}`)
  return `the replies differ. The least that shows it:\n${lines.join('\n')}\nours:\n${head(again.ours)}\nredis-server:\n${head(again.real)}`
}

const MOST_LINES = 40

function head(shown: string): string {
  const lines = shown.split('\n')
  return lines.length > MOST_LINES ? `${lines.slice(0, MOST_LINES).join('\n')}\n… ${lines.length} lines` : shown
}

/** Leaves out ever smaller chunks, as long as what remains still diverges at a command of that name. */
async function shrink(items: readonly Item[], name: Bytes, real: Real): Promise<readonly Item[]> {
  let least = items
  let tries = 0
  for (let size = Math.ceil(least.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < least.length && tries < MOST_TRIES;) {
      const fewer = [...least.slice(0, from), ...least.slice(from + size)]
      const found = fewer.length > 0 ? await diverges(fewer, real) : null
      tries++
      if (found && fewer[found.at]!.argv[0] === name) least = fewer.slice(0, found.at + 1)
      else from += size
    }
  }
  return least
}

interface Answer {
  readonly reply: Reply
  /** How the server keeps the first key's value, where that was asked. */
  readonly encoding: Bytes | null
}

/** Two clients of the real server. */
class Real {
  readonly #own: Connection
  readonly #clients: Readonly<Record<Who, Connection>>

  static async open(port: number): Promise<Real> {
    const [own, a, b] = await Promise.all([Connection.open(port), Connection.open(port), Connection.open(port)])
    return new Real(own, { A: a, B: b })
  }

  private constructor(own: Connection, clients: Readonly<Record<Who, Connection>>) {
    this.#own = own
    this.#clients = clients
  }

  /** Plays the commands on the emptied server: those of one client in one go, until the other's turn comes. */
  async play(items: readonly Item[]): Promise<Answer[]> {
    await this.#clients.A.ask('RESET')
    await this.#clients.B.ask('RESET')
    await freshen(this.#own)
    const inMulti = { A: false, B: false }
    const answers: Answer[] = []
    for (let from = 0; from < items.length;) {
      const { client } = items[from]!
      let to = from
      while (to < items.length && items[to]!.client === client) to++
      const questions = items.slice(from, to).map((item) => ({ item, probe: probe(item, inMulti) }))
      const sent = questions.flatMap(({ item, probe: extra }) => (extra ? [item.argv, extra] : [item.argv]))
      const replies = (await this.#clients[client].pipeline(sent)).values()
      for (const question of questions) {
        const reply = replies.next().value!
        const encoding = question.probe ? replies.next().value! : null
        answers.push({ reply, encoding: typeof encoding === 'string' ? encoding : null })
      }
      from = to
    }
    return answers
  }

  close(): void {
    this.#own.close()
    this.#clients.A.close()
    this.#clients.B.close()
  }
}

/** The question for the encoding, after a command whose order hangs on it; never inside a transaction. */
function probe({ client, argv, compare }: Item, inMulti: Record<Who, boolean>): Bytes[] | null {
  if (argv[0] === 'MULTI') inMulti[client] = true
  if (argv[0] === 'EXEC' || argv[0] === 'DISCARD') inMulti[client] = false
  if (!compare.endsWith('by-encoding') || inMulti[client] || argv.length < 2) return null
  return [latin('OBJECT'), latin('ENCODING'), argv[1]!]
}
