// What there is to say of a line of redis.conf.
import type { ConfigLine } from '../../session/protocol.ts'
import { text } from '../../wire/bytes.ts'
import type { Language } from '../../wire/text.ts'
import { aboutParameter, aboutUnused, configMessages } from '../i18n/config.ts'

export type Said = Exclude<ConfigLine, { is: 'none' }>
export type Effect = 'works' | 'idle' | 'bad'

export function effectOf(line: Said): Effect {
  if (line.is === 'bad') return 'bad'
  return line.is === 'set' && line.effective ? 'works' : 'idle'
}

/** One or two sentences about it; `row` is the line as it was written. */
export function sentenceOf(line: Said, row: string, language: Language): string {
  const t = configMessages[language]
  if (line.is === 'unused') return aboutUnused(line.name, language)
  if (line.is === 'bad') return [t.refused, text(line.why), hintFor(row, language)].join(' ').trim()
  const about = aboutParameter(line.name, line.effective, language)
  return line.effective && !line.live ? `${about} ${t.startOnly}` : about
}

/** What may have been meant by a line that is refused; empty: we do not know. */
export const hintFor = (row: string, language: Language): string =>
  /\S\s+#/.test(row) ? configMessages[language].sharp : ''
