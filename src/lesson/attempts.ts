// What learners try: beside a lesson stands `attempts.txt`, with ways that do what a step asks and ways that tempt but do
// not. Each is played from where its step begins.
//
//   # set-a-value          the step
//   right                  a way that does it; its lines follow
//   A> set Croatia Zagreb
//   wrong                  one that does not
//   A> SET Zagreb Croatia
import { readLines } from './fences.ts'
import { Playing, type OpenBench } from './playing.ts'
import { Problems, type Problem } from './problems.ts'
import type { Lesson, Line } from './schema.ts'

export interface Attempt {
  readonly step: string
  readonly passes: boolean
  readonly lines: readonly Line[]
  /** The lines as they are written. */
  readonly says: string
}

/** Reads a lesson's attempts.txt; problems where it does not fit the lesson. */
export function readAttempts(
  source: string,
  lesson: Lesson,
): { readonly attempts: readonly Attempt[]; readonly problems: readonly Problem[] } {
  const problems = new Problems()
  const attempts: Attempt[] = []
  let step = ''
  const rows = source.replaceAll('\r\n', '\n').split('\n')
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!.trim()
    if (row === '') continue
    if (row.startsWith('# ')) {
      step = row.slice(2).trim()
      if (!lesson.steps.some(({ id }) => id === step))
        problems.add(i + 1, {
          en: `The lesson has no step "${step}".`,
          ko: `수업에 "${step}" 단계가 없어요. 단계 id를 확인하세요.`,
        })
    } else if (row !== 'right' && row !== 'wrong')
      problems.add(i + 1, {
        en: 'An attempt begins with a line "right" or "wrong"; a step with "# its-id".',
        ko: '시도는 "right" 줄이나 "wrong" 줄로, 단계는 "# 단계-id" 줄로 시작하세요.',
      })
    else {
      const from = i + 1
      while (i + 1 < rows.length && !/^(?:right|wrong|# .*)$/.test(rows[i + 1]!.trim())) i++
      const says = rows.slice(from, i + 1).join('\n')
      const lines = readLines(says, from, lesson.clients[0]!, lesson.clients, problems)
      attempts.push({ step, passes: row === 'right', lines, says: says.trim() })
    }
  }
  return { attempts, problems: problems.sorted() }
}

/** Whether the step is done after an attempt; all steps before it were played by their solutions. */
export async function tryOut(lesson: Lesson, attempt: Attempt, open: OpenBench): Promise<boolean> {
  const playing = new Playing(lesson, open)
  playing.setUp()
  for (const [i, step] of lesson.steps.entries()) {
    await playing.begin(i)
    if (step.id === attempt.step) break
    await playing.run(step.solution)
  }
  await playing.run(attempt.lines)
  return playing.player.place().done.includes(attempt.step)
}
