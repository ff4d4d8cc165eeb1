// The longest common subsequence of two strings, by the classic table. The server keeps a number in each cell; the way back
// only asks which neighbour was larger, so one bit a cell is enough, and two rows of numbers.
import { latin, toArray, type Bytes } from '../../wire/bytes.ts'

/** Cells that the server's table may have: its proto-max-bulk-len of 512 MB over 4 bytes. */
export const MAX_CELLS = (512 * 1024 * 1024) / 4

/** A stretch that stands in both strings; first and last index in each. */
export interface Match {
  readonly a: readonly [number, number]
  readonly b: readonly [number, number]
}

class Table {
  readonly length: number
  readonly #width: number
  readonly #up: Uint8Array

  constructor(a: Bytes, b: Bytes) {
    this.#width = b.length
    this.#up = new Uint8Array(Math.ceil((a.length * b.length) / 8))
    // The two rows lie along the shorter string, whichever it is.
    const alongB = b.length <= a.length
    const [outer, inner] = alongB ? [a, b] : [b, a]
    const codes = toArray(inner)
    let above = new Uint32Array(inner.length + 1)
    let row = new Uint32Array(inner.length + 1)
    for (let i = 0; i < outer.length; i++) {
      const code = outer.charCodeAt(i)
      let beside = 0
      let diagonal = 0
      for (let j = 0; j < inner.length; j++) {
        const before = above[j + 1]!
        const longest = codes[j] === code ? diagonal + 1 : Math.max(before, beside)
        if (before !== beside && before > beside === alongB)
          this.#mark(alongB ? i * this.#width + j : j * this.#width + i)
        row[j + 1] = longest
        beside = longest
        diagonal = before
      }
      const filled = row
      row = above
      above = filled
    }
    this.length = above[inner.length]!
  }

  #mark(cell: number): void {
    this.#up[cell >>> 3]! |= 1 << (cell & 7)
  }

  /** Whether the way back from where these two bytes differ goes to the byte of `a` before. */
  goesUp(i: number, j: number): boolean {
    const cell = i * this.#width + j
    return (this.#up[cell >>> 3]! & (1 << (cell & 7))) !== 0
  }
}

/** The length alone. */
export const lcsLength = (a: Bytes, b: Bytes): number => new Table(a, b).length

/** The subsequence itself, and the stretches it is made of, from the last to the first. */
export function lcs(a: Bytes, b: Bytes): { readonly text: Bytes; readonly matches: Match[] } {
  const table = new Table(a, b)
  const matches: Match[] = []
  const texts: string[] = []
  let [i, j] = [a.length, b.length]
  while (i > 0 && j > 0) {
    const [endA, endB] = [i, j]
    while (i > 0 && j > 0 && a.charCodeAt(i - 1) === b.charCodeAt(j - 1)) {
      i--
      j--
    }
    if (i < endA) {
      matches.push({ a: [i, endA - 1], b: [j, endB - 1] })
      texts.push(a.slice(i, endA))
    } else if (table.goesUp(i - 1, j - 1)) i--
    else j--
  }
  return { text: latin(texts.reverse().join('')), matches }
}
