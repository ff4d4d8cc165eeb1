// A script as it is read: one command a line, notes between them, and after a command what it should answer.
//
//   # a note                       a line of its own; redis-cli's words may hold a # (SORT … GET #), so none elsewhere
//   INCR visits                    runs in the client that is chosen
//   B> INCR visits  # => 2         runs in client B; its reply should be 2
//   LRANGE jobs 0 -1
//   # => 1) "paint"                the same on lines of its own, one for each line of the reply
//   # => 2) "dry"
import { letters } from '../stores/console.ts'

export interface Command {
  /** Where it stands, counted from 0; `end` is the last line of what it should answer. */
  readonly line: number
  readonly end: number
  /** Null: the chosen one. */
  readonly client: string | null
  /** As it is sent. */
  readonly text: string
  /** Where `text` begins in its line. */
  readonly from: number
  /** What it should answer, line by line; null where nothing is said. */
  readonly expected: readonly string[] | null
}

const lane = new RegExp(String.raw`^(\s*)(?:([${letters.join('')}])> ?)?(\s*)`)
const expects = /^\s*# ?=>(?: |$)/
const mark = /^# ?=>(?: |$)/

/** Where the command of a line begins, and which client is to run it. */
export function laneOf(line: string): { readonly client: string | null; readonly from: number } {
  const found = lane.exec(line)!
  return { client: found[2] ?? null, from: found[0].length }
}

/** Where ` # =>` begins behind a command, outside its quotes; -1 where there is none. */
export function expectationAt(line: string): number {
  let quote = ''
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!
    if (quote !== '') {
      if (char === '\\' && (quote === '"' || line[i + 1] === quote)) i++
      else if (char === quote) quote = ''
    } else if (char === '"' || char === "'") quote = char
    else if (char === '#' && i > 0 && /\s/.test(line[i - 1]!) && mark.test(line.slice(i))) return i
  }
  return -1
}

export const isNote = (line: string): boolean => /^\s*#/.test(line)

const said = (line: string, at: number): string => line.slice(at).replace(mark, '').trimEnd()

/** The commands of a script, in order. */
export function commandsOf(script: string): readonly Command[] {
  const found: Command[] = []
  for (const [at, line] of script.split(/\r\n?|\n/).entries()) {
    const last = found.at(-1)
    if (last?.end === at - 1 && expects.test(line)) {
      const expected = [...(last.expected ?? []), said(line, line.indexOf('#'))]
      found[found.length - 1] = { ...last, end: at, expected }
      continue
    }
    const command = isNote(line) ? null : commandOn(line, at)
    if (command) found.push(command)
  }
  return found
}

function commandOn(line: string, at: number): Command | null {
  const { client, from } = laneOf(line)
  const end = expectationAt(line)
  const text = line.slice(from, end < 0 ? undefined : end).trimEnd()
  if (text === '') return null
  return { line: at, end: at, client, text, from, expected: end < 0 ? null : [said(line, end)] }
}

/** The commands that these lines touch; what a command should answer is a part of it. */
export const touching = (commands: readonly Command[], first: number, last: number): readonly Command[] =>
  commands.filter(({ line, end }) => line <= last && end >= first)
