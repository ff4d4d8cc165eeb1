// All lessons of lessons/**, in their order. What a list of lessons shows is known at once; the lesson itself is a
// chunk of its own for each language, compiled when the site was built.
import { tracks as compiled } from 'virtual:lessons'
import type { Language } from '../wire/text.ts'
import type { Lesson } from './schema.ts'

export interface Entry {
  readonly id: string
  /** The track's id. */
  readonly track: string
  readonly title: Readonly<Record<Language, string>>
  /** Inside lessons/, with the numbers that give the order. */
  readonly folder: string
  readonly minutes: number
  readonly languages: readonly Language[]
  /** What a session of its own needs, known before the lesson is loaded. */
  readonly clients: readonly string[]
  readonly actors: readonly string[]
  readonly db: number
  /** The lesson in this language, or in English where it has not been translated. */
  load(language: Language): Promise<Lesson>
}

export interface Track {
  readonly id: string
  readonly title: Readonly<Record<Language, string>>
  /** What it is about, in a few words. */
  readonly about: Readonly<Record<Language, string>>
}

const chunks = import.meta.glob<Lesson>('../../lessons/*/*/*.md', { import: 'lesson' })

/** The tracks, in the order of their folders. */
export const tracks: readonly Track[] = compiled.map(({ id, title, about }) => ({ id, title, about }))

/** The lessons, in the order of tracks and folders. */
export const library: readonly Entry[] = compiled.flatMap((track) =>
  track.lessons.map((lesson) => ({
    ...lesson,
    track: track.id,
    load: (language: Language) => {
      const name = lesson.languages.includes(language) ? language : 'en'
      return chunks[`../../lessons/${lesson.folder}/${name}.md`]!()
    },
  })),
)

/** The steps of all lessons by lesson: for the map, and for those who look something up. A chunk of its own. */
export const loadSteps = async () => (await import('virtual:lessons/steps')).steps
