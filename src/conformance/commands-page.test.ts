import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commandsPage } from './commands-page.ts'

test('docs/commands.md is what the catalog says (npm run docs writes it)', () => {
  expect(readFileSync(new URL('../../docs/commands.md', import.meta.url), 'utf8')).toBe(commandsPage())
})
