// Lessons are compiled when the site is built: each lessons/<track>/<lesson>/<language>.md becomes a module that
// exports its Lesson as data, `virtual:lessons` lists them all and `virtual:lessons/steps` their steps, so that the page
// carries neither a Markdown nor a YAML parser.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Plugin } from 'vite'
import { parse } from 'yaml'
import { parseLesson, translateLesson, type Around, type Parsed } from '../lesson/format.ts'
import { pythonTable } from '../lesson/python.ts'
import { isTyped, type Lesson, type Line, type Step } from '../lesson/schema.ts'
import { languages, type Language } from '../wire/text.ts'

/** What the virtual modules export, by their names. */
const virtual: Readonly<Record<string, (root: string) => string>> = {
  'virtual:lessons': (root) => `export const tracks = ${JSON.stringify(listTracks(root))}`,
  'virtual:lessons/steps': (root) => `export const steps = ${JSON.stringify(listSteps(root))}`,
}
const resolved = (name: string) => `\0${name}`

/** The plugin that knows `lessons/**`; `root` is that folder. */
export function lessons(root: string): Plugin {
  const isLesson = (id: string) => id.startsWith(`${root}/`) && /\/(?:en|ko)\.md$/.test(id)
  return {
    name: 'lessons',
    enforce: 'pre',
    resolveId: (id) => (Object.hasOwn(virtual, id) ? resolved(id) : undefined),
    load(id) {
      const made = id.startsWith('\0') ? virtual[id.slice(1)] : undefined
      if (made) {
        for (const file of filesIn(root)) this.addWatchFile(file)
        return made(root)
      }
      if (!isLesson(id)) return undefined
      for (const file of ['en.md', '../track.yaml', '../../python.txt']) this.addWatchFile(join(dirname(id), file))
      return `export const lesson = ${JSON.stringify(readLesson(id))}`
    },
    configureServer(server) {
      server.watcher.add(root)
    },
    hotUpdate({ file, modules }) {
      if (!file.startsWith(`${root}/`)) return undefined
      const lists = Object.keys(virtual).map((name) => this.environment.moduleGraph.getModuleById(resolved(name)))
      return [...modules, ...lists.filter((list) => list !== undefined)]
    },
  }
}

const foldersIn = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()

const filesIn = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:md|yaml|txt)$/.test(path))
    .map((path) => join(root, path))

/** Folders are numbered for their order; the number is no part of a name. */
export const withoutNumber = (folder: string): string => folder.replace(/^\d+-/, '')

/** All tracks with what is known of their lessons at once, in the order of the folders. */
function listTracks(root: string) {
  return foldersIn(root).map((folder) => {
    const { title, about } = readTrack(join(root, folder))
    return {
      id: withoutNumber(folder),
      title,
      about,
      lessons: foldersIn(join(root, folder)).map((name) => listLesson(root, `${folder}/${name}`)),
    }
  })
}

type Words = Readonly<Record<Language, string>>

/** A track's track.yaml: its name, what it is about, and what its lessons need not say themselves. */
function readTrack(folder: string) {
  const file = join(folder, 'track.yaml')
  const { title, about, ...defaults } = (parse(readFileSync(file, 'utf8')) ?? {}) as Partial<
    Record<'title' | 'about', Partial<Words>>
  > &
    Pick<Around, 'clients' | 'actors' | 'db'>
  const strange = Object.keys(defaults).filter((name) => !['clients', 'actors', 'db'].includes(name))
  if (strange.length > 0) throw new Error(`${file}: "${strange.join('", "')}" is not known here`)
  return { title: inBoth(title, file, 'title'), about: inBoth(about, file, 'about'), defaults }
}

function inBoth(words: Partial<Words> | undefined, file: string, field: string): Words {
  if (words?.en && words.ko) return { en: words.en, ko: words.ko }
  throw new Error(`${file}: say it in both languages: ${field}: { en: …, ko: … }`)
}

const listLesson = (root: string, folder: string) => entryOf(inLanguages(root, folder), folder)

/** A lesson in its languages, English first. */
export type InLanguages = readonly [Lesson, ...Lesson[]]

/** What a list of lessons shows of one. */
export const entryOf = (all: InLanguages, folder: string) => ({
  id: all[0].id,
  folder,
  title: inAll(all, ({ title }) => title),
  minutes: all[0].minutes,
  languages: all.map(({ language }) => language),
  clients: all[0].clients,
  actors: all[0].actors,
  db: all[0].db,
})

/** The titles of a lesson's steps, and the commands that they use. */
export const stepsOf = (all: InLanguages) =>
  all[0].steps.map((step, i) => ({
    id: step.id,
    title: inAll(all, (lesson) => lesson.steps[i]!.title),
    commands: commandsIn(step),
  }))

/** The steps of every lesson, by the lesson's id. */
function listSteps(root: string) {
  const folders = foldersIn(root).flatMap((track) => foldersIn(join(root, track)).map((name) => `${track}/${name}`))
  return Object.fromEntries(
    folders.map((folder) => {
      const all = inLanguages(root, folder)
      return [all[0].id, stepsOf(all)] as const
    }),
  )
}

/** The commands that a step's lines use, in the order in which they come. */
function commandsIn({ body, solution }: Step): string[] {
  const lines = body.flatMap((block) => {
    if (block.kind === 'predict') return [block.typed]
    return block.kind === 'run' ? block.lines : []
  })
  const first = (line: Line) => (isTyped(line) ? [(line.line.trim().split(/\s/, 1)[0] ?? '').toUpperCase()] : [])
  return [...new Set([...lines, ...solution].flatMap(first))]
}

/** A lesson in each of its languages, English first. */
function inLanguages(root: string, folder: string): InLanguages {
  const found = languages.filter((language) => existsSync(join(root, folder, `${language}.md`)))
  const [first, ...others] = found.map((language) => readLesson(join(root, folder, `${language}.md`)))
  if (first?.language !== 'en') throw new Error(`lessons/${folder}: there is no en.md`)
  return [first, ...others]
}

/** What each language says; where one says nothing, as English says it. */
function inAll(lessons: InLanguages, say: (lesson: Lesson) => string): Words {
  const [first] = lessons
  return {
    en: say(first),
    ko: say(first),
    ...Object.fromEntries(lessons.map((lesson) => [lesson.language, say(lesson)])),
  }
}

/** All lessons in that language, in the order of the course; `root` is the folder `lessons`. */
export const readCourse = (root: string, language: Language): Lesson[] =>
  foldersIn(root).flatMap((track) =>
    foldersIn(join(root, track)).map((lesson) => readLesson(join(root, track, lesson, `${language}.md`))),
  )

/** What a lesson has from its track's folder, and from the one above it. */
export function aroundOf(track: string): Around {
  const python = pythonTable(readFileSync(join(track, '../python.txt'), 'utf8'))
  return { ...readTrack(track).defaults, track: withoutNumber(basename(track)), python }
}

/** Reads a lesson's file; where it is not a lesson, says every reason with its line. */
export function readLesson(file: string): Lesson {
  const english = join(dirname(file), 'en.md')
  const lesson = unwrap(parseLesson(readFileSync(english, 'utf8'), aroundOf(resolve(file, '../..'))), english)
  const language = basename(file, '.md') as Language
  return language === 'en' ? lesson : unwrap(translateLesson(lesson, readFileSync(file, 'utf8'), language), file)
}

function unwrap(parsed: Parsed, file: string) {
  if (parsed.ok) return parsed.lesson
  throw new Error(parsed.problems.map(({ line, says }) => `${file}:${line}: ${says.en}`).join('\n'))
}
