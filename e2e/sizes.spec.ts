// Other widths, both themes, both languages: all is reached, nothing sticks out, and axe has nothing to say.
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Playground } from './playground.ts'

/** Content of every kind: types, marks, a long value, an error, a note, a client that waits. */
async function fill(playground: Playground): Promise<void> {
  await playground.run(
    'A',
    'MSET user:1:name Ann user:2:name 안나 note "a rather long value that has to be wrapped"',
    'OK',
  )
  await playground.run('A', 'HSET hat color black price 49.99', '(integer) 2')
  await playground.run('A', 'SET offer 1 EX 1000', 'OK')
  await playground.run('A', 'RPUSH jobs wash dry', '(integer) 2')
  await playground.send('A', 'INCR jobs')
  await playground.shows('A', '(error) WRONGTYPE')
  await playground.send('A', 'BLPOP nothing 0')
  await expect(playground.log('A')).toContainText('nothing 0')
}

/** How far the page sticks out of the window to the side. */
const sticksOut = ({ page }: Playground) =>
  page.evaluate(() => {
    const widest = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)
    return widest - document.documentElement.clientWidth
  })

const sizes = [
  { name: 'wide', viewport: { width: 1440, height: 900 } },
  { name: 'medium', viewport: { width: 1024, height: 768 } },
  { name: 'narrow', viewport: { width: 390, height: 844 } },
] as const

const tabs = { en: ['Lesson', 'Console', 'Keys'], ko: ['수업', '콘솔', '키'] } as const

for (const { name, viewport } of sizes)
  for (const language of ['en', 'ko'] as const)
    for (const theme of ['light', 'dark'] as const)
      test.describe(`${name}, ${language}, ${theme}`, () => {
        test.use({ viewport })

        test(`axe finds nothing: ${name}, ${language}, ${theme}`, async ({ page, playground }) => {
          await playground.open(`?lang=${language}&theme=${theme}`)
          await fill(playground)
          const look = async (what: string) => {
            const { violations } = await new AxeBuilder({ page }).analyze()
            const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
            expect(found, what).toEqual([])
            expect(await sticksOut(playground), what).toBeLessThanOrEqual(0)
          }
          await look('console')
          if (name !== 'narrow') return
          for (const tab of [tabs[language][0], tabs[language][2]]) {
            await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
            await look(tab)
          }
        })
      })

test.describe('at 1024 px', () => {
  test.use({ viewport: { width: 1024, height: 768 } })

  test('lesson, consoles and keys are in view together', async ({ playground }) => {
    await playground.open()
    await playground.run('A', 'SET a 1', 'OK')
    await playground.run('B', 'GET a', '"1"')
    for (const part of [
      playground.lesson,
      playground.client('A'),
      playground.client('B'),
      playground.key('a'),
      playground.value,
    ])
      await expect(part).toBeInViewport()
    expect(await sticksOut(playground)).toBeLessThanOrEqual(0)
  })
})

test.describe('at 390 px', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('one part at a time; the tab Keys counts what was not seen', async ({ page, playground }) => {
    await playground.open()
    await expect(playground.client('A')).toBeInViewport()
    await expect(playground.lesson).toHaveCount(0)
    await expect(playground.keys).toHaveCount(0)
    await expect(page.getByRole('tab', { name: 'Console' })).toHaveAttribute('aria-selected', 'true')
    await playground.run('A', 'MSET a 1 b 2', 'OK')
    const keys = page.getByRole('tab', { name: /^Keys/ })
    await expect(keys).toHaveAccessibleName(/2 changes since you last looked/)
    await playground.run('A', 'DEL a', '(integer) 1')
    await expect(keys).toHaveAccessibleName(/3 changes since you last looked/)
    await keys.tap()
    await expect(playground.key('b')).toBeVisible()
    await expect(keys).not.toHaveAccessibleName(/changes/)
    await playground.key('b').tap()
    await expect(playground.value).toContainText('"2"')
    await playground.value.getByRole('button', { name: 'Write GET b into the prompt' }).tap()
    await expect(playground.prompt('A')).toHaveValue('GET b')
    await playground.prompt('A').press('Enter')
    await playground.ends('A', '> GET b "2"')
  })

  test('both clients and the lesson are a press away', async ({ page, playground }) => {
    await playground.open()
    await playground.run('A', 'SET a 1', 'OK')
    await page.getByRole('tab', { name: 'Client B' }).tap()
    await playground.run('B', 'GET a', '"1"')
    await page.getByRole('tab', { name: 'Lesson' }).tap()
    await expect(playground.lesson.getByRole('heading', { name: 'Give a value a name' })).toBeVisible()
    await playground.lesson.getByRole('button', { name: 'Show me' }).tap()
    await playground.ends('A', '> SET Croatia Zagreb OK')
    await page.getByRole('tab', { name: 'Lesson' }).tap()
    await expect(playground.lesson.getByRole('listitem').filter({ hasText: /^seen/ })).toHaveCount(1)
    expect(await sticksOut(playground)).toBeLessThanOrEqual(0)
  })

  test('the goal stands above the console and leads to the lesson', async ({ playground }) => {
    await playground.open()
    const goal = playground.button(/Croatia holds Zagreb/)
    await expect(goal).toBeVisible()
    await playground.run('A', 'SET Croatia Zagreb', 'OK')
    await expect(goal).toContainText('Next')
    await goal.tap()
    await expect(playground.lesson).toBeVisible()
  })

  test('characters that hide behind a phone’s keyboard are put in with a press', async ({ playground }) => {
    await playground.open()
    await playground.prompt('A').fill('SET a ')
    await playground.client('A').getByRole('button', { name: '"', exact: true }).tap()
    await expect(playground.prompt('A')).toHaveValue('SET a "')
    await expect(playground.prompt('A')).toBeFocused()
  })
})
