// In which line of a lesson's file something stands. A lesson as data knows no lines; what is said of a step, or of a line
// that somebody types in it, is looked up in the text.
export class Lines {
  readonly #rows: readonly string[]

  constructor(source: string) {
    this.#rows = source.replaceAll('\r\n', '\n').split('\n')
  }

  /** The heading of a step; "setup" and what is not found are the file's first line. */
  step(id: string): number {
    return (
      Math.max(
        0,
        this.#rows.findIndex((row) => row.startsWith(`## ${id}:`)),
      ) + 1
    )
  }

  /** A row of just this text. */
  row(text: string): number {
    return (
      Math.max(
        0,
        this.#rows.findIndex((row) => row.trim() === text),
      ) + 1
    )
  }

  /** Where the command is typed in that step (anywhere, for null): its solution where it is in both, else the step. */
  typed(id: string | null, command: string): number {
    const first = id === null ? 0 : this.step(id) - 1
    const next = this.#rows.findIndex((row, i) => i > first && row.startsWith('## '))
    const end = id === null || next < 0 ? this.#rows.length : next
    for (let i = end - 1; i >= first; i--) {
      const row = this.#rows[i]!.trim()
      if (row === command || row.endsWith(`> ${command}`)) return i + 1
    }
    return first + 1
  }
}
