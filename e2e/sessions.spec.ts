import type { Page } from '@playwright/test'
import { expect, Playground, test } from './playground.ts'

test('after a reload all is there again: keys, time to live, rows, history', async ({ playground }) => {
  await playground.open()
  await playground.run('A', 'SET offer 1 EX 1000', 'OK')
  await playground.run('A', 'HSET hat color black', '(integer) 1')
  await playground.run('B', 'GET nothing', '(nil)')
  await playground.run('A', 'SELECT 2', 'OK')
  await playground.run('A', 'RPUSH jobs 서울', '(integer) 1')
  await playground.saved()
  await playground.reload()
  await playground.ends('A', '127.0.0.1:6379[2]> RPUSH jobs 서울 (integer) 1')
  await playground.shows('A', '> SET offer 1 EX 1000 OK')
  await playground.shows('A', '> HSET hat color black (integer) 1')
  await playground.ends('B', '> GET nothing (nil)')
  await expect(playground.key('jobs')).toBeVisible()
  await playground.run('A', 'LRANGE jobs 0 -1', String.raw`1) "\xec\x84\x9c\xec\x9a\xb8" reads 서울`)
  await playground.run('B', 'HGET hat color', '"black"')
  await playground.send('B', 'TTL offer')
  await playground.shows('B', '> TTL offer (integer) 9')
  await playground.prompt('A').press('ArrowUp')
  await playground.prompt('A').press('ArrowUp')
  await expect(playground.prompt('A')).toHaveValue('RPUSH jobs 서울')
})

test('what was answered is there even when the page is reloaded at once', async ({ playground }) => {
  await playground.open()
  await playground.run('A', 'SET offer 1', 'OK')
  await playground.run('A', 'SET hat black', 'OK')
  await playground.reload()
  await playground.run('A', 'MGET offer hat', '1) "1" 2) "black"')
})

test('time goes on while the page is away', async ({ page, playground }) => {
  await playground.open()
  await playground.run('A', 'SET stays 1', 'OK')
  await playground.run('A', 'SET offer 1 EX 2', 'OK')
  await playground.saved()
  await page.goto('about:blank')
  const until = Date.now() + 2100
  await expect.poll(() => Date.now()).toBeGreaterThan(until)
  await playground.open()
  await expect(playground.key('stays')).toBeVisible()
  await playground.run('A', 'EXISTS offer', '(integer) 0')
})

test('an open transaction and a watch are there after a reload', async ({ playground }) => {
  await playground.open()
  await playground.run('A', 'WATCH hats', 'OK')
  await playground.run('A', 'MULTI', 'OK')
  await playground.run('A', 'SET hats 1', 'QUEUED')
  await playground.run('B', 'MULTI', 'OK')
  await playground.run('B', 'INCR shoes', 'QUEUED')
  await playground.saved()
  await playground.reload()
  await expect(playground.client('A')).toContainText('1 queued')
  await expect(playground.client('A')).toContainText('watching hats')
  await playground.run('B', 'EXEC', '1) (integer) 1')
  await playground.shows('B', '127.0.0.1:6379(TX)> EXEC')
  await playground.run('B', 'SET hats 2', 'OK')
  await playground.send('A', 'EXEC')
  await playground.shows('A', '127.0.0.1:6379(TX)> EXEC (nil) Refused: B changed hats with SET')
  await playground.run('A', 'GET hats', '"2"')
})

test('a client that waits still waits after a reload', async ({ playground }) => {
  await playground.open()
  await playground.send('A', 'BLPOP jobs 0')
  await expect(playground.log('A')).toContainText('waiting for jobs')
  await playground.saved()
  await playground.reload()
  await expect(playground.log('A')).toContainText('waiting for jobs')
  await playground.run('B', 'RPUSH jobs paint', '(integer) 1')
  await playground.ends('A', '> BLPOP jobs 0 1) "jobs" 2) "paint"')
})

test('undo takes the last command back, redo brings it again', async ({ page, playground }) => {
  await playground.open()
  await expect(playground.button('Undo')).toBeDisabled()
  await playground.run('A', 'SET a 1', 'OK')
  await playground.run('B', 'SET a 2', 'OK')
  await playground.button('Undo').click()
  await expect(page.getByRole('contentinfo').getByRole('status')).toHaveText('Taken back: SET a 2')
  await playground.ends('B', '> SET a 2 OK taken back')
  await expect(playground.value).toContainText('"1"')
  await playground.button('Redo').click()
  await expect(page.getByRole('contentinfo').getByRole('status')).toHaveText('Brought back: SET a 2')
  await expect(playground.value).toContainText('"2"')
  await playground.ends('B', '> SET a 2 OK')
  await expect(playground.button('Redo')).toBeDisabled()
  await playground.send('A', 'undo')
  await playground.ends('A', '> undo Taken back: SET a 2')
  await playground.run('A', 'GET a', '"1"')
  await expect(playground.button('Redo')).toBeDisabled()
  await playground.send('A', 'redo')
  await playground.ends('A', '> redo There is nothing to bring back.')
})

test('undo reaches over a reload, and frees a client that waits', async ({ playground }) => {
  await playground.open()
  await playground.run('A', 'SET a 1', 'OK')
  await playground.run('A', 'DEL a', '(integer) 1')
  await playground.saved()
  await playground.reload()
  await playground.button('Undo').click()
  await expect(playground.key('a')).toBeVisible()
  await playground.send('A', 'BLPOP jobs 0')
  await expect(playground.log('A')).toContainText('waiting for jobs')
  await playground.send('A', 'undo')
  await expect(playground.log('A')).not.toContainText('waiting for jobs')
  await playground.run('A', 'GET a', '"1"')
})

test('reset empties all, and can itself be taken back', async ({ playground }) => {
  await playground.open()
  await playground.run('A', 'SET a 1', 'OK')
  await playground.run('B', 'MULTI', 'OK')
  await playground.button('Reset').click()
  await expect(playground.bar).toContainText('0 keys')
  await expect(playground.keys.getByRole('treeitem')).toHaveCount(0)
  await playground.run('B', 'DBSIZE', '(integer) 0')
  await playground.shows('B', '127.0.0.1:6379> DBSIZE')
  await playground.send('A', 'undo')
  await playground.ends('A', '> undo Taken back: DBSIZE')
  await playground.send('A', 'undo')
  await playground.ends('A', '> undo The reset was taken back. Your keys are here again.')
  await playground.run('A', 'GET a', '"1"')
  await playground.run('B', 'GET a', 'QUEUED')
})

test('a new session keeps the old one, one may go back, and both are kept', async ({ playground }) => {
  await playground.open()
  await playground.run('A', 'MSET a 1 b 2', 'OK')
  let list = await playground.sessions()
  await list.getByRole('button', { name: 'New session' }).click()
  await expect(playground.bar).toContainText('0 keys')
  await expect(playground.log('A')).not.toContainText('MSET')
  await playground.run('A', 'SET c 3', 'OK')
  await playground.run('A', 'EXISTS a', '(integer) 0')
  list = await playground.sessions()
  await expect(list.getByRole('button', { name: /1 key · .*this one/ })).toBeVisible()
  await list.getByRole('button', { name: /2 keys/ }).click()
  await playground.ends('A', '> MSET a 1 b 2 OK')
  await playground.run('A', 'EXISTS a b c', '(integer) 2')
  list = await playground.sessions()
  await list.getByRole('button', { name: /1 key/ }).click()
  await playground.ends('A', '> EXISTS a (integer) 0')
  await expect(playground.key('c')).toBeVisible()
  await playground.saved()
  await playground.reload()
  await expect(playground.key('c')).toBeVisible()
})

test('a session is renamed and removed', async ({ playground }) => {
  await playground.open()
  await playground.run('A', 'SET a 1', 'OK')
  let list = await playground.sessions()
  await list.getByRole('button', { name: /^Rename: / }).click()
  await list.getByRole('textbox', { name: 'Name of the session' }).fill('첫 세션')
  await list.getByRole('textbox', { name: 'Name of the session' }).press('Enter')
  await expect(list.getByRole('button', { name: /^첫 세션 1 key/ })).toBeVisible()
  await list.getByRole('button', { name: 'New session' }).click()
  await expect(playground.bar).toContainText(/^0 keys.*saved \d/)
  await playground.reload()
  list = await playground.sessions()
  await expect(list.getByRole('button', { name: /^첫 세션 1 key/ })).toBeVisible()
  await list.getByRole('button', { name: 'Delete: 첫 세션' }).click()
  await expect(list.getByRole('status')).toHaveText('Deleted: 첫 세션')
  await expect(list.getByRole('button', { name: /1 key/ })).toHaveCount(0)
  await expect(list.getByRole('button', { name: /0 keys/ })).toHaveCount(1)
})

/** Ends the worker: by an error that nobody catches, or without a word. */
async function kill(page: Page, how: 'throw' | 'close'): Promise<void> {
  const worker = page.workers()[0]!
  const gone = worker.waitForEvent('close')
  await worker.evaluate((how) => {
    if (how === 'throw')
      setTimeout(() => {
        throw new Error('boom')
      })
    else self.close()
  }, how)
  await gone
}

/** Takes out what a worker that was made to throw is bound to say. */
function expectBoom(faults: string[]): void {
  const others = faults.filter((fault) => !fault.includes('boom'))
  faults.splice(0, faults.length, ...others)
}

async function prepare(playground: Playground): Promise<void> {
  await playground.open()
  await playground.run('A', 'SET kept 1', 'OK')
  await playground.run('A', 'SET offer 1 EX 1000', 'OK')
  await playground.run('A', 'WATCH kept', 'OK')
  await playground.run('A', 'MULTI', 'OK')
  await playground.run('A', 'INCR kept', 'QUEUED')
  await playground.run('B', 'SET last 1', 'OK')
}

async function expectAll(playground: Playground): Promise<void> {
  await playground.run('B', 'EXISTS kept offer last', '(integer) 3')
  await playground.run('A', 'EXEC', '1) (integer) 2')
  await playground.shows('A', '127.0.0.1:6379(TX)> EXEC')
  await expect(playground.key('kept')).toBeVisible()
  await playground.run('B', 'SET after 1', 'OK')
  await expect(playground.key('after')).toBeVisible()
}

test('a worker that throws is replaced, and nothing is lost', async ({ page, playground, faults }) => {
  await prepare(playground)
  await kill(page, 'throw')
  await expectAll(playground)
  expectBoom(faults)
  await playground.saved()
  await playground.reload()
  await playground.run('B', 'EXISTS kept offer last after', '(integer) 4')
})

test('a worker that dies while a client waits: it waits on', async ({ page, playground, faults }) => {
  await playground.open()
  await playground.send('A', 'BLPOP jobs 0')
  await expect(playground.log('A')).toContainText('waiting for jobs')
  await kill(page, 'throw')
  await playground.run('B', 'RPUSH jobs paint', '(integer) 1')
  await playground.ends('A', '> BLPOP jobs 0 1) "jobs" 2) "paint"')
  expectBoom(faults)
})

test('workers may die again and again, if work was saved between', async ({ page, playground, faults }) => {
  await playground.open()
  for (const round of [1, 2, 3, 4, 5]) {
    await playground.run('A', 'INCR rounds', `(integer) ${round}`)
    await expect(playground.bar).toContainText(/saved \d/)
    await kill(page, 'throw')
    await playground.run('B', 'GET rounds', `"${round}"`)
  }
  expectBoom(faults)
})

test('a worker that is gone without a word is found out', async ({ page, playground }) => {
  await page.clock.install()
  await prepare(playground)
  await playground.saved()
  await kill(page, 'close')
  await page.clock.fastForward(10_000)
  await page.clock.fastForward(8_000)
  await expect.poll(() => page.workers().length).toBe(1)
  await expectAll(playground)
})

test('a second tab works in a copy, and says so', async ({ context, playground }) => {
  await playground.open()
  await playground.run('A', 'SET a 1', 'OK')
  await playground.saved()
  const page = await context.newPage()
  const second = new Playground(page)
  await second.open()
  await expect(second.bar).toContainText('This session is open in another tab. You are working in a copy of it.')
  await second.run('A', 'GET a', '"1"')
  await second.run('A', 'SET a 2', 'OK')
  await playground.run('A', 'GET a', '"1"')
  await expect(playground.bar).not.toContainText('another tab')
  await second.saved()
  await second.reload()
  await second.run('B', 'GET a', '"2"')
})

test('a second tab takes the session over: the first is told, writes no more, and may keep its own', async ({
  context,
  playground,
}) => {
  test.setTimeout(120_000)
  await playground.open()
  await playground.run('A', 'SET a 1', 'OK')
  await playground.saved()
  const second = new Playground(await context.newPage())
  await second.open()
  await expect(second.bar).toContainText('You are working in a copy of it.')
  await second.button('Take it over here').click()
  await expect(second.bar).not.toContainText('copy')
  await expect(playground.bar).toContainText('Another tab has taken this session over.')
  await second.run('A', 'SET b 2', 'OK')
  await playground.run('A', 'SET mine 1', 'OK')
  await expect(playground.bar).toContainText('What you do here is not kept.')
  await second.saved()
  await second.reload()
  await second.run('A', 'EXISTS a b mine', '(integer) 2')
  // The copy in which nothing was done is gone again.
  await expect((await second.sessions()).getByRole('listitem')).toHaveCount(1)
  await playground.button('Keep mine as a session of its own').click()
  await expect(playground.bar).toContainText(/saved \d/)
  await playground.reload()
  await playground.run('A', 'EXISTS a b mine', '(integer) 2')
  await expect((await playground.sessions()).getByRole('listitem')).toHaveCount(2)
})

/** Stops a page's worker in the middle of a turn, as a browser freezes a tab; returns how to wake it. */
async function freeze(page: Page): Promise<() => Promise<void>> {
  let wake = () => undefined as void
  let stopped = () => undefined as void
  const woken = new Promise<void>((done) => (wake = done))
  const asked = new Promise<void>((done) => (stopped = done))
  await page.context().route('**/frozen', async (route) => {
    stopped()
    await woken
    // Of a worker that was ended meanwhile nobody waits for it.
    await route.fulfill({ body: '' }).catch(() => undefined)
  })
  await page.workers()[0]!.evaluate(() => {
    setTimeout(() => {
      const request = new XMLHttpRequest()
      request.open('GET', new URL('frozen', location.href), false)
      request.send()
    })
  })
  await asked
  return async () => {
    wake()
    await page.context().unroute('**/frozen')
  }
}

test('ten times a session goes from tab to tab, three times from one that is frozen: one writes', async ({
  context,
  playground,
}) => {
  test.setTimeout(120_000)
  await playground.open()
  await playground.run('A', 'SET turns 0', 'OK')
  await playground.saved()
  const tabs = [playground, new Playground(await context.newPage()), new Playground(await context.newPage())]
  await tabs[1]!.open()
  await tabs[2]!.open()
  for (let turn = 1; turn <= 10; turn++) {
    const [from, to] = [tabs[(turn - 1) % 3]!, tabs[turn % 3]!]
    const wake = turn % 3 === 0 ? await freeze(from.page) : null
    await to.button(/^Take it (?:over here|back)$/).click()
    await expect(to.bar).not.toContainText(/copy of it|another tab/i)
    await to.run('A', 'INCR turns', `(integer) ${turn}`)
    if (wake) await from.send('A', 'SET turns lost')
    await wake?.()
    await expect(from.bar).toContainText('Another tab has taken this session over.')
    if (!wake) await from.run('A', 'SET turns lost', 'OK')
    await expect(to.bar).toContainText(/saved \d/)
  }
  const last = tabs[10 % 3]!
  await last.saved()
  await last.reload()
  await last.run('A', 'GET turns', '"10"')
})

test('Stop ends a command that takes long, whatever it is, and leaves the data as it was', async ({
  page,
  playground,
}) => {
  await playground.open()
  await playground.run('A', 'SET a 1', 'OK')
  const wake = await freeze(page)
  await playground.send('A', 'SET a 2')
  await expect(playground.log('A')).toContainText(/running for \d/)
  await playground.client('A').getByRole('button', { name: 'Stop', exact: true }).click()
  await playground.ends('A', '> SET a 2 stopped; the data is as it was before')
  await wake()
  await playground.run('B', 'GET a', '"1"')
  await playground.run('A', 'INCR a', '(integer) 2')
  await playground.saved()
  await playground.reload()
  await playground.run('A', 'GET a', '"2"')
})

/** A browser that has no IndexedDB in its workers, as some have it in private windows. */
function withoutStore(page: Page): Promise<unknown> {
  return page.route(/\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch()
    const without = 'Object.defineProperty(self, "indexedDB", { value: undefined });'
    await route.fulfill({ response, body: `${without}${await response.text()}` })
  })
}

test('without a place to keep things the page says so, and all works', async ({ page, playground }) => {
  await withoutStore(page)
  await playground.open()
  await expect(playground.bar).toContainText('Not kept after this page closes')
  await playground.run('A', 'SET a 1', 'OK')
  await playground.button('Undo').click()
  await expect(playground.bar).toContainText('0 keys')
  await playground.button('Redo').click()
  await playground.run('A', 'GET a', '"1"')
  const list = await playground.sessions()
  await list.getByRole('button', { name: 'New session' }).click()
  await expect(playground.bar).toContainText('0 keys')
  await (await playground.sessions()).getByRole('button', { name: /1 key/ }).click()
  await expect(playground.key('a')).toBeVisible()
  await expect(playground.bar).toContainText('Not kept after this page closes')
})

test('a worker that throws where nothing is kept is replaced too', async ({ page, playground, faults }) => {
  await withoutStore(page)
  await prepare(playground)
  await kill(page, 'throw')
  await expectAll(playground)
  expectBoom(faults)
})

test('a store that is full is told, and the badge heals', async ({ page, playground }) => {
  await playground.open()
  await playground.saved()
  const worker = page.workers()[0]!
  const whole = await worker.evaluateHandle(() => {
    const whole = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')!
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('the disk is full', 'QuotaExceededError')
    }
    return whole
  })
  await playground.run('A', 'SET big 1', 'OK')
  await expect(playground.bar).toContainText('Not saved: the browser’s storage is full.')
  await playground.run('A', 'GET big', '"1"')
  await worker.evaluate((put) => Object.defineProperty(IDBObjectStore.prototype, 'put', put) && null, whole)
  await expect(playground.bar).toContainText(/saved \d/)
  await playground.saved()
  await playground.reload()
  await playground.run('B', 'GET big', '"1"')
})
