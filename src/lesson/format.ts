// A lesson's Markdown file becomes a Lesson, or a list of problems. en.md holds everything; ko.md beside it holds the
// same steps with prose, hints and the sentences of checks only: translate.ts lays it over the English lesson, and
// tells every way in which the two do not fit together. lessons/README.md shows the format to an author.
import { readTest, readTyped } from './fences.ts'
import { readFrontMatter, readString, type FrontMatter } from './front-matter.ts'
import { readParts } from './markdown.ts'
import { guarded, type Parsed, type Problems } from './problems.ts'
import type { Block, Check, Lesson, Step, Typed } from './schema.ts'
import {
  idPattern,
  readHint,
  readInfo,
  sectionsOf,
  shown,
  type Content,
  type Fence,
  type Info,
  type Section,
} from './sections.ts'

export type { Parsed, Problem } from './problems.ts'
export { translateLesson } from './translate.ts'

/** Reads a lesson's English file. */
export function parseLesson(source: string, track: string): Parsed {
  return guarded(source, (text, problems) => {
    const head = readFrontMatter(text, ['id', 'title', 'minutes', 'clients', 'db'], problems)
    const lesson = { ...readHead(head, problems), track, language: 'en' as const }
    const parts = readParts(head.rest, head.offset, problems)
    const { before, sections } = sectionsOf(parts ?? [], problems)
    const setup = readSetup(before, lesson.clients, problems)
    const steps = sections.map((section) => new StepReader(section, lesson, problems).step())
    if (steps.length === 0 && parts !== null)
      problems.add(head.offset + 1, 'There is no step yet. Begin one with a line "## step-id: Its title".')
    return { ...lesson, setup, steps }
  })
}

// ---------------------------------------------------------------- the head

function readHead(head: FrontMatter, problems: Problems) {
  const id = readString(head, 'id', problems)
  if (id !== '' && !idPattern.test(id))
    problems.add(head.lineOf('id'), 'An id is small letters, digits and hyphens: keys-and-values')
  const clients = head.fields.get('clients') ?? ['A']
  const named =
    Array.isArray(clients) &&
    clients.length > 0 &&
    clients.every((name) => typeof name === 'string' && /^[A-Za-z][\w-]*$/.test(name))
  if (!named)
    problems.add(head.lineOf('clients'), 'Clients are a list of names that begin with a letter: clients: [A, B]')
  const db = head.fields.get('db') ?? 0
  if (!isWhole(db) || db > 15) problems.add(head.lineOf('db'), 'A database is a number from 0 to 15: db: 1')
  const minutes = head.fields.get('minutes')
  if (!head.isBroken && (!isWhole(minutes) || minutes === 0))
    problems.add(head.lineOf('minutes'), 'Say how many minutes the lesson takes: minutes: 5')
  return {
    id,
    title: readString(head, 'title', problems),
    minutes: isWhole(minutes) ? minutes : 1,
    clients: named ? (clients as string[]) : ['A'],
    db: isWhole(db) ? db : 0,
  }
}

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0

// ---------------------------------------------------------------- the steps

function readSetup(before: readonly Content[], clients: readonly string[], problems: Problems): Typed[] {
  return before.flatMap((part) => {
    const info = part.part === 'fence' ? readInfo(part, clients, problems) : null
    if (part.part === 'fence' && info?.name === 'redis setup')
      return readTyped(part.content, part.line, info.client, clients, problems)
    problems.add(
      part.line,
      "Only a fence ```redis setup stands before the first step. Put this below a step's heading.",
    )
    return []
  })
}

/** Reads one step of the English file, part by part. */
class StepReader {
  readonly #section: Section
  readonly #lesson: Pick<Lesson, 'clients' | 'db'>
  readonly #problems: Problems
  readonly #body: Block[] = []
  readonly #checks: Check[] = []
  readonly #hints: (readonly Block[])[] = []
  readonly #solution: Typed[] = []
  #hasCheck = false
  /** The typed lines that an `expect` fence may follow. */
  #typed: Typed[] = []

  constructor(section: Section, lesson: Pick<Lesson, 'clients' | 'db'>, problems: Problems) {
    this.#section = section
    this.#lesson = lesson
    this.#problems = problems
  }

  step(): Step {
    const { id, title, line, parts } = this.#section
    for (const part of parts) {
      if (part.part === 'fence') this.#fence(part)
      else {
        this.#body.push(part.block)
        this.#typed = []
      }
    }
    if (this.#body.length === 0) this.#problems.add(line, 'This step says nothing. Write a sentence below its heading.')
    if (this.#hasCheck && this.#solution.length === 0)
      this.#problems.add(
        line,
        'This step has a check but no ```redis solution. Write one, so that the step can be proven.',
      )
    if (this.#solution.length > 0 && !this.#hasCheck)
      this.#problems.add(line, 'This step has a solution but no ```check. Say what must hold when it is done.')
    return { id, title, body: this.#body, checks: this.#checks, hints: this.#hints, solution: this.#solution }
  }

  #fence(fence: Fence): void {
    const info = readInfo(fence, this.#lesson.clients, this.#problems)
    const before = this.#typed
    this.#typed = []
    switch (info.name) {
      case 'code':
        this.#body.push(shown(fence))
        return
      case 'redis run':
        this.#typed = this.#lines(fence, info.client)
        this.#body.push({ kind: 'run', lines: this.#typed })
        return
      case 'redis solution':
        this.#typed = this.#solution
        this.#solution.push(...this.#lines(fence, info.client))
        return
      case 'expect':
        this.#expect(fence, before)
        return
      case 'check':
        this.#check(fence, info)
        return
      case 'hint':
        this.#hints.push(readHint(fence, this.#problems))
        return
      case 'redis setup':
        this.#problems.add(fence.line, 'The setup stands before the first step, once for the whole lesson.')
    }
  }

  #lines(fence: Fence, client: string): Typed[] {
    return readTyped(fence.content, fence.line, client, this.#lesson.clients, this.#problems)
  }

  #expect(fence: Fence, typed: Typed[]): void {
    const last = typed.at(-1)
    if (!last) this.#problems.add(fence.line, 'An ```expect stands right below a ```redis run or ```redis solution.')
    else if (last.expect !== undefined)
      this.#problems.add(fence.line, 'The reply to the line above is stated already. Say it once.')
    else if (fence.content.trim() === '')
      this.#problems.add(fence.line, 'This ```expect is empty. Write what redis-cli prints.')
    else typed[typed.length - 1] = { ...last, expect: fence.content.trimEnd() }
  }

  #check(fence: Fence, info: Info): void {
    this.#hasCheck = true
    const rows = fence.content.trimEnd().split('\n')
    const [says, ...test] = rows
    if (!says?.trim() || test.length === 0) {
      this.#problems.add(
        fence.line,
        'A check is a sentence for people, and on the next line a test: GET Croatia => "Zagreb"',
      )
      return
    }
    const read = readTest(test.map((row) => row.trimEnd()).join('\n'), fence.line + 2, this.#lesson, this.#problems)
    if (read)
      this.#checks.push({
        says: says.trim(),
        test: read,
        mode: info.mode ?? (read.kind === 'replied' ? 'latched' : 'live'),
      })
  }
}
