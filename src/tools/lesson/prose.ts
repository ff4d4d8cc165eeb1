// A lesson's prose as plain text: for paragraphs that are too long, and for a terminal.
import { readFrontMatter } from '../../lesson/front-matter.ts'
import { readParts } from '../../lesson/markdown.ts'
import { Problems } from '../../lesson/problems.ts'
import type { Block, Inline } from '../../lesson/schema.ts'
import type { Language, Text } from '../../wire/text.ts'

export const plain = (text: readonly Inline[]): string =>
  text
    .map((part) => (part.kind === 'text' ? part.text : part.kind === 'code' ? `\`${part.text}\`` : plain(part.text)))
    .join('')

/** Every paragraph of a block, and of the blocks inside it. */
export function paragraphs(block: Block): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
      return [plain(block.text)]
    case 'list':
      return block.items.flat().flatMap(paragraphs)
    case 'quote':
      return block.blocks.flatMap(paragraphs)
    default:
      return []
  }
}

/** About four lines of the lesson's pane. */
const longest: Readonly<Record<Language, number>> = { en: 320, ko: 200 }

/** Paragraphs of a file that are longer than four lines, with their places. */
export function longParagraphs(source: string, language: Language): { line: number; says: Text }[] {
  const problems = new Problems()
  const text = source.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  const { rest, offset } = readFrontMatter(text, [], problems)
  return (readParts(rest, offset, problems) ?? []).flatMap((part) => {
    if (part.part !== 'block') return []
    return paragraphs(part.block)
      .filter((paragraph) => paragraph.length > longest[language])
      .map(({ length }) => ({
        line: part.line,
        says: {
          en: `This paragraph has ${length} characters, more than four lines (${longest[language]}). Divide it, or say less.`,
          ko: `이 문단은 ${length}자로, 네 줄(${longest[language]}자)을 넘어요. 나누거나 줄이세요.`,
        },
      }))
  })
}

const isWide = /[\p{sc=Hangul}\p{sc=Han}\u3000-\u303f\uff00-\uff60]/u

/** How many columns of a terminal a text takes. */
export const columns = (text: string): number =>
  Array.from(text).reduce((sum, char) => sum + (isWide.test(char) ? 2 : 1), 0)

/** Breaks a text between words. */
export function wrap(text: string, width: number): string[] {
  const rows: string[] = []
  let row = ''
  for (const word of text.split(' ')) {
    if (row !== '' && columns(`${row} ${word}`) > width) {
      rows.push(row)
      row = word
    } else row = row === '' ? word : `${row} ${word}`
  }
  return [...rows, row]
}
