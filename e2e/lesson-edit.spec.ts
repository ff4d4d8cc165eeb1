// npm run lesson -- edit FILE, as a teacher sees it: what is wrong lies over the page, and goes when the file is mended.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'

const root = join(import.meta.dirname, '..')

/** Starts `npm run lesson -- …` in a folder; what it prints. */
function lesson(folder: string, ...words: string[]) {
  return spawn(process.execPath, ['src/tools/run.mjs', 'src/tools/lesson.ts', ...words], {
    cwd: root,
    env: { ...process.env, INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

test('the page shows the file as it is written', async ({ page }) => {
  test.setTimeout(240_000)
  // Vite prepares the packages before it serves the first page.
  const patient = expect.configure({ timeout: 60_000 })
  const folder = mkdtempSync(join(tmpdir(), 'edit-'))
  const file = join(folder, 'door/en.md')
  const change = (from: string, to: string) => {
    const text = readFileSync(file, 'utf8')
    expect(text).toContain(from)
    writeFileSync(file, text.replace(from, to))
  }
  expect(await once(lesson(folder, 'new', 'door'), 'exit')).toEqual([0, null])
  change('"closed"', '"shut"')
  const editing = lesson(folder, 'edit', 'door', '--port', '0')
  try {
    let said = ''
    editing.stdout.setEncoding('utf8').on('data', (piece: string) => {
      said += piece
    })
    await expect.poll(() => said, { timeout: 60_000 }).toContain('http://')
    await page.goto(/http:\S+/.exec(said)![0])
    const overlay = page.locator('vite-error-overlay')
    await patient(overlay).toContainText('should answer "shut" and answers "closed"')
    await patient(page.getByRole('heading', { name: 'Open the door' })).toBeAttached()

    change('"shut"', '"closed"')
    change('## open-the-door: Open the door', '## open-the-door: Let them in')
    await patient(page.getByRole('heading', { name: 'Let them in' })).toBeVisible()
    await patient(overlay).toHaveCount(0)

    change('minutes: 5', 'minutes: soon')
    await patient(overlay).toContainText('en.md:4: Say how many minutes the lesson takes')
    await patient(page.getByRole('heading', { name: 'Let them in' })).toBeAttached()
  } finally {
    editing.kill('SIGINT')
    await once(editing, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
})
