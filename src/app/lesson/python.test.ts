import { expect, it } from 'vitest'
import { rowsOf, tokensOf } from './python.ts'

it('tells strings, numbers, words and remarks apart, and loses nothing', () => {
  const code = `with r.pipeline() as p: p.set("it's", 'x\\'y', ex=60.5)  # until "then"`
  const tokens = tokensOf(code)
  expect(tokens.map(({ text }) => text).join('')).toBe(code)
  expect(tokens.filter(({ kind }) => kind !== 'plain').map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'word with',
    'word as',
    `string "it's"`,
    `string 'x\\'y'`,
    'number 60.5',
    'remark # until "then"',
  ])
})

it('a name that holds a word or a number is neither', () => {
  expect(tokensOf('format1 = import_all2')).toEqual([{ kind: 'plain', text: 'format1 = import_all2' }])
})

it('knows what was typed from what was printed', () => {
  const rows = rowsOf(`>>> for k in r:\n...     print(k)\n...\n'...'\nTrue`)
  expect(rows.map(({ prompt }) => prompt)).toEqual(['>>> ', '... ', '...', null, null])
  expect(rows[4]).toEqual({ prompt: null, tokens: [{ kind: 'plain', text: 'True' }] })
})
