// What `npm run lesson -- …` does: reads the words, does one thing, and returns the exit code.
import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { languages, type Language, type Text } from '../../wire/text.ts'
import { findServer, startServer, type RealServer } from '../../conformance/server.ts'
import { checkLesson, type Checked } from './check.ts'
import { preview } from './edit.ts'
import { findLessons, readLesson, type Finding, type LessonFiles } from './files.ts'
import { playLesson, type Paper } from './play.ts'
import { placeOf, scaffold } from './scaffold.ts'

/** What a run has from outside. */
export interface Around {
  /** The project's folder. */
  readonly root: string
  /** The folder in which the person is. */
  readonly here: string
  /** In which what is wrong is told, where no `--lang` says it. */
  readonly language: Language
  readonly paper: Paper
  error(row: string): void
}

const usage = `usage: npm run lesson -- new NAME                     a lesson that passes its checks, to be written over
                         check FILE|FOLDER            everything that is wrong with it
                         play FILE [--language ko] [--all]   its transcript, step by step
                         edit FILE [--port 7320]      a page that shows it as you write
       --lang en|ko                                   what is wrong is told in it; else as LANG says`

export async function run(argv: readonly string[], around: Around): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        language: { type: 'string', default: 'en' },
        all: { type: 'boolean' },
        port: { type: 'string' },
        lang: { type: 'string', default: around.language },
      },
    })
    const [what, path, ...more] = positionals
    if (!path || more.length > 0) throw new Error(usage)
    const { language, all = false, port = '7320' } = values
    const asked = { ...around, language: languageOf('--lang', values.lang) }
    switch (what) {
      case 'new':
        return start(path, around)
      case 'check':
        return await check(resolve(around.here, path), asked)
      case 'play':
        return await play(one(path, around), languageOf('--language', language), all, asked)
      case 'edit':
        return await edit(one(path, around), portOf(port), asked)
      default:
        throw new Error(usage)
    }
  } catch (error) {
    around.error(error instanceof Error ? error.message : String(error))
    return 1
  }
}

function languageOf(option: string, text: string): Language {
  const language = languages.find((each) => each === text)
  if (language) return language
  throw new Error(`${option} is en or ko, not ${text}.`)
}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port
  throw new Error(`--port wants a number from 0 to 65535, not ${text}`)
}

function one(path: string, { here }: Around): LessonFiles {
  const [files, ...more] = findLessons(resolve(here, path))
  if (more.length > 0) throw new Error(`There are ${more.length + 1} lessons in ${path}. Name one of them.`)
  return files!
}

function start(name: string, { root, here, paper }: Around): number {
  const folder = placeOf(name, resolve(root, 'lessons'), here)
  for (const file of scaffold(folder)) paper.write(relative(here, file))
  const path = relative(here, folder)
  paper.write('')
  paper.write(`npm run lesson -- edit ${path}    shows it in the browser while you write`)
  paper.write(`npm run lesson -- check ${path}   tells what is wrong with it; now: nothing`)
  paper.write('lessons/README.md                 has all that may stand in it')
  return 0
}

// ---------------------------------------------------------------- check

async function check(path: string, around: Around): Promise<number> {
  const lessons = findLessons(path)
  const found = findServer()
  const server = found && (await startServer(found))
  try {
    const all: Checked[] = []
    for (const files of lessons) {
      const checked = await checkLesson(files, server)
      report(checked, around)
      all.push(checked)
    }
    return summarize(all, server, around)
  } finally {
    await server?.stop()
  }
}

const words = {
  warning: { en: 'warning: ', ko: '주의: ' },
  serverless: {
    en: 'No redis-server 8.0 is at hand (REDIS_SERVER, or the PATH): replies were compared with our engine only.',
    ko: 'redis-server 8.0이 없어요(REDIS_SERVER 또는 PATH). 응답을 우리 엔진하고만 비교했어요.',
  },
  nothing: { en: 'Nothing is wrong with it.', ko: '고칠 곳이 없어요.' },
} satisfies Record<string, Text>

const told = ({ file, line, says, warning }: Finding, { here, language }: Around) =>
  `${relative(here, file)}:${line}: ${warning ? words.warning[language] : ''}${says[language].replaceAll('\n', '\n    ')}`

function report({ findings, notes }: Checked, around: Around): void {
  const { here, paper, language } = around
  for (const finding of findings) paper.write(told(finding, around))
  for (const { [language]: note } of notes)
    paper.write(note.startsWith(`${here}/`) ? note.slice(here.length + 1) : note)
}

function summarize(all: readonly Checked[], server: RealServer | null, { paper, language }: Around): number {
  const sum = (of: (checked: Checked) => number) => all.reduce((total, checked) => total + of(checked), 0)
  const warnings = sum(({ findings }) => findings.filter(({ warning }) => warning).length)
  const problems = sum(({ findings }) => findings.length) - warnings
  const replies = sum((checked) => checked.replies)
  const compared = sum((checked) => checked.compared)
  if (!server) paper.write(words.serverless[language])
  const counts = { lessons: all.length, problems, warnings, attempts: sum((checked) => checked.attempts), replies }
  const line = { ...counts, compared, server: server?.version ?? 'none' }
  paper.write(
    Object.entries(line)
      .map(([name, count]) => `${name}=${count}`)
      .join(' '),
  )
  return problems > 0 ? 1 : 0
}

// ---------------------------------------------------------------- play and edit

async function play(files: LessonFiles, language: Language, all: boolean, around: Around): Promise<number> {
  const { lesson, korean, findings } = readLesson(files)
  for (const finding of findings) around.error(told(finding, around))
  const chosen = language === 'ko' ? korean : lesson
  if (!chosen)
    throw new Error(
      lesson ? `${relative(around.here, files.english)} is there in English only.` : 'This is no lesson yet.',
    )
  const paper = all ? { ...around.paper, pause: () => Promise.resolve() } : around.paper
  return (await playLesson(chosen, paper)) ? 0 : 1
}

async function edit(files: LessonFiles, port: number, around: Around): Promise<number> {
  const { root, paper, language } = around
  const tell = (findings: readonly Finding[]) => {
    paper.write('')
    for (const finding of findings) paper.write(told(finding, around))
    if (findings.length === 0) paper.write(words.nothing[language])
  }
  const { server } = await preview(root, files, port, tell, language)
  await server.listen()
  const { lesson } = readLesson(files)
  const address = server.resolvedUrls?.local[0] ?? ''
  paper.write(`${address}?lesson=${lesson?.id ?? 'preview'}   Ctrl+C ends it.`)
  await new Promise<void>((done) => process.once('SIGINT', done))
  await server.close()
  return 0
}
