import { expect, test, type Playground } from './playground.ts'

const task = (playground: Playground) => playground.lesson.getByRole('region', { name: 'Your turn' })
const done = (playground: Playground) => task(playground).getByRole('listitem').filter({ hasText: /^done/ })
const press = (playground: Playground, name: string) =>
  playground.lesson.getByRole('button', { name, exact: true }).click()
/** A line typed before the lesson is there is no line of the lesson. */
async function begin(playground: Playground): Promise<void> {
  await playground.open()
  await expect(playground.page.getByRole('button', { name: /Croatia holds Zagreb/ }).or(task(playground))).toBeVisible()
}

test('show me types the solution where it can be seen; the step is seen, not earned', async ({ page, playground }) => {
  await begin(playground)
  await page.evaluate(() => {
    const box = document.querySelector('textarea')!
    const seen: string[] = []
    Object.assign(globalThis, { seen })
    new MutationObserver(() => seen.at(-1) !== box.value && seen.push(box.value)).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    })
  })
  await press(playground, 'Show me')
  await playground.ends('A', '> SET Croatia Zagreb OK')
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)
  expect(seen).toContain('SET Croa')
  await expect(task(playground).getByRole('listitem')).toContainText('seen, as it was shown to you')
  await expect(done(playground)).toHaveCount(0)
  for (let i = 0; i < 4; i++) await press(playground, 'Next')
  await press(playground, 'Finish')
  await expect(playground.lesson).toContainText('One step was shown to you')
  await expect(playground.lesson.getByRole('listitem').first()).toContainText('seen, as it was shown to you')
})

test('a key stops what is being typed, and nothing runs', async ({ page, playground }) => {
  await begin(playground)
  await press(playground, 'Show me')
  await expect(playground.prompt('A')).toHaveValue(/^SET/)
  await page.keyboard.press('Escape')
  await expect(playground.lesson.getByRole('button', { name: 'Show me' })).toBeEnabled()
  await expect(playground.prompt('A')).toHaveValue('')
  await playground.run('B', 'DBSIZE', '(integer) 0')
})

test('a step begins anew with the data and clients that it had, after a reload too', async ({ page, playground }) => {
  await begin(playground)
  await playground.run('A', 'SET Croatia Zagreb', 'OK')
  await press(playground, 'Next')
  await playground.run('A', 'MULTI', 'OK')
  await playground.run('B', 'FLUSHALL', 'OK')
  await playground.run('B', 'GET Japan', '(nil)')
  await expect(done(playground)).toHaveCount(1)
  await playground.saved()
  await playground.reload()
  await expect(playground.lesson.getByRole('heading', { name: 'Ask, and find nothing' })).toBeVisible()
  await press(playground, 'Start this step over')
  await expect(playground.bar).toContainText('Back where this step began.')
  await expect(playground.key('Croatia')).toBeVisible()
  await playground.shows('B', '> GET Japan (nil) taken back')
  await playground.run('A', 'EXISTS Croatia', '(integer) 1')
  await playground.run('A', 'GET Japan', '(nil)')
  await expect(done(playground)).toHaveCount(1)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(playground.key('Croatia')).toBeVisible()
})

test('a line of the prose is run, put into the prompt, or copied; a console that waits says so', async ({
  context,
  page,
  playground,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await begin(playground)
  await press(playground, 'Next')
  await press(playground, 'Put into the prompt: GET Croatia')
  await expect(playground.prompt('A')).toHaveValue('GET Croatia')
  await expect(playground.prompt('A')).toBeFocused()
  await press(playground, 'Copy: GET Croatia')
  await expect(playground.lesson.getByText('Copied')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('GET Croatia')
  await playground.send('A', 'BLPOP jobs 0')
  await expect(playground.client('A')).toContainText('waiting')
  await press(playground, 'GET Croatia')
  await expect(playground.lesson).toContainText('A is still waiting for an answer')
  await playground.prompt('A').press('Escape')
  await press(playground, 'GET Croatia')
  await playground.ends('A', '> GET Croatia (nil)')
  await expect(playground.lesson).not.toContainText('A is still waiting for an answer')
})

test('advice is given softly, and goes with the next line', async ({ playground }) => {
  await begin(playground)
  await playground.run('A', 'SET Zagreb Croatia', 'OK')
  const advice = playground.lesson.getByRole('status').filter({ hasText: 'in another order' })
  await expect(advice).toBeVisible()
  await playground.run('A', 'SET croatia Zagreb', 'OK')
  await expect(advice).toHaveCount(0)
  await expect(playground.lesson).toContainText('Redis tells capital and small letters apart')
  await playground.run('A', 'SET Croatia Zagreb', 'OK')
  await expect(done(playground)).toHaveCount(1)
  await expect(playground.lesson).not.toContainText('capital and small letters')
})

test('a lesson stays in its session, and begins again in a fresh one', async ({ page, playground }) => {
  await begin(playground)
  await playground.run('A', 'SET Croatia Zagreb', 'OK')
  const lessons = page.getByRole('navigation', { name: 'Lesson' }).getByRole('button').first()
  const choose = async (name: RegExp) => {
    await lessons.click()
    await page.getByRole('dialog', { name: 'Lessons' }).getByRole('button', { name }).click()
  }
  await choose(/^Playground/)
  await expect(page.getByRole('region', { name: 'Playground' })).toBeVisible()
  await expect(playground.key('Croatia')).toHaveCount(0)
  await choose(/^Keys and values/)
  await expect(playground.key('Croatia')).toBeVisible()
  await expect(done(playground)).toHaveCount(1)
  await choose(/^Start the lesson again/)
  await expect(playground.key('Croatia')).toHaveCount(0)
  await expect(done(playground)).toHaveCount(0)
  const list = await playground.sessions()
  await expect(list.getByRole('button', { name: /^Keys and values/ })).toHaveCount(2)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('goals tick above the console, and advice stands there', async ({ page, playground }) => {
    await begin(playground)
    await expect(page.getByText('1 / 5')).toBeVisible()
    await playground.run('A', 'SET Zagreb Croatia', 'OK')
    await expect(page.getByRole('status').filter({ hasText: 'in another order' })).toBeVisible()
    await playground.run('A', 'SET Croatia Zagreb', 'OK')
    await expect(page.getByText('done: Croatia')).toBeAttached()
    await expect(playground.button(/Next$/)).toBeVisible()
  })
})
