// A transcript is a test that reads as a terminal did: what was typed, and what redis-cli printed. It plays on anything
// that takes commands (a Target): our engine with a clock moved by hand, or a real server.
//
//   # a push wakes the first who waited      a section's title: a "#" line after an empty line or at the file's start
//   # anything                               elsewhere: a remark
//   A> BLPOP jobs 0                          client A types; no reply follows, so none may come now
//   A is blocked
//   B> RPUSH jobs paint                      B types …
//   (integer) 1                              … and this is printed, line by line, up to an empty line or the next step
//   A< 1) "jobs"                             what A hears later; its further lines are indented by three spaces
//      2) "paint"
//   > TTL k                                  one client needs no name
//   *                                        any reply: its value is chance
//   > KEYS * (any order)                     its lines may come in any order
//   ~ 10s                                    the clock moves on (ms, s, m, h)
//   ~ saved                                  the background save under way ends, well or not
//   ~ crash                                  the server is killed and starts again (~ restart: it is ended in peace);
//                                            everybody is connected anew, on the database of before
//   ~ disk full                              no snapshot can be written any more (~ disk free: again)
//
// The prompts of redis-cli itself, `127.0.0.1:6379[1](TX)>`, are understood too, and checked. A section whose first
// prompt says [1] begins on that database.
import { type Bytes } from '../../wire/bytes.ts'
import { split } from '../../wire/line.ts'
import { isError, isTagged, type Reply } from '../../wire/reply.ts'
import { show } from '../../wire/show.ts'

export interface Section {
  readonly file: string
  readonly title: string
  readonly line: number
  /** The database its clients begin on. */
  readonly db: number
  /** True where the clock moves: it cannot be played on a real server. */
  readonly timed: boolean
  readonly steps: readonly Step[]
}

export type Step = { readonly line: number } & (
  | {
      readonly do: 'type'
      readonly client: string
      readonly typed: string
      /** What redis-cli's prompt says before the ">", where the transcript has it. */
      readonly prompt: string | null
      /** Null: the reply does not come now. */
      readonly reply: string | null
      readonly anyOrder: boolean
    }
  | { readonly do: 'hear'; readonly client: string; readonly reply: string }
  | { readonly do: 'blocked'; readonly client: string }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'befall'; readonly what: Befalls }
)

/** What happens to a server, and by no client. */
export type Befalls = 'saved' | 'crash' | 'restart' | 'disk full' | 'disk free'

/** Where a transcript is played. Clients appear when first named. */
export interface Target {
  connect(client: string, db: number): void | Promise<void>
  /** Resolves when all that follows from the command, for any client, has been heard. */
  send(client: string, argv: readonly Bytes[]): void | Promise<void>
  advance(ms: number): void | Promise<void>
  befall(what: Befalls): void | Promise<void>
  /** The oldest reply or message that the client has heard and nobody took, as a client of its protocol knows it. */
  take(client: string): Reply | undefined
  /** The same, but where none is there yet it may wait a while for one. */
  hear(client: string): Reply | undefined | Promise<Reply | undefined>
  /** Commands of the client that were not answered yet. */
  unanswered(client: string): number
}

// ---------------------------------------------------------------- reading

const command = /^(?:([A-Z])?|127\.0\.0\.1:6379((?:\[\d+\])?(?:\(TX\))?))> ?(.*)$/
const heard = /^([A-Z])< (.*)$/
const blocked = /^([A-Z]) is blocked$/
const wait = /^~ (\d+)(ms|s|m|h)$/
const befalls = /^~ (saved|crash|restart|disk full|disk free)$/
const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
const anyOrder = / +\(any order\)$/

/** The sections of a transcript file; throws, with file and line, at what it cannot read. */
export function parse(file: string, source: string): Section[] {
  const sections: (Omit<Section, 'db' | 'timed'> & { steps: Step[] })[] = []
  const lines = source.split('\n')
  let i = 0
  const replyLines = (indent: string): string[] => {
    const found: string[] = []
    while (i < lines.length && isReply(lines[i]!, indent)) found.push(lines[i++]!.slice(indent.length))
    return found
  }
  while (i < lines.length) {
    const text = lines[i]!
    const line = ++i
    if (text.startsWith('# ') && (line === 1 || lines[line - 2] === ''))
      sections.push({ file, title: text.slice(2), line, steps: [] })
    if (text === '' || text.startsWith('#')) continue
    const steps = sections.at(-1)?.steps
    if (!steps) throw new Error(`${file}:${line}: a transcript begins with "# a title"`)
    const step = readStep(text, line, replyLines)
    if (!step) throw new Error(`${file}:${line}: not a step: ${text}`)
    steps.push(step)
  }
  return sections.map((section) => ({
    ...section,
    db: firstDatabase(section.steps),
    timed: section.steps.some((step) => step.do === 'wait'),
  }))
}

function isReply(text: string, indent: string): boolean {
  if (text === '' || text.startsWith('# ')) return false
  return (
    text.startsWith(indent) &&
    (indent !== '' || ![command, heard, blocked, wait, befalls].some((form) => form.test(text)))
  )
}

function readStep(text: string, line: number, replyLines: (indent: string) => string[]): Step | null {
  let found: RegExpExecArray | null
  if ((found = command.exec(text))) {
    const [, client = 'A', prompt = null, typed] = found
    const reply = replyLines('')
    return {
      line,
      do: 'type',
      client,
      prompt,
      typed: typed!.replace(anyOrder, ''),
      reply: reply.length > 0 ? reply.join('\n') : null,
      anyOrder: anyOrder.test(typed!),
    }
  }
  if ((found = heard.exec(text)))
    return { line, do: 'hear', client: found[1]!, reply: [found[2]!, ...replyLines('   ')].join('\n') }
  if ((found = blocked.exec(text))) return { line, do: 'blocked', client: found[1]! }
  if ((found = befalls.exec(text))) return { line, do: 'befall', what: found[1] as Befalls }
  if ((found = wait.exec(text))) return { line, do: 'wait', ms: Number(found[1]) * units[found[2]!]! }
  return null
}

function firstDatabase(steps: readonly Step[]): number {
  const first = steps.find((step) => step.do === 'type')
  return Number(/\d+/.exec(first?.prompt ?? '')?.[0] ?? 0)
}

// ---------------------------------------------------------------- playing

/** Plays a section; throws an Error that says where, what was wanted and what came. */
export async function play(section: Section, target: Target): Promise<void> {
  const stage = new Stage(section, target)
  for (const step of section.steps) await stage.play(step)
  stage.checkSilence(section.steps.at(-1)?.line ?? section.line)
}

class Stage {
  readonly #section: Section
  readonly #target: Target
  readonly #prompts = new Map<string, Prompt>()

  constructor(section: Section, target: Target) {
    this.#section = section
    this.#target = target
  }

  async play(step: Step): Promise<void> {
    if (step.do === 'hear') await this.#expect(step.line, step.client, step.reply, false)
    else if (step.do === 'blocked') this.#expectBlocked(step.line, step.client)
    else {
      this.checkSilence(step.line)
      if (step.do === 'wait') await this.#target.advance(step.ms)
      else if (step.do === 'befall') await this.#target.befall(step.what)
      else await this.#type(step)
    }
  }

  async #type(step: Extract<Step, { do: 'type' }>): Promise<void> {
    const { client, line } = step
    const prompt = this.#prompts.get(client) ?? new Prompt(this.#section.db)
    if (!this.#prompts.has(client)) {
      this.#prompts.set(client, prompt)
      await this.#target.connect(client, this.#section.db)
    }
    if (step.prompt !== null && step.prompt !== prompt.text()) this.#fail(line, `prompt ${step.prompt}`, prompt.text())
    const argv = split(step.typed)
    if (!argv) {
      if (step.reply !== 'Invalid argument(s)') this.#fail(line, step.reply ?? '', 'Invalid argument(s)')
      return
    }
    await this.#target.send(client, argv)
    if (step.reply === null) return
    const reply = await this.#expect(line, client, step.reply, step.anyOrder)
    prompt.answered(argv, reply)
  }

  /** Nobody may have heard what the transcript does not tell. */
  checkSilence(line: number): void {
    for (const client of this.#prompts.keys()) {
      const reply = this.#target.take(client)
      if (reply !== undefined) this.#fail(line, `nothing more for ${client}`, `${client}< ${show(reply)}`)
    }
  }

  async #expect(line: number, client: string, wanted: string, loose: boolean): Promise<Reply> {
    const reply = await this.#target.hear(client)
    if (reply === undefined) return this.#fail(line, wanted, `no reply for ${client}`)
    const got = show(reply)
    const same = wanted === '*' || (loose ? sorted(wanted) === sorted(got) : wanted === got)
    return same ? reply : this.#fail(line, wanted, got)
  }

  #expectBlocked(line: number, client: string): void {
    if (this.#target.unanswered(client) === 0) this.#fail(line, `${client} is blocked`, `${client} is not blocked`)
  }

  #fail(line: number, wanted: string, got: string): never {
    const { file, title } = this.#section
    throw new Error(`${file}:${line} (${title})\nwanted:\n${indented(wanted)}\ngot:\n${indented(got)}`)
  }
}

const indented = (text: string) => text.replace(/^/gm, '  ')

const sorted = (shown: string) =>
  shown
    .split('\n')
    .map((line) => line.replace(/^ *\d+[)#~] /, ''))
    .toSorted()
    .join('\n')

/** What redis-cli's prompt says: it keeps the books itself, from what it sent and what came back. */
class Prompt {
  #db: number
  /** The database before MULTI, to which a transaction that failed goes back; null outside MULTI. */
  #before: number | null = null

  constructor(db: number) {
    this.#db = db
  }

  text(): string {
    return (this.#db === 0 ? '' : `[${this.#db}]`) + (this.#before === null ? '' : '(TX)')
  }

  answered(argv: readonly Bytes[], reply: Reply): void {
    const name = argv[0]?.toLowerCase()
    const failed = isError(reply)
    if (name === 'select' && argv.length === 2 && !failed) this.#db = Number.parseInt(argv[1]!, 10) || 0
    else if (name === 'multi' && argv.length === 1 && !failed) this.#before = this.#db
    else if ((name === 'exec' || name === 'discard') && argv.length === 1 && this.#before !== null) {
      if (name === 'discard' || failed || isNil(reply)) this.#db = this.#before
      this.#before = null
    }
  }
}

const isNil = (reply: Reply) => reply === null || (isTagged(reply) && reply.kind === 'nil-array')
