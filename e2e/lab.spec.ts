// The durability lab: what a crash took, key by key, and dump.rdb as a file that one takes out, brings back and opens.
import { readFileSync } from 'node:fs'
import { expect, test } from './playground.ts'

test('tells key by key what a crash took, and dump.rdb goes out and comes back', async ({ playground }) => {
  await playground.open()
  const { page, bar } = playground
  for (const line of ['SET kept 1', 'SET gone 1']) await playground.run('A', line, 'OK')
  await playground.button('Move the clock').click()
  await page.getByRole('button', { name: 'Durability lab' }).click()
  const lab = page.getByRole('dialog', { name: 'Durability lab' })
  await expect(lab).toContainText('There is no snapshot yet')
  await expect(lab).toContainText('Nothing has befallen the server yet.')
  await lab.getByRole('button', { name: 'SAVE', exact: false }).first().click()
  await expect(lab.getByRole('listitem')).toContainText(/dump\.rdb.*\d+ bytes/)
  await page.keyboard.press('Escape')
  await expect(lab).toHaveCount(0)
  await playground.run('A', 'SET kept 2', 'OK')
  await playground.run('A', 'DEL gone', '(integer) 1')
  await playground.run('A', 'RPUSH lost a b', '(integer) 2')
  await playground.button('Move the clock').click()
  await page.getByRole('dialog', { name: 'Move the clock' }).getByRole('button', { name: 'Crash the server' }).click()
  await bar.getByRole('button', { name: 'Details' }).click()
  const rows = lab.getByRole('table', { name: 'What the last restart brought' }).getByRole('row')
  await expect(rows).toHaveText([/Key/, /lost.*list 2 elements/, /kept.*older.*"?2"?.*"?1"?/, /gone.*back/])

  const downloading = page.waitForEvent('download')
  await lab.getByRole('button', { name: 'Download: dump.rdb' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('dump.rdb')
  const bytes = readFileSync(await download.path())
  expect(bytes.subarray(0, 9).toString()).toBe('REDIS0012')

  await page.keyboard.press('Escape')
  await playground.run('A', 'FLUSHALL', 'OK')
  await playground.run('A', 'SAVE', 'OK')
  await playground.button('Move the clock').click()
  await page.getByRole('button', { name: 'Durability lab' }).click()
  await lab.getByLabel('Replace: dump.rdb').setInputFiles({ name: 'x.rdb', mimeType: '', buffer: bytes })
  await expect(lab).toContainText('dump.rdb is on the disk')
  await lab.getByRole('button', { name: 'Restart' }).click()
  await expect(rows).toHaveText([/Key/, /(gone|kept).*back/, /(gone|kept).*back/])
  await page.keyboard.press('Escape')
  await playground.run('A', 'GET kept', '"1"')
})
