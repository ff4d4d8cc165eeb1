// `hint` and `solution`, typed in a console: what the lesson's buttons say, as a sentence under the line.
import { isTyped, type Block, type Inline, type Line } from '../../lesson/schema.ts'
import type { Teacher } from './console.ts'
import type { LessonStore } from './lesson.ts'

const inline = (parts: readonly Inline[]): string =>
  parts.map((part) => (typeof part.text === 'string' ? part.text : inline(part.text))).join('')

/** A line as a lesson's author writes it; `named`: with its client. */
function written(line: Line, named: boolean): string {
  if ('skip' in line) return `~ ${line.skip}ms`
  if ('server' in line) return `~ ${line.server.startsWith('f') ? 'disk ' : ''}${line.server}`
  const [client, text] = isTyped(line) ? [line.client, line.line] : [line.interrupt, '^C']
  return named ? `${client}> ${text}` : text
}

/** Prose without its marks. */
export function plain(blocks: readonly Block[]): string {
  const parts = blocks.map((block) => {
    switch (block.kind) {
      case 'paragraph':
      case 'heading':
        return inline(block.text)
      case 'list':
        return block.items.map(plain).join(' ')
      case 'quote':
        return plain(block.blocks)
      case 'code':
        return block.code
      case 'run':
        return block.lines.map((line) => written(line, false)).join('; ')
      case 'predict':
        return block.typed.line
      case 'python':
        return block.code
    }
  })
  return parts.join(' ')
}

export function teacherOf(lesson: LessonStore): Teacher {
  const step = () => {
    const { place, lesson: open, closed } = lesson.getState()
    return place && !closed ? open?.steps[place.step] : undefined
  }
  return {
    hint() {
      const now = step()
      if (!now || now.hints.length === 0) return (t) => t.noHint
      if (lesson.getState().place!.hints < now.hints.length) lesson.getState().hint()
      const count = lesson.getState().place!.hints
      const words = plain(now.hints[count - 1]!)
      return (t) => `${t.hintNumber(count, now.hints.length)}: ${words}`
    },
    solution(client) {
      const now = step()
      if (!now || now.solution.length === 0) return { says: (t) => t.noSolution, line: null }
      lesson.getState().show()
      const several = new Set(now.solution.filter(isTyped).map((each) => each.client)).size > 1
      const lines = now.solution.map((each) => written(each, several)).join('\n')
      return {
        says: (t) => `${t.oneWay}:\n${lines}`,
        line: now.solution.filter(isTyped).find((each) => each.client === client)?.line ?? null,
      }
    },
  }
}
