// CONFIG's parameters as they are set now. Sizes and thresholds that values look at live in `limits`, so that no write has
// to look anything up; which parameters there are, and what each takes, stands in config-parameters.ts.
import { BULK_MAX } from '../wire/resp.ts'
import type { Reader, Writer } from './binary.ts'
import { differences, parameters } from './config-parameters.ts'
import { Refusal } from './config-values.ts'
import type { LfuSettings } from './frequency.ts'
import type { SavePoint } from './snapshots.ts'
import { defaultLimits, type Limits } from './values/value.ts'

const own = (name: string): string => parameters[name]!.alias ?? name

const initial = (name: string): string => differences[name]?.ours ?? parameters[name]!.value

export class Config {
  readonly limits: Limits = defaultLimits()
  /** After so many seconds, if so many changes, the server saves by itself. */
  savePoints: readonly SavePoint[] = []
  /** Fewer changes than these bring no save. */
  leastToSave = Infinity
  /** Bytes that the server may hold; 0: as many as it likes. */
  maxMemory = Number(initial('maxmemory'))
  /** True where maxmemory was set since somebody last looked. */
  limited = false
  /** How use is counted; LFU only where a policy asks for it. */
  lfuSettings: LfuSettings = { factor: 10, decay: 1 }
  lfu: LfuSettings | null = null
  /** Classes of keyspace events that are told, and by which channels; none unless K or E is among them. */
  events = ''
  /** What a client must give before it may do anything; empty: nothing. */
  password = ''
  /** What took at least so many microseconds goes to the slow log; nothing does where it is Infinity. */
  slowerThan = Number(initial('slowlog-log-slower-than'))
  /** The file that the server was started with; empty: none. */
  file = ''
  /** What was set to something else than at first. */
  readonly #set = new Map<string, string>()

  names(): string[] {
    return Object.keys(parameters)
  }

  has(name: string): boolean {
    return Object.hasOwn(parameters, name)
  }

  get(name: string): string | null {
    if (!this.has(name)) return null
    const value = this.#kept(own(name))
    return parameters[own(name)]!.show?.(value) ?? value
  }

  #kept(name: string): string {
    return this.#set.get(name) ?? initial(name)
  }

  /** Why a parameter is never set; null where it may be. */
  never(name: string): string | null {
    return parameters[own(name)]!.never ?? null
  }

  /** Sets a parameter. Returns what is wrong with the value, or null. */
  set(name: string, value: string): string | null {
    const key = own(name)
    const parameter = parameters[key]!
    try {
      this.#put(key, parameter.read(value, this.get(key)!))
      if (key === 'maxmemory') this.limited = true
      return null
    } catch (error) {
      if (error instanceof Refusal) return error.message
      throw error
    }
  }

  /** Sets a parameter to a value that it has shown before. */
  restoreValue(name: string, shown: string): void {
    this.#put(own(name), shown)
  }

  #put(name: string, shown: string): void {
    if (shown === initial(name)) this.#set.delete(name)
    else this.#set.set(name, shown)
    const { limit } = parameters[name]!
    if (limit) this.limits[limit] = limit === 'maxString' ? Math.min(Number(shown), BULK_MAX) : Number(shown)
    if (name.startsWith('maxmemory') || name.startsWith('lfu-')) this.#readMemory()
    if (name === 'notify-keyspace-events') this.events = shown
    if (name === 'save') this.#readSave(shown)
    if (name === 'requirepass') this.password = shown
    if (name === 'slowlog-log-slower-than') this.slowerThan = Number(shown) < 0 ? Infinity : Number(shown)
  }

  #readSave(shown: string): void {
    this.savePoints = readPoints(shown)
    this.leastToSave = Math.min(...this.savePoints.map(({ changes }) => changes))
  }

  #readMemory(): void {
    this.maxMemory = Number(this.get('maxmemory'))
    this.lfuSettings = { factor: Number(this.get('lfu-log-factor')), decay: Number(this.get('lfu-decay-time')) }
    this.lfu = this.get('maxmemory-policy')!.endsWith('-lfu') ? this.lfuSettings : null
  }

  /** The file stands among the parameters, under a name that none has. */
  write(to: Writer): void {
    to.list(this.file ? [...this.#set, ['', this.file] as const] : [...this.#set], ([name, value]) => {
      to.bytes(name)
      to.bytes(value)
    })
  }

  restore(from: Reader): void {
    for (const [name, value] of from.list(() => [from.bytes(), from.bytes()] as const))
      if (this.has(name)) this.#put(name, value)
      else if (name === '') this.file = value
  }
}

function readPoints(shown: string): SavePoint[] {
  const numbers = shown === '' ? [] : shown.split(' ').map(Number)
  return numbers.flatMap((seconds, i) => (i % 2 === 0 ? [{ seconds, changes: numbers[i + 1]! }] : []))
}
