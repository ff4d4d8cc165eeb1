// What a teacher sees at a glance, over the shoulder: the right line in the wrong console, the right command with another
// key, words that changed places, a time to live for a key that is not there. It is found by comparing what was typed with
// the step's own solution and with the reply; it never judges, the checks do.
import { text, type Bytes } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import { isError, type Reply } from '../wire/reply.ts'
import { isTyped, type Step } from './schema.ts'

export type Advice =
  /** The step's own reaction of that number. */
  | { readonly kind: 'reaction'; readonly index: number }
  /** The line belongs into another console. */
  | { readonly kind: 'wrong-client'; readonly client: string; readonly wanted: string }
  /** All the right words, not in the right order. */
  | { readonly kind: 'swapped'; readonly command: string }
  /** Everything is right but the key; `onlyCase`: they differ in capital letters only. */
  | { readonly kind: 'wrong-key'; readonly command: string; readonly key: string; readonly onlyCase: boolean }
  /** The key holds something else than the command is for. */
  | { readonly kind: 'wrong-type'; readonly command: string; readonly key: string }
  /** A time to live was to be changed, and there is no such key. */
  | { readonly kind: 'no-key'; readonly command: string; readonly key: string }

/** Commands about a key's time to live that answer 0, or -2, where the key is not there. */
const timing = /^(?:p?expire(?:at)?|persist|p?ttl|p?expiretime)$/i

/** What there is to say about a line that a learner typed; null: nothing, or it was right. */
export function advise(step: Step, client: string, argv: readonly Bytes[], reply: Reply): Advice | null {
  const solution = step.solution
    .filter(isTyped)
    .map((typed) => ({ client: typed.client, argv: split(typed.line) ?? [] }))
  const same = solution.filter((line) => isSame(line.argv, argv))
  if (same.some((line) => line.client === client)) return null
  if (same.length > 0) return { kind: 'wrong-client', client, wanted: same[0]!.client }
  const command = text(argv[0]!).toUpperCase()
  const key = argv[1]
  if (key === undefined) return null
  if (isError(reply) && reply.code === 'WRONGTYPE') return { kind: 'wrong-type', command, key: text(key) }
  if (timing.test(argv[0]!) && (reply === 0 || reply === -2)) return { kind: 'no-key', command, key: text(key) }
  const alike = solution.filter((line) => isName(line.argv[0], argv[0]))
  if (alike.some((line) => isShuffled(line.argv, argv))) return { kind: 'swapped', command }
  const other = alike.find((line) => isSame([line.argv[0]!, key, ...line.argv.slice(2)], argv))
  if (!other) return null
  return { kind: 'wrong-key', command, key: text(key), onlyCase: isName(other.argv[1], key) }
}

const isName = (a: Bytes | undefined, b: Bytes | undefined) => a?.toLowerCase() === b?.toLowerCase()

/** The same words; a command's name may be written in any case. */
const isSame = (a: readonly Bytes[], b: readonly Bytes[]) =>
  a.length === b.length && a.every((word, i) => (i === 0 ? isName(word, b[i]) : word === b[i]))

const isShuffled = (a: readonly Bytes[], b: readonly Bytes[]) =>
  a.length > 2 && a.length === b.length && a.slice(1).toSorted().join('\n') === b.slice(1).toSorted().join('\n')
