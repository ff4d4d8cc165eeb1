// What is wrong with a lesson, each thing with its place: the files, both languages, hints, attempts, the proof on our
// engine and, with a server at hand, the replies of the real one.
import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { RealServer } from '../../conformance/server.ts'
import { readAttempts, tryOut, type Attempt } from '../../lesson/attempts.ts'
import { offered, prove } from '../../lesson/prove.ts'
import { isTyped, type Lesson } from '../../lesson/schema.ts'
import type { Text } from '../../wire/text.ts'
import { openEngine } from '../../conformance/lesson-engine.ts'
import { findLessons, readLesson, type Finding, type LessonFiles } from './files.ts'
import { Lines } from './lines.ts'
import { longParagraphs, paragraphs } from './prose.ts'
import { compare, type Remark } from '../../conformance/lesson.ts'

export interface Checked {
  readonly findings: readonly Finding[]
  /** What was not looked at, and why. */
  readonly notes: readonly Text[]
  readonly attempts: number
  /** How many replies the lesson states, and how many of them the real server was asked for. */
  readonly replies: number
  readonly compared: number
}

/** Looks at all that a lesson promises. Without a server its replies are compared with our engine's only. */
export async function checkLesson(files: LessonFiles, server: RealServer | null): Promise<Checked> {
  const { lesson, korean, findings } = readLesson(files)
  const whole = [...findings, ...missing(files), ...tooLong(files)]
  const nothing = { notes: [], attempts: 0, replies: 0, compared: 0 }
  if (!lesson) return { ...nothing, findings: whole }
  const lines = new Lines(readFileSync(files.english, 'utf8'))
  const at = (line: number, says: Text): Finding => ({ file: files.english, line, says })
  const tried = await checkAttempts(files, lesson)
  const sound = [...checkHints(lesson, files.english), ...(korean ? checkHints(korean, files.korean!) : [])]
  const proof = (await prove(lesson, openEngine)).map((says) => at(lineOf(says.en, lines), says))
  const real = server ? await compare(lesson, server) : null
  const told = ({ step, line, says }: Remark) =>
    at(
      lines.typed(inFile(step), line),
      each(says, (words) => `${step}: "${line}" ${words}`),
    )
  return {
    findings: [...whole, ...sameId(files, lesson, lines), ...sound, ...tried.findings, ...proof].concat(
      real?.wrong.map(told) ?? [],
    ),
    notes: [
      ...alone(files),
      ...(real?.left ?? []).map(({ step, line, says }) => {
        const place = `${files.english}:${lines.typed(inFile(step), line)}`
        return {
          en: `${place}: "${line}" was not compared with the real server: ${says.en}.`,
          ko: `${place}: "${line}" 명령은 실제 서버와 비교하지 않았어요: ${says.ko}.`,
        }
      }),
    ],
    attempts: tried.count,
    replies: countStated(lesson),
    compared: real?.compared ?? 0,
  }
}

const each = ({ en, ko }: Text, put: (words: string) => string): Text => ({ en: put(en), ko: put(ko) })

/** The setup has no heading. */
const inFile = (step: string) => (step === 'setup' ? null : step)

function countStated({ steps, setup }: Lesson): number {
  const all = steps.flatMap(({ body, solution, cues }) => [
    ...body.flatMap(offered),
    ...solution,
    ...cues.flatMap((cue) => cue.lines),
  ])
  return [...setup, ...all].filter((line) => isTyped(line) && line.expect !== undefined).length
}

// ---------------------------------------------------------------- the files

/** A lesson of the house has three files; a teacher's own may do with one. */
function missing({ track, korean, attempts }: LessonFiles): Finding[] {
  if (!track) return []
  return [korean!, attempts!]
    .filter((file) => !existsSync(file))
    .map((file) => ({
      file,
      line: 1,
      says: {
        en: 'This file is missing. A lesson of the house has it.',
        ko: '이 파일이 없어요. lessons 안의 수업에는 있어야 해요.',
      },
    }))
}

function alone({ english, korean, attempts, track }: LessonFiles): Text[] {
  if (track) return []
  const lacks = (file: string | null) => !file || !existsSync(file)
  return [
    ...(lacks(korean)
      ? [
          {
            en: `${english}: there is one language only; no ko.md was compared with it.`,
            ko: `${english}: 한 언어만 있어서, 비교할 ko.md가 없었어요.`,
          },
        ]
      : []),
    ...(lacks(attempts)
      ? [
          {
            en: `${english}: there is no attempts.txt; only the solution was tried.`,
            ko: `${english}: attempts.txt가 없어서 풀이만 해 봤어요.`,
          },
        ]
      : []),
  ]
}

function tooLong({ english, korean }: LessonFiles): Finding[] {
  const inFileOf = (file: string, language: 'en' | 'ko') =>
    longParagraphs(readFileSync(file, 'utf8'), language).map((each) => ({ ...each, file, warning: true as const }))
  return [...inFileOf(english, 'en'), ...(korean && existsSync(korean) ? inFileOf(korean, 'ko') : [])]
}

/** Progress and links name a lesson by its id, so the house has each once. */
function sameId({ english, track }: LessonFiles, { id }: Lesson, lines: Lines): Finding[] {
  if (!track) return []
  const others = findLessons(dirname(track)).filter((other) => other.english !== english)
  return others
    .filter((other) => new RegExp(`^id: *${id} *$`, 'm').test(readFileSync(other.english, 'utf8')))
    .map((other) => ({
      file: english,
      line: lines.row(`id: ${id}`),
      says: {
        en: `${other.english} has this id already.`,
        ko: `${other.english} 파일이 이미 이 id를 써요. 다른 id를 붙이세요.`,
      },
    }))
}

// ---------------------------------------------------------------- hints

function checkHints({ steps }: Lesson, file: string): Finding[] {
  const lines = new Lines(readFileSync(file, 'utf8'))
  return steps.flatMap(({ id, checks, hints, reactions }) => {
    const at = (says: Text) => ({ file, line: lines.step(id), says: each(says, (words) => `${id}: ${words}`) })
    const isBlank = (blocks: (typeof hints)[number]) =>
      blocks.every((block) => block.kind !== 'code' && paragraphs(block).join('').trim() === '')
    return [
      ...(checks.length > 0 && hints.length < 2
        ? [
            at({
              en: 'Give two hints or more: a question, a pointer, the command.',
              ko: '힌트를 둘 이상 쓰세요: 질문, 실마리, 명령.',
            }),
          ]
        : []),
      ...hints.flatMap((hint, i) =>
        isBlank(hint)
          ? [at({ en: `Nothing is seen of hint number ${i + 1}.`, ko: `${i + 1}번째 힌트에 보이는 내용이 없어요.` })]
          : [],
      ),
      ...reactions.flatMap(({ says }, i) =>
        isBlank(says)
          ? [
              at({
                en: `Nothing is seen of "hint when" number ${i + 1}.`,
                ko: `${i + 1}번째 "hint when"에 보이는 내용이 없어요.`,
              }),
            ]
          : [],
      ),
    ]
  })
}

// ---------------------------------------------------------------- attempts

async function checkAttempts({ attempts: file }: LessonFiles, lesson: Lesson) {
  if (!file || !existsSync(file)) return { count: 0, findings: [] }
  const source = readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
  const { attempts, problems } = readAttempts(source, lesson)
  const findings: Finding[] = problems.map((problem) => ({ ...problem, file }))
  for (const { id, checks } of lesson.steps)
    if (checks.length > 0)
      findings.push(...tooFew(attempts, id).map((says) => ({ file, line: lineAt(source, id), says })))
  let from = 0
  for (const attempt of attempts) {
    from = source.indexOf(attempt.says, from)
    const line = source.slice(0, from).split('\n').length
    from += attempt.says.length
    if ((await tryOut(lesson, attempt, openEngine)) !== attempt.passes)
      findings.push({
        file,
        line,
        says: attempt.passes
          ? {
              en: `${attempt.step}: this way is said to be right, and the step is not done by it.`,
              ko: `${attempt.step}: right라고 적힌 방법인데, 이렇게 해도 단계가 끝나지 않아요.`,
            }
          : {
              en: `${attempt.step}: this way is said to be wrong, and the step is done by it.`,
              ko: `${attempt.step}: wrong이라고 적힌 방법인데, 이렇게 하면 단계가 끝나요.`,
            },
      })
  }
  return { count: attempts.length, findings }
}

const lineAt = (source: string, step: string) => Math.max(0, source.split('\n').indexOf(`# ${step}`)) + 1

function tooFew(attempts: readonly Attempt[], step: string): Text[] {
  const here = attempts.filter((attempt) => attempt.step === step)
  const right = here.filter(({ passes }) => passes).length
  const wrong = here.length - right
  if (right >= 2 && wrong >= 3) return []
  return [
    {
      en: `${step}: there are ${right} right and ${wrong} wrong ways; write two right and three wrong ones.`,
      ko: `${step}: right가 ${right}개, wrong이 ${wrong}개예요. right는 둘, wrong은 셋 이상 쓰세요.`,
    },
  ]
}

// ---------------------------------------------------------------- the proof

/** The proof speaks (here in English) of a step, and mostly of a line or a check in it. */
function lineOf(says: string, lines: Lines): number {
  const [, step, quoted] =
    /^(?:without the lines of the prose: )?(?:([a-z0-9-]+): )?(?:"(.*?)" (?:should|answers|of) )?/s.exec(says)!
  if (quoted !== undefined) return lines.typed(inFile(step ?? 'setup'), quoted)
  return lines.step(step ?? '')
}
