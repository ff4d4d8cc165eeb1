// What a browser must fetch before the first command, from the built site: the page with its scripts and styles, and the
// worker with the first part of the engine. Fonts are not counted: all are declared `font-display: swap`, so that text is
// there without them, and no command waits for one. Brotli of quality 11, as static hosts store it.
import { readFileSync, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

export interface Part {
  readonly name: string
  /** Paths inside the site. */
  readonly files: readonly string[]
  /** What it may weigh at most, in bytes. */
  readonly most: number
}

const linked = /<(?:script|link)\b[^>]*?(?:src|href)="\.\/([^"]+\.(?:js|css))"/g
/** Imports that are done before anything of the file runs; dynamic ones have a parenthesis. */
const imported = /(?:\bfrom|\bimport)\s*["'`](\.[^"'`]+)["'`]/g
const workers = /["'`]((?:\.\/)?(?:assets\/)?worker-[\w-]+\.js)["'`]/g

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found!)

/** The two parts of the first load. */
export function firstLoad(site: string): readonly [page: Part, worker: Part] {
  const read = (file: string) => readFileSync(join(site, file), 'utf8')
  const withImports = (files: readonly string[]): string[] => {
    const found = new Set(files)
    for (const file of found)
      if (file.endsWith('.js'))
        for (const name of matches(read(file), imported)) found.add(posix.join(posix.dirname(file), name))
    return [...found]
  }
  // Of the interface's languages one is loaded; the heavier one counts.
  const words = readdirSync(join(site, 'assets'))
    .filter((name) => name.startsWith('words-'))
    .map((name) => `assets/${name}`)
    .toSorted((a, b) => brotli(site, b) - brotli(site, a))
    .slice(0, 1)
  const page = ['index.html', ...withImports([...matches(read('index.html'), linked), ...words])]
  const entries = page.flatMap((file) => matches(read(file), workers)).map((name) => `assets/${posix.basename(name)}`)
  return [
    { name: 'page', files: page, most: 150_000 },
    { name: 'worker', files: withImports([...new Set(entries)]), most: 60_000 },
  ]
}

/** Everything else that the site holds. */
export function laterFiles(site: string): string[] {
  const first = new Set(firstLoad(site).flatMap(({ files }) => files))
  return readdirSync(site, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.includes('.') && !first.has(path))
}

const weights = new Map<string, number>()

function brotli(site: string, file: string): number {
  const path = join(site, file)
  const known = weights.get(path)
  if (known !== undefined) return known
  const { length } = brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  weights.set(path, length)
  return length
}

export const weightOf = (site: string, { files }: Part): number =>
  files.reduce((sum, file) => sum + brotli(site, file), 0)

/** A line for each file, and for each part its sum beside what it may be. */
export function weightTable(site: string): string {
  const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
  return firstLoad(site)
    .flatMap((part) => [
      ...part.files.map((file) => `  ${kB(brotli(site, file)).padStart(9)}  ${file}`),
      `${kB(weightOf(site, part)).padStart(11)}  the ${part.name}, of ${kB(part.most)} at most`,
    ])
    .join('\n')
}
