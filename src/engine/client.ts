// One client's state in one record. It is part of the image: an open MULTI, a WATCH or a wait survives a reload.
import { latin, type Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import type { Listening } from './channels.ts'
import type { ClientId, Kind } from '../session/protocol.ts'

export interface Watch {
  readonly db: number
  readonly key: Bytes
  /** The key had already expired when it was watched: its reaping is then no change. */
  expired: boolean
}

/** Who spoiled a WATCH. */
export interface Raced {
  readonly db: number
  readonly key: Bytes
  /** Null: it expired. */
  readonly by: ClientId | null
  /** Lower case; empty where time did it. */
  readonly command: string
}

/**
 * What a command waits for: one of its keys to hold this kind; replicas that acknowledge (there are none, so the wait ends with
 * its time); the end of CLIENT PAUSE, which held it back before it ran at all.
 */
export type Awaited = Kind | 'replicas' | 'unpause'

/** A command that waits to run again. */
export interface Wait {
  readonly argv: readonly Bytes[]
  readonly db: number
  readonly keys: readonly Bytes[]
  readonly kind: Awaited
  readonly since: number
  readonly until: number | null
  readonly otherwise: Reply
  /** Its place among all waits: first come, first served. */
  readonly order: number
}

export interface Multi {
  readonly queue: (readonly Bytes[])[]
  /** The first command that was refused while queueing; EXEC will abort. */
  refused: { readonly argv: readonly Bytes[]; readonly text: Bytes } | null
}

export class Client {
  readonly id: ClientId
  /** What the page calls it. */
  name: string
  /** What it calls itself (CLIENT SETNAME), and its library. */
  title: Bytes = latin('')
  libName: Bytes = latin('')
  libVersion: Bytes = latin('')
  noEvict = false
  noTouch = false
  /** What CLIENT REPLY asked for: silence for good, for the next command, or for the one that runs. */
  quiet: 'no' | 'off' | 'next' | 'now' = 'no'
  /** It may do more than say who it is: it came while there was no password, or has given it. */
  authenticated: boolean
  /** It is to be closed once its command has been answered. */
  closing = false
  db: number
  protocol: 2 | 3 = 2
  multi: Multi | null = null
  /** How many commands its EXEC, under way, holds; -1 outside. */
  executing = -1
  watching: Watch[] = []
  raced: Raced | null = null
  wait: Wait | null = null
  /** It sees what all others run. */
  monitoring = false
  /** What it is subscribed to, in the order in which it asked. */
  readonly listening: Readonly<Record<Listening, Set<Bytes>>> = {
    channels: new Set(),
    patterns: new Set(),
    shards: new Set(),
  }
  /** Commands that came while it waited. */
  backlog: (readonly Bytes[])[] = []
  readonly createdAt: number
  lastCommand = ''
  lastAt: number

  constructor(id: ClientId, name: string, db: number, now: number, authenticated = true) {
    this.id = id
    this.name = name
    this.db = db
    this.createdAt = now
    this.lastAt = now
    this.authenticated = authenticated
  }
}
