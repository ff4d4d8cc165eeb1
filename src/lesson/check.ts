// A check looks at what is, never at what was typed: an answer to a read-only command, a reply that was given, a
// client's state. Answers are compared as the text that redis-cli shows for them, so that a lesson reads as a
// transcript does.
import { latin, text, type Bytes } from '../wire/bytes.ts'
import { isError, type Reply } from '../wire/reply.ts'
import { asResp2 } from '../wire/resp.ts'
import { show } from '../wire/show.ts'
import type { World } from './player.ts'
import type { Finding, Probe, Replied, State, Wants } from './schema.ts'
import { asShown } from './shown.ts'

/** What is shown of an answer; a long one is cut. */
const LONGEST = 400

/** Looks by a read-only command. Never throws: what went wrong is what was seen. */
export async function probe(test: Probe, world: World): Promise<Finding> {
  try {
    return judge(await world.peek(test.db, test.argv), test.wants)
  } catch (error) {
    return { holds: false, seen: error instanceof Error ? error.message : String(error) }
  }
}

/** Looks at one command that was answered; null where it is not the one that the test speaks of. */
export function replied(test: Replied, client: string, argv: readonly Bytes[], reply: Reply): Finding | null {
  if (test.client !== null && test.client !== client) return null
  return matches(argv, test.command) ? judge(reply, test.wants) : null
}

/** Looks at a client's state. */
export function state(test: State, world: World): Finding {
  const client = world.client(test.client)
  if (!client) return { holds: false, seen: `${test.client}: not connected` }
  const keys = stateKeys(test, client)
  const seen = [
    client.queued !== null && `${test.client} is in transaction`,
    client.blocked &&
      [
        test.client,
        'is blocked',
        ...(client.blocked.keys.length > 0 ? ['on'] : []),
        ...client.blocked.keys.map(text),
      ].join(' '),
    client.watching.length > 0 && `${test.client} is watching ${client.watching.map(({ key }) => text(key)).join(' ')}`,
    test.is === 'on database' && `${test.client} is on database ${client.db}`,
  ].filter((part) => typeof part === 'string')
  return {
    holds: keys !== null && (test.key === null || keys.includes(test.key)),
    seen: seen.join(', ') || `${test.client} is ready`,
  }
}

/** The keys of the state that is asked for, or null where the client is not in it. */
function stateKeys(test: State, client: NonNullable<ReturnType<World['client']>>): readonly Bytes[] | null {
  switch (test.is) {
    case 'in transaction':
      return client.queued === null ? null : []
    case 'blocked':
      return client.blocked?.keys ?? null
    case 'watching':
      return client.watching.length > 0 ? client.watching.map(({ key }) => key) : null
    case 'subscribed': {
      const { channels, patterns, shards } = client.subscribed
      const all = [...channels, ...patterns, ...shards]
      return all.length > 0 ? all : null
    }
    case 'on database':
      return [latin(String(client.db))]
  }
}

/** Commands whose second word is a name too. */
const containers =
  /^(config|client|object|command|script|memory|debug|pubsub|acl|xinfo|xgroup|latency|slowlog|cluster)$/i

/** The name is the same, and each further word is among the arguments, as often as the test names it. */
function matches(argv: readonly Bytes[], command: readonly Bytes[]): boolean {
  const names = containers.test(command[0]!) ? 2 : 1
  const isNamed = command.slice(0, names).every((word, i) => word.toLowerCase() === argv[i]?.toLowerCase())
  const left = argv.slice(names)
  return (
    isNamed &&
    command.slice(names).every((word) => {
      const at = left.indexOf(word)
      if (at >= 0) left.splice(at, 1)
      return at >= 0
    })
  )
}

/** Compares an answer with what is wanted. */
export function judge(answer: Reply, wants: Wants): Finding {
  const reply = asResp2(answer)
  const shown = asShown(show(reply))
  const seen = shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown
  return { holds: satisfies(reply, shown, wants), seen }
}

function satisfies(reply: Reply, shown: string, wants: Wants): boolean {
  switch (wants.op) {
    case 'is':
      return shown === wants.shown
    case 'is not':
      return shown !== wants.shown && !isError(reply)
    case 'has':
      return isArray(reply) && reply.some((element) => asShown(show(element)) === wants.shown)
    case 'any':
      return !isError(reply)
    case 'whatever':
      return true
    case 'fails':
      return isError(reply) && reply.text.startsWith(wants.code)
    case 'between': {
      const number = asNumber(reply)
      return number !== null && number >= wants.low && number <= wants.high
    }
  }
}

const isArray = (reply: Reply): reply is readonly Reply[] => Array.isArray(reply)

function asNumber(reply: Reply): number | null {
  if (typeof reply === 'number' || typeof reply === 'bigint') return Number(reply)
  return typeof reply === 'string' && /^-?\d+$/.test(reply) ? Number(reply) : null
}
