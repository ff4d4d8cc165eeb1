// The inspector in full: folders and orders of a great many keys, viewers of each type, time, editing by commands, and who
// else has to do with a key.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test, type Playground } from './playground.ts'

test.beforeEach(async ({ playground }) => {
  await playground.open()
})

const options = async (page: Page) => {
  await page.getByRole('button', { name: 'Which keys, and in which order' }).click()
  return page.getByRole('dialog', { name: 'Which keys, and in which order' })
}
const rows = (playground: Playground) => playground.keys.getByRole('treeitem')
const axe = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)

test.describe('tree', () => {
  test('the delimiter is settable, and kept over a reload', async ({ page, playground }) => {
    await playground.run('A', 'MSET img/a/1 x img/a/2 y img:3 z', 'OK')
    await expect(playground.key('img/a/1')).toBeVisible()
    const dialog = await options(page)
    await dialog.getByRole('textbox', { name: 'Folders end at' }).fill('/')
    await expect(playground.key('img/a/, 2 keys')).toHaveAttribute('aria-level', '1')
    await expect(playground.key('img/a/1')).toHaveAttribute('aria-level', '2')
    expect(await axe(page)).toEqual([])
    await page.keyboard.press('Escape')
    await playground.saved()
    await playground.reload()
    await expect(playground.key('img/a/, 2 keys')).toBeVisible()
  })

  test('by type, by last change, by time to live', async ({ page, playground }) => {
    await playground.run('A', 'MSET a 1 b 2 c 3', 'OK')
    await playground.run('A', 'HSET hat color red', '(integer) 1')
    await playground.run('A', 'EXPIRE c 900', '(integer) 1')
    await playground.run('A', 'EXPIRE b 600', '(integer) 1')
    const dialog = await options(page)
    const sort = dialog.getByRole('combobox', { name: 'Sort by' })
    await sort.selectOption('ttl')
    await expect(rows(playground)).toHaveText([/^.?b/, /^.?c/, /^.?a/, /^.?hat/])
    await sort.selectOption('changed')
    await expect(rows(playground)).toHaveText([/^.?b/, /^.?c/, /^.?hat/, /^.?a/])
    await sort.selectOption('name')
    await dialog.getByRole('combobox', { name: 'Type' }).selectOption('hash')
    await expect(rows(playground)).toHaveText([/hat/])
  })

  test('a chosen key’s folders open, and the keyboard finds rows by what is typed', async ({ page, playground }) => {
    await playground.run(
      'A',
      'MSET z 1 user:1:name Ann user:1:age 7 user:2:name Bob user:2:age 8 apple 1 avocado 2',
      'OK',
    )
    await playground.key('user:1:, 2 keys').click()
    await playground.key('user:1:, 2 keys').focus()
    await expect(playground.key('user:1:, 2 keys')).toHaveAttribute('aria-expanded', 'false')
    await page.keyboard.type('2')
    await expect(playground.key('user:2:, 2 keys')).toBeFocused()
    await page.keyboard.press('*')
    await expect(playground.key('user:1:, 2 keys')).toHaveAttribute('aria-expanded', 'true')
    await page.keyboard.press('Home')
    await page.keyboard.type('av')
    await expect(playground.key('avocado')).toBeFocused()
    await expect(playground.key('user:1:age')).toHaveAttribute('aria-posinset', '1')
    await expect(playground.key('user:1:age')).toHaveAttribute('aria-setsize', '2')
  })

  test('a million keys: the tree is there, opens, scrolls and filters, and commands are answered meanwhile', async ({
    page,
    playground,
  }) => {
    await playground.run('A', 'DEBUG POPULATE 1000000', 'OK')
    const folder = playground.key('key:, 1,000,000 keys')
    await expect(folder).toBeVisible()
    await folder.click()
    await expect(playground.key('key:0, string')).toBeVisible()
    expect(await rows(playground).count()).toBeLessThan(200)
    await page.keyboard.press('End')
    await expect(playground.key('key:999999')).toBeFocused()
    await page.getByRole('textbox', { name: 'Filter keys by a pattern' }).fill('key:*77777')
    await playground.run('B', 'GET key:5', '"value:5"')
    await expect(playground.key('key:, 10 keys')).toBeVisible()
    await expect(playground.key('key:977777')).toBeVisible()
  })
})
