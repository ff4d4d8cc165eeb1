// What a killed browser leaves of a session: for real, with a browser and a profile of its own.
import type { Page } from '@playwright/test'
import { OwnBrowser } from './own-browser.ts'
import { expect, test, type Playground } from './playground.ts'

/** Starting a browser again and again takes its time, on a busy machine too. */
test.setTimeout(300_000)

/**
 * The moments of saving at which a browser is killed: before an operation on a store, while all is asked for but nothing
 * said to be the end, right after that, when it is known, when it is read back.
 */
const phases = [
  'add owners',
  'delete owners',
  'put heads',
  'put logs',
  'put images',
  'put notebooks',
  'commit',
  'committed',
  'complete',
  'get heads',
  'get images',
  'idle',
] as const
/** `KILLS=5 npm run torture` goes through them five times. */
const rounds = Number(process.env['KILLS'] ?? 1)

/** Lets the worker ask for its end at a moment of saving; it stands still until that comes. */
async function mine(page: Page, phase: string): Promise<{ readonly reached: Promise<void> }> {
  let stopped = () => undefined as void
  const reached = new Promise<void>((done) => (stopped = done))
  await page.context().route('**/killed', () => stopped())
  await page.workers()[0]!.evaluate((phase) => {
    const stop = () => {
      const request = new XMLHttpRequest()
      request.open('GET', new URL('killed', location.href), false)
      request.send()
    }
    const [what, name] = phase.split(' ')
    const stores = IDBObjectStore.prototype as unknown as Record<string, (...args: unknown[]) => unknown>
    if (name !== undefined) {
      const real = stores[what!]!
      stores[what!] = function (this: IDBObjectStore, ...args) {
        if (this.name === name) stop()
        return real.apply(this, args)
      }
      return
    }
    const commit = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'commit')!.value as () => void
    IDBTransaction.prototype.commit = function () {
      if (phase === 'commit') stop()
      if (phase === 'complete') this.addEventListener('complete', stop)
      commit.call(this)
      if (phase === 'committed') stop()
    }
  }, phase)
  return { reached }
}

/** How far the two counters came that a transaction moves together. One that was open when all ended is open again. */
async function counters(playground: Playground): Promise<number> {
  await playground.send('A', 'DISCARD')
  await playground.send('B', 'MGET one other')
  const shown = /1\) "(\d+)"\s+2\) "(\d+)"\s*$/
  await expect.poll(() => playground.log('B').innerText()).toMatch(shown)
  const [, one, other] = shown.exec(await playground.log('B').innerText())!
  expect(one).toBe(other)
  return Number(one)
}

test('killed at twelve moments of saving: what was called saved is there, no transaction is half there', async ({
  baseURL,
}) => {
  const browser = new OwnBrowser(baseURL!)
  try {
    let playground = await browser.start()
    await playground.run('A', 'MSET one 0 other 0', 'OK')
    await expect(playground.bar).toContainText(/saved \d/)
    let value = 0
    for (const phase of Array.from({ length: rounds }, () => phases).flat()) {
      const { reached } = await mine(playground.page, phase)
      await playground.send('A', 'MULTI')
      await playground.send('A', 'INCR one')
      await playground.send('A', 'INCR other')
      await playground.send('A', 'EXEC')
      // A page that may go has an image among what it saves.
      await playground.page.evaluate(() => dispatchEvent(new Event('pagehide'))).catch(() => undefined)
      if (phase === 'idle') await expect(playground.bar).toContainText(/saved \d/)
      else await reached
      await browser.kill()
      playground = await browser.start()
      const found = await counters(playground)
      // All that was told to be saved, and at most what was being saved then.
      expect(found, phase).toBeGreaterThanOrEqual(phase === 'idle' ? value + 1 : value)
      expect(found, phase).toBeLessThanOrEqual(value + 1)
      await expect(playground.bar).not.toContainText('damaged')
      value = found
    }
  } finally {
    await browser.end()
  }
})
