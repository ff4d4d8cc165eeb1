// dump.rdb in the page: a real server's file, and one of our own, open as sessions of their own; a damaged one is told, with what
// can be saved of it; and the lab gives it out for older servers.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from '@playwright/test'
import { damageIn, unreadIn } from '../src/app/i18n/damage.ts'
import { labMessages } from '../src/app/i18n/lab.ts'
import { serverMessages } from '../src/app/i18n/server.ts'
import { shareMessages } from '../src/app/i18n/share.ts'
import { snapshotMessages } from '../src/app/i18n/snapshot.ts'
import { readRdb } from '../src/rdb/file.ts'
import { expect, Playground, test } from './playground.ts'

/**
 * Written by redis-server 8.0.2: ten keys of every kind in two databases, of which one has expired since, one expires in 2100 and
 * one has a field that does; a stream with a group; a library of functions.
 */
const real = readFileSync(fileURLToPath(new URL('fixtures/redis-8.0.2.rdb', import.meta.url)))

const s = shareMessages.en
const words = snapshotMessages.en
const lab = labMessages.en

const card = (page: Page) =>
  page.getByRole('dialog', { name: new RegExp(`${words.title}|${words.damaged}|${s.cannot}`) })

const dump = (buffer: Buffer, name = 'dump.rdb') => ({ name, mimeType: 'application/octet-stream', buffer })

/** Chooses a file from the menu of sessions. */
async function openFile(playground: Playground, file: ReturnType<typeof dump>): Promise<Locator> {
  await (await playground.sessions()).getByLabel('Open a file…').setInputFiles(file)
  return card(playground.page)
}

async function openLab({ page }: Playground): Promise<Locator> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Commands, keys, lessons, actions' }).fill('durability')
  await page.keyboard.press('Enter')
  return page.getByRole('dialog', { name: 'Durability lab' })
}

async function taken(page: Page, press: Locator): Promise<Buffer> {
  const downloading = page.waitForEvent('download')
  await press.click()
  return readFileSync(await (await downloading).path())
}

test('a real server’s file opens as a session of its own by the keyboard alone, and goes out for an older one', async ({
  playground,
  page,
}) => {
  await playground.open()
  await playground.run('A', 'SET mine 1', 'OK')
  await playground.saved()
  const list = await playground.sessions()
  // It is all there, and nothing moves the focus any more.
  await expect(list.getByRole('button', { name: /this one/ })).toBeVisible()
  const choosing = page.waitForEvent('filechooser')
  await list.getByLabel('Open a file…').press('Enter')
  await (await choosing).setFiles(dump(real, 'shop.rdb'))
  const told = card(page)
  await expect(told).toContainText(/shop\.rdb.*583 bytes/)
  await expect(told).toContainText(`${words.redis('8.0.2')} · ${words.format(12)}`)
  await expect(told).toContainText(/Made.*2026/)
  await expect(told).toContainText(/10 keys.*string 5.*hash 2.*list 1.*set 1.*zset 1.*database 0: 9 · database 3: 1/)
  await expect(told).toContainText(`${words.ttl}2 keys ${words.expired('1')}`)
  await expect(told).toContainText('1 library of functions and 1 stream, which this page cannot read yet.')
  await expect(told).toContainText(words.untouched)
  await told.getByRole('button', { name: s.openIt }).press('Enter')
  await expect(told).toHaveCount(0)
  await expect(playground.button('Undo')).toBeDisabled()
  await playground.run('A', 'GET greeting', String.raw`"\xec\x95\x88\xeb\x85\x95" reads 안녕`)
  await playground.run('A', 'EXPIRETIME offer', '(integer) 4102444800')
  await playground.run('A', 'HEXPIRETIME cart:7 FIELDS 1 hat:82728394', '1) (integer) 4102444800')
  await playground.run('A', 'EXISTS flash events', '(integer) 0')
  await playground.run('A', 'ZRANGE board 0 -1 WITHSCORES', '1) "ben" 2) "7.5" 3) "ann" 4) "12"')
  for (let i = 0; i < 5; i++) await playground.button('Undo').click()
  await expect(playground.button('Undo')).toBeDisabled()
  await expect(playground.bar).toContainText('9 keys')
  await expect(
    (await playground.sessions()).getByRole('button', { name: /^shop\.rdb.*9 keys.*this one|mine|1 key/ }),
  ).toHaveCount(2)
  await page.keyboard.press('Escape')

  const box = await openLab(playground)
  await box.getByLabel(lab.forServer('dump.rdb')).selectOption(lab.versions[10])
  await box.getByRole('button', { name: 'Download: dump.rdb' }).click()
  const without = box.getByRole('alert')
  await expect(without).toContainText(lab.formless('1', 10))
  await expect(without.getByRole('listitem')).toHaveText('cart:7 fields with a time to live came with Redis 7.4')
  await expect(without).toContainText(lab.unreadToo('1 library of functions and 1 stream'))
  const older = readRdb(await taken(page, without.getByRole('button', { name: lab.without })))
  await expect(without).toHaveCount(0)
  expect(older).toMatchObject({ version: 10, damage: null })
  const whole = readRdb(real).keys.map(({ key }) => key)
  expect(older.keys.map(({ key }) => key)).toEqual(whole.filter((key) => key !== 'cart:7'))
  await box.getByLabel(lab.forServer('dump.rdb')).selectOption(lab.versions[12])
  expect(await taken(page, box.getByRole('button', { name: 'Download: dump.rdb' }))).toEqual(real)
})

test('what one session saved is dropped into another browser, and is the same there', async ({
  playground,
  page,
  browser,
}) => {
  await playground.open()
  for (const [line, reply] of [
    ['SET k 한국 PXAT 4102444800000', 'OK'],
    ['HSET h f v', '(integer) 1'],
    ['RPUSH l a b', '(integer) 2'],
    ['SAVE', 'OK'],
  ] as const)
    await playground.run('A', line, reply)
  await playground.send('A', 'DEBUG DIGEST')
  await expect(playground.log('A')).toContainText(/[0-9a-f]{40}/)
  const digest = /[0-9a-f]{40}/.exec(await playground.log('A').innerText())![0]
  const box = await openLab(playground)
  const bytes = await taken(page, box.getByRole('button', { name: 'Download: dump.rdb' }))

  const other = new Playground(await (await browser.newContext()).newPage())
  await other.visit(new URL(page.url()).search)
  await other.page.evaluate((bytes) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([new Uint8Array(bytes)], 'dump.rdb'))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  }, Array.from(bytes))
  await expect(card(other.page)).toContainText(/3 keys.*string 1.*hash 1.*list 1/)
  await card(other.page).getByRole('button', { name: s.openIt }).click()
  await expect(card(other.page)).toHaveCount(0)
  await other.run('A', 'DEBUG DIGEST', digest)
  await other.run('A', 'PEXPIRETIME k', '(integer) 4102444800000')
  await other.saved()
  await other.reload()
  await other.run('B', 'LRANGE l 0 -1', '1) "a" 2) "b"')
})

test('a damaged file says where and why, and what stands before is opened; the lab says it too', async ({
  playground,
  page,
}) => {
  await playground.open()
  const cut = real.subarray(0, 480)
  const { damage, keys } = readRdb(cut)
  expect(damage).toMatchObject({ kind: 'cut', key: 'cart:7' })
  const told = await openFile(playground, dump(cut))
  const sentence = damageIn('en', damage!)
  await expect(told.getByRole('alert')).toContainText(`A${sentence.slice(1)}.`)
  await expect(told.getByRole('alert')).toContainText(damage!.reason)
  await expect(told).toContainText(`${words.before}${keys.length} keys`)
  await told.getByRole('button', { name: words.openBefore(String(keys.length)) }).click()
  await expect(playground.bar).toContainText(`${keys.length} keys`)

  const changed = Buffer.from(real)
  changed[changed.length - 1]! ^= 1
  await openFile(playground, dump(changed))
  await expect(told.getByRole('alert')).toContainText(words.doubtful)
  await page.keyboard.press('Escape')
  await expect(told).toHaveCount(0)
  for (const [file, says] of [
    [real.subarray(0, 9), damageIn('en', readRdb(real.subarray(0, 9)).damage!)],
    [Buffer.from('REDIS0013'), words.newer(13)],
    [Buffer.from('no snapshot'), 'It is no RDB file.'],
  ] as const) {
    await openFile(playground, dump(file))
    await expect(told.getByRole('alert')).toContainText(says.slice(1))
    await expect(told.getByRole('button')).toHaveText([/Dismiss|Close/])
    await page.keyboard.press('Escape')
  }

  const box = await openLab(playground)
  await box.getByLabel('Replace: dump.rdb').setInputFiles(dump(cut))
  await expect(box).toContainText(lab.laidDamaged('dump.rdb', sentence, true))
  await box.getByLabel(lab.forServer('dump.rdb')).selectOption(lab.versions[11])
  await box.getByRole('button', { name: 'Download: dump.rdb' }).click()
  await expect(box).toContainText(lab.unconvertible('dump.rdb', sentence))
  await box.getByRole('button', { name: 'Restart' }).click()
  const last = box.getByRole('region', { name: lab.last })
  await expect(last).toContainText(`dump.rdb cannot be read: ${sentence}`)
  await expect(last).toContainText(damage!.reason)
  await box.getByLabel('Replace: dump.rdb').setInputFiles(dump(real))
  await expect(box).toContainText(lab.laid('dump.rdb'))
  await box.getByRole('button', { name: 'Restart' }).click()
  await expect(last).toContainText(serverMessages.en.unread(unreadIn('en', [...readRdb(real).unread])))
})
