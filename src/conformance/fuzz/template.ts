// Commands of the fuzzer come from templates, one line each:
//   $key            a word from a pool (pools.ts)
//   [NX|XX GET]     nothing, or one of these
//   <EX|PX>         one of these
//   ($field $value)...   one to three times
import { utf8, type Bytes } from '../../wire/bytes.ts'
import type { Chance } from '../chance.ts'
import { pools } from './pools.ts'

/** How two replies are compared. */
export type Compare =
  | 'exact'
  /** An array in any order. */
  | 'sorted'
  /** An array of pairs in any order. */
  | 'pairs'
  /** In order unless the value of the first key is a hashtable in the real server: its order is chance. */
  | 'by-encoding'
  | 'pairs-by-encoding'
  /** A cursor and what was found: what was found in order unless it is a hashtable's. */
  | 'scan-by-encoding'
  /** A moment or a span reckoned from now: the two clocks may differ a little. */
  | 'near'
  /** A whole walk of SCAN: what was found in any order; of a part of a walk only that it is one. */
  | 'scan'
  /** Chance: only what kind of reply it is. */
  | 'kind'

export interface Template {
  readonly line: string
  readonly compare: Compare
}

export interface Family {
  readonly name: string
  readonly templates: readonly Template[]
}

/** A family of templates; a plain string is compared exactly. */
export function family(
  name: string,
  templates: readonly (string | readonly [line: string, compare: Compare])[],
): Family {
  return {
    name,
    templates: templates.map((one) =>
      typeof one === 'string' ? { line: one, compare: 'exact' } : { line: one[0], compare: one[1] },
    ),
  }
}

/** One command of that template. */
export function expand(line: string, chance: Chance): Bytes[] {
  const parts = line.match(/[[\]<>()|]|\.\.\.|[^\s[\]<>()|.]+|\./g) ?? []
  const out: Bytes[] = []
  new Expander(parts, chance, out).all()
  return out
}

class Expander {
  #at = 0
  readonly #parts: readonly string[]
  readonly #chance: Chance
  #out: Bytes[]

  constructor(parts: readonly string[], chance: Chance, out: Bytes[]) {
    this.#parts = parts
    this.#chance = chance
    this.#out = out
  }

  all(): void {
    while (this.#at < this.#parts.length) this.#part()
  }

  #part(): void {
    const part = this.#parts[this.#at++]!
    if (part === '[') this.#alternatives(']', true)
    else if (part === '<') this.#alternatives('>', false)
    else if (part === '(') this.#repeated()
    else if (part.startsWith('$')) this.#out.push(this.#pooled(part.slice(1)))
    else this.#out.push(utf8(part))
  }

  #pooled(name: string): Bytes {
    const pool = pools[name]
    if (!pool) throw new Error(`no pool $${name}`)
    return pool(this.#chance)
  }

  /** Reads every alternative, keeps one (or none). */
  #alternatives(end: string, optional: boolean): void {
    const outer = this.#out
    const read: Bytes[][] = [[]]
    for (; this.#parts[this.#at] !== end;) {
      this.#out = read.at(-1)!
      if (this.#parts[this.#at] !== '|') this.#part()
      else {
        this.#at++
        read.push([])
      }
    }
    this.#at++
    this.#out = outer
    if (!optional || this.#chance.once(2)) outer.push(...this.#chance.one(read))
  }

  #repeated(): void {
    const start = this.#at
    for (let left = 1 + this.#chance.below(3); left > 0; left--) {
      this.#at = start
      while (this.#parts[this.#at] !== ')') this.#part()
    }
    this.#at++
    if (this.#parts[this.#at++] !== '...') throw new Error('(…) wants ... after it')
  }
}
