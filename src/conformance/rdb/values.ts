// Files and payloads, compared: random commands fill our engine and the real server alike. Then each key's DUMP is read by
// us and says the same on both sides; what we DUMP the server takes by RESTORE; what it saves we read whole; and a file of
// ours it loads, with the same DEBUG DIGEST before and after.
import { readFileSync, writeFileSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import { EngineTarget } from '../../engine/testing/engine-target.ts'
import { latin, text, type Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { readRdb, writeRdb, type RdbKey } from '../../rdb/file.ts'
import { readPayload, writePayload } from '../../rdb/payload.ts'
import type { RdbValue } from '../../rdb/value.ts'
import { Connection } from '../connection.ts'
import { freshen, freshEngine } from '../fresh.ts'
import { generate } from '../fuzz/generate.ts'
import { families } from '../fuzz/index.ts'
import type { Report } from '../report.ts'

const EPISODES = 12
const COMMANDS = 400
/** Commands that change what a payload says without changing the value, or that the two sides answer by chance. */
const left =
  /^(?:config|debug|select|swapdb|flush|move|multi|reset|shutdown|client|hello|save|bgsave|bgrewriteaof|spop|[hsz]randfield|[sz]randmember|randomkey|copy|h?p?expire|h[gs]etex)$/i

export async function checkRdb(port: number, seed: number, report: Report): Promise<void> {
  const real = await Connection.open(port)
  let values = 0
  for (let episode = 0; episode < EPISODES; episode++)
    await report.check(`RDB: seed ${seed}, episode ${episode}`, async () => {
      const ours = freshEngine()
      ours.connect('A', 0)
      await freshen(real)
      // Packed or not, by turns; a payload that is not packed has to be the same to the byte.
      const packs = episode % 2 === 0 ? 'yes' : 'no'
      await both(ours, real, ['CONFIG', 'SET', 'rdbcompression', packs].map(latin))
      for (const { argv } of generate(families, seed * 7919 + episode, COMMANDS))
        if (!left.test(argv[0] ?? '')) await both(ours, real, argv)
      const keys = await compareKeys(ours, real, packs === 'no')
      values += keys.length
      await compareFiles(real, keys)
    })
  real.close()
  console.log(`${values} values went there and back`)
}

async function both(ours: EngineTarget, real: Connection, argv: readonly Bytes[]): Promise<readonly [Reply, Reply]> {
  const theirs = real.pipeline([argv])
  ours.send('A', argv)
  return [ours.take('A') ?? null, (await theirs)[0]!]
}

async function compareKeys(ours: EngineTarget, real: Connection, exactly: boolean): Promise<RdbKey[]> {
  const found: RdbKey[] = []
  for (const key of (await real.ask('KEYS', '*')) as readonly Bytes[]) {
    const [mine, theirs] = await both(ours, real, [latin('DUMP'), key])
    if (typeof mine !== 'string' || typeof theirs !== 'string') throw new Error(`${text(key)}: no DUMP on one side`)
    const value = readPayload(mine as Bytes)
    const other = readPayload(theirs as Bytes)
    if (typeof value === 'string' || typeof other === 'string')
      throw new Error(
        `${text(key)}: ours is ${JSON.stringify(value).slice(0, 20)}, theirs ${JSON.stringify(other).slice(0, 20)}`,
      )
    if (told(value) !== told(other))
      throw new Error(`${text(key)}: ours\n${told(value)}\nredis-server:\n${told(other)}`)
    if (exactly && isExact(value) && mine !== theirs)
      throw new Error(`${text(key)}: the payloads differ in bytes:\n${JSON.stringify(mine)}\n${JSON.stringify(theirs)}`)
    const restored = await real.pipeline([
      [latin('RESTORE'), latin('\x00restored'), latin('0'), mine as Bytes, latin('REPLACE')],
      [latin('DEBUG'), latin('DIGEST-VALUE'), key, latin('\x00restored')],
      [latin('PEXPIRETIME'), key],
      [latin('DEL'), latin('\x00restored')],
    ])
    if (!Array.isArray(restored[1])) throw new Error(`${text(key)}: ${JSON.stringify(restored)}`)
    const [first, second] = (restored[1] as readonly Reply[]).map((digest) => JSON.stringify(digest))
    // The key's own time to live is part of a digest and not of a payload.
    const at = restored[2] as number
    if (at < 0 && first !== second)
      throw new Error(
        `${text(key)}: the server makes something else of our DUMP: ${JSON.stringify(restored)} ${told(value).slice(0, 300)}`,
      )
    found.push({ db: 0, key, value, expireAt: at < 0 ? null : at })
  }
  return found
}

/** The order of what lies in a table is chance. */
const isOrdered = (value: RdbValue) => !('packed' in value) || (value.packed !== null && value.packed !== false)

/** The earliest time of a listpackex is kept beside it, and may be an old one. */
const isExact = (value: RdbValue) => isOrdered(value) && !('packed' in value && value.packed === 'listpackex')

function told(value: RdbValue): string {
  if (isOrdered(value)) return JSON.stringify(value)
  const parts =
    value.type === 'hash' ? value.fields : value.type === 'set' || value.type === 'zset' ? value.members : []
  return JSON.stringify([value.type, parts.map((part) => JSON.stringify(part)).toSorted()])
}

async function compareFiles(real: Connection, keys: readonly RdbKey[]): Promise<void> {
  const [, dir] = (await real.ask('CONFIG', 'GET', 'dir')) as readonly string[]
  const path = joinPath(dir!, 'dump.rdb')
  const before = await real.ask('DEBUG', 'DIGEST')
  await real.ask('SAVE')
  const theirs = readRdb(readFileSync(path))
  if (theirs.damage) throw new Error(`their file, at ${theirs.damage.offset}: ${theirs.damage.reason}`)
  const named = new Map(theirs.keys.map((one) => [one.key, one]))
  for (const { key, value, expireAt } of keys) {
    const one = named.get(key)
    if (!one || told(one.value) !== told(value) || one.expireAt !== expireAt)
      throw new Error(
        `${text(key)} is another one in their file: ${expireAt} ${told(value)}, ${one?.expireAt} ${one && told(one.value)}`,
      )
  }
  const gone = theirs.keys.filter(({ expireAt }) => expireAt !== null && expireAt <= Date.now())
  if (named.size - gone.length !== keys.length)
    throw new Error(`their file holds ${named.size} keys, not ${keys.length}`)
  const again = theirs.keys.map(({ value }) => told(readPayload(writePayload(value)) as RdbValue))
  if (again.some((one, i) => one !== told(theirs.keys[i]!.value)))
    throw new Error('a value does not survive our own payload')
  writeFileSync(path, writeRdb(keys, { facts: [['redis-ver', '8.0.2']] }))
  const loaded = await real.ask('DEBUG', 'RELOAD', 'NOSAVE')
  const after = await real.ask('DEBUG', 'DIGEST')
  if (JSON.stringify(after) !== JSON.stringify(before))
    throw new Error(`our file makes another server: ${JSON.stringify(loaded)}`)
}
