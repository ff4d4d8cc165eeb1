// What the page around is told of, as it happens: commands, replies, keys, steps, and a receipt when a lesson is done.
import type { ChangedKey, Receipt, Said } from '../../embed/protocol.ts'
import type { Session } from '../../session/client.ts'
import type { Event, UnitReport } from '../../session/protocol.ts'
import { text } from '../../wire/bytes.ts'
import { rowsUpTo } from '../share/pack.ts'
import type { Stores } from '../stores/index.ts'
import type { Memory } from '../stores/layout.ts'
import { isSeen, type LessonState } from '../stores/lesson.ts'
import { resultOf, whereOf } from './desk.ts'

const mostChanges = 100
const mostRows = 1000
const longestLogged = 2000

/** Follows the stores from now on, and says what happens. */
export function report(stores: Stores, session: Session, tally: Tally, say: (said: Said) => void): void {
  const { console: consoles, lesson } = stores
  let told = 0

  /** Commands that were taken since the last look. */
  consoles.subscribe(({ lanes }) => {
    const fresh = lanes.flatMap(({ name, entries }) => {
      const from = entries.findLastIndex(({ seq, pushed }) => seq !== null && !pushed && seq <= told) + 1
      return entries
        .slice(from)
        .flatMap(({ seq, line, pushed, fate }) =>
          seq !== null && seq > told && !pushed && !fate && line !== '' ? [{ client: name, line, seq }] : [],
        )
    })
    for (const each of fresh.toSorted((a, b) => a.seq - b.seq)) {
      told = Math.max(told, each.seq)
      say({ on: 'command', ...each })
    }
  })

  function hear(event: Event): void {
    if (event.on === 'unit' && event.unit.changes.length > 0) say(changeOf(event.unit))
    // What was taken back is no news when it comes again under the same numbers.
    if (event.on === 'replaced') told = event.head
    if (event.on !== 'reply') return
    const lane = consoles.getState().lanes.find(({ client }) => client === event.client)
    const entry = lane?.entries.findLast(({ seq }) => seq === event.seq)
    if (!lane || !entry) return
    tally.count(lesson.getState())
    say({ on: 'reply', seq: event.seq, ...resultOf(lane.name, entry) })
  }
  session.listen(hear)
  stores.session.subscribe(({ info }, before) => {
    if (info?.id !== before.info?.id) told = 0
  })

  lesson.subscribe((now, before) => {
    const where = whereOf(now)
    if (!where || now.place === before.place) return
    tally.open(where.lesson)
    const isSame = before.lesson?.id === where.lesson
    const wasDone = before.place?.done.length ?? 0
    if (isSame && before.place?.step === now.place?.step && wasDone === where.done.length) return
    say({ on: 'step', ...where })
    if (isSame && isComplete(now) && !isComplete(before)) say({ on: 'completed', receipt: receiptOf(stores, tally) })
  })
}

export const isComplete = ({ lesson, place }: LessonState): boolean =>
  lesson !== null && place !== null && lesson.steps.every(({ id }) => place.done.includes(id))

function changeOf({ changes, more }: UnitReport): Said {
  const keys = changes
    .slice(0, mostChanges)
    .map(({ db, key, event, now }): ChangedKey => ({ db, key: text(key), event, type: now?.kind ?? null }))
  return { on: 'change', keys, more: more + changes.length - keys.length }
}

function receiptOf({ lesson, console: consoles }: Stores, tally: Tally): Receipt {
  const { lesson: open, place } = lesson.getState()
  const { attempts, duration } = tally.of(open!.id)
  const rows = rowsUpTo(consoles.getState().lanes, null)
  return {
    lesson: open!.id,
    title: open!.title,
    steps: open!.steps.map(({ id, title }) => ({
      id,
      title,
      isShown: isSeen(place!, id),
      attempts: attempts[id] ?? 0,
    })),
    attempts: Object.values(attempts).reduce((sum, each) => sum + each, 0),
    commands: rows.length,
    duration,
    log: rows.slice(-mostRows).map(({ name, entry }) => resultOf(name, entry, longestLogged)),
  }
}

/** How often a learner tried each step, and since when: kept in the browser, so that a reload does not begin anew. */
export interface Tally {
  /** The lesson is open; its time begins, where it has not yet. */
  readonly open: (lesson: string) => void
  /** A command was answered. */
  readonly count: (state: LessonState) => void
  readonly of: (lesson: string) => { readonly attempts: Readonly<Record<string, number>>; readonly duration: number }
  /** The lesson begins again. */
  readonly forget: (lesson: string) => void
}

interface Counted {
  readonly since: number
  readonly attempts: Readonly<Record<string, number>>
}

/** `now` in ms. */
export function createTally(memory: Memory | null, now: () => number): Tally {
  const known = new Map<string, Counted>()
  const named = (lesson: string) => `tally.${lesson}`
  const fresh = (): Counted => ({ since: now(), attempts: {} })

  function recall(lesson: string): Counted | null {
    try {
      const found: unknown = JSON.parse(memory?.getItem(named(lesson)) ?? 'null')
      return isCounted(found) ? found : null
    } catch {
      return null
    }
  }
  const get = (lesson: string) => known.get(lesson) ?? recall(lesson) ?? fresh()
  function put(lesson: string, counted: Counted): void {
    known.set(lesson, counted)
    try {
      memory?.setItem(named(lesson), JSON.stringify(counted))
    } catch {
      // A browser may refuse; then it lasts as long as the page.
    }
  }
  return {
    open(lesson) {
      if (!known.has(lesson)) put(lesson, get(lesson))
    },
    count({ lesson, place }) {
      const step = place && lesson?.steps[place.step]
      if (!lesson || !step) return
      const { since, attempts } = get(lesson.id)
      put(lesson.id, { since, attempts: { ...attempts, [step.id]: (attempts[step.id] ?? 0) + 1 } })
    },
    of(lesson) {
      const { since, attempts } = get(lesson)
      return { attempts, duration: Math.max(0, Math.round(now() - since)) }
    },
    forget: (lesson) => put(lesson, fresh()),
  }
}

function isCounted(found: unknown): found is Counted {
  if (typeof found !== 'object' || found === null) return false
  const { since, attempts } = found as Partial<Counted>
  return (
    typeof since === 'number' &&
    typeof attempts === 'object' &&
    attempts !== null &&
    Object.values(attempts).every((each) => Number.isSafeInteger(each))
  )
}
