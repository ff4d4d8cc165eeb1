// A long reply goes to the page in pieces, a message each, ahead of the turn that it belongs to: the browser makes each
// message's copy in one task, and a hundred thousand elements at once would hold up a frame. The page puts them together
// before anybody hears of the turn.
import type { Reply } from '../wire/reply.ts'
import { isTagged } from '../wire/reply.ts'
import type { Event, Turn } from './protocol.ts'

/** Elements of a reply that are sent ahead of it. */
export interface Piece {
  readonly piece: readonly unknown[]
}

/** A turn with the long lists of its replies left out: where they belong, in the order in which their elements came. */
export interface CutTurn extends Turn {
  readonly cut?: readonly Place[]
}

/** A list of `count` elements: of the reply of this event, or of the element at this way down from it. */
interface Place {
  readonly event: number
  readonly way: readonly number[]
  readonly count: number
}

/** Elements that go in one message. Copying so many short strings takes a millisecond or two. */
const MOST = 5000

type List = readonly unknown[]

/** What a reply is a list of, where it is one. */
function listOf(reply: Reply): List | null {
  if (Array.isArray(reply)) return reply as List
  if (!isTagged(reply)) return null
  if (reply.kind === 'set' || reply.kind === 'push') return reply.items
  return reply.kind === 'map' ? reply.pairs : null
}

/** The same reply, of these elements. */
function withList(reply: Reply, list: List): Reply {
  if (Array.isArray(reply)) return list as readonly Reply[]
  return isTagged(reply) && reply.kind === 'map'
    ? { ...reply, pairs: list as readonly (readonly [Reply, Reply])[] }
    : ({ ...(reply as object), items: list } as Reply)
}

/** Posts a turn, and what is long of it before. */
export function postInPieces(turn: Turn, post: (message: CutTurn | Piece) => void): void {
  const cut: Place[] = []
  const shorten = (reply: Reply, event: number, way: readonly number[]): Reply => {
    const list = listOf(reply)
    if (!list) return reply
    if (list.length > MOST) {
      for (let from = 0; from < list.length; from += MOST) post({ piece: list.slice(from, from + MOST) })
      cut.push({ event, way, count: list.length })
      return withList(reply, [])
    }
    // EXEC's reply has long ones for elements; deeper there are none.
    if (way.length > 0 || !Array.isArray(reply)) return reply
    let shorter: Reply[] | null = null
    for (const [at, element] of reply.entries()) {
      const left = shorten(element, event, [at])
      if (left !== element) (shorter ??= [...reply])[at] = left
    }
    return shorter ?? reply
  }
  const events = turn.events.map((event, at): Event => {
    if (event.on !== 'reply') return event
    const reply = shorten(event.reply, at, [])
    return reply === event.reply ? event : { ...event, reply }
  })
  post(cut.length > 0 ? { ...turn, events, cut } : turn)
}

/** The page's side: takes each message as it comes, and gives the turn when it is whole. */
export class Gatherer {
  #pieces: List[] = []

  /** The turn, with its long replies in place; null for a piece of one that is still to come. */
  take(message: CutTurn | Piece): Turn | null {
    if ('piece' in message) {
      this.#pieces.push(message.piece)
      return null
    }
    if (!message.cut) return message
    const events = [...message.events]
    for (const place of message.cut) {
      const event = events[place.event]!
      if (event.on === 'reply')
        events[place.event] = { ...event, reply: restored(event.reply, place.way, this.#list(place.count)) }
    }
    return { events }
  }

  #list(count: number): List {
    return this.#pieces.splice(0, Math.ceil(count / MOST)).flat(1)
  }
}

function restored(reply: Reply, way: readonly number[], list: List): Reply {
  const at = way[0]
  if (at === undefined) return withList(reply, list)
  return (reply as readonly Reply[]).map((element, i) => (i === at ? withList(element, list) : element))
}
