// Where the learner is. The player decides what a step needs and whether it is done; this store feeds it with what
// happened, loads lessons in the language that is on, and keeps what a component draws.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Place, Player, Stage } from '../../lesson/player.ts'
import { isTyped, type Finding, type Lesson, type Typed } from '../../lesson/schema.ts'
import type { Session } from '../../session/client.ts'
import type { Bytes } from '../../wire/bytes.ts'
import { split } from '../../wire/line.ts'
import type { Reply } from '../../wire/reply.ts'
import type { Language, Text } from '../../wire/text.ts'
import { quietName, type SessionStore } from './session.ts'

/** A lesson that can be opened. */
export interface Listed {
  readonly id: string
  readonly track: string
  readonly title: Text
  readonly minutes: number
  readonly languages: readonly Language[]
  readonly load: (language: Language) => Promise<Lesson>
}

/** The parts of the lesson side that are handed in. */
export interface Lessons {
  readonly library: readonly Listed[]
  /** The tracks that lessons belong to, in order. */
  readonly tracks: readonly { readonly id: string; readonly title: Text }[]
  readonly createPlayer: (lesson: Lesson, place: Place | null, stage: Stage) => Player
}

export interface LessonState {
  readonly phase: 'none' | 'loading' | 'ready' | 'failed'
  readonly lesson: Lesson | null
  readonly place: Place | null
  readonly findings: readonly (Finding | null)[]
  /** Something was run since this step was opened, so that a failed check may say what it saw. */
  readonly tried: boolean
  /** The last step was left: the closing words are shown. */
  readonly closed: boolean
  /** No lesson is wanted here: the server is a playground. */
  readonly free: boolean

  readonly start: (id: string | null, language: Language, place?: Place | null, closed?: boolean) => Promise<void>
  /** Puts the lesson away. */
  readonly leave: () => void
  readonly translate: (language: Language) => Promise<void>
  readonly go: (step: number) => void
  readonly close: () => void
  readonly again: () => Promise<void>
  readonly hint: () => void
  readonly show: () => void
  /** A client's command was answered. */
  readonly replied: (client: string, argv: readonly Bytes[], reply: Reply) => void
  readonly snapshot: () => SavedLesson | null
}

export interface SavedLesson {
  readonly place: Place
  readonly closed: boolean
}

export type LessonStore = StoreApi<LessonState>

/** True where every check of the present step holds. */
export function stepDone(state: LessonState): boolean {
  const step = state.place && state.lesson?.steps[state.place.step]
  if (!step || !state.place) return false
  return state.place.done.includes(step.id) || step.checks.every((_, i) => checkHolds(state, i))
}

/** What a check of the present step shows. */
export function checkHolds(state: LessonState, index: number): boolean {
  const step = state.place && state.lesson?.steps[state.place.step]
  const check = step?.checks[index]
  if (!step || !check || !state.place) return false
  const holds = state.findings[index]?.holds === true
  return check.mode === 'latched' ? holds || state.place.passed[step.id]?.[index] === true : holds
}

export function createLessonStore(session: Session, sessionStore: SessionStore, lessons: Lessons): LessonStore {
  let player: Player | null = null
  let stop = () => {}
  let looking = false
  let lookAgain = false
  let moved = false

  const stage: Stage = {
    peek: (db, argv) => session.ask({ do: 'peek', db, argv }),
    client: (name) => sessionStore.getState().clients.find((state) => state.name === name),
    act: (lines) => runQuietly(lines, store.getState().lesson?.db ?? 0),
  }

  const listed = (id: string | null) => lessons.library.find((each) => each.id === id) ?? lessons.library[0]
  const load = (each: Listed, language: Language) =>
    each.load(each.languages.includes(language) ? language : (each.languages[0] ?? 'en'))

  const store = createStore<LessonState>()((set, get) => ({
    phase: 'none',
    lesson: null,
    place: null,
    findings: [],
    tried: false,
    closed: false,
    free: false,

    async start(id, language, place = null, closed = false) {
      const chosen = listed(id)
      put(null)
      set({ phase: chosen ? 'loading' : 'none', closed, free: false })
      if (!chosen) return
      try {
        const lesson = await load(chosen, language)
        const kept = place?.lesson === lesson.id ? place : null
        if (!kept) await prepare(lesson)
        const mine = lessons.createPlayer(lesson, kept, stage)
        put(mine)
        publish()
        look()
      } catch {
        set({ phase: 'failed' })
      }
    },
    leave() {
      put(null)
      set({ phase: 'none', closed: false, free: true })
    },
    async translate(language) {
      const { lesson } = get()
      const chosen = lesson && lessons.library.find((each) => each.id === lesson.id)
      if (!chosen || lesson.language === language || !chosen.languages.includes(language)) return
      player?.translate(await chosen.load(language))
      publish()
    },
    go(step) {
      set({ tried: false, closed: false })
      player?.go(step)
      look()
    },
    close: () => set({ closed: true }),
    again: () => get().start(get().lesson?.id ?? null, get().lesson?.language ?? 'en'),
    hint: () => player?.hint(),
    show: () => player?.show(),
    replied(client, argv, reply) {
      player?.replied(client, argv, reply)
      if (!get().tried) set({ tried: true })
    },
    snapshot() {
      const { place, closed } = get()
      return place && { place, closed }
    },
  }))

  /** The player from now on; what the one before it showed is gone. */
  function put(next: Player | null): void {
    stop()
    player = next
    stop = next ? next.subscribe(publish) : () => {}
    store.setState({ lesson: null, place: null, findings: [], tried: false })
  }

  function publish(): void {
    if (player)
      store.setState({
        phase: 'ready',
        lesson: player.lesson,
        place: player.place(),
        findings: player.findings(),
      })
  }

  function look(): void {
    if (!player) return
    if (looking) {
      lookAgain = true
      return
    }
    looking = true
    player
      .look()
      .catch(() => undefined)
      .finally(() => {
        looking = false
        publish()
        if (!lookAgain) return
        lookAgain = false
        look()
      })
  }

  const prepare = ({ setup, db }: Lesson) => runQuietly(setup.filter(isTyped), db)

  /** Runs lines by clients of their own, so that the learner's consoles show nothing of it. */
  async function runQuietly(lines: readonly Typed[], db: number): Promise<void> {
    for (const name of new Set(lines.map((typed) => typed.client))) {
      const { client } = await session.ask({ do: 'connect', name: `${quietName}${name}`, db })
      const commands = lines.filter((typed) => typed.client === name).map(({ line }) => split(line) ?? [])
      await session.ask({ do: 'send', client, commands: commands.filter((argv) => argv.length > 0) })
      await session.ask({ do: 'disconnect', client })
    }
  }

  session.listen((event) => {
    if (event.on === 'unit' || event.on === 'reply' || event.on === 'replaced' || event.on === 'client') moved = true
  })
  session.settled(() => {
    if (moved) look()
    moved = false
  })
  return store
}
