// A lesson's parts sorted under their steps, and what the words behind ``` mean. Shared by the English file and those
// of other languages.
import { checkClient } from './fences.ts'
import { isMeaningful, readParts, type Part } from './markdown.ts'
import type { Problems } from './problems.ts'
import type { Block, Check } from './schema.ts'

export const idPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
export type Fence = Extract<Part, { part: 'fence' }>

/** Anything but a step's heading. */
export type Content = Exclude<Part, { part: 'step' }>

/** A step's heading and what stands below it. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly line: number
  readonly parts: Content[]
}

/** Sorts parts under the steps they belong to; `before` is what comes before the first. */
export function sectionsOf(parts: readonly Part[], problems: Problems) {
  const before: Content[] = []
  const sections: Section[] = []
  for (const part of parts) {
    if (part.part !== 'step') {
      const home = sections.at(-1)?.parts ?? before
      home.push(part)
      continue
    }
    const [, id, title] = /^([^\s:]+):\s+(.+)$/.exec(part.text) ?? []
    if (!id || !title || !idPattern.test(id))
      problems.add(part.line, {
        en: 'A step\'s heading is "## step-id: Its title", the id in small letters, digits and hyphens.',
        ko: '단계 제목은 "## step-id: 제목"처럼 쓰세요. id에는 영어 소문자, 숫자, 하이픈만 쓸 수 있어요.',
      })
    else if (sections.some((section) => section.id === id))
      problems.add(part.line, {
        en: `There is a step "${id}" already. Give this one another id.`,
        ko: `"${id}" 단계가 이미 있어요. 다른 id를 붙이세요.`,
      })
    sections.push({ id: id ?? '', title: title ?? part.text, line: part.line, parts: [] })
  }
  return { before, sections }
}

const known = [
  'redis setup',
  'redis run',
  'redis predict',
  'redis cue',
  'redis solution',
  'expect',
  'check',
  'hint',
  'python',
] as const
export type FenceName = (typeof known)[number] | 'code'

/** What the words behind ``` say. */
export interface Info {
  /** 'code': only shown. */
  readonly name: FenceName
  readonly client: string
  readonly mode: Check['mode'] | null
  /** A hint that comes by itself: its first line is the test. */
  readonly when: boolean
  /** What waits in the console is freed before the lines run. */
  readonly interrupts: boolean
}

/** Understands the words behind ```; says so where one is not known. The first of `clients` is the one that is meant. */
export function readInfo(fence: Fence, clients: readonly string[], problems: Problems): Info {
  const info = {
    name: 'code' as FenceName,
    client: clients[0]!,
    mode: null as Check['mode'] | null,
    when: false,
    interrupts: false,
  }
  if (!isMeaningful(fence.info)) return info
  const words = fence.info.split(/\s+/)
  const title = words[0] === 'redis' ? words.splice(0, 2).join(' ') : words.shift()!
  const name = known.find((one) => one === title)
  if (!name) {
    problems.add(fence.line, {
      en: `"${title}" is not a fence of a lesson. There are: ${known.join(', ')}; or one word for code that is only shown.`,
      ko: `"${title}" 코드 블록은 수업에 없어요. 쓸 수 있는 코드 블록: ${known.join(', ')}. 보여 주기만 할 코드에는 한 단어만 쓰세요.`,
    })
    return info
  }
  for (const word of words) {
    if (name === 'check' && (word === 'live' || word === 'latched')) info.mode = word
    else if (name === 'hint' && word === 'when') info.when = true
    else if (name === 'redis run' && word === 'interrupt') info.interrupts = true
    else if (name.startsWith('redis ') && word.startsWith('client=')) {
      info.client = word.slice('client='.length)
      checkClient(info.client, fence.line, clients, problems)
    } else
      problems.add(fence.line, {
        en: `"${word}" is not known behind "${name}".`,
        ko: `"${name}" 뒤에는 "${word}" 같은 말을 쓸 수 없어요. 빼거나 고치세요.`,
      })
  }
  return { ...info, name }
}

/** Code that is only shown. */
export const shown = (fence: Fence): Block => ({
  kind: 'code',
  language: fence.info,
  code: fence.content.replace(/\n$/, ''),
})

/** A hint is Markdown itself, without anything to run; its first `skip` rows are something else. */
export function readHint(fence: Fence, problems: Problems, skip = 0): Block[] {
  const content = fence.content.split('\n').slice(skip).join('\n')
  const parts = readParts(content, fence.line + skip, problems) ?? []
  if (content.trim() === '')
    problems.add(fence.line, {
      en: 'This hint is empty. Write a sentence in it.',
      ko: '이 힌트가 비어 있어요. 한 문장을 쓰세요.',
    })
  return parts.flatMap((part) => {
    if (part.part === 'block') return [part.block]
    if (part.part === 'fence' && !isMeaningful(part.info)) return [shown(part)]
    problems.add(part.line, {
      en: 'A hint holds prose and shown code only.',
      ko: '힌트에는 글과 보여 주기만 하는 코드만 쓰세요.',
    })
    return []
  })
}
