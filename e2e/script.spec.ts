// The script: written, run and checked beside the console, on a wide page, on a narrow one and on a touch screen.
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Playground } from './playground.ts'

const tab = ({ page }: Playground, name = 'Script') => page.getByRole('tab', { name, exact: true })
const pane = ({ page }: Playground, name = 'Script') => page.getByRole('region', { name, exact: true })
const editor = (playground: Playground, name = 'Script') => pane(playground, name).getByRole('textbox')
const lines = ({ page }: Playground) => page.locator('.view-lines')
const told = (playground: Playground, name = 'Script') => pane(playground, name).locator('output')
const results = (playground: Playground, name = 'Results') => playground.page.getByRole('list', { name })
const result = (playground: Playground, line: number) =>
  results(playground)
    .getByRole('listitem')
    .filter({ has: playground.button(`line ${line}`) })

/** Opens the script and puts this into it. */
async function write(playground: Playground, ...script: readonly string[]): Promise<void> {
  await tab(playground).click()
  await editor(playground).focus()
  await playground.page.keyboard.press('Control+A')
  await playground.page.keyboard.insertText(script.join('\n'))
  await playground.page.keyboard.press('Escape')
}

const runAll = (playground: Playground) => playground.button('Run all').click()

test('the editor comes only when the script is opened', async ({ page, playground }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await playground.open()
  expect(asked.filter((url) => /monaco|script/i.test(url))).toEqual([])
  await tab(playground).click()
  await expect(editor(playground)).toBeVisible()
  expect(asked.filter((url) => /MonacoEditor.*js/.test(url))).toHaveLength(1)
  expect(asked.filter((url) => /worker/i.test(url)).length).toBeLessThan(2)
})

test('an example runs as it says, and leaves its rows in the consoles', async ({ playground }) => {
  await playground.open()
  await tab(playground).click()
  await playground.button('Take an example').click()
  await runAll(playground)
  await expect(told(playground)).toHaveText('11 commands ran. All 8 expectations hold.')
  await expect(result(playground, 9)).toContainText('as expected')
  await expect(result(playground, 9)).toContainText('(error) WRONGTYPE')
  await expect(lines(playground)).toContainText('✓')
  await expect(playground.key('queue')).toBeVisible()
  await tab(playground, 'Console').click()
  await playground.shows('A', '> BLPOP jobs 0 1) "jobs" 2) "sweep"')
  await playground.ends('B', '> RPUSH jobs sweep (integer) 1')
})

test('what does not hold says what came instead, and goes on', async ({ playground }) => {
  await playground.open()
  await write(playground, 'SET n 1', 'INCR n # => 3', 'GET n', '# => "2"')
  await runAll(playground)
  await expect(told(playground)).toHaveText('3 commands ran. 1 of 2 expectations hold.')
  await expect(result(playground, 2)).toContainText('not as expected')
  await expect(result(playground, 2)).toContainText('(integer) 2')
  await expect(result(playground, 2)).toContainText('expected3')
  await expect(lines(playground)).toContainText('✗ (integer) 2')
  await expect(result(playground, 3)).toContainText('as expected')
})

test('an error stops it; what is left runs when asked', async ({ playground }) => {
  await playground.open()
  await write(playground, 'SET s x', 'INCR s', 'SET t y', 'GET t')
  await runAll(playground)
  await expect(told(playground)).toHaveText('Stopped at line 2, which failed.')
  await expect(results(playground).getByRole('listitem')).toHaveCount(2)
  await playground.button('Run the 2 left').click()
  await expect(told(playground)).toHaveText('2 commands ran.')
  await expect(result(playground, 4)).toContainText('"y"')
})

test('keys run a line, a selection, all; the client is chosen', async ({ page, playground }) => {
  await playground.open()
  await write(playground, 'SET a 1', '# a note', 'SET b 2', 'SET c 3')
  await page.keyboard.press('Control+Enter')
  await expect(results(playground).getByRole('listitem')).toHaveCount(1)
  await expect(result(playground, 4)).toContainText('OK')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Control+Enter')
  await expect(told(playground)).toHaveText('There is no command on this line.')
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+End')
  await page.getByRole('combobox', { name: 'run in' }).selectOption('B')
  await editor(playground).focus()
  await page.keyboard.press('Control+Enter')
  await expect(results(playground).getByRole('listitem')).toHaveCount(3)
  await page.keyboard.press('Control+Shift+Enter')
  await expect(told(playground)).toHaveText('3 commands ran.')
  await tab(playground, 'Console').click()
  await playground.ends('A', '> SET c 3 OK')
  await playground.ends('B', '> SET c 3 OK')
  await expect(playground.log('B').locator('[data-part="line"]')).toHaveText([
    'SET a 1',
    'SET b 2',
    'SET a 1',
    'SET b 2',
    'SET c 3',
  ])
})

test('who waits lets others go on, can be freed, and Stop ends it all', async ({ playground }) => {
  await playground.open()
  await write(playground, 'A> BLPOP jobs 0', 'B> SET k v', 'A> PING')
  await runAll(playground)
  await expect(told(playground)).toHaveText('Line 3 waits until client A is free')
  await expect(result(playground, 1)).toContainText('waiting')
  await expect(result(playground, 2)).toContainText('OK')
  await result(playground, 1).getByRole('button', { name: 'Stop waiting' }).click()
  await expect(told(playground)).toHaveText('Stopped before line 3.')
  await playground.button('Run the 1 left').click()
  await expect(result(playground, 3)).toContainText('PONG')
  await playground.page.keyboard.press('Control+Home')
  await editor(playground).focus()
  await playground.page.keyboard.press('Control+Home')
  await playground.page.keyboard.press('Control+Enter')
  await expect(told(playground)).toHaveText('1 is waiting.')
  await pane(playground).getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(result(playground, 1)).toContainText('stopped waiting')
})

test('undo takes back what a script did', async ({ playground }) => {
  await playground.open()
  await write(playground, 'SET hat 1', 'SET coat 2')
  await runAll(playground)
  await expect(playground.key('coat')).toBeVisible()
  await playground.button('Undo').click()
  await expect(playground.key('hat')).toBeVisible()
  await expect(playground.key('coat')).toHaveCount(0)
})

test('words complete from the catalog and the keys, and what follows stands behind the cursor', async ({
  page,
  playground,
}) => {
  await playground.open()
  await playground.run('A', 'HSET user:1 name Ada', '(integer) 1')
  await write(playground, '')
  const list = page.locator('.suggest-widget.visible')
  await page.keyboard.type('HGETA')
  await expect(list).toContainText('HGETALL')
  await page.keyboard.press('Tab')
  await expect(lines(playground)).toContainText(/HGETALL\skey/)
  await page.keyboard.type('us')
  await expect(list).toContainText('user:1')
  await page.keyboard.press('Tab')
  await expect(lines(playground)).toContainText(/HGETALL\suser:1/)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await page.keyboard.type('B> CONFIG ')
  await expect(list).toContainText('REWRITE')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText('SET k v E')
  await page.keyboard.press('Control+Space')
  await expect(list).toContainText('EXAT')
})

test('a command is explained under the mouse, and at the foot for the line of the cursor', async ({
  page,
  playground,
}) => {
  await playground.open()
  await write(playground, '', 'SET k v', '3 CONFIG GET maxmemory')
  await lines(playground).getByText('CONFIG', { exact: false }).first().hover()
  const card = page.getByRole('tooltip')
  await expect(card).toContainText('CONFIG GET')
  await expect(card).toContainText('O(N)')
  await lines(playground).getByText('SET', { exact: true }).hover()
  await expect(card).toContainText('SET key value')
  await page.mouse.move(0, 0)
  await expect(card).toHaveCount(0)
  await page.keyboard.press('ArrowUp')
  await expect(pane(playground).getByRole('complementary', { name: 'Command docs' })).toContainText('SET key value')
})

test('the script, its language and its tab are there again after a reload', async ({ page, playground }) => {
  await playground.open('?lang=ko')
  await tab(playground, '스크립트').click()
  await editor(playground, '스크립트').focus()
  await page.keyboard.insertText('# 메모\nSET 나라:한국 "서울 시"\nGET 나라:한국 # => "서울 시"')
  await playground.button('전체 실행').click()
  await expect(told(playground, '스크립트')).toHaveText('명령 2개를 실행했어요. 예상 1개가 맞았어요.')
  await expect(results(playground, '결과')).toContainText('읽으면 서울 시')
  await page.evaluate(() => dispatchEvent(new Event('pagehide')))
  await expect(playground.bar).toContainText('저장됨')
  await page.reload()
  await expect(lines(playground)).toContainText('서울')
  await expect(tab(playground, '스크립트')).toHaveAttribute('aria-selected', 'true')
  await expect(results(playground, '결과')).toHaveCount(0)
})

test('Hangul is composed in the editor as anywhere', async ({ page, playground }) => {
  await playground.open()
  await write(playground, 'SET k ')
  const keyboard = await page.context().newCDPSession(page)
  for (const text of ['ㅎ', '하', '한'])
    await keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  await keyboard.send('Input.insertText', { text: '한' })
  await page.keyboard.insertText('글')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+Enter')
  await expect(result(playground, 1)).toContainText('SET k 한글')
})

test('each session has its own script', async ({ playground }) => {
  await playground.open()
  await write(playground, 'PING mine')
  await playground.saved().catch(() => undefined)
  const list = await playground.sessions()
  await list.getByRole('button', { name: 'New session' }).click()
  await tab(playground).click()
  await expect(playground.button('Take an example')).toBeVisible()
  await expect(lines(playground)).not.toContainText('mine')
})

test('Tab leads out of the editor, arrows go between the tabs, Ctrl+K opens the palette', async ({
  page,
  playground,
}) => {
  await playground.open()
  await write(playground, 'PING')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await editor(playground).focus()
  await page.keyboard.press('Tab')
  await expect(editor(playground)).not.toBeFocused()
  await tab(playground).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(tab(playground, 'Console')).toBeFocused()
  await expect(playground.prompt('A')).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(editor(playground)).toBeVisible()
})

test('what leads to the console shows it', async ({ playground }) => {
  await playground.open()
  await write(playground, 'SET k v')
  await runAll(playground)
  await playground.page.keyboard.press('Control+Alt+2')
  await expect(playground.prompt('B')).toBeFocused()
})

test('it has the colours of the theme, also of one put on later', async ({ page, playground }) => {
  await playground.open('?theme=dark')
  await write(playground, 'SET k v')
  const word = lines(playground).getByText('SET', { exact: true })
  await expect(word).toHaveCSS('color', 'rgb(255, 143, 126)')
  await playground.page.getByTitle('Switch to the light theme').click()
  await expect(word).toHaveCSS('color', 'rgb(156, 36, 21)')
  await expect(page.locator('.monaco-editor-background').first()).toHaveCSS('background-color', 'rgb(255, 255, 255)')
})

for (const theme of ['light', 'dark'])
  test(`nothing bars the way, ${theme}`, async ({ page, playground }) => {
    await playground.open(`?theme=${theme}`)
    await write(playground, 'SET s x # => OK', 'INCR s # => 1', 'PING')
    await runAll(playground)
    await expect(told(playground)).toContainText('Stopped at line 2')
    // The rows of a list of completions that Monaco keeps ready are none of ours.
    const found = await new AxeBuilder({ page }).exclude('.suggest-widget').analyze()
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })

test.describe('on a touch screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('a plain text area does the same, and Monaco stays away', async ({ page, playground }) => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await playground.open()
    await tab(playground).tap()
    await editor(playground).fill('SET n 1 # => OK\nINCR n # => 5\nGET nope # => (nil)')
    await playground.button('Run all').tap()
    await expect(told(playground)).toHaveText('3 commands ran. 2 of 3 expectations hold.')
    await result(playground, 2).getByRole('button', { name: 'line 2' }).tap()
    await playground.button('Run line').tap()
    await expect(told(playground)).toHaveText('1 command ran. 2 of 3 expectations hold.')
    await expect(result(playground, 2)).toContainText('(integer) 3')
    expect(asked.filter((url) => /Monaco/.test(url))).toEqual([])
    const found = await new AxeBuilder({ page }).analyze()
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})
