// A teacher's own file in the page. It is read by the parser that reads the course, and is data as the course is: lines
// for the engine and text to draw. A chunk of its own, since it brings the parsers along.
import { parseLesson, translateLesson, type Problem } from './format.ts'
import type { Lesson } from './schema.ts'

/** A file as it was handed in. */
export interface Source {
  readonly name: string
  readonly text: string
}

export type Read =
  | { readonly ok: true; readonly lessons: readonly [Lesson, ...Lesson[]] }
  | { readonly ok: false; readonly problems: readonly (Problem & { readonly file: string })[] }

/** The lesson of one file, or of an English one and its Korean one: the one whose head states no minutes is laid over the other. */
export function readGuest(files: readonly Source[]): Read {
  const main = files.find(({ text }) => /^minutes:/m.test(text)) ?? files[0]
  if (!main) return { ok: false, problems: [] }
  const parsed = parseLesson(main.text, { track: 'file' })
  if (!parsed.ok) return { ok: false, problems: inFile(parsed.problems, main) }
  const other = files.find((file) => file !== main)
  // Its id is its own, so that it is never taken for a lesson of the course.
  const named = (lesson: Lesson): Lesson => ({ ...lesson, id: `file:${lesson.id}` })
  if (!other) return { ok: true, lessons: [named({ ...parsed.lesson, language: languageOf(parsed.lesson) })] }
  const translated = translateLesson(parsed.lesson, other.text, 'ko')
  if (!translated.ok) return { ok: false, problems: inFile(translated.problems, other) }
  return { ok: true, lessons: [named(parsed.lesson), named(translated.lesson)] }
}

/** A file alone may be in either language: its titles tell. */
const languageOf = ({ title, steps }: Lesson) =>
  [title, ...steps.map((step) => step.title)].some((each) => /\p{sc=Hangul}/u.test(each)) ? 'ko' : 'en'

const inFile = (problems: readonly Problem[], { name }: Source) => problems.map((each) => ({ ...each, file: name }))
