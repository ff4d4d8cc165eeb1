// The whole course in a browser: every lesson of lessons/**, in both languages, played to its end by its own solutions.
// Each line is typed into the console of its client, the clock is moved by its menu, ^C is pressed. A copy of the lesson
// is played in step on an engine here; it says when an actor's cue has come, and a client that runs MONITOR sees whether
// the actor has done it.
import { fileURLToPath } from 'node:url'
import { Engine } from '../src/engine/engine.ts'
import '../src/engine/whole.ts'
import { benchOn } from '../src/lesson/bench.ts'
import { Playing } from '../src/lesson/playing.ts'
import { messages } from '../src/app/i18n/all.ts'
import { serverMessages } from '../src/app/i18n/server.ts'
import { isTyped, type Befall, type Lesson, type Line, type Typed } from '../src/lesson/schema.ts'
import { readCourse } from '../src/tools/lessons.ts'
import { text } from '../src/wire/bytes.ts'
import { split } from '../src/wire/line.ts'
import { asShown } from '../src/lesson/shown.ts'
import type { Language } from '../src/wire/text.ts'
import { pane, words } from './lesson-pane.ts'
import { expect, test, type Playground } from './playground.ts'

/** When the copy's time stands still. */
const begin = 1_700_000_000_000
const root = fileURLToPath(new URL('../lessons', import.meta.url))

const frame = {
  en: { console: 'Console', add: 'Add a client', move: 'Move the clock', ahead: ['+1 h', '+1 min', '+1 s'] },
  ko: { console: '콘솔', add: '클라이언트 추가', move: '시계 움직이기', ahead: ['+1시간', '+1분', '+1초'] },
} as const

// Some lessons are long; a busy machine takes its time.
test.describe.configure({ timeout: 180_000 })

for (const language of ['en', 'ko'] as const)
  for (const lesson of readCourse(root, language))
    test(`${lesson.id}, in ${language}: played to its end by its solutions`, async ({ playground }) => {
      await playground.open(`?lesson=${lesson.id}&lang=${language}`)
      await new Learner(playground, lesson, language).play()
    })

class Learner {
  readonly #playground: Playground
  readonly #lesson: Lesson
  readonly #language: Language
  /** The same lesson on an engine of its own. */
  readonly #copy: Playing
  /** The client that runs MONITOR, where there are actors. */
  #monitor: string | null = null
  /** How many cues of the present step have come. */
  #cued = 0

  constructor(playground: Playground, lesson: Lesson, language: Language) {
    this.#playground = playground
    this.#lesson = lesson
    this.#language = language
    this.#copy = new Playing(lesson, (names, db) => benchOn(new Engine({ seed: 1, at: begin }), names, db, begin))
  }

  async play(): Promise<void> {
    const lesson = pane(this.#playground, this.#language)
    const { steps } = this.#lesson
    this.#copy.setUp()
    for (const [i, step] of steps.entries()) {
      if (i === 0) await expect(lesson.title(step.title)).toBeVisible()
      if (step.cues.length > 0) await this.#watch()
      if (i > 0) await lesson.next.click()
      await expect(lesson.title(step.title)).toBeVisible()
      await expect(lesson.ticks).toHaveCount(0)
      this.#cued = 0
      await this.#copy.begin(i)
      await this.#actors()
      for (const line of step.solution) {
        await this.#do(line)
        await this.#copy.run([line])
        await this.#actors()
      }
      await expect(lesson.goals).toHaveCount(step.checks.length)
      await expect(lesson.ticks).toHaveCount(step.checks.length)
    }
    await lesson.finish.click()
    await expect(this.#playground.lesson).toContainText(words[this.#language].finished)
    for (const { title } of steps)
      await expect(this.#playground.lesson.getByRole('listitem').filter({ hasText: title }).first()).toBeVisible()
  }

  async #do(line: Line): Promise<void> {
    if ('skip' in line) await this.#skip(line.skip)
    else if ('server' in line) await this.#befall(line.server)
    else if (isTyped(line)) await this.#type(line)
    else await this.#interrupt(line.interrupt)
  }

  /** Types a line and waits until it is answered, or waits itself. */
  async #type({ client, line }: Typed): Promise<void> {
    await this.#bring(client)
    const rows = this.#playground.client(client).locator('[data-entry]')
    const before = await rows.evaluateAll((all) => all.map((row) => Number(row.dataset['entry']) || 0))
    await this.#playground.send(client, line)
    if (/^shutdown\b/i.test(line)) {
      // It has no answer: the connection ends instead.
      const { notConnected } = messages[this.#language]
      await expect(this.#playground.client(client).getByText(notConnected, { exact: true })).toBeVisible()
      return
    }
    const newest = Math.max(0, ...before)
    await expect(async () => {
      const taken = await rows.evaluateAll(
        (all, wanted) =>
          all.some(
            (row) =>
              Number(row.dataset['entry']) > wanted.newest &&
              row.querySelector('[data-part="line"]')?.textContent === wanted.line &&
              row.querySelector('[data-part="reply"], [data-part="note"] button') !== null,
          ),
        { newest, line },
      )
      expect(taken, `${client}> ${line} is answered, or waits`).toBe(true)
    }).toPass({ intervals: [20, 50, 100], timeout: 10_000 })
  }

  async #interrupt(client: string): Promise<void> {
    await this.#bring(client)
    const stop = this.#playground.client(client).getByRole('button', { name: /Ctrl\+C/ })
    await expect(stop).toBeVisible()
    await this.#playground.prompt(client).press('Control+c')
    await expect(stop).toHaveCount(0)
  }

  /** Moves the clock by its menu, which knows hours, minutes and seconds; less than a second is one. */
  async #skip(ms: number): Promise<void> {
    const { move, ahead } = frame[this.#language]
    const { page } = this.#playground
    let left = Math.ceil(ms / 1000)
    for (const [i, seconds] of [3600, 60, 1].entries())
      for (; left >= seconds; left -= seconds) {
        await this.#playground.button(move).click()
        await page.getByRole('dialog', { name: move }).getByRole('button', { name: ahead[i]!, exact: true }).click()
      }
  }

  /** Does something to the server, in the clock's menu. */
  async #befall(what: Befall['server']): Promise<void> {
    const { move } = frame[this.#language]
    await this.#playground.button(move).click()
    const { deeds } = serverMessages[this.#language]
    await this.#playground.page.getByRole('dialog', { name: move }).getByRole('button', { name: deeds[what] }).click()
  }

  /** The console of a client, in view. */
  async #bring(client: string): Promise<void> {
    const prompt = this.#playground.prompt(client)
    if (!(await prompt.isVisible())) await this.#consoles().nth('ABCDEF'.indexOf(client)).click()
    await expect(prompt).toBeEditable()
  }

  #consoles() {
    return this.#playground.page
      .getByRole('toolbar', { name: frame[this.#language].console, exact: true })
      .getByRole('button')
  }

  /** One more client, which sees every command. */
  async #watch(): Promise<void> {
    if (this.#monitor !== null) return
    this.#monitor = 'ABCDEF'[await this.#consoles().count()]!
    await this.#playground.button(frame[this.#language].add).click()
    await this.#playground.run(this.#monitor, 'MONITOR', 'OK')
  }

  /** Waits until the actors have done what their cues have come for. */
  async #actors(): Promise<void> {
    const { step, cued = [] } = this.#copy.player.place()
    const due = cued.slice(this.#cued).flatMap((cue) => this.#lesson.steps[step]!.cues[cue]!.lines)
    this.#cued = cued.length
    if (due.length === 0) return
    await this.#bring(this.#monitor!)
    for (const { line } of due.filter(isTyped)) {
      const seen = (split(line) ?? []).map((word) => `"${asShown(text(word))}"`).join(' ')
      await expect(this.#playground.log(this.#monitor!)).toContainText(seen)
    }
  }
}
