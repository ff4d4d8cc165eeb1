// What a person has done of the course, apart from sessions: kept in the browser, carried between browsers as a file.
// Two of them (another tab's, a file's) are merged so that nothing is lost: steps are only ever added, and a step that
// was done alone anywhere counts as done alone. A reset begins a new time (`since`), which wins over all older ones.

export interface Trail {
  /** Ids of the steps that are done. */
  readonly done: readonly string[]
  /** Those of them that were done only after the solution was shown. */
  readonly seen: readonly string[]
  /** When all steps were done, in ms of the machine's clock; null: not yet. */
  readonly finished: number | null
  /** The step that was open last, and when. */
  readonly step: string
  readonly at: number
}

export interface Progress {
  readonly version: 1
  /** When it was reset last; 0: never. */
  readonly since: number
  readonly lessons: Readonly<Record<string, Trail>>
}

export const none: Progress = { version: 1, since: 0, lessons: {} }

/** Both together. */
export function merge(a: Progress, b: Progress): Progress {
  if (a.since !== b.since) return a.since > b.since ? a : b
  const lessons = new Map(Object.entries(a.lessons))
  for (const [id, trail] of Object.entries(b.lessons)) {
    const known = lessons.get(id)
    lessons.set(id, known ? join(known, trail) : trail)
  }
  return { ...a, lessons: Object.fromEntries(lessons) }
}

function join(a: Trail, b: Trail): Trail {
  const newer = b.at >= a.at ? b : a
  const earned = (id: string) => [a, b].some(({ done, seen }) => done.includes(id) && !seen.includes(id))
  const times = [a.finished, b.finished].filter((time) => time !== null)
  return {
    done: [...new Set([...a.done, ...b.done])],
    seen: [...new Set([...a.seen, ...b.seen])].filter((id) => !earned(id)),
    finished: times.length > 0 ? Math.min(...times) : null,
    step: newer.step,
    at: newer.at,
  }
}

/** The text that is kept, or handed out as a file. */
export const write = (progress: Progress): string => JSON.stringify({ is: 'rediscover.progress', ...progress })

/** What a text holds; null where it is nothing of ours. */
export function read(text: string | null): Progress | null {
  if (text === null) return null
  try {
    const found: unknown = JSON.parse(text)
    if (!isRecord(found) || found['is'] !== 'rediscover.progress' || found['version'] !== 1) return null
    const { since, lessons } = found
    if (!isTime(since) || !isRecord(lessons) || !Object.values(lessons).every(isTrail)) return null
    return { version: 1, since, lessons: lessons as Progress['lessons'] }
  } catch {
    return null
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0
const areIds = (value: unknown) => Array.isArray(value) && value.every((id) => typeof id === 'string')
const isTrail = (value: unknown) =>
  isRecord(value) &&
  areIds(value['done']) &&
  areIds(value['seen']) &&
  (value['finished'] === null || isTime(value['finished'])) &&
  typeof value['step'] === 'string' &&
  isTime(value['at'])
