// Damaged files and payloads, in numbers: nothing may throw, take more than the bytes could hold, or leave an engine that
// later breaks. What is taken is worked on, and all that must hold of an engine is asked.
import { readRdb, writeRdb, type RdbFile, type RdbKey } from '../../rdb/file.ts'
import { LZF_MOST } from '../../rdb/lzf.ts'
import { readPayload } from '../../rdb/payload.ts'
import type { RdbValue } from '../../rdb/value.ts'
import { fromArray, latin, type Bytes } from '../../wire/bytes.ts'
import { isError } from '../../wire/reply.ts'
import { show } from '../../wire/show.ts'
import { Chance } from '../chance.ts'
import { families } from '../fuzz/index.ts'
import { expand } from '../fuzz/template.ts'
import { dataset } from './dataset.ts'
import { Machine } from './machine.ts'
import { crookedPayload, mutateFile, mutatePayload } from './mutate.ts'
import { oldPayloads } from './old-forms.ts'

/** What came of so many. */
export interface Tally {
  tried: number
  /** Taken whole. */
  accepted: number
  refused: number
  /** Commands that ran on what was taken. */
  commands: number
  /** How often each reason was met. */
  readonly reasons: Map<string, number>
}

const tally = (): Tally => ({ tried: 0, accepted: 0, refused: 0, commands: 0, reasons: new Map() })
const because = ({ reasons }: Tally, reason: string) => reasons.set(reason, (reasons.get(reason) ?? 0) + 1)

/** Small snapshots as our engine writes them, and the payloads of all their keys; with those of servers long gone. */
export class Corpus {
  readonly files: Uint8Array[] = []
  readonly payloads: Bytes[] = [...oldPayloads]

  constructor(seed: number, count: number) {
    for (let i = 0; i < count; i++) {
      const machine = new Machine()
      const { parameters, commands } = dataset(seed * 7919 + i, { small: true })
      machine.ask('CONFIG', 'SET', ...parameters)
      for (const argv of commands) machine.ask(...argv)
      this.files.push(machine.save())
      for (const { db } of machine.engine.sizes()) {
        machine.ask('SELECT', String(db))
        for (const key of machine.engine.keys(db)) {
          const payload = machine.ask('DUMP', key)
          if (typeof payload === 'string' && payload.length < 600) this.payloads.push(payload as Bytes)
        }
      }
    }
  }
}

// ---------------------------------------------------------------- payloads

/** How many payloads one engine is given before it is looked at as a whole. */
const A_BATCH = 60

/** One that was damaged, by chance or by who knows the format. */
export function damagedPayload({ payloads }: Corpus, chance: Chance): Bytes {
  const payload = chance.one(payloads)
  const value = chance.once(3) ? readPayload(payload) : null
  if (value !== null && typeof value !== 'string') {
    const crooked = crookedPayload(value, chance)
    return chance.once(4) ? mutatePayload(crooked, payload, chance) : crooked
  }
  return mutatePayload(payload, chance.one(payloads), chance)
}

export function damagePayloads(corpus: Corpus, seed: number, count: number): Tally {
  const chance = new Chance(seed)
  const told = tally()
  while (told.tried < count) {
    const machine = new Machine()
    const { parameters } = dataset(seed + told.tried, { small: true })
    machine.ask('CONFIG', 'SET', ...parameters)
    const given: Bytes[] = []
    try {
      for (let i = 0; i < A_BATCH && told.tried < count; i++) {
        given.push(damagedPayload(corpus, chance))
        restore(machine, latin(`k${i}`), given.at(-1)!, chance, told)
      }
      machine.check()
    } catch (error) {
      throw new Error(`seed ${seed}, payload ${told.tried}: ${JSON.stringify(given.at(-1))}`, { cause: error })
    }
  }
  return told
}

function restore(machine: Machine, key: Bytes, payload: Bytes, chance: Chance, told: Tally): void {
  told.tried++
  const value = readPayload(payload)
  if (typeof value !== 'string') weigh([value], payload.length)
  const reply = machine.ask('RESTORE', key, '0', payload)
  if (isError(reply)) {
    told.refused++
    because(told, show(reply))
    return
  }
  told.accepted++
  const before = machine.shown('DEBUG', 'DIGEST-VALUE', key)
  // A field whose time had come is gone, perhaps with its hash.
  const again = machine.ask('DUMP', key)
  if (again !== null) {
    machine.ask('RESTORE', 'again', '0', again as Bytes, 'REPLACE')
    const after = machine.shown('DEBUG', 'DIGEST-VALUE', 'again')
    if (after !== before) throw new Error(`its own DUMP makes another value: ${before}, ${after}`)
  }
  told.commands += work(machine, key, machine.shown('TYPE', key), chance, 5)
}

const kinds: Readonly<Record<string, string>> = {
  string: 'strings',
  list: 'lists',
  set: 'sets',
  zset: 'zsets',
  hash: 'hashes',
}
const leading = new Map(
  Object.entries(kinds).map(([type, name]) => [type, families.filter((family) => family.name === name)]),
)

/** Commands of the key's own kind. */
function work(machine: Machine, key: Bytes, type: string, chance: Chance, count: number): number {
  const mine = leading.get(type)
  if (!mine) return 0
  let done = 0
  for (let i = 0; i < count; i++) {
    const family = chance.one(mine)
    const home = { ...family, home: [key] }
    for (const argv of expand(chance.one(family.templates), home, chance)) {
      if (/^b[lrz]/i.test(argv[0]!)) continue
      machine.ask(...argv)
      done++
    }
  }
  return done
}

/** What comes out is no more than the bytes that went in could hold. */
function weigh(values: Iterable<RdbValue>, length: number): void {
  let bytes = 0
  let elements = 0
  for (const value of values)
    for (const item of stringsOf(value)) {
      bytes += item.length
      elements++
    }
  // Small integers stand in one byte or two, and have up to twenty digits.
  if (bytes > length * LZF_MOST * 20 || elements > length * LZF_MOST) throw new Error(`${length} bytes became ${bytes}`)
}

function stringsOf(value: RdbValue): readonly Bytes[] {
  switch (value.type) {
    case 'string':
      return [value.value]
    case 'list':
      return value.nodes.flatMap(({ items }) => items)
    case 'set':
      return value.members
    case 'zset':
      return value.members.map(([member]) => member)
    case 'hash':
      return value.fields.flatMap(([field, held]) => [field, held])
  }
}

// ---------------------------------------------------------------- files

/** Files with changed bytes; the keys before the damage, or all of them, are loaded and worked on. */
export function damageFiles({ files }: Corpus, seed: number, count: number): Tally {
  const chance = new Chance(seed)
  const told = tally()
  while (told.tried < count) {
    const file = mutateFile(chance.one(files), chance.one(files), chance)
    try {
      told.tried++
      const read = readRdb(file)
      weigh(
        read.keys.map(({ value }) => value),
        file.length,
      )
      told[read.damage ? 'refused' : 'accepted']++
      if (read.damage) toldWell(read, file, told)
      told.commands += live(read, file, chance)
    } catch (error) {
      throw new Error(`seed ${seed}, file ${told.tried}: ${JSON.stringify(fromArray(file))}`, { cause: error })
    }
  }
  return told
}

function toldWell({ damage }: RdbFile, file: Uint8Array, told: Tally): void {
  const { offset, kind, reason } = damage!
  if (!(offset >= 0 && offset <= file.length)) throw new Error(`damage at ${offset} of ${file.length} bytes`)
  if (reason === '') throw new Error('damage without a reason')
  because(told, kind)
}

/** A server begins with what was read, and goes on. */
function live(read: RdbFile, file: Uint8Array, chance: Chance): number {
  const machine = new Machine()
  machine.ask('SET', 'before', '1')
  machine.begin(fromArray(file))
  if (read.damage) {
    // A server takes nothing of such a file.
    if (machine.engine.sizes().length > 0) throw new Error('something was loaded of a damaged file')
    machine.begin(fromArray(writeRdb(last(read.keys), { facts: [] })))
  }
  machine.check()
  let done = 0
  for (const { db } of machine.engine.sizes()) {
    machine.ask('SELECT', String(db))
    const keys = [...machine.engine.keys(db)]
    for (let i = 0; i < 4; i++) {
      const key = chance.one(keys)
      done += work(machine, key, machine.shown('TYPE', key), chance, 3)
    }
  }
  const digest = machine.check()
  machine.reload(fromArray(machine.save()))
  if (machine.shown('DEBUG', 'DIGEST') !== digest) throw new Error('its own snapshot makes other keys')
  return done
}

/** A changed byte may give a key the name of another, of which the later one counts; and databases come in their order. */
function last(keys: readonly RdbKey[]): RdbKey[] {
  const found = new Map(keys.map((one) => [`${one.db}:${one.key}`, one]))
  return [...found.values()].toSorted((a, b) => a.db - b.db)
}

/** Every beginning of files, until there were so many: it gives just the keys that stand in it whole. */
export function cutFiles({ files }: Corpus, count: number): Tally {
  const told = tally()
  for (const file of files) {
    const { keys } = readRdb(file)
    const texts = keys.map((key) => JSON.stringify(key))
    let before = 0
    for (let length = 0; length < file.length && told.tried < count; length++) {
      told.tried++
      const read = readRdb(file.subarray(0, length))
      const found = read.keys.length
      const says = (what: string) => new Error(`${length} of ${file.length} bytes: ${what}`)
      if (!read.damage || read.damage.kind !== (length < 9 ? 'not-rdb' : 'cut')) throw says(`${read.damage?.kind}`)
      toldWell(read, file.subarray(0, length), told)
      if (found < before || found > before + 1) throw says(`${found} keys after ${before}`)
      if (found > 0 && JSON.stringify(read.keys[found - 1]) !== texts[found - 1]) throw says('another last key')
      if (found > before) told.accepted++
      else told.refused++
      before = found
    }
    if (told.tried < count && before !== keys.length) throw new Error('not all keys before the end')
  }
  return told
}
