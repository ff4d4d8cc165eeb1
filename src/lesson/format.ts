// A lesson's Markdown file becomes a Lesson, or a list of problems. en.md holds everything; ko.md beside it holds the
// same steps with prose, hints and the sentences of checks only: translate.ts lays it over the English lesson, and
// tells every way in which the two do not fit together. lessons/README.md shows the format to an author.
import { readDeeds, readLines, readTest, readTyped } from './fences.ts'
import { readFrontMatter, readString, type FrontMatter } from './front-matter.ts'
import { readParts } from './markdown.ts'
import { guarded, type Parsed, type Problems } from './problems.ts'
import { fillPython, type PythonTable } from './python.ts'
import {
  isTyped,
  type Block,
  type Check,
  type Cue,
  type Lesson,
  type Line,
  type Reaction,
  type Step,
} from './schema.ts'
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

/** What a lesson has from outside its file. */
export interface Around {
  /** The id of its track. */
  readonly track: string
  /** What the head need not say, because the track says it. */
  readonly clients?: readonly string[]
  readonly actors?: readonly string[]
  readonly db?: number
  /** What Python prints. */
  readonly python?: PythonTable
}

/** Reads a lesson's English file. */
export function parseLesson(source: string, around: Around): Parsed {
  return guarded(source, (text, problems) => {
    const head = readFrontMatter(text, ['id', 'title', 'minutes', 'clients', 'actors', 'db'], problems)
    const lesson = { ...readHead(head, around, problems), track: around.track, language: 'en' as const }
    const parts = readParts(head.rest, head.offset, problems)
    const { before, sections } = sectionsOf(parts ?? [], problems)
    const setup = readSetup(before, lesson.clients, problems)
    const python = around.python ?? null
    const steps = sections.map((section) => new StepReader(section, lesson, python, problems).step())
    if (steps.length === 0 && parts !== null)
      problems.add(head.offset + 1, 'There is no step yet. Begin one with a line "## step-id: Its title".')
    return { ...lesson, setup, steps }
  })
}

// ---------------------------------------------------------------- the head

function readHead(head: FrontMatter, around: Around, problems: Problems) {
  const id = readString(head, 'id', problems)
  if (id !== '' && !idPattern.test(id))
    problems.add(head.lineOf('id'), 'An id is small letters, digits and hyphens: keys-and-values')
  const clients = readNames(head, 'clients', around.clients ?? ['A'], problems)
  const actors = readNames(head, 'actors', around.actors ?? [], problems)
  if (clients.length === 0) problems.add(head.lineOf('clients'), 'A lesson needs a client: clients: [A]')
  for (const name of actors)
    if (clients.includes(name))
      problems.add(head.lineOf('actors'), `"${name}" is a client of the learner's. An actor needs a name of its own.`)
  const db = head.fields.get('db') ?? around.db ?? 0
  if (!isWhole(db) || db > 15) problems.add(head.lineOf('db'), 'A database is a number from 0 to 15: db: 1')
  const minutes = head.fields.get('minutes')
  if (!head.isBroken && (!isWhole(minutes) || minutes === 0))
    problems.add(head.lineOf('minutes'), 'Say how many minutes the lesson takes: minutes: 5')
  return {
    id,
    title: readString(head, 'title', problems),
    minutes: isWhole(minutes) ? minutes : 1,
    clients: clients.length > 0 ? clients : ['A'],
    actors,
    db: isWhole(db) ? db : 0,
  }
}

function readNames(head: FrontMatter, field: string, otherwise: readonly string[], problems: Problems) {
  const names = head.fields.get(field) ?? otherwise
  const ok = Array.isArray(names) && names.every((name) => typeof name === 'string' && /^[A-Za-z][\w-]*$/.test(name))
  if (ok) return names as readonly string[]
  problems.add(head.lineOf(field), `Write ${field} as a list of names that begin with a letter: ${field}: [A, B]`)
  return otherwise
}

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0

// ---------------------------------------------------------------- the steps

function readSetup(before: readonly Content[], clients: readonly string[], problems: Problems): Line[] {
  return before.flatMap((part) => {
    const info = part.part === 'fence' ? readInfo(part, clients, problems) : null
    if (part.part === 'fence' && info?.name === 'redis setup')
      return readLines(part.content, part.line, info.client, clients, problems)
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
  readonly #lesson: Pick<Lesson, 'clients' | 'actors' | 'db'>
  readonly #python: PythonTable | null
  readonly #problems: Problems
  readonly #body: Block[] = []
  readonly #checks: Check[] = []
  readonly #hints: (readonly Block[])[] = []
  readonly #reactions: Reaction[] = []
  readonly #cues: Cue[] = []
  readonly #solution: Line[] = []
  #hasCheck = false
  /** The lines that an `expect` fence may follow. */
  #lines: Line[] = []

  constructor(
    section: Section,
    lesson: Pick<Lesson, 'clients' | 'actors' | 'db'>,
    python: PythonTable | null,
    problems: Problems,
  ) {
    this.#section = section
    this.#lesson = lesson
    this.#python = python
    this.#problems = problems
  }

  step(): Step {
    const { id, title, line, parts } = this.#section
    for (const part of parts) {
      if (part.part === 'fence') this.#fence(part)
      else {
        this.#body.push(part.block)
        this.#lines = []
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
    return {
      id,
      title,
      body: this.#body,
      checks: this.#checks,
      hints: this.#hints,
      reactions: this.#reactions,
      cues: this.#cues,
      solution: this.#solution,
    }
  }

  #fence(fence: Fence): void {
    const { clients, actors } = this.#lesson
    const acts = /^redis\s+cue\b/.test(fence.info)
    const info = readInfo(fence, acts && actors.length > 0 ? actors : clients, this.#problems)
    const before = this.#lines
    this.#lines = []
    switch (info.name) {
      case 'code':
        this.#body.push(shown(fence))
        return
      case 'python':
        this.#body.push({ kind: 'python', code: fillPython(fence, this.#python, this.#problems) })
        return
      case 'redis run':
        this.#lines = this.#read(fence, info.client)
        this.#body.push({ kind: 'run', lines: this.#lines, ...(info.interrupts ? { interrupts: true } : {}) })
        return
      case 'redis predict':
        this.#predict(fence, info.client)
        return
      case 'redis cue':
        this.#cue(fence, info.client)
        return
      case 'redis solution':
        this.#lines = this.#solution
        this.#solution.push(...this.#read(fence, info.client))
        return
      case 'expect':
        this.#expect(fence, before)
        return
      case 'check':
        this.#check(fence, info)
        return
      case 'hint':
        this.#hint(fence, info)
        return
      case 'redis setup':
        this.#problems.add(fence.line, 'The setup stands before the first step, once for the whole lesson.')
    }
  }

  #read(fence: Fence, client: string): Line[] {
    return readLines(fence.content, fence.line, client, this.#lesson.clients, this.#problems)
  }

  #expect(fence: Fence, lines: Line[]): void {
    const last = lines.at(-1)
    if (!last || !isTyped(last))
      this.#problems.add(fence.line, 'An ```expect stands right below a ```redis run or ```redis solution.')
    else if (last.expect !== undefined)
      this.#problems.add(fence.line, 'The reply to the line above is stated already. Say it once.')
    else if (fence.content.trim() === '')
      this.#problems.add(fence.line, 'This ```expect is empty. Write what redis-cli prints.')
    else lines[lines.length - 1] = { ...last, expect: fence.content.trimEnd() }
  }

  /** A line and its reply; below that, each after a line "or", replies that it might be taken to have. */
  #predict(fence: Fence, client: string): void {
    const [first, ...others] = fence.content.trimEnd().split(/\n *or *\n/)
    const lines = readTyped(first!, fence.line, client, this.#lesson.clients, this.#problems)
    const [typed] = lines
    if (lines.length !== 1 || typed?.expect === undefined) {
      this.#problems.add(fence.line, 'Foretell one line: write "A> COMMAND", and below it the reply that it gets.')
      return
    }
    const choices = [typed.expect, ...others.map((other) => other.trimEnd())]
    if (new Set(choices).size < choices.length)
      this.#problems.add(fence.line, 'Two of these replies are the same. Make each choice a different one.')
    // In the order of the alphabet, so that the place of the true one tells nothing.
    this.#body.push({
      kind: 'predict',
      typed: { ...typed, expect: typed.expect },
      choices: others.length > 0 ? choices.toSorted() : [],
    })
  }

  #cue(fence: Fence, client: string): void {
    const { actors } = this.#lesson
    if (actors.length === 0) {
      this.#problems.add(fence.line, 'Nobody acts on cue yet. Name somebody under actors in the head: actors: [Mina]')
      return
    }
    const [first, ...rest] = fence.content.split('\n')
    const when = /^when: *(.+)$/.exec(first!)
    const lines = when
      ? readDeeds(rest.join('\n'), fence.line + 1, client, actors, this.#problems)
      : readDeeds(fence.content, fence.line, client, actors, this.#problems)
    const test = when ? readTest(when[1]!, fence.line + 1, this.#lesson, this.#problems) : null
    if (!when || test) this.#cues.push({ when: test, lines })
  }

  #hint(fence: Fence, info: Info): void {
    if (!info.when) {
      this.#hints.push(readHint(fence, this.#problems))
      return
    }
    const test = readTest(fence.content.split('\n', 1)[0]!, fence.line + 1, this.#lesson, this.#problems)
    const says = readHint(fence, this.#problems, 1)
    if (test) this.#reactions.push({ when: test, says })
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
        mode: info.mode ?? (read.kind === 'replied' || read.kind === 'befell' ? 'latched' : 'live'),
      })
  }
}
