import { expect, test } from './playground.ts'

test.beforeEach(async ({ playground }) => {
  await playground.open()
})

test('a key is written and read, and a missing one is nil', async ({ playground }) => {
  await playground.run('A', 'SET Bahamas Nassau', 'OK')
  await playground.run('A', 'GET Bahamas', '"Nassau"')
  await playground.run('A', 'GET bahamas', '(nil)')
  await playground.run('B', 'get Bahamas', '"Nassau"')
  await expect(playground.prompt('A')).toHaveValue('')
})

test('quotes and escapes are read and shown as redis-cli does', async ({ playground }) => {
  await playground.run('A', String.raw`SET s "two words\n\x41\"q\""`, 'OK')
  await playground.run('A', 'GET s', String.raw`"two words\nA\"q\""`)
  await playground.run('A', String.raw`SET s 'it\'s raw \n'`, 'OK')
  await playground.run('A', 'GET s', String.raw`"it's raw \\n"`)
  await playground.run('A', 'SET "a key" ""', 'OK')
  await playground.run('A', 'GET "a key"', '""')
  await playground.run('A', 'STRLEN s', '(integer) 11')
})

test('the prompt tells of another database and of a transaction', async ({ playground }) => {
  await playground.run('A', 'SELECT 3', 'OK')
  await playground.run('A', 'MULTI', 'OK')
  await playground.run('A', 'SET a 1', 'QUEUED')
  await playground.run('A', 'EXEC', '1) OK')
  await playground.run('A', 'SELECT 0', 'OK')
  await playground.run('A', 'GET a', '(nil)')
  const prompts = ['>', '[3]>', '[3](TX)>', '[3](TX)>', '[3]>', '>']
  const lines = ['SELECT 3', 'MULTI', 'SET a 1', 'EXEC', 'SELECT 0', 'GET a']
  for (const [i, line] of lines.entries()) await playground.shows('A', `127.0.0.1:6379${prompts[i]} ${line}`)
  await playground.run('B', 'GET a', '(nil)')
  await playground.shows('B', '127.0.0.1:6379> GET a')
})

test('arrows walk through what was typed', async ({ playground }) => {
  const prompt = playground.prompt('A')
  for (const line of ['SET a 1', 'GET a', 'SET b 2']) await playground.run('A', line, line === 'GET a' ? '"1"' : 'OK')
  for (const line of ['SET b 2', 'GET a', 'SET a 1', 'SET a 1']) {
    await prompt.press('ArrowUp')
    await expect(prompt).toHaveValue(line)
  }
  await prompt.press('ArrowDown')
  await expect(prompt).toHaveValue('GET a')
  await prompt.press('Enter')
  await playground.ends('A', '> GET a "1"')
  await prompt.press('ArrowUp')
  await prompt.press('ArrowDown')
  await expect(prompt).toHaveValue('')
  await playground.prompt('B').press('ArrowUp')
  await expect(playground.prompt('B')).toHaveValue('')
})

test('arrows keep to lines that begin as this one does', async ({ playground }) => {
  const prompt = playground.prompt('A')
  for (const line of ['SET a 1', 'GET a', 'SET b 2']) await playground.run('A', line, line === 'GET a' ? '"1"' : 'OK')
  await prompt.fill('GET')
  await prompt.press('ArrowUp')
  await expect(prompt).toHaveValue('GET a')
  await prompt.press('ArrowDown')
  await expect(prompt).toHaveValue('GET')
})

test('several pasted lines run one after the other, and stop at an error', async ({ context, page, playground }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const paste = async (lines: readonly string[]) => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), lines.join('\n'))
    await playground.prompt('A').focus()
    await page.keyboard.press('ControlOrMeta+v')
  }
  await paste(['SET a 1', 'INCR a', 'GET a'])
  await playground.ends('A', '> SET a 1 OK 127.0.0.1:6379> INCR a (integer) 2 127.0.0.1:6379> GET a "2"')
  await paste([
    '127.0.0.1:6379> SET word hello',
    'OK',
    '127.0.0.1:6379> INCR word',
    '(error) …',
    'redis> SET never run',
  ])
  await playground.ends('A', '> INCR word (error) ERR value is not an integer or out of range')
  await playground.run('A', 'GET never', '(nil)')
  await playground.run('A', 'GET word', '"hello"')
})

test('clear and Ctrl+L empty the view, and nothing else', async ({ playground }) => {
  await playground.run('A', 'SET a 1', 'OK')
  await playground.send('A', 'clear')
  await expect(playground.log('A')).not.toContainText('SET a 1')
  await playground.run('A', 'GET a', '"1"')
  await playground.prompt('A').press('Control+l')
  await expect(playground.log('A')).not.toContainText('GET a')
  await expect(playground.key('a')).toBeVisible()
  await playground.prompt('A').press('ArrowUp')
  await expect(playground.prompt('A')).not.toHaveValue('')
})

test('help tells the words of the page, and Redis is not asked', async ({ playground }) => {
  await playground.send('A', 'help')
  await expect(playground.log('A')).toContainText('takes back the last command')
  await expect(playground.button('Undo')).toBeDisabled()
})

test('unbalanced quotes give redis-cli’s words, and nothing is lost', async ({ playground }) => {
  await playground.run('A', 'SET a 1', 'OK')
  await playground.run('A', 'SET b "half', 'Invalid argument(s)')
  await playground.run('A', 'SET b "half"closed', 'Invalid argument(s)')
  await playground.run('A', 'GET a', '"1"')
  await playground.run('A', 'EXISTS b', '(integer) 0')
  for (const line of ['EXISTS b', 'GET a', 'SET b "half"closed']) {
    await playground.prompt('A').press('ArrowUp')
    await expect(playground.prompt('A')).toHaveValue(line)
  }
})

test('bad commands give the server’s own words', async ({ playground }) => {
  await playground.run('A', 'FOO a b', "(error) ERR unknown command 'FOO', with args beginning with: 'a' 'b'")
  await playground.run('A', 'GET', "(error) ERR wrong number of arguments for 'get' command")
  await playground.run('A', 'RPUSH l a', '(integer) 1')
  await playground.send('A', 'GET l')
  await playground.shows('A', '> GET l (error) WRONGTYPE Operation against a key holding the wrong kind of value')
  await expect(playground.log('A')).toContainText('l holds a list; this command works on a string.')
  await playground.run('A', 'LRANGE l 0 -1', '1) "a"')
})

test('an error in a transaction is told where it counts', async ({ playground }) => {
  await playground.run('A', 'MULTI', 'OK')
  await playground.run('A', 'SET a', "(error) ERR wrong number of arguments for 'set' command")
  await playground.send('A', 'EXEC')
  await playground.shows('A', '> EXEC (error) EXECABORT Transaction discarded because of previous errors.')
  await expect(playground.log('A')).toContainText('Nothing ran, because SET a was refused')
})

test('text of the log can be selected and keeps the selection', async ({ page, playground }) => {
  await playground.run('A', 'SET Croatia Zagreb', 'OK')
  await playground.log('A').getByText('SET Croatia Zagreb').dblclick()
  const selected = () => page.evaluate(() => getSelection()?.toString().trim())
  expect(['SET', 'Croatia', 'Zagreb']).toContain(await selected())
  await playground.log('A').getByText('SET Croatia Zagreb').click({ clickCount: 3 })
  expect(await selected()).toContain('SET Croatia Zagreb')
})

test('a press on the empty part of a console leads to its prompt', async ({ playground }) => {
  await playground.log('B').click()
  await expect(playground.prompt('B')).toBeFocused()
})

test('Korean keys and values', async ({ playground }) => {
  await playground.run('A', 'SET 나라:한국 서울', 'OK')
  await playground.run('A', 'GET 나라:한국', String.raw`"\xec\x84\x9c\xec\x9a\xb8" reads 서울`)
  await playground.run('A', 'STRLEN 나라:한국', '(integer) 6')
  await expect(playground.key('나라:한국')).toBeVisible()
  await playground.key('나라:한국').click()
  await expect(playground.value).toContainText('"서울"')
})

test('the Enter that ends a Korean composition does not send', async ({ page, playground }) => {
  const prompt = playground.prompt('A')
  const browser = await page.context().newCDPSession(page)
  await prompt.focus()
  await page.keyboard.type('SET a ')
  for (const text of ['ㅎ', '하', '한'])
    await browser.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  await expect(prompt).toHaveValue('SET a 한')
  // An input method takes the key for itself: the page sees a key down with the code 229.
  const enter = { key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 13 }
  await browser.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter })
  await browser.send('Input.insertText', { text: '한' })
  await browser.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter })
  await expect(prompt).toHaveValue('SET a 한')
  await expect(playground.log('A')).not.toContainText('SET a')
  // Some browsers name the key and tell of the composition instead.
  await browser.send('Input.imeSetComposition', { text: '글', selectionStart: 1, selectionEnd: 1 })
  const named = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, nativeVirtualKeyCode: 13 }
  await browser.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...named })
  await browser.send('Input.insertText', { text: '글' })
  await browser.send('Input.dispatchKeyEvent', { type: 'keyUp', ...named })
  await expect(playground.log('A')).not.toContainText('SET a')
  await expect(prompt).toHaveValue('SET a 한글')
  await page.keyboard.press('Enter')
  await playground.ends('A', '> SET a 한글 OK')
  await expect(prompt).toHaveValue('')
})

test('a reply of 20,000 lines leaves the page quick', async ({ playground }) => {
  const words = Array.from({ length: 20_000 }, (_, i) => `item-${i}`)
  await playground.send('A', `RPUSH jobs ${words.join(' ')}`)
  await playground.ends('A', 'item-19999 (integer) 20000')
  await playground.send('A', 'LRANGE jobs 0 -1')
  await expect(playground.log('A')).toContainText('1) "item-0"')
  await playground.run('A', 'LLEN jobs', '(integer) 20000')
  await playground.run('B', 'GET a', '(nil)')
  await playground.button('Show 1,000 more lines').click()
  await expect(playground.log('A')).toContainText('1200) "item-1199"')
  await playground.run('A', 'LINDEX jobs -1', '"item-19999"')
})
