// Lessons are compiled when the site is built: each lessons/<track>/<lesson>/<language>.md becomes a module that
// exports its Lesson as data, and `virtual:lessons` lists them all, so that the page carries neither a Markdown nor a
// YAML parser.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Plugin } from 'vite'
import { parse } from 'yaml'
import { parseLesson, translateLesson, type Parsed } from '../lesson/format.ts'
import { languages, type Language } from '../wire/text.ts'

const virtual = 'virtual:lessons'
const resolved = `\0${virtual}`

/** The plugin that knows `lessons/**`; `root` is that folder. */
export function lessons(root: string): Plugin {
  const isLesson = (id: string) => id.startsWith(`${root}/`) && /\/(?:en|ko)\.md$/.test(id)
  return {
    name: 'lessons',
    enforce: 'pre',
    resolveId: (id) => (id === virtual ? resolved : undefined),
    load(id) {
      if (id === resolved) {
        for (const file of filesIn(root)) this.addWatchFile(file)
        return `export const tracks = ${JSON.stringify(listTracks(root))}`
      }
      if (!isLesson(id)) return undefined
      this.addWatchFile(join(dirname(id), 'en.md'))
      return `export const lesson = ${JSON.stringify(readLesson(id))}`
    },
    configureServer(server) {
      server.watcher.add(root)
    },
    hotUpdate({ file, modules }) {
      const index = this.environment.moduleGraph.getModuleById(resolved)
      return index && file.startsWith(`${root}/`) ? [...modules, index] : undefined
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
    .filter((path) => /\.(?:md|yaml)$/.test(path))
    .map((path) => join(root, path))

/** Folders are numbered for their order; the number is no part of a name. */
const withoutNumber = (folder: string): string => folder.replace(/^\d+-/, '')

/** All tracks with what is known of their lessons at once, in the order of the folders. */
function listTracks(root: string) {
  return foldersIn(root).map((folder) => ({
    id: withoutNumber(folder),
    title: trackTitle(join(root, folder, 'track.yaml')),
    lessons: foldersIn(join(root, folder)).map((name) => listLesson(root, `${folder}/${name}`)),
  }))
}

function trackTitle(file: string): Record<Language, string> {
  const facts = parse(readFileSync(file, 'utf8')) as { title?: Partial<Record<Language, string>> } | null
  const title = facts?.title
  if (title?.en && title.ko) return { en: title.en, ko: title.ko }
  throw new Error(`${file}: say the track's name in both languages: title: { en: …, ko: … }`)
}

function listLesson(root: string, folder: string) {
  const found = languages.filter((language) => existsSync(join(root, folder, `${language}.md`)))
  const [first, ...others] = found.map((language) => readLesson(join(root, folder, `${language}.md`)))
  if (first?.language !== 'en') throw new Error(`lessons/${folder}: there is no en.md`)
  const titles = Object.fromEntries([first, ...others].map(({ language, title }) => [language, title]))
  return {
    id: first.id,
    folder,
    title: { en: first.title, ko: first.title, ...titles },
    minutes: first.minutes,
    languages: found,
  }
}

/** Reads a lesson's file; where it is not a lesson, says every reason with its line. */
function readLesson(file: string) {
  const english = join(dirname(file), 'en.md')
  const track = withoutNumber(basename(resolve(file, '../..')))
  const lesson = unwrap(parseLesson(readFileSync(english, 'utf8'), track), english)
  const language = basename(file, '.md') as Language
  return language === 'en' ? lesson : unwrap(translateLesson(lesson, readFileSync(file, 'utf8'), language), file)
}

function unwrap(parsed: Parsed, file: string) {
  if (parsed.ok) return parsed.lesson
  throw new Error(parsed.problems.map(({ line, says }) => `${file}:${line}: ${says}`).join('\n'))
}
