// What commands cost: a line under each row with the numbers behind the O(), switched on by keyboard and remembered.
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Playground } from './playground.ts'

const numbers = Array.from({ length: 5000 }, (_, i) => i).join(' ')

/** Finds an action by its name and does it, by keyboard alone. */
async function act({ page }: Playground, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

for (const { language, find, touched, one, hide } of [
  {
    language: 'en',
    find: 'commands cost',
    touched: '5,000 elements touched',
    one: '1 element touched',
    hide: 'do not show what',
  },
  { language: 'ko', find: '비용 보이기', touched: '원소 5,000개를 다룸', one: '원소 1개를 다룸', hide: '비용 숨기기' },
] as const)
  test(`rows tell what was touched: ${language}`, async ({ page, playground }) => {
    await playground.open(`?lang=${language}`)
    await playground.send('A', `RPUSH jobs ${numbers}`)
    await expect(playground.log('A')).toContainText('(integer) 5000')
    await expect(playground.log('A')).not.toContainText('O(N)')
    await act(playground, find)
    await expect(playground.log('A')).toContainText(`O(N)  N = 5,000 · ${touched}`)
    await expect(playground.prompt('A')).toBeFocused()

    await playground.send('A', 'LRANGE jobs 0 -1')
    await expect(playground.log('A')).toContainText(`O(S+N)  S = 0, N = 5,000 · ${touched}`)
    await playground.send('A', 'LINDEX jobs -10')
    await expect(playground.log('A')).toContainText(`O(N)  N = 9 · ${one}`)
    await playground.send('A', 'LLEN jobs')
    await expect(playground.log('A')).toContainText(/LLEN jobs[^]*O\(1\) · /)
    const { violations } = await new AxeBuilder({ page }).include('[role=log]').analyze()
    expect(violations.map(({ id }) => id)).toEqual([])

    await playground.reload()
    await expect(playground.log('A')).toContainText(`O(N)  N = 9 · ${one}`)
    await act(playground, hide)
    await expect(playground.log('A')).not.toContainText('O(N)')
  })

test('the details of a row switch it on for all rows', async ({ page, playground }) => {
  await playground.open()
  await playground.run('A', 'SADD hats 1 2 3', '(integer) 3')
  await playground.run('A', 'SMEMBERS hats', '1) "1" 2) "2" 3) "3"')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(playground.log('A')).toContainText('O(N)  N = 3 · 3 elements touched · 3 elements in the reply')
  await playground.log('A').getByRole('checkbox', { name: 'Show what each command costs in its row' }).press('Space')
  await expect(playground.log('A').getByText('N = 3 · 3 elements touched')).toHaveCount(3)
})
