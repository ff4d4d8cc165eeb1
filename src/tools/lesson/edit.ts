// A live preview: the development server with a page whose only lesson is the file that is being written. Each time it is
// saved it is checked, and the page begins anew; what is wrong is laid over the page and printed. While the file is no
// lesson, the page keeps the last one that was.
//
// The page loads lessons by paths of lessons/** that Vite has found (lesson/library.ts). A file from elsewhere borrows such
// a path: here nothing else is loaded from it.
import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { createServer, loadConfigFromFile, type Plugin, type ViteDevServer } from 'vite'
import type { Lesson } from '../../lesson/schema.ts'
import { languages, type Language } from '../../wire/text.ts'
import { entryOf, stepsOf, type InLanguages } from '../lessons.ts'
import { checkLesson } from './check.ts'
import { findLessons, readLesson, unreadable, type Finding, type LessonFiles } from './files.ts'

export interface Preview {
  readonly server: ViteDevServer
  /** Reads the files again; resolves when the page was told. */
  readonly refresh: () => Promise<void>
}

/** Starts the preview; `tell` hears what is wrong, at once and after each change. The page says it in that language. */
export async function preview(
  root: string,
  files: LessonFiles,
  port: number,
  tell: (findings: readonly Finding[]) => void,
  language: Language = 'en',
): Promise<Preview> {
  const draft = new Draft(files, language)
  const config = await loadConfigFromFile({ command: 'serve', mode: 'development' }, join(root, 'vite.config.ts'), root)
  const server = await createServer({
    ...config?.config,
    configFile: false,
    plugins: [draft.plugin(join(root, 'lessons')), ...(config?.config.plugins ?? [])],
    server: { ...config?.config.server, host: '127.0.0.1', port },
    logLevel: 'warn',
  })
  // One after the other, so that the last look is the newest one.
  let last = Promise.resolve()
  const refresh = () =>
    (last = last.then(async () => {
      tell(await draft.read())
      draft.show(server)
    }))
  tell(await draft.read())
  const mine = [files.english, files.korean, files.attempts]
    .filter((file) => file !== null)
    .map((file) => resolve(file))
  server.watcher.add(mine.map(dirname))
  for (const event of ['change', 'add', 'unlink'] as const)
    server.watcher.on(event, (file) => void (mine.includes(resolve(file)) && refresh()))
  server.ws.on('connection', () => draft.complain(server))
  return { server, refresh }
}

class Draft {
  readonly #files: LessonFiles
  readonly #language: Language
  #lesson: InLanguages
  #wrong: readonly Finding[] = []

  constructor(files: LessonFiles, language: Language) {
    this.#files = files
    this.#language = language
    this.#lesson = [placeholder]
  }

  async read(): Promise<readonly Finding[]> {
    const findings = await this.#look()
    this.#wrong = findings.filter(({ warning }) => !warning)
    return findings
  }

  /** A file may be away for a moment while it is saved. */
  async #look(): Promise<readonly Finding[]> {
    try {
      const { lesson, korean } = readLesson(this.#files)
      if (lesson) this.#lesson = korean ? [lesson, korean] : [lesson]
      return (await checkLesson(this.#files, null)).findings
    } catch (error) {
      return [unreadable(error, this.#files.english)]
    }
  }

  /** What the page is made of, in place of the lessons of the house. */
  plugin(house: string): Plugin {
    const borrowed = findLessons(house).find(({ korean }) => korean !== null && existsSync(korean))!
    const folder = relative(house, dirname(borrowed.english))
    const files = languages.map((language) => join(house, folder, `${language}.md`))
    return {
      name: 'lesson-draft',
      enforce: 'pre',
      load: (id) => {
        const [first] = this.#lesson
        if (id === '\0virtual:lessons') return `export const tracks = ${JSON.stringify([this.#track(folder)])}`
        if (id === '\0virtual:lessons/steps')
          return `export const steps = ${JSON.stringify({ [first.id]: stepsOf(this.#lesson) })}`
        const language = languages[files.indexOf(id)]
        if (!language) return undefined
        const lesson = this.#lesson.find((each) => each.language === language) ?? first
        return `export const lesson = ${JSON.stringify(lesson)}`
      },
      // The draft's own refresh tells the page.
      hotUpdate: ({ file }) => (file.startsWith(`${house}/`) ? [] : undefined),
    }
  }

  #track(folder: string) {
    const title = { en: 'Preview', ko: '미리 보기' }
    return { id: this.#lesson[0].track, title, about: title, lessons: [entryOf(this.#lesson, folder)] }
  }

  /** Has the page load everything anew. */
  show(server: ViteDevServer): void {
    server.moduleGraph.invalidateAll()
    server.ws.send({ type: 'full-reload' })
  }

  /** Lays what is wrong over the page. */
  complain(server: ViteDevServer): void {
    if (this.#wrong.length === 0) return
    const [{ file, line }] = this.#wrong as readonly [Finding, ...Finding[]]
    const message = this.#wrong.map((each) => `${each.file}:${each.line}: ${each.says[this.#language]}`).join('\n')
    server.ws.send({
      type: 'error',
      err: { message, stack: '', plugin: 'lesson', id: file, loc: { file, line, column: 0 } },
    })
  }
}

/** Until the file is a lesson for the first time. */
const placeholder: Lesson = {
  id: 'preview',
  track: 'own',
  language: 'en',
  title: 'Not a lesson yet',
  minutes: 1,
  clients: ['A'],
  actors: [],
  db: 0,
  setup: [],
  steps: [
    {
      id: 'wait',
      title: 'Not a lesson yet',
      body: [{ kind: 'paragraph', text: [{ kind: 'text', text: 'Mend what is wrong with the file, and save it.' }] }],
      checks: [],
      hints: [],
      reactions: [],
      cues: [],
      solution: [],
    },
  ],
}
