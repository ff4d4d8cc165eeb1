// A lesson's Markdown file becomes a Lesson, or a list of problems. en.md holds everything; ko.md beside it holds the
// same steps with prose, hints and the sentences of checks only: translate.ts lays it over the English lesson, and
// tells every way in which the two do not fit together. lessons/README.md shows the format to an author.
import { readDeeds, readLines, readTest, readTyped } from './fences.ts'
import { readFrontMatter } from './front-matter.ts'
import { readHead, type Around } from './head.ts'
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
import { readHint, readInfo, sectionsOf, shown, type Content, type Fence, type Info, type Section } from './sections.ts'

export type { Around } from './head.ts'
export type { Parsed, Problem } from './problems.ts'
export { translateLesson } from './translate.ts'

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
      problems.add(head.offset + 1, {
        en: 'There is no step yet. Begin one with a line "## step-id: Its title".',
        ko: '아직 단계가 없어요. "## step-id: 제목" 줄로 단계를 시작하세요.',
      })
    return { ...lesson, setup, steps }
  })
}

function readSetup(before: readonly Content[], clients: readonly string[], problems: Problems): Line[] {
  return before.flatMap((part) => {
    const info = part.part === 'fence' ? readInfo(part, clients, problems) : null
    if (part.part === 'fence' && info?.name === 'redis setup')
      return readLines(part.content, part.line, info.client, clients, problems)
    problems.add(part.line, {
      en: "Only a fence ```redis setup stands before the first step. Put this below a step's heading.",
      ko: '첫 단계 앞에는 ```redis setup만 둘 수 있어요. 이 부분은 단계 제목 아래로 옮기세요.',
    })
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
    if (this.#body.length === 0)
      this.#problems.add(line, {
        en: 'This step says nothing. Write a sentence below its heading.',
        ko: '이 단계에는 설명이 없어요. 제목 아래에 한 문장이라도 쓰세요.',
      })
    if (this.#hasCheck && this.#solution.length === 0)
      this.#problems.add(line, {
        en: 'This step has a check but no ```redis solution. Write one, so that the step can be proven.',
        ko: '이 단계에는 ```check만 있고 ```redis solution이 없어요. 단계를 검증할 수 있게 풀이를 쓰세요.',
      })
    if (this.#solution.length > 0 && !this.#hasCheck)
      this.#problems.add(line, {
        en: 'This step has a solution but no ```check. Say what must hold when it is done.',
        ko: '이 단계에는 풀이만 있고 ```check가 없어요. 다 했을 때 무엇이 맞아야 하는지 쓰세요.',
      })
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
        this.#problems.add(fence.line, {
          en: 'The setup stands before the first step, once for the whole lesson.',
          ko: '```redis setup은 수업 전체에서 한 번, 첫 단계 앞에 두세요.',
        })
    }
  }

  #read(fence: Fence, client: string): Line[] {
    return readLines(fence.content, fence.line, client, this.#lesson.clients, this.#problems)
  }

  #expect(fence: Fence, lines: Line[]): void {
    const last = lines.at(-1)
    if (!last || !isTyped(last))
      this.#problems.add(fence.line, {
        en: 'An ```expect stands right below a ```redis run or ```redis solution.',
        ko: '```expect는 ```redis run이나 ```redis solution 바로 아래에 두세요.',
      })
    else if (last.expect !== undefined)
      this.#problems.add(fence.line, {
        en: 'The reply to the line above is stated already. Say it once.',
        ko: '윗줄의 응답은 이미 적혀 있어요. 한 번만 쓰세요.',
      })
    else if (fence.content.trim() === '')
      this.#problems.add(fence.line, {
        en: 'This ```expect is empty. Write what redis-cli prints.',
        ko: '이 ```expect가 비어 있어요. redis-cli가 출력하는 내용을 쓰세요.',
      })
    else lines[lines.length - 1] = { ...last, expect: fence.content.trimEnd() }
  }

  /** A line and its reply; below that, each after a line "or", replies that it might be taken to have. */
  #predict(fence: Fence, client: string): void {
    const [first, ...others] = fence.content.trimEnd().split(/\n *or *\n/)
    const lines = readTyped(first!, fence.line, client, this.#lesson.clients, this.#problems)
    const [typed] = lines
    if (lines.length !== 1 || typed?.expect === undefined) {
      this.#problems.add(fence.line, {
        en: 'Foretell one line: write "A> COMMAND", and below it the reply that it gets.',
        ko: '응답을 예상할 줄은 하나만 쓰세요. "A> COMMAND"를 쓰고 그 아래에 응답을 쓰면 돼요.',
      })
      return
    }
    const choices = [typed.expect, ...others.map((other) => other.trimEnd())]
    if (new Set(choices).size < choices.length)
      this.#problems.add(fence.line, {
        en: 'Two of these replies are the same. Make each choice a different one.',
        ko: '같은 응답이 두 번 있어요. 보기는 서로 다르게 쓰세요.',
      })
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
      this.#problems.add(fence.line, {
        en: 'Nobody acts on cue yet. Name somebody under actors in the head: actors: [Mina]',
        ko: '아직 등장인물이 없어요. 파일 맨 위의 actors에 이름을 쓰세요: actors: [Mina]',
      })
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
      this.#problems.add(fence.line, {
        en: 'A check is a sentence for people, and on the next line a test: GET Croatia => "Zagreb"',
        ko: 'check에는 사람이 읽을 문장을 쓰고, 다음 줄에 검사를 쓰세요: GET Croatia => "Zagreb"',
      })
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
