// The file of another language: the same steps with prose, hints and the sentences of checks. Every way in which it
// does not fit the English file is a problem.
import type { Language } from '../wire/text.ts'
import { readFrontMatter, readString } from './front-matter.ts'
import { readParts } from './markdown.ts'
import { guarded, type Parsed, type Problems } from './problems.ts'
import type { Block, Lesson, Step } from './schema.ts'
import { readHint, readInfo, sectionsOf, shown, type Fence, type Section } from './sections.ts'

/** Reads the file of another language that stands beside the English one. */
export function translateLesson(lesson: Lesson, source: string, language: Language): Parsed {
  return guarded(source, (text, problems) => {
    const head = readFrontMatter(text, ['id', 'title'], problems)
    const id = readString(head, 'id', problems)
    if (id !== '' && id !== lesson.id)
      problems.add(head.lineOf('id'), {
        en: `The English file has the id "${lesson.id}". Write the same here.`,
        ko: `영어 파일의 id는 "${lesson.id}"예요. 여기에도 똑같이 쓰세요.`,
      })
    const title = readString(head, 'title', problems)
    const parts = readParts(head.rest, head.offset, problems)
    const { before, sections } = sectionsOf(parts ?? [], problems)
    for (const part of before)
      problems.add(part.line, {
        en: 'Nothing stands before the first step here: the setup lives in the English file.',
        ko: '첫 단계 앞은 비워 두세요. ```redis setup은 영어 파일에만 있어요.',
      })
    if (parts) checkOrder(lesson, sections, text.split('\n').length, problems)
    const steps = lesson.steps.map((step) => {
      const section = sections.find((one) => one.id === step.id)
      return section ? translateStep(step, section, problems) : step
    })
    return { ...lesson, language, title, steps }
  })
}

function checkOrder(lesson: Lesson, sections: readonly Section[], lastLine: number, problems: Problems): void {
  const ids = lesson.steps.map((step) => step.id)
  for (const section of sections)
    if (!ids.includes(section.id))
      problems.add(section.line, {
        en: `The English file has no step "${section.id}". It has: ${ids.join(', ')}.`,
        ko: `영어 파일에는 "${section.id}" 단계가 없어요. 있는 단계: ${ids.join(', ')}.`,
      })
  for (const id of ids)
    if (!sections.some((section) => section.id === id))
      problems.add(lastLine, {
        en: `The step "${id}" of the English file is missing here.`,
        ko: `영어 파일에 있는 "${id}" 단계가 여기에는 없어요. 써 넣으세요.`,
      })
  const both = sections.filter((section) => ids.includes(section.id))
  const order = ids.filter((id) => both.some((section) => section.id === id))
  const wrong = both.find((section, i) => section.id !== order[i])
  if (wrong)
    problems.add(wrong.line, {
      en: `The steps stand in another order than in the English file: ${ids.join(', ')}.`,
      ko: `단계 순서가 영어 파일과 달라요. 이 순서로 쓰세요: ${ids.join(', ')}.`,
    })
}

/** Blocks whose content lives in the English file; here an empty fence marks where each is shown. */
const placed = { 'redis run': 'run', 'redis predict': 'predict', python: 'python' } as const
type Placed = keyof typeof placed
const isPlaced = (name: string): name is Placed => Object.hasOwn(placed, name)

function translateStep(step: Step, section: Section, problems: Problems): Step {
  const theirs = (name: Placed) => step.body.filter(({ kind }) => kind === placed[name])
  const used: Record<Placed, number> = { 'redis run': 0, 'redis predict': 0, python: 0 }
  const body: Block[] = []
  const says: string[] = []
  const hints: (readonly Block[])[] = []
  const reactions: (readonly Block[])[] = []
  for (const part of section.parts) {
    if (part.part === 'block') {
      body.push(part.block)
      continue
    }
    const name = readName(part, problems)
    if (name === 'code') body.push(shown(part))
    else if (name === 'hint') hints.push(readHint(part, problems))
    else if (name === 'hint when') reactions.push(readHint(part, problems))
    else if (name === 'check') says.push(readSentence(part, problems))
    else if (!isPlaced(name))
      problems.add(part.line, {
        en: `A fence "${name}" lives in the English file only. Take it out here.`,
        ko: `"${name}" 코드 블록은 영어 파일에만 있어요. 여기에서는 빼세요.`,
      })
    else {
      if (part.content.trim() !== '')
        problems.add(part.line, {
          en: `The lines live in the English file. Leave this \`\`\`${name} empty: it marks where they are shown.`,
          ko: `명령은 영어 파일에만 있어요. 이 \`\`\`${name} 코드 블록은 비워 두세요. 명령이 나올 자리를 표시해요.`,
        })
      const block = theirs(name)[used[name]++]
      if (block) body.push(block)
    }
  }
  for (const name of Object.keys(placed).filter(isPlaced))
    sameCount(`\`\`\`${name}`, used[name], theirs(name).length, section, problems)
  sameCount('```check', says.length, step.checks.length, section, problems)
  sameCount('```hint', hints.length, step.hints.length, section, problems)
  sameCount('```hint when', reactions.length, step.reactions.length, section, problems)
  if (body.length === 0)
    problems.add(section.line, {
      en: 'This step says nothing. Write a sentence below its heading.',
      ko: '이 단계에는 설명이 없어요. 제목 아래에 한 문장이라도 쓰세요.',
    })
  return {
    ...step,
    title: section.title,
    body,
    checks: step.checks.map((check, i) => ({ ...check, says: says[i] ?? check.says })),
    hints,
    reactions: step.reactions.map((reaction, i) => ({ ...reaction, says: reactions[i] ?? reaction.says })),
  }
}

function readSentence(fence: Fence, problems: Problems): string {
  const rows = fence.content.trim().split('\n')
  if (rows.length > 1 || rows[0] === '')
    problems.add(fence.line, {
      en: 'Here a check is one sentence. Its test lives in the English file.',
      ko: '여기에서는 check에 한 문장만 쓰세요. 검사는 영어 파일에만 있어요.',
    })
  return rows[0]!.trim()
}

function sameCount(what: string, here: number, there: number, section: Section, problems: Problems): void {
  if (here !== there)
    problems.add(section.line, {
      en: `The step "${section.id}" has ${there} ${what} in the English file, and ${here} here.`,
      ko: `"${section.id}" 단계의 ${what} 코드 블록이 영어 파일에는 ${there}개, 여기에는 ${here}개 있어요. 수를 맞추세요.`,
    })
}

/** The fence's name alone: in whose console a line runs, and how a check holds, live in the English file. */
function readName(fence: Fence, problems: Problems) {
  if (/^hint\s+when$/.test(fence.info)) return 'hint when'
  const bare = fence.info.split(/\s+/, fence.info.startsWith('redis') ? 2 : 1).join(' ')
  const { name } = readInfo({ ...fence, info: bare }, ['A'], problems)
  if (name !== 'code' && bare !== fence.info)
    problems.add(fence.line, {
      en: `Write only \`\`\`${bare} here: the rest lives in the English file.`,
      ko: `여기에는 \`\`\`${bare}만 쓰세요. 나머지는 영어 파일에만 있어요.`,
    })
  return name
}
