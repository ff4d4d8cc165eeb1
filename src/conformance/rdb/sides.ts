// A server that snapshots are made by and loaded into: the real one, or ours. What is compared of two of them is drawn in
// the same way.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromArray, latin, text, type Bytes } from '../../wire/bytes.ts'
import { isError, type Reply } from '../../wire/reply.ts'
import { show } from '../../wire/show.ts'
import { Connection } from '../connection.ts'
import { setParameters } from '../fresh.ts'
import type { RealServer } from '../server.ts'
import { Machine } from './machine.ts'

export interface Side {
  pipeline(commands: readonly (readonly Bytes[])[]): Promise<readonly Reply[]>
  /** What SAVE writes. */
  save(): Promise<Uint8Array>
  /** Memory becomes this snapshot. */
  load(file: Uint8Array): Promise<void>
}

const words = (line: string) => line.split(' ').map(latin)

export class RealSide implements Side {
  readonly #connection: Connection
  readonly #path: string

  static async open({ port }: RealServer): Promise<RealSide> {
    const connection = await Connection.open(port)
    const [, folder] = (await connection.ask('CONFIG', 'GET', 'dir')) as readonly Bytes[]
    return new RealSide(connection, join(text(folder!), 'dump.rdb'))
  }

  private constructor(connection: Connection, path: string) {
    this.#connection = connection
    this.#path = path
  }

  pipeline(commands: readonly (readonly Bytes[])[]): Promise<readonly Reply[]> {
    return this.#connection.pipeline(commands)
  }

  async save(): Promise<Uint8Array> {
    await must(this, words('SAVE'))
    return new Uint8Array(readFileSync(this.#path))
  }

  async load(file: Uint8Array): Promise<void> {
    writeFileSync(this.#path, file)
    await must(this, words('DEBUG RELOAD NOSAVE'))
  }

  /** Where the snapshot that was last loaded lies. */
  get path(): string {
    return this.#path
  }

  close(): void {
    this.#connection.close()
  }
}

export class OurSide implements Side {
  readonly #machine = new Machine(Date.now())
  /** It ends and begins with a snapshot, as after a crash; else only memory is exchanged, and parameters stay. */
  readonly #restarts: boolean

  constructor(restarts: boolean) {
    this.#restarts = restarts
    this.#machine.ask(...setParameters)
  }

  async pipeline(commands: readonly (readonly Bytes[])[]): Promise<readonly Reply[]> {
    return commands.map((argv) => this.#machine.ask(...argv))
  }

  async save(): Promise<Uint8Array> {
    return this.#machine.save()
  }

  async load(file: Uint8Array): Promise<void> {
    if (this.#restarts) this.#machine.begin(fromArray(file))
    else this.#machine.reload(fromArray(file))
  }
}

export async function must(side: Side, ...commands: readonly (readonly Bytes[])[]): Promise<readonly Reply[]> {
  const replies = await side.pipeline(commands)
  const wrong = replies.findIndex(isError)
  if (wrong >= 0) throw new Error(`${commands[wrong]!.map(text).join(' ').slice(0, 200)}: ${show(replies[wrong]!)}`)
  return replies
}

/** It has nothing, and its parameters as at first. */
export const fresh = (side: Side, parameters: readonly string[]) => must(side, words('FLUSHALL'), parameters.map(latin))

export const digestOf = async (side: Side): Promise<string> => show((await must(side, words('DEBUG DIGEST')))[0]!)

const DATABASES = 16

/** The keys of each database, in the order of their bytes. */
export async function keysOf(side: Side): Promise<readonly (readonly Bytes[])[]> {
  const asked = Array.from({ length: DATABASES }, (_, db) => [words(`SELECT ${db}`), words('KEYS *')]).flat()
  const replies = await must(side, ...asked)
  return Array.from({ length: DATABASES }, (_, db) => (replies[2 * db + 1] as readonly Bytes[]).toSorted())
}

/**
 * What must be alike of a key: its type, what is asked, and the deadlines of a hash's fields (which servers before 7.4 have
 * not), in the order of their names.
 */
export async function pictureOf(side: Side, asks: readonly string[], fieldsToo = true): Promise<string[]> {
  const drawn: string[] = []
  for (const [db, keys] of (await keysOf(side)).entries()) {
    if (keys.length === 0) continue
    await must(side, words(`SELECT ${db}`))
    const questions = ['TYPE', ...asks].map(words)
    const answers = await side.pipeline(keys.flatMap((key) => questions.map((ask) => [...ask, key])))
    for (const [i, key] of keys.entries()) {
      const about = answers.slice(i * questions.length, (i + 1) * questions.length).map(show)
      const times = about[0] === 'hash' && fieldsToo ? await fieldTimes(side, key) : ''
      drawn.push(`${db} ${text(key)}: ${about.join(' ')} ${times}`)
    }
  }
  return drawn
}

async function fieldTimes(side: Side, key: Bytes): Promise<string> {
  const [found] = await must(side, [latin('HKEYS'), key])
  const fields = (found as readonly Bytes[]).toSorted()
  const [times] = await must(side, [
    latin('HPEXPIRETIME'),
    key,
    latin('FIELDS'),
    latin(String(fields.length)),
    ...fields,
  ])
  return (times as readonly Reply[]).map(show).join()
}

/** A clock runs on: keys that would end soon go on for ever, and so do their hashes' fields. */
const SOON = 1_000_000

export async function forgetSoon(side: Side, fieldsToo: boolean): Promise<void> {
  for (const [db, keys] of (await keysOf(side)).entries()) {
    if (keys.length === 0) continue
    await must(side, words(`SELECT ${db}`))
    const ends = await side.pipeline(keys.flatMap((key) => [words('TYPE'), words('PTTL')].map((ask) => [...ask, key])))
    const soon = (ttl: Reply) => Number(ttl) >= 0 && Number(ttl) < SOON
    for (const [i, key] of keys.entries()) {
      if (soon(ends[2 * i + 1]!)) await must(side, [latin('PERSIST'), key])
      if (!fieldsToo || show(ends[2 * i]!) !== 'hash') continue
      const [found] = await must(side, [latin('HKEYS'), key])
      const fields = found as readonly Bytes[]
      const asked = [latin('FIELDS'), latin(String(fields.length)), ...fields]
      const [ttls] = await must(side, [latin('HPTTL'), key, ...asked])
      if ((ttls as readonly Reply[]).some(soon)) await must(side, [latin('HPERSIST'), key, ...asked])
    }
  }
}
