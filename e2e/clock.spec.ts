import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './playground.ts'

test('the clock stands still, jumps, and keys and waits go by it', async ({ playground }) => {
  const { page } = playground
  await playground.open()
  const clock = page.getByRole('group', { name: "The server's clock" })
  await clock.getByRole('button', { name: 'Pause' }).click()
  await expect(clock).toContainText('paused')
  await expect(playground.bar).toContainText('The clock stands still')
  await playground.run('A', 'SET code 4711 EX 60', 'OK')
  await playground.send('B', 'BLPOP jobs 90')
  await expect(playground.client('B')).toContainText('waiting')
  await playground.run('A', 'TTL code', '(integer) 60')
  await clock.getByRole('button', { name: '+1 min' }).click()
  await playground.run('A', 'GET code', '(nil)')
  await expect(playground.client('B')).toContainText('waiting')
  await clock.getByRole('button', { name: '+1 min' }).click()
  await playground.ends('B', '(nil)')
  // It is so after a reload, too.
  await playground.run('A', 'SET again 1 EX 7200', 'OK')
  await expect(playground.bar).toContainText('saved')
  await playground.reload()
  await expect(clock).toContainText('paused')
  await playground.run('A', 'TTL again', '(integer) 7200')
  await clock.getByRole('button', { name: 'Go on' }).click()
  await expect(clock).toContainText('live')
})

test('to the next expiry by keyboard, and ten times as fast', async ({ playground }) => {
  const { page } = playground
  await playground.open()
  await playground.run('A', 'SET soon v EX 500', 'OK')
  await playground.run('A', 'SET later v EX 50000', 'OK')
  const opener = playground.button('Move the clock')
  await opener.focus()
  await page.keyboard.press('Enter')
  const menu = page.getByRole('dialog', { name: 'Move the clock' })
  await menu.getByRole('button', { name: 'To the next expiry' }).press('Enter')
  await expect(playground.bar).toContainText('ahead by')
  await playground.run('A', 'KEYS *', '1) "later"')
  await opener.click()
  await menu.getByRole('button', { name: '10×' }).click()
  await expect(menu.getByRole('button', { name: '10×' })).toHaveAttribute('aria-pressed', 'true')
  await new AxeBuilder({ page }).analyze().then(({ violations }) => expect(violations).toEqual([]))
  await page.keyboard.press('Escape')
  await expect(opener).toBeFocused()
})
