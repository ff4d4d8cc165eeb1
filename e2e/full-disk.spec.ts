// What a full disk leaves of a session: for real, in a browser whose profile lies on a small file system of its own. Mounting
// one wants the rights of root, or user namespaces.
import type { Page } from '@playwright/test'
import { OwnBrowser } from './own-browser.ts'
import { expect, test } from './playground.ts'

/** Filling a disk takes its time, on a busy machine too. */
test.setTimeout(300_000)

/** Writes to a storage of its own until nothing more goes in; `gone` lets go of it again. */
async function fill(page: Page): Promise<void> {
  const full = await page.evaluate(async () => {
    const open = indexedDB.open('filler', 1)
    open.onupgradeneeded = () => open.result.createObjectStore('a', { autoIncrement: true })
    await new Promise((done) => (open.onsuccess = done))
    for (const size of [8 << 20, 1 << 20, 1 << 16, 1 << 12])
      for (;;) {
        const at = open.result.transaction('a', 'readwrite')
        at.objectStore('a').add(crypto.getRandomValues(new Uint8Array(65536)).slice(0, Math.min(size, 65536)))
        for (let more = 65536; more < size; more += 65536)
          at.objectStore('a').add(crypto.getRandomValues(new Uint8Array(65536)))
        const isFull = await new Promise<boolean>((done) => {
          at.oncomplete = () => done(false)
          at.onabort = () => done(true)
        })
        if (isFull) break
      }
    open.result.close()
    return true
  })
  expect(full).toBe(true)
}

test('a disk that is full is told; the last good state opens; with room it is saved again', async ({ baseURL }) => {
  const browser = new OwnBrowser(baseURL!, '160m')
  try {
    const playground = await browser.start()
    const { page } = playground
    await playground.run('A', 'SET kept 1', 'OK')
    await playground.saved()
    await fill(page)
    await playground.run('A', 'SETRANGE big 3000000 x', '(integer) 3000001')
    await page.evaluate(() => dispatchEvent(new Event('pagehide')))
    for (let i = 0; i < 20 && !/Not saved/.test(await playground.bar.innerText()); i++)
      await playground.run('A', `SET more${i} ${'x'.repeat(5000)}`, 'OK')
    await expect(playground.bar).toContainText('Not saved: the browser’s storage is full.')
    const file = page.waitForEvent('download')
    await playground.button('Download this session').click()
    expect((await file).suggestedFilename()).toMatch(/\.rediscover$/)
    const again = await browser.open(await page.context().newPage())
    await again.run('A', 'GET kept', '"1"')
    await again.page.close()
    await page.evaluate(() => new Promise((done) => (indexedDB.deleteDatabase('filler').onsuccess = done)))
    await expect(playground.bar).toContainText(/saved \d/, { timeout: 30_000 })
    await playground.saved()
    await playground.reload()
    await playground.run('A', 'EXISTS kept big', '(integer) 2')
  } finally {
    await browser.end()
  }
})
