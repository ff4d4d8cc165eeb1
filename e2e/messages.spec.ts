import { expect, test } from './playground.ts'

test.beforeEach(async ({ playground }) => {
  await playground.open()
})

test('SUBSCRIBE: what A publishes comes to B as a row of its own, and a half-typed line stays', async ({
  playground,
}) => {
  await playground.run('B', 'SUBSCRIBE news', '1) "subscribe" 2) "news" 3) (integer) 1')
  await expect(playground.client('B')).toContainText('subscribed to news')
  await expect(playground.client('B')).toContainText('127.0.0.1:6379(subscribed mode)>')
  await playground.prompt('B').fill('UNSUBSCR')
  await playground.run('A', 'PUBLISH news "hello there"', '(integer) 1')
  await playground.ends('B', '1) "message" 2) "news" 3) "hello there"')
  await expect(playground.prompt('B')).toHaveValue('UNSUBSCR')
  await playground.run('A', 'PUBLISH weather rain', '(integer) 0')
  await playground.send('B', 'GET k')
  await playground.ends(
    'B',
    "(error) ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context",
  )
  await playground.run('B', 'UNSUBSCRIBE', '1) "unsubscribe" 2) "news" 3) (integer) 0')
  await playground.run('A', 'PUBLISH news again', '(integer) 0')
  await playground.run('B', 'PING', 'PONG')
})

test('PSUBSCRIBE hears a pattern, and RESET ends it', async ({ playground }) => {
  await playground.run('B', 'PSUBSCRIBE n*', '1) "psubscribe" 2) "n*" 3) (integer) 1')
  await playground.run('A', 'PUBLISH news hi', '(integer) 1')
  await playground.ends('B', '1) "pmessage" 2) "n*" 3) "news" 4) "hi"')
  await playground.run('B', 'RESET', 'RESET')
  await expect(playground.client('B')).not.toContainText('subscribed to')
  await playground.run('A', 'PUBLISH news hi', '(integer) 0')
  await playground.run('B', 'PING', 'PONG')
})

test('MONITOR shows what others run', async ({ playground }) => {
  await playground.run('B', 'MONITOR', 'OK')
  await expect(playground.client('B')).toContainText('sees every command')
  await playground.run('A', 'SET k "two words"', 'OK')
  await expect(playground.log('B')).toContainText(/\[0 127\.0\.0\.1:\d+\] "SET" "k" "two words"/)
  await playground.run('B', 'RESET', 'RESET')
  await playground.run('A', 'SET other 1', 'OK')
  await expect(playground.log('B')).not.toContainText('other')
})

test('SHUTDOWN SAVE: every client says so, and the next command finds the keys again', async ({ playground }) => {
  await playground.run('A', 'SET k v', 'OK')
  await playground.send('B', 'BLPOP jobs 0')
  await expect(playground.log('B')).toContainText('waiting for jobs')
  await playground.send('A', 'SHUTDOWN SAVE')
  const down = 'The server has stopped. The next command starts it again, with the keys of its snapshot.'
  await playground.ends('A', `> SHUTDOWN SAVE ${down}`)
  await playground.ends('B', down)
  for (const name of ['A', 'B']) await expect(playground.client(name)).toContainText('not connected>')
  await expect(playground.key('k')).toBeVisible()
  await playground.run('A', 'GET k', '"v"')
  await expect(playground.client('B')).toContainText('not connected>')
  await playground.run('B', 'RPUSH jobs paint', '(integer) 1')
  await expect(playground.client('B')).not.toContainText('not connected: ')
  await playground.run('B', 'GET k', '"v"')
})

test('QUIT: the console stays, and connects again, after a reload too', async ({ playground }) => {
  await playground.run('B', 'SELECT 2', 'OK')
  await playground.send('B', 'QUIT')
  await playground.ends('B', '> QUIT OK The server closed this connection. The next command connects again.')
  await playground.saved()
  await playground.reload()
  await expect(playground.client('B')).toContainText('not connected>')
  await playground.run('B', 'SET k v', 'OK')
  await playground.run('B', 'CLIENT ID', '(integer) 3')
  await playground.run('A', 'GET k', '"v"')
})

test('a password: who comes later has to give it', async ({ playground }) => {
  await playground.run('A', 'CONFIG SET requirepass secret', 'OK')
  await playground.run('B', 'PING', 'PONG')
  await playground.run('B', 'RESET', 'RESET')
  await playground.run('B', 'PING', '(error) NOAUTH Authentication required.')
  await playground.run('B', 'AUTH secret', 'OK')
  await playground.run('B', 'PING', 'PONG')
})

test('CLIENT PAUSE: a write waits, says why, and runs at the end', async ({ playground }) => {
  await playground.run('A', 'CLIENT PAUSE 100000 WRITE', 'OK')
  await playground.send('B', 'SET k v')
  await expect(playground.log('B')).toContainText('held back by CLIENT PAUSE')
  await playground.run('A', 'GET k', '(nil)')
  await playground.run('A', 'CLIENT UNPAUSE', 'OK')
  await playground.ends('B', '> SET k v OK')
})
