// Where a lesson's files are. In the house a lesson is a folder below a track (there is a track.yaml above it), with both
// languages and attempts. A teacher's own file may lie anywhere and be alone: one language, no attempts.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseLesson, translateLesson, type Around } from '../../lesson/format.ts'
import type { Problem } from '../../lesson/problems.ts'
import type { Lesson } from '../../lesson/schema.ts'
import { aroundOf } from '../lessons.ts'

export interface LessonFiles {
  /** The whole lesson: en.md, or a teacher's file of any name. */
  readonly english: string
  /** Where the other two are, or would be; null beside a file of another name. */
  readonly korean: string | null
  readonly attempts: string | null
  /** The track's folder, for a lesson of the house. */
  readonly track: string | null
}

/** Something to be told of a file. A warning leaves the lesson sound. */
export interface Finding extends Problem {
  readonly file: string
  readonly warning?: true
}

/** What could not be read at all, with the reason that it gave. */
export function unreadable(error: unknown, file: string): Finding {
  const why = error instanceof Error ? error.message : String(error)
  return { file, line: 1, says: { en: why, ko: `읽을 수 없어요. 이유를 보고 고치세요: ${why}` } }
}

/** The lessons at a path: a file of one, its folder, or a folder with lessons somewhere in it. */
export function findLessons(path: string): LessonFiles[] {
  if (!existsSync(path)) throw new Error(`There is no ${path}.`)
  if (!statSync(path).isDirectory()) return [lessonOf(path)]
  const found = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => basename(name) === 'en.md' && !name.includes('node_modules'))
    .toSorted()
  if (found.length === 0) throw new Error(`There is no en.md in ${path}.`)
  return found.map((name) => lessonOf(join(path, name)))
}

function lessonOf(file: string): LessonFiles {
  const folder = dirname(file)
  const isOfThree = ['en.md', 'ko.md', 'attempts.txt'].includes(basename(file))
  if (!isOfThree) return { english: file, korean: null, attempts: null, track: null }
  const english = join(folder, 'en.md')
  if (!existsSync(english)) throw new Error(`There is no ${english}. The whole lesson stands there.`)
  const track = dirname(folder)
  return {
    english,
    korean: join(folder, 'ko.md'),
    attempts: join(folder, 'attempts.txt'),
    track: existsSync(join(track, 'track.yaml')) ? track : null,
  }
}

export interface Read {
  /** Null where it is not a lesson yet. */
  readonly lesson: Lesson | null
  readonly korean: Lesson | null
  readonly findings: readonly Finding[]
}

/** Reads a lesson in its languages; what is wrong with the files is told with its line. */
export function readLesson({ english, korean, track }: LessonFiles): Read {
  const at = (file: string) => (problem: Problem) => ({ ...problem, file })
  let around: Around = { track: 'own' }
  try {
    if (track) around = aroundOf(track)
  } catch (error) {
    return { lesson: null, korean: null, findings: [unreadable(error, join(track!, 'track.yaml'))] }
  }
  const parsed = parseLesson(readFileSync(english, 'utf8'), around)
  if (!parsed.ok) return { lesson: null, korean: null, findings: parsed.problems.map(at(english)) }
  const { lesson } = parsed
  if (!korean || !existsSync(korean)) return { lesson, korean: null, findings: [] }
  const translated = translateLesson(lesson, readFileSync(korean, 'utf8'), 'ko')
  if (!translated.ok) return { lesson, korean: null, findings: translated.problems.map(at(korean)) }
  return { lesson, korean: translated.lesson, findings: [] }
}
