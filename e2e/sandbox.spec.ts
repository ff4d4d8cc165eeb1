// The playground: a session without a lesson, with sample data at one press.
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Playground } from './playground.ts'

const faultsOf = async ({ page }: Playground) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}
const pane = ({ page }: Playground) => page.getByRole('region', { name: 'Playground', exact: true })

async function fromTheMenu(playground: Playground): Promise<void> {
  await playground.button('Lessons').click()
  await playground.page
    .getByRole('dialog', { name: 'Lessons' })
    .getByRole('button', { name: /^Playground/ })
    .click()
  await expect(pane(playground)).toBeVisible()
}

test('from the menu and back: the course stays where it was', async ({ playground }) => {
  const { page } = playground
  await playground.open()
  await playground.run('A', 'SET mine 1', 'OK')
  await fromTheMenu(playground)
  await playground.run('A', 'GET mine', '(nil)')
  await playground.run('A', 'SET played 1', 'OK')
  expect(await faultsOf(playground)).toEqual([])
  await playground.saved()
  await playground.reload()
  await expect(pane(playground)).toBeVisible()
  await playground.run('A', 'GET played', '"1"')
  await playground.button('Lessons').click()
  const menu = page.getByRole('dialog', { name: 'Lessons' })
  await menu.getByRole('button', { name: /^Keys and values/ }).click()
  await expect(playground.lesson).toBeVisible()
  await playground.run('A', 'GET mine', '"1"')
  // Entered again, it is the same playground.
  await fromTheMenu(playground)
  await playground.run('A', 'GET played', '"1"')
  await expect(playground.button('Sessions')).toContainText('Playground')
})

test('from an empty inspector; sample data is typed where it can be read, and taken back', async ({ playground }) => {
  await playground.open()
  await playground.button('Or take sample data, in the playground').click()
  await expect(pane(playground)).toBeVisible()
  await playground.run('A', 'SET mine 1', 'OK')
  await pane(playground)
    .getByRole('button', { name: /^The hat shop/ })
    .click()
  await playground.shows('A', '> SADD hats 1326692461 1236154736 56854717 (integer) 3')
  await playground.ends('A', '> SADD hats:sale 56854717 (integer) 1')
  await expect(playground.key('hat:, 3 keys')).toBeVisible()
  // The whole set is one thing to take back, also after a reload; what was there before stays.
  await playground.button('Undo').click()
  await expect(playground.bar).toContainText('Taken back: 5 commands that came together')
  await expect(playground.bar).toContainText('1 key')
  await playground.button('Redo').click()
  await expect(playground.bar).toContainText('Brought back: 5 commands that came together')
  await expect(playground.bar).toContainText('6 keys')
  await playground.saved()
  await playground.reload()
  await playground.button('Undo').click()
  await playground.run('A', 'KEYS *', '1) "mine"')
})

test('100,000 keys at one press, into a client that is free, and gone at one more', async ({ playground }) => {
  test.slow()
  await playground.open()
  await fromTheMenu(playground)
  await playground.send('A', 'BLPOP jobs 0')
  await pane(playground)
    .getByRole('button', { name: /^100,000 keys runs in B/ })
    .click()
  await playground.ends('B', '> DEBUG POPULATE 100000 visitor OK')
  await playground.run('B', 'DBSIZE', '(integer) 100000')
  await expect(playground.bar).toContainText('100,000 keys')
  await expect(playground.keys.getByRole('treeitem').first()).toBeVisible()
  await playground.button('Undo').click()
  await playground.button('Undo').click()
  await playground.run('B', 'DBSIZE', '(integer) 0')
})

for (const language of ['en', 'ko'] as const)
  test(`every set is taken without an error, at 390 px: ${language}`, async ({ page, playground }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await playground.open(`?lang=${language}&theme=dark`)
    await page.getByRole('button', { name: language === 'en' ? 'Lessons' : '수업 목록' }).click()
    const playgroundName = language === 'en' ? 'Playground' : '놀이터'
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(`^${playgroundName}`) })
      .click()
    const tab = page.getByRole('tab', { name: playgroundName })
    await tab.click()
    const sets = page.getByRole('region', { name: playgroundName, exact: true }).getByRole('listitem')
    await expect(sets).toHaveCount(6)
    expect(await faultsOf(playground)).toEqual([])
    for (let i = 0; i < 5; i++) {
      await tab.click()
      await sets.nth(i).getByRole('button').click()
    }
    await playground.ends('A', '> DEBUG POPULATE 10000 product OK')
    await expect(playground.log('A')).not.toContainText('(error)')
  })
