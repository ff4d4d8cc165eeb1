// What the pane and its editor, Monaco or a plain text area, have to do with each other.
import type { Ref } from 'react'
import type { Help } from './help.ts'
import type { Result } from './runner.ts'

export interface Handle {
  /** The first and the last line that are chosen, counted from 0. */
  readonly chosen: () => readonly [number, number]
  /** Shows a line and puts the cursor there. */
  readonly goTo: (line: number) => void
}

export interface EditorProps {
  readonly handle: Ref<Handle>
  readonly label: string
  readonly results: readonly Result[]
  readonly help: Help
  /** The line that the cursor is on. */
  readonly at: (line: string) => void
}
