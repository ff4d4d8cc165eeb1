import type { Language } from '../../wire/text.ts'
import { en } from './en.ts'
import { ko } from './ko.ts'

/** The interface's sentences in one language. A sentence that Korean lacks does not compile. */
export type Messages = typeof en

export const messages = { en, ko } satisfies Record<Language, Messages>

/** The first of the person's languages that the interface speaks. */
export function preferred(wished: readonly string[]): Language {
  for (const tag of wished) {
    const language = tag.toLowerCase().split('-')[0]
    if (language === 'en' || language === 'ko') return language
  }
  return 'en'
}
