// An RDB file: a head, facts about the server, the keys of each database with their times, an end and a checksum. It is
// read as far as it goes: where it is damaged, what came before the damage is given, and what is wrong, at which byte and
// under which key. Values of kinds that we cannot read (streams, modules') are stepped over, and counted.
import { latin, text, type Bytes } from '../wire/bytes.ts'
import { Budget, type RdbBounds } from './bounds.ts'
import { crc64 } from './crc64.ts'
import { In, RdbError, type DamageKind } from './in.ts'
import { Out } from './out.ts'
import { readValue } from './reading.ts'
import { modulesParts, stepOver } from './unread.ts'
import { formOf, RDB_VERSION, unwritable, writeValue, type RdbValue, type RdbVersion } from './value.ts'

/** One key of a file. */
export interface RdbKey {
  readonly db: number
  readonly key: Bytes
  readonly value: RdbValue
  /** Ms since 1970, or null. */
  readonly expireAt: number | bigint | null
  /** Seconds since it was last used; where the policy counts that. */
  readonly idle?: number
  /** How often it was used: the logarithm that LFU keeps, 0 to 255. */
  readonly frequency?: number
}

export interface RdbFile {
  readonly version: number
  /** redis-ver, ctime and what else the server told of itself. */
  readonly facts: ReadonlyMap<string, string>
  readonly keys: readonly RdbKey[]
  /** Kinds that were stepped over, with how many there were. */
  readonly unread: ReadonlyMap<string, number>
  readonly damage: Damage | null
}

export type { DamageKind } from './in.ts'

export interface Damage {
  readonly offset: number
  /** The key at which it was met, as text, the beginning of a long one; null: none. */
  readonly key: string | null
  readonly reason: string
  /** The same for a program. */
  readonly kind: DamageKind
}

const MAGIC = 'REDIS'
/** Bytes of a key that are told with the damage. */
const MOST_SHOWN = 256
const OP = {
  slotInfo: 0xf4,
  function2: 0xf5,
  function: 0xf6,
  moduleAux: 0xf7,
  idle: 0xf8,
  frequency: 0xf9,
  fact: 0xfa,
  sizes: 0xfb,
  expireMs: 0xfc,
  expire: 0xfd,
  database: 0xfe,
  end: 0xff,
} as const

export interface RdbOptions {
  readonly version?: RdbVersion
  /** rdbcompression and rdbchecksum; both are on where nothing is said. */
  readonly compress?: boolean
  readonly checksum?: boolean
  readonly facts: readonly (readonly [string, string])[]
}

/** Why keys have no form in an older version, each with its reason; a file of that version must do without them. */
export function refusedBy(
  version: RdbVersion,
  keys: Iterable<RdbKey>,
): { readonly key: RdbKey; readonly why: string }[] {
  const refused: { key: RdbKey; why: string }[] = []
  for (const key of keys) {
    const why = unwritable(key.value, version)
    if (why !== null) refused.push({ key, why })
  }
  return refused
}

/** A file of these keys, which come database by database. Throws where a key has no form in the version. */
export function writeRdb(keys: readonly RdbKey[], options: RdbOptions): Uint8Array<ArrayBuffer> {
  const version = options.version ?? RDB_VERSION
  const out = new Out(options.compress ?? true)
  out.latin(latin(MAGIC + String(version).padStart(4, '0')))
  for (const [name, value] of options.facts) {
    out.u8(OP.fact)
    out.string(latin(name))
    out.string(latin(value))
  }
  const sizes = sizesOf(keys)
  let db = -1
  for (const one of keys) {
    if (one.db !== db) {
      db = one.db
      out.u8(OP.database)
      out.size(db)
      out.u8(OP.sizes)
      for (const size of sizes.get(db)!) out.size(size)
    }
    writeKey(out, one, version)
  }
  out.u8(OP.end)
  const sum = options.checksum === false ? new Uint8Array(8) : crc64(out.bytes())
  out.raw(sum)
  return out.bytes()
}

/** How many keys each database has, and how many of them expire. */
function sizesOf(keys: readonly RdbKey[]): Map<number, [all: number, expiring: number]> {
  const sizes = new Map<number, [number, number]>()
  for (const { db, expireAt } of keys) {
    const [all, expiring] = sizes.get(db) ?? [0, 0]
    sizes.set(db, [all + 1, expiring + (expireAt === null ? 0 : 1)])
  }
  return sizes
}

function writeKey(out: Out, { key, value, expireAt, idle, frequency }: RdbKey, version: RdbVersion): void {
  const why = unwritable(value, version)
  if (why !== null) throw new Error(`${text(key)}: ${why}`)
  if (expireAt !== null) {
    out.u8(OP.expireMs)
    out.i64le(BigInt(expireAt))
  }
  if (idle !== undefined) {
    out.u8(OP.idle)
    out.size(idle)
  }
  if (frequency !== undefined) {
    out.u8(OP.frequency)
    out.u8(frequency)
  }
  out.u8(formOf(value, version))
  out.string(key)
  writeValue(out, value, version)
}

// ---------------------------------------------------------------- reading

/** Reads a file, as far as it goes and as the bounds allow. Never throws: what is wrong stands in `damage`. */
export function readRdb(bytes: Uint8Array, bounds: Partial<RdbBounds> = {}): RdbFile {
  return new Reader(bytes, new Budget(bounds)).file()
}

class Reader {
  readonly #from: In
  readonly #bytes: Uint8Array
  readonly #facts = new Map<string, string>()
  readonly #keys: RdbKey[] = []
  readonly #unread = new Map<string, number>()
  #version = 0
  #key: Bytes | null = null

  constructor(bytes: Uint8Array, budget: Budget) {
    this.#bytes = bytes
    this.#from = new In(bytes, { budget })
  }

  file(): RdbFile {
    const damage = this.#read()
    return {
      version: this.#version,
      facts: this.#facts,
      keys: this.#keys,
      unread: this.#unread,
      damage,
    }
  }

  #read(): Damage | null {
    try {
      this.#head()
      this.#body()
      this.#end()
      return null
    } catch (error) {
      if (!(error instanceof RdbError)) throw error
      const { offset, message: reason, kind } = error
      const key = this.#key === null ? null : text(this.#key.slice(0, MOST_SHOWN) as Bytes)
      return { offset, key, reason, kind }
    }
  }

  #head(): void {
    const from = this.#from
    if (this.#bytes.length < 9 || from.latin(5) !== MAGIC)
      from.fail('this is no RDB file: it does not begin with REDIS', 0, 'not-rdb')
    const version = from.latin(4)
    if (!/^\d{4}$/.test(version)) from.fail('this is no RDB file: it has no version', 5, 'not-rdb')
    this.#version = Number(version)
    if (this.#version < 1 || this.#version > RDB_VERSION)
      from.fail(`the file is of version ${this.#version}; redis-server 8.0 reads up to ${RDB_VERSION}`, 5, 'newer')
  }

  #body(): void {
    const from = this.#from
    let db = 0
    let about: Pick<RdbKey, 'idle' | 'frequency'> & { expireAt: number | bigint | null } = { expireAt: null }
    for (let op = from.u8(); op !== OP.end; op = from.u8()) {
      if (op === OP.fact) this.#facts.set(text(from.string()), text(from.string()))
      else if (op === OP.database) {
        db = from.size()
        if (db > 15) from.fail(`there is no database ${db}`, from.at, 'limits')
      } else if (op === OP.sizes) {
        from.size()
        from.size()
      } else if (op === OP.expireMs) about = { ...about, expireAt: instant(from.i64le()) }
      else if (op === OP.expire) about = { ...about, expireAt: from.i32le() * 1000 }
      else if (op === OP.idle) about = { ...about, idle: from.size() }
      else if (op === OP.frequency) about = { ...about, frequency: from.u8() }
      else if (!this.#other(op)) {
        this.#one(op, db, about)
        about = { expireAt: null }
      }
    }
  }

  #one(form: number, db: number, about: Omit<RdbKey, 'db' | 'key' | 'value'>): void {
    const from = this.#from
    const at = from.at - 1
    const key = from.string()
    this.#key = key
    from.key(at)
    const value = readValue(from, form)
    if (value) this.#keys.push({ db, key, value, ...about })
    else this.#count(stepOver(from, form, at))
    this.#key = null
  }

  #count(kind: string): void {
    this.#unread.set(kind, (this.#unread.get(kind) ?? 0) + 1)
  }

  /** What is neither a key nor about one; false where it is a key's form. */
  #other(op: number): boolean {
    const from = this.#from
    if (op === OP.slotInfo) for (let i = 0; i < 3; i++) from.size()
    else if (op === OP.function2) {
      from.string()
      this.#count('function')
    } else if (op === OP.moduleAux) {
      from.size64()
      modulesParts(from)
      this.#count('module')
    } else if (op >= OP.slotInfo) from.fail(`what follows (${op}) is not known`, from.at - 1, 'form')
    else return false
    return true
  }

  #end(): void {
    const from = this.#from
    if (this.#version < 5) return
    const at = from.at
    const sum = from.raw(8)
    if (sum.some((byte) => byte !== 0) && crc64(this.#bytes, 0, at).some((byte, i) => byte !== sum[i]))
      from.fail('the checksum at the end is not that of the file', at, 'checksum')
  }
}

/** -1 is how the server says that there is none. */
const instant = (value: bigint): number | bigint | null =>
  value === -1n ? null : value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value
