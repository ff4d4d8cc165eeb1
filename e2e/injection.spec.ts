// Foreign text is never code: every vector goes through keys, values, clients, messages, MONITOR, links, scripts and
// lessons, in few page loads. Whatever of it ran would call the tripwire, whatever loaded would ask another host.
import { messages } from '../src/app/i18n/all.ts'
import { mapMessages } from '../src/app/i18n/map.ts'
import { scriptMessages } from '../src/app/i18n/script.ts'
import { shareMessages } from '../src/app/i18n/share.ts'
import { readGuest } from '../src/lesson/guest.ts'
import type { Input } from '../src/session/protocol.ts'
import type { Cargo } from '../src/share/cargo.ts'
import { writeFile } from '../src/share/link.ts'
import { utf8 } from '../src/wire/bytes.ts'
import { expect, test, type Playground } from './playground.ts'
import { inProse, tripwire, vectors } from './vectors.ts'
import { watch } from './watch.ts'

const t = messages.en
const s = shareMessages.en

const began = 1_764_000_000_000

/** A session in which every vector is a key, a value, a field, a member, a client's name, a channel and a message. */
function hostileSession(): Cargo {
  const inputs: Input[] = ['A', 'B', 'C'].map((name, i) => ({ do: 'connect', at: began, client: i + 1, name, db: 0 }))
  const send = (client: number, ...argv: string[]) =>
    inputs.push({ do: 'send', at: began, client, argv: argv.map(utf8) })
  send(2, 'PSUBSCRIBE', '*')
  send(3, 'MONITOR')
  for (const vector of vectors) {
    send(1, 'SET', vector, vector)
    send(1, 'PUBLISH', vector, vector)
  }
  send(1, 'SET', '0string', vectors.join('\n'))
  send(1, 'SET', '0json', JSON.stringify(Object.fromEntries(vectors.map((vector) => [vector, vector]))))
  send(1, 'HSET', '0hash', ...vectors.flatMap((vector) => [vector, vector]))
  send(1, 'RPUSH', '0list', ...vectors)
  send(1, 'SADD', '0set', ...vectors)
  send(1, 'ZADD', '0zset', ...vectors.flatMap((vector, i) => [String(i), vector]))
  for (const vector of vectors) send(1, 'CLIENT', 'SETNAME', vector.replaceAll(/[^!-~]/g, ''))
  for (const vector of vectors) send(1, vector, vector)
  return {
    kind: 'log',
    build: vectors[0]!.slice(0, 90),
    name: vectors[0]!,
    seed: 1,
    began,
    inputs,
    digest: '0'.repeat(40),
  }
}

async function openFile(playground: Playground, cargo: Cargo): Promise<void> {
  const { page } = playground
  const list = await playground.sessions()
  const buffer = Buffer.from((await writeFile(cargo))!)
  await list
    .getByLabel(t.openFile)
    .setInputFiles({ name: `${vectors[2]!.replaceAll('/', '')}.rediscover`, mimeType: 'text/html', buffer })
  const card = page.getByRole('dialog', { name: s.arrived })
  await card.getByRole('button', { name: s.openIt }).click({ timeout: 30_000 })
  await expect(card).toHaveCount(0, { timeout: 30_000 })
}

const lesson = (title: string, prose: readonly string[], says: readonly string[]) => `---
id: hostile
title: ${JSON.stringify(title)}
minutes: 1
---

## one: ${title}

${prose.join('\n\n')}

\`\`\`text
${vectors.join('\n')}
\`\`\`

\`\`\`check
${title}
GET ready => "yes"
\`\`\`

${says.map((each) => `\`\`\`hint\n${each}\n\`\`\``).join('\n\n')}

\`\`\`redis solution
SET ready yes
\`\`\`
`

test.slow()

test('vectors in the address: none runs, none loads, none becomes a link', async ({ playground, page }) => {
  expect(vectors.length).toBeGreaterThanOrEqual(300)
  const told = await watch(page)
  const search = new URLSearchParams({
    lang: vectors[0]!,
    theme: vectors[1]!,
    size: vectors[2]!,
    lesson: vectors[3]!,
    run: vectors.slice(0, 60).join(' '),
  })
  await page.goto(`./?${search.toString()}`)
  await playground.ready()
  await expect(playground.prompt('A')).toHaveValue(/tripped/)
  expect(await told()).toEqual([])

  // The address, changed under the page, by one vector in twenty; golden.test.ts and address.test.ts read many more. What
  // is no link of ours is nothing, and a lesson's address is asked about.
  for (const start of ['', '1.', 'lesson='])
    await page.evaluate(
      async ({ start, vectors }) => {
        for (const vector of vectors) {
          location.hash = start + vector
          await new Promise((done) => requestAnimationFrame(done))
        }
      },
      { start, vectors: vectors.filter((_, i) => i % 20 === 0) },
    )
  expect(await told()).toEqual([])
})

test(`${vectors.length} vectors as keys, values, clients, messages and lines`, async ({ playground, page }) => {
  const told = await watch(page)
  await playground.open()
  await openFile(playground, hostileSession())
  await expect(playground.log('A')).toContainText('tripped')
  await expect(playground.log('B')).toContainText('tripped')
  await expect(playground.log('C')).toContainText('tripped')
  await playground.run('A', 'DBSIZE', `(integer) ${vectors.length + 6}`)
  await page.getByLabel(t.filterLabel).fill('0*')
  for (const key of ['string', 'json', 'hash', 'list', 'set', 'zset']) {
    await page.getByRole('treeitem', { name: new RegExp(`^0${key}\\b`) }).click()
    await expect(playground.value).toContainText('tripped')
    expect(await told()).toEqual([])
  }
})

test(`${vectors.length} vectors as a script, in the card, the editor and its results`, async ({ playground, page }) => {
  const told = await watch(page)
  await playground.open()
  await openFile(playground, { kind: 'script', name: '', script: vectors.join('\n') })
  await expect(page.getByRole('region', { name: t.script, exact: true })).toContainText('tripped', { timeout: 60_000 })
  await page.getByRole('button', { name: scriptMessages.en.runAll }).click()
  await expect(page.getByRole('list', { name: scriptMessages.en.results })).toContainText('ERR', { timeout: 30_000 })
  expect(await told()).toEqual([])
})

test(`${vectors.length} vectors as a lesson, taken and refused`, async ({ playground, page }) => {
  const told = await watch(page)
  await playground.open()
  // Those that the format takes are played, the others are refused, each in a list with its line.
  const takes = (vector: string) => readGuest([{ name: 'x', text: lesson('x', [vector], []) }]).ok
  const good = inProse.filter(takes)
  expect(good.length).toBeGreaterThan(150)
  const openLesson = async (text: string) => {
    await playground.button(t.lessons).click()
    await page.getByRole('dialog', { name: t.lessons }).getByRole('button', { name: t.courseMap }).click()
    await page
      .getByRole('dialog', { name: t.courseMap })
      .locator('input[accept*="md"]')
      .setInputFiles({ name: 'hostile.md', mimeType: 'text/markdown', buffer: Buffer.from(text) })
  }
  await openLesson(lesson('x', inProse, []))
  await expect(page.getByRole('dialog', { name: mapMessages.en.fileBad })).toContainText('javascript:')
  expect(await told()).toEqual([])
  await page.keyboard.press('Escape')
  await openLesson(lesson(`<img src=x onerror=globalThis.${tripwire}=1>`, good, good.slice(0, 3)))
  await page.getByRole('button', { name: mapMessages.en.fileStart }).click()
  await expect(playground.lesson).toContainText('tripped')
  await expect(playground.lesson).toContainText('{{constructor')
  await playground.lesson.getByRole('button', { name: t.showMe }).click()
  expect(await told()).toEqual([])
})
