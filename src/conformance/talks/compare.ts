// Whether two servers said the same to three clients. What no server promises is left out: numbers and addresses of
// clients, and an order that only a hash table of the real server decides.
import { latin, text, type Bytes } from '../../wire/bytes.ts'
import { isTagged, map, type Reply } from '../../wire/reply.ts'
import { encode } from '../../wire/resp.ts'
import { show } from '../../wire/show.ts'
import { same } from '../fuzz/compare.ts'
import { inspection } from '../fuzz/generate.ts'
import type { Heard } from './party.ts'
import { clients, type Who } from './script.ts'
import type { Talk } from './stage.ts'

export interface Difference {
  readonly turn: number
  readonly client: Who | null
  readonly ours: string
  readonly real: string
}

/** The first place at which the two differ, in the order of the turns of the real server. */
export function difference(ours: Talk, real: Talk): Difference | null {
  const last = Math.max(0, ...clients.map((who) => real.heard[who].at(-1)?.turn ?? 0))
  const found = [
    ...clients.map((who) => heardOtherwise(who, ours.heard[who], real.heard[who])),
    waitsOtherwise(ours, real),
    endsOtherwise(ours, real, last),
  ].filter((one) => one !== null)
  return found.toSorted((a, b) => a.turn - b.turn)[0] ?? null
}

function heardOtherwise(client: Who, ours: readonly Heard[], real: readonly Heard[]): Difference | null {
  const [mine, judge] = [settled(ours), settled(real)]
  for (let i = 0; i < Math.max(mine.length, judge.length); i++) {
    if (i < mine.length && i < judge.length && encode(mine[i]!, 3) === encode(judge[i]!, 3)) continue
    const turn = (real[i] ?? ours[i])!.turn
    return { turn, client, ours: shown(mine[i]), real: shown(judge[i]) }
  }
  return null
}

const shown = (reply: Reply | undefined) => (reply === undefined ? 'nothing' : show(reply))

function waitsOtherwise(ours: Talk, real: Talk): Difference | null {
  for (let i = 0; i < Math.max(ours.waits.length, real.waits.length); i++) {
    const [mine, judge] = [ours.waits[i], real.waits[i]]
    if (mine?.turn === judge?.turn && mine?.client === judge?.client && mine?.what === judge?.what) continue
    const first = !mine || (judge && judge.turn <= mine.turn) ? judge! : mine
    const tell = (one: typeof mine) => (one?.turn === first.turn ? `${one.client} ${one.what}` : 'nobody waits')
    return { turn: first.turn, client: first.client, ours: tell(mine), real: tell(judge) }
  }
  return null
}

function endsOtherwise(ours: Talk, real: Talk, last: number): Difference | null {
  const where = { turn: last, client: null }
  if (ours.broken !== real.broken) return { ...where, ours: ours.broken ?? 'fine', real: real.broken ?? 'fine' }
  const asked = inspection()
  const at = real.end.findIndex((judge, i) =>
    i === 0
      ? encode(masked(ours.end[0]!), 3) !== encode(masked(judge), 3)
      : !same(ours.end[i]!, judge, asked[i - 1]!.compare, []),
  )
  if (at < 0) return null
  const question = at === 0 ? 'CLIENT LIST' : asked[at - 1]!.argv.join(' ')
  const tell = ({ end }: Talk) => `${question}\n${show(masked(end[at]!))}`
  return { ...where, ours: tell(ours), real: tell(real) }
}

// ------------------------------------------------------------------ what is left out

const fields = /^(name|flags|db|sub|psub|ssub|multi|watch|cmd|resp)=/

/** A reply without what is a server's own: who a client is. */
export function masked(reply: Reply): Reply {
  if (typeof reply === 'string') return latin(described(reply))
  if (Array.isArray(reply)) {
    const items = reply as readonly Reply[]
    return items[0] === 'server' ? items.map((one, i) => (isOwn(items[i - 1]!) ? 0 : one)) : items.map(masked)
  }
  if (!isTagged(reply)) return reply
  if (reply.kind === 'verbatim') return { ...reply, text: latin(described(reply.text)) }
  if (reply.kind === 'map') return map(reply.pairs.map(([name, value]) => [name, isOwn(name) ? 0 : value]))
  return reply
}

/** What HELLO tells of this connection and this server only. */
const isOwn = (name: Reply) => name === 'id' || name === 'modules'

/** CLIENT LIST's lines with the fields that tell a state. */
function described(told: Bytes): string {
  if (!told.startsWith('id=')) return told
  return told.replace(/[^\n]+/g, (line) =>
    line
      .split(' ')
      .filter((field) => fields.test(field))
      .join(' '),
  )
}

const itemsOf = (reply: Reply): readonly Reply[] | null =>
  Array.isArray(reply) ? (reply as readonly Reply[]) : isTagged(reply) && reply.kind === 'push' ? reply.items : null

/** What two messages must share to have come in any order: their word, and for a message by pattern what it says. */
function sharing(reply: Reply): string | null {
  const items = itemsOf(reply)
  const [word, , ...rest] = items ?? []
  if (word === 'pmessage') return encode(rest, 3)
  return typeof word === 'string' && /^[sp]?unsubscribe$/.test(word) ? word : null
}

/** A stream in which what came in any order stands in one: messages by several patterns, channels that were left. */
function settled(heard: readonly Heard[]): Reply[] {
  const replies = heard.map(({ reply }) => masked(reply))
  for (let from = 0; from < replies.length;) {
    const shared = sharing(replies[from]!)
    let to = from + 1
    while (shared !== null && to < replies.length && sharing(replies[to]!) === shared) to++
    if (to > from + 1) replies.splice(from, to - from, ...inOrder(replies.slice(from, to)))
    from = to
  }
  return replies
}

/** The same messages with their names in order; whatever else they count stays at its place. */
function inOrder(run: readonly Reply[]): Reply[] {
  const names = run.map((one) => text((itemsOf(one)![1] ?? latin('')) as Bytes)).toSorted()
  return run.map((one, i) => itemsOf(one)!.map((item, place) => (place === 1 ? latin(names[i]!) : item)))
}
