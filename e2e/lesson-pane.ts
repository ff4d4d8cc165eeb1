// The lesson beside the consoles, as a person or a screen reader finds it, in either language.
import type { Language } from '../src/wire/text.ts'
import type { Playground } from './playground.ts'

export const words = {
  en: {
    task: 'Your turn',
    done: 'done',
    next: 'Next',
    finish: 'Finish',
    back: 'Back',
    hint: 'Hint',
    seen: 'seen',
    showMe: 'Show me',
    oneWay: 'One way to do it',
    finished: 'Lesson finished',
    again: 'Start the lesson again',
  },
  ko: {
    task: '직접 해 보기',
    done: '완료',
    next: '다음',
    finish: '마치기',
    back: '이전',
    hint: '힌트',
    seen: '답을 보고',
    showMe: '답 보기',
    oneWay: '이렇게 할 수 있어요',
    finished: '수업을 마쳤어요',
    again: '처음부터 다시 하기',
  },
} as const

export function pane({ lesson }: Playground, language: Language) {
  const t = words[language]
  const button = (name: string) => lesson.getByRole('button', { name, exact: true })
  return {
    title: (name: string) => lesson.getByRole('heading', { name, exact: true }),
    ticks: lesson
      .getByRole('region', { name: t.task })
      .getByRole('listitem')
      .filter({ hasText: new RegExp(`^${t.done}`) }),
    seen: lesson
      .getByRole('region', { name: t.task })
      .getByRole('listitem')
      .filter({ hasText: new RegExp(`^${t.seen}`) }),
    goals: lesson.getByRole('region', { name: t.task }).getByRole('listitem'),
    next: button(t.next),
    finish: button(t.finish),
    back: button(t.back),
    hint: button(t.hint),
    showMe: button(t.showMe),
    again: button(t.again),
    run: (line: string) => button(line),
  }
}
