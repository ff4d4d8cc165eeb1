// The lesson's hand: whatever it does for the learner it does in the learner's consoles, where it can be seen. A line of
// the prose runs with a press; "show me" types a whole solution, letter by letter, and lets go at any key.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { isTyped, type Befall, type Line, type Typed } from '../../lesson/schema.ts'
import type { Session } from '../../session/client.ts'
import type { ConsoleStore } from './console.ts'
import type { LayoutStore } from './layout.ts'
import { stepOf, type LessonStore } from './lesson.ts'
import type { SessionStore } from './session.ts'

export interface HandState {
  /** It types a solution now. */
  readonly shows: boolean

  /**
   * Runs a line in its console. False, and nothing is run, where that one waits for something; `interrupts` ends that
   * wait first. `stays`: a narrow page goes on showing the lesson.
   */
  readonly run: (line: Line, how?: { readonly interrupts?: boolean; readonly stays?: boolean }) => boolean
  /** Puts a line into its client's prompt. */
  readonly insert: (typed: Typed) => void
  /** Types the solution of the present step and runs it; resolves when that is done or was stopped. */
  readonly show: () => Promise<void>
  readonly stop: () => void
}

export type HandStore = StoreApi<HandState>

export interface HandHost {
  readonly later: (work: () => void, ms: number) => () => void
  /** The person wants nothing to move. */
  readonly still?: () => boolean
}

interface Around {
  readonly session: Session
  readonly sessionStore: SessionStore
  readonly consoles: ConsoleStore
  readonly lesson: LessonStore
  readonly layout: LayoutStore
}

/** Ms a letter takes, at most; a line in all; the rest after one. */
const LETTER = 45
const WHOLE_LINE = 1100
const REST = 550

export function createHandStore(around: Around, { later, still = () => false }: HandHost): HandStore {
  const { sessionStore, consoles, layout } = around
  const lesson = around.lesson
  /** Ends the wait that is on, whatever it waits for. */
  let hurry = () => {}

  const laneOf = (name: string) => consoles.getState().lanes.find((lane) => lane.name === name)
  const waits = (name: string) =>
    (sessionStore.getState().clients.find(({ client }) => client === laneOf(name)?.client)?.blocked ?? null) !== null

  const store = createStore<HandState>()((set, get) => ({
    shows: false,
    run(line, { interrupts = false, stays = false } = {}) {
      get().stop()
      if ('skip' in line) {
        void move(line.skip)
        return true
      }
      if (!stays) layout.getState().show('console')
      if ('server' in line) {
        void befall(line)
        return true
      }
      if (!isTyped(line)) {
        consoles.getState().cancel(line.interrupt)
        return true
      }
      if (waits(line.client)) {
        if (!interrupts) return false
        consoles.getState().cancel(line.client)
      }
      consoles.getState().submit(line.client, line.line)
      return true
    },
    insert({ client, line }) {
      get().stop()
      layout.getState().show('console')
      consoles.getState().write(client, line)
    },
    async show() {
      const step = stepOf(lesson.getState())
      if (get().shows || !step || step.solution.length === 0) return
      set({ shows: true })
      lesson.getState().show()
      layout.getState().show('console')
      const goes = () => get().shows && stepOf(lesson.getState())?.id === step.id
      // Whoever waits since before is freed; a wait that the solution itself begins is part of it.
      for (const name of new Set(step.solution.filter(isTyped).map(({ client }) => client)))
        if (waits(name)) await free(name)
      for (const line of step.solution) {
        if (!goes()) break
        await play(line, goes)
      }
      set({ shows: false })
    },
    stop() {
      if (!get().shows) return
      set({ shows: false })
      hurry()
    },
  }))

  const move = (ms: number) =>
    sessionStore
      .getState()
      .move({ ahead: ms })
      .then(sessionStore.getState().say, () => undefined)

  const befall = ({ server }: Befall) =>
    sessionStore
      .getState()
      .befall(server)
      .catch(() => null)

  async function free(name: string): Promise<void> {
    consoles.getState().cancel(name)
    await until(() => !waits(name))
  }

  async function play(line: Line, goes: () => boolean): Promise<void> {
    if ('skip' in line) await move(line.skip)
    else if ('server' in line) await befall(line)
    else if (!isTyped(line)) await free(line.interrupt)
    else if (!(await typeOut(line, goes))) return
    else {
      consoles.getState().submit(line.client, line.line)
      await until(() => !consoles.getState().busy(line.client) || waits(line.client))
    }
    await lesson.getState().looked()
    await rest(REST)
  }

  /** Writes a line into its prompt, letter by letter; false where it was stopped. What stood there is there again. */
  async function typeOut({ client, line }: Typed, goes: () => boolean): Promise<boolean> {
    consoles.getState().bring(client)
    const draft = laneOf(client)?.draft ?? ''
    const { type } = consoles.getState()
    const letters = Array.from(line)
    if (!still())
      for (let i = 1; i <= letters.length && goes(); i++) {
        type(client, letters.slice(0, i).join(''))
        await rest(Math.min(LETTER, WHOLE_LINE / letters.length))
      }
    type(client, draft)
    return goes()
  }

  const rest = (ms: number): Promise<void> =>
    still() || !store.getState().shows
      ? Promise.resolve()
      : new Promise((resolve) => {
          const callOff = later(resolve, ms)
          hurry = () => {
            callOff()
            resolve()
          }
        })

  /** Waits until the worker has brought this about, or the learner stops it. */
  function until(holds: () => boolean): Promise<void> {
    if (holds() || !store.getState().shows) return Promise.resolve()
    return new Promise((resolve) => {
      const end = () => {
        off()
        resolve()
      }
      const off = around.session.settled(() => {
        if (holds()) end()
      })
      hurry = end
    })
  }

  return store
}
