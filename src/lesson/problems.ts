// What is wrong with a lesson's file: each problem has the line to look at and a sentence that says what to do.

import type { Text } from '../wire/text.ts'
import type { Lesson } from './schema.ts'

export interface Problem {
  /** The first line is 1. */
  readonly line: number
  readonly says: Text
}

/** Collects problems, so that an author hears of all of them at once. */
export class Problems {
  readonly list: Problem[] = []

  add(line: number, says: Text): void {
    this.list.push({ line, says })
  }

  /** The problems from the top of the file to its end. */
  sorted(): readonly Problem[] {
    return this.list.toSorted((a, b) => a.line - b.line)
  }
}

export type Parsed =
  | { readonly ok: true; readonly lesson: Lesson }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** A lesson is read in one piece; what is longer is not a lesson. */
const LONGEST = 200_000

/** Runs a reader over a file, with its line ends made plain; a lesson comes out only where there is no problem. */
export function guarded(source: string, read: (text: string, problems: Problems) => Lesson): Parsed {
  const problems = new Problems()
  if (source.length > LONGEST) {
    problems.add(1, {
      en: 'This file is too long for a lesson. Make several of it.',
      ko: '수업 하나로는 파일이 너무 길어요. 여러 개로 나누세요.',
    })
    return { ok: false, problems: problems.list }
  }
  const lesson = read(source.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'), problems)
  return problems.list.length > 0 ? { ok: false, problems: problems.sorted() } : { ok: true, lesson }
}
