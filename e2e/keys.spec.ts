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
const patient = { timeout: 30_000 }
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
    // On a busy machine the worker may first be a while at writing so much down.
    await expect(folder).toBeVisible(patient)
    await folder.click()
    await expect(playground.key('key:0, string')).toBeVisible(patient)
    expect(await rows(playground).count()).toBeLessThan(200)
    await page.keyboard.press('End')
    await expect(playground.key('key:999999')).toBeFocused(patient)
    await page.getByRole('textbox', { name: 'Filter keys by a pattern' }).fill('key:*77777')
    await playground.run('B', 'GET key:5', '"value:5"')
    await expect(playground.key('key:, 10 keys')).toBeVisible(patient)
    await expect(playground.key('key:977777')).toBeVisible()
  })
})

const command = (playground: Playground, name: string) => playground.value.getByRole('button', { name, exact: true })

test.describe('viewers', () => {
  test('a string as text, JSON, hex, bits or number; the best is chosen, another can be', async ({
    page,
    playground,
  }) => {
    await playground.run('A', `SET doc '{"hat":{"color":"red"}}'`, 'OK')
    const look = (name: string) => playground.value.getByRole('button', { name, exact: true })
    await expect(look('JSON')).toHaveAttribute('aria-pressed', 'true')
    await expect(playground.value).toContainText('"color": "red"')
    await look('text').click()
    await expect(playground.value).toContainText('{"hat":{"color":"red"}}')
    await look('hex').click()
    await expect(playground.value).toContainText('7b 22 68 61 74 22 3a 7b')
    expect(await axe(page)).toEqual([])
    await playground.run('A', 'SET doc 1700000000', 'OK')
    await playground.run('A', 'PING', 'PONG')
    await look('number').click()
    await expect(playground.value).toContainText('1,700,000,000')
    await expect(playground.value).toContainText('2023-11-14 22:13:20 UTC')
    await look('bits').click()
    await expect(playground.value).toContainText('24 bits are 1')
    expect(await axe(page)).toEqual([])
  })

  test('a list has indexes from both ends, and two ends to look from', async ({ playground }) => {
    await playground.run('A', 'RPUSH jobs wash dry fold', '(integer) 3')
    await expect(playground.value.getByRole('listitem').first()).toHaveAttribute('data-index', '0 · -3')
    const items = Array.from({ length: 500 }, (_, i) => `item${i}`)
    await playground.run('A', `RPUSH long ${items.join(' ')}`, '(integer) 500')
    await playground.key('long').click()
    await expect(playground.value.getByRole('row', { name: '0 -500 "item0"' })).toBeVisible()
    await playground.value.getByRole('button', { name: 'to the right end' }).click()
    await expect(playground.value.getByRole('row', { name: '499 -1 "item499"' })).toBeVisible()
    await expect(playground.value.getByRole('row', { name: '"item0"' })).toHaveCount(0)
    await playground.value.getByRole('button', { name: 'Show 400 more' }).click()
    await expect(playground.value.getByRole('row', { name: '0 -500 "item0"' })).toBeAttached()
  })

  test('a change of encoding is told, with its reason, until the next command', async ({ playground }) => {
    await playground.run('A', 'HSET hat color red', '(integer) 1')
    await expect(playground.value).toContainText('hash, listpack, 1 field')
    await expect(playground.value).toContainText(/idle \d+ s/)
    await playground.run('A', `HSET hat note ${'x'.repeat(65)}`, '(integer) 1')
    await expect(playground.value).toContainText('listpack → hashtable because an element is longer than 64 bytes.')
    await playground.run('A', 'PING', 'PONG')
    await expect(playground.value).not.toContainText('→')
    await playground.run('A', 'SADD odd 1 3 5', '(integer) 3')
    await playground.key('odd').click()
    await playground.run('A', 'SADD odd x', '(integer) 1')
    await expect(playground.value).toContainText('intset → listpack because not every member is an integer now.')
  })

  test('fields of a hash have a time of their own', async ({ playground }) => {
    await playground.run('A', 'HSET hat color red price 9', '(integer) 2')
    await playground.send('A', 'HEXPIRE hat 600 FIELDS 1 price')
    await expect(playground.value.getByRole('row', { name: /price "9" *9m \d+s/ })).toBeVisible()
    await expect(playground.value.getByRole('row', { name: /color/ })).not.toContainText('9m')
  })
})

test.describe('time', () => {
  test('two units of what is left, tenths below a minute', async ({ playground }) => {
    await playground.run('A', 'SET offer 1 EX 3725', 'OK')
    await expect(playground.key('offer')).toContainText('1h 2m')
    await expect(playground.value).toContainText('expires in 1h 2m')
    await playground.run('A', 'EXPIRE offer 45', '(integer) 1')
    await expect(playground.key('offer')).toContainText(/4\d\.\d s/)
  })

  test('a key whose time is over lies in memory as a ghost until a command meets it', async ({ page, playground }) => {
    await playground.run('A', 'DEBUG SET-ACTIVE-EXPIRE 0', 'OK')
    await playground.run('A', 'SET offer hello PX 300', 'OK')
    await expect(playground.key('offer')).toContainText('ghost')
    await playground.run('A', 'DBSIZE', '(integer) 1')
    await expect(playground.key('offer')).toContainText('ghost')
    await expect(playground.value).toContainText('it still lies in memory')
    await expect(playground.value).toContainText('"hello"')
    expect(await axe(page)).toEqual([])
    await playground.run('A', 'GET offer', '(nil)')
    await expect(playground.key('offer, expired')).toBeVisible()
    await expect(playground.value).toContainText('Its time had come')
    await playground.run('A', 'DBSIZE', '(integer) 0')
    await expect(playground.key('offer')).toHaveCount(0)
  })

  test.describe('with reduced motion', () => {
    test.use({ contextOptions: { reducedMotion: 'reduce' } })

    test('no bar moves, and what is left is still told', async ({ playground }) => {
      await playground.run('A', 'SET offer 1 EX 60', 'OK')
      await expect(playground.key('offer')).toContainText(/5\d\.\d s/)
      const moving = await playground.key('offer').evaluate((row) => row.getAnimations({ subtree: true }).length)
      expect(moving).toBe(0)
    })
  })
})

test.describe('editing', () => {
  test('a form writes the command, and the console runs it', async ({ page, playground }) => {
    await playground.run('A', 'HSET "the hat" color red', '(integer) 1')
    await command(playground, 'HSET').click()
    const form = playground.value.getByRole('form', { name: 'HSET' })
    await expect(form.getByRole('textbox', { name: 'field' })).toBeFocused()
    await page.keyboard.type('note')
    await expect(form.getByRole('status')).toHaveText('HSET "the hat" note value')
    await page.keyboard.press('Tab')
    await page.keyboard.type('it is "new"')
    expect(await axe(page)).toEqual([])
    await page.keyboard.press('Enter')
    await playground.ends('A', String.raw`> HSET "the hat" note "it is \"new\"" (integer) 1`)
    await expect(form).toHaveCount(0)
    await expect(playground.value.getByRole('row', { name: 'note' })).toContainText('"it is "new""')
    await playground.value.getByRole('button', { name: 'Run HDEL "the hat" color' }).click()
    await playground.ends('A', '> HDEL "the hat" color (integer) 1')
  })

  test('each type by its commands; a row is changed where it stands', async ({ page, playground }) => {
    await playground.run('A', 'RPUSH jobs wash dry', '(integer) 2')
    await playground.value.getByRole('button', { name: 'dry', exact: true }).click()
    await expect(playground.value.getByRole('textbox', { name: 'element' })).toBeFocused()
    await page.keyboard.type('fold')
    await page.keyboard.press('Enter')
    await playground.ends('A', '> LSET jobs 1 fold OK')
    await command(playground, 'LPUSH').click()
    await page.keyboard.type('soak')
    await page.keyboard.press('Enter')
    await playground.ends('A', '> LPUSH jobs soak (integer) 3')
    await playground.run('A', 'ZADD board 10 Ann', '(integer) 1')
    await playground.key('board').click()
    await playground.value.getByRole('button', { name: 'Change with ZADD 10' }).click()
    await playground.value.getByRole('textbox', { name: 'score' }).fill('12.5')
    await playground.button('Run in the console').click()
    await playground.ends('A', '> ZADD board 12.5 Ann (integer) 0')
    await playground.run('A', 'SADD tags red green', '(integer) 2')
    await playground.key('tags').click()
    await playground.value.getByRole('button', { name: 'Run SREM tags red' }).click()
    await playground.ends('A', '> SREM tags red (integer) 1')
  })

  test('time to live, name, and away: undo is there', async ({ page, playground }) => {
    await playground.run('A', 'SET capital Oslo', 'OK')
    await command(playground, 'EXPIRE').click()
    await page.keyboard.type('900')
    await page.keyboard.press('Enter')
    await playground.ends('A', '> EXPIRE capital 900 (integer) 1')
    await command(playground, 'SET').click()
    await page.keyboard.type('Bergen')
    await page.keyboard.press('Enter')
    await playground.ends('A', '> SET capital Bergen KEEPTTL OK')
    await command(playground, 'PERSIST').click()
    await playground.ends('A', '> PERSIST capital (integer) 1')
    await command(playground, 'RENAME').click()
    await page.keyboard.type('the city')
    await page.keyboard.press('Enter')
    await playground.ends('A', '> RENAME capital "the city" OK')
    await playground.key('the city').click()
    await command(playground, 'DEL').click()
    await playground.ends('A', '> DEL "the city" (integer) 1')
    await expect(playground.value).toContainText('This key is gone (DEL).')
    await playground.button('Undo').click()
    await expect(playground.value).toContainText('"Bergen"')
  })

  test('a key of another database is changed where its database is chosen first', async ({ page, playground }) => {
    await playground.run('A', 'SELECT 2', 'OK')
    await playground.run('A', 'SET far 1', 'OK')
    await playground.run('A', 'SELECT 0', 'OK')
    await page.getByRole('combobox', { name: 'Database' }).selectOption('2')
    await playground.key('far').click()
    await command(playground, 'DEL').click()
    await playground.ends('A', '> SELECT 2 OK 127.0.0.1:6379[2]> DEL far (integer) 1')
  })
})

test.describe('who else', () => {
  test('who watches a key, and that a change spoils it', async ({ page, playground }) => {
    await playground.run('A', 'SET hat 1', 'OK')
    await playground.run('A', 'WATCH hat', 'OK')
    const others = page.getByRole('region', { name: 'Who else uses this key' })
    await expect(others.getByRole('listitem').first()).toHaveText('A and its EXEC will run only if nobody changes it')
    await playground.run('B', 'INCR hat', '(integer) 2')
    await expect(others.getByRole('listitem').first()).toContainText('EXEC will answer nil')
    expect(await axe(page)).toEqual([])
  })

  test('who waits for a key, in the order in which it is served', async ({ page, playground }) => {
    await playground.run('A', 'RPUSH jobs wash', '(integer) 1')
    await playground.run('A', 'LPOP jobs', '"wash"')
    await playground.send('B', 'BLPOP jobs 0')
    await expect(playground.log('B')).toContainText('waiting for jobs')
    await playground.send('A', 'BRPOP jobs 0')
    const others = page.getByRole('region', { name: 'Who else uses this key' })
    await expect(others.getByRole('listitem').nth(0)).toContainText(/^B BLPOP for \d+ s/)
    await expect(others.getByRole('listitem').nth(1)).toContainText(/^A BRPOP for \d+ s/)
  })

  test('which commands named it: a press leads to the row, Escape back', async ({ page, playground }) => {
    await playground.run('A', 'SET capital Oslo', 'OK')
    await playground.run('B', 'GET capital', '"Oslo"')
    await playground.run('A', 'SET other 1', 'OK')
    const others = page.getByRole('region', { name: 'Who else uses this key' })
    await expect(others.getByRole('listitem')).toHaveText(['B GET capital', 'A SET capital Oslo'])
    const first = others.getByRole('button', { name: 'B GET capital' })
    await first.click()
    const focused = page.locator('[data-entry]:focus')
    await expect(focused).toContainText('GET capital')
    await page.keyboard.press('Escape')
    await expect(first).toBeFocused()
  })
})

for (const [width, lang, theme] of [
  [1024, 'ko', 'dark'],
  [390, 'ko', 'light'],
  [390, 'en', 'dark'],
] as const)
  test.describe(`at ${width}, ${lang}, ${theme}`, () => {
    test.use({ viewport: { width, height: 844 } })

    test(`a value is read and changed: ${width}, ${lang}, ${theme}`, async ({ page, playground }) => {
      await playground.open(`?lang=${lang}&theme=${theme}`)
      await playground.run('A', 'HSET hat color red price 9', '(integer) 2')
      if (width < 720) await page.getByRole('tab', { name: lang === 'ko' ? /^키/ : /^Keys/ }).click()
      await playground.key('hat').click()
      await command(playground, 'HSET').click()
      await page.keyboard.type('색')
      await page.keyboard.press('Tab')
      await page.keyboard.type('빨강')
      expect(await axe(page)).toEqual([])
      await page.keyboard.press('Enter')
      await expect(playground.value.getByRole('row', { name: '색 "빨강"' })).toBeVisible()
      const sticksOut = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(sticksOut).toBeLessThanOrEqual(0)
    })
  })
