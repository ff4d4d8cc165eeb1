// What must be there before the first command: how much it weighs, what is not in it, and that it is enough.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { textsIn } from '../src/tools/texts.ts'
import { firstLoad, laterFiles, weightOf, weightTable } from '../src/tools/weight.ts'
import { expect, test } from './playground.ts'

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const site = at('dist')
const filesIn = (folder: string, end: RegExp) =>
  readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => end.test(name))
    .map((name) => join(at(folder), name))

/** All that is fetched first, as one text. */
const first = () =>
  firstLoad(site)
    .flatMap(({ files }) => files.map((file) => readFileSync(join(site, file), 'utf8')))
    .join('\n')

/** Sentences of each lesson, in each language. */
const prose = () =>
  filesIn('lessons', /\/(?:en|ko)\.md$/).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line) => line.match(/[^`*[\]#>"'.]{30,}/)?.[0].trim() ?? []),
  )

test('is at most 150 kB for the page and 60 kB for the worker', () => {
  console.log(weightTable(site))
  const [page, worker] = firstLoad(site)
  expect(page.files).toEqual(expect.arrayContaining(['index.html', expect.stringMatching(/\.css$/)]))
  expect(worker.files).toEqual([expect.stringMatching(/worker-/)])
  for (const part of [page, worker]) expect(weightOf(site, part), part.name).toBeLessThanOrEqual(part.most)
})

test('the frame in another page is at most 380 kB, whole', () => {
  const files = ['embed.html', ...readdirSync(join(site, 'assets')).map((name) => `assets/${name}`)].filter((name) =>
    readFileSync(join(site, 'embed.html'), 'utf8').includes(name.replace('embed.html', '<html')),
  )
  expect(files).toHaveLength(3)
  expect(weightOf(site, { name: 'frame', files, most: 0 })).toBeLessThanOrEqual(380_000)
})

test('holds no texts of commands, no lesson, no palette, no editor; and no font holds it up', () => {
  const text = first()
  const texts = filesIn('src/engine/commands', /(?<!\.test)\.ts$/)
    .flatMap((file) => textsIn(file, readFileSync(file, 'utf8')))
    .flatMap(({ en, ko }) => [en, ko])
  for (const [what, sentences] of [
    ['commands', texts],
    ['lessons', prose()],
  ] as const) {
    expect(sentences.length, what).toBeGreaterThan(20)
    expect(
      sentences.filter((sentence) => text.includes(sentence)),
      what,
    ).toEqual([])
  }
  const later = laterFiles(site)
  for (const name of [/Palette-.*\.js$/, /whole-.*\.js$/, /ko-.*\.js$/])
    expect(later).toContainEqual(expect.stringMatching(name))
  const names = firstLoad(site).flatMap(({ files }) => files)
  expect(names.filter((name) => /palette|monaco|whole|\/(?:en|ko)-|words-en/i.test(name))).toEqual([])
  const faces = text.match(/@font-face\s*\{[^}]*\}/g)!
  expect(faces.length).toBeGreaterThan(0)
  expect(faces.filter((face) => !/font-display:\s*swap/.test(face))).toEqual([])
})

test('is enough for the first command; what needs more waits for it', async ({ page, playground, faults }) => {
  const [, worker] = firstLoad(site)
  const firsts = new Set(firstLoad(site).flatMap(({ files }) => files))
  let release = () => undefined as void
  const released = new Promise<void>((done) => (release = done))
  const held: string[] = []
  await page.context().route('**/assets/*', async (route) => {
    const file = `assets/${route.request().url().split('/').at(-1)}`
    // One language of the interface is a part of the first load: the one that is on.
    if (!firsts.has(file) && !file.startsWith('assets/words-')) {
      held.push(file)
      await released
    }
    await route.continue()
  })
  await playground.open()
  await playground.run('A', 'SET city Oslo', 'OK')
  await playground.run('A', 'GET city', '"Oslo"')
  expect(held).toContainEqual(expect.stringMatching(/whole-/))
  expect(worker.files.some((file) => held.includes(file))).toBe(false)
  await playground.send('A', 'OBJECT ENCODING city')
  await playground.send('A', 'STRLEN city')
  await expect(playground.log('A')).not.toContainText('embstr')
  release()
  await playground.shows('A', '> OBJECT ENCODING city "embstr"')
  await playground.ends('A', '> STRLEN city (integer) 4')
  expect(faults).toEqual([])
})
