// Who listens to what. Three kinds of subscription: exact channels, patterns, shard channels. A client keeps its own, in the
// order in which it asked; here is only the index from a name to those who listen. Messages go first to those who asked for
// the channel by name, then to those with patterns that match; clients come by their number. No order but these can be
// seen from outside, so an image needs to keep no more than each client's own list.
import { latin, own, type Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import type { Client } from './client.ts'
import { globMatches } from './glob.ts'

export type Listening = 'channels' | 'patterns' | 'shards'

export const push = (...items: Reply[]): Reply => ({ kind: 'push', items })

const MESSAGE = latin('message')
const SMESSAGE = latin('smessage')
const PMESSAGE = latin('pmessage')

const byNumber = (clients: Iterable<Client>) => Array.from(clients).sort((a, b) => a.id - b.id)

export class Channels {
  readonly #deliver: (client: Client, message: Reply) => void
  readonly #index: Readonly<Record<Listening, Map<Bytes, Set<Client>>>> = {
    channels: new Map(),
    patterns: new Map(),
    shards: new Map(),
  }

  constructor(deliver: (client: Client, message: Reply) => void) {
    this.#deliver = deliver
  }

  subscribe(client: Client, kind: Listening, asked: Bytes): void {
    const name = own(asked)
    client.listening[kind].add(name)
    const index = this.#index[kind]
    const listeners = index.get(name) ?? new Set()
    index.set(name, listeners.add(client))
  }

  unsubscribe(client: Client, kind: Listening, name: Bytes): void {
    client.listening[kind].delete(name)
    const listeners = this.#index[kind].get(name)
    listeners?.delete(client)
    if (listeners?.size === 0) this.#index[kind].delete(name)
  }

  /** Ends all that a client listens to, without a word. */
  leave(client: Client): void {
    for (const kind of ['channels', 'patterns', 'shards'] as const)
      for (const name of client.listening[kind]) this.unsubscribe(client, kind, name)
  }

  /** Brings a message to all who listen to the channel. Returns how often it was delivered. */
  publish(channel: Bytes, message: Bytes): number {
    let count = this.#send('channels', MESSAGE, channel, message)
    if (this.#index.patterns.size === 0) return count
    const matching = new Set<Client>()
    for (const [pattern, clients] of this.#index.patterns)
      if (globMatches(pattern, channel)) for (const client of clients) matching.add(client)
    for (const client of byNumber(matching))
      for (const pattern of client.listening.patterns)
        if (globMatches(pattern, channel)) {
          this.#deliver(client, push(PMESSAGE, pattern, channel, message))
          count++
        }
    return count
  }

  publishToShard(channel: Bytes, message: Bytes): number {
    return this.#send('shards', SMESSAGE, channel, message)
  }

  #send(kind: Listening, word: Bytes, channel: Bytes, message: Bytes): number {
    const listeners = this.#index[kind].get(channel)
    if (!listeners) return 0
    for (const client of byNumber(listeners)) this.#deliver(client, push(word, channel, message))
    return listeners.size
  }

  /** How many clients listen to exactly this. */
  count(kind: Listening, name: Bytes): number {
    return this.#index[kind].get(name)?.size ?? 0
  }

  /** How many different names somebody listens to. */
  size(kind: Listening): number {
    return this.#index[kind].size
  }
}

/** What a client counts as subscribed to: channels and patterns together, or shard channels. */
export const subscriptions = ({ listening }: Client, kind: Listening): number =>
  kind === 'shards' ? listening.shards.size : listening.channels.size + listening.patterns.size

/** A client that listens to anything; under RESP2 it may say little else. */
export const listens = (client: Client): boolean =>
  subscriptions(client, 'channels') > 0 || client.listening.shards.size > 0
