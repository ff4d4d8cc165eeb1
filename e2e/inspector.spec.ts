import type { Locator } from '@playwright/test'
import { expect, test } from './playground.ts'

test.beforeEach(async ({ playground }) => {
  await playground.open()
})

test('keys stand in a tree by colons, and the last command’s change is marked until the next', async ({
  playground,
}) => {
  await playground.run('A', 'MSET user:1 Ann user:2 Bob capital Oslo', 'OK')
  const folder = playground.key('user:, 2 keys')
  await expect(folder).toHaveAttribute('aria-level', '1')
  await expect(folder).toHaveAttribute('aria-expanded', 'true')
  await expect(playground.key('user:1, string')).toHaveAttribute('aria-level', '2')
  await expect(playground.key('user:1, string, 3 bytes, added')).toBeVisible()
  await expect(playground.key('capital, string, 4 bytes, added')).toBeVisible()
  await playground.run('A', 'SET user:2 Bobby', 'OK')
  await expect(playground.key('user:2, string, 5 bytes, changed')).toBeVisible()
  await expect(playground.keys.getByRole('treeitem', { name: /added/ })).toHaveCount(0)
  await playground.run('A', 'GET user:1', '"Ann"')
  await expect(playground.keys.getByRole('treeitem', { name: /changed/ })).toHaveCount(0)
  await playground.run('B', 'DEL capital', '(integer) 1')
  await expect(playground.key('capital, removed')).toBeVisible()
  await playground.run('B', 'PING', 'PONG')
  await expect(playground.key('capital')).toHaveCount(0)
  await expect(playground.key('user:, 2 keys')).toBeVisible()
})

test('a failed command marks nothing and changes nothing', async ({ playground }) => {
  await playground.run('A', 'SET word hello', 'OK')
  await playground.run('A', 'INCR word', '(error) ERR value is not an integer or out of range')
  await expect(playground.keys.getByRole('treeitem', { name: /, (added|changed|removed)$/ })).toHaveCount(0)
  await expect(playground.value).toContainText('"hello"')
})

/** How much of a key's life its bar has left, from 1 to 0. */
const barLeft = (row: Locator) =>
  row.evaluate((element) => {
    const [drain] = element.getAnimations({ subtree: true })
    return 1 - (drain?.effect?.getComputedTiming().progress ?? 1)
  })

test('the bar of a key that will expire drains', async ({ page, playground }) => {
  await playground.run('A', 'SET offer 1 EX 60', 'OK')
  await playground.run('A', 'SET stays 1', 'OK')
  const row = playground.key('offer')
  await expect(row).toContainText(/[345]\d\.\d s/)
  await expect(row).toHaveAccessibleDescription(/expires in \d/)
  const before = await barLeft(row)
  expect(before).toBeGreaterThan(0)
  expect(before).toBeLessThanOrEqual(1)
  await expect.poll(() => barLeft(row)).toBeLessThan(before)
  await expect(playground.key('stays')).not.toContainText(/ s$/)
  await playground.run('A', 'PERSIST offer', '(integer) 1')
  await expect(row).toContainText('1 byte')
  await expect(page.getByRole('region', { name: 'Value' })).toContainText('no expiry')
})

test('a key goes when its time has come, and nobody does anything', async ({ playground }) => {
  await playground.run('A', 'SET stays 1', 'OK')
  await playground.run('A', 'SET offer 1 EX 4', 'OK')
  await playground.key('offer, string').click()
  await expect(playground.value).toContainText('expires in')
  await expect(playground.bar).toContainText('2 keys')
  await expect(playground.bar).toContainText('1 key')
  await expect(playground.key('offer, string')).toHaveCount(0)
  await expect(playground.value).toContainText('Its time had come')
  await playground.run('A', 'GET offer', '(nil)')
})

test('the value of a string, and what stood there before', async ({ playground }) => {
  await playground.run('A', 'SET capital Nasau', 'OK')
  await expect(playground.value.getByRole('heading', { name: 'capital' })).toBeVisible()
  await expect(playground.value).toContainText('"Nasau"')
  await playground.run('A', 'SET capital Nassau', 'OK')
  await expect(playground.value).toContainText('"Nasau""Nassau"')
  await playground.run('A', 'PING', 'PONG')
  await expect(playground.value).not.toContainText('"Nasau"')
  await expect(playground.value).toContainText('"Nassau"')
})

test('the value of a hash', async ({ playground }) => {
  await playground.run('A', 'HSET hat color black price 49.99', '(integer) 2')
  await expect(playground.value.getByRole('row', { name: 'color "black"' })).toBeVisible()
  await expect(playground.value.getByRole('row', { name: 'price "49.99"' })).toBeVisible()
  await playground.run('A', 'HSET hat price 39.99', '(integer) 0')
  await expect(playground.value.getByRole('row', { name: /^price .*"39\.99"/ })).toBeVisible()
  await playground.run('A', 'HDEL hat color', '(integer) 1')
  await playground.run('A', 'PING', 'PONG')
  await expect(playground.value.getByRole('row', { name: /color/ })).toHaveCount(0)
})

test('the value of a list, from left to right', async ({ playground }) => {
  await playground.run('A', 'RPUSH jobs paint dry', '(integer) 2')
  await playground.run('A', 'LPUSH jobs wash', '(integer) 3')
  await playground.run('A', 'PING', 'PONG')
  await expect(playground.value.getByRole('listitem')).toHaveText(['wash', 'paint', 'dry'])
  await playground.run('A', 'LPOP jobs', '"wash"')
  await playground.run('A', 'PING', 'PONG')
  await expect(playground.value.getByRole('listitem')).toHaveText(['paint', 'dry'])
})

test('the value of a set', async ({ playground }) => {
  await playground.run('A', 'SADD tags red green red', '(integer) 2')
  await expect(playground.value.getByRole('listitem').filter({ hasText: 'red' })).toBeVisible()
  await expect(playground.value.getByRole('listitem')).toHaveCount(2)
})

test('the value of a sorted set, by rank', async ({ playground }) => {
  await playground.run('A', 'ZADD board 20 Bo 10 Ann 15.5 Cy', '(integer) 3')
  await playground.run('A', 'PING', 'PONG')
  const rows = playground.value.getByRole('row')
  await expect(rows).toHaveText([/member/, /Ann.*10/, /Cy.*15\.5/, /Bo.*20/])
  await playground.run('A', 'ZINCRBY board 15 Ann', '"25"')
  await playground.run('A', 'PING', 'PONG')
  await expect(rows).toHaveText([/member/, /Cy/, /Bo/, /Ann.*25/])
})

test('a key that is deleted while it is chosen is said to be gone', async ({ playground }) => {
  await playground.run('A', 'SET capital Oslo', 'OK')
  await expect(playground.value).toContainText('"Oslo"')
  await playground.run('B', 'DEL capital', '(integer) 1')
  await expect(playground.value).toContainText('This key is gone (DEL).')
  await playground.run('B', 'SET capital Bergen', 'OK')
  await expect(playground.value).toContainText('"Bergen"')
})

test('the tree is walked with the keyboard', async ({ page, playground }) => {
  await playground.run('A', 'MSET a 1 user:1 Ann user:2 Bob z 26', 'OK')
  await playground.key('user:1').click()
  await expect(playground.value).toContainText('"Ann"')
  await page.keyboard.press('ArrowDown')
  await expect(playground.key('user:2')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(playground.value).toContainText('"Bob"')
  await page.keyboard.press('ArrowLeft')
  const folder = playground.key('user:, 2 keys')
  await expect(folder).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(folder).toHaveAttribute('aria-expanded', 'false')
  await expect(playground.key('user:1')).toHaveCount(0)
  await page.keyboard.press('ArrowRight')
  await expect(playground.key('user:1')).toBeVisible()
  await page.keyboard.press('End')
  const rows = playground.keys.getByRole('treeitem')
  await expect(rows.last()).toBeFocused()
  await page.keyboard.press('Home')
  await expect(rows.first()).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(rows.first()).toBeFocused()
})

test('the tree goes where a client goes, and where one chooses', async ({ page, playground }) => {
  await playground.run('A', 'SET here 0', 'OK')
  await playground.run('A', 'SELECT 5', 'OK')
  await playground.run('A', 'SET there 5', 'OK')
  const database = page.getByRole('combobox', { name: 'Database' })
  await expect(database).toHaveValue('5')
  await expect(playground.key('there')).toBeVisible()
  await expect(playground.key('here')).toHaveCount(0)
  await database.selectOption('0')
  await expect(playground.key('here')).toBeVisible()
  await expect(playground.key('there')).toHaveCount(0)
})

test('the filter takes a pattern, as KEYS does', async ({ page, playground }) => {
  await playground.run('A', 'MSET user:1 Ann user:2 Bob capital Oslo', 'OK')
  const filter = page.getByRole('textbox', { name: 'Filter keys by a pattern' })
  await filter.fill('*:[13]')
  await expect(playground.key('user:1')).toBeVisible()
  await expect(playground.key('capital')).toHaveCount(0)
  await expect(playground.key('user:2')).toHaveCount(0)
  await filter.fill('nothing')
  await playground.button('Show all keys').click()
  await expect(playground.key('capital')).toBeVisible()
})

test('the inspector writes into the prompt, and never runs by itself', async ({ playground }) => {
  await playground.run('A', 'SET "two words" Oslo', 'OK')
  await playground.value.getByRole('button', { name: 'Write GET "two words" into the prompt' }).click()
  await expect(playground.prompt('A')).toHaveValue('GET "two words"')
  await expect(playground.prompt('A')).toBeFocused()
  await playground.ends('A', '> SET "two words" Oslo OK')
})

test('with no key there is something to press', async ({ playground }) => {
  await playground.button('SET Bahamas Nassau').click()
  await playground.ends('A', '> SET Bahamas Nassau OK')
  await expect(playground.key('Bahamas')).toBeVisible()
})

test('what people store is drawn as text', async ({ page, playground }) => {
  const bad = '<img src=x onerror="throw 1">'
  await playground.send('A', `SET '${bad}' '${bad}'`)
  await expect(playground.keys.getByRole('treeitem')).toContainText(bad)
  await expect(playground.value).toContainText(bad)
  await expect(page.getByRole('img', { name: 'x' })).toHaveCount(0)
})

test('ten thousand keys do not slow the page', async ({ page, playground }) => {
  const pairs = Array.from({ length: 10_000 }, (_, i) => `k${i} ${i}`)
  await playground.send('A', `MSET ${pairs.join(' ')}`)
  await expect(playground.bar).toContainText('10,000 keys')
  await playground.run('B', 'DBSIZE', '(integer) 10000')
  expect(await playground.keys.getByRole('treeitem').count()).toBeLessThan(200)
  await playground.keys.getByRole('treeitem').first().focus()
  await page.keyboard.press('End')
  await expect(playground.key('k9999')).toBeFocused()
})
