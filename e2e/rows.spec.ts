// The rows of the console: what changed, why it failed, transactions, floods, pasted texts, long replies.
import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import type { BrowserContext } from '@playwright/test'
import { expect, test, type Playground } from './playground.ts'

const log = ({ page }: Playground, client = 'A') =>
  page.getByRole('region', { name: `Client ${client}`, exact: true }).getByRole('log')

async function paste(context: BrowserContext, playground: Playground, lines: readonly string[]): Promise<void> {
  const { page } = playground
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((text) => navigator.clipboard.writeText(text), lines.join('\n'))
  await playground.prompt('A').focus()
  await page.keyboard.press('ControlOrMeta+v')
}

const calm = async ({ page }: Playground) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
}

for (const { language, lines } of [
  {
    language: 'en',
    lines: {
      set: '~ hat quantity 1 → 0, TTL kept',
      gone: '↳ runner is gone: B ran DEL',
      held: '↳ hat color holds "green". Only a whole number can be counted up or down.',
      removed: /~ hat:2 1 → 2, SET removed the TTL of/,
      token: '↳ XE has no place here.',
    },
  },
  {
    language: 'ko',
    lines: {
      set: '~ hat quantity 1 → 0, TTL 유지',
      gone: /↳ runner 키는 .* 전에 B가 DEL 명령으로 없앴어요/,
      held: '↳ hat color에는 "green"이 들어 있어요. 정수만 더하거나 뺄 수 있어요.',
      removed: /~ hat:2 1 → 2, SET 명령이 .* 남은 TTL을 지움/,
      token: '↳ 이 자리에는 XE가 올 수 없어요.',
    },
  },
] as const)
  test(`what changed and why not: ${language}`, async ({ playground }) => {
    await playground.open(`?lang=${language}`)
    await playground.run('A', 'HSET hat color green quantity 1', '(integer) 2')
    await playground.run('A', 'EXPIRE hat 1000', '(integer) 1')
    await playground.run('A', 'HINCRBY hat quantity -1', '(integer) 0')
    await expect(playground.log('A')).toContainText(lines.set)
    await playground.run('A', 'SET hat:2 1 EX 100', 'OK')
    await playground.run('A', 'SET hat:2 2', 'OK')
    await expect(playground.log('A')).toContainText(lines.removed)
    await playground.send('A', 'HINCRBY hat color 1')
    await playground.ends('A', '> HINCRBY hat color 1 (error) ERR hash value is not an integer')
    await expect(playground.log('A')).toContainText(lines.held)
    await playground.send('A', 'SET hat 1 XE 5')
    await expect(playground.log('A')).toContainText(lines.token)
    await playground.run('A', 'SET runner 1', 'OK')
    await playground.run('B', 'DEL runner', '(integer) 1')
    await playground.run('A', 'GET runner', '(nil)')
    await expect(playground.log('A')).toContainText(lines.gone)
    await calm(playground)
  })

test('nothing is said where nothing changed', async ({ playground }) => {
  await playground.open()
  await playground.run('A', 'GET a', '(nil)')
  await playground.run('A', 'DEL a', '(integer) 0')
  await expect(playground.log('A')).not.toContainText(/[~+−↳] /)
})

test('a transaction: indented while it is queued, each result beside its command', async ({ playground }) => {
  await playground.open()
  await playground.run('A', 'MULTI', 'OK')
  await playground.run('A', 'SET a one', 'QUEUED')
  await playground.run('A', 'INCR a', 'QUEUED')
  await playground.run('A', 'LPUSH l x y', 'QUEUED')
  await playground.send('A', 'EXEC')
  await playground.shows('A', '> EXEC 1) OK 2) (error) ERR value is not an integer or out of range 3) (integer) 2')
  await expect(log(playground).getByRole('group', { name: 'SET a one' })).toHaveText('1) OK')
  await expect(log(playground).getByRole('group', { name: 'LPUSH l x y' })).toHaveText('3) (integer) 2')
  await expect(log(playground)).toContainText('1 of 3 commands failed and the others did their work')
  await calm(playground)
})

test('DISCARD greys what was queued, undo brings it back', async ({ playground }) => {
  await playground.open()
  await playground.run('A', 'MULTI', 'OK')
  await playground.run('A', 'SET a 1', 'QUEUED')
  await playground.run('A', 'DISCARD', 'OK')
  await expect(log(playground)).toContainText('did not run')
  await calm(playground)
  await playground.button('Undo').click()
  await expect(log(playground)).not.toContainText('did not run')
})

test('a wait is a live row with its time, and Ctrl+C ends it', async ({ page, playground }) => {
  await playground.open()
  await playground.send('A', 'BLPOP jobs 0')
  await expect(log(playground)).toContainText(/waiting for jobs\s*00:0\d/)
  await playground.run('B', 'SET other 1', 'OK')
  await expect(log(playground)).toContainText(/waiting for jobs\s*00:0[1-9]/)
  await playground.prompt('A').focus()
  await page.keyboard.press('Control+c')
  await expect(log(playground)).toContainText('stopped waiting')
})

test('a flood of messages: the newest are shown, the rest is counted, the half-typed line stays', async ({
  playground,
}) => {
  await playground.open()
  await playground.run('A', 'CONFIG SET notify-keyspace-events KEA', 'OK')
  await playground.send('B', 'PSUBSCRIBE __key*')
  await expect(playground.client('B')).toContainText('subscribed to __key*')
  await playground.prompt('B').fill('PING hal')
  const pairs = Array.from({ length: 350 }, (_, i) => `k${i} ${i}`)
  await playground.send('A', `MSET ${pairs.join(' ')}`)
  await expect(log(playground, 'B')).toContainText('500 messages more, not shown')
  await expect(log(playground, 'B')).toContainText('"k349"')
  await expect(log(playground, 'B')).not.toContainText('"k249"')
  await expect(playground.prompt('B')).toHaveValue('PING hal')
  await playground.run('A', 'SET one 1', 'OK')
  await expect(log(playground, 'B')).toContainText('502 messages more, not shown')
  await calm(playground)
})

test('a pasted text stops at an error, says where, and goes on', async ({ context, playground }) => {
  await playground.open()
  await paste(context, playground, ['SET word hello', 'INCR word', 'SET a 1', 'SET b 2'])
  const bar = playground
    .client('A')
    .getByRole('status')
    .filter({ hasText: /\bline / })
  await expect(bar).toHaveText('Stopped at line 2 of 4, which failed')
  await playground.ends('A', '> INCR word (error) ERR value is not an integer or out of range')
  await calm(playground)
  await playground.client('A').getByRole('button', { name: 'Go on with 2 lines' }).click()
  await playground.ends('A', '> SET a 1 OK 127.0.0.1:6379> SET b 2 OK')
  await expect(bar).toHaveCount(0)
  await expect(playground.prompt('A')).toBeFocused()
})

test('a pasted text shows how far it is, and can be stopped', async ({ context, playground }) => {
  await playground.open()
  await paste(context, playground, ['SET a 1', 'BLPOP jobs 0', 'SET b 2', 'SET c 3'])
  const bar = playground
    .client('A')
    .getByRole('status')
    .filter({ hasText: /\bline / })
  await expect(bar).toHaveText('line 2 of 4')
  await playground.client('A').getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(bar).toHaveText('Stopped after line 2 of 4')
  await playground.client('A').getByRole('button', { name: 'Leave out the rest' }).click()
  await expect(bar).toHaveCount(0)
  await playground.run('A', 'EXISTS b c', '(integer) 0')
})

test('a reply of 100,000 elements: a window of rows, more on demand, all as a file', async ({ page, playground }) => {
  await playground.open()
  await playground.run('A', 'DEBUG POPULATE 100000 item', 'OK')
  await page.evaluate(() => {
    const durations: number[] = []
    Object.assign(globalThis, { durations })
    new PerformanceObserver((list) => durations.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    })
  })
  await playground.send('A', 'KEYS *')
  await expect(log(playground)).toContainText('200 of 100,000 lines shown')
  const nodes = () => log(playground).locator('*').count()
  expect(await nodes()).toBeLessThan(1500)
  await log(playground).getByRole('button', { name: 'Show 1,000 more lines' }).click()
  await expect(log(playground)).toContainText('1,200 of 100,000 lines shown')
  await expect(log(playground)).toContainText('  1200) "item:')
  expect(await nodes()).toBeLessThan(1500)
  const coming = page.waitForEvent('download')
  await log(playground).getByRole('button', { name: 'Download all' }).click()
  const file = await readFile(await (await coming).path(), 'utf8')
  expect(file.trimEnd().split('\n')).toHaveLength(100_000)
  const long = await page.evaluate(() => (globalThis as unknown as { durations: number[] }).durations)
  test.info().annotations.push({ type: 'tasks over 50 ms', description: long.map(Math.round).join(', ') || 'none' })
  console.log(`tasks over 50 ms: ${long.map(Math.round).join(', ') || 'none'}`)
  await calm(playground)
})

test('a reply of 10 MB: its beginning, and all of it as a file', async ({ page, playground }) => {
  await playground.open()
  await playground.run('A', 'SETRANGE big 10485759 x', '(integer) 10485760')
  await playground.send('A', 'GET big')
  await expect(log(playground)).toContainText('10,485,760 bytes')
  expect((await log(playground).innerText()).length).toBeLessThan(200_000)
  const coming = page.waitForEvent('download')
  await log(playground).getByRole('button', { name: 'Download all' }).click()
  expect((await readFile(await (await coming).path())).length).toBe(10_485_760)
  await playground.run('A', 'STRLEN big', '(integer) 10485760')
})

test('a row tells its time and cost, by keyboard, and is copied as code', async ({ context, page, playground }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await playground.open()
  await playground.run('A', 'RPUSH jobs wash dry', '(integer) 2')
  await playground.run('A', 'LRANGE jobs 0 -1', '1) "wash" 2) "dry"')
  await page.keyboard.press('Shift+Tab')
  await expect(log(playground).getByRole('button', { name: 'Details of LRANGE' })).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(log(playground).getByRole('button', { name: 'Details of RPUSH' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(log(playground)).toContainText('Time taken')
  await expect(log(playground)).toContainText('O(S+N)')
  await expect(log(playground)).toContainText('2 elements in the reply · jobs has 2 items now')
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  const all = log(playground).getByRole('group', { name: 'Copy all rows' })
  await all.getByRole('button', { name: 'redis-py' }).click()
  await expect(log(playground).getByRole('status')).toHaveText('Copied')
  expect(await copied()).toContain('r.rpush("jobs", "wash", "dry")\nr.lrange("jobs", 0, -1)')
  await all.getByRole('button', { name: '.redis' }).click()
  await expect.poll(copied).toBe('RPUSH jobs wash dry\nLRANGE jobs 0 -1\n')
  const one = log(playground).getByRole('group', { name: 'Copy this row' })
  await one.getByRole('button', { name: 'Markdown' }).click()
  await expect.poll(copied).toBe('```text\n127.0.0.1:6379> LRANGE jobs 0 -1\n1) "wash"\n2) "dry"\n```\n')
  await one.getByRole('button', { name: 'node-redis' }).click()
  await expect.poll(copied).toContain('await client.LRANGE("jobs", 0, -1)')
  await calm(playground)
  await expect(playground.keys).toBeVisible()
})
