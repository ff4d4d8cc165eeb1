import { pane, words } from './lesson-pane.ts'
import { expect, test } from './playground.ts'

const steps = [
  { line: 'SET Croatia Zagreb', checks: 1, en: 'Give a value a name', ko: '값에 이름 붙이기' },
  { line: 'GET Japan', checks: 1, en: 'Ask, and find nothing', ko: '없는 키를 물어보면' },
  { line: 'SET Bahamas Nassau', checks: 1, en: 'Write over it', ko: '고쳐 쓰기' },
  { line: 'EXISTS Croatia Sweden Bahamas', checks: 1, en: 'Is it there?', ko: '있는지 없는지' },
  { line: 'DEL Bahamas', checks: 1, en: 'Strike it out', ko: '지우기' },
] as const

for (const language of ['en', 'ko'] as const) {
  test(`the lesson is played to its end by typing, in ${language}`, async ({ playground }) => {
    await playground.open(`?lang=${language}`)
    const lesson = pane(playground, language)
    for (const [i, step] of steps.entries()) {
      await expect(lesson.title(step[language])).toBeVisible()
      await expect(lesson.goals).toHaveCount(step.checks)
      await expect(lesson.ticks).toHaveCount(0)
      await playground.send('A', step.line)
      await expect(lesson.ticks).toHaveCount(step.checks)
      await (i === steps.length - 1 ? lesson.finish : lesson.next).click()
    }
    await expect(playground.lesson).toContainText(words[language].finished)
    for (const step of steps)
      await expect(playground.lesson.getByRole('listitem').filter({ hasText: step[language] })).toBeVisible()
  })

  test(`the lesson is played to its end by its buttons, in ${language}`, async ({ page, playground }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await playground.open(`?lang=${language}`)
    const lesson = pane(playground, language)
    for (const [i, step] of steps.entries()) {
      await expect(lesson.title(step[language])).toBeVisible()
      await lesson.showMe.click()
      await expect(playground.lesson).toContainText(words[language].oneWay)
      await expect(lesson.seen).toHaveCount(step.checks)
      await expect(lesson.ticks).toHaveCount(0)
      await playground.shows('A', `> ${step.line}`)
      await (i === steps.length - 1 ? lesson.finish : lesson.next).click()
    }
    await expect(playground.lesson).toContainText(words[language].finished)
    await lesson.again.click()
    await expect(lesson.title(steps[0][language])).toBeVisible()
  })
}

test('runnable lines in the prose run in the console of A', async ({ playground }) => {
  await playground.open()
  const lesson = pane(playground, 'en')
  await lesson.next.click()
  await lesson.run('GET Croatia').click()
  await playground.ends('A', '> GET Croatia (nil)')
  await lesson.next.click()
  await lesson.run('SET Bahamas Nasau').click()
  await playground.ends('A', '> SET Bahamas Nasau OK')
  await expect(lesson.ticks).toHaveCount(0)
  await expect(playground.lesson).toContainText('now "Nasau"')
})

test('a wrong try ticks nothing, and another way than the shown one does', async ({ playground }) => {
  await playground.open()
  const lesson = pane(playground, 'en')
  await playground.run('A', 'SET croatia Zagreb', 'OK')
  await playground.run('A', 'SET Croatia zagreb', 'OK')
  await expect(playground.lesson).toContainText('now "zagreb"')
  await expect(lesson.ticks).toHaveCount(0)
  await playground.run('B', 'mset Croatia Zagreb x y', 'OK')
  await expect(lesson.ticks).toHaveCount(1)
  await playground.run('A', 'DEL Croatia', '(integer) 1')
  await expect(lesson.ticks).toHaveCount(0)
})

test('hints come one by one, Back leads back, the steps in the header too', async ({ page, playground }) => {
  await playground.open()
  const lesson = pane(playground, 'en')
  await expect(lesson.back).toBeDisabled()
  for (const count of [1, 2, 3]) {
    await lesson.hint.click()
    await expect(playground.lesson.getByRole('heading', { name: `Hint ${count} of 3` })).toBeVisible()
    await expect(playground.lesson.getByRole('heading', { name: /^Hint/ })).toHaveCount(count)
  }
  await expect(lesson.hint).toBeDisabled()
  await lesson.next.click()
  await expect(lesson.title('Ask, and find nothing')).toBeVisible()
  await lesson.back.click()
  await expect(lesson.title('Give a value a name')).toBeVisible()
  await page.getByRole('button', { name: 'Step 4 of 5: Is it there?' }).click()
  await expect(lesson.title('Is it there?')).toBeVisible()
})

test('the place in the lesson is kept over a reload, and over a change of language', async ({ page, playground }) => {
  await playground.open()
  const lesson = pane(playground, 'en')
  await playground.run('A', 'SET Croatia Zagreb', 'OK')
  await expect(lesson.ticks).toHaveCount(1)
  await lesson.next.click()
  await playground.run('A', 'GET Japan', '(nil)')
  await expect(lesson.ticks).toHaveCount(1)
  await lesson.hint.click()
  await expect(playground.lesson.getByRole('heading', { name: 'Hint 1 of 3' })).toBeVisible()
  await page.getByRole('combobox', { name: 'Language' }).selectOption('ko')
  await expect(pane(playground, 'ko').title('없는 키를 물어보면')).toBeVisible()
  await expect(pane(playground, 'ko').ticks).toHaveCount(1)
  await expect(playground.lesson).toContainText('힌트 1/3')
  await page.getByRole('combobox', { name: 'Language' }).selectOption('en')
  await playground.saved()
  await playground.reload()
  await expect(lesson.title('Ask, and find nothing')).toBeVisible()
  await expect(lesson.ticks).toHaveCount(1)
  await expect(playground.lesson.getByRole('heading', { name: 'Hint 1 of 3' })).toBeVisible()
})
