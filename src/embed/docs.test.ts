import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { bounds } from '../app/embedded/fit.ts'

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')

it('shows in the docs the types as they are', () => {
  const types = read('src/embed/protocol.ts').split('\n').slice(3).join('\n').trim()
  expect(types).toMatch(/^\/\*\* In each message/)
  expect(read('docs/embed.md')).toContain(`\`\`\`ts\n${types}\n\`\`\``)
})

it('begins in the element with the least height of each mode', () => {
  const told = /const heights = \{(.*)\}/.exec(read('public/embed.js'))![1]!
  const heights = [...told.matchAll(/'?([\w+]+)'?: (\d+)/g)].map(([, mode, height]) => [mode, Number(height)])
  expect(heights).toEqual(Object.entries(bounds).map(([mode, { least }]) => [mode, least]))
})
