// An engine with one client, and what must hold of it whatever was read into it.
import { Engine } from '../../engine/engine.ts'
import '../../engine/whole.ts'
import { readPayload } from '../../rdb/payload.ts'
import { latin, text, type Bytes } from '../../wire/bytes.ts'
import { isError, type Reply } from '../../wire/reply.ts'
import { show } from '../../wire/show.ts'

/** When all of it plays, ms since 1970. */
export const START = Date.UTC(2026, 0, 1)
const CLIENT = 1

const encodings: Readonly<Record<string, readonly string[]>> = {
  string: ['int', 'embstr', 'raw'],
  list: ['listpack', 'quicklist'],
  set: ['intset', 'listpack', 'hashtable'],
  zset: ['listpack', 'skiplist'],
  hash: ['listpack', 'listpackex', 'hashtable'],
}
/** How many there are, and the command that shows them, with so many words each. */
const walks: Readonly<Record<string, readonly [size: string, all: string, words: number, ...rest: string[]]>> = {
  list: ['LLEN', 'LRANGE', 1, '0', '-1'],
  set: ['SCARD', 'SMEMBERS', 1],
  zset: ['ZCARD', 'ZRANGE', 2, '0', '-1', 'WITHSCORES'],
  hash: ['HLEN', 'HGETALL', 2],
}

export class Machine {
  engine: Engine
  readonly #at: number

  constructor(at = START) {
    this.#at = at
    this.engine = new Engine({ seed: 1, at })
    this.#connect()
  }

  #connect(): void {
    this.engine.apply({ do: 'connect', at: this.#at, client: CLIENT, name: '', db: 0 })
  }

  ask(...argv: readonly (string | Bytes)[]): Reply {
    const outputs = this.engine.apply({ do: 'send', at: this.#at, client: CLIENT, argv: argv as readonly Bytes[] })
    const answer = outputs.find((output) => output.on === 'reply')
    return answer?.on === 'reply' ? answer.reply : null
  }

  /** As redis-cli draws it. */
  shown(...argv: readonly (string | Bytes)[]): string {
    return show(this.ask(...argv))
  }

  /** The snapshot that SAVE writes now. */
  save(): Uint8Array {
    const answer = this.ask('SAVE')
    if (isError(answer)) throw new Error(show(answer))
    return this.engine.disk.files.get('dump.rdb')!.bytes
  }

  /** The server ends and begins with this snapshot. */
  begin(file: Bytes): void {
    this.engine.apply({ do: 'put', at: this.#at, path: latin('dump.rdb'), bytes: file })
    this.engine.apply({ do: 'crash', at: this.#at })
    this.#connect()
  }

  /** Memory becomes this snapshot; parameters stay. */
  reload(file: Bytes): void {
    this.engine.apply({ do: 'put', at: this.#at, path: latin('dump.rdb'), bytes: file })
    const answer = this.ask('DEBUG', 'RELOAD', 'NOSAVE')
    if (isError(answer)) throw new Error(show(answer))
  }

  /** Throws where something does not hold together; else the digest of all there is. */
  check(): string {
    const { engine } = this
    const digest = this.shown('DEBUG', 'DIGEST')
    const again = Engine.restore(engine.image())
    if (again.memory !== engine.memory) throw new Error(`memory is ${engine.memory}, counted anew ${again.memory}`)
    for (const { db, keys } of engine.sizes()) {
      this.ask('SELECT', String(db))
      const names = [...engine.keys(db)]
      if (names.length !== keys) throw new Error(`there are ${names.length} keys, not ${keys}`)
      for (const key of names) this.#checkKey(key)
    }
    this.ask('SELECT', '0')
    return digest
  }

  #checkKey(key: Bytes): void {
    const type = this.shown('TYPE', key)
    const encoding = this.shown('OBJECT', 'ENCODING', key)
    const says = (what: string) => new Error(`${text(key)}, a ${type}: ${what}`)
    if (!encodings[type]?.includes(JSON.parse(encoding) as string)) throw says(`is ${encoding}`)
    const walk = walks[type]
    if (walk) {
      const [size, all, words, ...rest] = walk
      const found = this.ask(all, key, ...rest) as readonly Bytes[]
      if (this.ask(size, key) !== found.length / words) throw says(`${size} is not what ${all} shows`)
      if (type === 'zset' && found.some((word) => word === 'nan')) throw says('has a score that is no number')
    }
    const payload = this.ask('DUMP', key)
    if (payload === null) return
    if (typeof readPayload(payload as Bytes) === 'string') throw says('cannot be read after DUMP')
  }
}
