// Both languages at once, for tests and tools.
import type { Language } from '../../wire/text.ts'
import { en } from './en.ts'
import type { Messages } from './index.ts'
import { ko } from './ko.ts'

export const messages = { en, ko } satisfies Record<Language, Messages>
