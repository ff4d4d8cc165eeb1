// What came of a command in a few words, to stand behind its line.
import { text } from '../../wire/bytes.ts'
import { raw } from '../../wire/show.ts'
import type { Messages } from '../i18n/index.ts'
import { argvOf } from '../stores/cli.ts'
import { printedOf } from './expect.ts'
import type { Result } from './runner.ts'
import type { ScriptMessages } from './words.ts'

export type Mark = 'ok' | 'bad' | 'wait' | 'plain'

const longest = 90

/** The reply as redis-cli prints it; what redis-cli or the page say themselves, where there is none. */
export function cameOf({ row, text: line }: Result, t: Messages): string {
  if (!row) return ''
  if (row.reply !== undefined) return row.raw ? text(raw(row.reply)) : printedOf(argvOf(line), row.reply)
  if (row.local !== undefined) return row.local
  if (row.cancelled) return t.cancelled
  if (row.fate === 'taken') return t.takenBack
  if (row.remark === 'closed') return t.connectionClosed
  if (row.remark === 'left') return t.clientClosed
  if (row.remark === 'down') return t.serverDown
  return typeof row.remark === 'function' ? row.remark(t) : ''
}

/** One line of it, and what kind of news it is. */
export function besideLine(
  result: Result,
  t: Messages,
  s: ScriptMessages,
): { readonly mark: Mark; readonly words: string } {
  const { state, holds } = result
  if (state === 'runs') return { mark: 'wait', words: '…' }
  if (state === 'waits') return { mark: 'wait', words: `… ${t.waiting}` }
  if (holds === true) return { mark: 'ok', words: '✓' }
  const [first = '', ...more] = cameOf(result, t).split('\n')
  const cut = first.length > longest ? `${first.slice(0, longest)}…` : first
  const words = more.length > 0 ? `${cut} ${s.moreLines(more.length)}` : cut
  if (holds === false) return { mark: 'bad', words: `✗ ${words}` }
  return state === 'failed' ? { mark: 'bad', words: `✗ ${words}` } : { mark: 'plain', words }
}
