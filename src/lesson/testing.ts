// What the tests of lessons share.
import { expect } from 'vitest'
import type { Text } from '../wire/text.ts'

/** The English of a sentence that is there in both languages, which is looked at too. */
export function inEnglish({ en, ko }: Text): string {
  expect(en).not.toMatch(/^\s*$/)
  expect(ko).not.toBe(en)
  expect(ko).toMatch(/\p{sc=Hangul}/u)
  return en
}
