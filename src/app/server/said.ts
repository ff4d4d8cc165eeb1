// What there is to say of something that was done to the server itself.
import type { Befall } from '../../lesson/schema.ts'
import type { ConfigFault, Restarted } from '../../session/protocol.ts'
import { text } from '../../wire/bytes.ts'
import type { ServerMessages } from '../i18n/server.ts'

/** One sentence about what became of it. */
export function said(t: ServerMessages, what: Befall['server'], report: Restarted | ConfigFault | null): string {
  if (what === 'full') return t.isFull
  if (what === 'free') return t.isFree
  if (!report) return t.refused
  if ('words' in report) return t.notStarting(lineOf(report), text(report.words.at(-1)!))
  const { how, file, problem, after, lost, older, back, config } = report
  const keys = after.reduce((sum, each) => sum + each.keys, 0)
  const source = problem !== null ? t.unreadable(problem) : file ? t.from(file.path, keys) : t.fromNothing
  const counts = (
    [
      [lost, t.lost],
      [older, t.older],
      [back, t.back],
    ] as const
  ).flatMap(([count, say]) => (count > 0 ? [say(count)] : []))
  const all = t.all(how === 'shutdown' ? t.shutdown : how === 'crash' ? t.crashed : t.restarted, source, counts)
  const fault = config?.fault
  return fault ? `${all} ${t.withoutConfig(lineOf(fault), text(fault.words.at(-1)!))}` : all
}

/** The first line of the configuration file that is refused. */
const lineOf = ({ lines }: ConfigFault): number => lines[0]!
