// Several clients: added, named, moved between, closed; and what a client's state is, beside its prompt.
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Playground } from './playground.ts'

const inView = (playground: Playground, name: string) => expect(playground.client(name)).toBeVisible()
const faultsOf = async ({ page }: Playground) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

test('six clients: three in view, the others a press or a key away; kept over a reload', async ({ playground }) => {
  const { page } = playground
  await playground.open()
  const add = playground.button('Add a client')
  for (const name of ['C', 'D', 'E', 'F']) {
    await add.click()
    await expect(playground.prompt(name)).toBeFocused()
    await playground.run(name, `SET by ${name}`, 'OK')
  }
  await expect(add).toHaveCount(0)
  for (const name of ['D', 'E', 'F']) await inView(playground, name)
  await expect(playground.client('A')).toHaveCount(0)
  await page.keyboard.press('Control+Alt+1')
  await expect(playground.prompt('A')).toBeFocused()
  await playground.run('A', 'GET by', '"F"')
  await expect(playground.client('D')).toHaveCount(0)
  await playground.button('Client D').click()
  await playground.ends('D', '> SET by D OK')
  await playground.button('Put out of view: Client F').click()
  await expect(playground.client('F')).toHaveCount(0)
  expect(await faultsOf(playground)).toEqual([])
  await playground.saved()
  await playground.reload()
  await expect(playground.client('F')).toHaveCount(0)
  await playground.ends('D', '> SET by D OK')
  await playground.run('D', 'CLIENT ID', '(integer) 4')
})

test('a client is given a name, by keyboard', async ({ playground }) => {
  const { page } = playground
  await playground.open()
  await playground.button('Rename: Client B').focus()
  await page.keyboard.press('Enter')
  const box = page.getByRole('textbox', { name: 'Name of client B' })
  await expect(box).toBeFocused()
  await page.keyboard.type('the buyer')
  await page.keyboard.press('Enter')
  await expect(playground.prompt('B')).toBeFocused()
  await expect(playground.client('B').getByRole('heading', { name: 'B the buyer' })).toBeVisible()
  await expect(playground.button('Client B, the buyer')).toBeVisible()
  await playground.saved()
  await playground.reload()
  await expect(playground.button('Client B, the buyer')).toBeVisible()
})

test('a closed client can be read until it is removed, and connected again before that', async ({ playground }) => {
  await playground.open()
  await playground.run('B', 'SET a 1', 'OK')
  await playground.button('Close: Client B').click()
  await expect(playground.client('B')).toContainText('not connected')
  await playground.shows('B', '> SET a 1 OK You closed this client.')
  await playground.run('B', 'GET a', '"1"')
  await expect(playground.client('B').getByText('not connected', { exact: true })).toHaveCount(0)
  await playground.button('Close: Client B').click()
  await playground.button('Remove: Client B').click()
  await expect(playground.client('B')).toHaveCount(0)
  await expect(playground.prompt('A')).toBeFocused()
  // A lesson's line for B brings it back.
  await playground.button('Add a client').click()
  await playground.run('B', 'GET a', '"1"')
})

test('undo brings back a client that was killed and one that was closed, each as it was', async ({ playground }) => {
  await playground.open()
  await playground.run('B', 'SELECT 3', 'OK')
  await playground.run('B', 'MULTI', 'OK')
  await playground.run('A', 'CLIENT KILL ID 2', '(integer) 1')
  await expect(playground.client('B')).toContainText('The server closed this connection')
  await playground.button('Undo').click()
  await expect(playground.client('B').getByText('not connected', { exact: true })).toHaveCount(0)
  await expect(playground.client('B')).toContainText('This connection had ended. That was taken back')
  await expect(playground.client('B')).not.toContainText('The server closed this connection')
  await playground.run('B', 'SET a 1', 'QUEUED')
  await playground.run('B', 'DISCARD', 'OK')
  await playground.button('Close: Client B').click()
  await expect(playground.client('B')).toContainText('You closed this client.')
  // Connected anew it is another client; that goes when the first one comes back.
  await playground.run('B', 'CLIENT ID', '(integer) 3')
  await playground.button('Undo').click()
  await playground.button('Undo').click()
  await expect(playground.bar).toContainText('Client B is connected again, as it was.')
  await playground.run('B', 'CLIENT ID', '(integer) 2')
  await playground.run('A', 'CLIENT KILL ID 3', '(integer) 0')
})

test('the prompt and the words above it tell the state, to a screen reader too', async ({ playground }) => {
  await playground.open()
  const box = playground.prompt('A')
  await playground.run('A', 'SELECT 5', 'OK')
  await playground.run('A', 'WATCH hats shoes', 'OK')
  await expect(box).toHaveAccessibleDescription('127.0.0.1:6379[5]> watching hats, shoes')
  await playground.run('A', 'MULTI', 'OK')
  await playground.run('A', 'INCR hats', 'QUEUED')
  await expect(box).toHaveAccessibleDescription('127.0.0.1:6379[5](TX)> 1 queued watching hats, shoes')
  await playground.run('A', 'DISCARD', 'OK')
  await playground.send('A', 'HELLO 3')
  await expect(box).toHaveAccessibleDescription('127.0.0.1:6379[5]> RESP3')
  await playground.send('A', 'SUBSCRIBE news')
  await expect(box).toHaveAccessibleDescription('127.0.0.1:6379[5](subscribed mode)> subscribed to news RESP3')
  await playground.send('B', 'BLPOP jobs mail 90')
  await expect(playground.prompt('B')).toHaveAccessibleDescription(/waiting for jobs, mail · \d+ s · 90 s at most/)
  expect(await faultsOf(playground)).toEqual([])
})

test('where a prompt fills a narrow column, what is typed stands on the next line', async ({ playground }) => {
  await playground.open()
  await playground.button('Add a client').click()
  await playground.send('B', 'SUBSCRIBE news')
  await playground.run('C', 'SELECT 10', 'OK')
  await playground.run('C', 'MULTI', 'OK')
  for (const name of ['B', 'C']) {
    const prompt = playground.prompt(name)
    await prompt.fill('PING')
    expect(await prompt.evaluate((box) => box.scrollWidth - box.clientWidth), name).toBeLessThanOrEqual(0)
    // As tall as two lines: the prompt's own, and what is typed.
    const lines = await prompt.evaluate((box) => box.clientHeight / Number.parseFloat(getComputedStyle(box).lineHeight))
    expect(Math.round(lines), name).toBe(2)
  }
})

test.describe('at 390 px', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('one client at a time, with a switcher', async ({ playground }) => {
    const { page } = playground
    await playground.open('?theme=dark')
    for (let i = 0; i < 4; i++) await playground.button('Add a client').tap()
    await inView(playground, 'F')
    await page.getByRole('tab', { name: 'Client C' }).tap()
    await inView(playground, 'C')
    await playground.run('C', 'PING', 'PONG')
    await expect(playground.client('F')).toHaveCount(0)
    expect(await faultsOf(playground)).toEqual([])
  })
})
