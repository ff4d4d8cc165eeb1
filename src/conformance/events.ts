// Keyspace events, compared: random commands go to our engine and to the real server, each followed by a message of our own,
// so that what a listener hears falls into one piece a command. The pieces must be the same, in the same order.
import { setTimeout } from 'node:timers/promises'
import { latin, text, type Bytes } from '../wire/bytes.ts'
import { join } from '../wire/line.ts'
import type { Reply } from '../wire/reply.ts'
import { Connection } from './connection.ts'
import { freshen, freshEngine } from './fresh.ts'
import { families } from './fuzz/index.ts'
import { generate, type Item } from './fuzz/generate.ts'
import type { Report } from './report.ts'

const EPISODES = 10
const COMMANDS = 500
const PATIENCE = 10_000
/** All classes. */
const CLASSES = 'KEAnm'

const words = (line: string): Bytes[] => line.split(' ').map(latin)
const setting = words(`CONFIG SET notify-keyspace-events ${CLASSES}`)
const marker = words('PUBLISH marker end-of-command')
const listening = [words('PSUBSCRIBE __key*'), words('SUBSCRIBE marker')]

export async function checkEvents(port: number, seed: number, report: Report): Promise<void> {
  for (let episode = 0; episode < EPISODES; episode++) {
    const items = generate(families, seed * 1_000_003 + episode, COMMANDS)
    await report.check(`keyspace events: seed ${seed}, episode ${episode}`, async () => {
      const [ours, real] = [pieces(heardOfOurs(items)), pieces(await heardOfReal(port, items))]
      const at = ours.findIndex((piece, i) => piece.join('\n') !== real[i]?.join('\n'))
      if (at < 0) return
      const said = items.slice(Math.max(0, at - 10), at + 1).map(({ argv }) => join(argv, text))
      throw new Error(
        `after\n${said.join('\n')}\nours:\n${ours[at]!.join('\n')}\nredis-server:\n${(real[at] ?? []).join('\n')}`,
      )
    })
  }
}

/** The transaction that is still open ends before the last marker. */
const script = (items: readonly Item[]): Bytes[][] =>
  [...items.map(({ argv }) => [...argv]), words('RESET')].flatMap((argv) => [argv, marker])

function heardOfOurs(items: readonly Item[]): Reply[] {
  const engine = freshEngine()
  for (const client of ['setup', 'speaker', 'listener']) engine.connect(client, 0)
  engine.send('setup', setting)
  for (const argv of listening) engine.send('listener', argv)
  for (const argv of script(items)) engine.send('speaker', argv)
  const heard: Reply[] = []
  for (let reply = engine.take('listener'); reply !== undefined; reply = engine.take('listener')) heard.push(reply)
  return heard.slice(listening.length)
}

async function heardOfReal(port: number, items: readonly Item[]): Promise<Reply[]> {
  const [setup, speaker, listener] = await Promise.all([1, 2, 3].map(() => Connection.open(port)))
  try {
    await freshen(setup!)
    await setup!.pipeline([setting])
    await listener!.pipeline(listening)
    // Its replies tell that all was done; then the listener has its messages, or will in a moment.
    await speaker!.pipeline(script(items))
    const heard: Reply[] = []
    const end = Date.now() + PATIENCE
    for (let quiet = 0; quiet < 3 && Date.now() < end; quiet++) {
      await setup!.ask('PING')
      await setTimeout(1)
      for (let reply = listener!.take(); reply !== undefined; reply = listener!.take()) {
        heard.push(reply)
        quiet = 0
      }
    }
    return heard
  } finally {
    await setup!.ask('CONFIG', 'SET', 'notify-keyspace-events', '')
    for (const one of [setup, speaker, listener]) one!.close()
  }
}

/** What was heard, a piece for each command. SORT looks for the weights of a set's members in an order that is chance. */
function pieces(heard: readonly Reply[]): string[][] {
  const found: string[][] = [[]]
  for (const message of heard) {
    const [, , channel, payload] = message as readonly Reply[]
    if (payload === undefined) found.push([])
    else found.at(-1)!.push(`${channel as Bytes} ${payload as Bytes}`)
  }
  return found.map(inSomeOrder)
}

function inSomeOrder(piece: readonly string[]): string[] {
  const isMiss = (line: string) => line.includes('keymiss')
  const misses = piece.filter(isMiss).toSorted()
  return piece.map((line) => (isMiss(line) ? misses.shift()! : line))
}
