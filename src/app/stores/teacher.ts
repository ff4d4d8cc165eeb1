// `hint` and `solution`, typed in a console: what the lesson's buttons say, as a sentence under the line.
import type { Block, Inline } from '../../lesson/schema.ts'
import type { Teacher } from './console.ts'
import type { LessonStore } from './lesson.ts'

const inline = (parts: readonly Inline[]): string =>
  parts.map((part) => (typeof part.text === 'string' ? part.text : inline(part.text))).join('')

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
        return block.lines.map(({ line }) => line).join('; ')
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
      const several = new Set(now.solution.map((each) => each.client)).size > 1
      const lines = now.solution.map((each) => (several ? `${each.client}> ${each.line}` : each.line)).join('\n')
      return {
        says: (t) => `${t.oneWay}:\n${lines}`,
        line: now.solution.find((each) => each.client === client)?.line ?? null,
      }
    },
  }
}
