// What there is to say of something that was done to the server itself.
import type { Befall } from '../../lesson/schema.ts'
import type { ConfigFault, Restarted } from '../../session/protocol.ts'
import { text } from '../../wire/bytes.ts'
import type { Language } from '../../wire/text.ts'
import { damageIn, stopsServer, unreadIn } from '../i18n/damage.ts'
import { serverMessages } from '../i18n/server.ts'

/** One sentence about what became of it. */
export function said(language: Language, what: Befall['server'], report: Restarted | ConfigFault | null): string {
  const t = serverMessages[language]
  if (what === 'full') return t.isFull
  if (what === 'free') return t.isFree
  if (!report) return t.refused
  if ('words' in report) return t.notStarting(lineOf(report), text(report.words.at(-1)!))
  const { how, file, damage, unread, after, lost, older, back, config } = report
  const keys = after.reduce((sum, each) => sum + each.keys, 0)
  const source = !file
    ? t.fromNothing
    : damage
      ? t.unreadable(file.path, damageIn(language, damage), stopsServer(damage))
      : t.from(file.path, keys)
  const counts = (
    [
      [lost, t.lost],
      [older, t.older],
      [back, t.back],
    ] as const
  ).flatMap(([count, say]) => (count > 0 ? [say(count)] : []))
  if (unread.length > 0) counts.push(t.unread(unreadIn(language, unread)))
  const all = t.all(how === 'shutdown' ? t.shutdown : how === 'crash' ? t.crashed : t.restarted, source, counts)
  const fault = config?.fault
  return fault ? `${all} ${t.withoutConfig(lineOf(fault), text(fault.words.at(-1)!))}` : all
}

/** The first line of the configuration file that is refused. */
const lineOf = ({ lines }: ConfigFault): number => lines[0]!
