// Where the learner is. The player decides what a step needs and whether it is done; this store feeds it with what
// happened, loads lessons in the language that is on, and keeps what a component draws.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Advice } from '../../lesson/advice.ts'
import { befellBy } from '../../lesson/befell.ts'
import type { Read, Source } from '../../lesson/guest.ts'
import type { Place, Player, Stage } from '../../lesson/player.ts'
import type { Finding, Lesson, Step } from '../../lesson/schema.ts'
import type { Session } from '../../session/client.ts'
import type { Bytes } from '../../wire/bytes.ts'
import { split } from '../../wire/line.ts'
import type { Reply } from '../../wire/reply.ts'
import { asPrinted, show } from '../../wire/show.ts'
import type { Language, Text } from '../../wire/text.ts'
import type { Act, ActorsStore } from './actors.ts'
import { quietName, type Notice, type SessionStore } from './session.ts'

/** A lesson that can be opened. */
export interface Listed {
  readonly id: string
  readonly track: string
  readonly title: Text
  readonly minutes: number
  readonly languages: readonly Language[]
  readonly clients: readonly string[]
  readonly actors: readonly string[]
  readonly db: number
  readonly load: (language: Language) => Promise<Lesson>
}

/** The parts of the lesson side that are handed in. */
export interface Lessons {
  readonly library: readonly Listed[]
  /** The tracks that lessons belong to, in order. */
  readonly tracks: readonly { readonly id: string; readonly title: Text; readonly about: Text }[]
  readonly createPlayer: (lesson: Lesson, place: Place | null, stage: Stage) => Player
  /** Reads a teacher's files. */
  readonly readGuest: (files: readonly Source[]) => Promise<Read>
}

export interface LessonState {
  readonly phase: 'none' | 'loading' | 'ready' | 'failed'
  readonly lesson: Lesson | null
  readonly place: Place | null
  readonly findings: readonly (Finding | null)[]
  readonly advice: Advice | null
  /** The goal that was ticked by what was done last. */
  readonly ticked: number | null
  /** Foretold lines that are not answered yet. */
  readonly foretold: readonly Foretold[]
  /** What the foretold lines were answered, as redis-cli shows it; by the names that guesses have. */
  readonly answers: Readonly<Record<string, string>>
  /** Something was run since this step was opened, so that a failed check may say what it saw. */
  readonly tried: boolean
  /** The last step was left: the closing words are shown. */
  readonly closed: boolean
  /** No lesson is wanted here: the server is a playground. */
  readonly free: boolean

  /** Opens a lesson in this session: as it was saved, or from its beginning. */
  readonly start: (id: string | null, language: Language, saved?: SavedLesson | null) => Promise<void>
  /** Puts the lesson away. */
  readonly leave: () => void
  readonly translate: (language: Language) => Promise<void>
  readonly go: (step: number) => void
  /** Plays the step anew, from the data and clients with which it began; resolves with the sentence that says so. */
  readonly anew: () => Promise<Notice>
  readonly close: () => void
  readonly hint: () => void
  readonly show: () => void
  /** Notes a guess; the next such line of this client gives the answer. Empty: nothing was guessed. */
  readonly foretell: (block: number, guess: string) => void
  /** A client's command was answered. */
  readonly replied: (client: string, argv: readonly Bytes[], reply: Reply) => void
  /** Resolves when what happened so far was looked at, and actors whose cue it was have acted. */
  readonly looked: () => Promise<void>
  readonly snapshot: () => SavedLesson | null
}

interface Foretold {
  /** As the guess is named. */
  readonly name: string
  readonly client: string
  readonly line: string
}

export interface SavedLesson {
  readonly place: Place
  readonly closed: boolean
  /** The log's place at which the present step began. */
  readonly began?: number | null
  readonly acts?: readonly Act[]
  readonly answers?: Readonly<Record<string, string>>
}

export type LessonStore = StoreApi<LessonState>

/** The step that is open; none where the closing words are shown. */
export const stepOf = ({ lesson, place, closed }: LessonState): Step | undefined =>
  place && !closed ? lesson?.steps[place.step] : undefined

/** True where every check of the present step holds. */
export function stepDone(state: LessonState): boolean {
  const step = state.place && state.lesson?.steps[state.place.step]
  if (!step || !state.place) return false
  return state.place.done.includes(step.id) || step.checks.every((_, i) => checkHolds(state, i))
}

/** True where the step was done with the solution shown. */
export const isSeen = (place: Place, id: string): boolean => place.seen?.includes(id) ?? false

/** What a check of the present step shows. */
export function checkHolds(state: LessonState, index: number): boolean {
  const step = state.place && state.lesson?.steps[state.place.step]
  const check = step?.checks[index]
  if (!step || !check || !state.place) return false
  const holds = state.findings[index]?.holds === true
  return check.mode === 'latched' ? holds || state.place.passed[step.id]?.[index] === true : holds
}

/** What a step begins with. */
const nothing = { tried: false, ticked: null, foretold: [] } as const

/** The name that a guess has in a place. */
export const guessName = (step: Step, block: number): string => `${step.id}/${block}`

export function createLessonStore(
  session: Session,
  sessionStore: SessionStore,
  actors: ActorsStore,
  lessons: Lessons,
  find: (id: string) => Listed | undefined,
): LessonStore {
  let player: Player | null = null
  let stop = () => {}
  let looking: Promise<void> | null = null
  let lookAgain = false
  let moved = false
  let began: number | null = null

  const stage: Stage = {
    peek: (db, argv) => session.ask({ do: 'peek', db, argv }),
    client: (name) => {
      const { clients } = sessionStore.getState()
      return clients.find((state) => state.name === name) ?? clients.find((state) => state.name === quietName + name)
    },
    act: (lines) => (player ? actors.getState().act(player.lesson, lines) : Promise.resolve()),
  }

  const listed = (id: string | null) => (id === null ? undefined : find(id)) ?? lessons.library[0]
  const load = (each: Listed, language: Language) =>
    each.load(each.languages.includes(language) ? language : (each.languages[0] ?? 'en'))
  const mark = async () => (await session.ask({ do: 'mark' })).seq

  const store = createStore<LessonState>()((set, get) => ({
    phase: 'none',
    lesson: null,
    place: null,
    findings: [],
    advice: null,
    ticked: null,
    foretold: [],
    answers: {},
    tried: false,
    closed: false,
    free: false,

    async start(id, language, saved = null) {
      const chosen = listed(id)
      const kept = saved?.place.lesson === chosen?.id ? saved : null
      put(null)
      actors.getState().begin(kept?.acts)
      set({ phase: chosen ? 'loading' : 'none', closed: kept?.closed ?? false, free: false })
      if (!chosen) return
      try {
        const lesson = await load(chosen, language)
        if (!kept) await actors.getState().prepare(lesson)
        began = kept?.began ?? (await mark())
        put(lessons.createPlayer(lesson, kept?.place ?? null, stage))
        set({ answers: kept?.answers ?? {} })
        publish()
        void look()
      } catch {
        set({ phase: 'failed' })
      }
    },
    leave() {
      put(null)
      actors.getState().begin()
      set({ phase: 'none', closed: false, free: true })
    },
    async translate(language) {
      const { lesson } = get()
      const chosen = lesson && find(lesson.id)
      if (!chosen || lesson.language === language || !chosen.languages.includes(language)) return
      player?.translate(await chosen.load(language))
      publish()
    },
    go(step) {
      set({ closed: false })
      if (!player || step === player.place().step) return
      begin()
      // Asked before anything that an actor does in the new step.
      mark().then(
        (seq) => {
          if (player?.place().step === step) began = seq
        },
        () => undefined,
      )
      player.go(step)
      void look()
    },
    async anew() {
      const step = player?.place().step
      const back = began === null ? null : await session.ask({ do: 'rewind', to: began })
      if (!back) return (t) => t.stepTooOld
      if (!player || player.place().step !== step) return (t) => t.stepAnew(back.expired)
      begin()
      set({ closed: false, answers: {} })
      player.go(step)
      void look()
      return (t) => t.stepAnew(back.expired)
    },
    close: () => set({ closed: true }),
    hint: () => player?.hint(),
    show: () => player?.show(),
    foretell(block, guess) {
      const step = stepOf(get())
      const asked = step?.body.filter((each) => each.kind === 'predict')[block]
      if (!step || !asked || !player) return
      player.guess(block, guess)
      const { client, line } = asked.typed
      set({ foretold: [...get().foretold, { name: guessName(step, block), client, line }] })
    },
    replied(client, argv, reply) {
      player?.replied(client, argv, reply)
      const { foretold, answers } = get()
      const asked = foretold.find((each) => each.client === client && isLine(each.line, argv))
      if (asked)
        set({
          foretold: foretold.filter((each) => each !== asked),
          answers: { ...answers, [asked.name]: show(asPrinted(argv, reply)) },
        })
      if (!get().tried || get().ticked !== null) set({ tried: true, ticked: null })
    },
    looked: () => look(),
    snapshot() {
      const { place, closed, answers } = get()
      return place && { place, closed, began, acts: actors.getState().acts, answers }
    },
  }))

  const isLine = (line: string, argv: readonly Bytes[]) => split(line)?.join('\0') === argv.join('\0')

  /** Another step begins, or the same one anew. */
  function begin(): void {
    actors.getState().begin()
    store.setState(nothing)
  }

  /** The player from now on; what the one before it showed is gone. */
  function put(next: Player | null): void {
    stop()
    player = next
    stop = next ? next.subscribe(publish) : () => {}
    store.setState({ ...nothing, lesson: null, place: null, findings: [], advice: null, answers: {} })
  }

  function publish(): void {
    if (!player) return
    const before = store.getState()
    const place = player.place()
    const next = {
      phase: 'ready',
      lesson: player.lesson,
      place,
      findings: player.findings(),
      advice: player.advice(),
    } as const
    store.setState({ ...next, ticked: before.tried ? newlyTicked(before, { ...before, ...next }) : null })
  }

  /** The present look, or a new one; two that are asked for meanwhile are one. */
  function look(): Promise<void> {
    if (looking) lookAgain = true
    looking ??= lookUntilStill()
    return looking
  }

  async function lookUntilStill(): Promise<void> {
    do {
      lookAgain = false
      await player?.look().catch(() => undefined)
    } while (lookAgain)
    looking = null
    publish()
  }

  session.listen((event) => {
    if (event.on === 'disk' || event.on === 'reloaded') for (const what of befellBy(event)) player?.befell(what)
    if (
      event.on === 'unit' ||
      event.on === 'reply' ||
      event.on === 'replaced' ||
      event.on === 'client' ||
      event.on === 'disk'
    )
      moved = true
  })
  session.settled(() => {
    if (moved) void look()
    moved = false
  })
  return store
}

/** The goal that holds now and did not before, the last of them; else the one that was ticked before. */
function newlyTicked(before: LessonState, after: LessonState): number | null {
  if (before.place?.step !== after.place?.step) return null
  const found = after.findings.findLastIndex((_, i) => checkHolds(after, i) && !checkHolds(before, i))
  return found >= 0 ? found : before.ticked
}
