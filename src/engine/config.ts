// CONFIG's parameters as a table: name, the default that the server has, and how a new value is read. Sizes and
// thresholds that values look at live in `limits`, so that no write has to look anything up.
import type { Reader, Writer } from './binary.ts'
import { defaultLimits, type Limits } from './values/value.ts'

interface Parameter {
  /** As CONFIG GET shows it. */
  get(config: Config): string
  /** Reads a new value; returns what is wrong with it, or null. */
  set(config: Config, value: string): string | null
}

const number = (limit: keyof Limits, low: number, high = 9007199254740991): Parameter => ({
  get: ({ limits }) => String(limits[limit]),
  set({ limits }, value) {
    if (!/^-?[0-9]+$/.test(value)) return "argument couldn't be parsed into an integer"
    const parsed = Number(value)
    if (parsed < low || parsed > high) return `argument must be between ${low} and ${high} inclusive`
    limits[limit] = parsed
    return null
  },
})

const parameters: Readonly<Record<string, Parameter>> = {
  save: {
    get: ({ savePoints }) => savePoints.map(({ seconds, changes }) => `${seconds} ${changes}`).join(' '),
    set(config, value) {
      const words = value.split(' ').filter((word) => word !== '')
      if (words.length % 2 !== 0 || words.some((word) => !/^[0-9]+$/.test(word))) return 'Invalid save parameters'
      const numbers = words.map(Number)
      if (numbers.some((one, i) => (i % 2 === 0 ? one < 1 : one < 0))) return 'Invalid save parameters'
      config.savePoints = numbers.flatMap((one, i) => (i % 2 === 0 ? [{ seconds: one, changes: numbers[i + 1]! }] : []))
      return null
    },
  },
  databases: { get: () => '16', set: () => "can't set immutable config" },
  'hash-max-listpack-entries': number('hashMaxListpackEntries', 0),
  'hash-max-listpack-value': number('hashMaxListpackValue', 0),
  'list-max-listpack-size': number('listMaxListpackSize', -2147483648, 2147483647),
  'set-max-intset-entries': number('setMaxIntsetEntries', 0),
  'set-max-listpack-entries': number('setMaxListpackEntries', 0),
  'set-max-listpack-value': number('setMaxListpackValue', 0),
  'zset-max-listpack-entries': number('zsetMaxListpackEntries', 0),
  'zset-max-listpack-value': number('zsetMaxListpackValue', 0),
}

export class Config {
  readonly limits: Limits = defaultLimits()
  /**
   * Save points: after so many seconds, if so many changes. Redis' own default is 3600 1 300 100 60 10000; here there are
   * none until CONFIG SET asks for some.
   */
  savePoints: readonly { readonly seconds: number; readonly changes: number }[] = []

  names(): string[] {
    return Object.keys(parameters)
  }

  get(name: string): string | null {
    return Object.hasOwn(parameters, name) ? parameters[name]!.get(this) : null
  }

  has(name: string): boolean {
    return Object.hasOwn(parameters, name)
  }

  /** Sets a parameter. Returns what is wrong with the value, or null. */
  set(name: string, value: string): string | null {
    return parameters[name]!.set(this, value)
  }

  write(to: Writer): void {
    const names = this.names()
    to.list(names, (name) => {
      to.bytes(name)
      to.bytes(this.get(name)!)
    })
  }

  restore(from: Reader): void {
    for (const [name, value] of from.list(() => [from.bytes(), from.bytes()] as const))
      if (this.has(name)) this.set(name, value)
  }
}
