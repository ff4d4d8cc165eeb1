// What stands inside a lesson's fences: lines that clients type (as a redis-cli transcript reads) and tests.
//
//   A> GET Japan            a line typed by client A; `> ` and redis-cli's own prompt mean the fence's client
//   (nil)                   below a prompted line: what redis-cli prints for it, whenever that comes
//   A> ^C                   Ctrl+C: what A waits for is given up
//   ~ 60s                   the clock moves ahead: ms, s, m, h or d
//   ~ crash                 the server is killed, and starts again from its snapshot; ~ restart: it is ended in peace
//   ~ disk full             no snapshot can be written any more; ~ disk free: again
//
// A fence without any prompt holds only typed lines. A test is one line; what follows `=>` may go on below it.
import type { Bytes } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import type { Problems } from './problems.ts'
import {
  isTyped,
  type Befall,
  type Befell,
  type Line,
  type State,
  type Test,
  type Typed,
  type Wants,
} from './schema.ts'
import { asShown } from './shown.ts'

const prompt = /^(?:([A-Za-z][\w-]*)|127\.0\.0\.1:\d+(?:\[\d+\])?(?:\(TX\))?)?>(?: (.*))?$/

const jump = /^~ *(\d+(?:\.\d+)?) ?(ms|s|m|h|d)$/
const befall = /^~ *(crash|restart|disk full|disk free)$/
const unit: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

interface Draft {
  client: string
  line: string
  expect?: string
}

/** Reads the lines of a setup, run, solution or cue fence; `line` is the line of the fence's first row less one. */
export function readLines(
  content: string,
  line: number,
  client: string,
  clients: readonly string[],
  problems: Problems,
): Line[] {
  const lines: (Draft | Exclude<Line, Typed>)[] = []
  const rows = content.split('\n')
  const isTranscript = rows.some((row) => prompt.test(row))
  for (const [i, row] of rows.entries()) {
    const at = line + 1 + i
    const found = isTranscript ? prompt.exec(row) : null
    const skip = jump.exec(row.trim())
    const fate = befall.exec(row.trim())
    const last = lines.at(-1)
    if (skip) lines.push({ skip: Number(skip[1]) * unit[skip[2]!]! })
    else if (fate) lines.push({ server: fate[1]!.replace('disk ', '') as Befall['server'] })
    else if (found) lines.push(prompted(found[1] ?? client, (found[2] ?? '').trim()))
    else if (row.trim() === '') continue
    else if (!isTranscript) lines.push(prompted(client, row.trim()))
    else if (last && 'line' in last)
      last.expect = last.expect === undefined ? row.trimEnd() : `${last.expect}\n${row.trimEnd()}`
    else
      problems.add(at, {
        en: 'A reply stands here before any command. Put the command above it, as in "A> GET key".',
        ko: '명령보다 응답이 먼저 나왔어요. "A> GET key"처럼 그 위에 명령을 쓰세요.',
      })
    if (!skip && !fate && (found || !isTranscript)) checkLine(lines.at(-1)!, at, clients, problems)
  }
  if (lines.length === 0)
    problems.add(line, {
      en: 'This fence is empty. Write at least one command in it.',
      ko: '이 코드 블록이 비어 있어요. 명령을 하나라도 쓰세요.',
    })
  return lines
}

const prompted = (client: string, line: string) => (line === '^C' ? { interrupt: client } : { client, line })

/** The same for fences in which the clock stands still and nobody is interrupted. */
export function readDeeds(
  content: string,
  line: number,
  client: string,
  clients: readonly string[],
  problems: Problems,
): (Typed | Befall)[] {
  const lines = readLines(content, line, client, clients, problems)
  const deeds = lines.filter((one) => isTyped(one) || 'server' in one)
  if (deeds.length < lines.length)
    problems.add(line, {
      en: 'Here stand only lines that somebody types, or what befalls the server: no moved clock and no ^C.',
      ko: '여기에는 누군가 입력하는 줄이나 서버에 생기는 일만 쓰세요. 시계를 옮기는 줄과 ^C는 쓸 수 없어요.',
    })
  return deeds
}

/** The same for fences in which there is nothing but what somebody types. */
export function readTyped(
  content: string,
  line: number,
  client: string,
  clients: readonly string[],
  problems: Problems,
): Typed[] {
  const lines = readLines(content, line, client, clients, problems)
  if (!lines.every(isTyped))
    problems.add(line, {
      en: 'Here stand only lines that somebody types: no ~ and no ^C.',
      ko: '여기에는 누군가 입력하는 줄만 쓰세요. ~와 ^C는 쓸 수 없어요.',
    })
  return lines.filter(isTyped)
}

function checkLine(line: Line, at: number, clients: readonly string[], problems: Problems): void {
  if (isTyped(line)) checkTyped(line, at, clients, problems)
  else if ('interrupt' in line) checkClient(line.interrupt, at, clients, problems)
}

function checkTyped(typed: Typed, at: number, clients: readonly string[], problems: Problems): void {
  checkClient(typed.client, at, clients, problems)
  const words = split(typed.line)
  if (!words)
    problems.add(at, {
      en: 'The quotes of this command are not balanced. Close them.',
      ko: '이 명령의 따옴표가 짝이 맞지 않아요. 따옴표를 닫으세요.',
    })
  else if (words.length === 0)
    problems.add(at, {
      en: 'A prompt without a command. Write the command behind it.',
      ko: '프롬프트만 있고 명령이 없어요. 그 뒤에 명령을 쓰세요.',
    })
}

/** Says so where a client is named that the lesson does not have. */
export function checkClient(name: string, at: number, clients: readonly string[], problems: Problems): void {
  if (!clients.includes(name))
    problems.add(at, {
      en: `There is no client "${name}". Name it under clients in the head: clients: [${clients.join(', ')}, ${name}]`,
      ko: `"${name}" 클라이언트가 없어요. 파일 맨 위의 clients에 이름을 쓰세요: clients: [${clients.join(', ')}, ${name}]`,
    })
}

const state = /^(\S+) is (in transaction|blocked|watching|subscribed|on database)(?: (?:(?:on|to) )?(\S.*))?$/
const befell = /^server (crashed|restarted|saved)$/
const replied = /^(?:([A-Za-z][\w-]*) )?(replied|typed):? (.+)$/s
const probe = /^(?:\[(\d{1,4})\] )?(.+)$/s

/** Reads a test; null where it cannot be understood (the problem is then told). */
export function readTest(
  text: string,
  line: number,
  lesson: { readonly clients: readonly string[]; readonly db: number },
  problems: Problems,
): Test | null {
  const isState = state.exec(text)
  if (isState) {
    const [, client, is, key] = isState as unknown as [string, string, State['is'], string | undefined]
    checkClient(client, line, lesson.clients, problems)
    const named = key === undefined ? null : split(key)
    if (named?.length !== 1 && key !== undefined)
      problems.add(line, {
        en: `"${key}" is not one key. Put it in quotes.`,
        ko: `"${key}" 부분은 키 하나가 아니에요. 따옴표로 묶으세요.`,
      })
    return { kind: 'state', client, is, key: named?.[0] ?? null }
  }
  const isBefell = befell.exec(text)
  if (isBefell) return { kind: 'befell', what: isBefell[1] as Befell['what'] }
  const isReplied = replied.exec(text)
  if (isReplied) {
    const client = isReplied[1] ?? null
    if (client !== null) checkClient(client, line, lesson.clients, problems)
    const asked = readAsked(isReplied[3]!, line, problems)
    const otherwise: Wants = { op: isReplied[2] === 'typed' ? 'whatever' : 'any' }
    return asked && { kind: 'replied', client, command: asked.words, wants: asked.wants ?? otherwise }
  }
  const isProbe = probe.exec(text)!
  const asked = readAsked(isProbe[2]!, line, problems)
  if (!asked) return null
  if (!asked.wants) {
    problems.add(line, {
      en: `This test does not say what it wants. Write it as: ${asked.words[0]} key => "value"`,
      ko: `이 검사에는 무엇을 기대하는지가 없어요. 이렇게 쓰세요: ${asked.words[0]} key => "value"`,
    })
    return null
  }
  return {
    kind: 'probe',
    db: isProbe[1] === undefined ? lesson.db : Number(isProbe[1]),
    argv: asked.words,
    wants: asked.wants,
  }
}

/** What may stand between a command and what is wanted of its answer. */
const wanted: readonly (readonly [RegExp, (found: RegExpExecArray) => Wants])[] = [
  [/^ =>\s+(\S.*)$/s, (found) => ({ op: 'is', shown: asShown(found[1]!) })],
  [/^ fails(?: (\S.*))?$/, (found) => ({ op: 'fails', code: found[1] ?? '' })],
  [/^ is not (.+)$/, (found) => ({ op: 'is not', shown: asShown(found[1]!) })],
  [/^ has (.+)$/, (found) => ({ op: 'has', shown: asShown(found[1]!) })],
  [/^ between (-?\d+) and (-?\d+)$/, (found) => ({ op: 'between', low: Number(found[1]), high: Number(found[2]) })],
  [/^ at least (-?\d+)$/, (found) => ({ op: 'between', low: Number(found[1]), high: Number.MAX_SAFE_INTEGER })],
]

/** A command, and what is wanted of its answer; null wants: the line ends with the command. */
function readAsked(text: string, line: number, problems: Problems): { words: Bytes[]; wants: Wants | null } | null {
  // The first separator counts: what follows it may be a sentence that has the words of another.
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) {
    for (const [pattern, make] of wanted) {
      const found = pattern.exec(text.slice(at))
      // A separator inside quotes leaves the quotes before it open: then it is part of the command.
      const words = found && split(text.slice(0, at))
      if (words && words.length > 0) return { words, wants: make(found) }
    }
  }
  const words = split(text)
  if (words && words.length > 0) return { words, wants: null }
  problems.add(line, {
    en: 'The quotes of this test are not balanced, or it has no command.',
    ko: '이 검사의 따옴표가 짝이 맞지 않거나 명령이 없어요. 따옴표를 닫고 명령을 쓰세요.',
  })
  return null
}
