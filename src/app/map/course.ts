// What the map says of the course, from what was done: each lesson's state, and which one to go on with.
import type { Progress } from '../../storage/progress.ts'
import type { Listed } from '../stores/lesson.ts'

export type LessonMark = 'open' | 'begun' | 'now' | 'done'

export const trailOf = ({ lessons }: Progress, id: string) => (Object.hasOwn(lessons, id) ? lessons[id] : undefined)

/** The lesson to go on with: the one that was played last, or if it is finished the next that is not; null: all are done. */
export function nextOf(library: readonly Listed[], progress: Progress): Listed | null {
  const at = (each: Listed) => trailOf(progress, each.id)?.at ?? -1
  const isOpen = (each: Listed) => (trailOf(progress, each.id)?.finished ?? null) === null
  const last = library.reduce<Listed | null>((best, each) => (at(each) > (best ? at(best) : -1) ? each : best), null)
  const from = last ? library.indexOf(last) : 0
  return [...library.slice(from), ...library.slice(0, from)].find(isOpen) ?? null
}

export function markOf(progress: Progress, lesson: Listed, next: Listed | null): LessonMark {
  const trail = trailOf(progress, lesson.id)
  if (trail && trail.finished !== null) return 'done'
  if (trail && lesson === next) return 'now'
  return trail ? 'begun' : 'open'
}
