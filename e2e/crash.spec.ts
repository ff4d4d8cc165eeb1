// The server as a machine that one may crash: what comes back is its snapshot, the page says what was lost, and undo takes
// the crash itself back.
import { expect, test } from './playground.ts'

test('a crash leaves the snapshot, a full disk refuses writes, and undo takes both back', async ({ playground }) => {
  await playground.open()
  const { page, bar } = playground
  const befall = async (name: string) => {
    await playground.button('Move the clock').click()
    await page.getByRole('dialog', { name: 'Move the clock' }).getByRole('button', { name }).click()
  }
  await playground.run('A', 'SET kept 1', 'OK')
  await playground.run('A', 'SAVE', 'OK')
  await playground.run('A', 'SET lost 1', 'OK')
  await befall('Crash the server')
  await expect(bar).toContainText(/killed.*dump\.rdb, with 1 key\. 1 key is lost/)
  for (const name of ['A', 'B']) await expect(playground.log(name)).toContainText('The server has stopped.')
  await playground.run('A', 'MGET kept lost', '1) "1" 2) (nil)')
  await playground.button('Undo').click()
  await playground.button('Undo').click()
  await expect(bar).toContainText('The server is as it was before.')
  await playground.run('A', 'MGET kept lost', '1) "1" 2) "1"')

  await playground.run('A', 'CONFIG SET save "3600 1"', 'OK')
  await befall('Fill its disk')
  await expect(bar).toContainText('The disk is full now')
  await playground.run('A', 'BGSAVE', 'Background saving started')
  await expect(async () => {
    await playground.send('B', 'SET kept 2')
    await expect(playground.log('B')).toContainText('MISCONF Redis is configured to save RDB snapshots', {
      timeout: 500,
    })
  }).toPass()
  await befall('Make room on its disk')
  await playground.run('A', 'SAVE', 'OK')
  await playground.run('A', 'SET kept 3', 'OK')
  await befall('Restart the server')
  await expect(bar).toContainText(/ended, and has started again, from dump\.rdb, with 2 keys\.$|with 2 keys\./)
  await playground.run('A', 'GET kept', '"3"')
})
