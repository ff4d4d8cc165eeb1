import { expect, test } from 'vitest'
import { latin } from '../../wire/bytes.ts'
import { OK } from '../../wire/reply.ts'
import { messages } from '../i18n/all.ts'
import { brief } from './brief.ts'

const { en, ko } = messages
const items = (count: number) => Array.from({ length: count }, (_, i) => latin(`item:${i}`))

test('a short reply is said whole', () => {
  expect(brief(en, OK)).toBe('OK')
  expect(brief(en, null)).toBe('(nil)')
  expect(brief(en, latin('Zagreb'))).toBe('"Zagreb"')
  expect(brief(en, items(4))).toBe('1) "item:0"\n2) "item:1"\n3) "item:2"\n4) "item:3"')
})

test('of a long one the beginning is said, and how much more there is', () => {
  expect(brief(en, items(700))).toBe('  1) "item:0"\n  2) "item:1"\n  3) "item:2"\nand 697 more lines')
  expect(brief(ko, items(5))).toMatch(/외 2줄$/)
  expect(brief(en, latin('x'.repeat(5000)))).toHaveLength(161)
})
