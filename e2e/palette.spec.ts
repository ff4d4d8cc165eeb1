// The palette, and the docs of the command being typed.
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Playground } from './playground.ts'

const dialog = ({ page }: Playground) => page.getByRole('dialog', { name: 'Find anything' })
const search = (playground: Playground) => dialog(playground).getByRole('combobox')
const options = (playground: Playground) => dialog(playground).getByRole('option')

test('Ctrl+K finds a command and writes it into the prompt; Escape gives the focus back', async ({
  page,
  playground,
}) => {
  await playground.open()
  const prompt = playground.prompt('A')
  await prompt.pressSequentially('PING')
  await prompt.press('Control+k')
  await expect(search(playground)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog(playground)).toHaveCount(0)
  await expect(prompt).toBeFocused()
  await expect(prompt).toHaveValue('PING')
  await prompt.press('Control+k')
  await expect(search(playground)).toBeFocused()
  await page.keyboard.type('hgtall')
  await expect(options(playground).first()).toHaveText(/^HGETALL/)
  await page.keyboard.press('Enter')
  await expect(prompt).toHaveValue('HGETALL ')
  await expect(prompt).toBeFocused()
  // With something behind the cursor Ctrl+K cuts, as in redis-cli.
  await prompt.press('Home')
  await prompt.press('Control+k')
  await expect(prompt).toHaveValue('')
  await expect(dialog(playground)).toHaveCount(0)
})

test('keys, lessons and actions are found by a few letters, with keys or a press', async ({ page, playground }) => {
  await playground.open()
  await playground.run('A', 'MSET user:1:name Ann user:2:name Ben', 'OK')
  await playground.button('Find anything').click()
  await expect(search(playground)).toBeFocused()
  await page.keyboard.type('2:na')
  await expect(options(playground).first()).toHaveText(/^user:2:name/)
  await page.keyboard.press('Enter')
  await expect(playground.value).toContainText('"Ben"')
  await playground.button('Find anything').click()
  await page.keyboard.type('undo')
  await expect(options(playground).filter({ hasText: 'Take back the last command' })).toHaveAttribute(
    'aria-selected',
    'true',
  )
  await page.keyboard.press('Enter')
  await expect(playground.key('user')).toHaveCount(0)
  await playground.button('Find anything').click()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowDown')
  await expect(options(playground).first()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.type('keys and')
  await expect(options(playground).first()).toHaveText(/^Keys and values/)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('zzzz')
  await expect(dialog(playground)).toContainText('Nothing by that name')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('client b')
  await options(playground).filter({ hasText: 'Client B' }).click()
  await expect(playground.prompt('B')).toBeFocused()
})

test('the docs follow the command being typed, and the consoles stand still', async ({ page, playground }) => {
  await playground.open()
  const docs = page.getByRole('complementary', { name: 'Command docs' })
  const prompt = playground.prompt('A')
  await expect(docs).toContainText('What a command does stands here')
  const before = await prompt.boundingBox()
  await prompt.pressSequentially('SET a ')
  await expect(docs).toContainText('SET key value')
  await prompt.press('Control+u')
  await prompt.pressSequentially('BLPOP')
  await expect(docs).toContainText('BLPOP key [key ...] timeout')
  expect(await prompt.boundingBox()).toEqual(before)
  await docs.getByRole('button', { name: 'Show the docs' }).click()
  await expect(docs).toContainText('may wait')
  await expect(docs).toContainText('since 2.0.0')
  await expect(docs).toContainText(/Same as Redis 8\.0\.2 — compared \d[\d,]* times/)
  await prompt.press('Control+u')
  const open = await prompt.boundingBox()
  await prompt.pressSequentially('config set')
  await expect(docs).toContainText('CONFIG SET parameter value [parameter value ...]')
  expect(await prompt.boundingBox()).toEqual(open)
})

for (const language of ['en', 'ko'] as const)
  for (const theme of ['light', 'dark'] as const)
    for (const width of [1440, 390])
      test(`axe finds nothing in the palette and the docs: ${language}, ${theme}, ${width}`, async ({
        page,
        playground,
      }) => {
        await page.setViewportSize({ width, height: 844 })
        await playground.open(`?lang=${language}&theme=${theme}`)
        const look = async (what: string) => {
          const { violations } = await new AxeBuilder({ page }).analyze()
          const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
          expect(found, what).toEqual([])
        }
        await playground.run('A', 'MSET hat:1 a hat:2 b', 'OK')
        await playground.prompt('A').pressSequentially('ZADD')
        if (width > 720) await page.getByRole('button', { name: /^(Show the docs|설명 펼치기)$/ }).click()
        await look('docs')
        await page.keyboard.press('Control+k')
        const found = page.getByRole('dialog').getByRole('option')
        await expect(found.first()).toBeVisible()
        await look('palette')
        await page.keyboard.type('hat')
        await expect(found.filter({ hasText: 'hat:1' })).toBeVisible()
        await look('palette with keys')
      })
