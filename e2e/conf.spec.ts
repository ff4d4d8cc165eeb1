// redis.conf: pasted, explained line by line, saved, started with; and one that is refused in the server's words.
import { expect, test } from './playground.ts'

const notes = `# the notes' own
port              6379
daemonize         yes
save              60 1
bind              127.0.0.1
tcp-keepalive     300
dbfilename        hats.rdb
dir               ./
rdbcompression    yes
`

test('the notes’ file is explained, saved, and the server starts with it', async ({ playground }) => {
  await playground.open()
  const { page } = playground
  const box = page.getByRole('dialog', { name: 'Durability lab' })
  const open = async () => {
    await playground.button('Move the clock').click()
    await page.getByRole('button', { name: 'Durability lab' }).click()
  }
  await open()
  const file = box.getByRole('textbox', { name: 'redis.conf, line by line' })
  const lines = box.getByRole('list', { name: 'What each line means here' }).getByRole('listitem')
  await expect(box).toContainText('There is no redis.conf yet')
  await file.fill(notes)
  await expect(file).toHaveAccessibleDescription('4 take effect, 4 do nothing here, 0 refused.')
  await expect(lines).toHaveText([
    /2.*port 6379.*does nothing here.*no sockets/,
    /daemonize yes.*does nothing here.*no process/,
    /save 60 1.*takes effect.*a snapshot is written/,
    /bind 127\.0\.0\.1.*does nothing here.*no sockets/,
    /tcp-keepalive 300.*does nothing here.*no sockets/,
    /dbfilename hats\.rdb.*takes effect.*only a start sets it/i,
    /dir \.\/.*takes effect/,
    /rdbcompression yes.*takes effect.*compressed/,
  ])
  await expect(box).toContainText('Not on the disk yet.')
  await box.getByRole('button', { name: 'Save and start again' }).click()
  await expect(box.getByRole('status').first()).toContainText('has started again')
  await page.keyboard.press('Escape')
  await playground.run('A', 'CONFIG GET save', '1) "save" 2) "60 1"')
  await playground.run('A', 'CONFIG GET dbfilename', '1) "dbfilename" 2) "hats.rdb"')
  await playground.run('A', 'SET hat:1 red', 'OK')
  const clock = page.getByRole('group', { name: "The server's clock" })
  for (let minute = 0; minute < 2; minute++) await clock.getByRole('button', { name: '+1 min' }).click()
  await open()
  await expect(box.getByRole('listitem').filter({ hasText: /hats\.rdb.*bytes/ })).toBeVisible()

  // A line that the server refuses: marked, and no restart.
  await file.fill(`${notes}maxmemory lots\n`)
  await expect(file).toHaveAttribute('aria-invalid', 'true')
  await expect(lines.last()).toHaveText(/10.*maxmemory lots.*refused.*argument must be a memory value/)
  await box.getByRole('button', { name: 'Save and start again' }).click()
  await expect(box.getByRole('figure')).toContainText(
    /FATAL CONFIG FILE ERROR \(Redis 8\.0\.2\).*at line 10.*>>> 'maxmemory lots'.*argument must be a memory value/s,
  )
  await expect(box.getByRole('status').first()).toContainText('line 10 of redis.conf is refused')
  await page.keyboard.press('Escape')
  await playground.run('A', 'GET hat:1', '"red"')
})
