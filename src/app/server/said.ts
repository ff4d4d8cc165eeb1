// What there is to say of something that was done to the server itself.
import type { Befall } from '../../lesson/schema.ts'
import type { Restarted } from '../../session/protocol.ts'
import type { ServerMessages } from '../i18n/server.ts'

/** One sentence about what became of it. */
export function said(t: ServerMessages, what: Befall['server'], report: Restarted | null): string {
  if (what === 'full') return t.isFull
  if (what === 'free') return t.isFree
  if (!report) return t.refused
  const { file, problem, after, lost, older, back } = report
  const keys = after.reduce((sum, each) => sum + each.keys, 0)
  const source = problem !== null ? t.unreadable(problem) : file ? t.from(file.path, keys) : t.fromNothing
  const counts = (
    [
      [lost, t.lost],
      [older, t.older],
      [back, t.back],
    ] as const
  ).flatMap(([count, say]) => (count > 0 ? [say(count)] : []))
  return t.all(what === 'crash' ? t.crashed : t.restarted, source, counts)
}
