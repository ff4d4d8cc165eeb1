// A lesson as a transcript: its prose, its lines and what our engine answers, played by its own solution.
import { Playing } from '../../lesson/playing.ts'
import { offered } from '../../lesson/prove.ts'
import type { Block, Inline, Lesson, Line, Step } from '../../lesson/schema.ts'
import { join } from '../../wire/line.ts'
import { asPrinted, show } from '../../wire/show.ts'
import { text } from '../../wire/bytes.ts'
import type { Language, Text } from '../../wire/text.ts'
import { openWatched, type Act } from '../../conformance/lesson-engine.ts'
import { columns, wrap } from './prose.ts'

export interface Paper {
  /** Columns of the terminal. */
  readonly width: number
  /** False where the terminal is none, or NO_COLOR says so. */
  readonly colours: boolean
  write(row: string): void
  /** Waits for Enter between the steps. */
  pause(says: string): Promise<void>
}

const words = {
  solution: { en: 'Solution', ko: '풀이' },
  goals: { en: 'Goals', ko: '목표' },
  minutes: { en: ' minutes', ko: '분' },
  consoles: { en: 'consoles', ko: '콘솔' },
  waits: { en: 'waits', ko: '기다리는 중' },
  waited: { en: 'had been waiting', ko: '기다리던 답' },
  guess: { en: 'Which reply comes?', ko: '어떤 답이 올까요?' },
  goesOn: { en: 'Enter goes on', ko: 'Enter를 누르면 계속해요' },
} satisfies Record<string, Text>

/** As a lesson's author writes it. */
const written = (what: string) => (what === 'full' || what === 'free' ? `disk ${what}` : what)

const widest = 88

/** Plays the whole lesson; true where every check held in the end. */
export async function playLesson(lesson: Lesson, paper: Paper): Promise<boolean> {
  const { steps, title } = lesson
  const transcript = new Transcript(lesson, paper)
  transcript.head(title)
  for (const i of steps.keys()) {
    await transcript.step(i)
    if (i + 1 < steps.length) await paper.pause(words.goesOn[lesson.language])
  }
  return transcript.held
}

class Transcript {
  held = true
  readonly #lesson: Lesson
  readonly #language: Language
  readonly #paper: Paper
  readonly #width: number
  readonly #playing: Playing
  #isQuiet = true

  constructor(lesson: Lesson, paper: Paper) {
    this.#lesson = lesson
    this.#language = lesson.language
    this.#paper = paper
    this.#width = Math.min(paper.width, widest)
    this.#playing = new Playing(
      lesson,
      openWatched((act) => this.#isQuiet || this.#act(act)),
    )
    this.#playing.setUp()
    this.#isQuiet = false
  }

  head(title: string): void {
    const { minutes, clients, actors } = this.#lesson
    const names = [...clients, ...actors].join(', ')
    this.#row(this.#bold(title))
    this.#row(this.#dim(`${minutes}${this.#say('minutes')} · ${this.#say('consoles')} ${names}`))
  }

  async step(index: number): Promise<void> {
    const { steps } = this.#lesson
    const step = steps[index]!
    this.#row('')
    this.#row(this.#bold(`${index + 1}/${steps.length}  ${step.title}`))
    await this.#playing.begin(index)
    for (const block of step.body) await this.#block(block)
    await this.#solve(step)
  }

  async #solve({ checks, solution }: Step): Promise<void> {
    if (solution.length > 0) {
      this.#row('')
      this.#row(this.#dim(`${this.#say('solution')}:`))
      await this.#run(solution)
    }
    await this.#playing.player.look()
    if (checks.length > 0) {
      this.#row('')
      this.#row(this.#dim(`${this.#say('goals')}:`))
    }
    for (const [i, finding] of this.#playing.player.findings().entries()) {
      if (!finding?.holds) this.held = false
      this.#row(`  ${finding?.holds ? this.#paint('32', '✓') : this.#paint('31', '✗')} ${checks[i]!.says}`)
    }
  }

  async #block(block: Block): Promise<void> {
    this.#row('')
    if (block.kind === 'run') await this.#run(block.lines)
    else if (block.kind === 'predict') {
      this.#row(this.#dim(`${this.#say('guess')} ${block.typed.line}`))
      for (const choice of block.choices) this.#rows(choice, '  · ', '    ')
      await this.#paper.pause(words.goesOn[this.#language])
      await this.#run(offered(block))
    } else this.#prose(block, '')
  }

  async #run(lines: readonly Line[]): Promise<void> {
    await this.#playing.run(lines)
  }

  // ---------------------------------------------------------------- what happens

  #act(act: Act): void {
    if (act.act === 'skip') this.#row(this.#paint('33', `~ ${act.ms / 1000} s`))
    else if (act.act === 'befall') this.#row(this.#paint('33', `~ ${written(act.what)}`))
    else {
      const typed = act.act === 'send' ? join(act.argv, text) : '^C'
      this.#row(`${this.#prompt(act.client)} ${typed}`)
    }
    if (act.act === 'interrupt' || act.act === 'befall') return
    const mine = act.act === 'send' ? act.client : null
    for (const { client, reply } of act.replies) {
      // Somebody else had been waiting for this one.
      if (client !== mine) this.#row(this.#dim(`${client}: ${this.#say('waited')}`))
      this.#rows(show(act.act === 'send' && client === mine ? asPrinted(act.argv, reply) : reply), '', '')
    }
    if (mine !== null && act.replies.every(({ client }) => client !== mine))
      this.#row(this.#dim(`${mine}: ${this.#say('waits')} …`))
  }

  #prompt(client: string): string {
    const { clients } = this.#lesson
    const colours = ['36', '35', '34', '32', '33', '31']
    const index = clients.indexOf(client)
    return this.#paint(index < 0 ? '33' : colours[index % colours.length]!, `${client}>`)
  }

  // ---------------------------------------------------------------- prose

  #prose(block: Block, indent: string): void {
    if (block.kind === 'paragraph') this.#wrapped(this.#inline(block.text), indent, indent)
    else if (block.kind === 'heading') this.#wrapped(this.#inline(block.text), `${indent}# `, indent)
    else if (block.kind === 'quote') for (const each of block.blocks) this.#prose(each, `${indent}│ `)
    else if (block.kind === 'code' || block.kind === 'python') this.#rows(block.code, `${indent}    `, `${indent}    `)
    else if (block.kind === 'list')
      for (const [i, item] of block.items.entries()) this.#item(item, block.ordered ? `${i + 1}. ` : '- ', indent)
  }

  #item(blocks: readonly Block[], mark: string, indent: string): void {
    const inner = indent + ' '.repeat(mark.length)
    for (const [i, block] of blocks.entries())
      if (i === 0 && block.kind === 'paragraph') this.#wrapped(this.#inline(block.text), indent + mark, inner)
      else this.#prose(block, inner)
  }

  #inline(parts: readonly Inline[]): string {
    return parts
      .map((part) => {
        if (part.kind === 'text') return part.text
        if (part.kind === 'code') return `\`${part.text}\``
        const inside = this.#inline(part.text)
        return part.kind === 'link' ? `${inside} <${part.href}>` : part.kind === 'strong' ? `*${inside}*` : inside
      })
      .join('')
  }

  #wrapped(line: string, first: string, rest: string): void {
    for (const [i, row] of wrap(line, Math.max(20, this.#width - columns(rest))).entries())
      this.#row((i === 0 ? first : rest) + row)
  }

  #rows(block: string, first: string, rest: string): void {
    for (const [i, row] of block.split('\n').entries()) this.#row((i === 0 ? first : rest) + row)
  }

  #row(row: string): void {
    this.#paper.write(row)
  }

  #say(name: keyof typeof words): string {
    return words[name][this.#language]
  }

  #paint(code: string, row: string): string {
    return this.#paper.colours ? `\u001b[${code}m${row}\u001b[0m` : row
  }

  #bold = (row: string): string => this.#paint('1', row)
  #dim = (row: string): string => this.#paint('2', row)
}
