// A reply in few words, for ears: all of a short one, of a long one the beginning and how much more there is.
import type { Reply } from '../../wire/reply.ts'
import { lineCount, pieces } from '../../wire/show.ts'
import type { Messages } from '../i18n/index.ts'

const mostLines = 4
const mostCharacters = 160

export function brief(t: Messages, reply: Reply): string {
  const total = lineCount(reply)
  // Where there is but one line more, to count it is no shorter.
  const wanted = total <= mostLines ? total : mostLines - 1
  let shown = ''
  let lines = 0
  for (const { text } of pieces(reply)) {
    shown += text
    if (text.endsWith('\n')) lines++
    if (lines >= wanted || shown.length > mostCharacters) break
  }
  const cut = shown.length > mostCharacters
  const words = cut ? `${shown.slice(0, mostCharacters)}…` : shown.trimEnd()
  const left = total - wanted
  return left > 0 && !cut ? `${words}\n${t.linesMore(left)}` : words
}
