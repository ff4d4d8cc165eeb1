// Looking something up: every word must stand somewhere in a step; titles come before commands, commands before prose.
import type { Block, Inline, Lesson } from '../../lesson/schema.ts'
import { isTyped, type Line } from '../../lesson/schema.ts'
import type { Language, Text } from '../../wire/text.ts'

export interface ListedStep {
  readonly id: string
  readonly title: Text
  readonly commands: readonly string[]
}

export interface Hit {
  readonly lesson: string
  readonly step: number
  readonly title: string
  readonly commands: readonly string[]
}

/** The prose of each step, by lesson; what is not loaded is not looked into. */
export type Prose = ReadonlyMap<string, readonly string[]>

export function findSteps(
  query: string,
  steps: readonly (readonly [lesson: string, steps: readonly ListedStep[]])[],
  prose: Prose,
  language: Language,
): readonly Hit[] {
  const words = plain(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const found = steps.flatMap(([lesson, all]) =>
    all.map(({ title, commands }, step) => {
      const places = [title[language], commands.join(' '), prose.get(lesson)?.[step] ?? ''].map(plain)
      // The place of the word that is hardest to find; -1: it is nowhere.
      const ranks = words.map((word) => places.findIndex((place) => place.includes(word)))
      const rank = ranks.includes(-1) ? -1 : Math.max(...ranks)
      // A command by its whole name comes before those whose names only hold it.
      const isWhole = commands.some((command) => words.includes(plain(command)))
      return { rank: isWhole ? Math.min(rank, 0) : rank, hit: { lesson, step, title: title[language], commands } }
    }),
  )
  return found
    .filter(({ rank }) => rank >= 0)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ hit }) => hit)
}

const plain = (text: string) => text.normalize('NFC').toLowerCase().trim()

/** What a step says, and the lines it shows. */
export const proseOf = ({ steps }: Lesson): string[] =>
  steps.map(({ title, body, solution }) => [title, ...body.map(blockText), ...solution.map(lineText)].join(' '))

const lineText = (line: Line): string => (isTyped(line) ? line.line : '')

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return block.text.map(inlineText).join('')
    case 'list':
      return block.items.flat().map(blockText).join(' ')
    case 'quote':
      return block.blocks.map(blockText).join(' ')
    case 'code':
    case 'python':
      return block.code
    case 'run':
      return block.lines.map(lineText).join(' ')
    case 'predict':
      return block.typed.line
  }
}

const inlineText = (inline: Inline): string =>
  typeof inline.text === 'string' ? inline.text : inline.text.map(inlineText).join('')
