// The interface's sentences. A language is a chunk of its own: the page loads the one that is on before it draws, the
// other when it is chosen.
import type { Language } from '../../wire/text.ts'
import type { en } from './en.ts'

/** The interface's sentences in one language. A sentence that Korean lacks does not compile. */
export type Messages = typeof en

const chunks: Readonly<Record<Language, () => Promise<Messages>>> = {
  en: () => import('./en.ts').then((chunk) => chunk.en),
  ko: () => import('./ko.ts').then((chunk) => chunk.ko),
}

const loaded = new Map<Language, Messages>()

/** Loads a language, so that it can be drawn. Rejects where its chunk cannot be had. */
export async function loadMessages(language: Language): Promise<void> {
  if (!loaded.has(language)) loaded.set(language, await chunks[language]())
}

/** The sentences of a language that was loaded. */
export function messagesIn(language: Language): Messages {
  const found = loaded.get(language)
  if (!found) throw new Error(`the sentences of "${language}" are not loaded`)
  return found
}

/** Calls back once a language is loaded: at once, where it is. Not at all where its chunk cannot be had. */
export function whenLoaded(language: Language, work: () => void): void {
  if (loaded.has(language)) work()
  else void loadMessages(language).then(work, () => undefined)
}

/** The first of the person's languages that the interface speaks. */
export function preferred(wished: readonly string[]): Language {
  for (const tag of wished) {
    const language = tag.toLowerCase().split('-')[0]
    if (language === 'en' || language === 'ko') return language
  }
  return 'en'
}
