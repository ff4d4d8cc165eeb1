// What a run has reached: every command of its groups, and every option's token, must have been answered once without an
// error. What there is to reach comes from our own catalog, never from the templates, so that a forgotten template shows.
import '../../engine/whole.ts'
import type { Bytes } from '../../wire/bytes.ts'
import { isError, isTagged, type Reply } from '../../wire/reply.ts'
import type { ArgDoc } from '../../engine/args.ts'
import { catalog, lookup } from '../../engine/catalog.ts'
import type { Command, Group } from '../../engine/command.ts'
import { ArityError, RedisError } from '../../engine/errors.ts'

/** The catalog's groups whose commands a family must reach. */
const groups: Readonly<Record<string, Group>> = {
  strings: 'string',
  lists: 'list',
  hashes: 'hash',
  sets: 'set',
  zsets: 'sorted-set',
  keys: 'generic',
  transactions: 'transactions',
}

/** What belongs to the family of keys, though the catalog counts it to the server. */
const withKeys = ['DBSIZE', 'FLUSHALL', 'FLUSHDB', 'SWAPDB', 'DEBUG', 'CONFIG SET', 'CONFIG GET', 'MEMORY USAGE']

/** Commands of these groups that other tests compare: they speak with other servers, or move values as opaque bytes. */
const elsewhere = ['MIGRATE', 'WAIT', 'WAITAOF', 'DUMP', 'RESTORE']

/** The groups of talks between clients (conformance/talks): some speak of more than one of the catalog's groups. */
const talking: Readonly<Record<string, (command: Command) => boolean>> = {
  blocking: ({ flags, name }) => (flags.has('blocking') && !elsewhere.includes(name)) || name === 'CLIENT UNBLOCK',
  watch: ({ name }) => ['WATCH', 'UNWATCH', 'EXEC', 'DISCARD'].includes(name),
  pubsub: ({ group, name }) => group === 'pubsub' && !name.endsWith(' HELP'),
  resp3: ({ name }) => ['HELLO', 'RESET'].includes(name),
}

export class Coverage {
  readonly #missed = new Map<string, Set<string>>()
  /** Replies that tell something; QUEUED does not. */
  replies = 0
  errors = 0

  constructor(families: Iterable<string>) {
    for (const name of families)
      for (const command of catalog)
        if (isAsked(name, command)) this.#missed.set(command.name, new Set(['', ...tokensOf(command)]))
  }

  /** Notes a reply of the real server. */
  heard(argv: readonly Bytes[], reply: Reply): void {
    if (isTagged(reply) && reply.kind === 'status' && reply.text === 'QUEUED') return
    this.replies++
    if (isError(reply)) this.errors++
    else this.#hit(argv)
  }

  /** The share of replies that are no errors, from 0 to 1. */
  get fine(): number {
    return this.replies === 0 ? 0 : 1 - this.errors / this.replies
  }

  /** Commands, and options with their command before them, that were not reached. */
  missed(): string[] {
    return [...this.#missed].flatMap(([name, tokens]) => [...tokens].map((token) => `${name} ${token}`.trim()))
  }

  #hit(argv: readonly Bytes[]): void {
    const name = nameIn(argv)
    const missed = name === null ? undefined : this.#missed.get(name)
    if (!missed || missed.size === 0) return
    missed.delete('')
    for (const word of argv.slice(1)) missed.delete(word.toUpperCase())
  }
}

function isAsked(family: string, command: Command): boolean {
  if (family in talking) return talking[family]!(command)
  if (family === 'keys' && withKeys.includes(command.name)) return true
  if (command.flags.has('blocking') || elsewhere.includes(command.name)) return false
  return groups[family] === command.group
}

/** The tokens of a command's arguments, at any depth. */
function tokensOf({ args }: Command): string[] {
  const found: string[] = []
  const left: ArgDoc[] = args.flatMap(({ docs }) => docs)
  for (let doc = left.pop(); doc; doc = left.pop()) {
    if (doc.token) found.push(doc.token)
    left.push(...(doc.arguments ?? []))
  }
  return found
}

/** The catalog's name for what these words ask, or null. */
export function nameIn(argv: readonly Bytes[]): string | null {
  try {
    return lookup(argv).name
  } catch (error) {
    if (error instanceof RedisError || error instanceof ArityError) return null
    throw error
  }
}
