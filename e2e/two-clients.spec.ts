import { expect, test } from './playground.ts'

test.beforeEach(async ({ playground }) => {
  await playground.open()
})

test('WATCH: a write of B makes A’s EXEC nil, and the page says who and how', async ({ playground }) => {
  await playground.run('A', 'SET hats 199', 'OK')
  await playground.run('A', 'WATCH hats', 'OK')
  await playground.run('B', 'DECR hats', '(integer) 198')
  await playground.run('A', 'MULTI', 'OK')
  await playground.run('A', 'SET hats 0', 'QUEUED')
  await expect(playground.client('A')).toContainText('a watched key was touched')
  await playground.send('A', 'EXEC')
  await playground.shows('A', '> EXEC (nil) Refused: B changed hats with DECR after A')
  await expect(playground.client('A')).not.toContainText('a watched key was touched')
  await playground.run('A', 'GET hats', '"198"')
})

test('WATCH without a race: EXEC does its work', async ({ playground }) => {
  await playground.run('A', 'WATCH hats', 'OK')
  await expect(playground.client('A')).toContainText('watching hats')
  await playground.run('B', 'SET shoes 1', 'OK')
  await playground.run('A', 'MULTI', 'OK')
  await playground.run('A', 'INCR hats', 'QUEUED')
  await playground.run('A', 'EXEC', '1) (integer) 1')
  await expect(playground.client('A')).not.toContainText('watching')
})

test('WATCH: a key that expires is told as time’s doing', async ({ page, playground }) => {
  await playground.run('A', 'SET offer 1 EX 1000', 'OK')
  await playground.run('A', 'WATCH offer', 'OK')
  await playground.run('A', 'MULTI', 'OK')
  await playground.run('A', 'PING', 'QUEUED')
  await page.workers()[0]!.evaluate(() => {
    const now = Date.now()
    Date.now = () => now + 1_001_000
  })
  await playground.send('A', 'EXEC')
  await playground.shows('A', '> EXEC (nil) Refused: offer expired')
})

test('BLPOP: A waits, B pushes, A has it', async ({ playground }) => {
  await playground.send('A', 'BLPOP jobs 0')
  await expect(playground.log('A')).toContainText('waiting for jobs')
  await playground.run('B', 'RPUSH jobs paint dry', '(integer) 2')
  await playground.shows('A', '> BLPOP jobs 0 1) "jobs" 2) "paint"')
  await expect(playground.log('A')).not.toContainText('waiting for jobs')
  await playground.run('B', 'LRANGE jobs 0 -1', '1) "dry"')
})

test('what is typed while a client waits runs when the wait is over', async ({ playground }) => {
  await playground.send('A', 'BLPOP jobs 0')
  await expect(playground.log('A')).toContainText('waiting for jobs')
  await playground.send('A', 'SET after 1')
  await playground.run('B', 'EXISTS after', '(integer) 0')
  await playground.run('B', 'RPUSH jobs paint', '(integer) 1')
  await playground.ends('A', '> SET after 1 OK')
  await playground.run('B', 'EXISTS after', '(integer) 1')
})

test('Esc frees a blocked client', async ({ playground }) => {
  await playground.send('A', 'BLPOP jobs 0')
  await expect(playground.log('A')).toContainText('waiting for jobs')
  await playground.prompt('A').press('Escape')
  await expect(playground.log('A')).not.toContainText('waiting for jobs')
  await expect(playground.log('A')).toContainText('stopped waiting')
  await playground.run('B', 'RPUSH jobs paint', '(integer) 1')
  await playground.run('A', 'LLEN jobs', '(integer) 1')
})

test('the button frees a blocked client too', async ({ playground }) => {
  await playground.send('B', 'BLPOP jobs 0')
  await playground.client('B').getByRole('button', { name: 'Stop waiting' }).click()
  await expect(playground.log('B')).toContainText('stopped waiting')
  await playground.run('B', 'PING', 'PONG')
})

test('a wait with an end ends by itself', async ({ playground }) => {
  await playground.send('A', 'BLPOP jobs 0.3')
  await playground.ends('A', '> BLPOP jobs 0.3 (nil)')
  await playground.run('A', 'PING', 'PONG')
})

test('a waiter is served by the push that another client makes, and takes the key along', async ({ playground }) => {
  await playground.send('B', 'BLPOP jobs 0')
  await expect(playground.log('B')).toContainText('waiting for jobs')
  await playground.send('A', 'RPUSH jobs one')
  await playground.shows('B', '> BLPOP jobs 0 1) "jobs" 2) "one"')
  await playground.ends('A', '> RPUSH jobs one (integer) 1')
  await expect(playground.keys.getByRole('treeitem', { name: /^jobs, list/ })).toHaveCount(0)
})
