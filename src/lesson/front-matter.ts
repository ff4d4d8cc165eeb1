// The head of a lesson's file, between two lines of ---: a few facts in YAML. The names that are allowed are stated by
// the caller; any other name is a mistake that would else pass unseen.
import { parseDocument } from 'yaml'
import type { Problems } from './problems.ts'

export interface FrontMatter {
  readonly fields: ReadonlyMap<string, unknown>
  /** It could not be read, and that was told: that a field is missing need not be told too. */
  readonly isBroken: boolean
  /** The line of the file on which a field stands. */
  lineOf(field: string): number
  /** What follows the head. */
  readonly rest: string
  /** How many lines of the file come before `rest`. */
  readonly offset: number
}

/** Cuts a file in head and rest. Where the head is missing or broken, says so and gives an empty one. */
export function readFrontMatter(source: string, allowed: readonly string[], problems: Problems): FrontMatter {
  const lines = source.split('\n')
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1
  if (end < 0) {
    problems.add(1, {
      en: `Begin the file with a line ---, then ${allowed.join(', ')}, then a line ---.`,
      ko: `파일을 --- 줄로 시작하고, ${allowed.join(', ')} 항목을 쓴 다음, 다시 --- 줄을 쓰세요.`,
    })
    return { fields: new Map(), isBroken: true, lineOf: () => 1, rest: source, offset: 0 }
  }
  const head = lines.slice(1, end)
  const lineOf = (field: string) => Math.max(0, head.findIndex((line) => line.startsWith(`${field}:`)) + 1) + 1
  const fields = readYaml(head.join('\n'), problems)
  for (const name of fields?.keys() ?? [])
    if (!allowed.includes(name))
      problems.add(lineOf(name), {
        en: `"${name}" is not known here. Known: ${allowed.join(', ')}.`,
        ko: `"${name}" 항목은 여기에 쓸 수 없어요. 쓸 수 있는 항목: ${allowed.join(', ')}.`,
      })
  return {
    fields: fields ?? new Map(),
    isBroken: fields === null,
    lineOf,
    rest: lines.slice(end + 1).join('\n'),
    offset: end + 1,
  }
}

function readYaml(text: string, problems: Problems): ReadonlyMap<string, unknown> | null {
  try {
    const document = parseDocument(text, { schema: 'core' })
    const wrong = document.errors[0]
    if (wrong) {
      problems.add((wrong.linePos?.[0].line ?? 1) + 1, {
        en: `This is not YAML: ${wrong.message.split('\n', 1)[0]}`,
        ko: `YAML 형식이 아니에요: ${wrong.message.split('\n', 1)[0]}`,
      })
      return null
    }
    const value: unknown = document.toJS({ maxAliasCount: 0 })
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return new Map(Object.entries(value))
    problems.add(2, {
      en: 'Write one "name: value" a line here, for example "minutes: 5".',
      ko: '여기에는 "minutes: 5"처럼 한 줄에 "이름: 값"을 하나씩 쓰세요.',
    })
  } catch (error) {
    problems.add(2, {
      en: `The YAML here cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      ko: `여기 YAML을 읽을 수 없어요: ${error instanceof Error ? error.message : String(error)}`,
    })
  }
  return null
}

/** A field that must be there and be text. */
export function readString(head: FrontMatter, field: string, problems: Problems): string {
  const value = head.fields.get(field)
  if (typeof value === 'string' && value.trim() !== '') return value.trim()
  if (!head.isBroken)
    problems.add(head.lineOf(field), {
      en: `The head needs a line "${field}: …" with text behind it.`,
      ko: `파일 맨 위에 "${field}: …" 줄을 쓰고, 그 뒤에 내용을 쓰세요.`,
    })
  return ''
}
