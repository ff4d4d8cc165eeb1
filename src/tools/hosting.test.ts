import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { headersFile, withSnippets } from './hosting.ts'
import { policyOf, sitePages } from './policy.ts'

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')

it('docs/hosting.md says what the policy says (npm run docs writes it)', () => {
  const page = read('docs/hosting.md')
  expect(page).toBe(withSnippets(page))
  for (const each of sitePages) expect(page.split(policyOf(each)).length).toBeGreaterThan(3)
})

it('the header file gives each path one policy', () => {
  const paths = headersFile()
    .split('\n')
    .filter((line) => line.startsWith('/'))
  expect(new Set(paths).size).toBe(paths.length)
  for (const { file } of sitePages) expect(paths).toContain(`/${file}`)
  expect(paths).toEqual(expect.arrayContaining(['/', '/assets/*']))
})

it('the workflow installs what the lock file says, builds, and hands over dist', () => {
  const workflow = read('.github/workflows/pages.yml')
  expect(workflow).toMatch(/run: npm ci\n[^]*run: npm run build\n[^]*path: dist\n/)
  const uses = [...workflow.matchAll(/uses: (\S+)/g)].map(([, name]) => name)
  expect(uses.length).toBeGreaterThan(3)
  for (const name of uses) expect(name).toMatch(/^actions\/[\w-]+@v\d+$/)
})
