import { expect, test } from 'vitest'
import { carried } from './carry.ts'

const results = [0, 2, 3].map((line) => ({ line, end: line === 0 ? 1 : line }))
const lines = (after: string) =>
  carried(results, 'a\n# => 1\nb\nc', after)
    .map(({ line, end }) => `${line}-${end}`)
    .join(' ')

test.each([
  ['nothing changes', 'a\n# => 1\nb\nc', '0-1 2-2 3-3'],
  ['a line comes before all', 'x\na\n# => 1\nb\nc', '1-2 3-3 4-4'],
  ['a line comes between', 'a\n# => 1\nx\nb\nc', '0-1 3-3 4-4'],
  ['a line changes', 'a\n# => 1\nb!\nc', '0-1 3-3'],
  ['what a command should answer changes', 'a\n# => 2\nb\nc', '2-2 3-3'],
  ['a line goes', 'a\n# => 1\nc', '0-1 2-2'],
  ['all goes', '', ''],
  ['a line comes at the end', 'a\n# => 1\nb\nc\n', '0-1 2-2 3-3'],
])('%s', (_, after, left) => expect(lines(after)).toBe(left))

test('a line doubled keeps one result', () => {
  expect(carried([{ line: 0, end: 0 }], 'a', 'a\na').map(({ line }) => line)).toEqual([0])
})
