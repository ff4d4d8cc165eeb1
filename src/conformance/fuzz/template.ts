// Commands of the fuzzer come from templates, one line each:
//   $key            a word from a pool (pools.ts)
//   [NX|XX GET]     nothing, or one of these
//   <EX|PX>         one of these
//   ($field $value)...   one to three times
//   DEL k ; SPOP k  commands that belong together: one client sends them one after the other
// $key is one of the keys that the family's kind of value mostly has, and sometimes any.
import { utf8, type Bytes } from '../../wire/bytes.ts'
import type { Chance } from '../chance.ts'
import { homes, keys, pools } from './pools.ts'

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
  /** Of several sets: in order unless one of them is a hashtable. */
  | 'by-encodings'
  /** What was made of the keys one and two: in order unless one of them is a hashtable. */
  | 'by-scratch'
  /** Of several sets, gathered in a new one: in order if all are intsets, and what they give together is one too. */
  | 'by-intsets'
  /** A cursor and what was found: what was found in order unless it comes from a hashtable or a skiplist's one. */
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
  /** The keys that its commands mostly name; null: those of some kind, another one each time. */
  readonly home: readonly Bytes[] | null
}

/** A family of templates; a plain string is compared exactly. Its keys are those of the kind that has its name. */
export function family(
  name: string,
  templates: readonly (string | readonly [line: string, compare: Compare])[],
): Family {
  return {
    name,
    templates: templates.map((one) =>
      typeof one === 'string' ? { line: one, compare: 'exact' } : { line: one[0], compare: one[1] },
    ),
    home: homes[name] ?? null,
  }
}

/** The commands of that template: one, or some that belong together. */
export function expand({ line }: Template, { home }: Family, chance: Chance): Bytes[][] {
  const mostly = home ?? chance.one(Object.values(homes))
  return line.split(' ; ').map((one) => {
    const parts = one.match(/[[\]<>()|]|\.\.\.|[^\s[\]<>()|]+/g) ?? []
    const out: Bytes[] = []
    new Expander(parts, chance, mostly, out).all()
    return out
  })
}

class Expander {
  #at = 0
  readonly #parts: readonly string[]
  readonly #chance: Chance
  readonly #home: readonly Bytes[]
  #out: Bytes[]

  constructor(parts: readonly string[], chance: Chance, home: readonly Bytes[], out: Bytes[]) {
    this.#parts = parts
    this.#chance = chance
    this.#home = home
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
    if (name === 'key') return this.#chance.one(this.#chance.once(20) ? keys : this.#home)
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
