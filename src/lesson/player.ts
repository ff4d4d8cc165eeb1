// Plays a lesson: knows the step, runs its checks, remembers what was passed. It draws nothing and holds no connection;
// it looks at the session through a World and is told of replies. A place is plain data: kept, and given back after a
// reload.
//
// Looks may be asked for faster than they end. One runs at a time; any number asked for meanwhile become one more, so
// the last look always begins after the last thing that happened.
import type { Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import type { ClientState } from '../session/protocol.ts'
import { advise, type Advice } from './advice.ts'
import * as check from './check.ts'
import type { Befall, Befell, Check, Finding, Lesson, Step, Test, Typed } from './schema.ts'

/** What the player may see of the session. */
export interface World {
  /** A read-only command outside log and clients. */
  peek(db: number, argv: readonly Bytes[]): Promise<Reply>
  /** The state of the client of that name, or undefined. */
  client(name: string): ClientState | undefined
}

/** A session on which a lesson is played. */
export interface Stage extends World {
  /** Has actors run their lines, one after the other; resolves when the last was taken. */
  act(lines: readonly (Typed | Befall)[]): Promise<void>
}

/** Where a learner is in a lesson; plain data, kept in the notebook. */
export interface Place {
  readonly lesson: string
  readonly step: number
  /** Per step id: which checks were latched true. */
  readonly passed: Readonly<Record<string, readonly boolean[]>>
  /** Step ids whose solution was shown. */
  readonly shown: readonly string[]
  /** Step ids that were completed once. */
  readonly done: readonly string[]
  /** Those of them that were completed only after the solution was shown: seen, not earned. */
  readonly seen?: readonly string[]
  /** How many hints are open in the present step. */
  readonly hints: number
  /** Which cues of the present step were acted on. */
  readonly cued?: readonly number[]
  /** What was foretold, by step and number of the block in it, as `step-id/0`. */
  readonly guesses?: Readonly<Record<string, string>>
}

export interface Player {
  readonly lesson: Lesson
  /** The same object until something changes. */
  place(): Place
  /** What each check of the present step found last; null before the first look. The same array until it changes. */
  findings(): readonly (Finding | null)[]
  /** What there is to say about what was typed last; null: nothing. */
  advice(): Advice | null
  /** A command of `client` was answered (for `replied` checks). Call it before the look that follows. */
  replied(client: string, argv: readonly Bytes[], reply: Reply): void
  /** The server went through something (for `befell` checks). Call it before the look that follows. */
  befell(what: Befell['what']): void
  /** Looks at all checks of the present step again; resolves when all are known. Call after every unit. */
  look(): Promise<void>
  /** Goes to a step, begins it (hints are closed) and looks. Going to the present step plays it anew: its ticks, what was
   *  shown of it and what was foretold in it are taken back too. */
  go(step: number): void
  /** Opens one more hint. */
  hint(): void
  /** Notes that the solution of the present step was shown. */
  show(): void
  /** Notes what the learner foretold in the present step's `predict` block of that number. The first guess stays; empty:
   *  the line was run without one. */
  guess(block: number, reply: string): void
  /** The same place, in another language's text. */
  translate(lesson: Lesson): void
  subscribe(listener: () => void): () => void
}

/** The place before the first step of a lesson. */
export const beginning = (lesson: Lesson): Place => ({
  lesson: lesson.id,
  step: 0,
  passed: {},
  shown: [],
  done: [],
  hints: 0,
  cued: [],
  guesses: {},
})

/** Plays a lesson from a place; null, or a place of another lesson, begins it. */
export function createPlayer(lesson: Lesson, place: Place | null, stage: Stage): Player {
  return new LessonPlayer(lesson, fitting(lesson, place), stage)
}

/** A kept place may be older than the lesson: what no longer fits is let go. */
function fitting(lesson: Lesson, place: Place | null): Place {
  if (place?.lesson !== lesson.id) return beginning(lesson)
  const steps = lesson.steps.filter((step) => Object.hasOwn(place.passed, step.id))
  const passed = steps.filter((step) => place.passed[step.id]!.length === step.checks.length)
  const step = Math.min(Math.max(0, Math.trunc(place.step) || 0), lesson.steps.length - 1)
  return {
    ...place,
    step,
    passed: Object.fromEntries(passed.map(({ id }) => [id, place.passed[id]!])),
    hints: Math.min(place.hints, lesson.steps[step]!.hints.length),
  }
}

class LessonPlayer implements Player {
  #lesson: Lesson
  #place: Place
  readonly #stage: Stage
  #findings: readonly (Finding | null)[] = []
  /** The newest reply that each `replied` test spoke of, and whether any held, since the step began. */
  #replies = new Map<Test, { readonly newest: Finding; readonly held: boolean }>()
  /** What the server went through since then. */
  readonly #befell = new Set<Befell['what']>()
  /** What was thought of the line that was typed last, and the reaction that holds. */
  #advice: Advice | null = null
  #reaction = -1
  /** Actors act in a step that is played, not in one that is only looked at again. */
  #acts = true
  #looking: Promise<void> | null = null
  #lookAgain = false
  /** Counts the times a step began, so that a look which began in another one is dropped. */
  #begun = 0
  readonly #listeners = new Set<() => void>()

  constructor(lesson: Lesson, place: Place, stage: Stage) {
    this.#lesson = lesson
    this.#place = place
    this.#stage = stage
    this.#begin(false)
  }

  get lesson(): Lesson {
    return this.#lesson
  }

  place(): Place {
    return this.#place
  }

  findings(): readonly (Finding | null)[] {
    return this.#findings
  }

  advice(): Advice | null {
    if (this.#place.done.includes(this.#step().id)) return null
    return this.#reaction >= 0 ? { kind: 'reaction', index: this.#reaction } : this.#advice
  }

  replied(client: string, argv: readonly Bytes[], reply: Reply): void {
    const { checks, cues, reactions } = this.#step()
    for (const { test } of checks) this.#note(test, client, argv, reply)
    for (const { when } of cues) if (when) this.#note(when, client, argv, reply)
    // A reaction is about the line that was typed last.
    for (const { when } of reactions) {
      this.#replies.delete(when)
      this.#note(when, client, argv, reply)
    }
    this.#advice = advise(this.#step(), client, argv, reply)
  }

  befell(what: Befell['what']): void {
    this.#befell.add(what)
  }

  #note(test: Test, client: string, argv: readonly Bytes[], reply: Reply): void {
    const newest = test.kind === 'replied' ? check.replied(test, client, argv, reply) : null
    if (newest) this.#replies.set(test, { newest, held: newest.holds || (this.#replies.get(test)?.held ?? false) })
  }

  look(): Promise<void> {
    this.#lookAgain = true
    this.#looking ??= this.#lookUntilStill()
    return this.#looking
  }

  async #lookUntilStill(): Promise<void> {
    try {
      while (this.#lookAgain) {
        this.#lookAgain = false
        await this.#lookOnce()
      }
    } finally {
      // Here and not in a callback: a look asked for in between would find one running that has already ended.
      this.#looking = null
    }
  }

  async #lookOnce(): Promise<void> {
    const begun = this.#begun
    const { checks, reactions } = this.#step()
    const found = await Promise.all(checks.map((one, i) => this.#judge(one, i)))
    const seen = await Promise.all(reactions.map(({ when }) => this.#find(when, false)))
    if (begun !== this.#begun) return
    this.#settle(
      found,
      seen.findIndex(({ holds }) => holds),
    )
    await this.#act(begun)
  }

  async #judge({ test, mode }: Check, i: number): Promise<Finding> {
    if (this.#passed()[i]) return { holds: true, seen: this.#findings[i]?.seen ?? '' }
    return this.#find(test, mode === 'latched')
  }

  async #find(test: Test, latched: boolean): Promise<Finding> {
    switch (test.kind) {
      case 'probe':
        return check.probe(test, this.#stage)
      case 'state':
        return check.state(test, this.#stage)
      case 'befell':
        return { holds: this.#befell.has(test.what), seen: '' }
      case 'replied': {
        const reply = this.#replies.get(test)
        if (!reply) return { holds: false, seen: '' }
        return { holds: latched ? reply.held : reply.newest.holds, seen: reply.newest.seen }
      }
    }
  }

  /** Has actors do what it is time for; then there is something new to look at. */
  async #act(begun: number): Promise<void> {
    for (const [i, { when, lines }] of this.#acts ? this.#step().cues.entries() : []) {
      if (this.#place.cued?.includes(i)) continue
      const isTime = when === null || (await this.#find(when, true)).holds
      if (begun !== this.#begun) return
      if (!isTime) continue
      this.#place = { ...this.#place, cued: [...(this.#place.cued ?? []), i] }
      this.#lookAgain = true
      this.#tell()
      await this.#stage.act(lines)
      if (begun !== this.#begun) return
    }
  }

  /** Takes what a look found: remembers what latched, and that the step is done when all hold at once. */
  #settle(found: readonly Finding[], reaction: number): void {
    const step = this.#step()
    const passed = step.checks.map(({ mode }, i) => mode === 'latched' && found[i]!.holds)
    const known = this.#passed()
    const place = this.#place
    if (passed.some((one, i) => one !== (known[i] ?? false)))
      this.#place = { ...this.#place, passed: { ...place.passed, [step.id]: passed } }
    if (found.every(({ holds }) => holds)) this.#complete(step.id)
    const before = this.#findings
    const isSame = found.every(({ holds, seen }, i) => before[i]?.holds === holds && before[i].seen === seen)
    const isNews = reaction !== this.#reaction
    this.#reaction = reaction
    if (!isSame) this.#findings = found
    if (!isSame || isNews || place !== this.#place) this.#tell()
  }

  /** The step is done. Who was shown how has seen it; who does it alone the next time has earned it. */
  #complete(id: string): void {
    const { done, shown, seen = [] } = this.#place
    if (!done.includes(id))
      this.#place = { ...this.#place, done: [...done, id], seen: shown.includes(id) ? [...seen, id] : seen }
    else if (seen.includes(id) && !shown.includes(id))
      this.#place = { ...this.#place, seen: seen.filter((one) => one !== id) }
  }

  go(step: number): void {
    const to = Math.min(Math.max(0, Math.trunc(step)), this.#lesson.steps.length - 1)
    const again = to === this.#place.step
    if (again) this.#forget(this.#step().id)
    this.#place = { ...this.#place, step: to, hints: 0, cued: [] }
    this.#begin(again)
    this.#tell()
    void this.look()
  }

  #forget(id: string): void {
    const { passed, shown, guesses = {} } = this.#place
    const { [id]: _taken, ...others } = passed
    const kept = Object.entries(guesses).filter(([name]) => !name.startsWith(`${id}/`))
    this.#place = {
      ...this.#place,
      passed: others,
      shown: shown.filter((one) => one !== id),
      guesses: Object.fromEntries(kept),
    }
  }

  /** `again`: the learner wants to play a step anew. */
  #begin(again: boolean): void {
    this.#begun++
    this.#replies.clear()
    this.#befell.clear()
    this.#advice = null
    this.#reaction = -1
    this.#acts = again || !this.#place.done.includes(this.#step().id)
    this.#findings = this.#step().checks.map(() => null)
    if (this.#looking) this.#lookAgain = true
  }

  hint(): void {
    if (this.#place.hints >= this.#step().hints.length) return
    this.#place = { ...this.#place, hints: this.#place.hints + 1 }
    this.#tell()
  }

  show(): void {
    const { id } = this.#step()
    if (this.#place.shown.includes(id)) return
    this.#place = { ...this.#place, shown: [...this.#place.shown, id] }
    this.#tell()
  }

  guess(block: number, reply: string): void {
    const name = `${this.#step().id}/${block}`
    const { guesses = {} } = this.#place
    if (Object.hasOwn(guesses, name)) return
    this.#place = { ...this.#place, guesses: { ...guesses, [name]: reply } }
    this.#tell()
  }

  translate(lesson: Lesson): void {
    if (lesson.id !== this.#lesson.id || lesson.steps.length !== this.#lesson.steps.length)
      throw new Error(`"${lesson.id}" is not "${this.#lesson.id}" in another language`)
    // What was noted of the old text's tests is about the same tests in the new one.
    const noted = testsOf(this.#step()).map((test) => this.#replies.get(test))
    this.#lesson = lesson
    this.#replies.clear()
    for (const [i, test] of testsOf(this.#step()).entries()) if (noted[i]) this.#replies.set(test, noted[i])
    this.#tell()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #step(): Step {
    return this.#lesson.steps[this.#place.step]!
  }

  #passed(): readonly boolean[] {
    const { passed } = this.#place
    const { id } = this.#step()
    return Object.hasOwn(passed, id) ? passed[id]! : []
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

const testsOf = ({ checks, cues, reactions }: Step): readonly Test[] => [
  ...checks.map(({ test }) => test),
  ...cues.flatMap(({ when }) => (when ? [when] : [])),
  ...reactions.map(({ when }) => when),
]
