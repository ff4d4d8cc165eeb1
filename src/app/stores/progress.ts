// How far a person is in the course. It follows the lesson that is played; the browser keeps it apart from sessions.
// Before anything is written, what another tab wrote is read and merged, so that none undoes the other's.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { merge, none, read, write, type Progress, type Trail } from '../../storage/progress.ts'
import type { Memory } from './layout.ts'
import type { LessonState, LessonStore } from './lesson.ts'

export interface ProgressState {
  readonly progress: Progress
  /** What a reset took away, until the page goes. */
  readonly taken: Progress | null
  /** Reads what another tab wrote. */
  readonly look: () => void
  /** Takes in a file that was handed out; false: it is none. */
  readonly add: (file: string) => boolean
  readonly reset: () => void
  readonly undoReset: () => void
}

export type ProgressStore = StoreApi<ProgressState>

/** The name under which the browser keeps it. */
export const progressName = 'rediscover.progress'

/** Follows the lesson store; only lessons that `counts` knows are noted. */
export function createProgressStore(
  lesson: LessonStore,
  counts: (id: string) => boolean,
  memory: Memory | null,
  clock: () => number,
): ProgressStore {
  const recall = () => {
    try {
      return read(memory?.getItem(progressName) ?? null) ?? none
    } catch {
      return none
    }
  }
  const store = createStore<ProgressState>()((set, get) => ({
    progress: recall(),
    taken: null,
    look: () => set({ progress: merge(get().progress, recall()) }),
    add(file) {
      const found = read(file)
      if (!found) return false
      keep((now) => merge(now, { ...found, since: now.since }))
      return true
    },
    reset() {
      set({ taken: merge(get().progress, recall()) })
      keep(({ since }) => ({ ...none, since: Math.max(since + 1, Math.floor(clock())) }))
    },
    undoReset() {
      const { taken } = get()
      set({ taken: null })
      if (taken) keep((now) => merge({ ...taken, since: now.since }, now))
    },
  }))

  function keep(change: (now: Progress) => Progress): void {
    const progress = change(merge(store.getState().progress, recall()))
    store.setState({ progress })
    try {
      memory?.setItem(progressName, write(progress))
    } catch {
      // A browser may refuse; then it lasts as long as the page.
    }
  }

  lesson.subscribe((now, before) => {
    const id = now.lesson?.id
    if (id === undefined || !counts(id) || before.lesson?.id !== id || now.place === before.place) return
    const added = addedBy(now, before, Math.floor(clock()))
    if (added) keep((known) => merge(known, { ...none, since: known.since, lessons: { [id]: added } }))
  })
  return store
}

/** What a move in a lesson adds: only what is new, so that a reset is not undone by an older session. */
function addedBy({ lesson, place }: LessonState, before: LessonState, at: number): Trail | null {
  const then = before.place
  if (!lesson || !place || !then) return null
  const { done, seen = [] } = place
  const fresh = done.filter((id) => !then.done.includes(id) || (then.seen?.includes(id) && !seen.includes(id)))
  if (fresh.length === 0 && place.step === then.step) return null
  return {
    done: fresh,
    seen: fresh.filter((id) => seen.includes(id)),
    finished: fresh.length > 0 && lesson.steps.every(({ id }) => done.includes(id)) ? at : null,
    step: lesson.steps[place.step]!.id,
    at,
  }
}
