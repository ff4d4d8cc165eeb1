// A long reply is shown by windows: the first lines in colours, more of them as they are asked for. Nothing is drawn that
// nobody sees.
import type { Reply } from '../../wire/reply.ts'
import { lineCount, pieces, type Piece } from '../../wire/show.ts'

const firstLines = 200
const moreLines = 1000
const firstCharacters = 32_768
const moreCharacters = 131_072

/** A reply that is drawn as far as it was asked for. */
export class ReplyWindow {
  readonly first: readonly Piece[]
  /** What was asked for beyond that, as plain text. */
  readonly chunks: string[] = []
  /** Lines that are shown, and lines that there are. */
  lines = 0
  readonly total: number
  done = false
  readonly #rest: Generator<Piece, void>
  /** The first piece that had no room. */
  #next: Piece | null = null

  constructor(reply: Reply) {
    this.total = lineCount(reply)
    this.#rest = pieces(reply)
    this.first = this.#take(firstLines, firstCharacters)
    // A few lines more are no reason to ask.
    if (!this.done && this.total <= firstLines + 20) this.first = [...this.first, ...this.#take(40, firstCharacters)]
  }

  more(): void {
    const taken = this.#take(moreLines, moreCharacters)
    let text = ''
    for (const piece of taken) text += piece.text
    this.chunks.push(text)
  }

  #take(lines: number, characters: number): Piece[] {
    const taken: Piece[] = []
    let room = characters
    let newLines = 0
    while (newLines < lines && room > 0) {
      const piece = this.#next ?? this.#rest.next().value
      this.#next = null
      if (!piece) {
        this.done = true
        this.lines = this.total
        return taken
      }
      taken.push(piece)
      room -= piece.text.length
      if (piece.text.endsWith('\n')) newLines++
    }
    this.lines += newLines
    const next = this.#rest.next()
    this.#next = next.value ?? null
    if (!this.#next) {
      this.done = true
      this.lines = this.total
    }
    return taken
  }
}
